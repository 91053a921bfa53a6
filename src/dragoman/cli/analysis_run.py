"""The work of `dragoman series`, `plot`, `network` and `digest`: options to values, values to lines and files."""

import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.analysis import (
    ARC_COLUMNS,
    SERIES_COLUMNS,
    By,
    CountingRule,
    Happening,
    Series,
    SeriesOptions,
    SeriesRow,
    Side,
    actor_series,
    arc_rows,
    arcs_of,
    both_ways,
    build_network,
    collect_happenings,
    digest,
    dyad_series,
    find_changes,
    frequency_of,
    panel,
    plot_series,
    series_rows,
    write_network,
)
from dragoman.analysis.actors import canonical, labels_of
from dragoman.analysis.plots import PlotOptions
from dragoman.analysis.tables import apart_notes, digest_lines
from dragoman.analysis.values import Estimate, Frequency
from dragoman.cli.analysis_input import Material, arrived_since, read_material, read_store
from dragoman.cli.guard import EMPTY, read_day, say
from dragoman.codec import format_json
from dragoman.errors import ConfigError
from dragoman.store import open_store
from dragoman.types.record import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for on the command line; None where an option was not given."""

    origins: tuple[str, ...] = ()
    store: str = "."
    freq: str = "month"
    by: str = "country"
    since: str | None = None
    until: str | None = None
    statuses: tuple[str, ...] = ()
    published: str | None = None
    publication: bool = True
    level: float = 0.95
    side: str = "either"

    @property
    def rule(self) -> CountingRule:
        """What counts as what."""
        return CountingRule(by=By(self.by), statuses=_statuses(self.statuses), publication=self.publication)

    @property
    def options(self) -> SeriesOptions:
        """How series are made."""
        since, until = read_day(self.since, "--since"), read_day(self.until, "--until")
        if since and until and until < since:
            raise ConfigError(f"--until {until} lies before --since {since}")
        return SeriesOptions(frequency=frequency_of(self.freq), since=since, until=until, level=self.level)

    def labels(self, material: Material) -> tuple[tuple[str, str], ...]:
        """Names to show for ids of actors; countries are shown by their codes."""
        return labels_of(material.events) if self.by == By.ACTOR else ()


def _statuses(written: Sequence[str]) -> frozenset[Status] | None:
    unknown = sorted(set(written) - set(Status))
    if unknown:
        raise ConfigError(f"--status: {unknown[0]!r} is not one of {', '.join(Status)}")
    return frozenset(Status(name) for name in written) if written else None


def print_series(choice: Choice, actors: Sequence[str], output: str, *, fail_empty: bool) -> int:
    """Prints the series of two actors, of one, or with none of every dyad; returns the exit code."""
    options, material = choice.options, _material(choice, actors)
    found = _series(choice, options, actors, _happenings(choice, material))
    _PRINTERS[output](found)
    for one in found:
        for note in apart_notes(one):
            if output != "table":
                say(f"{_title(one)}: {note}")
    empty = not any(one.events for one in found)
    if empty:
        say(f"{' '.join(actors) or 'panel'}: no events that count in {_where(choice)}")
    return EMPTY if empty and fail_empty else material.status


def draw_series(choice: Choice, actors: Sequence[str], out: Path, score: str) -> int:
    """Writes the picture of the series; returns the exit code."""
    options, material = choice.options, _material(choice, actors)
    found = _series(choice, options, actors, _happenings(choice, material))
    plot_series(found, out, PlotOptions(score=score, labels=choice.labels(material)))
    say("; ".join(f"{_title(one)}: {_told(one)}" for one in found) + f" → {out}")
    return material.status


def run_network(choice: Choice, out: Path | None, smallest: int) -> int:
    """Writes the graph, or prints its arcs; returns the exit code."""
    options, material = choice.options, _material(choice, ())
    kept = [one for one in _happenings(choice, material) if _is_within(one, options)]
    arcs = arcs_of(kept, smallest=smallest)
    if out is None:
        _print_csv(ARC_COLUMNS, arc_rows(arcs))
    else:
        write_network(build_network(arcs, dict(choice.labels(material))), out)
        actors = {end for arc in arcs for end in (arc.source, arc.target)}
        say(f"{_many(len(actors), 'actor')}, {_many(len(arcs), 'arc')} → {out}")
    return material.status


def run_digest(choice: Choice, before: Sequence[str]) -> int:
    """Prints what changed; returns the exit code."""
    since = read_day(choice.since, "--since")
    if (since is None) == (not before):
        raise ConfigError("digest needs either --since DAY or --before FILE, to know what is new")
    material, new = _since(choice, since) if since else _against(choice, before)
    happenings = collect_happenings(material.events, material.clusters, material.documents, choice.rule)
    found = digest(happenings, new, material.agreements, material.clusters, SeriesOptions(level=choice.level))
    for line in digest_lines(found, f"new since {since}" if since else f"new beside {', '.join(before)}"):
        print(line)
    return material.status


def _since(choice: Choice, since: date) -> tuple[Material, frozenset[str]]:
    if not choice.origins:
        with open_store(choice.store) as store:
            return read_store(store), arrived_since(store, since)
    material = _material(choice, ())
    dated = {document.id: document.published for document in material.documents if document.published}
    undated = len(material.ids - dated.keys())
    if undated:
        say(f"{undated} documents have no date of publication and are taken as old; --date gives one")
    return material, frozenset(id for id, published in dated.items() if published >= since)


def _against(choice: Choice, before: Sequence[str]) -> tuple[Material, frozenset[str]]:
    known = read_material(before, choice.store)
    material = read_material((*before, *choice.origins), choice.store, published=read_day(choice.published))
    return material, material.ids - known.ids


def _material(choice: Choice, actors: Sequence[str]) -> Material:
    pair = len(actors) == 2 and choice.by == By.COUNTRY
    between = (canonical(actors[0]), canonical(actors[1])) if pair else None
    return read_material(choice.origins, choice.store, published=read_day(choice.published), between=between)


def _happenings(choice: Choice, material: Material) -> tuple[Happening, ...]:
    return collect_happenings(material.events, material.clusters, material.documents, choice.rule)


def _series(
    choice: Choice, options: SeriesOptions, actors: Sequence[str], happenings: Sequence[Happening]
) -> tuple[Series, ...]:
    if not actors:
        return panel(happenings, options)
    if len(actors) == 1:
        return (actor_series(happenings, actors[0], Side(choice.side), options),)
    one, other = actors
    if canonical(one) == canonical(other):
        return (dyad_series(happenings, one, other, options),)
    return both_ways(happenings, one, other, options)


def _is_within(happening: Happening, options: SeriesOptions) -> bool:
    """Without bounds everything; with bounds what is known to lie within them."""
    when = happening.when
    return not (
        (options.since and (when.first is None or when.first < options.since))
        or (options.until and (when.last is None or when.last > options.until))
    )


def _print_table(found: Sequence[Series]) -> None:
    for number, one in enumerate(found):
        if number:
            print()
        for line in table_lines(one):
            print(line)


def table_lines(series: Series) -> tuple[str, ...]:
    """One series to read; only periods with events, and how many are empty."""
    full = [row for row in series.rows if row.events]
    lines = [f"{_title(series)} by {series.frequency}: {_told(series)}"]
    if full:
        lines.append(
            f"  {'':10}  {'events (reports)':16}  {'expected':18}  {'coop v/m  conf v/m':18}  PLOVER sum, mean"
        )
    lines += [_row_line(row, series.frequency) for row in full]
    empty = len(series.rows) - len(full)
    lines += [f"  {_many(empty, 'period')} without events between"] if empty and full else []
    lines += [f"  in no period: {note}" for note in apart_notes(series)]
    return (*lines, *_change_lines(series))


def _row_line(row: SeriesRow, frequency: Frequency) -> str:
    day = row.first.isoformat()
    period = {"month": day[:7], "year": day[:4]}.get(frequency, day)
    counts = f"{row.events} ({row.reports})"
    a, b, c, d = (quad.events for quad in row.quads)
    mean = f"{row.plover.mean.value:+.1f}" if row.plover.mean else "-"
    notes = [f"{row.published} by publication"] if row.published else []
    notes += [f"{row.contested} contested"] if row.contested else []
    end = f"  {', '.join(notes)}" if notes else ""
    quads = f"{a}/{b}       {c}/{d}"
    return (
        f"  {period:10}  {counts:16}  {_range(row.expected):18}  {quads:18}  {_range(row.plover.sum, '+')}, {mean}{end}"
    )


def _change_lines(series: Series) -> Iterable[str]:
    found = find_changes([row.plover.sum.value for row in series.rows]).found
    for change in found:
        day = series.rows[change.at].first
        yield f"  change of the mean PLOVER sum at {day}: {change.before:+.1f} before, {change.after:+.1f} from then on"


def _range(estimate: Estimate, sign: str = "") -> str:
    return f"{estimate.value:{sign}.1f} [{estimate.low:{sign}.1f}, {estimate.high:{sign}.1f}]"


def _told(series: Series) -> str:
    return f"{_many(series.events, 'event')} from {_many(series.reports, 'report')}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _print_series_csv(found: Sequence[Series]) -> None:
    _print_csv(SERIES_COLUMNS, series_rows(found))


def _print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def _print_jsonl(found: Sequence[Series]) -> None:
    for one in found:
        for cells, row in zip(series_rows([one]), one.rows, strict=True):
            print(format_json({**dict(zip(SERIES_COLUMNS, cells, strict=True)), "clusters": list(row.clusters)}))


_PRINTERS: Mapping[str, Callable[[Sequence[Series]], None]] = {
    "table": _print_table,
    "csv": _print_series_csv,
    "jsonl": _print_jsonl,
}


def _title(series: Series) -> str:
    if series.target is not None:
        return f"{series.source} → {series.target}"
    return {"source": f"{series.source} →", "target": f"→ {series.source}"}.get(series.side, series.source)


def _where(choice: Choice) -> str:
    return ", ".join(choice.origins) if choice.origins else f"the store {choice.store}"
