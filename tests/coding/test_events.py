from dataclasses import replace

import pytest

import make
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import load_codebook
from dragoman.coding.events import Lookups, assemble_event, is_counted
from dragoman.types.actor import ActorLink
from dragoman.types.record import AttributedTo, Decision, Event, Status
from dragoman.types.text import Span

PLOVER = load_codebook("plover")
PARSED = make.parsed("""
Troops troops NOUN NNS 2 nsubj
moved move VERB VBD 0 root

Kenya Kenya PROPN NNP 2 nsubj Location
visited visit VERB VBD 0 root
Chad Chad PROPN NNP 2 obj Location
on on ADP IN 5 case
Monday Monday PROPN NNP 2 obl Date
, , PUNCT , 2 punct
said say VERB VBD 2 parataxis
Wekesa Wekesa PROPN NNP 7 nsubj Person
""")
TEXT = PARSED.document.text
DECIDED = Decision(field="category", value="CONSULT", by="model", confidence=0.91, reason="code head")


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


CHOSEN = ChosenEvent(
    sentence=1,
    token=1,
    trigger=place("visited"),
    category="CONSULT",
    mode="visit",
    cameo="042",
    sources=(place("Kenya"),),
    targets=(place("Chad"),),
    reciprocal=False,
    status=Status.ASSERTED,
    by=AttributedTo.REPORT,
    speaker=None,
    cue=None,
    time=None,
    place=None,
    confidence=0.87654321,
    decisions=(DECIDED,),
)


def find_actor(span: Span) -> tuple[ActorLink, ...]:
    return (ActorLink(text=span.of(TEXT), span=span),)


LOOKUPS = Lookups(actor=find_actor, time=lambda chosen: None, place=lambda chosen: None, place_of=lambda span: None)


def assemble(chosen: ChosenEvent = CHOSEN, lookups: Lookups = LOOKUPS) -> Event:
    return assemble_event(PARSED, chosen, PLOVER, lookups)


def test_scores_and_contexts_come_from_the_codebook() -> None:
    event = assemble()
    assert event.quad == PLOVER.quad_of("CONSULT")
    assert event.goldstein == PLOVER.goldstein_of("042")
    assert event.plover_score == PLOVER.plover_score_of("CONSULT", "visit")
    assert event.contexts == PLOVER.contexts_of_cameo("042")


def test_actors_are_looked_up_by_their_spans() -> None:
    event = assemble()
    assert [link.text for link in event.sources] == ["Kenya"]
    assert [link.text for link in event.targets] == ["Chad"]


def test_span_that_means_several_actors_gives_them_all() -> None:
    two = replace(LOOKUPS, actor=lambda span: find_actor(span) * 2)
    assert len(assemble(lookups=two).sources) == 2


def test_id_is_stable() -> None:
    assert assemble().id == assemble().id == "ev_" + assemble().id[3:]
    assert len(assemble().id) == 19


@pytest.mark.parametrize(
    "other",
    [replace(CHOSEN, category="ASSAULT"), replace(CHOSEN, trigger=place("said"))],
)
def test_another_event_has_another_id(other: ChosenEvent) -> None:
    assert assemble(other).id != assemble().id


@pytest.mark.parametrize(
    "other",
    [replace(CHOSEN, mode=None), replace(CHOSEN, sources=()), replace(CHOSEN, confidence=0.1)],
)
def test_id_does_not_depend_on_what_a_better_model_may_change(other: ChosenEvent) -> None:
    assert assemble(other).id == assemble().id


@pytest.mark.parametrize(
    ("chosen", "evidence"),
    [
        (CHOSEN, "Kenya visited Chad"),
        (replace(CHOSEN, sources=(), targets=()), "visited"),
        (replace(CHOSEN, time=place("Monday")), "Kenya visited Chad on Monday"),
        (replace(CHOSEN, speaker=place("Wekesa")), "Kenya visited Chad on Monday, said Wekesa"),
        (replace(CHOSEN, sources=(place("Troops"),)), "visited Chad"),
    ],
)
def test_evidence_is_the_shortest_stretch_of_the_sentence(chosen: ChosenEvent, evidence: str) -> None:
    assert [span.of(TEXT) for span in assemble(chosen).evidence] == [evidence]


@pytest.mark.parametrize(
    ("category", "status", "counted"),
    [
        ("ASSAULT", Status.ASSERTED, True),
        ("ASSAULT", Status.NEGATED, False),
        ("ASSAULT", Status.PLEDGED, False),
        ("AGREE", Status.PLEDGED, True),
        ("AGREE", Status.SIGNALLED, True),
        ("AGREE", Status.PLANNED, False),
        ("AGREE", Status.BACKGROUND, False),
    ],
)
def test_what_series_count(category: str, status: Status, counted: bool) -> None:
    assert is_counted(category, status) is counted


def test_counting_is_written_on_the_event() -> None:
    assert assemble().counted
    assert not assemble(replace(CHOSEN, status=Status.NEGATED)).counted


def test_report_speaks_for_itself() -> None:
    said = assemble(replace(CHOSEN, speaker=place("Wekesa"), cue=place("said"))).attribution
    assert (said.by, said.speaker, said.cue) == (AttributedTo.REPORT, None, None)


def test_speaker_and_cue_are_written() -> None:
    said = assemble(replace(CHOSEN, by=AttributedTo.NAMED, speaker=place("Wekesa"), cue=place("said"))).attribution
    assert said.speaker is not None
    assert (said.speaker.text, said.cue_text) == ("Wekesa", "said")


def test_unnamed_speaker_is_none() -> None:
    said = assemble(replace(CHOSEN, by=AttributedTo.UNNAMED)).attribution
    assert (said.by, said.speaker, said.cue_text) == (AttributedTo.UNNAMED, None, None)


def test_empty_span_is_still_a_span() -> None:
    asked: list[Span] = []
    lookups = replace(LOOKUPS, actor=lambda span: asked.append(span) or find_actor(span))
    said = assemble(replace(CHOSEN, by=AttributedTo.NAMED, speaker=Span(16, 16), cue=Span(16, 16)), lookups).attribution
    assert Span(16, 16) in asked
    assert said.cue_text == ""


def test_confidence_is_rounded_and_the_reason_names_the_decision() -> None:
    event = assemble()
    assert event.confidence == 0.8765
    assert event.reason == "CONSULT by model: code head (0.91)"


def test_event_without_a_decision_says_so() -> None:
    assert assemble(replace(CHOSEN, decisions=())).reason == "not stated"
