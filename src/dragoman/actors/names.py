"""Names as text: words of a mention, keys for lookup, and whether two spellings can be one name."""

import re
import unicodedata
from typing import NamedTuple


def word_set(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())


_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "ß": "ss", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ə": "a", "æ": "ae", "œ": "oe",
        "ħ": "h", "ŋ": "ng", "ʻ": "", "ʼ": "", "‘": "", "’": "", "'": "", "`": "", "ʿ": "", "ʾ": "",
        "-": " ", "–": " ", "‐": " ", "‑": " ", ".": "", "_": " ", "/": " ", "&": " and ",
    }
)  # fmt: skip
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., D.C.
    r"|['’]s\b|(?<=s)['’](?=\s|$)"  # possessives are words of their own
    r"|[^\W\d_]+(?:['’ʼʻ](?!s\b)[^\W\d_]+)*\.?(?<=\w)"  # N'Djamena, Nuku'alofa
    r"|\d[\d,.]*"
    r"|[,;:()\[\]\"“”«»]|[—–]"
)
_SPACES = re.compile(r"\s+")


class Word(NamedTuple):
    """One word of a mention: its letters as written, its lookup key, and where it starts and ends in the text read.

    `hyphen` is True where a hyphen ties it to the word before. A named tuple, as one is made for every word of a text.
    """

    text: str
    key: str
    start: int
    end: int
    hyphen: bool = False


def normalise(text: str) -> str:
    """The lookup key of a name: lower case, no accents, no dots or apostrophes, hyphens as spaces.

    >>> normalise("Kassym-Jomart Tokayev"), normalise("U.S."), normalise("N’Djamena")
    ('kassym jomart tokayev', 'us', 'ndjamena')
    """
    if text.isascii():
        plain = text.lower()
        if plain.isalpha():
            return plain
    else:
        plain = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return _SPACES.sub(" ", plain.translate(_LETTERS)).strip()


def split_words(text: str, offset: int = 0) -> tuple[Word, ...]:
    """The words of `text` in order; `offset` is added to every position. Hyphens separate, possessives stand alone."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        form = match.group()
        start = offset + match.start()
        if form in ("'s", "’s", "'", "’"):
            words.append(Word(form, "'s", start, offset + match.end()))
        else:
            tied = match.start() > 0 and text[match.start() - 1] in "-‐‑" and words[-1:] != []
            words.append(Word(form, normalise(form) or form, start, offset + match.end(), tied))
    return tuple(words)


def phrase_key(form: str) -> str:
    """The key under which a phrase is found among the words of a text.

    >>> phrase_key("People's Republic of China"), phrase_key("M23")
    ("people 's republic of china", 'm 23')
    """
    return " ".join(word.key for word in split_words(form))


# Rules that bring the romanizations of one name together. Each pair is applied in order to the key of a name.
_FOLDS: tuple[tuple[str, str], ...] = (
    ("oe", "o"), ("ue", "u"), ("aye", "ae"), ("oye", "oe"), ("eye", "ee"), ("shch", "sh"), ("tsch", "ch"), ("sch", "sh"), ("zh", "j"), ("dzh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"),  # noqa: E501
    ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("ts", "c"), ("tz", "c"), ("cz", "ch"), ("w", "v"), ("yo", "o"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ey", "i"), ("iy", "i"), ("yy", "i"),
    ("ij", "i"), ("aa", "a"), ("ie", "e"), ("ye", "e"), ("ia", "a"), ("ya", "a"), ("iu", "u"), ("yu", "u"), ("y", "i"),
)  # fmt: skip
# Poutine, Gorbatchoff, Eltsine, Sergej
_ENDINGS = (("tine", "tin"), ("off", "ov"), ("eff", "ev"), ("sine", "sin"), ("ej", "i"), ("aj", "i"))
_DOUBLES = re.compile(r"(.)\1+")


def fold_spelling(key: str) -> str:
    """The key with the usual romanization differences taken out, for persons only.

    >>> fold_spelling("kassymzhomart") == fold_spelling("kassym jomart".replace(" ", ""))
    True
    """
    folded = key
    for old, new in _FOLDS:
        if old in folded:
            folded = folded.replace(old, new)
    for old, new in _ENDINGS:
        if folded.endswith(old):
            folded = folded[: -len(old)] + new
    return _DOUBLES.sub(r"\1", folded)


_PARTICLES = word_set("al el ul bin ben ibn van von der de da di dos del la le af abu abd bint ter ten zu und")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def name_parts(key: str) -> tuple[str, ...]:
    """The parts of a person's key without particles and suffixes.

    >>> name_parts("abdel fattah al sisi")
    ('abdel', 'fattah', 'sisi')
    """
    parts = tuple(part for part in key.split() if part not in _PARTICLES and part not in _SUFFIXES)
    return parts or tuple(key.split())


def folded_parts(name: str) -> tuple[str, ...]:
    """The folded parts of a person's name.

    >>> folded_parts("Sergey Lavrov") == folded_parts("Sergei Lavrov")
    True
    """
    return tuple(fold_spelling(part) for part in name_parts(normalise(name)))


def surname_key(key: str) -> str:
    """The key of the last part, taken as the surname ('al sisi' gives 'sisi')."""
    parts = name_parts(key)
    return parts[-1] if parts else ""


def are_one_edit_apart(one: str, two: str) -> bool:
    """True when two long folded spellings begin alike and differ in one letter."""
    return len(one) > 7 and len(two) > 7 and one[0] == two[0] and _is_one_edit(one, two)


def _is_one_edit(one: str, two: str) -> bool:
    """True when at most one letter is added, dropped or changed."""
    if abs(len(one) - len(two)) > 1:
        return False
    if len(one) > len(two):
        one, two = two, one
    for index, (left, right) in enumerate(zip(one, two, strict=False)):
        if left != right:
            return one[index + 1 :] == two[index + 1 :] if len(one) == len(two) else one[index:] == two[index + 1 :]
    return True
