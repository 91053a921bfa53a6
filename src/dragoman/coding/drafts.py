"""What agreements, claims, positions, projects and memberships share before and after their actors are looked up."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.coding.attribution import find_attribution
from dragoman.coding.codebook import Codebook
from dragoman.coding.ids import record_id
from dragoman.coding.rule_confidence import confidence_of
from dragoman.language.tree import Tree, children_by, grow_tree, mention_at, subtree
from dragoman.types.actor import ActorLink
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import AttributedTo, Attribution, Status
from dragoman.types.text import Span, cover

_NO = frozenset({"not", "never", "no", "n't", "neither", "nor"})

Link = Callable[[Span], ActorLink]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every draft stands on. `speaker`, `cue` and `extent` are None when the report itself says so.

    `rule` names what found the record. `key` is the span that tells the record from others of its kind in the
    document; ids are made from it.
    """

    sentence: int
    key: Span
    evidence: Span
    status: Status
    by: AttributedTo
    speaker: Span | None
    cue: Span | None
    extent: Span | None
    rule: str
    reason: str

    @property
    def confidence(self) -> float:
        """The measured share of the rule's records that are right."""
        return confidence_of(self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOrigin:
    """The document and the codebook whose names go into ids, and the text that spans point into."""

    document: str
    text: str
    codebook: str

    def id_of(self, prefix: str, kind: str, key: Span) -> str:
        """The id of the record of `kind` at `key`.

        >>> RecordOrigin(document="B001", text="", codebook="plover").id_of("ag", "agreement", Span(3, 9))[:3]
        'ag_'
        """
        return record_id(prefix, self.document, kind, self.codebook, key.start, key.end)


def grow_trees(parsed: ParsedDocument, codebook: Codebook) -> tuple[Tree, ...]:
    """The trees of all sentences with the lemmas that the codebook knows."""
    return tuple(grow_tree(sentence, codebook.known) for sentence in parsed.sentences)


def lay_ground(
    tree: Tree,
    head: int,
    codebook: Codebook,
    *,
    key: Span,
    spans: Iterable[Span],
    status: Status,
    rule: str,
    reason: str,
) -> Ground:
    """The ground of a record whose governing word is `head`; its evidence covers `key` and `spans`."""
    said = find_attribution(tree, head, codebook)
    speaker = range_span(tree, said.start, said.end)
    cue = tree.token(said.cue).span if said.cue is not None else None
    return Ground(
        sentence=tree.sentence.number,
        key=key,
        evidence=cover(key, *(span for span in spans if tree.sentence.span.contains(span))),
        status=status,
        by=said.by,
        speaker=speaker,
        cue=cue,
        extent=said.extent if said.by is not AttributedTo.REPORT else None,
        rule=rule,
        reason=reason,
    )


def attribute(ground: Ground, text: str, link: Link) -> Attribution:
    """The attribution of the record, its speaker looked up."""
    return Attribution(
        by=ground.by,
        speaker=link(ground.speaker) if ground.speaker is not None else None,
        cue=ground.cue,
        cue_text=ground.cue.of(text) if ground.cue is not None else None,
        extent=ground.extent,
    )


def range_span(tree: Tree, start: int | None, end: int | None) -> Span | None:
    """The characters of a token range, None for an open one."""
    if start is None or end is None or start >= end:
        return None
    return Span(tree.token(start).span.start, tree.token(end - 1).span.end)


def span_of_tokens(tree: Tree, tokens: Iterable[int]) -> Span | None:
    """The characters from the first to the last of `tokens`, punctuation at both ends and a leading "that" cut off."""
    ordered = sorted(tokens)
    while ordered and (tree.token(ordered[0]).upos in ("PUNCT", "CCONJ") or _is_that(tree, ordered)):
        ordered.pop(0)
    while ordered and tree.token(ordered[-1]).upos == "PUNCT" and tree.token(ordered[-1]).text not in (")", "]"):
        ordered.pop()
    return range_span(tree, ordered[0], ordered[-1] + 1) if ordered else None


def run_around(tree: Tree, head: int, tokens: Iterable[int]) -> list[int]:
    """The unbroken run of `tokens` that holds `head`; punctuation does not break it.

    A damaged tree may hang far words on a phrase: they are left out.
    """
    wanted = {*tokens, head}
    start = end = head
    while start - 1 in wanted or (start > 1 and tree.token(start - 1).upos == "PUNCT" and start - 2 in wanted):
        start -= 1
    last = len(tree.lemmas) - 1
    while end + 1 in wanted or (end + 1 < last and tree.token(end + 1).upos == "PUNCT" and end + 2 in wanted):
        end += 1
    return list(range(start, end + 1))


def _is_that(tree: Tree, ordered: Sequence[int]) -> bool:
    return tree.lemmas[ordered[0]] == "that" and tree.token(ordered[0]).upos == "SCONJ"


def clause_tokens(tree: Tree, head: int, *without: int) -> list[int]:
    """The tokens of the subtree of `head`, those below each of `without` left out."""
    cut: set[int] = set()
    for index in without:
        cut.update(subtree(tree, index))
    return [index for index in subtree(tree, head) if index not in cut]


def is_negated(tree: Tree, head: int) -> bool:
    """True when a word of negation hangs on the word itself."""
    return any(tree.lemmas[child] in _NO for child in children_by(tree, head, "advmod", "det", "cc"))


def is_plural(tree: Tree, index: int) -> bool:
    """True for a plural noun or pronoun."""
    token = tree.token(index)
    return token.xpos in ("NNS", "NNPS") or token.text.lower() in ("they", "we", "both", "them", "their")


def is_kind(tree: Tree, index: int, *kinds: str) -> bool:
    """True when an entity mention of one of `kinds` covers the token."""
    mention = mention_at(tree, index)
    return mention is not None and mention.kind in kinds


def is_shouted(tree: Tree) -> bool:
    """True where capitals say nothing: most longer words of the sentence have one, as in many headlines."""
    words = [token.text for token in tree.sentence.tokens[1:] if token.text.isalpha() and len(token.text) > 3]
    return sum(word[:1].isupper() for word in words) * 3 > len(words) * 2
