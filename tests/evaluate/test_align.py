from dataclasses import replace

import pytest

from dragoman.evaluate.align import (
    Telling,
    found_tellings,
    gold_tellings,
    judge,
    match,
    of_same_trigger,
    pair_off,
    same_actors,
    same_category,
    same_place,
    same_row,
    same_trigger,
    same_whole,
)
from dragoman.train.annotation import ActorMark, EventMark, Report
from dragoman.types.record import Coding
from dragoman.types.text import Document, Span
from make_coder import MadeCoder


def telling(start: int = 0, **changes: object) -> Telling:
    made = Telling(
        trigger=Span(start, start + 5),
        category="CONSULT",
        source=frozenset({"peru"}),
        target=frozenset({"chile"}),
        status="asserted",
        by="report",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def mark(category: str, trigger: Span | None) -> EventMark:
    return EventMark(
        sentence=0,
        trigger=trigger,
        trigger_text="met",
        category=category,
        mode=None,
        cameo="040",
        sources=(ActorMark(text="The envoy of Peru", span=None),),
        targets=(),
        reciprocal=False,
        status="asserted",
        by="report",
    )


def report(*events: EventMark) -> Report:
    return Report(
        id="r", origin="own", part="p", split="dev", style=None, published=None, text="x", sentences=None,
        headline=False, events=events,
    )  # fmt: skip


def test_gold_leaves_out_statements_and_triggers_without_a_place() -> None:
    events = (mark("STATEMENT", Span(0, 3)), mark("CONSULT", None), mark("CONSULT", Span(0, 3)))
    (only,) = gold_tellings(report(*events))
    assert only.source == {"envoy", "peru"}


@pytest.fixture
def coding() -> Coding:
    return next(MadeCoder().code_many([Document(id="d", text="Peru visited Chile. Oman visited Iran.", origin="test")]))


def test_found_tellings_hold_words_of_both_sides(coding: Coding) -> None:
    first = found_tellings(coding, limit=100)[0]
    assert (first.source, first.target, first.confidence) == ({"peru"}, {"chile"}, 0.9)


def test_events_past_the_annotated_part_are_not_judged(coding: Coding) -> None:
    assert len(found_tellings(coding, limit=20)) == 1


def test_triggers_that_share_a_character_are_at_one_place() -> None:
    assert same_trigger(telling(0), telling(4))
    assert not same_trigger(telling(0), telling(5))


def test_a_trigger_in_the_quote_of_the_same_category_is_at_its_place() -> None:
    reached, agreement = telling(0, quote=Span(0, 30)), telling(20)
    assert same_place(reached, agreement)
    assert same_place(agreement, reached)
    assert not same_place(reached, telling(20, category="AID"))
    assert not of_same_trigger(same_place)(reached, agreement)


def test_the_quote_of_a_marked_event_holds_its_actors() -> None:
    signed = replace(mark("CONSULT", Span(20, 23)), sources=(ActorMark(text="Peru", span=Span(4, 8)),))
    (only,) = gold_tellings(report(signed))
    assert only.quote == Span(4, 23)


def test_the_quote_of_a_coded_event_holds_its_actors(coding: Coding) -> None:
    assert found_tellings(coding, limit=100)[0].quote == Span(0, 18)


def test_overlapping_triggers_find_each_other_before_quotes_do() -> None:
    wide, narrow = telling(0, quote=Span(0, 30)), telling(20)
    assert match([wide, narrow], [narrow, wide], same_row) == ((wide, wide), (narrow, narrow))
    assert judge([narrow], [replace(wide, confidence=0.9), replace(narrow, confidence=0.3)], same_row) == (False, True)


def test_a_later_rule_pairs_what_the_first_left() -> None:
    same, near = (lambda a, b: a == b), (lambda a, b: abs(a - b) < 3)
    assert pair_off([4, 5, 9], [5, 6, 20], (same, near)) == ((0, 1), (1, 0))


def test_category_needs_the_same_place() -> None:
    assert not same_category(telling(0), telling(9))
    assert not same_category(telling(), telling(category="AID"))


@pytest.mark.parametrize(
    ("source", "target", "same"),
    [
        ("peru", "chile", True),
        ("peru envoy", "chile", True),
        ("peru", "", False),
        ("chile", "peru", True),
        ("oman", "chile", False),
    ],
)
def test_actors_agree_side_by_side_or_as_one_set(source: str, target: str, same: bool) -> None:
    other = telling(source=frozenset(source.split()), target=frozenset(target.split()))
    assert same_actors(telling(), other) is same


def test_two_empty_sides_agree() -> None:
    nobody = telling(source=frozenset(), target=frozenset())
    assert same_actors(nobody, nobody)


def test_whole_row_needs_the_status() -> None:
    assert same_row(telling(), telling(status="planned"))
    assert not same_whole(telling(), telling(status="planned"))


def test_each_found_telling_serves_once() -> None:
    assert len(match([telling(), telling()], [telling()], same_row)) == 1


def test_verdict_goes_to_the_most_confident_row() -> None:
    assert judge([telling()], [telling(confidence=0.3), telling(confidence=0.8)], same_row) == (False, True)
