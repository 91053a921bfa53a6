"""Quotations inside one sentence, as token ranges."""

from dataclasses import dataclass

from dragoman.language.tree import Tree

_OPENING = frozenset({"“", "‘", "«", "``"})
_CLOSING = frozenset({"”", "’", "»", "''"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Tokens `[first, last)` between two quotation marks; `end` is the token after the closing mark."""

    first: int
    last: int
    end: int

    def holds(self, index: int) -> bool:
        """True when the token lies between the marks."""
        return self.first <= index < self.last


def find_quotes(tree: Tree) -> tuple[Quote, ...]:
    """The quotations of the sentence in text order.

    A mark that closes what an earlier sentence opened makes a quotation from the start of the sentence; one that is
    never closed runs to its end.
    """
    found: list[Quote] = []
    start: int | None = None
    tokens = tree.sentence.tokens
    for token in tokens:
        if token.text not in ('"', *_OPENING, *_CLOSING) or _is_apostrophe(tree, token.index):
            continue
        if start is None and token.text not in _CLOSING:
            start = token.index + 1
        elif start is not None or not found:
            found.append(Quote(first=start or 0, last=token.index, end=token.index + 1))
            start = None
    if start is not None and start < len(tokens):
        found.append(Quote(first=start, last=len(tokens), end=len(tokens)))
    return tuple(quote for quote in found if quote.first < quote.last)


def _is_apostrophe(tree: Tree, index: int) -> bool:
    return tree.token(index).text == "’" and tree.token(index).upos == "PART"
