"""The commands around the page and their options. Bodies import what they need."""

from typing import Annotated

import typer

from dragoman.cli.store import Json, StoreOption

Place = Annotated[
    str,
    typer.Argument(metavar="[STORE]", envvar="DRAGOMAN_STORE", help="File, folder or postgresql:// address."),
]
AccessOption = Annotated[
    str | None, typer.Option("--access", help="File of tokens [STORE.access beside the store's file].")
]


def add_commands(app: typer.Typer) -> None:
    """Adds the commands of this file to the command line."""
    for command in (serve, agree):
        app.command()(command)


def serve(
    store: Place = ".",
    open: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port.")] = 8642,
    host: Annotated[
        str, typer.Option(help="Address to bind. Another than this machine's own needs a token.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Host name under which people reach the server.")
    ] = None,
    access: AccessOption = None,
    new_token: Annotated[
        str | None, typer.Option("--new-token", metavar="NAME", help="Make a token for this person, print it, end.")
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="What the new token allows: read, review, ingest, admin [review]."),
    ] = None,
    withdraw_token: Annotated[
        str | None, typer.Option("--withdraw-token", metavar="NAME", help="End the token of this person.")
    ] = None,
    tokens: Annotated[bool, typer.Option("--tokens", help="List tokens: names and scopes.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing.")] = False,
) -> None:
    """Show a store in the browser: read, explore, review; and answer programs under /api/v1.

    Only this machine can reach it, unless --host names another address; then everybody needs a token.
    """
    from dragoman.cli.guard import guarded
    from dragoman.cli.serve import ServeRequest, run_list_tokens, run_new_token, run_serve, run_withdraw_token

    with guarded(verbose=False):
        if new_token is not None:
            raise typer.Exit(run_new_token(store, access, new_token, tuple(scope or ())))
        if withdraw_token is not None:
            raise typer.Exit(run_withdraw_token(store, access, withdraw_token))
        if tokens:
            raise typer.Exit(run_list_tokens(store, access))
        request = ServeRequest(
            store=store, host=host, port=port, names=tuple(name or ()), access=access, open=open, quiet=quiet
        )
        raise typer.Exit(run_serve(request))


def agree(
    store: StoreOption = ".",
    json: Json = False,
    fail_empty: Annotated[
        bool, typer.Option("--fail-empty", help="Exit with 4 when nobody coded a record twice.")
    ] = False,
) -> None:
    """Say how far coders agree: Krippendorff's alpha of each field, with interval, and what was mixed up."""
    from dragoman.cli.guard import guarded
    from dragoman.cli.serve import run_agree

    with guarded(verbose=False):
        raise typer.Exit(run_agree(store, json=json, fail_empty=fail_empty))
