"""Frictionless data package 2.0: one CSV for each table, and `datapackage.json` that says what every column means."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from dragoman.codec import format_json
from dragoman.export.collect import pass_rows, tables_of
from dragoman.export.columns import CellType, Table
from dragoman.export.csv_file import TableFile
from dragoman.export.folder import hash_file, new_folder
from dragoman.export.options import Dataset, ExportOptions, Written

Json = Any  # whatever JSON can hold
PROFILE = "https://datapackage.org/profiles/2.0/"
_GUARD = (
    "Text cells that begin with =, +, -, @ or a control character have one apostrophe in front, so that spreadsheets "
    "do not run them; take it off to get the value."
)


def write_package(data: Dataset, folder: Path, options: ExportOptions) -> Written:
    """Writes a new folder with the tables and their description."""
    written, tables = Written(), tables_of(options)
    with new_folder(folder) as building:
        with _files(tables, building, raw=options.raw) as files:
            for table, row in pass_rows(data, options, written):
                files[table.name].write(row)
        resources = [_csv_resource(table, building) for table in tables]
        description = "" if options.raw else _GUARD
        write_description(building, resources, title="A record kept by dragoman", description=description)
    return written


@contextmanager
def _files(tables: tuple[Table, ...], folder: Path, *, raw: bool) -> Iterator[Mapping[str, TableFile]]:
    with ExitStack() as stack:
        files: dict[str, TableFile] = {}
        for table in tables:
            path = folder / f"{table.name}.csv"
            stream = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            files[table.name] = TableFile(table, stream, raw=raw)
        yield files


def _csv_resource(table: Table, folder: Path) -> dict[str, Json]:
    path = folder / f"{table.name}.csv"
    about = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    size = {"bytes": path.stat().st_size, "hash": f"sha256:{hash_file(path)}"}
    return resource_of(table, path.name, {**about, **size})


def resource_of(table: Table, path: str | list[str], about: Mapping[str, Json]) -> dict[str, Json]:
    """A resource with its Table Schema."""
    return {
        "name": table.name,
        "title": table.title,
        "type": "table",
        "path": path,
        **about,
        "schema": {
            "$schema": PROFILE + "tableschema.json",
            "fields": [
                {
                    "name": column.name,
                    "type": column.type.value,
                    "description": column.description,
                    **({"constraints": {"required": True}} if column.name in table.key else {}),
                    **({"trueValues": ["true"], "falseValues": ["false"]} if column.type is CellType.BOOLEAN else {}),
                }
                for column in table.columns
            ],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **_foreign_keys(table),
        },
    }


def _foreign_keys(table: Table) -> dict[str, Json]:
    if "document" not in table.header:
        return {}
    reference = {"resource": "documents", "fields": ["id"]}
    return {"foreignKeys": [{"fields": ["document"], "reference": reference}]}


def write_description(
    folder: Path, resources: list[dict[str, Json]], *, title: str, description: str, id: str | None = None
) -> None:
    """Writes `datapackage.json`. It has no date: the same input gives the same bytes."""
    value = {
        "$schema": PROFILE + "datapackage.json",
        "name": "dragoman-record",
        **({"id": id} if id else {}),
        "title": title,
        **({"description": description} if description else {}),
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(format_json(value) + "\n", encoding="utf-8")
