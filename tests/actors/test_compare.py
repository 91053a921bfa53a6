from datetime import date

import pytest

from dragoman.actors.candidates import find_persons
from dragoman.actors.compare import Evidence, office_of, role_on, score_person
from dragoman.actors.kb import KnowledgeBase


def score(kb: KnowledgeBase, name: str, evidence: Evidence) -> tuple[float, str]:
    match = find_persons(kb, name)[0]
    return score_person(match, kb.roles(match.entry.id), evidence)


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("Minister of Foreign Affairs", "foreign"), ("foreign minister", "foreign"), ("Secretary of State", "foreign"),
        ("Prime Minister", "premier"), ("President", "president"), ("President of the Senate", None),
        ("Vice President", "deputy"), ("King", "monarch"), ("Gen", "general"), ("mayor", None), (None, None),
    ],
)  # fmt: skip
def test_office_that_a_title_names(title: str | None, office: str | None) -> None:
    assert office_of(title) == office


def test_role_is_asked_as_of_the_day(kb: KnowledgeBase) -> None:
    roles = kb.roles("Q9002")
    days = (date(2000, 1, 1), date(2010, 1, 1), date(2020, 1, 1))
    assert [(role_on(roles, day).role, role_on(roles, day).sector) for day in days] == [
        (None, None), ("President", "GOV"), ("former President", None)
    ]  # fmt: skip


def test_role_without_a_day_is_called_undated(kb: KnowledgeBase) -> None:
    assert role_on(kb.roles("Q9001"), None).note == "undated"


def test_role_past_the_horizon_is_called_stale(kb: KnowledgeBase) -> None:
    assert role_on(kb.roles("Q9001"), date(2026, 1, 1)).note == "stale: later than the source"


def test_other_country_in_the_text_refuses(kb: KnowledgeBase) -> None:
    assert score(kb, "Davit Harunyan", Evidence(country="KEN")) == (0.0, "name full, refused: text says KEN")


def test_country_where_somebody_is_refuses_nobody(kb: KnowledgeBase) -> None:
    assert score(kb, "Davit Harunyan", Evidence(country="KEN", country_is_place=True))[0] > 0.6


def test_another_generation_is_refused(kb: KnowledgeBase) -> None:
    assert score(kb, "Davit Harunyan", Evidence(as_of=date(1940, 1, 1)))[1].endswith("refused: another generation")


def test_title_that_the_person_bears_counts_for_a_surname(kb: KnowledgeBase) -> None:
    day = date(2010, 1, 1)
    without, _ = score(kb, "Velikyan", Evidence(as_of=day))
    with_title, reason = score(kb, "Velikyan", Evidence(as_of=day, role="President"))
    other, _ = score(kb, "Velikyan", Evidence(as_of=day, role="foreign minister"))
    assert other < without < with_title
    assert reason.endswith("is President")


def test_little_known_person_out_of_office_may_be_a_namesake(kb: KnowledgeBase) -> None:
    value, reason = score(kb, "Marta Olson", Evidence(as_of=date(2020, 1, 1)))
    assert value < 0.6
    assert "may be a namesake" in reason
