"""Pictures of series, as SVG or PNG: score with interval and zero line above, counts by quad class below.

The same series always gives the same bytes with the same matplotlib. Colours are those of M. Okabe and K. Ito ("Color
Universal Design", 2008), which people who do not see red or green apart can tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from dragoman.analysis.changes import find_changes
from dragoman.analysis.tables import apart_notes
from dragoman.analysis.values import QUADS, Score, Series, SeriesRow
from dragoman.errors import InputError, ResourceError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SCORES = ("plover", "goldstein")
_COLOURS = dict(zip(QUADS, ("#56B4E9", "#0072B2", "#E69F00", "#D55E00"), strict=True))
# Hatching tells conflict from cooperation in a black and white print.
_HATCHES = dict(zip(QUADS, ("", "", "////", "////"), strict=True))
_LINE, _RIBBON, _MUTED = "#1b1b1b", "#bdbdbd", "#555555"
_RIBBON_FROM = 60  # periods: beyond, single bars of error are a hedge
_SHORTEST_MONTH, _LONGEST_QUARTER = 28, 92  # days
_NAMED_UP_TO = 8  # periods: so many names stand beside each other
_WRAP = 140  # characters of a caption's line at 8.5 inches and 8 points
_STYLE: Mapping[str, object] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that every machine sets the same letters
    "font.size": 9,
    "svg.hashsalt": "dragoman",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotOptions:
    """What a picture shows. `labels` name actors in words; `changes` marks the periods where the mean changes."""

    score: str = "plover"
    changes: bool = True
    labels: tuple[tuple[str, str], ...] = ()


def plot_series(series: Sequence[Series], path: Path, options: PlotOptions | None = None) -> None:
    """Writes one picture with a pair of panels for each series, `.svg` or `.png` by the file's ending.

    Raises InputError for another ending, another score, or no series; ResourceError without the extra `plot`.
    """
    options = options or PlotOptions()
    _check(series, path, options)
    try:
        from matplotlib import rc_context
    except ImportError as error:
        raise ResourceError("plots need matplotlib: pip install 'dragoman[plot]'") from error
    with rc_context(dict(_STYLE)):
        path.write_bytes(_draw(series, path.suffix.lower()[1:], options))


def _check(series: Sequence[Series], path: Path, options: PlotOptions) -> None:
    if path.suffix.lower() not in (".svg", ".png"):
        raise InputError(f"{path}: a plot is written as .svg or .png, not as {path.suffix or 'no ending'!r}")
    if options.score not in SCORES:
        raise InputError(f"score {options.score!r} is not one of {', '.join(SCORES)}")
    if not series:
        raise InputError(f"{path}: nothing to plot, no series was given")


def _draw(series: Sequence[Series], kind: str, options: PlotOptions) -> bytes:
    from matplotlib.figure import Figure

    caption = caption_of(series, options)
    height = 0.75 + 2.75 * len(series) + 0.16 * (caption.count("\n") + 1)
    figure = Figure(figsize=(8.5, height), layout="constrained")
    axes = figure.subplots(2 * len(series), 1, sharex=True, squeeze=False, height_ratios=[2.2, 1] * len(series))
    for number, one in enumerate(series):
        _draw_score(axes[2 * number, 0], one, options)
        _draw_counts(axes[2 * number + 1, 0], one)
    _share_limits([axes[2 * number, 0] for number in range(len(series))])
    _share_limits([axes[2 * number + 1, 0] for number in range(len(series))])
    _set_time_axis(axes[-1, 0], series)
    _add_words(figure, caption)
    return _bytes(figure, kind, title_of(series, options), caption)


def title_of(series: Sequence[Series], options: PlotOptions) -> str:
    """What the picture is of, in a few words."""
    return "; ".join(_name(one, options) for one in series)


def caption_of(series: Sequence[Series], options: PlotOptions) -> str:
    """The sentences below the picture: counts, periods, what is not drawn, what the interval means."""
    parts = [_count_line(one, options) for one in series]
    parts.append(
        f"Line: sum of {_score_word(options.score)} scores by {series[0].frequency}, each event weighted by its "
        f"confidence; grey: {series[0].level:.0%} interval from the confidence of coding, which says nothing of events "
        "that were not reported or not coded. One event is one happening, however many reports tell it."
    )
    if options.changes:
        parts.append(_change_line(series, options))
    return "\n".join(fill(part, _WRAP) for part in parts)


def _count_line(series: Series, options: PlotOptions) -> str:
    events = "1 event" if series.events == 1 else f"{series.events} events"
    reports = "1 report" if series.reports == 1 else f"{series.reports} reports"
    apart = apart_notes(series)
    published = sum(row.published for row in series.rows)
    notes = [f"not drawn: {', '.join(apart)}"] if apart else []
    notes += [f"{published} placed by date of publication"] if published else []
    return f"{_name(series, options)}: {events} from {reports}" + (f" ({'; '.join(notes)})." if notes else ".")


def _change_line(series: Sequence[Series], options: PlotOptions) -> str:
    reasons = {find_changes(_values(one, options)).reason.partition(":")[0] for one in series}
    if reasons == {""}:
        return "Dashed: change of the mean (PELT); without a dashed line none was found."
    return f"Change points were not looked for in every series ({', '.join(sorted(reasons - {''}))})."


def _draw_score(axes: "Axes", series: Series, options: PlotOptions) -> None:
    days, scores = [_middle(row) for row in series.rows], [_score(row, options).sum for row in series.rows]
    low, high = [score.low for score in scores], [score.high for score in scores]
    axes.axhline(0, color=_MUTED, linewidth=0.8, zorder=1)
    if len(days) > _RIBBON_FROM:
        axes.fill_between(days, low, high, color=_RIBBON, linewidth=0, zorder=2)
    else:
        axes.vlines(days, low, high, color=_RIBBON, linewidth=5, zorder=2)
    marker = "" if len(days) > _RIBBON_FROM else "o"
    values = [score.value for score in scores]
    axes.plot(days, values, color=_LINE, linewidth=1.1, marker=marker, markersize=3.5, zorder=3)
    axes.set_title(_name(series, options), loc="left", fontsize=10, fontweight="bold")
    axes.set_ylabel(f"{_score_word(options.score)} sum")
    if options.changes:
        for change in find_changes(_values(series, options)).found:
            axes.axvline(series.rows[change.at].first, color=_LINE, linestyle=(0, (4, 3)), linewidth=0.9, zorder=1)


def _draw_counts(axes: "Axes", series: Series) -> None:
    bottom = [0] * len(series.rows)
    for number, quad in enumerate(QUADS):
        # Only bars with a height: empty ones would be most of the drawing of a long series.
        at = [place for place, row in enumerate(series.rows) if row.quads[number].events]
        rows = [series.rows[place] for place in at]
        axes.bar(
            [_middle(row) for row in rows],
            [row.quads[number].events for row in rows],
            width=[timedelta(days=0.8 * ((row.last - row.first).days + 1)) for row in rows],
            bottom=[bottom[place] for place in at],
            color=_COLOURS[quad],
            hatch=_HATCHES[quad],
            edgecolor="white",
            linewidth=0.3,
        )
        for place, row in zip(at, rows, strict=True):
            bottom[place] += row.quads[number].events
    axes.set_ylabel("events")
    axes.set_ylim(0, max(1, *bottom, 0) * 1.05)
    axes.yaxis.get_major_locator().set_params(integer=True)


def _share_limits(axes: Sequence["Axes"]) -> None:
    """The same scale in both directions of a dyad, and the zero always in sight."""
    low = min(0.0, *(one.get_ylim()[0] for one in axes))
    high = max(1.0, *(one.get_ylim()[1] for one in axes))
    for one in axes:
        one.set_ylim(low, high)


def _set_time_axis(axes: "Axes", series: Sequence[Series]) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    rows = [row for one in series for row in one.rows]
    if not rows:
        axes.set_xticks([])
        return
    if len(series[0].rows) <= _NAMED_UP_TO:
        axes.set_xticks([_middle(row) for row in series[0].rows], [_period_name(row) for row in series[0].rows])
    else:
        locator = AutoDateLocator(minticks=3, maxticks=9, interval_multiples=True)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    pad = timedelta(days=0.3 * ((rows[0].last - rows[0].first).days + 1))
    axes.set_xlim(min(row.first for row in rows) - pad, max(row.last for row in rows) + pad)


def _add_words(figure: "Figure", caption: str) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=_COLOURS[quad], hatch=_HATCHES[quad], edgecolor="white", label=quad.replace("_", " "))
        for quad in QUADS
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=4, frameon=False, fontsize=8)
    figure.supxlabel(caption, x=0.01, ha="left", fontsize=8, color=_MUTED)


def _bytes(figure: "Figure", kind: str, title: str, caption: str) -> bytes:
    out = BytesIO()
    if kind == "png":
        figure.savefig(out, format="png", dpi=150, metadata={"Software": None, "Description": caption})
        return out.getvalue()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "dragoman", "Title": title})
    head, tag, rest = out.getvalue().decode("utf-8").partition("<svg ")
    attributes, close, body = rest.partition(">")
    words = f'\n <title id="title">{escape(title)}</title>\n <desc id="desc">{escape(caption)}</desc>'
    return f'{head}{tag}role="img" aria-labelledby="title desc" {attributes}{close}{words}{body}'.encode()


def _name(series: Series, options: PlotOptions) -> str:
    labels = dict(options.labels)
    source = labels.get(series.source, series.source)
    if series.target is not None:
        return f"{source} to {labels.get(series.target, series.target)}"
    return {"source": f"{source} acts", "target": f"{source} is acted upon"}.get(series.side, source)


def _score_word(score: str) -> str:
    return {"plover": "PLOVER", "goldstein": "Goldstein"}[score]


def _score(row: SeriesRow, options: PlotOptions) -> Score:
    return row.plover if options.score == "plover" else row.goldstein


def _values(series: Series, options: PlotOptions) -> tuple[float, ...]:
    return tuple(_score(row, options).sum.value for row in series.rows)


def _period_name(row: SeriesRow) -> str:
    """In digits, which every language reads and no locale changes."""
    day, length = row.first.isoformat(), (row.last - row.first).days + 1
    return day[:4] if length > _LONGEST_QUARTER else day[:7] if length >= _SHORTEST_MONTH else day


def _middle(row: SeriesRow) -> date:
    return row.first + timedelta(days=(row.last - row.first).days // 2)
