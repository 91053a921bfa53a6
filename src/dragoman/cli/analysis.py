"""`dragoman series`, `plot`, `network` and `digest`: the analysis on the command line."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

series = typer.Typer(
    name="series",
    help="Counts and scores by period, with what has no period set apart.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
plot = typer.Typer(
    name="plot",
    help="Pictures of series, as SVG or PNG (extra: plot).",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def add_analysis(app: typer.Typer) -> None:
    """Adds the commands of this file to the command line."""
    app.add_typer(series)
    app.add_typer(plot)
    for command in (network, digest):
        app.command()(command)


class Period(StrEnum):
    """Lengths of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Level(StrEnum):
    """What an actor is called."""

    COUNTRY = "country"
    SECTOR = "sector"
    ACTOR = "actor"


class SideName(StrEnum):
    """Sides of an event."""

    SOURCE = "source"
    TARGET = "target"
    EITHER = "either"


class ScoreName(StrEnum):
    """Scores that can be drawn."""

    PLOVER = "plover"
    GOLDSTEIN = "goldstein"


_ORIGINS = "Reports, or records of `dragoman code --jsonl` (- is those on standard input). Without any: the store."
_NEW = "New is what came on this day or later: into the store, or by the publication date of reports."
One = Annotated[str, typer.Argument(help="An actor: KAZ; with --by sector 'KAZ GOV'; with --by actor its id.")]
Other = Annotated[str, typer.Argument(help="The other one.")]
Origins = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILES]...", help=_ORIGINS),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="File to write.")]
StoreOption = Annotated[
    str, typer.Option("--store", envvar="DRAGOMAN_STORE", help="The store, where no files are given.")
]
FreqOption = Annotated[Period, typer.Option("--freq", help="Length of a period.")]
ByOption = Annotated[Level, typer.Option("--by", help="What actors are called: country, country and sector, or id.")]
SinceOption = Annotated[str | None, typer.Option("--since", help="First day, such as 2024-01-01.")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Last day.")]
StatusOption = Annotated[
    list[str] | None, typer.Option("--status", help="Count events of this status; may be repeated [counted ones].")
]
DateOption = Annotated[str | None, typer.Option("--date", help="Publication date of reports that have none.")]
PublicationOption = Annotated[
    bool, typer.Option("--publication/--no-publication", help="Put events without a time where they were published.")
]
LevelOption = Annotated[float, typer.Option("--level", min=0.5, max=0.999, help="Level of the intervals.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="CSV, one period a row.")]
JsonlOption = Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one period a line, with the clusters behind.")]
FailEmptyOption = Annotated[bool, typer.Option("--fail-empty", help="Exit with 4 when there is nothing.")]
ScoreOption = Annotated[ScoreName, typer.Option("--score", help="Score to draw.")]
SideOption = Annotated[SideName, typer.Option("--side", help="Side of the event on which the actor is looked for.")]
SmallestOption = Annotated[int, typer.Option("--smallest", min=1, help="Fewest events of an arc.")]


GraphOption = Annotated[
    Path | None, typer.Option("--out", "-o", help="File .graphml or .gexf; without it, CSV is printed.")
]
BeforeOption = Annotated[
    list[str] | None, typer.Option("--before", help="Files of records that were known before; may be repeated.")
]


@series.command("dyad")
def series_dyad(
    one: One, other: Other, origins: Origins = None, store: StoreOption = ".", freq: FreqOption = Period.MONTH,
    by: ByOption = Level.COUNTRY, since: SinceOption = None, until: UntilOption = None, status: StatusOption = None,
    date: DateOption = None, publication: PublicationOption = True, level: LevelOption = 0.95, csv: CsvOption = False,
    jsonl: JsonlOption = False, fail_empty: FailEmptyOption = False,
) -> None:  # fmt: skip
    """What two actors do to each other, one direction after the other."""
    from dragoman.cli.analysis_run import Choice, print_series
    from dragoman.cli.guard import choose_output, guarded

    with guarded(verbose=False):
        choice = Choice(
            origins=tuple(origins or ()), store=store, freq=freq.value, by=by.value, since=since, until=until,
            statuses=tuple(status or ()), published=date, publication=publication, level=level,
        )  # fmt: skip
        output = choose_output(table=False, jsonl=jsonl, json=False, csv=csv)
        raise typer.Exit(print_series(choice, (one, other), output, fail_empty=fail_empty))


@series.command("actor")
def series_actor(
    actor: One, origins: Origins = None, side: SideOption = SideName.EITHER, store: StoreOption = ".",
    freq: FreqOption = Period.MONTH, by: ByOption = Level.COUNTRY, since: SinceOption = None,
    until: UntilOption = None, status: StatusOption = None, date: DateOption = None,
    publication: PublicationOption = True, level: LevelOption = 0.95, csv: CsvOption = False,
    jsonl: JsonlOption = False, fail_empty: FailEmptyOption = False,
) -> None:  # fmt: skip
    """What one actor does, what is done to it, or both."""
    from dragoman.cli.analysis_run import Choice, print_series
    from dragoman.cli.guard import choose_output, guarded

    with guarded(verbose=False):
        choice = Choice(
            origins=tuple(origins or ()), store=store, freq=freq.value, by=by.value, since=since, until=until,
            statuses=tuple(status or ()), published=date, publication=publication, level=level, side=side.value,
        )  # fmt: skip
        output = choose_output(table=False, jsonl=jsonl, json=False, csv=csv)
        raise typer.Exit(print_series(choice, (actor,), output, fail_empty=fail_empty))


@series.command("panel")
def series_panel(
    origins: Origins = None, store: StoreOption = ".", freq: FreqOption = Period.MONTH, by: ByOption = Level.COUNTRY,
    since: SinceOption = None, until: UntilOption = None, status: StatusOption = None, date: DateOption = None,
    publication: PublicationOption = True, level: LevelOption = 0.95, csv: CsvOption = False,
    jsonl: JsonlOption = False, fail_empty: FailEmptyOption = False,
) -> None:  # fmt: skip
    """Every dyad over the same periods."""
    from dragoman.cli.analysis_run import Choice, print_series
    from dragoman.cli.guard import choose_output, guarded

    with guarded(verbose=False):
        choice = Choice(
            origins=tuple(origins or ()), store=store, freq=freq.value, by=by.value, since=since, until=until,
            statuses=tuple(status or ()), published=date, publication=publication, level=level,
        )  # fmt: skip
        output = choose_output(table=False, jsonl=jsonl, json=False, csv=csv)
        raise typer.Exit(print_series(choice, (), output, fail_empty=fail_empty))


@plot.command("dyad")
def plot_dyad(
    one: One, other: Other, out: Out, origins: Origins = None, store: StoreOption = ".",
    freq: FreqOption = Period.MONTH, by: ByOption = Level.COUNTRY, since: SinceOption = None,
    until: UntilOption = None, status: StatusOption = None, date: DateOption = None,
    publication: PublicationOption = True, level: LevelOption = 0.95, score: ScoreOption = ScoreName.PLOVER,
) -> None:  # fmt: skip
    """Draw what two actors do to each other: score with interval, zero line, counts by quad class."""
    from dragoman.cli.analysis_run import Choice, draw_series
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        choice = Choice(
            origins=tuple(origins or ()), store=store, freq=freq.value, by=by.value, since=since, until=until,
            statuses=tuple(status or ()), published=date, publication=publication, level=level,
        )  # fmt: skip
        raise typer.Exit(draw_series(choice, (one, other), out, score.value))


@plot.command("actor")
def plot_actor(
    actor: One, out: Out, origins: Origins = None, side: SideOption = SideName.EITHER, store: StoreOption = ".",
    freq: FreqOption = Period.MONTH, by: ByOption = Level.COUNTRY, since: SinceOption = None,
    until: UntilOption = None, status: StatusOption = None, date: DateOption = None,
    publication: PublicationOption = True, level: LevelOption = 0.95, score: ScoreOption = ScoreName.PLOVER,
) -> None:  # fmt: skip
    """Draw the series of one actor."""
    from dragoman.cli.analysis_run import Choice, draw_series
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        choice = Choice(
            origins=tuple(origins or ()), store=store, freq=freq.value, by=by.value, since=since, until=until,
            statuses=tuple(status or ()), published=date, publication=publication, level=level, side=side.value,
        )  # fmt: skip
        raise typer.Exit(draw_series(choice, (actor,), out, score.value))


def network(
    origins: Origins = None,
    out: GraphOption = None,
    store: StoreOption = ".", by: ByOption = Level.COUNTRY, since: SinceOption = None, until: UntilOption = None,
    status: StatusOption = None, date: DateOption = None, smallest: SmallestOption = 1,
) -> None:  # fmt: skip
    """Write who deals with whom as a directed graph (extra: analysis), or print its arcs as CSV."""
    from dragoman.cli.analysis_run import Choice, run_network
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        choice = Choice(
            origins=tuple(origins or ()), store=store, by=by.value, since=since, until=until,
            statuses=tuple(status or ()), published=date,
        )  # fmt: skip
        raise typer.Exit(run_network(choice, out, smallest))


def digest(
    origins: Origins = None,
    since: Annotated[str | None, typer.Option("--since", help=_NEW)] = None,
    before: BeforeOption = None,
    store: StoreOption = ".", by: ByOption = Level.COUNTRY, date: DateOption = None, level: LevelOption = 0.95,
) -> None:  # fmt: skip
    """Say what changed: new happenings by dyad, series that left their 12-month band, new agreements."""
    from dragoman.cli.analysis_run import Choice, run_digest
    from dragoman.cli.guard import guarded

    with guarded(verbose=False):
        choice = Choice(
            origins=tuple(origins or ()), store=store, by=by.value, since=since, published=date, level=level
        )  # fmt: skip
        raise typer.Exit(run_digest(choice, tuple(before or ())))
