from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dragoman.actors.kb import open_kb
from dragoman.coder import Coder
from dragoman.coding.choose import tabulate_codes
from dragoman.coding.codebook import load_codebook
from dragoman.coding.confidence import SIGNALS, Calibration
from dragoman.coding.gazetteer import Gazetteer
from dragoman.coding.story import StoryWords
from dragoman.errors import InputError, ResourceError
from dragoman.ingest import read
from dragoman.types.record import Claim, Coding, Event, Status
from dragoman.types.text import Document, Furniture, Span
from fake_model import LABELS, make_parser
from make_learned import learned

EXAMPLES = Path(__file__).parents[1] / "examples"
TEXT = "Kenya attacked Chad. Wekesa visited Mali."
# Trigger and category alone: "attacked" gets more than 0.99, "maybe" about 0.9.
WEIGHTS = tuple(0.5 if name in ("trigger", "category") else 0.0 for name in SIGNALS)


@cache
def fake(engine: str = "model", threshold: float = 0.95) -> Coder:
    """A coder over the look-up model, with the shipped codebook and knowledge base."""
    book = load_codebook("plover")
    return Coder(
        parser=make_parser(),
        codebook=book,
        kb=open_kb(),
        gazetteer=Gazetteer.open(),
        table=tabulate_codes(LABELS, book),
        calibration=Calibration(weights=WEIGHTS, constant=0.0, threshold=threshold, widest=threshold),
        engine=engine,
    )


def document(text: str, number: int = 0) -> Document:
    return Document(id=f"d{number}", text=text, origin="test", language="en")


def events(coding: Coding) -> list[Event]:
    return [record for record in coding.records if isinstance(record, Event)]


def told(coding: Coding) -> list[tuple[str, str, str]]:
    """Category, trigger and status of each event."""
    return [(event.category, event.trigger_text, event.status.value) for event in events(coding)]


def line(coding: Coding) -> str:
    return repr(coding)


def test_events_of_all_sentences_come_in_text_order() -> None:
    assert [row[:2] for row in told(fake()(document(TEXT)))] == [("ASSAULT", "attacked"), ("CONSULT", "visited")]


def test_actors_of_an_event_are_known_states() -> None:
    first = events(fake()(document(TEXT)))[0]
    assert [link.country for link in (*first.sources, *first.targets)] == ["KEN", "TCD"]


def test_record_points_into_the_text() -> None:
    for event in events(fake()(document(TEXT))):
        assert event.trigger.of(TEXT) == event.trigger_text
        assert all(span.of(TEXT) for span in event.evidence)


def test_weak_trigger_is_not_written() -> None:
    assert told(fake()(document("Troops maybe."))) == []
    assert told(fake(threshold=0.15)(document("Troops maybe."))) != []


def test_words_less_likely_than_the_threshold_are_passed_over_unless_asked_for() -> None:
    coder = fake()
    parsed = coder.parse(document("Troops maybe."))
    assert [s.weak for s in coder.code_sentences(parsed)] == [()]
    assert [len(s.weak) for s in coder.code_sentences(parsed, thorough=True)] == [1]


def test_events_of_a_quiet_story_are_less_sure() -> None:
    quiet = StoryWords(weights={"tea": -5.0, "war": 5.0}, constant=0.0)
    weights = tuple(-2.0 if name == "quiet_story" else weight for name, weight in zip(SIGNALS, WEIGHTS, strict=True))
    plain = fake(threshold=0.15)
    coder = replace(plain, story_words=quiet, calibration=replace(plain.calibration, weights=weights))
    (_, tea), (_, war) = (events(coder(document(f"{TEXT} All was {word}."))) for word in ("tea", "war"))
    assert tea.confidence < war.confidence


def test_furniture_is_not_coded_and_is_an_issue() -> None:
    marked = replace(document(TEXT), furniture=(Furniture(span=Span(0, 20), reason="made"),))
    coding = fake()(marked)
    assert [event.sentence for event in events(coding)] == [1]
    assert [issue.span for issue in coding.issues if issue.code == "furniture"] == [Span(0, 20)]


def test_missing_date_is_an_issue() -> None:
    assert "no_date" in {issue.code for issue in fake()(document(TEXT)).issues}


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "\u200b"])
def test_text_without_words_has_no_records(text: str) -> None:
    coding = fake()(document(text))
    assert coding.records == ()
    assert "empty" in {issue.code for issue in coding.issues}


def test_coding_does_not_depend_on_the_documents_beside_it() -> None:
    documents = [document(TEXT, 1), document("Mali attacked Kenya.", 2), document("", 3)]
    together = list(fake().code_many(documents))
    assert together == [fake()(one) for one in reversed(documents)][::-1]


def test_one_coding_for_each_document_in_order() -> None:
    assert [coding.document for coding in fake().code_many([document(TEXT, n) for n in (3, 1, 2)])] == [
        "d3",
        "d1",
        "d2",
    ]


def test_provenance_names_codebook_model_and_knowledge_base() -> None:
    provenance = fake()(document(TEXT)).provenance
    assert provenance == fake().provenance
    assert provenance.model == "fake-1"
    assert provenance.codebook.startswith("plover-")


def test_learned_layer_is_named_by_the_provenance() -> None:
    coder = replace(fake(), learned=learned(version="ab12"))
    assert coder(document(TEXT)).provenance.model == "fake-1+learned.ab12"


def test_learned_cue_lowers_the_confidence_below_the_threshold() -> None:
    layer = learned(cues={"word:attack": -9.0})
    assert [row[1] for row in told(replace(fake(), learned=layer)(document(TEXT)))] == ["visited"]


def test_learned_category_brings_its_own_code_and_says_why() -> None:
    layer = learned(categories={"word:attack": {"CONSULT": 30.0}})
    event = events(replace(fake(threshold=0.0), learned=layer)(document(TEXT)))[0]
    assert (event.category, event.cameo[:2], event.quad) == ("CONSULT", "04", "verbal_cooperation")
    assert "said ASSAULT; CONSULT by what was learned from verdicts" in event.reason


def test_sightings_are_the_words_that_may_tell_an_event() -> None:
    found = list(fake().find_sightings(fake().parse(document(TEXT + " Troops maybe."))))
    words = [one.tree.token(one.trigger.token).text for one in found]
    assert words == ["attacked", "visited", "maybe"]
    assert [fake().choose(one).category for one in found[:2]] == ["ASSAULT", "CONSULT"]


def test_rules_alone_need_no_states() -> None:
    assert ("ASSAULT", "attacked") in [row[:2] for row in told(fake("rules")(document(TEXT)))]
    assert fake("rules").parse(document(TEXT)).sentences[0].states is None


def test_same_words_are_parsed_anew() -> None:
    parsed = fake().parse(document(TEXT))
    blank = replace(
        parsed,
        sentences=tuple(
            replace(s, mentions=(), tokens=tuple(replace(t, upos="X", deprel="dep") for t in s.tokens))
            for s in parsed.sentences
        ),
    )
    assert fake().parse_tokens(blank) == parsed


def test_explanation_shows_the_record_that_is_written() -> None:
    shown = fake().explain(document(TEXT), 0)
    written = events(fake()(document(TEXT)))[0]
    assert [trigger.record for trigger in shown.triggers if trigger.record] == [written.id]
    assert shown.text == "Kenya attacked Chad."
    assert len(shown.tree) == 4
    assert [mention.link.country for mention in shown.mentions if mention.link] == ["KEN", "TCD"]


def test_explanation_shows_what_was_too_weak() -> None:
    (shown,) = (t for t in fake().explain(document("Troops maybe."), 0).triggers if t.text == "maybe")
    assert shown.record is None
    assert "under the threshold" in shown.refusals[0].reason


@pytest.mark.parametrize("number", [-1, 2, 99])
def test_explanation_of_a_sentence_that_is_not_there(number: int) -> None:
    with pytest.raises(InputError, match=rf"sentence {number} asked for, but the text has 2 sentences; .*0 to 1"):
        fake().explain(document(TEXT), number)


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(InputError, match="engine 'guess': expected one of model, rules"):
        Coder.open(engine="guess")


def test_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"missing core\.onnx"):
        Coder.open(model=tmp_path)


@cache
def real() -> Coder:
    return Coder.open()


def example(name: str) -> Document:
    (one,) = read(EXAMPLES / f"{name}.txt")
    assert isinstance(one, Document)
    return one


@pytest.mark.model
def test_layer_for_another_model_is_not_used_and_said(caplog: pytest.LogCaptureFixture) -> None:
    coder = Coder.open(learned=learned(version="ab12", model="older"))
    assert (coder.learned, coder.calibration) == (None, real().calibration)
    assert "ab12 was learned over model older" in caplog.text


@pytest.mark.model
def test_layer_brings_its_thresholds_and_a_given_one_wins() -> None:
    layer = learned(model=real().model.version)
    assert Coder.open(learned=layer).calibration == layer.calibration
    assert Coder.open(learned=layer, threshold=0.7).calibration.threshold == 0.7


@pytest.mark.model
def test_model_codes_the_visit() -> None:
    found = events(real()(example("visit")))
    visits = [event for event in found if event.category == "CONSULT" and event.sentence <= 1]
    assert visits
    actors = [link.country for event in visits for link in (*event.sources, *event.targets)]
    assert {"KAZ", "ARM"} <= set(actors)
    assert all(event.status is Status.ASSERTED for event in visits if event.mode == "visit")


@pytest.mark.model
def test_model_sees_that_the_joint_statement_was_signed() -> None:
    found = [event for event in events(real()(example("visit"))) if event.trigger_text.startswith("sign")]
    assert found
    assert {event.category for event in found} <= {"AGREE", "COOPERATE", "SUPPORT"}


@pytest.mark.model
def test_model_finds_no_event_in_a_football_report() -> None:
    assert told(real()(example("football"))) == []


@pytest.mark.model
def test_model_gives_the_same_bytes_twice() -> None:
    assert line(real()(example("visit"))) == line(real()(example("visit")))


@pytest.mark.model
def test_model_gives_the_same_bytes_whatever_is_coded_beside_it() -> None:
    names = ("visit", "clash", "football", "protest")
    together = [line(coding) for coding in real().code_many([example(name) for name in names])]
    assert together == [line(real()(example(name))) for name in names]


@pytest.mark.model
def test_model_gives_the_same_bytes_with_two_threads() -> None:
    assert line(Coder.open(threads=2)(example("clash"))) == line(real()(example("clash")))


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "\x00", "\x00\x00 troops \x00 attacked", "\ufeff", "?!", "🙂" * 50, "a" * 5000])
def test_model_survives_odd_texts(text: str) -> None:
    coding = real()(document(text))
    assert all(0 <= event.trigger.start < event.trigger.end <= len(text) for event in events(coding))


@pytest.mark.model
@pytest.mark.slow
def test_model_reads_a_sentence_that_never_ends() -> None:
    text = "the troops of Kenya and the rebels of Chad , " * 2223
    parsed = real().parse(document(text[:100_000]))
    assert max(len(sentence.tokens) for sentence in parsed.sentences) <= 401
    assert parsed.sentences[-1].span.end == len(text[:100_000].rstrip())
    assert real().code_parsed(parsed).document == "d0"


@pytest.mark.model
def test_speaker_is_known_by_the_place_that_belongs_to_the_words() -> None:
    text = (
        "Armenia's prime minister received the guest from Astana on Monday. "
        "However, opposition voices in Kazakhstan have raised concerns about the motives of the trip to Armenia."
    )
    coding = Coder.open()(document(text))
    links = [c.attribution.speaker for c in coding.records if isinstance(c, Claim)]
    links += [source for event in events(coding) for source in event.sources]
    assert {link.country for link in links if link is not None and "opposition" in link.text} == {"KAZ"}
