"""The codings of one report side by side: runs, people, and the record as it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dragoman.codec import parse_json
from dragoman.errors import InputError
from dragoman.review import CodingColumn, Row, State, lay_beside, only_differences
from dragoman.store import Store
from dragoman.store.derived import Follower
from dragoman.store.fold import fold
from dragoman.types.record import Origin
from dragoman.types.text import Document
from dragoman.web.queueing import standing
from dragoman.web.site import show, site_of
from dragoman.web.telling import told_of

Json = Any
_RUNS, _PEOPLE, _MOST = 2, 3, 6
STANDS = "record as it stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A coding that can be shown: `key` is what the address says, such as run:r-1 or person:ada."""

    key: str
    name: str
    detail: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row with its words and what is said of it in a few."""

    row: Row
    words: str
    said: str


def beside(request: Request, id: str) -> Response:
    """The page: one row for each record, one column for each coding."""
    store = site_of(request).store
    document = store.document(id)
    choices = _choices(store, id, request.query_params.getlist("coding"))
    columns = [_column(store, document, choice) for choice in choices if choice.chosen]
    rows = lay_beside(columns)
    differing = only_differences(rows)
    only = request.query_params.get("only") == "differences"
    return show(
        request,
        "beside.html",
        document=document,
        choices=choices,
        columns=columns,
        rows=[_shown(document, row, columns) for row in (differing if only else rows)],
        number=len(rows),
        differing=len(differing),
        only=only,
        State=State,
    )


def codings_of(store: Store, document: str) -> tuple[Choice, ...]:
    """All codings of a report, the latest run first, then people, then the record as it stands; none chosen."""
    sql = (
        "SELECT r.id, r.started, k.model FROM coding k JOIN run r ON r.key = k.run"
        " WHERE k.document = (SELECT key FROM document WHERE id = ?) ORDER BY k.key DESC"
    )
    runs = [
        Choice(key=f"run:{run}", name=f"run {run}", detail=f"{str(at)[:16].replace('T', ' ')}, {model}", chosen=False)
        for run, at, model in store.engine.read(sql, (document,))
    ]
    people = [
        Choice(key=f"person:{name}", name=name, detail=f"judged {number}", chosen=False)
        for name, number in _people_of(store, document)
    ]
    stands = Choice(key="stands", name=STANDS, detail="with all decisions", chosen=False)
    return (*runs, *people, *([stands] if people else []))


def _people_of(store: Store, document: str) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for record in _values_of(store, document):
        for name in dict.fromkeys(verdict.reviewer for verdict in standing(store.verdicts(record))):
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items())


def _choices(store: Store, document: str, asked: list[str]) -> list[Choice]:
    found = codings_of(store, document)
    keys = {choice.key for choice in found}
    for key in asked:
        if key not in keys:
            raise InputError(f"coding {key[:60]!r}: this report has {', '.join(sorted(keys))}")
    if len(asked) > _MOST:
        raise InputError(f"{len(asked)} codings: expected at most {_MOST}, they would not fit beside each other")
    runs = [choice.key for choice in found if choice.key.startswith("run:")][:_RUNS]
    people = [choice.key for choice in found if choice.key.startswith("person:")][:_PEOPLE]
    chosen = frozenset(asked or (*runs, *people))
    return [replace(choice, chosen=choice.key in chosen) for choice in found]


def _column(store: Store, document: Document, choice: Choice) -> CodingColumn:
    sort, _, name = choice.key.partition(":")
    if sort == "run":
        return _run_column(store, document.id, choice, name)
    if sort == "person":
        return _person_column(store, document.id, choice, name)
    entries = store.records(document=document.id).entries()
    return CodingColumn(name=choice.name, told=tuple(told_of(parse_json(one.json)) for one in entries), whole=True)


def _run_column(store: Store, document: str, choice: Choice, run: str) -> CodingColumn:
    values = _values_of(store, document, run=run).values()
    told = (told_of(value) for value in values if value.get("origin") != Origin.PERSON)
    return CodingColumn(name=choice.name, told=tuple(told), whole=True)


def _person_column(store: Store, document: str, choice: Choice, name: str) -> CodingColumn:
    """What a person made of the records that they judged, whatever others decided before or after."""
    told, follower = [], Follower()
    for record, value in _values_of(store, document).items():
        mine = [replace(one, judged=None) for one in store.verdicts(record) if one.reviewer == name]
        if standing(mine):
            folded = fold(value, mine, follower)
            told.append(told_of(folded.value, rejected=folded.review == "rejected"))
    return CodingColumn(name=choice.name, told=tuple(told), whole=False)


def _values_of(store: Store, document: str, *, run: str = "") -> dict[str, Json]:
    """The records of a report as they were coded, in one run or in the latest that has each."""
    clause, values = (" AND r.id = ?", (document, run)) if run else ("", (document,))
    sql = (
        "SELECT b.id, b.body FROM record b JOIN coding k ON k.key = b.coding JOIN run r ON r.key = k.run"
        f" WHERE k.document = (SELECT key FROM document WHERE id = ?){clause} ORDER BY b.coding, b.key"
    )
    return {str(id): parse_json(str(body)) for id, body in store.engine.read(sql, values)}


def _shown(document: Document, row: Row, columns: Iterable[CodingColumn]) -> ShownRow:
    return ShownRow(row=row, words=row.place.of(document.text), said=_said(row, [column.name for column in columns]))


def _said(row: Row, names: list[str]) -> str:
    """In a few words: where the codings differ."""
    missing = [name for name, cell in zip(names, row.cells, strict=True) if cell.state is State.ABSENT]
    refused = [name for name, cell in zip(names, row.cells, strict=True) if cell.state is State.REJECTED]
    said = []
    if len(row.found_by) == 1 and (missing or refused):
        said.append(f"only in {names[row.found_by[0]]}")
    elif missing:
        said.append(f"not in {', '.join(missing)}")
    if refused:
        said.append(f"rejected by {', '.join(refused)}")
    if row.differing:
        said.append(f"differs in {', '.join(row.differing)}")
    return "; ".join(said) or ("the same" if len(row.found_by) > 1 else f"in {names[row.found_by[0]]} alone")
