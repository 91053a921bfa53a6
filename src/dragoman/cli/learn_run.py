"""`dragoman learn`: what verdicts teach, what it gains, the switch, the way back, and the history."""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dragoman.cli.guard import DONE, FAILED, Flags, find_history, read_settings, say
from dragoman.codec import format_json
from dragoman.coding.learned import Learned
from dragoman.config import Settings
from dragoman.errors import ConfigError
from dragoman.learned import Switch, append_switch, layer_in_use, read_history, standing
from dragoman.learning import Learning, Measure

_SHOWN = 6  # strongest cues of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnRequest:
    """What was asked for on the command line."""

    store: str
    apply: bool = False
    force: bool = False
    undo: bool = False
    status: bool = False
    json: bool = False
    quiet: bool = False


def run_learn(request: LearnRequest, *, flags: Flags) -> int:
    """Learns, switches, goes back or tells the history; returns the exit code."""
    if sum((request.apply, request.undo, request.status)) > 1:
        raise ConfigError("learn: only one of --apply, --undo, --status at a time")
    settings = read_settings(flags)
    file = _file_of(request, settings)
    if request.status:
        return _tell_history(file, request)
    if request.undo:
        return _undo(file, request)
    return _learn(file, request, settings)


def _file_of(request: LearnRequest, settings: Settings) -> Path:
    from dragoman.cli.guard import OFF

    named = settings.learned if settings.learned != OFF else None
    return Path(named) if named else find_history(request.store)


def _learn(file: Path, request: LearnRequest, settings: Settings) -> int:
    from dragoman.coder import Coder
    from dragoman.learning import learn
    from dragoman.store import open_store

    started = time.monotonic()
    with open_store(request.store) as store:
        learning = learn(store, Coder.open(settings.codebook, kb=settings.kb), force=request.force)
    now = layer_in_use(file)
    seconds = time.monotonic() - started
    if request.json:
        print(format_json(_as_json(learning, now, seconds)))
    elif not request.quiet:
        print("\n".join(_describe(learning, now, seconds)))
    return _switch(file, request, learning, now)


def _switch(file: Path, request: LearnRequest, learning: Learning, now: Learned | None) -> int:
    """Switches when that was asked for and there is something to switch to; says why not."""
    layer = learning.layer
    if layer is None:
        say("nothing to switch to" if request.apply else "nothing was learned")
        return FAILED if request.apply else DONE
    if now is not None and now.version == layer.version:
        say("this layer is in use already: there are no verdicts that it did not learn from")
        return DONE
    if not request.apply:
        say("nothing is switched yet: dragoman learn --apply")
        return DONE
    gained = tuple((m.name, m.before, m.after, m.low, m.high) for m in learning.measures)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    append_switch(file, Switch(at=at, layer=layer, verdicts=learning.rows, gained=gained))
    say(f"{file}: learned.{layer.version} is in use; dragoman learn --undo goes back")
    say("next: dragoman ingest --recode codes what is there by it, beside the older coding")
    return DONE


def _undo(file: Path, request: LearnRequest) -> int:
    append_switch(file, Switch(at=datetime.now(UTC).isoformat(timespec="seconds"), layer=None))
    now = layer_in_use(file)
    if request.json:
        print(format_json({"in_use": None if now is None else now.version}))
    else:
        print(f"{file}: {_name(now)} in use again; dragoman ingest --recode codes what is there by it")
    return DONE


def _tell_history(file: Path, request: LearnRequest) -> int:
    history = read_history(file)
    left = standing(history)
    now = left[-1].layer if left else None
    if request.json:
        print(format_json({"in_use": None if now is None else now.version, "history": [*map(_line_json, history)]}))
        return DONE
    print(f"in use: {_name(now)}" + (f", thresholds {_thresholds(now)}" if now else ""))
    for switch in history:
        print(f"  {switch.at}  {_say_switch(switch)}")
    for line in _taught(now) if now else ():
        print(line)
    return DONE


def _name(layer: Learned | None) -> str:
    return "the shipped heads are" if layer is None else f"learned.{layer.version} is"


def _say_switch(switch: Switch) -> str:
    if switch.layer is None:
        return "undone"
    gains = ", ".join(f"{name} {before:.3f} → {after:.3f}" for name, before, after, _, _ in switch.gained)
    return f"learned.{switch.layer.version} from {switch.verdicts:,} verdicts over {switch.layer.model}: {gains}"


def _line_json(switch: Switch) -> dict[str, object]:
    version = None if switch.layer is None else switch.layer.version
    return {"at": switch.at, "version": version, "verdicts": switch.verdicts, "gained": [*map(list, switch.gained)]}


def _describe(learning: Learning, now: Learned | None, seconds: float) -> Iterator[str]:
    lessons = learning.lessons
    yield (
        f"{learning.rows:,} verdicts on events of {learning.stories:,} reports"
        f" ({len(lessons.lessons) - learning.rows:,} more at words where the coder sees no such event now,"
        f" {lessons.undecided:,} undecided, {lessons.other_kinds:,} on other kinds,"
        f" {lessons.other_codebooks:,} by other codebooks)"
    )
    if learning.measures:
        yield ""
        yield f"{'on held-out reports':<34} {'shipped':>8} {'learned':>8}   difference (95 %)"
        yield from (_row(measure) for measure in learning.measures)
        yield ""
    yield from (f"left as shipped: {why}" for why in learning.refused)
    layer = learning.layer
    if layer is not None:
        heads = [name for name in ("typing", "confidence") if getattr(learning.heads, name)]
        yield f"learned.{layer.version}: {' and '.join(heads)}, thresholds {_thresholds(layer)}"
        yield from _taught(layer)
    yield f"in use: {_name(now)}; {seconds:.1f} s"


def _row(measure: Measure) -> str:
    word = "better" if measure.gains else "worse" if measure.loses else ""
    interval = f"{measure.low:+.3f} to {measure.high:+.3f}"
    difference = measure.after - measure.before
    return (
        f"{measure.name:<34} {measure.before:>8.3f} {measure.after:>8.3f}   {difference:+.3f} ({interval})  {word}"
    ).rstrip()


def _thresholds(layer: Learned) -> str:
    return f"{layer.calibration.threshold:.2f} for code, {layer.calibration.widest:.2f} for predict"


def _taught(layer: Learned) -> Iterator[str]:
    """The strongest of what was learned, in words."""
    surest = sorted(layer.cues.items(), key=lambda item: -abs(item[1]))[:_SHOWN]
    for cue, weight in surest:
        yield f"  {'surer' if weight > 0 else 'less sure'} ({weight:+.1f}): {cue}"
    typed = [(w, cue, name) for cue, found in layer.categories.items() for name, w in found.items()]
    for weight, cue, name in sorted(typed, key=lambda item: -abs(item[0]))[:_SHOWN]:
        yield f"  {'rather' if weight > 0 else 'not so much'} {name} ({weight:+.1f}): {cue}"


def _as_json(learning: Learning, now: Learned | None, seconds: float) -> dict[str, object]:
    layer = learning.layer
    return {
        "verdicts": learning.rows,
        "reports": learning.stories,
        "undecided": learning.lessons.undecided,
        "other_kinds": learning.lessons.other_kinds,
        "other_codebooks": learning.lessons.other_codebooks,
        "not_seen": len(learning.lessons.lessons) - learning.rows,
        "measures": [{**asdict(m), "gains": m.gains, "loses": m.loses} for m in learning.measures],
        "refused": list(learning.refused),
        "learned": None if layer is None else layer.version,
        "heads": asdict(learning.heads),
        "thresholds": None if layer is None else [layer.calibration.threshold, layer.calibration.widest],
        "in_use": None if now is None else now.version,
        "seconds": round(seconds, 1),
    }
