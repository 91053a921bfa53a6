from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.evaluate.gate import Floors, check_floors, format_floors, load_floors, pin_floors
from dragoman.evaluate.metrics import Figure
from dragoman.evaluate.sets import SetResult


def result(gold: str | None = "abc", skipped: str | None = None, **values: float) -> SetResult:
    figures = [Figure(name=name, value=value, cases=9000, falls=name == "errors") for name, value in values.items()]
    return SetResult(name="made", title="a made set", gold=gold, figures=tuple(figures), skipped=skipped)


def pinned(old: Floors | None = None, *, lower: bool = False, **values: float) -> Floors:
    return pin_floors(old, [result(**values)], model="m", split="test", lower=lower)


FLOORS = pinned(LAS=88.0, errors=2.0)


@pytest.mark.parametrize("values", [{"LAS": 88.0, "errors": 2.0}, {"LAS": 95.0, "errors": 0.0}])
def test_equal_and_better_figures_pass(values: dict[str, float]) -> None:
    assert check_floors(FLOORS, [result(**values)]) == ()


def test_figure_within_the_tolerance_passes() -> None:
    assert check_floors(FLOORS, [result(LAS=87.75, errors=2.25)]) == ()


@pytest.mark.parametrize(("value", "breaches"), [(86.0, 0), (85.9, 1)])
def test_small_set_may_lose_two_cases(value: float, breaches: int) -> None:
    one = SetResult(name="made", title="", gold="abc", figures=(Figure(name="LAS", value=value, cases=100),))
    floors = pin_floors(None, [result(LAS=88.0)], model="m", split="test")
    assert len(check_floors(floors, [one])) == breaches


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"LAS": 87.6, "errors": 2.0}, "LAS 87.60 is below its floor 88.00"),
        ({"LAS": 88.0, "errors": 2.4}, "errors 2.40 is above its ceiling 2.00"),
        ({"LAS": 88.0}, "errors has a floor but was not measured"),
    ],
)
def test_drop_is_a_breach(values: dict[str, float], words: str) -> None:
    assert [breach.message for breach in check_floors(FLOORS, [result(**values)])] == [words]


def test_changed_gold_asks_for_new_floors() -> None:
    (breach,) = check_floors(FLOORS, [result(gold="def", LAS=1.0, errors=9.0)])
    assert "--pin" in breach.message


def test_skipped_and_unknown_sets_are_no_breach() -> None:
    other = SetResult(name="other", title="", gold="x", figures=(Figure(name="F1", value=0.0, cases=1),))
    assert check_floors(FLOORS, [result(gold=None, skipped="no file"), other]) == ()


def values_of(floors: Floors) -> dict[str, float]:
    return {floor.name: floor.value for floor in floors.sets[0].floors}


def test_pinning_raises_floors_and_keeps_those_that_would_fall() -> None:
    assert values_of(pinned(FLOORS, LAS=90.0, errors=3.0)) == {"LAS": 90.0, "errors": 2.0}


def test_floors_fall_only_when_asked() -> None:
    assert values_of(pinned(FLOORS, lower=True, LAS=80.0, errors=3.0)) == {"LAS": 80.0, "errors": 3.0}


def test_new_gold_is_pinned_anew() -> None:
    new = pin_floors(FLOORS, [result(gold="def", LAS=50.0)], model="m", split="test")
    assert (new.sets[0].gold, values_of(new)) == ("def", {"LAS": 50.0})


def test_skipped_set_keeps_its_floors() -> None:
    new = pin_floors(FLOORS, [result(gold=None, skipped="no file")], model="m2", split="test")
    assert new.sets == FLOORS.sets


def test_points_of_reference_are_not_pinned() -> None:
    figures = (Figure(name="human F1", value=9.0, cases=9, pinned=False), Figure(name="F1", value=1.0, cases=9))
    floors = pin_floors(None, [SetResult(name="a", title="", gold="x", figures=figures)], model="m", split="test")
    assert [floor.name for floor in floors.sets[0].floors] == ["F1"]


def test_floors_are_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(format_floors(FLOORS), encoding="utf-8")
    assert load_floors(path) == FLOORS


@pytest.mark.parametrize("text", ["", "[]", '{"tolerance": 1, "model": "m", "split": "test", "sets": {"a": {}}}'])
def test_broken_floors_say_what_was_expected(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"floors\.json.*expected tolerance"):
        load_floors(path)


def test_missing_floors_say_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--pin"):
        load_floors(tmp_path / "floors.json")
