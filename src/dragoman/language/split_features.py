"""What the sentence splitter sees of a token: small integers, one row a token.

Columns (see `COLUMNS`): hashed word, hashed ending, shape, gap to the next token, place in the line, kind of line,
open quotes and brackets, tokens for each stop in the line, how like a list the line is, echo of other lines' edges.
Words are hashed, so no vocabulary is shipped and every word has a number.
"""

import re
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dragoman.language.tokenize import Range

WORD_BUCKETS = 16384
ENDING_BUCKETS = 2048

_MARKS = ". , ? ! : ; ... … -- - – — ( ) [ ] \" “ ” ' ‘ ’ '' `` / * • # & @ $ % > < = _ | ·"
# Punctuation marks that are a shape of their own, with its number.
MARK_SHAPES = {mark: number for number, mark in enumerate(_MARKS.split(), 16)}
SHAPES = 16 + len(MARK_SHAPES)
LOWER = 0
# One capital letter; words that begin with a capital, hyphened ones among them.
LETTER = 1
CAPITALISED = (3, 4, 12)
# Shapes of abbreviations, addresses and other runs of stops: a sentence may end with them without a further mark.
OTHER_ENDING_SHAPES = (8, 9, 10, 11, 14)
GAPS = 8
LINE_PLACES = 10
LINE_KINDS = 16
ENCLOSURES = 6
DENSITIES = 6
LISTS = 15
ECHOES = 4
# How many values each column takes, in column order.
COLUMNS = (WORD_BUCKETS, ENDING_BUCKETS, SHAPES, GAPS, LINE_PLACES, LINE_KINDS, ENCLOSURES, DENSITIES, LISTS, ECHOES)

WIDE_NEWLINE = 5
BLANK_LINE = 6
TEXT_END = 7
_NEWLINE = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_DIGITS = str.maketrans("123456789", "000000000")
_STOPS = frozenset([".", "?", "!", "…", "...", "..", "!!", "?!", "??", "!!!", "”"])
_PLACE_EDGES = np.array([1, 2, 3, 4, 6, 9, 14, 22, 40])
_DENSITY_EDGES = np.array([7, 13, 20, 30, 50])
_LOWER_EDGES = np.array([0.05, 0.2, 0.4, 0.6])
# Marks that part the items of a list written on one line.
_SEPARATORS = [MARK_SHAPES[mark] for mark in (";", "-", "–", "—", "•", "*", "/", "·", "|")]
_WIDTH_EDGES = np.array([15, 30, 45, 60, 75, 90, 110])
# A text whose longest line is wider than this was not wrapped by hand or by a mail program.
_WIDEST_WRAP = 110


def describe_tokens(text: str, tokens: list[Range]) -> NDArray[np.int32]:
    """The features of each token of `text`: (tokens, columns) int32."""
    forms = [text[start:end] for start, end in tokens]
    features = np.empty((len(tokens), len(COLUMNS)), np.int32)
    features[:, :3] = _describe_forms(forms)
    breaks = _count_newlines(text, tokens)
    lines = np.concatenate(([0], np.cumsum(breaks[:-1] > 0)))
    features[:, 3] = _describe_gaps(tokens, breaks, lines)
    features[:, 4], features[:, 5] = _describe_lines(forms, tokens, lines)
    features[:, 6] = _describe_enclosures(forms, lines)
    features[:, 7] = _describe_density(forms, lines)
    features[:, 8] = _describe_lists(features[:, 2], lines)
    features[:, 9] = _find_echoes(features[:, 0], features[:, 3])
    return features


def _describe_forms(forms: list[str]) -> NDArray[np.int32]:
    return np.array([_describe_form(form) for form in forms], np.int32).reshape(-1, 3)


@lru_cache(maxsize=1 << 14)
def _describe_form(form: str) -> tuple[int, int, int]:
    return *hash_word(form), shape_of(form)


def hash_word(form: str) -> tuple[int, int]:
    """Bucket of the lower-cased form with its digits made equal, and bucket of its last three characters."""
    plain = form[:64].lower().translate(_DIGITS).replace("’", "'")
    whole = crc32(plain.encode("utf-8", "surrogatepass"))
    ending = crc32(plain[-3:].encode("utf-8", "surrogatepass"))
    return whole % WORD_BUCKETS, ending % ENDING_BUCKETS


def shape_of(form: str) -> int:
    """Class of a form by its characters, from 0 to `SHAPES` - 1."""
    mark = MARK_SHAPES.get(form)
    if mark is not None:
        return mark
    if form.isalpha():
        return _shape_of_word(form)
    if form[0].isdigit():
        return 6 if form.isdigit() else 7
    if form[-1] == "." and form[0].isalpha():
        return _shape_of_abbreviation(form)
    if any(char.isalpha() for char in form):
        return _shape_of_mixed(form)
    return 14 if form[0] in ".!?" else 15


def _shape_of_word(form: str) -> int:
    if form.islower():
        return LOWER
    if len(form) == 1:
        return LETTER
    if form.isupper():
        return 2
    return 3 if form.istitle() else 4 if form[0].isupper() else 5


def _shape_of_abbreviation(form: str) -> int:
    if len(form) == 2:
        return 8
    return 9 if "." in form[:-1] else 10


def _shape_of_mixed(form: str) -> int:
    if "@" in form or "://" in form or "www." in form or ".com" in form:
        return 11
    return 12 if form[0].isupper() else 13


def _count_newlines(text: str, tokens: list[Range]) -> NDArray[np.int32]:
    """Line ends between each token and the next; 0 after the last one."""
    counts = np.zeros(len(tokens), np.int32)
    edges = np.array(tokens, np.int64).reshape(-1, 2)
    places = np.array([match.start() for match in _NEWLINE.finditer(text)], np.int64)
    if len(places) and len(tokens):
        owner = np.searchsorted(edges[:, 1], places, side="right") - 1
        np.add.at(counts, owner[(owner >= 0) & (owner < len(tokens) - 1)], 1)
    return counts


def _describe_gaps(tokens: list[Range], breaks: NDArray[np.int32], lines: NDArray[np.int64]) -> NDArray[np.int32]:
    """0 nothing, 1 one character, 2 more, 3 a newline that may be a wrap, 4 one that cannot be, 5 of a wide text."""
    edges = np.array(tokens, np.int64).reshape(-1, 2)
    widths = np.append(edges[1:, 0] - edges[:-1, 1], 0)
    gaps = np.asarray(np.minimum(widths, 2), np.int32)
    single = np.flatnonzero(breaks == 1)
    gaps[single] = _judge_newlines(edges, lines, single)
    gaps[breaks > 1] = BLANK_LINE
    gaps[-1] = TEXT_END
    return gaps


def _judge_newlines(edges: NDArray[np.int64], lines: NDArray[np.int64], single: NDArray[np.intp]) -> NDArray[np.int32]:
    """A line was wrapped only if the next word would not have fitted into the widest line of the text."""
    width = _line_widths(edges, lines)
    widest = width.max()
    next_word = edges[single + 1, 1] - edges[single + 1, 0]
    fits = width[lines[single]] + 1 + next_word <= widest
    return np.asarray(np.where(widest > _WIDEST_WRAP, WIDE_NEWLINE, np.where(fits, 4, 3)), np.int32)


def _line_widths(edges: NDArray[np.int64], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    firsts = np.flatnonzero(np.diff(lines, prepend=-1))
    lasts = np.append(firsts[1:], len(edges)) - 1
    return np.asarray(edges[lasts, 1] - edges[firsts, 0], np.int64)


def _describe_lines(
    forms: list[str], tokens: list[Range], lines: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The token's place in its line, and the line's width with whether it ends in a stop."""
    edges = np.array(tokens, np.int64).reshape(-1, 2)
    firsts = np.flatnonzero(np.diff(lines, prepend=-1))
    lasts = np.append(firsts[1:], len(edges)) - 1
    place = np.arange(len(edges)) - firsts[lines]
    stopped = np.array([forms[last] in _STOPS for last in lasts], np.int64)
    kind = np.searchsorted(_WIDTH_EDGES, _line_widths(edges, lines)) * 2 + stopped
    return np.searchsorted(_PLACE_EDGES, place, side="right"), np.asarray(kind[lines], np.int64)


def _describe_enclosures(forms: list[str], lines: NDArray[np.int64]) -> NDArray[np.int32]:
    """Open straight quote (+1), open curly quote (+2) after the token, and open bracket (+3), within the line."""
    straight = _running([form == '"' for form in forms], lines) % 2
    curly = _running([(form == "“") - (form == "”") for form in forms], lines) > 0
    bracket = _running([(form in "([") - (form in ")]") for form in forms], lines) > 0
    return np.asarray(np.where(straight == 1, 1, np.where(curly, 2, 0)) + 3 * bracket, np.int32)


def _describe_density(forms: list[str], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class of the tokens for each stop in the line: a long line with few stops hides ends without a stop."""
    stops = np.array([form in _STOPS for form in forms])
    words = np.bincount(lines)
    found = np.bincount(lines, weights=stops)
    return np.searchsorted(_DENSITY_EDGES, words / (found + 0.5))[lines]


def _describe_lists(shapes: NDArray[np.int32], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class of the share of small-letter words in the line, times class of its separators (none, one, more)."""
    words = np.bincount(lines)
    lowers = np.bincount(lines, weights=shapes == LOWER)
    separators = np.minimum(np.bincount(lines, weights=np.isin(shapes, _SEPARATORS)), 2).astype(np.int64)
    return np.asarray((np.searchsorted(_LOWER_EDGES, lowers / words) * 3 + separators)[lines], np.int64)


def _find_echoes(words: NDArray[np.int32], gaps: NDArray[np.int32]) -> NDArray[np.int32]:
    """+1 where the next word is the first of another line of the text, +2 where this word is the last of another.

    Names in signatures, greetings and labels come back at the edges of lines, also where two were run together.
    """
    breaks = gaps > 3
    opens = np.append(True, breaks[:-1])
    last = np.bincount(words[breaks], minlength=WORD_BUCKETS)[words] - breaks > 0
    first = np.bincount(words[opens], minlength=WORD_BUCKETS)[words] - opens > 0
    return np.asarray(np.append(first[1:], False) + 2 * last, np.int32)


def _running(steps: list[bool] | list[int], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum of `steps` up to each token, begun anew with each line."""
    total = np.cumsum(np.array(steps, np.int64))
    firsts = np.flatnonzero(np.diff(lines, prepend=-1))
    before = np.where(firsts > 0, total[firsts - 1], 0)
    return np.asarray(total - before[lines], np.int64)
