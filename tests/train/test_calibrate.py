import numpy as np
import pytest

from dragoman.coding.choose import ChosenEvent
from dragoman.train.annotation import ActorMark, EventMark, Report
from dragoman.train.calibrate import best_threshold, fit_logistic, match_rows, precise_threshold
from dragoman.types.record import AttributedTo, Status
from dragoman.types.text import Span

CONFIDENCE = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2])
RIGHT = np.array([1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0])


def test_weights_give_back_the_odds_of_two_groups() -> None:
    signals = np.array([[0.0]] * 100 + [[1.0]] * 100)
    right = np.array([1.0] * 20 + [0.0] * 80 + [1.0] * 70 + [0.0] * 30)
    constant, weight = fit_logistic(signals, right, 0.0)
    assert 1 / (1 + np.exp(-constant)) == pytest.approx(0.2)
    assert 1 / (1 + np.exp(-constant - weight)) == pytest.approx(0.7)


def test_prior_shrinks_weights_but_not_the_constant() -> None:
    signals = np.array([[0.0]] * 100 + [[1.0]] * 100)
    right = np.array([1.0] * 20 + [0.0] * 80 + [1.0] * 70 + [0.0] * 30)
    free, shrunk = fit_logistic(signals, right, 0.0), fit_logistic(signals, right, 50.0)
    assert 0 < shrunk[1] < free[1]
    assert (1 / (1 + np.exp(-shrunk[0] - shrunk[1] * signals[:, 0]))).sum() == pytest.approx(right.sum(), rel=1e-6)


def test_best_threshold_balances_precision_and_recall() -> None:
    assert 0.4 < best_threshold(CONFIDENCE, RIGHT, gold=4) <= 0.5


def test_best_threshold_falls_when_much_is_missed() -> None:
    assert best_threshold(CONFIDENCE, np.ones(8), gold=40) == pytest.approx(0.15)


@pytest.mark.parametrize(("wanted", "lowest", "highest"), [(1.0, 0.6, 0.7), (0.75, 0.4, 0.5), (0.1, 0.15, 0.15)])
def test_precise_threshold_is_the_lowest_that_gives_the_share(wanted: float, lowest: float, highest: float) -> None:
    found = precise_threshold(CONFIDENCE, RIGHT, wanted=wanted)
    assert lowest <= round(found, 2) <= highest


def test_share_that_is_never_reached_leaves_the_surest_rows() -> None:
    assert precise_threshold(CONFIDENCE, np.zeros(8), wanted=0.5) == 0.9


TEXT = "Peru reached an agreement with Chile."


def row(start: int, end: int, confidence: float, category: str = "AGREE") -> ChosenEvent:
    return ChosenEvent(
        sentence=0, token=1, trigger=Span(start, end), category=category, mode=None, cameo="030", sources=(Span(0, 4),),
        targets=(Span(31, 36),), reciprocal=False, status=Status.PLEDGED, by=AttributedTo.REPORT, speaker=None,
        cue=None, time=None, place=None, confidence=confidence, decisions=(),
    )  # fmt: skip


def marked() -> Report:
    mark = EventMark(
        sentence=0, trigger=Span(16, 25), trigger_text="agreement", category="AGREE", mode=None, cameo="030",
        sources=(ActorMark(text="Peru", span=Span(0, 4)),), targets=(ActorMark(text="Chile", span=Span(31, 36)),),
        reciprocal=False, status="pledged", by="report",
    )  # fmt: skip
    return Report(
        id="r", origin="own", part="p", split="dev", style=None, published=None, text=TEXT, sentences=None,
        headline=False, events=(mark,),
    )  # fmt: skip


def test_a_row_at_the_light_verb_of_a_marked_noun_is_right_once() -> None:
    assert match_rows([row(5, 12, 0.9), row(16, 25, 0.2)], marked()) == (False, True)
    assert match_rows([row(5, 12, 0.9)], marked()) == (True,)
    assert match_rows([row(16, 25, 0.9, "SUPPORT")], marked()) == (False,)
