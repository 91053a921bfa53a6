"""The commands around the store and their options. Bodies import what they need."""

from pathlib import Path
from typing import Annotated

import typer

StoreOption = Annotated[
    str, typer.Option("--store", envvar="DRAGOMAN_STORE", help="File, folder or postgresql:// address of the store.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, notes or summary; only failures.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")]
Json = Annotated[bool, typer.Option("--json", help="As one JSON value.")]
Several = list[str] | None


def add_commands(app: typer.Typer) -> None:
    """Adds the commands of this file to the command line."""
    for command in (init, ingest, query, show, status, runs, diff, backup, rebuild, migrate):
        app.command()(command)


def init(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="New file, folder or postgresql:// address.")] = ".",
) -> None:
    """Make a new, empty store: a folder gets a file record.dragoman."""
    from dragoman.cli.care import run_init
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        raise typer.Exit(run_init(place))


def ingest(
    origins: Annotated[
        Several, typer.Argument(help="Files, folders, patterns such as 'news/*.txt', or - for standard input.")
    ] = None,
    store: StoreOption = ".",
    format: Annotated[
        str,
        typer.Option("--format", help="auto, text, markdown, html, jsonl, json or csv; auto goes by name and content."),
    ] = "auto",
    date: Annotated[str | None, typer.Option("--date", help="Publication date, where the input has none.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher, where the input names none.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the report, where the input names none.")] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language; en codes a text whatever it looks like.")
    ] = None,
    codebook: Annotated[str | None, typer.Option("--codebook", help="Name or file of the codebook [plover].")] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Lowest confidence of a record, 0 to 1 [the model's own].")
    ] = None,
    time_limit: Annotated[float | None, typer.Option(help="Seconds for one report; 0 is no limit [60].")] = None,
    coded: Annotated[
        bool, typer.Option("--coded", help="The input is coded already: what `dragoman code --json` prints.")
    ] = False,
    recode: Annotated[
        bool,
        typer.Option("--recode", help="Code what is there again, beside the older coding; without input, everything."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be coded, and write nothing.")] = False,
    workers: Annotated[int, typer.Option("--workers", help="Processes that code at once; the result is the same.")] = 1,
    json: Json = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read, code and keep reports; what is there already is passed over.

    Everything that was acknowledged stays, whatever breaks off the rest: run the same command again to go on.
    Exit codes: 0 done, 1 all failed, 2 usage, 3 done in part, 130 interrupted.
    """
    from dragoman.cli.guard import guarded, read_day
    from dragoman.cli.ingest import IngestRequest, run_ingest

    with guarded(verbose=verbose):
        request = IngestRequest(
            origins=tuple(origins or ()),
            store=store,
            format=format,
            published=read_day(date),
            publisher=publisher,
            url=url,
            language=lang,
            coded=coded,
            recode=recode,
            dry_run=dry_run,
            workers=workers,
            json=json,
            quiet=quiet,
            verbose=verbose,
        )
        status = run_ingest(request, flags={"codebook": codebook, "threshold": threshold, "time_limit": time_limit})
        raise typer.Exit(status)


def query(
    kind: Annotated[
        Several, typer.Argument(help="event, agreement, position, claim, project or membership; all without.")
    ] = None,
    store: StoreOption = ".",
    source: Annotated[Several, typer.Option(help="Who acts: KAZ, KAZ:GOV, an actor id, part of a name.")] = None,
    target: Annotated[Several, typer.Option(help="Who is acted upon.")] = None,
    actor: Annotated[Several, typer.Option(help="Either, or the speaker.")] = None,
    type: Annotated[Several, typer.Option("--type", help="Category, such as CONSULT.")] = None,
    mode: Annotated[Several, typer.Option(help="Mode, such as visit.")] = None,
    status: Annotated[Several, typer.Option(help="asserted, planned, alleged …")] = None,
    since: Annotated[str | None, typer.Option(help="First day, month or year.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, month or year.")] = None,
    place: Annotated[Several, typer.Option(help="Country code or part of a place's name.")] = None,
    q: Annotated[str | None, typer.Option("-q", "--text", help="Words in the text of the report.")] = None,
    run: Annotated[Several, typer.Option(help="The codings of this run instead of the latest.")] = None,
    attributed_to: Annotated[Several, typer.Option(help="report, named, unnamed, or part of a speaker's name.")] = None,
    min_conf: Annotated[float | None, typer.Option(help="Lowest confidence, 0 to 1.")] = None,
    review: Annotated[
        Several, typer.Option(help="open, accepted, rejected, corrected, unsure, disputed, stale.")
    ] = None,
    counted: Annotated[bool, typer.Option("--counted", help="Only what series count.")] = False,
    order: Annotated[str, typer.Option(help="newest, oldest, least_sure or text.")] = "newest",
    limit: Annotated[int | None, typer.Option(help="Not more than so many [20 in a table].")] = None,
    table: Annotated[bool, typer.Option("--table", help="A table to read: the default.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one record a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON list.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one record a row.")] = False,
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit with 4 when nothing fits.")] = False,
) -> None:
    """Print the records that fit. Options given several times mean "or"; different options, "and".

    Counts are of happenings: what several reports tell counts once.
    """
    from dragoman.cli.guard import choose_output, guarded
    from dragoman.cli.query import QueryRequest, run_query

    with guarded(verbose=False):
        asked = {
            "kind": kind,
            "source": source,
            "target": target,
            "actor": actor,
            "type": type,
            "mode": mode,
            "status": status,
            "since": since,
            "until": until,
            "place": place,
            "q": q,
            "run": run,
            "attributed_to": attributed_to,
            "min_conf": min_conf,
            "review": review,
            "counted": counted or None,
        }
        request = QueryRequest(
            store=store,
            filters=tuple((name, value) for name, value in asked.items() if value is not None and value != []),
            order=order,
            limit=limit,
            output=choose_output(table=table, jsonl=jsonl, json=json, csv=csv),
            fail_empty=fail_empty,
        )
        raise typer.Exit(run_query(request))


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Id of a record, document, cluster or run.")],
    store: StoreOption = ".",
    json: Json = False,
) -> None:
    """Show one thing: a record with its quote in context, reason, decisions, verdicts and run."""
    from dragoman.cli.guard import guarded
    from dragoman.cli.show_one import run_show

    with guarded(verbose=False):
        raise typer.Exit(run_show(store, id, json=json))


def status(
    store: StoreOption = ".",
    check: Annotated[bool, typer.Option("--check", help="Also look through the whole file for damage.")] = False,
    json: Json = False,
) -> None:
    """Say what the store holds."""
    from dragoman.cli.care import run_status
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        raise typer.Exit(run_status(store, check=check, json=json))


def runs(store: StoreOption = ".", json: Json = False) -> None:
    """List the runs, the newest first; `dragoman show RUN` gives the manifest of one."""
    from dragoman.cli.guard import guarded
    from dragoman.cli.runs import run_runs

    with guarded(verbose=False):
        raise typer.Exit(run_runs(store, json=json))


def diff(
    before: Annotated[str, typer.Argument(help="The older run, or the beginning of its id.")],
    after: Annotated[str, typer.Argument(help="The newer run.")],
    store: StoreOption = ".",
    json: Json = False,
) -> None:
    """Say what a run added, changed and withdrew against another, and why."""
    from dragoman.cli.guard import guarded
    from dragoman.cli.runs import run_diff

    with guarded(verbose=False):
        raise typer.Exit(run_diff(store, before, after, json=json))


def backup(
    target: Annotated[Path, typer.Argument(help="New file for the copy.")],
    store: StoreOption = ".",
) -> None:
    """Copy the store to a new file while others read and write it."""
    from dragoman.cli.care import run_backup
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        raise typer.Exit(run_backup(store, target))


def rebuild(store: StoreOption = ".") -> None:
    """Make everything that is derived anew from documents, records, verdicts and decisions."""
    from dragoman.cli.care import run_rebuild
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        raise typer.Exit(run_rebuild(store))


def migrate(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="The store.")] = ".",
    to: Annotated[str | None, typer.Option("--to", help="Copy it to this file or postgresql:// address.")] = None,
) -> None:
    """Bring a store to the tables of this version, or copy it into another database."""
    from dragoman.cli.care import run_migrate
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        raise typer.Exit(run_migrate(place, to))
