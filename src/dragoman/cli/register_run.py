"""Runs `dragoman register`: reports or the store in, entries out as text, JSON or CSV."""

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import Enum

from dragoman.cli.guard import DONE, PARTLY, say
from dragoman.cli.reports import code_reports
from dragoman.codec import Json, format_json
from dragoman.registers import REGISTERS
from dragoman.store import open_store
from dragoman.types.register import (
    AgreementEntry,
    Answer,
    ClaimEntry,
    Entry,
    MembershipEntry,
    Party,
    PositionEntry,
    ProjectEntry,
    PromiseEntry,
    Step,
    Telling,
)
from dragoman.types.text import Rejected, shorten

_QUOTE = 160  # characters of a quote in the text output; the other forms have all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRequest:
    """What was asked for on the command line."""

    name: str
    origins: tuple[str, ...]
    store: str
    published: date | None
    run: str | None
    output: str


def run_register(request: RegisterRequest) -> int:
    """Prints the register; returns the exit code, 3 when some report was not coded."""
    rejected: list[Rejected] = []
    if request.origins:
        coded = list(code_reports(request.origins, published=request.published, rejected=rejected))
    else:
        with open_store(request.store) as store:
            coded = list(store.coded(run=request.run))
    entries = REGISTERS[request.name](coded)
    _PRINTERS[request.output](entries)
    say(f"{len(entries)} {request.name} in {len(coded)} reports")
    return PARTLY if rejected else DONE


def _print_json(entries: Sequence[Entry]) -> None:
    print(format_json([as_json(asdict(entry)) for entry in entries]))


def _print_jsonl(entries: Sequence[Entry]) -> None:
    for entry in entries:
        print(format_json(as_json(asdict(entry))))


def as_json(value: object) -> Json:
    """The value with dates and enumerated values written out."""
    if isinstance(value, dict):
        return {str(name): as_json(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _print_csv(entries: Sequence[Entry]) -> None:
    """One entry a row: lists in one cell with semicolons between, tellings as their record ids."""
    rows = csv.writer(sys.stdout, lineterminator="\n")
    if entries:
        names = [field.name for field in fields(entries[0])]
        rows.writerow([*names, "reports"])
        for entry in entries:
            reports = len({telling.document for telling in entry.tellings})
            rows.writerow([*(_cell(getattr(entry, name)) for name in names), reports])


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return "; ".join(str(_cell(one)) for one in value)
    if isinstance(value, Party):
        return _name(value)
    if isinstance(value, Step):
        return _step(value)
    if isinstance(value, (Telling, Answer)):
        return value.record
    if isinstance(value, Enum):
        return value.value
    return getattr(value, "label", "" if value is None else value)


def _print_table(entries: Sequence[Entry]) -> None:
    for number, entry in enumerate(entries):
        print("\n" * bool(number) + "\n".join(lines_of(entry)))


def lines_of(entry: Entry) -> Iterator[str]:
    """The entry to read: what it is, its history, what may be the same, and each telling with its quote."""
    yield f"{_headline(entry)}   [{entry.id}]"
    history = () if isinstance(entry, (ClaimEntry, PromiseEntry)) else entry.history
    if len(history) > 1:
        yield "  history: " + " > ".join(_step(step) for step in history)
    if isinstance(entry, AgreementEntry) and entry.may_overlap:
        yield f"  may be the same as {', '.join(entry.may_overlap)}: not decided"
    if isinstance(entry, ClaimEntry):
        yield from (
            f"  about: {_joined(about.sources)} {about.label} {_joined(about.targets)}" for about in entry.about
        )
    for telling in entry.tellings:
        day = telling.published.isoformat() if telling.published else "undated"
        yield f'  {day} {telling.document}, {telling.held}, {telling.confidence:.2f}: "{_short(telling.quote)}"'
    if isinstance(entry, PromiseEntry):
        yield from (_answer("kept?", one) for one in entry.kept)
        yield from (_answer("broken?", one) for one in entry.broken)


def _answer(question: str, answer: Answer) -> str:
    return f'  {question} {_day(answer.day)} {answer.document}: "{_short(answer.quote)}" ({answer.reason})'


def _headline(entry: Entry) -> str:
    if isinstance(entry, AgreementEntry):
        name = entry.title or f"“{entry.description}”"
        about = f" on {', '.join(entry.subjects)}" if entry.subjects else ""
        when = f", {' or '.join(entry.times)}" if entry.times else ""
        return (
            f"{entry.instrument}: {name}{about}: {entry.status}{when}; parties {_joined(entry.parties) or 'not stated'}"
        )
    if isinstance(entry, ClaimEntry):
        speaker = _name(entry.speaker) if entry.speaker else f"{entry.speaker_words or 'nobody named'}"
        kind = "" if entry.speaker else f" ({entry.speaker_kind})"
        return f"{speaker}{kind}: “{_short(entry.content)}”"
    if isinstance(entry, PositionEntry):
        changed = ", changed" if entry.changed else ""
        return f"{_name(entry.holder)} is {entry.stance}{changed}: {entry.topic}"
    if isinstance(entry, ProjectEntry):
        proponents = _joined(entry.proponents) or "nobody named"
        return f"{entry.name} ({entry.sort or 'sort not stated'}): {entry.status}; {proponents}"
    if isinstance(entry, MembershipEntry):
        return f"{_name(entry.member)} in {_name(entry.organization)}: {entry.status}, {entry.level}"
    whom = f" to {_joined(entry.receivers)}" if entry.receivers else ""
    return f"{_joined(entry.promisers) or 'nobody named'}{whom}: {entry.state.value}: “{_short(entry.promise)}”"


def _name(party: Party) -> str:
    return party.name or party.written


def _joined(parties: Sequence[Party]) -> str:
    return ", ".join(_name(party) for party in parties)


def _step(step: Step) -> str:
    return f"{step.value} ({_day(step.day)})"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "undated"


def _short(text: str) -> str:
    return shorten(text, _QUOTE)


_PRINTERS: dict[str, Callable[[Sequence[Entry]], None]] = {
    "table": _print_table,
    "json": _print_json,
    "jsonl": _print_jsonl,
    "csv": _print_csv,
}
