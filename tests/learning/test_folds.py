from types import SimpleNamespace
from typing import Any

from dragoman.learning.folds import part_rows


def rows(*groups: str) -> Any:
    return [SimpleNamespace(group=group) for group in groups]


def test_every_row_is_in_one_part_and_no_story_in_two() -> None:
    given = rows(*(f"d{number % 7}" for number in range(30)))
    parts = part_rows(given)
    assert sorted(number for part in parts for number in part) == list(range(30))
    where = {(given[number].group, index) for index, part in enumerate(parts) for number in part}
    assert len(where) == 7


def test_parts_are_of_about_one_size() -> None:
    parts = part_rows(rows(*(f"d{number}" for number in range(52))))
    assert sorted(map(len, parts)) == [10, 10, 10, 11, 11]


def test_fewer_stories_than_parts_give_fewer_parts() -> None:
    assert len(part_rows(rows("a", "a", "b"))) == 2


def test_parts_do_not_depend_on_the_order_of_rows() -> None:
    def stories(given: Any) -> list[set[str]]:
        return [{given[number].group for number in part} for part in part_rows(given)]

    names = [f"d{number}" for number in range(20)]
    assert stories(rows(*names)) == stories(rows(*reversed(names)))
