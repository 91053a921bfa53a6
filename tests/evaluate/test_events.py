from dataclasses import dataclass, replace

import pytest

from dragoman.evaluate.align import Telling
from dragoman.evaluate.events import (
    CodedReport,
    category_counts,
    code_reports,
    count_confusions,
    event_figures,
    reliability,
    tabulate_thresholds,
)
from dragoman.train.annotation import Report
from dragoman.types.record import Coding
from dragoman.types.text import Document, Span
from make_coder import MadeCoder


def telling(
    start: int, category: str = "AID", confidence: float = 1.0, actors: str = "peru", status: str = "asserted"
) -> Telling:
    return Telling(
        trigger=Span(start, start + 5),
        category=category,
        source=frozenset({actors}),
        target=frozenset(),
        status=status,
        by="report",
        confidence=confidence,
    )  # fmt: skip


def coded(gold: list[Telling], found: list[Telling]) -> CodedReport:
    return CodedReport(id="r", sentences=10, text="", gold=tuple(gold), found=tuple(found))


REPORTS = [
    coded(
        [telling(0), telling(10), telling(20), telling(30)],
        [
            telling(0, confidence=0.9),
            telling(10, confidence=0.8, actors="oman"),
            telling(20, "REJECT", confidence=0.7),
            telling(50, confidence=0.2),
        ],
    ),
    coded([], [telling(0, "ASSAULT", confidence=0.6)]),
]


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return {figure.name: round(figure.value, 2) for figure in event_figures(REPORTS, threshold=0.5, widest=0.5)}


def test_triggers_count_whatever_their_category(figures: dict[str, float]) -> None:
    assert (figures["trigger precision"], figures["trigger recall"]) == (75.0, 75.0)


def test_category_and_actors_are_stricter(figures: dict[str, float]) -> None:
    assert (figures["category F1"], figures["actors F1"]) == (50.0, 25.0)


def test_finding_is_judged_at_the_widest_threshold_and_rows_at_the_default() -> None:
    wide = {figure.name: figure for figure in event_figures(REPORTS, threshold=0.85, widest=0.1)}
    assert (wide["trigger recall"].value, wide["trigger precision"].cases) == (75.0, 5)
    assert (wide["row precision"].value, wide["row precision"].cases) == (100.0, 1)
    assert wide["events / 100 no-event sentences"].value == 0.0


def test_events_on_stories_without_any_are_a_rate(figures: dict[str, float]) -> None:
    assert figures["events / 100 no-event sentences"] == 10.0


def test_status_is_judged_on_events_of_the_right_category() -> None:
    report = coded([telling(0), telling(10)], [telling(0, status="planned"), telling(10)])
    status = next(
        figure for figure in event_figures([report], threshold=0.5, widest=0.5) if figure.name == "status accuracy"
    )
    assert (status.value, status.cases) == (50.0, 2)


def test_higher_thresholds_write_fewer_rows() -> None:
    low, high = tabulate_thresholds(REPORTS, (0.1, 0.85))
    assert (low.rows, low.row.both) == (5, 1)
    assert (high.rows, high.row.precision, high.row.recall) == (1, 100.0, 25.0)


def test_errors_are_counted_as_wrong_missed_and_invented() -> None:
    found = {(one.gold, one.found): one.times for one in count_confusions(REPORTS, 0.5)}
    assert found == {("AID", "REJECT"): 1, ("AID", None): 1, (None, "ASSAULT"): 1}


def test_most_frequent_error_comes_first() -> None:
    report = coded([telling(0), telling(10), telling(20)], [telling(0, "REJECT")])
    assert [one.times for one in count_confusions([report], 0.5)] == [2, 1]


def test_categories_are_counted_apart() -> None:
    counts = category_counts(REPORTS, 0.5)
    assert (counts["AID"].gold, counts["AID"].found, counts["AID"].both) == (4, 2, 2)
    assert (counts["ASSAULT"].gold, counts["ASSAULT"].found) == (0, 1)


def test_reliability_sets_confidence_beside_the_share_right() -> None:
    assert [(one.rows, one.right) for one in reliability(REPORTS)] == [(1, 0.0), (1, 0.0), (1, 0.0), (1, 0.0), (1, 1.0)]


@dataclass(frozen=True, kw_only=True)
class Calibration:
    threshold: float


@dataclass(frozen=True, kw_only=True)
class ThresholdCoder:
    """The made coder behind a threshold."""

    calibration: Calibration

    def __call__(self, document: Document) -> Coding:
        coding = next(MadeCoder().code_many([document]))
        kept = [one for one in coding.records if one.confidence >= self.calibration.threshold]
        return replace(coding, records=tuple(kept))


def test_reports_are_coded_with_rows_of_any_confidence() -> None:
    text = "Doubtful visited Oman."
    report = Report(
        id="r", origin="own", part="p", split="dev", style=None, published=None, text=text,
        sentences=(Span(0, len(text)),), headline=False,
    )  # fmt: skip
    coder = ThresholdCoder(calibration=Calibration(threshold=0.5))
    (one,) = code_reports(coder, [report])  # type: ignore[arg-type]
    assert [row.confidence for row in one.found] == [0.3]
    assert one.above(0.5).found == ()
