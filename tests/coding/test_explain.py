import make
from dragoman.coding.choose import choose_event, tabulate_codes
from dragoman.coding.codebook import load_codebook
from dragoman.coding.explain import explain_events, explain_mentions, explain_rules, explain_weak, tree_lines
from dragoman.coding.triggers import Refusal, find_triggers
from dragoman.types.actor import ActorLink
from dragoman.types.text import Span
from fake_model import LABELS, make_trigger

PLOVER = load_codebook("plover")
PARSED = make.parsed("""
Kenya Kenya PROPN NNP 2 nsubj Location
attacked attack VERB VBD 0 root
Chad Chad PROPN NNP 2 obj Location
on on ADP IN 5 case
Monday Monday PROPN NNP 2 obl Date
""")
TREE = make.grow_tree(PARSED.sentences[0], PLOVER.known)


def test_tree_has_one_line_a_word_with_its_governor() -> None:
    lines = [line.split() for line in tree_lines(TREE)]
    assert lines[0] == ["1", "Kenya", "kenya", "PROPN", "nsubj", "attacked", "(2)"]
    assert lines[1][-2:] == ["root", "-"]
    assert len(lines) == 5


def test_mentions_that_can_be_actors_are_linked() -> None:
    def link(span: Span) -> ActorLink:
        return ActorLink(text="linked", span=span)

    found = explain_mentions(TREE, PARSED.document.text, link)
    assert [(m.text, m.kind, m.link is not None) for m in found] == [
        ("Kenya", "Location", True),
        ("Chad", "Location", True),
        ("Monday", "Date", False),
    ]


def test_written_event_shows_its_record_and_decisions() -> None:
    event = choose_event(TREE, make_trigger(5), LABELS, tabulate_codes(LABELS, PLOVER), PLOVER)
    (shown,) = explain_events(TREE, (event,), lambda chosen: f"ev_{chosen.category}")
    assert (shown.text, shown.lemma, shown.record, shown.refusals) == ("attacked", "attack", "ev_ASSAULT", ())
    assert shown.decisions == event.decisions


def test_weak_trigger_shows_how_far_it_fell_short() -> None:
    (shown,) = explain_weak(TREE, (make_trigger(5, probability=0.4),), LABELS, 0.5)
    assert shown.record is None
    (refusal,) = shown.refusals
    assert (refusal.value, refusal.reason) == ("ASSAULT", "confidence 0.32 is under the threshold 0.50")


def test_phrase_that_fits_where_nothing_was_written_is_shown() -> None:
    candidates = find_triggers(TREE, PLOVER).candidates
    (shown,) = explain_rules(TREE, candidates, (), frozenset())
    assert (shown.text, shown.refusals[0].value) == ("attacked", "ASSAULT")
    assert "the model sees no event here" in shown.refusals[0].reason


def test_phrase_at_a_written_event_is_not_repeated() -> None:
    assert list(explain_rules(TREE, find_triggers(TREE, PLOVER).candidates, (), frozenset({1}))) == []


def test_refusal_keeps_its_reason() -> None:
    refusal = Refusal(index=4, category="PROTEST", rule="made-1", reason="a day is no protest")
    (shown,) = explain_rules(TREE, (), (refusal,), frozenset({4}))
    assert (shown.text, shown.refusals[0].by, shown.refusals[0].reason) == (
        "Monday",
        "rule made-1",
        "a day is no protest",
    )
