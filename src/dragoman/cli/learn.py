"""`dragoman learn` and its options. The body imports what it needs."""

from typing import Annotated

import typer

from dragoman.cli.store import Json, QuietOption, StoreOption


def learn(
    store: StoreOption = ".",
    apply: Annotated[bool, typer.Option("--apply", help="Switch to what was learned, when it gains.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Learn from few verdicts too, and switch without a gain.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Go back to the heads in use before the last switch.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Say which layer is in use, and list the history.")] = False,
    codebook: Annotated[str | None, typer.Option("--codebook", help="Name or file of the codebook [plover].")] = None,
    json: Json = False,
    quiet: QuietOption = False,
) -> None:
    """Learn from reviewers' verdicts: correct categories and confidence, and show the gain on held-out reports.

    Nothing changes without --apply. The shipped model never does: what is learned is a layer beside the store, named in
    the records that it makes, and --undo takes it back. Reports that are there are coded by it with `dragoman ingest
    --recode`. Exit codes: 0 done, 1 not switched because nothing was gained, 2 usage.
    """
    from dragoman.cli.guard import guarded
    from dragoman.cli.learn_run import LearnRequest, run_learn

    with guarded(verbose=False):
        request = LearnRequest(store=store, apply=apply, force=force, undo=undo, status=status, json=json, quiet=quiet)
        raise typer.Exit(run_learn(request, flags={"codebook": codebook}))
