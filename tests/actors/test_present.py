from datetime import date

from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.present import present_name


def test_person_is_shown_with_terms_and_the_attribution_owed(kb: KnowledgeBase) -> None:
    assert present_name(kb, "Velikyan", None) == (
        "Tigran Velikyan  person ARM  [Q9002, made]",
        "  President, ARM GOV, 2008-04-09 to 2018-04-09 (day; made)",
        "attribution: Made by Nobody",
    )


def test_only_the_terms_of_the_day_are_shown(kb: KnowledgeBase) -> None:
    lines = present_name(kb, "Velikyan", date(2020, 1, 1))
    assert lines[1].startswith("  no known office on 2020-01-01, last: President")


def test_term_past_the_horizon_is_marked_stale(kb: KnowledgeBase) -> None:
    assert "stale: the source speaks up to 2024-06-30" in "\n".join(present_name(kb, "Harunyan", date(2025, 1, 1)))


def test_organization_is_shown_with_its_members_on_the_day(kb: KnowledgeBase) -> None:
    lines = present_name(kb, "Union of Made States", date(2000, 1, 1))
    assert lines[:3] == (
        "Union of Made States  igo IGO IGO  [igo:union-of-made-states:igo, made]",
        "  also: UMS",
        "  members: Armenia  (made)",
    )


def test_state_is_shown_with_its_memberships(kb: KnowledgeBase) -> None:
    assert "  member of Union of Made States  (made)" in present_name(kb, "Armenia", date(2000, 1, 1))


def test_unknown_name_shows_nothing(kb: KnowledgeBase) -> None:
    assert present_name(kb, "Peregrine Ashdown", None) == ()
