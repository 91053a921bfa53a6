"""The commands and their options. Each body imports what it needs, so that help and version cost nothing."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.analysis import add_analysis
from dragoman.cli.export import add_exports
from dragoman.cli.foreign import add_import
from dragoman.cli.learn import learn
from dragoman.cli.page import add_commands as add_page_commands
from dragoman.cli.register import register
from dragoman.cli.store import add_commands

app = typer.Typer(
    name="dragoman",
    help="Reads news reports and records who did what to whom, when, where, according to whom.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """Formats of input."""

    AUTO = "auto"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


class TaskName(StrEnum):
    """Tasks of `predict`."""

    EVENTS = "events"
    PAIRS = "pairs"
    FACTUALITY = "factuality"
    ATTRIBUTION = "attribution"
    ACTORS = "actors"


Origins = Annotated[
    list[str], typer.Argument(help="Files, folders, patterns such as 'news/*.txt', or - for standard input.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="Format of the input; auto goes by name and content.")]
DateOption = Annotated[
    str | None, typer.Option("--date", help="Publication date (2024-04-16), where the input has none.")
]
LangOption = Annotated[str | None, typer.Option("--lang", help="Language; en codes a text whatever it looks like.")]
CodebookOption = Annotated[str | None, typer.Option("--codebook", help="Name or file of the codebook [plover].")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No notes, progress or summary; only failures.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on standard error.")]


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"dragoman {version('dragoman')}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Reads news reports and records who did what to whom, when, where, according to whom."""


@app.command()
def code(
    origins: Origins,
    format: FormatOption = Format.AUTO,
    date: DateOption = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher, where the input names none.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the report, where the input names none.")] = None,
    lang: LangOption = None,
    codebook: CodebookOption = None,
    edition: Annotated[str | None, typer.Option(help="Stop unless the codebook follows this edition.")] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Lowest confidence of a record, 0 to 1 [the model's own].")
    ] = None,
    time_limit: Annotated[float | None, typer.Option(help="Seconds for one report; 0 is no limit [60].")] = None,
    table: Annotated[bool, typer.Option("--table", help="A table to read: the default.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one record a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="A JSON list, one object a report.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one record a row.")] = False,
    fail_empty: Annotated[bool, typer.Option("--fail-empty", help="Exit with 4 when no record was found.")] = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Code reports: print who did what to whom, with the words that show it.

    The table is printed on a terminal and into a pipe alike, there without colour: what is written never depends on
    where it goes. Programs ask for --jsonl, --json or --csv. Notes, progress and the summary go to standard error.
    Exit codes: 0 done, 1 failed, 2 usage, 3 done in part, 4 nothing found (--fail-empty), 130 interrupted.
    """
    from dragoman.cli.code import CodeRequest, run_code
    from dragoman.cli.guard import choose_output, guarded, read_day

    with guarded(verbose=verbose):
        request = CodeRequest(
            origins=tuple(origins),
            format=format.value,
            published=read_day(date),
            publisher=publisher,
            url=url,
            language=lang,
            edition=edition,
            output=choose_output(table=table, jsonl=jsonl, json=json, csv=csv),
            fail_empty=fail_empty,
            quiet=quiet,
            verbose=verbose,
        )
        status = run_code(request, flags={"codebook": codebook, "threshold": threshold, "time_limit": time_limit})
        raise typer.Exit(status)


@app.command()
def parse(
    origins: Origins,
    pretokenized: Annotated[
        bool, typer.Option("--pretokenized", help="Input is CoNLL-U: keep its tokens, ranges and comments.")
    ] = False,
    format: FormatOption = Format.AUTO,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Print the language analysis as CoNLL-U: tokens, tags, lemmas, tree, and mentions in the last column."""
    from dragoman.cli.guard import guarded
    from dragoman.cli.parse import run_parse

    with guarded(verbose=verbose):
        raise typer.Exit(run_parse(tuple(origins), format=format.value, pretokenized=pretokenized, quiet=quiet))


@app.command()
def predict(
    task: Annotated[TaskName, typer.Argument(help="What to predict.")],
    origin: Annotated[str, typer.Argument(metavar="FILE", help="JSON Lines file, or - for standard input.")] = "-",
    codebook: CodebookOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Answer scoring questions: one JSON line in, one JSON line out, same id.

    A line that cannot be used still gives its line, with an `error`; the exit code is then 3.
    """
    from dragoman.cli.guard import guarded
    from dragoman.cli.predict import run_predict

    with guarded(verbose=verbose):
        raise typer.Exit(run_predict(task.value, origin, flags={"codebook": codebook}, quiet=quiet))


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="The report, or - for standard input.")],
    sentence: Annotated[int, typer.Option("--sentence", "-s", help="Number of the sentence; 0 is the headline.")],
    format: FormatOption = Format.AUTO,
    date: DateOption = None,
    codebook: CodebookOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Show why one sentence was coded as it was: tree, mentions, triggers, each decision and each refusal."""
    from dragoman.cli.explain import run_explain
    from dragoman.cli.guard import guarded, read_day

    with guarded(verbose=verbose):
        status = run_explain(
            file, sentence, format=format.value, published=read_day(date), flags={"codebook": codebook}
        )
        raise typer.Exit(status)


@app.command()
def doctor(
    place: Annotated[
        str | None, typer.Argument(metavar="[PLACE]", help="A store to be checked instead: file, folder or address.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Of a store: all but forming its clusters anew.")] = False,
) -> None:
    """Check the installation and print every setting; or check a store: file, links, texts, quotes, what is derived.

    Exit codes: 0 sound, 1 something is wrong, each with what to do.
    """
    from dragoman.cli.doctor import examine_store, run_doctor
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        raise typer.Exit(run_doctor(folder=Path.cwd()) if place is None else examine_store(place, quick=quick))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False},
    add_help_option=False,
)
def kb(context: typer.Context) -> None:
    """Look into the knowledge base of actors, and build it."""
    from dragoman.cli.guard import guarded, run_group

    with guarded(verbose=False):
        run_group("kb", list(context.args))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False},
    add_help_option=False,
)
def evaluate(context: typer.Context) -> None:
    """Measure the coder on annotated sets, and hold it to its floors."""
    from dragoman.cli.guard import guarded, run_group

    with guarded(verbose=False):
        run_group("evaluate", list(context.args))


add_commands(app)
add_page_commands(app)
add_exports(app)
add_import(app)
add_analysis(app)
app.command()(register)
app.command()(learn)
