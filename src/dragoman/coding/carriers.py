"""Words that carry another's event: light verbs ("launched an attack"), measures ("a series of raids"), contents."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.codebook import Codebook
from dragoman.language.tree import Tree, cases_of, children_by, conjuncts, first_conjunct, is_relation

_CONTENT_CLAUSES = ("xcomp", "ccomp", "advcl", "acl")
_CONTENT_CASES = frozenset({"for", "of", "to", "on", "with", "from", "into", "about", "in"})
_DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """The verb that carries a noun's event. `slot` is where the noun stands: obj, subj or obl."""

    verb: int
    slot: str
    light: bool


def carrier_of(tree: Tree, noun: int, codebook: Codebook) -> Carrier | None:
    """The verb whose argument the noun is, through measures and coordination; None when it hangs on no verb."""
    index = first_conjunct(tree, noun)
    for _ in range(_DEEPEST):
        token = tree.token(index)
        head = token.head
        if head < 0:
            return None
        if tree.token(head).upos in ("VERB", "AUX"):
            slot = _slot_name(token.deprel)
            return (
                Carrier(verb=head, slot=slot, light=tree.lemmas[head] in codebook.word_list("light_verb"))
                if slot
                else None
            )
        if not (is_relation(token.deprel, "nmod") and tree.lemmas[head] in codebook.word_list("container")):
            return None
        index = first_conjunct(tree, head)
    return None


def _slot_name(deprel: str) -> str | None:
    if deprel in ("obj", "nsubj:pass", "iobj"):
        return "obj"
    if deprel == "nsubj":
        return "subj"
    return "obl" if is_relation(deprel, "obl") else None


def content_of(tree: Tree, index: int, wanted: frozenset[int]) -> tuple[int, ...]:
    """Tokens of `wanted` that are what the word at `index` speaks of ("agreed to *meet*", "called for *talks*").

    Clauses and their light verbs' objects, the object, and prepositional phrases are looked through, with everything
    coordinated; relative clauses inside them are not.
    """
    found: list[int] = []
    for child in tree.children[index]:
        deprel = tree.token(child).deprel
        clause = deprel in _CONTENT_CLAUSES and not _is_side_clause(tree, child)
        phrase = is_relation(deprel, "obl", "nmod") and bool(_CONTENT_CASES & set(cases_of(tree, child)))
        if clause or phrase or deprel in ("obj", "nsubj:pass"):
            found.extend(_within(tree, child, wanted, 0))
    return tuple(dict.fromkeys(found))


def _is_side_clause(tree: Tree, child: int) -> bool:
    """True for adverbial clauses that are no content: "agreed after meeting", "promised, citing"."""
    if tree.token(child).deprel != "advcl":
        return False
    return not set(cases_of(tree, child)) & {"to", "of", "for", "from", "into", "against"}


def _within(tree: Tree, index: int, wanted: frozenset[int], depth: int) -> Iterator[int]:
    for member in conjuncts(tree, index):
        if member in wanted:
            yield member
        if depth >= _DEEPEST:
            continue
        for child in children_by(tree, member, "xcomp", "obj", "nsubj:pass", "ccomp"):
            yield from _within(tree, child, wanted, depth + 1)
        if member not in wanted:
            for child in children_by(tree, member, "obl", "nmod"):
                if tree.token(child).deprel != "nmod:poss" and set(cases_of(tree, child)) & _CONTENT_CASES:
                    yield from _within(tree, child, wanted, depth + 1)
