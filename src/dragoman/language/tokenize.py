"""Raw English text to tokens by the conventions of the Universal Dependencies treebanks EWT and GUM.

Two levels, as in CoNLL-U: a *surface token* is what stands between blanks and punctuation ("don't", "Kenya's",
"cannot"); a *syntactic word* is a node of the tree ("do" + "n't"). Both are half-open character ranges of the text,
nothing is rewritten, so `text[start:end]` is always the form.

The text is first cut into chunks at blanks. A blank is white space, a control character or an invisible mark without
a shape of its own (zero-width space, byte-order mark, direction marks); soft hyphens and joiners belong to words.
Every character that is not blank lies in exactly one token. All steps are linear in the length of the text.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.language.contractions import split_contraction
from dragoman.language.token_rules import HELD_PREFIXES, HELD_SUFFIXES, KEPT_AT_END, PIECE

BLANK_CLASS = r"\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"

_CHUNK = re.compile(f"[^{BLANK_CLASS}]+")
# No honest chunk is longer; beyond it the chunk is read in slices so that no pattern ever sees a huge input.
_LONGEST_CHUNK = 400
# A single quotation mark that was not closed within so many tokens was no quotation mark.
_LONGEST_QUOTE = 60

Range = tuple[int, int]


def is_blank(char: str) -> bool:
    """True for a character that belongs to no token."""
    return _CHUNK.match(char) is None


def find_tokens(text: str) -> list[Range]:
    """The surface tokens of `text` in order, as character ranges."""
    known: dict[str, tuple[Range, ...]] = {}
    tokens: list[Range] = []
    add = tokens.append
    quoted_from = -_LONGEST_QUOTE
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        start = match.start()
        if chunk.isalpha():
            add((start, start + len(chunk)))
            continue
        pieces = known.get(chunk)
        if pieces is None:
            pieces = known[chunk] = cut_chunk(chunk)
        if "'" in chunk or "’" in chunk or "‘" in chunk:
            was_open = len(tokens) - quoted_from < _LONGEST_QUOTE
            pieces, is_open = settle_quotes(chunk, pieces, was_open)
            if is_open != was_open:
                quoted_from = len(tokens) if is_open else -_LONGEST_QUOTE
        for first, last in pieces:
            add((start + first, start + last))
    return tokens


def settle_quotes(chunk: str, pieces: tuple[Range, ...], is_open: bool) -> tuple[tuple[Range, ...], bool]:
    """Tell a plural's possessive mark ("states' rights") from a closing quotation mark ("'dead cats'").

    `is_open` says whether a single quotation mark is open before the chunk. Gives the pieces, with a closing mark as a
    token of its own, and whether a quotation is open after the chunk.
    """
    settled: list[Range] = []
    for start, end in pieces:
        if end - start == 1 and chunk[start] in "'‘’":
            before = chunk[start - 1] if start else ""
            is_open = (start == 0 and len(chunk) > 1) or not (is_open or before.isalnum())
        elif is_open and chunk[end - 1] in "'’" and chunk[start].isalnum():
            settled.append((start, end - 1))
            start, is_open = end - 1, False
        settled.append((start, end))
    return tuple(settled), is_open


def gives_stop(form: str) -> bool:
    """True when the final point of `form` is a token of its own at the end of a sentence ("etc.", "no.", "B.")."""
    return len(form) > 1 and form[-1] == "." and form[-2].isalnum() and form.lower() not in KEPT_AT_END


def cut_chunk(chunk: str) -> tuple[Range, ...]:
    """Cut a stretch without blanks into surface tokens, as ranges from the start of the chunk."""
    if len(chunk) > _LONGEST_CHUNK:
        return tuple(_cut_slices(chunk))
    return tuple(_cut_pieces(chunk))


def _cut_slices(chunk: str) -> Iterator[Range]:
    for start in range(0, len(chunk), _LONGEST_CHUNK):
        for first, last in _cut_pieces(chunk[start : start + _LONGEST_CHUNK]):
            yield start + first, start + last


def _cut_pieces(chunk: str) -> Iterator[Range]:
    end = 0
    for match in PIECE.finditer(chunk):
        start, end = match.span()
        if match.lastgroup == "hyphenated":
            yield from _cut_hyphens(match.group(), start)
        else:
            yield start, end


def _cut_hyphens(word: str, offset: int) -> Iterator[Range]:
    """Part a hyphenated word at its hyphens, except after a held prefix ("non-aligned", "mid-May")."""
    start = 0
    for place, char in enumerate(word):
        if char == "-" and not _is_held(word[start:place], word[place + 1 :]):
            yield offset + start, offset + place
            yield offset + place, offset + place + 1
            start = place + 1
    yield offset + start, offset + len(word)


def _is_held(before: str, after: str) -> bool:
    return before.lower() in HELD_PREFIXES or after.lower() in HELD_SUFFIXES


def find_words(text: str, token: Range) -> tuple[Range, ...]:
    """The syntactic words of one surface token: one, or the parts of a contraction."""
    start, end = token
    parts = split_contraction(text[start:end])
    if not parts:
        return (token,)
    edges = (0, *parts, end - start)
    return tuple((start + a, start + b) for a, b in pairwise(edges))
