"""Which time expression of a sentence goes with a happening, and the tense of the happening's verb: by the tree."""

from dragoman.coding.date_words import split_words
from dragoman.language.tree import Tree, ancestors, children_by
from dragoman.types.text import Span

_FUTURE_AUXILIARIES = frozenset({"will", "shall", "'ll", "’ll"})
_SET_TO = frozenset(
    split_words("plan due expect set schedule intend slate aim hope prepare vow promise pledge agree want go")
)
_CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "conj")
# Verbs whose subject is a happening that takes place when they say ("clashes erupted on Friday"); a vote that "was
# cancelled on Monday" was not on Monday.
_OCCUR = frozenset(
    split_words("hold take happen occur erupt begin start break continue resume end open stage launch follow conclude")
)
_FAR = 99


def tense_of(tree: Tree, trigger: int) -> str | None:
    """ "past" or "future" by the verb at `trigger` or the nearest verb above it; None when neither is marked.

    A bare infinitive under a word of planning ("plans to meet", "is due to meet") is future.
    """
    for index in (trigger, *ancestors(tree, trigger)):
        token = tree.token(index)
        if token.upos not in ("VERB", "AUX"):
            if token.upos == "ADJ" and tree.lemmas[index] in _SET_TO:
                return "future"
            continue
        tense = _own_tense(tree, index)
        if tense is not None:
            return tense
    return None


def _own_tense(tree: Tree, index: int) -> str | None:
    token = tree.token(index)
    helpers = [tree.token(child) for child in children_by(tree, index, "aux", "cop")]
    if any(helper.text.lower() in _FUTURE_AUXILIARIES for helper in helpers):
        return "future"
    governor = tree.lemmas[token.head] if token.head >= 0 else ""
    if token.xpos == "VB" and any(tree.token(c).text.lower() == "to" for c in children_by(tree, index, "mark")):
        return "future" if governor in _SET_TO else None
    has_past = token.xpos == "VBD" or any(h.xpos == "VBD" or h.text.lower() in ("has", "have") for h in helpers)
    return "past" if has_past else None


def choose_event_time(tree: Tree, trigger: int, spans: tuple[Span, ...]) -> Span | None:
    """The time expression among `spans` that the happening at `trigger` goes with; None when none hangs on its clause.

    An expression under the trigger itself comes first, then one on the verb that governs a nominal trigger or on the
    first verb of a coordination; an expression in another clause ("said on Tuesday that ... had met") is not taken.
    """
    ranked = sorted((_distance(tree, trigger, _head_in(tree, span)), number) for number, span in enumerate(spans))
    return spans[ranked[0][1]] if ranked and ranked[0][0] < _FAR else None


def _head_in(tree: Tree, span: Span) -> int:
    """The token of the expression that governs the others."""
    inside = [token for token in tree.sentence.tokens if token.span.overlaps(span)]
    indexes = {token.index for token in inside}
    return next((token.index for token in inside if token.head not in indexes), inside[0].index if inside else -1)


def _distance(tree: Tree, trigger: int, time: int) -> int:
    """Steps from the expression up to the trigger, or to the governor it shares; `_FAR` when a clause lies between."""
    if time < 0:
        return _FAR
    above = list(ancestors(tree, time))
    if trigger in above:
        between = above[: above.index(trigger)]
        if any(time < mark < trigger for mark in children_by(tree, trigger, "mark")):
            return _FAR  # before the "that" of the clause: the parser hung it too low
        return _FAR if any(tree.token(index).deprel in _CLAUSES for index in between) else len(between)
    tokens, index, climbed = tree.sentence.tokens, trigger, 0
    while index >= 0 and climbed < 3:
        token = tokens[index]
        shared = token.deprel.startswith(("conj", "xcomp", "obj", "nsubj", "compound", "obl", "nmod"))
        if token.deprel.startswith("nsubj") and tree.lemmas[token.head] not in _OCCUR:
            return _FAR
        if not shared or (token.upos == "VERB" and not token.deprel.startswith(("conj", "xcomp"))):
            return _FAR
        index, climbed = token.head, climbed + 1
        if index in above:
            between = above[: above.index(index)]
            blocked = any(tokens[other].deprel in _CLAUSES for other in between)
            return _FAR if blocked else 10 * climbed + len(between)
    return _FAR
