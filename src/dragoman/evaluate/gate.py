"""Floors: the figures that a change may not lower, each with the hash of the gold that it was measured on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.evaluate.metrics import Figure, percent
from dragoman.evaluate.sets import SetResult

# Another processor's int8 arithmetic moves figures by a tenth or so, in a small set by a case or two; a real loss is
# larger.
DEFAULT_TOLERANCE = 0.3
_SLACK_CASES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The pinned value of one figure; a ceiling where `falls` is True."""

    name: str
    value: float
    falls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFloors:
    """The pinned figures of one set, and the hash of the gold that they were measured on."""

    name: str
    gold: str
    floors: tuple[Floor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """All pinned figures. `tolerance` in points; `model` names the model that was measured; `split` of the corpus."""

    tolerance: float
    model: str
    split: str
    sets: tuple[SetFloors, ...]

    def of(self, name: str) -> SetFloors | None:
        """The floors of one set, None when it has none."""
        return next((one for one in self.sets if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One reason why the gate is shut."""

    set_name: str
    message: str


def load_floors(path: Path) -> Floors:
    """The floors of a file.

    Raises:
        InputError: the file is missing or not of the form that `write_floors` writes.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Floors(
            tolerance=float(stored["tolerance"]),
            model=stored["model"],
            split=stored["split"],
            sets=tuple(_read_set(name, entry) for name, entry in stored["sets"].items()),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"floors {path}: {error!r}; expected tolerance, model, split, sets; pin them with `dragoman evaluate --pin`"
        ) from error


def _read_set(name: str, entry: dict[str, Any]) -> SetFloors:
    kinds = (("floors", False), ("ceilings", True))
    floors = [
        Floor(name=figure, value=float(value), falls=falls)
        for key, falls in kinds
        for figure, value in entry.get(key, {}).items()
    ]
    return SetFloors(name=name, gold=entry["gold"], floors=tuple(floors))


def format_floors(floors: Floors) -> str:
    """The file's text."""
    sets = {one.name: {"gold": one.gold, **_values(one)} for one in floors.sets}
    stored = {"tolerance": floors.tolerance, "model": floors.model, "split": floors.split, "sets": sets}
    return json.dumps(stored, indent=1, ensure_ascii=False) + "\n"


def _values(one: SetFloors) -> dict[str, dict[str, float]]:
    floors = {floor.name: floor.value for floor in one.floors if not floor.falls}
    ceilings = {floor.name: floor.value for floor in one.floors if floor.falls}
    return {"floors": floors, "ceilings": ceilings} if ceilings else {"floors": floors}


def check_floors(floors: Floors, results: Iterable[SetResult]) -> tuple[Breach, ...]:
    """Every figure below its floor or above its ceiling, every pinned figure not measured, every gold that changed."""
    return tuple(breach for result in results for breach in _check_set(floors, result))


def _check_set(floors: Floors, result: SetResult) -> Iterable[Breach]:
    pinned = floors.of(result.name)
    if pinned is None or result.skipped is not None:
        return
    if pinned.gold != result.gold:
        message = f"gold is {result.gold}, floors were pinned on {pinned.gold}; measure and pin anew with --pin"
        yield Breach(set_name=result.name, message=message)
        return
    measured = {figure.name: figure for figure in result.figures}
    for floor in pinned.floors:
        if floor.name not in measured:
            yield Breach(set_name=result.name, message=f"{floor.name} has a floor but was not measured")
        elif is_worse(measured[floor.name], floor, _tolerance(floors, measured[floor.name])):
            side = "above its ceiling" if floor.falls else "below its floor"
            message = f"{floor.name} {measured[floor.name].value:.2f} is {side} {floor.value:.2f}"
            yield Breach(set_name=result.name, message=message)


def _tolerance(floors: Floors, figure: Figure) -> float:
    return max(floors.tolerance, percent(_SLACK_CASES, figure.cases))


def is_worse(figure: Figure, floor: Floor, tolerance: float) -> bool:
    """Whether the figure is worse than its floor by more than the tolerance, in points."""
    loss = figure.value - floor.value if floor.falls else floor.value - figure.value
    return loss > tolerance


def pin_floors(
    old: Floors | None, results: Iterable[SetResult], *, model: str, split: str, lower: bool = False
) -> Floors:
    """New floors from what was measured: sets that were skipped keep theirs.

    A figure worse than its floor keeps the floor unless `lower`; a set whose gold changed is pinned anew.
    """
    kept = {one.name: one for one in old.sets} if old else {}
    for result in results:
        if result.gold is not None:
            before = kept.get(result.name)
            same = before if before and before.gold == result.gold and not lower else None
            kept[result.name] = SetFloors(name=result.name, gold=result.gold, floors=_pin_set(same, result))
    return Floors(
        tolerance=old.tolerance if old else DEFAULT_TOLERANCE, model=model, split=split, sets=tuple(kept.values())
    )


def _pin_set(before: SetFloors | None, result: SetResult) -> tuple[Floor, ...]:
    old = {floor.name: floor for floor in before.floors} if before else {}
    pinned = []
    for figure in result.figures:
        if figure.pinned:
            floor = Floor(name=figure.name, value=round(figure.value, 2), falls=figure.falls)
            earlier = old.get(figure.name)
            pinned.append(earlier if earlier and is_worse(figure, earlier, 0.0) else floor)
    return tuple(pinned)
