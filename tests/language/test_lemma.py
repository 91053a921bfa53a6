import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.lemma import apply_rule, rule_for

WORD = st.text(alphabet="abcdefgABCDEFGéßİ|1'", min_size=1, max_size=12)


@given(form=WORD, lemma=WORD)
def test_rule_gives_its_lemma_back(form: str, lemma: str) -> None:
    assert apply_rule(rule_for(form, lemma), form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("talks", "talk", "k|1|"),
        ("went", "go", "k|4|go"),
        ("Talks", "talk", "l|1|"),
        ("Astana", "Astana", "k|0|"),
        ("NATO", "NATO", "k|0|"),
        ("ELECTIONS", "election", "l|1|"),
    ],
)
def test_rule_is_the_shortest_edit(form: str, lemma: str, rule: str) -> None:
    assert rule_for(form, lemma) == rule


@pytest.mark.parametrize(("rule", "form"), [("k|5|", "talk"), ("k|4|", "talk"), ("l|9|x", "talk")])
def test_rule_that_does_not_fit_leaves_the_form(rule: str, form: str) -> None:
    assert apply_rule(rule, form) == form


def test_suffix_may_hold_the_separator() -> None:
    assert apply_rule("k|1||", "ab") == "a|"
