"""Pure helpers on the dependency tree of one sentence.

All functions take token indexes of the sentence and give token indexes back. `Tree` only adds the downward arrows that
`Sentence` does not store; grow it once per sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.language.base_forms import find_base
from dragoman.types.parse import EntityMention, Sentence, Token
from dragoman.types.text import Span

# What hangs on the head of a name or a noun phrase without being part of the naming: it is cut from a mention's span.
_TRIMMED = frozenset(
    {
        "acl:relcl",
        "acl",
        "appos",
        "parataxis",
        "conj",
        "cc",
        "advcl",
        "punct",
        "case",
        "mark",
        "cop",
        "nsubj",
        "list",
        "aux",
        "discourse",
        "dep",
        "ccomp",
        "xcomp",
        "nsubj:outer",
        "csubj",
        "orphan",
        "cc:preconj",
        "reparandum",
        "expl",
        "vocative",
        "obl",
        "obl:unmarked",
        "advcl:relcl",
        "nmod:unmarked",
        "dislocated",
        "advmod",
    }
)
# A mention that is headed by a quantity ("three of the men") keeps its prepositional part.
_KEPT_CASES = frozenset({"of"})
_SHORTEST_DATELINE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A sentence with the children of every token, in text order, and lower-case lemmas."""

    sentence: Sentence
    children: tuple[tuple[int, ...], ...]
    lemmas: tuple[str, ...]

    def token(self, index: int) -> Token:
        """The token at `index`."""
        return self.sentence.tokens[index]


def grow_tree(sentence: Sentence, known: frozenset[str] = frozenset()) -> Tree:
    """The tree of `sentence`; linear in its tokens.

    `known` are base forms that correct the parse's lemma where an inflection of one of them is written: a codebook's
    `known` words, so that a rare verb is found although the network has a wrong lemma for it.
    """
    children: list[list[int]] = [[] for _ in sentence.tokens]
    for token in sentence.tokens:
        if token.head >= 0:
            children[token.head].append(token.index)
    lemmas = tuple(
        [
            find_base(token.text, token.lemma if token.lemma not in ("", "_") else token.text, token.upos, known)
            for token in sentence.tokens
        ]
    )
    return Tree(sentence=sentence, children=tuple(map(tuple, children)), lemmas=lemmas)


def is_relation(deprel: str, *relations: str) -> bool:
    """True when `deprel` is one of `relations` or a subtype of one.

    >>> is_relation("nsubj:pass", "nsubj"), is_relation("nsubj", "nsubj:pass")
    (True, False)
    """
    return deprel in relations or deprel.partition(":")[0] in relations


def children_by(tree: Tree, index: int, *relations: str) -> tuple[int, ...]:
    """Children of `index` whose relation is one of `relations` or a subtype."""
    tokens = tree.sentence.tokens
    return tuple([child for child in tree.children[index] if is_relation(tokens[child].deprel, *relations)])


def ancestors(tree: Tree, index: int) -> Iterator[int]:
    """The governors of `index`, nearest first; ends at the root, and on a damaged tree after every token once."""
    tokens, seen = tree.sentence.tokens, {index}
    head = tokens[index].head
    while head >= 0 and head not in seen:
        yield head
        seen.add(head)
        head = tokens[head].head


def subtree(tree: Tree, index: int) -> tuple[int, ...]:
    """`index` and everything below it, in text order."""
    found, waiting = {index}, [index]
    while waiting:
        for child in tree.children[waiting.pop()]:
            if child not in found:
                found.add(child)
                waiting.append(child)
    return tuple(sorted(found))


def head_of(tree: Tree, start: int, end: int) -> int:
    """The token of the range `[start, end)` that governs the others: the first whose own head lies outside."""
    for index in range(start, end):
        head = tree.sentence.tokens[index].head
        if not start <= head < end:
            return index
    return start


def path(tree: Tree, one: int, other: int) -> tuple[int, ...]:
    """Token indexes from `one` up to the lowest common governor and down to `other`; empty when not connected."""
    upward = [one, *ancestors(tree, one)]
    downward = [other, *ancestors(tree, other)]
    meeting = next((index for index in upward if index in downward), None)
    if meeting is None:
        return ()
    return (*upward[: upward.index(meeting) + 1], *reversed(downward[: downward.index(meeting)]))


def conjuncts(tree: Tree, index: int) -> tuple[int, ...]:
    """`index` and everything coordinated with it, in text order, from its first conjunct on.

    Chains ("A and B, and C") are followed; a clause that the parser hung on a noun by `conj` is left out.
    """
    found = [index]
    for member in found:
        for child in children_by(tree, member, "conj"):
            if child not in found and not _is_clause(tree, child):
                found.append(child)
    return tuple(sorted(found))


def first_conjunct(tree: Tree, index: int) -> int:
    """The head of the coordination that `index` belongs to; `index` itself when it is in none."""
    for head in (index, *ancestors(tree, index)):
        if tree.sentence.tokens[head].deprel != "conj":
            return head
    return index


def _is_clause(tree: Tree, index: int) -> bool:
    return tree.sentence.tokens[index].upos == "VERB" and bool(children_by(tree, index, "nsubj", "obj", "csubj"))


def cases_of(tree: Tree, index: int) -> tuple[str, ...]:
    """Prepositions and markers of a phrase: "on", "according_to", "in_favour_of" (fixed words joined by _)."""
    tokens = tree.sentence.tokens
    found = []
    for child in tree.children[index]:
        if tokens[child].deprel in ("case", "mark"):
            fixed = [tree.lemmas[word] for word in tree.children[child] if tokens[word].deprel == "fixed"]
            found.append("_".join([tree.lemmas[child], *fixed]))
    return tuple(found)


def phrase_range(tree: Tree, head: int) -> tuple[int, int]:
    """Half-open token range of the mention headed by `head`, without what only hangs on it.

    Relative clauses, appositions, coordinated phrases, prepositions and punctuation at the edges are cut; determiners,
    titles, possessors and `of` phrases stay ("the president of Kenya"). The range is contiguous and holds `head`.
    """
    kept = set(_phrase_tokens(tree, head, top=True))
    start = end = head
    while start - 1 in kept or _bridges(tree, kept, start - 1, -1):
        start -= 1
    while end + 1 in kept or _bridges(tree, kept, end + 1, 1):
        end += 1
    return start, end + 1


def _bridges(tree: Tree, kept: set[int], index: int, step: int) -> bool:
    """True for a hyphen, dot or quotation mark inside a name: the words on both sides are kept."""
    tokens = tree.sentence.tokens
    if not 0 <= index + step < len(tokens) or not 0 <= index < len(tokens):
        return False
    closed_up = not tokens[index].space_after and (index == 0 or not tokens[index - 1].space_after)
    quotes = tokens[index].text in ('"', "“", "”", "'", ".")
    return tokens[index].upos == "PUNCT" and (closed_up or quotes) and index + step in kept


def _phrase_tokens(tree: Tree, head: int, *, top: bool) -> Iterator[int]:
    yield head
    tokens = tree.sentence.tokens
    for child in tree.children[head]:
        deprel = tokens[child].deprel
        if deprel in _TRIMMED and not (not top and deprel in ("case", "conj", "cc", "punct")):
            continue
        if deprel == "nmod" and not _stays(tree, head, child):
            continue
        yield from _phrase_tokens(tree, child, top=False)


def _stays(tree: Tree, head: int, child: int) -> bool:
    """True when a prepositional phrase is part of the naming: `of` phrases, and any phrase inside a proper name."""
    if set(cases_of(tree, child)) & _KEPT_CASES or child < head:
        return True
    return any(
        mention.start <= head < mention.end and mention.start <= child < mention.end
        for mention in tree.sentence.mentions
    )


def mention_at(tree: Tree, index: int) -> EntityMention | None:
    """The entity mention that covers the token, the longest when several do; None when no mention does."""
    found = [mention for mention in tree.sentence.mentions if mention.start <= index < mention.end]
    return max(found, key=lambda mention: mention.end - mention.start, default=None)


def mention_headed_by(tree: Tree, index: int) -> EntityMention | None:
    """The entity mention whose head token is `index`, None when there is none."""
    return next((mention for mention in tree.sentence.mentions if mention.head == index), None)


def is_dateline(tree: Tree, index: int) -> bool:
    """True for the place before a dash or colon that opens a report ("VALLETTA - Malta and Libya agreed")."""
    tokens = tree.sentence.tokens
    if not tokens[index].text.isupper() or len(tokens[index].text) < _SHORTEST_DATELINE:
        return False
    ahead = tokens[index + 1 : index + 4]
    dash = next((token for token in ahead if token.text in ("-", "–", "—", ":")), None)
    return dash is not None and all(token.text.isupper() or token.text in (",", "-") for token in tokens[: dash.index])


def characters_of(tree: Tree, start: int, end: int) -> Span:
    """The character span of the token range `[start, end)`."""
    tokens = tree.sentence.tokens
    return Span(tokens[start].span.start, tokens[end - 1].span.end)


def text_of(tree: Tree, start: int, end: int) -> str:
    """The words of the token range with single spaces where the text had any."""
    tokens = tree.sentence.tokens[start:end]
    return "".join(token.text + (" " if token.space_after else "") for token in tokens).strip()
