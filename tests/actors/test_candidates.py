import pytest

from dragoman.actors.candidates import find_persons
from dragoman.actors.kb import KnowledgeBase


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Davit Harunyan", [("Q9001", "full")]),
        ("Davit Harunian", [("Q9001", "folded")]),
        ("Orlan Jomart Bekmuradov", [("Q9003", "folded")]),
        ("D. Harunyan", [("Q9001", "part")]),
        ("Davit R. Harunyan", [("Q9001", "part")]),
        ("Harunyan", [("Q9001", "surname")]),
        ("Pavel Harunyan", []),
        ("Nobody Known", []),
    ],
)
def test_persons_that_a_name_may_mean(kb: KnowledgeBase, name: str, found: list[tuple[str, str]]) -> None:
    assert [(match.entry.id, match.by) for match in find_persons(kb, name)] == found


def test_single_name_in_another_spelling_is_a_surname_at_most(kb: KnowledgeBase) -> None:
    assert [match.by for match in find_persons(kb, "Sen")] == ["surname"]
