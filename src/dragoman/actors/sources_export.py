"""Office holders out of a newer Wikidata export: the CSV that the query in docs/reference/knowledge-base.md gives."""

import re
from datetime import date
from pathlib import Path

from dragoman.actors.facts import ActorFact, RoleFact
from dragoman.actors.sources_files import EXPORTS, dump_rows
from dragoman.actors.sources_wikidata import SOURCE, sector_of_title
from dragoman.actors.tables import rank_of_title
from dragoman.errors import InputError

COLUMNS = ("person", "personLabel", "positionLabel", "iso3", "start", "end")
_STATE_OF = re.compile(r"_(\d{4}-\d{2}-\d{2})\.csv$")

_OF_STATE = re.compile(r"^(Prime Minister|President|Vice President|Chancellor|King|Queen) of (?:the )?[A-Z][\w' -]+$")


def read_exports(dumps: Path) -> tuple[ActorFact, ...]:
    """The office holders of all exports in the folder, the newest first.

    Raises:
        InputError: a file's name gives no day, or its rows are not those of the query.
    """
    files = sorted(dumps.glob(EXPORTS), reverse=True)
    return tuple(fact for file in files for fact in _read_export(file))


def _read_export(file: Path) -> list[ActorFact]:
    match = _STATE_OF.search(file.name)
    if match is None:
        raise InputError(
            f"dump '{file}': its name gives no day; call it wikidata_export_YYYY-MM-DD.csv by the query's day"
        )
    horizon = date.fromisoformat(match[1])
    rows = enumerate(dump_rows(file, COLUMNS), start=2)
    return [_holder(row, horizon, f"dump '{file}', row {line}") for line, row in rows if row["start"]]


def _holder(row: dict[str, str], horizon: date, where: str) -> ActorFact:
    qid = row["person"].rsplit("/", 1)[-1]
    if not re.fullmatch(r"Q\d+", qid):
        raise InputError(f"{where}: person '{row['person']}' is no Wikidata address; export the query's result as CSV")
    start, end = _day(row["start"], where), _day(row["end"], where) if row["end"] else None
    title = row["positionLabel"][:1].upper() + row["positionLabel"][1:]
    title = _OF_STATE.sub(r"\1", title)
    role = RoleFact(
        title=title, country=row["iso3"], sector=sector_of_title(title), valid_from=start, valid_to=end,
        open=end is None, horizon=horizon if end is None else None, source=SOURCE,
    )  # fmt: skip
    return ActorFact(
        id=qid, name=row["personLabel"], kind="person", country=row["iso3"], rank=rank_of_title(title), roles=(role,),
        source=SOURCE,
    )  # fmt: skip


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise InputError(f"{where}: '{text}' is no day; export the query's result as CSV") from None
