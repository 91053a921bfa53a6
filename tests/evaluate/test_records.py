import pytest

from dragoman.evaluate.records import Row, match_rows, score_rows
from dragoman.types.text import Span


def row(*anchors: Span, values: tuple[tuple[str, str], ...] = (), document: str = "d") -> Row:
    return Row(document=document, kind="position", anchors=tuple((span,) for span in anchors), values=values)


def test_all_anchors_must_meet():
    gold = [row(Span(0, 5), Span(10, 20))]
    assert match_rows([row(Span(2, 4), Span(12, 14))], gold).missed == ()
    assert match_rows([row(Span(2, 4), Span(30, 34))], gold).missed == tuple(gold)


def test_a_found_record_meets_one_expected_record_only():
    outcome = match_rows([row(Span(0, 9))], [row(Span(0, 4)), row(Span(5, 9))])
    assert (len(outcome.met), len(outcome.missed)) == (1, 1)


def test_records_of_other_documents_do_not_meet():
    assert match_rows([row(Span(0, 9), document="e")], [row(Span(0, 9))]).met == ()


def test_figures_of_a_kind_and_of_its_slots():
    gold = [row(Span(0, 5), values=(("stance", "for"),)), row(Span(10, 15), values=(("stance", "for"),))]
    found = [row(Span(0, 5), values=(("stance", "against"),)), row(Span(40, 45), values=(("stance", "for"),))]
    scores = {score.name.strip(): score for score in score_rows(found, gold)}
    assert (scores["position"].precision, scores["position"].recall) == (0.5, 0.5)
    assert scores["position.stance"].right == 0
    assert scores["position"].f1 == pytest.approx(0.5)
    assert scores["claim"].f1 == 0.0
