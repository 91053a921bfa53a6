"""`dragoman kb`: look into the knowledge base, check and add a user's own rows, build the file anew."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.actors.entries import SourceNote

app = typer.Typer(name="kb", help="The knowledge base of actors.", no_args_is_help=True, rich_markup_mode=None,
                  pretty_exceptions_enable=False)  # fmt: skip
FileArgument = Annotated[Path, typer.Argument(help="CSV file of actors, or a knowledge-base file.")]
CsvArgument = Annotated[Path, typer.Argument(help="CSV file of actors.")]
KbOption = Annotated[str | None, typer.Option("--kb", help="File that `kb add` wrote, asked before the shipped one.")]
TablesOption = Annotated[Path | None, typer.Option("--tables", help="Folder with the hand-written tables.")]


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name, surname, or short form.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Day for the roles, such as 2019-05-01.")] = None,
    kb: KbOption = None,
) -> None:
    """Print who a name may mean, with offices, dates, memberships, sources and the attribution owed."""
    from dragoman.actors.kb import open_kb
    from dragoman.actors.present import present_name
    from dragoman.cli.guard import FAILED, guarded

    with guarded(verbose=False):
        lines = present_name(open_kb(user=_user_file(kb)), name, _read_day(as_of))
        typer.echo("\n".join(lines) if lines else f"no actor is called '{name}'")
        if not lines:
            raise typer.Exit(FAILED)


def _user_file(flag: str | None) -> Path | None:
    """The user's own file: of the flag, the environment or dragoman.toml, as for every other command."""
    from dragoman.config import resolve_settings, settings_of

    chosen = settings_of(resolve_settings(flags={"kb": flag}, environment=os.environ, folder=Path.cwd())).kb
    return Path(chosen) if chosen else None


def _read_day(written: str | None) -> date | None:
    from dragoman.errors import ConfigError

    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise ConfigError(f"--as-of: {written!r} is not a date; expected one like 2019-05-01") from None


@app.command()
def sources(kb: KbOption = None) -> None:
    """Print the sources of the knowledge base with dates, licences and the attribution owed."""
    from dragoman.actors.kb import open_kb
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        _print_sources(open_kb(user=_user_file(kb)).sources())


def _print_sources(notes: "tuple[SourceNote, ...]") -> None:
    for note in notes:
        told = ", ".join(filter(None, (note.licence, note.state_of)))
        typer.echo(f"  {note.title} ({told})" + (f": {note.attribution}" if note.attribution else ""))


@app.command()
def check(file: FileArgument) -> None:
    """Read a CSV of actors and say whether it may be added; or check that a knowledge-base file is whole."""
    from dragoman.actors.kb import open_kb
    from dragoman.actors.user_rows import check_kb_file, read_user_rows
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        if file.suffix == ".sqlite":
            typer.echo(f"{file}: {check_kb_file(file)}")
        else:
            typer.echo(f"{file}: {len(read_user_rows(file, open_kb()))} rows, all in order")


@app.command()
def add(
    file: CsvArgument, out: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("kb_user.sqlite")
) -> None:
    """Compile a CSV of actors into a file that outranks the shipped one; name it in the setting `kb`."""
    from dragoman.actors.user_rows import write_user_rows
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        count = write_user_rows(file, out)
        typer.echo(f'{out}: {count} actors; use them with DRAGOMAN_KB={out}, or kb = "{out}" in dragoman.toml')


@app.command()
def build(
    out: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("kb.sqlite"),
    tables: TablesOption = None,
    dumps: Annotated[Path | None, typer.Option("--from", help="Folder with downloaded source data.")] = None,
) -> None:
    """Compile tables and source data into one file and print the attribution owed."""
    from dragoman.actors.build import build_kb, default_tables
    from dragoman.actors.kb import open_kb
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        typer.echo(f"{out}: {build_kb(tables or default_tables(), dumps, out)} actors")
        _print_sources(open_kb(out).sources())
