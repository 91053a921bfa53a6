"""The history of a project's learned layers: one file beside the store, to which lines are only ever added.

Each line is a JSON object: a switch to a layer, with what it gained, or the undoing of the last one that stands. The
layer in use is what is left when the lines are read in order.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.coding.confidence import Calibration
from dragoman.coding.learned import Learned
from dragoman.errors import InputError, ResourceError

Json = Any
ENDING = ".learned"
FILE = f"dragoman{ENDING}"  # in the working folder, for stores on a server
SERVERS = ("postgresql://", "postgres://")
# Below these, the intervals of simulated reviewers are too wide to tell a gain from chance (benchmarks/learn.py).
FEWEST_VERDICTS, FEWEST_REPORTS = 60, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """One line of the history: at `at` (ISO 8601, UTC) the project went over to `layer`.

    `layer` is None for a line that undid the switch before it. `gained` are the figures that were shown: name, before,
    after, low and high end of the difference. `verdicts` is how many were learned from.
    """

    at: str
    layer: Learned | None
    verdicts: int = 0
    gained: tuple[tuple[str, float, float, float, float], ...] = ()


def history_file(store: str | Path) -> Path:
    """Where the history of a store lies: beside its file; for one on a server, in the working folder."""
    return Path(FILE) if str(store).startswith(SERVERS) else Path(f"{store}{ENDING}")


def read_history(file: Path) -> tuple[Switch, ...]:
    """Every line, the oldest first; none when there is no file.

    Raises ResourceError naming the line that cannot be read.
    """
    if not file.is_file():
        return ()
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"{file}: cannot be read: {error}") from error
    return tuple(_read_lines(file, lines))


def _read_lines(file: Path, lines: Sequence[str]) -> Iterator[Switch]:
    for number, line in enumerate(lines, start=1):
        try:
            yield _read_switch(parse_json(line))
        except (InputError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise ResourceError(
                f"{file}, line {number}: {error!r}; expected a switch or an undo as `dragoman learn` writes them; "
                "take the line out, or move the file away and learn again"
            ) from error


def standing(history: Sequence[Switch]) -> tuple[Switch, ...]:
    """The switches that were not undone, the one in use last."""
    stack: list[Switch] = []
    for switch in history:
        if switch.layer is not None:
            stack.append(switch)
        elif stack:
            stack.pop()
    return tuple(stack)


def layer_in_use(file: Path) -> Learned | None:
    """The layer in use; None for the shipped heads alone. Raises ResourceError."""
    switches = standing(read_history(file))
    return switches[-1].layer if switches else None


def say_state(layer: Learned | None, judged: int) -> str:
    """What there is to know of learning, in a sentence: the layer in use, or what so many judged events can teach.

    >>> say_state(None, 12)
    'dragoman learn teaches the coder from 60 judged events on: 12 so far'
    """
    if layer is not None:
        return f"learned.{layer.version} from reviewers is in use: dragoman learn --status tells what it gained"
    if judged < FEWEST_VERDICTS:
        return f"dragoman learn teaches the coder from {FEWEST_VERDICTS} judged events on: {judged} so far"
    return f"dragoman learn shows what {judged:,} judged events would teach the coder"


def copy_history(store: str | Path, to: str | Path) -> bool:
    """Puts the history of one store beside another; False when there is none.

    Raises InputError when the other has a history already, or its file cannot be written.
    """
    file, other = history_file(store), history_file(to)
    if not file.is_file() or file.absolute() == other.absolute():
        return False
    if other.exists():
        raise InputError(f"{other}: a history of learning is there already; move it away")
    try:
        other.write_bytes(file.read_bytes())
    except OSError as error:
        raise InputError(f"{other}: cannot be written: {error.strerror}") from error
    return True


def append_switch(file: Path, switch: Switch) -> None:
    """Adds a line, flushed to the disk. Raises InputError for undoing where nothing stands, or a file not writable."""
    if switch.layer is None and not standing(read_history(file)):
        raise InputError(f"{file}: there is no learned layer to undo; the shipped heads are in use")
    line = format_json(_write_switch(switch)) + "\n"
    try:
        with file.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from error


def _write_switch(switch: Switch) -> Json:
    layer = switch.layer
    if layer is None:
        return {"action": "undo", "at": switch.at}
    gained = [dict(zip(("name", "before", "after", "low", "high"), row, strict=True)) for row in switch.gained]
    return {
        "action": "switch",
        "at": switch.at,
        "version": layer.version,
        "model": layer.model,
        "codebook": layer.codebook,
        "verdicts": switch.verdicts,
        "gained": gained,
        "threshold": layer.calibration.threshold,
        "widest": layer.calibration.widest,
        "constant": layer.calibration.constant,
        "signals": dict(zip(layer.signals, layer.calibration.weights, strict=True)),
        "cues": dict(layer.cues),
        "categories": {cue: dict(weights) for cue, weights in layer.categories.items()},
    }


def _read_switch(value: Json) -> Switch:
    if value["action"] == "undo":
        return Switch(at=value["at"], layer=None)
    if value["action"] != "switch":
        raise ValueError(f"action {value['action']!r}")
    layer = Learned(
        version=value["version"],
        model=value["model"],
        codebook=value["codebook"],
        categories={cue: {name: float(w) for name, w in found.items()} for cue, found in value["categories"].items()},
        calibration=Calibration(
            weights=tuple(float(weight) for weight in value["signals"].values()),
            constant=float(value["constant"]),
            threshold=float(value["threshold"]),
            widest=float(value["widest"]),
        ),
        cues={cue: float(weight) for cue, weight in value["cues"].items()},
        signals=tuple(value["signals"]),
    )
    gained = tuple(
        (str(row["name"]), float(row["before"]), float(row["after"]), float(row["low"]), float(row["high"]))
        for row in value["gained"]
    )
    return Switch(at=value["at"], layer=layer, verdicts=int(value["verdicts"]), gained=gained)
