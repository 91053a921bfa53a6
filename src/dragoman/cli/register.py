"""`dragoman register`: what several reports tell of one agreement, claim, position, project, membership or promise."""

from enum import StrEnum
from typing import Annotated

import typer


class RegisterName(StrEnum):
    """The registers."""

    AGREEMENTS = "agreements"
    CLAIMS = "claims"
    POSITIONS = "positions"
    PROJECTS = "projects"
    MEMBERSHIPS = "memberships"
    PROMISES = "promises"


def register(
    name: Annotated[RegisterName, typer.Argument(metavar="REGISTER", help="Which register.")],
    origins: Annotated[
        list[str] | None, typer.Argument(help="Reports to code: files, folders, patterns, -; none reads the store.")
    ] = None,
    store: Annotated[
        str, typer.Option("--store", envvar="DRAGOMAN_STORE", help="The store, where no reports are named.")
    ] = ".",
    date: Annotated[str | None, typer.Option("--date", help="Publication date, where the input has none.")] = None,
    run: Annotated[str | None, typer.Option("--run", help="Only what this run of the store coded.")] = None,
    table: Annotated[bool, typer.Option("--table", help="Entries to read: the default.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one entry a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON list.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one entry a row.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")] = False,
) -> None:
    """Print a register: entries with their history, each telling with its quote.

    Promises show the events that may have kept or broken them; that stays a question until a person decides it.
    """
    from dragoman.cli.guard import choose_output, guarded, read_day
    from dragoman.cli.register_run import RegisterRequest, run_register

    with guarded(verbose=verbose):
        request = RegisterRequest(
            name=name.value,
            origins=tuple(origins or ()),
            store=store,
            published=read_day(date),
            run=run,
            output=choose_output(table=table, jsonl=jsonl, json=json, csv=csv),
        )
        raise typer.Exit(run_register(request))
