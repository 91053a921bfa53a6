"""`dragoman export`, `snapshot` and `methods`: options only; the bodies import what they need."""

from pathlib import Path
from typing import Annotated

import typer

_Origins = Annotated[
    list[str] | None, typer.Argument(help="Reports to code and export; without any, what the store has.")
]
_StoreOption = Annotated[
    str, typer.Option("--store", envvar="DRAGOMAN_STORE", help="File, folder or postgresql:// address of the store.")
]
_Threshold = Annotated[float | None, typer.Option(help="Lowest confidence of a record, 0 to 1.")]
_Date = Annotated[str | None, typer.Option("--date", help="Publication date of the reports, where they have none.")]
_Run = Annotated[str | None, typer.Option("--run", help="The coding of this run, instead of the latest.")]
_Text = Annotated[bool, typer.Option("--with-text", help="With the full text of the reports: mind whose it is.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary; only failures.")]


def add_exports(app: typer.Typer) -> None:
    """Adds the commands of this file to the command line."""
    for command in (export, snapshot, methods):
        app.command()(command)


def export(
    origins: _Origins = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="csv, jsonl, parquet, package, geojson, plover, polecat, icews, gdelt, gdelt-mentions, annotation, "
            "bibtex or csl.",
        ),
    ] = "csv",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File; for parquet and package a new folder.")] = None,
    table: Annotated[str, typer.Option(help="Table that csv writes: events, documents, agreements ...")] = "events",
    every: Annotated[bool, typer.Option("--all", help="Events of every status, not only the counted ones.")] = False,
    every_telling: Annotated[
        bool,
        typer.Option("--every-telling", help="polecat, icews, gdelt, plover: a row for every report of a happening."),
    ] = False,
    with_text: _Text = False,
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, even formulas.")] = False,
    threshold: _Threshold = None,
    store: _StoreOption = ".",
    run: _Run = None,
    date: _Date = None,
    quiet: _Quiet = False,
) -> None:
    """Write what was coded in a format that other tools read.

    Without --with-text an export has offsets, a hash of the text and short quotes, never the text itself.
    Exit codes: 0 done, 1 failed, 2 usage, 3 done in part.
    """
    from dragoman.cli.exporting import Asked, run_export
    from dragoman.cli.guard import guarded
    from dragoman.export import ExportOptions

    with guarded(verbose=False):
        options = ExportOptions(
            every_status=every,
            every_telling=every_telling,
            with_text=with_text,
            threshold=threshold or 0.0,
            table=table,
            raw=raw,
        )
        asked = Asked(origins=tuple(origins or ()), store=store, run=run, date=date, quiet=quiet)
        raise typer.Exit(run_export(asked, options, format=format, out=out))


def snapshot(
    origins: _Origins = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="New folder for the snapshot.")] = None,
    check: Annotated[Path | None, typer.Option("--check", help="Say whether this snapshot is unchanged.")] = None,
    with_text: _Text = False,
    threshold: _Threshold = None,
    store: _StoreOption = ".",
    run: _Run = None,
    date: _Date = None,
    quiet: _Quiet = False,
) -> None:
    """Freeze the record: Parquet, manifests and hashes in a folder that never changes, with an id to cite.

    The same input gives the same id. Exit codes: 0 done, 1 failed or changed, 2 usage, 3 done in part.
    """
    from dragoman.cli.exporting import Asked, run_check, run_snapshot
    from dragoman.cli.guard import guarded
    from dragoman.export import ExportOptions

    with guarded(verbose=False):
        if check is not None:
            raise typer.Exit(run_check(check))
        asked = Asked(origins=tuple(origins or ()), store=store, run=run, date=date, quiet=quiet)
        options = ExportOptions(with_text=with_text, threshold=threshold or 0.0)
        raise typer.Exit(run_snapshot(asked, options, out=out))


def methods(
    origins: _Origins = None,
    threshold: _Threshold = None,
    store: _StoreOption = ".",
    run: _Run = None,
    date: _Date = None,
) -> None:
    """Print the paragraph on data and coding for a paper: versions, counts, threshold, citation."""
    from dragoman.cli.exporting import Asked, run_methods
    from dragoman.cli.guard import guarded
    from dragoman.export import ExportOptions

    with guarded(verbose=False):
        asked = Asked(origins=tuple(origins or ()), store=store, run=run, date=date, quiet=True)
        raise typer.Exit(run_methods(asked, ExportOptions(threshold=threshold or 0.0)))
