"""`dragoman import`: the files of other data sets as a labelled layer, broken rows listed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.types.foreign import ForeignEvent, Malformed

_LISTED = 20  # broken rows named one by one; --verbose names all


def add_import(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(name="import")(import_foreign)


def import_foreign(
    layer: Annotated[str, typer.Argument(metavar="SET", help="gdelt (2, Events), icews or polecat.")],
    files: Annotated[list[Path], typer.Argument(help="Files of the set, as they are: plain, gzip or zip.")],
    format: Annotated[str, typer.Option("--format", "-f", help="csv, jsonl or parquet.")] = "csv",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File; standard output without it.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every broken row.")] = False,
) -> None:
    """Read events that others have coded into one table, each row labelled with its set, file and line.

    They stay a layer of their own: nothing of them enters the record. Broken rows are counted and named.
    Exit codes: 0 done, 1 failed, 2 usage, 3 some rows were broken.
    """
    from dragoman.cli.exporting import stream_to
    from dragoman.cli.guard import guarded
    from dragoman.errors import ConfigError
    from dragoman.foreign import find_writer, read_foreign, write_foreign_parquet

    with guarded(verbose=False):
        tally = _Tally(verbose=verbose)
        rows = tally.keep(read_foreign(layer, files))
        if format == "parquet":
            if out is None:
                raise ConfigError("--out: parquet is no text for standard output; name a file")
            write_foreign_parquet(rows, out)
        else:
            write = find_writer(format)
            with stream_to(out) as stream:
                write(rows, stream)
        raise typer.Exit(tally.finish(quiet=quiet))


class _Tally:
    """How many rows were read and how many were broken."""

    def __init__(self, *, verbose: bool) -> None:
        self._verbose = verbose
        self._read = 0
        self._broken = 0

    def keep(self, rows: "Iterable[ForeignEvent | Malformed]") -> "Iterator[ForeignEvent]":
        """The rows that could be read; names the others."""
        from dragoman.cli.guard import say
        from dragoman.types.foreign import Malformed

        for row in rows:
            if not isinstance(row, Malformed):
                self._read += 1
                yield row
                continue
            self._broken += 1
            if self._verbose or self._broken <= _LISTED:
                say(f"{row.file}, line {row.line}: {row.reason}")

    def finish(self, *, quiet: bool) -> int:
        """Says the counts; returns the exit code."""
        from dragoman.cli.guard import DONE, FAILED, PARTLY, say

        hidden = self._broken - _LISTED
        if hidden > 0 and not self._verbose:
            say(f"and {hidden:,} more broken rows; --verbose names them")
        if not quiet:
            say(f"{self._read + self._broken:,} rows, {self._read:,} read, {self._broken:,} broken")
        if not self._broken:
            return DONE
        return PARTLY if self._read else FAILED
