"""`dragoman query`: filters to records, records to a table, JSON or CSV."""

import csv
import os
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import get_terminal_size
from typing import Any, cast

from dragoman.cli.flat import COLUMNS, flatten
from dragoman.cli.guard import DONE, EMPTY, say
from dragoman.cli.show import show_actor, show_actors, show_attribution, show_place, show_time
from dragoman.store import Entry, Filters, Records, Store, open_store
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Record
from dragoman.types.text import Document

_ROWS_OF_A_TABLE = 20
_WIDTH_OF_A_PIPE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRequest:
    """What was asked for on the command line; `filters` are names and values as the store takes them."""

    store: str
    filters: tuple[tuple[str, object], ...] = ()
    order: str = "newest"
    limit: int | None = None
    output: str = "table"
    fail_empty: bool = False


def run_query(request: QueryRequest) -> int:
    """Prints what fits; returns the exit code."""
    with open_store(request.store) as store:
        records = store.records(**cast(Filters, dict(request.filters))).order(request.order)
        limit = request.limit or (_ROWS_OF_A_TABLE if request.output == "table" else None)
        shown = records if limit is None else records.limit(limit)
        printed = _PRINTERS[request.output](store, shown)
        count = records.count()
        text = f"{count}" + (f"; the first {printed} are shown" if printed < count.records else "")
        print(text) if request.output == "table" else say(text)
    return EMPTY if request.fail_empty and not count.records else DONE


def _print_table(store: Store, records: Records[Any]) -> int:
    printed = 0
    for entry in records.entries():
        for line in entry_lines(entry, _width()):
            print(line)
        printed += 1
    if printed:
        print()
    return printed


def entry_lines(entry: Entry[Any], width: int) -> Iterator[str]:
    """The record in one line, its quote in another."""
    record: Record = entry.record
    yield _cut(f"{entry.day or '          '}  {describe(record)}", width)
    said = f"{record.status.value}, according to {show_attribution(record.attribution)}, {record.confidence:.2f}"
    said += f", {entry.review}" if entry.review != "open" else ""
    yield _cut(f"            {record.id}  {entry.document}  {said}", width)
    yield _cut(f'            "{entry.quote}"', width)


def describe(record: Record) -> str:
    """What the record says, in few words."""
    if isinstance(record, Event):
        act = f"{record.category} {record.mode}" if record.mode else record.category
        whom = f" → {show_actors(record.targets)}" if record.targets else ""
        when = f" · {show_time(record.time)}" if record.time else ""
        where = f" · {show_place(record.place)}" if record.place else ""
        return f"{show_actors(record.sources) or '?'} {act}{whom}{when}{where}" + (
            "" if record.counted else " · not counted"
        )
    if isinstance(record, Agreement):
        name = record.title or record.description or record.instrument
        return f"agreement · {name} · {record.agreement_status} · {show_actors(record.parties)}"
    if isinstance(record, Position):
        return f"position · {show_actor(record.holder)} {record.stance} {record.topic_text}"
    if isinstance(record, Claim):
        speaker = show_actor(record.speaker) if record.speaker else f"{record.speaker_kind} speaker"
        return f"claim · {speaker}: {' '.join(record.content_text.split())}"
    if isinstance(record, Project):
        return f"project · {record.name} · {record.project_status}"
    return _describe_membership(record)


def _describe_membership(record: Membership) -> str:
    return f"membership · {show_actor(record.member)} in {show_actor(record.organization)} · {record.membership_status}"


def _print_jsonl(store: Store, records: Records[Any]) -> int:
    printed = 0
    for entry in records.entries():
        print(entry.json)
        printed += 1
    return printed


def _print_json(store: Store, records: Records[Any]) -> int:
    printed = 0
    print("[")
    for entry in records.entries():
        print(("," if printed else "") + entry.json)
        printed += 1
    print("]")
    return printed


def _print_csv(store: Store, records: Records[Any]) -> int:
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(COLUMNS)
    printed, document = 0, None
    for entry in records.entries():
        if document is None or document.id != entry.document:
            document = store.document(entry.document)
        rows.writerow(_cells(entry, document))
        printed += 1
    return printed


def _cells(entry: Entry[Any], document: Document) -> list[Any]:
    return list(flatten(entry.record, document, entry.provenance))


_PRINTERS = {"table": _print_table, "jsonl": _print_jsonl, "json": _print_json, "csv": _print_csv}


def _width() -> int:
    if sys.stdout.isatty():
        return max(80, get_terminal_size().columns)
    columns = os.environ.get("COLUMNS", "")
    return max(80, int(columns)) if columns.isdigit() else _WIDTH_OF_A_PIPE


def _cut(text: str, width: int) -> str:
    return (
        textwrap.shorten(text, width, placeholder=" …")
        if len(text) > width and not text.startswith(" ")
        else text[:width]
    )
