"""`dragoman kb`: look into the knowledge base, check and add a user's own rows, build the file anew."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="kb", help="The knowledge base of actors.", no_args_is_help=True, rich_markup_mode=None,
                  pretty_exceptions_enable=False)  # fmt: skip
FileArgument = Annotated[Path, typer.Argument(help="CSV file of actors.")]
OutOption = Annotated[Path, typer.Option("--out", help="File to write.")]
TablesOption = Annotated[Path, typer.Option("--tables", help="Folder with the hand-written tables.")]


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name, surname, or short form.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Day for the roles, such as 2019-05-01.")] = None,
) -> None:
    """Print who a name may mean, with offices, dates, memberships and sources."""
    from dragoman.actors.kb import open_kb
    from dragoman.actors.present import present_name
    from dragoman.cli.guard import FAILED, guarded, read_day

    with guarded(verbose=False):
        lines = present_name(open_kb(), name, read_day(as_of))
        typer.echo("\n".join(lines) if lines else f"no actor is called '{name}'")
        if not lines:
            raise typer.Exit(FAILED)


@app.command()
def check(file: FileArgument) -> None:
    """Read a CSV of actors and say whether it may be added."""
    from dragoman.actors.user_rows import read_user_rows
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        typer.echo(f"{file}: {len(read_user_rows(file))} rows, all in order")


@app.command()
def add(file: FileArgument, out: OutOption = Path("kb_user.sqlite")) -> None:
    """Compile a CSV of actors into a file that outranks the shipped one; name it in the setting `kb`."""
    from dragoman.actors.user_rows import write_user_rows
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        typer.echo(f'{out}: {write_user_rows(file, out)} actors; use them with the setting kb = "{out}"')


@app.command()
def build(
    out: OutOption = Path("kb.sqlite"),
    tables: TablesOption = Path("data"),
    dumps: Annotated[Path | None, typer.Option("--from", help="Folder with downloaded source data.")] = None,
) -> None:
    """Compile tables and source data into one file and print the attribution owed."""
    from dragoman.actors.build import build_kb
    from dragoman.actors.kb import open_kb
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        typer.echo(f"{out}: {build_kb(tables, dumps, out)} actors")
        for note in open_kb(out).sources():
            typer.echo(f"  {note.title} ({note.licence}, {note.state_of}) {note.attribution}".rstrip())
