"""Scores of the coder on the annotated corpus: what it finds, how right its rows are, how sure it should be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coder import Coder
from dragoman.evaluate.align import (
    Fit,
    Telling,
    found_tellings,
    gold_tellings,
    judge,
    match,
    of_same_trigger,
    same_category,
    same_place,
    same_row,
    same_whole,
)
from dragoman.evaluate.metrics import Bin, Counts, Figure, calibration_bins, calibration_error, percent
from dragoman.types.text import Document

if TYPE_CHECKING:
    from dragoman.train.annotation import Report

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_FITS: dict[str, Fit] = {"trigger": same_place, "category": same_category, "actors": same_row}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedReport:
    """One report with its annotated and its coded events; `found` holds rows of any confidence."""

    id: str
    sentences: int
    text: str
    gold: tuple[Telling, ...]
    found: tuple[Telling, ...]

    def above(self, threshold: float) -> "CodedReport":
        """The same report with the rows that a coder with this threshold writes."""
        return replace(self, found=tuple(one for one in self.found if one.confidence >= threshold))


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdRow:
    """What the coder writes at one threshold: number of rows, and precision and recall of whole rows, in percent."""

    threshold: float
    rows: int
    row: Counts
    category: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """How often an annotated category was coded as another; None stands for nothing annotated, or nothing coded."""

    gold: str | None
    found: str | None
    times: int


def code_reports(coder: Coder, reports: Iterable["Report"]) -> tuple[CodedReport, ...]:
    """Code each report once, keeping rows of any confidence."""
    everything = replace(coder, calibration=replace(coder.calibration, threshold=0.0))
    return tuple(_code(everything, report) for report in reports)


def _code(coder: Coder, report: "Report") -> CodedReport:
    limit = report.sentences[-1].end if report.sentences else len(report.text)
    coding = coder(Document(id=report.id, text=report.text, origin="corpus"))
    return CodedReport(
        id=report.id,
        sentences=len(report.sentences or ()),
        text=report.text,
        gold=gold_tellings(report),
        found=found_tellings(coding, limit=limit),
    )


def count_matches(coded: Iterable[CodedReport], fits: Fit) -> Counts:
    """Gold, found and matched tellings over all reports."""
    return sum(
        (Counts(gold=len(r.gold), found=len(r.found), both=len(match(r.gold, r.found, fits))) for r in coded), Counts()
    )


def event_figures(coded: Sequence[CodedReport], *, threshold: float, widest: float) -> tuple[Figure, ...]:
    """All figures of one part of the corpus: what is found down to `widest`, how right the rows that are written."""
    found = [report.above(widest) for report in coded]
    kept = [report.above(threshold) for report in coded]
    return (
        *_found_figures(found),
        *_share_figures(found),
        *_row_figures(kept),
        *_quiet_figures(kept),
        *_sure(coded, kept),
    )


def _found_figures(kept: Sequence[CodedReport]) -> Iterator[Figure]:
    for name, fits in _FITS.items():
        counts = count_matches(kept, fits)
        yield Figure(name=f"{name} precision", value=counts.precision, cases=counts.found, pinned=False)
        yield Figure(name=f"{name} recall", value=counts.recall, cases=counts.gold, pinned=False)
        yield Figure(name=f"{name} F1", value=counts.f1, cases=counts.gold)
        strict = count_matches(kept, of_same_trigger(fits))
        yield Figure(name=f"{name} F1, same trigger", value=strict.f1, cases=counts.gold, pinned=False)


def _share_figures(kept: Sequence[CodedReport]) -> Iterator[Figure]:
    """Status and speaker among events with the right place and category."""
    pairs = [pair for report in kept for pair in match(report.gold, report.found, same_category)]
    status = sum(gold.status == found.status for gold, found in pairs)
    speaker = sum(gold.by == found.by for gold, found in pairs)
    yield Figure(name="status accuracy", value=percent(status, len(pairs)), cases=len(pairs))
    yield Figure(name="by accuracy", value=percent(speaker, len(pairs)), cases=len(pairs))


def _row_figures(kept: Sequence[CodedReport]) -> Iterator[Figure]:
    """Rows that are written by default: right with their actors, and with the status too."""
    rows, whole = count_matches(kept, same_row), count_matches(kept, same_whole)
    yield Figure(name="row precision", value=rows.precision, cases=rows.found)
    yield Figure(name="row recall", value=rows.recall, cases=rows.gold, pinned=False)
    yield Figure(name="whole row precision", value=whole.precision, cases=whole.found)


def _quiet_figures(kept: Sequence[CodedReport]) -> Iterator[Figure]:
    """Events on stories that tell none."""
    quiet = [report for report in kept if not report.gold]
    sentences = sum(report.sentences for report in quiet)
    if sentences:
        rate = percent(sum(len(report.found) for report in quiet), sentences)
        yield Figure(name="events / 100 no-event sentences", value=rate, cases=sentences, falls=True)


def _sure(coded: Sequence[CodedReport], kept: Sequence[CodedReport]) -> Iterator[Figure]:
    for name, reports in (("written", kept), ("all", coded)):
        rows = judged_rows(reports)
        error = 100 * calibration_error([sure for sure, _ in rows], [good for _, good in rows])
        yield Figure(name=f"calibration error, {name} rows", value=error, cases=len(rows), falls=True)


def judged_rows(reports: Iterable[CodedReport]) -> list[tuple[float, bool]]:
    """Confidence of each row, and whether category and actors are right."""
    return [
        (row.confidence, good)
        for report in reports
        for row, good in zip(report.found, judge(report.gold, report.found, same_row), strict=True)
    ]


def reliability(reports: Iterable[CodedReport]) -> tuple[Bin, ...]:
    """Confidence beside the share of right rows, in ten ranges."""
    rows = judged_rows(reports)
    return calibration_bins([sure for sure, _ in rows], [good for _, good in rows])


def tabulate_thresholds(
    coded: Sequence[CodedReport], thresholds: Sequence[float] = THRESHOLDS
) -> tuple[ThresholdRow, ...]:
    """Precision and recall of rows (category, source, target) and of categories over thresholds."""
    rows = []
    for threshold in thresholds:
        kept = [report.above(threshold) for report in coded]
        row = count_matches(kept, same_row)
        rows.append(
            ThresholdRow(threshold=threshold, rows=row.found, row=row, category=count_matches(kept, same_category))
        )
    return tuple(rows)


def count_confusions(coded: Iterable[CodedReport], threshold: float) -> tuple[Confusion, ...]:
    """Errors by category, the most frequent first: coded as another, missed (`found` None), invented (`gold` None)."""
    times: Counter[tuple[str | None, str | None]] = Counter()
    for report in coded:
        kept = report.above(threshold)
        pairs = match(kept.gold, kept.found, same_place)
        times.update((gold.category, found.category) for gold, found in pairs if gold.category != found.category)
        times.update((one.category, None) for one in _left_over(kept.gold, [gold for gold, _ in pairs]))
        times.update((None, one.category) for one in _left_over(kept.found, [found for _, found in pairs]))
    order = sorted(times.items(), key=lambda item: (-item[1], str(item[0])))
    return tuple(Confusion(gold=gold, found=found, times=count) for (gold, found), count in order)


def _left_over(tellings: Sequence[Telling], taken: Sequence[Telling]) -> list[Telling]:
    used = {id(one) for one in taken}
    return [one for one in tellings if id(one) not in used]


def category_counts(coded: Iterable[CodedReport], threshold: float) -> dict[str, Counts]:
    """Gold, found and matched tellings of each category, in alphabetical order."""
    kept = [report.above(threshold) for report in coded]
    pairs = [pair for report in kept for pair in match(report.gold, report.found, same_category)]
    gold = Counter(one.category for report in kept for one in report.gold)
    found = Counter(one.category for report in kept for one in report.found)
    both = Counter(one.category for one, _ in pairs)
    return {name: Counts(gold=gold[name], found=found[name], both=both[name]) for name in sorted(gold | found)}
