import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.tokenize import find_tokens, find_words, is_blank


def surface(text: str) -> list[str]:
    return [text[start:end] for start, end in find_tokens(text)]


def words(text: str) -> list[str]:
    return [text[start:end] for token in find_tokens(text) for start, end in find_words(text, token)]


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("don't", ["do", "n't"]),
        ("cannot", ["can", "not"]),
        ("Petrov's", ["Petrov", "'s"]),
        ("Petrov’s", ["Petrov", "’s"]),
        ("gonna", ["gon", "na"]),
        ("I'm", ["I", "'m"]),
        ("we'll", ["we", "'ll"]),
        ("won’t", ["wo", "n’t"]),
        ("CAN'T", ["CA", "N'T"]),
        ("states'", ["states", "'"]),
        ("dunno", ["du", "n", "no"]),
    ],
)
def test_contraction_is_one_token_of_several_words(written: str, parts: list[str]) -> None:
    assert surface(written) == [written]
    assert words(written) == parts


@pytest.mark.parametrize("written", ["O'Hara", "o'clock", "1990's", "Im", "its", "Qur'an"])
def test_apostrophe_inside_a_word_does_not_part_it(written: str) -> None:
    assert words(written) == [written]


def test_word_of_a_contraction_has_its_own_range() -> None:
    assert find_words("they don't", (5, 10)) == ((5, 7), (7, 10))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a 15-year deal", ["a", "15", "-", "year", "deal"]),
        ("peace-keeping", ["peace", "-", "keeping"]),
        ("non-aligned mid-May re-election", ["non-aligned", "mid-May", "re-election"]),
        ("anti-government co-operation", ["anti-government", "co-operation"]),
        ("pre- and post-war", ["pre-", "and", "post-war"]),
        ("price-wise", ["price-wise"]),
    ],
)
def test_hyphens_part_words_except_held_ones(text: str, tokens: list[str]) -> None:
    assert surface(text) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Mr. Haddad of the U.S. left at 5 p.m. sharp", "Mr.|Haddad|of|the|U.S.|left|at|5|p.m.|sharp"),
        ("J. K. Mensah, Jr. spoke", "J.|K.|Mensah|,|Jr.|spoke"),
        ("It cost $5.2m (€4,000), up 3%.", "It|cost|$|5.2|m|(|€|4,000|)|,|up|3|%|."),
        ("at 10:30am on 9/11/2001", "at|10:30|am|on|9/11/2001"),
        ("US$40 and 2022/23", "US$|40|and|2022/23"),
        ("see https://example.org/a?b=1, or ana@example.org.", "see|https://example.org/a?b=1|,|or|ana@example.org|."),
        ("www.example.com/page. Next", "www.example.com/page|.|Next"),
        ("#peace and @anna, # 5", "#peace|and|@anna|,|#|5"),
        ("and/or", "and|/|or"),
        ("Wait... what?! Yes!!!", "Wait|...|what|?!|Yes|!!!"),
        ("He left — “quickly” – she stayed--so", "He|left|—|“|quickly|”|–|she|stayed|--|so"),
        ("Great :) thanks :-(", "Great|:)|thanks|:-("),
        ("Beijing (北京) said", "Beijing|(|北京|)|said"),
        ("left.Then", "left|.|Then"),
        ("the 1990s, '70s and 15th", "the|1990s|,|'70s|and|15th"),
    ],
)
def test_text_is_cut_as_the_treebanks_cut_it(text: str, tokens: str) -> None:
    assert surface(text) == tokens.split("|")


def test_day_and_month_need_a_capital_to_be_abbreviations() -> None:
    assert surface("On Sun. the sun. On") == ["On", "Sun.", "the", "sun", ".", "On"]


def test_closing_quotation_mark_is_not_a_possessive() -> None:
    assert surface("the 'dead cats' and the states' rights") == [
        *("the", "'", "dead", "cats", "'", "and", "the", "states'", "rights"),
    ]


@pytest.mark.parametrize("sign", ["👩‍👩‍👧", "🇰🇿", "👍🏽", "❤️", "e\u0301te\u0301", "किताब"])
def test_joined_characters_stay_together(sign: str) -> None:
    assert surface(f"so {sign} so") == ["so", sign, "so"]


@pytest.mark.parametrize("mark", ["\x00", "\u200b", "\u200f", "\ufeff", "\u2066"])
def test_invisible_marks_are_not_tokens(mark: str) -> None:
    assert surface(f"{mark}one{mark} two{mark}") == ["one", "two"]


_ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from(" \n\t.,'’\"“”-–()!?:;/@#$%&aAsStTnN019\u200f\u0301\u200d🙂\x00"),
    st.sampled_from(["n't", "'s", "Mr.", "U.S.", "http://a.b/", " - ", "...", "\n\n", "15-year", "can", "not"]),
)


@given(st.lists(_ALPHABET, max_size=60).map("".join))
def test_tokens_cover_exactly_what_is_not_blank(text: str) -> None:
    covered: set[int] = set()
    for start, end in find_tokens(text):
        assert start < end
        assert not covered & set(range(start, end))
        covered.update(range(start, end))
    assert covered >= {place for place, char in enumerate(text) if not is_blank(char)}
    assert not any(text[place].isspace() for place in covered)


@given(st.lists(_ALPHABET, max_size=60).map("".join))
def test_words_tile_their_token(text: str) -> None:
    for token in find_tokens(text):
        parts = find_words(text, token)
        assert (parts[0][0], parts[-1][1]) == token
        assert all(one[1] == two[0] and one[0] < one[1] for one, two in pairwise(parts))


_UNITS = ["a", "a.", "a-", "'", "a@", "1,", "http://", ".", "a'", "#", "…", "\u0301", "A.b-", "1/"]


@pytest.mark.parametrize("unit", _UNITS)
def test_long_run_without_blanks_takes_linear_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    begun = time.perf_counter()
    tokens = find_tokens(text)
    assert time.perf_counter() - begun < 120
    assert tokens[-1][1] == len(text)
