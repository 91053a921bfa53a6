"""The floors of issue 4 on the test tables; the tables lie outside the package."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.coding.places import Gazetteer
from dragoman.errors import InputError
from dragoman.evaluate import dates, places

TABLES = Path(__file__).parents[2] / "evaluation"


@pytest.mark.parametrize("name", ["dates_test.jsonl", "dates_test_2.jsonl"])
def test_dates_reach_the_floor(name: str) -> None:
    score = dates.score_dates(list(dates.load_cases(TABLES / name)))
    assert score.accuracy >= 0.95, "\n".join(score.wrong)
    assert score.invented == 0


def test_places_reach_the_floors() -> None:
    score = places.score_places(Gazetteer.open(), list(places.load_cases(TABLES / "places_test.jsonl")))
    assert score.country_right / score.total >= 0.85, "\n".join(score.wrong)
    assert score.entry_right / score.total >= 0.80


@pytest.mark.parametrize("load", [dates.load_cases, places.load_cases])
def test_bad_line_is_named(load: Callable[[Path], Iterator[object]], tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "x"}\n')
    with pytest.raises(InputError, match="line 1"):
        list(load(path))
