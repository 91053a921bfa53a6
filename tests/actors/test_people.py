from dataclasses import replace

import make_actors
from dragoman.actors.people import PersonIndex


def test_spelling_of_a_known_person_of_the_country_gets_the_known_id() -> None:
    index = PersonIndex()
    index.add(make_actors.person("Q1", "Serj A. Velikyan", "ARM"))
    (fact,) = index.unify([make_actors.person("person:x", "Serzh Velikyan", "ARM")])
    assert fact.id == "Q1"


def test_same_name_in_another_country_is_another_person() -> None:
    index = PersonIndex()
    index.add(make_actors.person("Q1", "John Mercer", "AUS"))
    (fact,) = index.unify([make_actors.person("person:x", "John Mercer", "CAN")])
    assert fact.id == "person:x"


def test_head_of_an_organization_is_the_one_who_held_office_at_home() -> None:
    index = PersonIndex()
    index.add(make_actors.person("Q1", "Marta Lindqvist", "SWE", rank=2))
    (fact,) = index.unify([make_actors.person("person:x", "Marta Lindqvist", "IGO", rank=3)])
    assert fact.id == "Q1"


def test_two_possible_heads_are_not_joined() -> None:
    index = PersonIndex()
    index.add(make_actors.person("Q1", "Marta Lindqvist", "SWE", rank=2))
    index.add(make_actors.person("Q2", "Marta Lindqvist", "FIN", rank=2))
    (fact,) = index.unify([make_actors.person("person:x", "Marta Lindqvist", "IGO", rank=3)])
    assert fact.id == "person:x"


def test_office_at_home_written_by_hand_joins_the_head_of_the_organization() -> None:
    index = PersonIndex()
    index.add(make_actors.person("Q1", "Marta Lindqvist", "IGO", rank=3))
    own = replace(make_actors.person("person:x", "Marta Lindqvist", "SWE"), source="hand")
    assert [fact.id for fact in index.unify([own])] == ["Q1"]


def test_organizations_pass_unchanged() -> None:
    body = make_actors.body("party", "Unity Party", "ARM", "PTY")
    assert PersonIndex().unify([body]) == [body]
