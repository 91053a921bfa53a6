import pytest

import make_registers as make
from dragoman.registers import build_membership_register, build_position_register, build_project_register

TEXT = "the dam on the Tana river, the Tana dam, the union"


def positions(*told):
    """Reports of a stance, one a month: (holder, topic, stance)."""
    return [
        make.report(f"r{number}", TEXT, make.position(f"r{number}", TEXT, *one), published=f"2024-0{number + 1}-01")
        for number, one in enumerate(told)
    ]


def test_a_change_of_stance_is_shown():
    topic = "dam on the Tana river"
    (entry,) = build_position_register(positions(("Kenya", topic, "against"), ("Kenya", topic, "for")))
    assert (entry.stance, entry.changed) == ("for", True)
    assert [(step.value, str(step.day)) for step in entry.history] == [
        ("against", "2024-01-01"),
        ("for", "2024-02-01"),
    ]


def test_the_same_stance_twice_is_one_step():
    topic = "dam on the Tana river"
    (entry,) = build_position_register(positions(("Kenya", topic, "against"), ("Kenya", topic, "against")))
    assert (len(entry.history), entry.changed, len(entry.tellings)) == (1, False, 2)


@pytest.mark.parametrize("other", [("Chad", "dam on the Tana river", "for"), ("Kenya", "union", "for")])
def test_another_holder_or_topic_is_another_position(other):
    assert len(build_position_register(positions(("Kenya", "dam on the Tana river", "for"), other))) == 2


def test_a_topic_in_other_words_is_the_same_when_most_words_are():
    told = positions(("Kenya", "dam on the Tana river", "for"), ("Kenya", "the Tana dam", "against"))
    assert len(build_position_register(told)) == 1


def projects(*told):
    return [
        make.report(
            f"r{number}", TEXT, make.project(f"r{number}", TEXT, name, status, canonical=canonical),
            published=f"2024-0{number + 1}-01",
        )
        for number, (name, status, canonical) in enumerate(told)
    ]  # fmt: skip


def test_a_project_has_a_history():
    name = "dam on the Tana river"
    (entry,) = build_project_register(projects((name, "proposed", None), (name, "under_construction", None)))
    assert ([step.value for step in entry.history], entry.status) == (
        ["proposed", "under_construction"],
        "under_construction",
    )


def test_projects_of_other_names_are_joined_only_by_a_reviewed_name():
    apart = projects(("dam on the Tana river", "proposed", None), ("union", "agreed", None))
    joined = projects(("dam on the Tana river", "proposed", "Tana"), ("union", "agreed", "Tana"))
    assert len(build_project_register(apart)) == 2
    (entry,) = build_project_register(joined)
    assert entry.names == ("dam on the Tana river", "union")


def test_a_name_that_only_looks_alike_is_left_alone():
    assert (
        len(build_project_register(projects(("dam on the Tana river", "proposed", None), ("Tana dam", "agreed", None))))
        == 2
    )


def memberships(*told):
    return [
        make.report(
            f"r{number}", TEXT, make.membership(f"r{number}", TEXT, "Chad", "union", status, level=level),
            published=f"2024-0{number + 1}-01",
        )
        for number, (status, level) in enumerate(told)
    ]  # fmt: skip


def test_a_stated_membership_outweighs_an_implied_one():
    (entry,) = build_membership_register(memberships(("member", "implied"), ("left", "stated")))
    assert (entry.level, entry.status, len(entry.tellings)) == ("stated", "left", 2)


def test_an_implied_membership_says_so():
    (entry,) = build_membership_register(memberships(("member", "implied")))
    assert (entry.level, entry.reason) == ("implied", "only implied, nobody states it")
