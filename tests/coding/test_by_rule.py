from dataclasses import replace

import pytest

import make
from dragoman.coding.by_rule import choose_by_rule, prefer_rule
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import load_codebook
from dragoman.coding.triggers import TriggerCandidate, find_triggers
from dragoman.language.tree import Tree, grow_tree
from dragoman.types.record import AttributedTo, Status

PLOVER = load_codebook("plover")
ATTACKED = """
Rebels rebel NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
Chad Chad PROPN NNP 2 obj Location
"""
SAID = """
Wekesa Wekesa PROPN NNP 2 nsubj Person
said say VERB VBD 0 root
rebels rebel NOUN NNS 4 nsubj
attacked attack VERB VBD 2 ccomp
Chad Chad PROPN NNP 4 obj Location
"""
PROMISED = """
Chad Chad PROPN NNP 2 nsubj Location
promised promise VERB VBD 0 root
to to PART TO 4 mark
help help VERB VB 2 xcomp
Mali Mali PROPN NNP 4 obj Location
"""


def found(text: str, word: str) -> tuple[Tree, TriggerCandidate, str]:
    parsed = make.parsed(text)
    tree = grow_tree(parsed.sentences[0], PLOVER.known)
    candidate = next(c for c in find_triggers(tree, PLOVER).candidates if tree.token(c.index).text == word)
    return tree, candidate, parsed.document.text


def choose(text: str, word: str) -> tuple[ChosenEvent, str]:
    tree, candidate, written = found(text, word)
    event = choose_by_rule(tree, candidate, PLOVER, year=2024)
    assert event is not None
    return event, written


def test_rule_gives_codes_and_spans() -> None:
    event, text = choose(ATTACKED, "attacked")
    assert (event.category, event.status, event.by) == ("ASSAULT", Status.ASSERTED, AttributedTo.REPORT)
    assert event.trigger.of(text) == "attacked"
    assert [span.of(text) for span in event.sources] == ["Rebels"]
    assert [span.of(text) for span in event.targets] == ["Chad"]


def test_rule_decides_without_signals() -> None:
    event, _ = choose(ATTACKED, "attacked")
    assert event.signals is None
    assert {decision.field for decision in event.decisions} >= {"trigger", "category", "cameo", "status", "attribution"}


def test_speaker_and_cue_are_found() -> None:
    event, text = choose(SAID, "attacked")
    assert event.by is AttributedTo.NAMED
    assert event.speaker is not None
    assert event.cue is not None
    assert (event.speaker.of(text), event.cue.of(text)) == ("Wekesa", "said")


def test_own_promise_is_the_reports_and_a_pledge() -> None:
    event, _ = choose(PROMISED, "promised")
    assert (event.category, event.status) == ("AGREE", Status.PLEDGED)
    assert (event.by, event.speaker, event.cue) == (AttributedTo.REPORT, None, None)


def test_act_whose_people_are_not_told_is_no_event() -> None:
    _, candidate, _ = found(ATTACKED, "attacked")
    alone = make.tree("attacked attack VERB VBD 0 root", PLOVER)
    needy = replace(candidate, index=0, rule=replace(candidate.rule, needs="target"), sources=(), targets=())
    assert choose_by_rule(alone, needy, PLOVER, year=None) is None


@pytest.mark.parametrize("filled", [True, False])
def test_users_phrase_wins_codes_and_fills_empty_sides_only(filled: bool) -> None:
    _, candidate, _ = found(ATTACKED, "attacked")
    own, _ = choose(ATTACKED, "attacked")
    model = replace(
        own,
        category="CONSULT",
        mode="visit",
        cameo="042",
        sources=(own.trigger,) if filled else (),
        targets=(),
        confidence=0.2,
    )
    preferred = prefer_rule(model, candidate, own)
    assert (preferred.category, preferred.cameo) == (candidate.category, candidate.cameo)
    assert preferred.sources == ((own.trigger,) if filled else own.sources)
    assert preferred.targets == own.targets
    assert preferred.confidence == candidate.confidence
    assert [d.value for d in preferred.decisions if d.field == "category"] == [candidate.category]


def test_users_phrase_without_people_keeps_the_models() -> None:
    _, candidate, _ = found(ATTACKED, "attacked")
    own, _ = choose(ATTACKED, "attacked")
    preferred = prefer_rule(replace(own, confidence=0.99), candidate, None)
    assert (preferred.sources, preferred.targets, preferred.confidence) == (own.sources, own.targets, 0.99)
