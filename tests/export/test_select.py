from dataclasses import replace

import make_export
from dragoman.export.columns import Entry
from dragoman.export.pairs import list_pairs
from dragoman.export.quotes import cut, quote_spans
from dragoman.export.select import choose_telling, number_id
from dragoman.types.record import Event
from dragoman.types.text import Span


def entry(event: Event) -> Entry[Event]:
    coded = make_export.first()
    return Entry(record=event, document=coded.document, provenance=coded.coding.provenance, cluster="c")


def test_telling_with_more_slots_stands_for_the_happening() -> None:
    placed, bare = make_export.events(make_export.first())[0], make_export.events(make_export.second())[0]
    surer = replace(bare, confidence=1.0)
    assert choose_telling([entry(surer), entry(placed)]).record == placed
    assert choose_telling([entry(placed), entry(surer)]).record == placed


def test_among_equal_tellings_the_surest_stands() -> None:
    event = make_export.events(make_export.first())[0]
    surer = replace(event, id="ev_z", confidence=0.95)
    assert choose_telling([entry(event), entry(surer)]).record == surer


def test_pairs_of_a_joint_act_go_both_ways() -> None:
    (event,) = make_export.events(make_export.third())
    pairs = [(one.text, other.text) for one, other in list_pairs(event) if one and other]
    assert pairs == [("Sona", "Georgia"), ("Georgia", "Sona")]


def test_pair_without_a_target_is_open() -> None:
    event = replace(make_export.events(make_export.first())[0], targets=())
    assert [(one.text if one else None, other) for one, other in list_pairs(event)] == [("Arman", None)]


def test_numbers_made_from_ids_do_not_change() -> None:
    assert number_id("a", "b") == number_id("a", "b") != number_id("ab", "")
    assert number_id("a") < 2**53


def test_long_quote_is_cut_at_a_word() -> None:
    assert cut("one two three", 9) == "one two…"
    assert cut("onetwothree", 5) == "onet…"


def test_quote_has_dots_between_far_spans() -> None:
    assert quote_spans((Span(8, 13), Span(0, 3)), "one two three") == "one … three"
