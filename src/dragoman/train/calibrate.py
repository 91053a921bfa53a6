"""Fit the confidence of a row on the development split: when is a row right, and where to cut by default."""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dragoman.coder import Coder
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.confidence import SIGNALS, Calibration
from dragoman.evaluate.align import Telling, content_words, gold_tellings, judge, same_row
from dragoman.train.annotation import Report
from dragoman.train.corpus import load_reports
from dragoman.types.text import Document, cover

if TYPE_CHECKING:
    from dragoman.train.run import Paths

_log = logging.getLogger(__name__)
# Share of rows with category, source and target right that the default threshold asks for on the development reports.
# The project wants 0.8; there this model would write one event in twelve.
WANTED_PRECISION = 0.7


def run_calibration(paths: "Paths", *, prior: float = 0.02) -> Calibration:
    """Write `calibration.json` into the model folder from what the model says of the development reports."""
    reports = [r for r in load_reports(paths.corpus, paths.data / "news") if r.split == "dev"]
    # An earlier calibration may have weighed other signals.
    (paths.out / "calibration.json").unlink(missing_ok=True)
    coder = open_everything(paths.out)
    rows = [row for report in reports for row in judge_rows(coder, report)]
    signals = np.array([row[0] for row in rows])
    right = np.array([row[1] for row in rows], float)
    weights = fit_logistic(signals, right, prior)
    fitted = Calibration(weights=tuple(weights[1:].tolist()), constant=float(weights[0]), threshold=0.5, widest=0.5)
    confidence = np.array([fitted.of(row) for row in signals.tolist()])
    gold = sum(1 for report in reports for event in report.events if event.trigger is not None)
    fitted = replace(
        fitted, threshold=precise_threshold(confidence, right), widest=best_threshold(confidence, right, gold)
    )
    stored = {
        "weights": {name: round(weight, 4) for name, weight in zip(SIGNALS, fitted.weights, strict=True)},
        "constant": round(fitted.constant, 4),
        "threshold": round(fitted.threshold, 2),
        "widest": round(fitted.widest, 2),
    }
    (paths.out / "calibration.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    _log.info("calibrated on %d rows, %.1f %% right, threshold %.2f", len(rows), 100 * right.mean(), fitted.threshold)
    return fitted


def open_everything(folder: Path) -> Coder:
    """A coder that writes every row that it can think of."""
    return Coder.open(model=folder, threshold=0.0)


def judge_rows(coder: Coder, report: Report) -> list[tuple[tuple[float, ...], bool]]:
    """For each row that the coder writes for a report: its signals, and whether the annotation has the same row."""
    parsed = coder.parse(Document(id=report.id, text=report.text, origin="corpus"))
    limit = report.sentences[-1].end if report.sentences else len(report.text)
    rows = [
        event
        for coded in coder.code_sentences(parsed)
        for event in coded.events
        if event.signals is not None and event.trigger.end <= limit
    ]
    return [(event.signals or (), good) for event, good in zip(rows, match_rows(rows, report), strict=True)]


def match_rows(rows: Sequence[ChosenEvent], report: Report) -> tuple[bool, ...]:
    """Whether each row has a marked event with the same place, category and actors; each mark serves once."""
    return judge(gold_tellings(report), [_telling(row, report.text) for row in rows], same_row)


def _telling(row: ChosenEvent, text: str) -> Telling:
    return Telling(
        trigger=row.trigger,
        category=row.category,
        source=content_words(span.of(text) for span in row.sources),
        target=content_words(span.of(text) for span in row.targets),
        status=row.status.value,
        by=row.by.value,
        confidence=row.confidence,
        quote=cover(row.trigger, *row.sources, *row.targets),
    )


def fit_logistic(signals: NDArray[np.float64], right: NDArray[np.float64], prior: float) -> NDArray[np.float64]:
    """Weights (constant first) of a logistic regression by Newton steps; `prior` shrinks all but the constant."""
    design = np.concatenate([np.ones((len(signals), 1)), signals], 1)
    weights = np.zeros(design.shape[1])
    shrink = np.full(len(weights), prior * len(signals) / 100.0)
    shrink[0] = 1e-6
    for _ in range(50):
        share = 1.0 / (1.0 + np.exp(-(design @ weights)))
        slope = design.T @ (right - share) - shrink * weights
        curve = (design * (share * (1.0 - share))[:, None]).T @ design + np.diag(shrink)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def best_threshold(confidence: NDArray[np.float64], right: NDArray[np.float64], gold: int) -> float:
    """The threshold with the best F1 of right rows, in steps of 0.01; never under 0.15."""
    best, best_score = 0.5, -1.0
    for threshold in np.arange(0.15, 0.9, 0.01):
        kept = confidence >= threshold
        score = 2.0 * right[kept].sum() / (kept.sum() + gold)
        if score > best_score:
            best, best_score = float(threshold), float(score)
    return best


def precise_threshold(
    confidence: NDArray[np.float64], right: NDArray[np.float64], *, wanted: float = WANTED_PRECISION
) -> float:
    """The lowest threshold, in steps of 0.01, at which a share `wanted` of the rows is right; 0.9 where none is."""
    for threshold in np.arange(0.15, 0.9, 0.01):
        kept = confidence >= threshold
        if kept.any() and right[kept].mean() >= wanted:
            return float(threshold)
    return 0.9
