"""Where a sentence says when: runs of time words, cut to what can be read as one expression."""

import re
from datetime import date

from dragoman.coding.date_parts import Anchor
from dragoman.coding.date_ranges import read_known
from dragoman.coding.date_words import UNITS, WORDS, normalise, split_words
from dragoman.types.parse import Sentence, Token
from dragoman.types.text import Span

_CORE_WORDS = frozenset(
    split_words(
        """
    today yesterday tomorrow tonight overnight christmas easter halloween weekend
    """
    )
    + [word for word, canonical in WORDS.items() if re.fullmatch(r"m\d\d|w\d|s2\d|\d0s", canonical)]
    + [unit for unit in UNITS if unit not in ("minute", "hour")]
    + [unit + "s" for unit in UNITS if unit not in ("minute", "hour")]
    + split_words(
        """
    centuries hours hour half morning evening afternoon night
    """
    )
)
# Spelt like other words: a time only with a capital (or, for seasons, with a sign of time beside them).
_NEEDS_CAPITAL = frozenset(
    split_words(
        """
    may march mar sun sat mon wed dec jan jun
    """
    )
)
_NEEDS_COMPANY = frozenset(
    split_words(
        """
    spring fall summer winter autumn half hour hours
    """
    )
)
_LINKS = frozenset(
    split_words(
        """
    the a an of last next this past previous preceding coming current early late mid end beginning start middle
    year-end later earlier ago from between since until till before after by to through and - – — / , about
    around nearly almost first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    nineteenth twentieth twenty day eve new good ash palm boxing one two three four five six seven eight nine
    ten twelve couple few several more than recent same following that each every fiscal financial ad bc ce bce
    around circa some just only exactly over within in on at hence now valentine 's ’s ' ’ a.m. p.m. am pm gmt
    utc noon midnight dawn dusk morning evening night afternoon during throughout midday hours minutes year-
    mid- long rest remainder turn
    """
    )
)
_NUMBER = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|s)?|'?\d\ds|\d{1,2}:\d\d"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|[qh][1-4]|fy\d+|mid-\S+|\d{4}[-–/]\d\d(?:\d\d)?|\d{1,2}[-–]\d{1,2}"
)
_YEAR = re.compile(
    r"(?:1[4-9]\d\d|20\d\d)(?:s|[-–/]\d\d(?:\d\d)?)?|\d{4}-\d\d-\d\d"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|mid-\d{4}s?|'\d0s|\d0s|fy\d+"
)
_START_NOT = frozenset(
    split_words(
        """
    , and to - – — / of 's ’s ' ’ more than that in on at during throughout over for
    """
    )
)
_END_NOT = frozenset(
    split_words(
        """
    , and to - – — / of the a an in on at from between since until till before by through about around nearly
    almost some just only exactly over within more than 's ’s ' ’ last next this each every that during
    throughout
    """
    )
)
_YEAR_BEFORE = frozenset(
    split_words(
        """
    in since of until by from before after between during and to early late mid the , - – / through
    """
    )
)
_RECURRING = frozenset({"every", "each"})
_LONGEST = 14


def find_time_spans(sentence: Sentence, text: str) -> tuple[Span, ...]:
    """The character spans of time expressions in the sentence, in text order, without leading prepositions.

    Expressions that name no definite time ("recently") are left out; relative ones ("on Tuesday") are found whether or
    not the document has a date. Date mentions of the parse that hold no time word are ignored.
    """
    tokens = sentence.tokens
    cores = [_is_core(tokens, index) for index in range(len(tokens))]
    for mention in sentence.mentions:
        if mention.kind == "Person":  # "Mr May", "April Smith"
            cores[mention.start : mention.end] = [False] * (mention.end - mention.start)
    if not any(cores):
        return ()
    found: list[Span] = []
    for start, end in _runs(tokens, cores):
        found += _cut(text, tokens, cores, start, end)
    return tuple(found)


def _is_core(tokens: tuple[Token, ...], index: int) -> bool:
    token = tokens[index]
    low = token.text.lower().rstrip(".")
    if low in _CORE_WORDS:
        if low in _NEEDS_CAPITAL:
            return token.text[0].isupper() and token.upos not in ("VERB", "AUX") and _is_not_opening_verb(tokens, index)
        return low not in _NEEDS_COMPANY or _has_company(tokens, index)
    return low[:1] in "0123456789'mf" and bool(_YEAR.fullmatch(low)) and _is_year(tokens, index)


def _is_not_opening_verb(tokens: tuple[Token, ...], index: int) -> bool:
    return tokens[index].upos in ("PROPN", "NOUN", "NUM", "X")


def _has_company(tokens: tuple[Token, ...], index: int) -> bool:
    """A season or half counts beside a year, a step ("last summer") or after "in the"."""
    token = tokens[index]
    if token.upos not in ("NOUN", "PROPN"):
        return False
    before = {other.text.lower() for other in tokens[max(0, index - 2) : index]}
    after = [other.text.lower() for other in tokens[index + 1 : index + 3]]
    stepped = before & {"last", "next", "this", "past", "coming", "early", "late", "mid", "in", "since", "during", "by"}
    return bool(stepped) or any(_YEAR.fullmatch(word) for word in after) or "ago" in after


def _is_year(tokens: tuple[Token, ...], index: int) -> bool:
    """A bare number is a year where a year can stand, not where it counts something ("2000 soldiers")."""
    word = tokens[index].text
    if not word.isdigit():
        return True
    before = tokens[index - 1].text.lower() if index else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if before in (
        "$",
        "€",
        "£",
        "#",
        "no.",
        "number",
        "about",
        "some",
        "nearly",
        "than",
        "resolution",
        "flight",
        "boeing",
    ):
        return False
    named = WORDS.get(before.rstrip("."), "").startswith(("m", "s2", "w"))
    if before in _YEAR_BEFORE or named or before.rstrip(",").isdigit() or re.fullmatch(r"\d+(?:st|nd|rd|th)", before):
        return before not in ("of", "to", "by", "from", "between", "and", "after") or not _counts(
            following, tokens[index]
        )
    return following is not None and following.text.lower() != "percent" and not _counts(following, tokens[index])


def _counts(following: Token | None, number: Token) -> bool:
    """True for the number of a plural noun."""
    return (
        following is not None
        and following.upos == "NOUN"
        and (following.xpos == "NNS" or (number.deprel == "nummod" and following.index == number.head))
    ) and following.text.lower() not in ("elections", "talks", "protests", "accords", "attacks", "riots", "olympics")


def _runs(tokens: tuple[Token, ...], cores: list[bool]) -> list[tuple[int, int]]:
    """Half-open ranges of neighbouring time words that hold at least one core word."""
    runs: list[tuple[int, int]] = []
    index, size = 0, len(tokens)
    while index < size:
        if not cores[index]:
            index += 1
            continue
        start = index
        floor = runs[-1][1] if runs else 0
        while start > floor and _joins(tokens[start - 1], cores[start - 1]) and index - start < _LONGEST:
            start -= 1
        end = index + 1
        while end < size and _joins(tokens[end], cores[end]) and end - start < 2 * _LONGEST:
            end += 1
        runs.append((start, end))
        index = end
    return runs


def _joins(token: Token, core: bool) -> bool:
    low = token.text.lower()
    return core or low in _LINKS or low.rstrip(".") in _CORE_WORDS - _NEEDS_CAPITAL or bool(_NUMBER.fullmatch(low))


def _cut(text: str, tokens: tuple[Token, ...], cores: list[bool], start: int, end: int) -> list[Span]:
    """The expressions in a run: the longest stretches that hold a core word and can be read."""
    found: list[Span] = []
    index = start
    tries = 0
    while index < end and any(cores[index:end]):
        low = tokens[index].text.lower()
        if low in _RECURRING:
            index += 2
            continue
        if low in _START_NOT or (low == "the" and index + 1 < end and tokens[index + 1].text.isdigit()):
            index += 1
            continue
        for stop in range(min(end, index + _LONGEST), index, -1):
            if not any(cores[index:stop]) or tokens[stop - 1].text.lower() in _END_NOT:
                continue
            tries += 1
            span = Span(tokens[index].span.start, tokens[stop - 1].span.end)
            if tries > 60 or _reads(span.of(text)):
                break
        else:
            index += 1
            continue
        if tries > 60:
            break
        found.append(span)
        index = stop
    return found


def _reads(words: str) -> bool:
    reading = read_known(normalise(words), _READ)
    return reading is not None and reading.is_known


_READ = Anchor(published=date(2024, 1, 3), tense=None)  # any date: it only asks whether the words can be read
