"""Results as text: an aligned table, Markdown, JSON Lines."""

import json
from collections.abc import Iterator, Sequence

from dragoman.evaluate.events import Confusion, ThresholdRow
from dragoman.evaluate.gate import Floor, Floors
from dragoman.evaluate.metrics import Bin, Counts, Figure
from dragoman.evaluate.sets import SetResult


def table_lines(results: Sequence[SetResult], floors: Floors | None) -> Iterator[str]:
    """One line a figure: name, value, number of cases, floor."""
    yield f"{'':38}{'value':>8}{'cases':>9}{'floor':>9}"
    for result in results:
        yield f"{result.name}: {result.title}"
        if result.skipped is not None:
            yield f"  skipped: {result.skipped}"
        pinned = _pinned(floors, result)
        for figure in result.figures:
            floor = pinned.get(figure.name)
            shown = f"{'≤' if floor.falls else ''}{floor.value:.2f}" if floor else ""
            yield f"  {figure.name:36}{figure.value:8.2f}{figure.cases:9}{shown:>9}"


def _pinned(floors: Floors | None, result: SetResult) -> dict[str, Floor]:
    found = floors.of(result.name) if floors else None
    return {floor.name: floor for floor in found.floors} if found else {}


def markdown_lines(results: Sequence[SetResult]) -> Iterator[str]:
    """A Markdown table with one row a figure."""
    yield "| set | figure | value | cases |"
    yield "|---|---|---:|---:|"
    for result in results:
        for figure in result.figures:
            yield f"| {result.name} | {figure.name.strip()} | {figure.value:.1f} | {figure.cases} |"


def json_lines(results: Sequence[SetResult], model: str) -> Iterator[str]:
    """One JSON object a figure."""
    for result in results:
        for figure in result.figures:
            yield json.dumps({"model": model, "set": result.name, "gold": result.gold, **_row(figure)})


def _row(figure: Figure) -> dict[str, str | float | int]:
    return {"figure": figure.name.strip(), "value": round(figure.value, 3), "cases": figure.cases}


def threshold_lines(rows: Sequence[ThresholdRow]) -> Iterator[str]:
    """Precision and recall over thresholds, as Markdown."""
    yield "| threshold | rows | row precision | row recall | row F1 | category precision | category recall |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    for one in rows:
        row, category = one.row, one.category
        figures = (row.precision, row.recall, row.f1, category.precision, category.recall)
        yield f"| {one.threshold:.2f} | {one.rows} | " + " | ".join(f"{value:.1f}" for value in figures) + " |"


def reliability_lines(bins: Sequence[Bin]) -> Iterator[str]:
    """Confidence beside the share of right rows, as Markdown."""
    yield "| mean confidence | share right | rows |"
    yield "|---:|---:|---:|"
    for one in bins:
        yield f"| {one.confidence:.2f} | {one.right:.2f} | {one.rows} |"


def confusion_lines(confusions: Sequence[Confusion], *, most: int = 40) -> Iterator[str]:
    """The most frequent errors."""
    for one in confusions[:most]:
        if one.found is None:
            yield f"{one.times:5}  {one.gold} missed"
        elif one.gold is None:
            yield f"{one.times:5}  {one.found} invented"
        else:
            yield f"{one.times:5}  {one.gold} coded as {one.found}"


def category_lines(counts: dict[str, Counts]) -> Iterator[str]:
    """Precision, recall and F1 of each category."""
    yield f"{'':14}{'precision':>10}{'recall':>10}{'F1':>10}{'gold':>7}{'found':>7}"
    for name, one in counts.items():
        yield f"{name:14}{one.precision:10.1f}{one.recall:10.1f}{one.f1:10.1f}{one.gold:7}{one.found:7}"
