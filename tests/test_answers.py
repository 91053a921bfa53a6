import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.answers import join_sentences
from dragoman.coder import Coder
from dragoman.language.split import Segmenter
from dragoman.types.predict import (
    ActorsQuery,
    AttributionPrediction,
    AttributionQuery,
    EventsQuery,
    FactualityPrediction,
    FactualityQuery,
    PairsPrediction,
    PairsQuery,
)
from dragoman.types.record import Status
from dragoman.types.text import Span
from test_coder import fake, real


def pair(text: str, source: str, target: str, coder: Coder | None = None) -> PairsPrediction:
    query = PairsQuery(id="q", text=text, source=source, target=target)
    return next((coder or fake()).predict_pairs([query]))


def speaker(text: str, content: str, coder: Coder | None = None) -> AttributionPrediction:
    start = text.index(content)
    query = AttributionQuery(id="q", text=text, content=Span(start, start + len(content)))
    return next((coder or fake()).predict_attribution([query]))


def held(text: str, predicate: str, coder: Coder | None = None) -> FactualityPrediction:
    start = text.index(predicate)
    query = FactualityQuery(id="q", text=text, span=Span(start, start + len(predicate)))
    return next((coder or fake()).predict_factuality([query]))


def test_events_are_flat_rows() -> None:
    (answer,) = fake().predict_events([EventsQuery(id=7, text="Kenya attacked Chad.")])
    (event,) = answer.events
    assert answer.id == 7
    assert (event.category, event.cameo, event.root) == ("ASSAULT", "190", 19)
    assert (event.source, event.source_country, event.target, event.target_country) == ("Kenya", "KEN", "Chad", "TCD")


def test_text_without_events_has_none() -> None:
    (answer,) = fake().predict_events([EventsQuery(id="q", text="Kenya said.")])
    assert answer.events == ()


def test_answers_come_in_the_order_of_the_questions() -> None:
    queries = [EventsQuery(id=number, text="Kenya attacked Chad.") for number in (3, 1, 2)]
    assert [answer.id for answer in fake().predict_events(queries)] == [3, 1, 2]


def test_pair_is_what_the_one_does_to_the_other() -> None:
    answer = pair("Kenya attacked Chad.", "Kenya", "Chad")
    assert (answer.label, answer.cameo) == ("ASSAULT", "190")
    assert answer.confidence > 0.8


def test_pair_with_nothing_between_has_little_confidence() -> None:
    assert pair("Kenya said Chad.", "Kenya", "Chad").confidence < 0.1


def test_pair_across_sentences_is_read_in_both() -> None:
    assert pair("Kenya said. Troops attacked Chad.", "Kenya", "Chad").label == "ASSAULT"


def test_pair_too_far_apart_is_not_read() -> None:
    text = "Kenya said. " + "Troops said. " * 70 + "Troops attacked Chad."
    assert pair(text, "Kenya", "Chad").label is None


def test_pair_is_read_where_its_words_stand_nearest() -> None:
    text = "Kenya said. Kenya attacked Chad."
    assert pair(text, "Kenya", "Chad").label == "ASSAULT"


@pytest.mark.parametrize(("source", "target"), [("Mali", "Niger"), ("Mali", ""), (" ", "Niger"), ("", "")])
def test_pair_that_is_not_in_the_text_is_not_answered(source: str, target: str) -> None:
    answer = pair("Kenya attacked Chad.", source, target)
    assert (answer.label, answer.cameo, answer.confidence) == (None, None, 0.0)


@pytest.mark.parametrize(("source", "target"), [("An actor", "Chad"), ("Kenya", "a recipient")])
def test_side_that_the_text_does_not_name_is_anybody(source: str, target: str) -> None:
    answer = pair("Kenya attacked Chad.", source, target)
    assert (answer.label, answer.cameo) == ("ASSAULT", "190")
    assert answer.confidence > 0.5


def test_other_capitals_are_the_same_words() -> None:
    assert pair("Kenya attacked Chad.", "KENYA", "chad") == pair("Kenya attacked Chad.", "Kenya", "Chad")


def test_pair_of_invisible_marks_is_not_answered() -> None:
    assert pair("\u200b \u200b", "\u200b", "\u200b").label is None


def test_actor_keeps_the_id_and_names_the_state() -> None:
    (answer,) = fake().predict_actors([ActorsQuery(id="q", text="Kenya", context="Kenya attacked Chad.")])
    assert (answer.id, answer.country) == ("q", "KEN")


def test_speaker_has_words_and_place() -> None:
    answer = speaker("Wekesa said Kenya attacked Chad.", "Kenya attacked Chad")
    assert (answer.speaker, answer.span) == ("Wekesa", Span(0, 6))


def test_speaker_of_a_whole_sentence_stands_in_the_next() -> None:
    text = "Kenya attacked Chad. Wekesa said."
    assert speaker(text, "Kenya attacked Chad.").speaker == "Wekesa"


def test_speaker_is_never_inside_the_content() -> None:
    assert speaker("Wekesa said Kenya attacked Chad.", "Wekesa said Kenya").speaker is None


def test_nobody_speaks() -> None:
    answer = speaker("Kenya attacked Chad.", "attacked Chad")
    assert (answer.speaker, answer.span) == (None, None)


@pytest.mark.parametrize("content", [Span(5, 6), Span(0, 0), Span(8, 8), Span(40, 50)])
def test_content_without_words_has_no_speaker(content: Span) -> None:
    query = AttributionQuery(id="q", text="Kenya attacked Chad. ", content=content)
    assert next(fake().predict_attribution([query])).speaker is None


@pytest.mark.parametrize(
    ("predicate", "happened", "status"), [("attacked", True, Status.ASSERTED), ("said", False, Status.NEGATED)]
)
def test_status_fits_whether_it_happened(predicate: str, happened: bool, status: Status) -> None:
    answer = held("Wekesa said Kenya attacked Chad.", predicate)
    assert (answer.happened, answer.status) == (happened, status)


def test_rules_judge_where_no_model_is_asked() -> None:
    answer = held("Kenya attacked Chad.", "attacked", fake("rules"))
    assert (answer.happened, answer.status) == (True, Status.ASSERTED)


def test_predicate_without_words_is_asserted() -> None:
    query = FactualityQuery(id="q", text="Kenya attacked.", span=Span(5, 6))
    assert next(fake().predict_factuality([query])).status is Status.ASSERTED


@settings(deadline=None, max_examples=40)
@given(text=st.text(alphabet="Kenya attacked said. \u200b\n", max_size=40), data=st.data())
def test_any_place_of_any_text_is_answered(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (said,) = fake().predict_attribution([AttributionQuery(id=0, text=text, content=Span(start, end))])
    assert said.span is None or said.span.of(text) == said.speaker
    (judged,) = fake().predict_factuality([FactualityQuery(id=0, text=text, span=Span(start, end))])
    assert judged.happened is (judged.status in (Status.ASSERTED, Status.BACKGROUND))
    assert pair(text, text[start:end], text[end:]).confidence <= 1.0


def test_joined_sentences_keep_words_and_multiwords() -> None:
    text = "They can't stay. We don't know."
    cut = Segmenter.load().segment(text)
    joined = join_sentences(cut)
    assert len(cut) == 2
    assert joined.span.of(text) == text
    assert ["".join(w.form for w in joined.words[a:b]) for a, b in joined.multiwords] == ["can't", "don't"]


@pytest.mark.model
def test_model_answers_a_pair() -> None:
    answer = pair("Rebels shelled army positions near Marda on Monday.", "Rebels", "army positions", real())
    assert (answer.label, (answer.cameo or "")[:2]) == ("ASSAULT", "19")


@pytest.mark.model
def test_model_finds_the_speaker() -> None:
    text = "The talks will resume next week, Foreign Minister Lena Marek said on Monday."
    assert "Marek" in (speaker(text, "The talks will resume next week", real()).speaker or "")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "predicate", "happened"),
    [
        ("The two presidents met in the capital on Monday.", "met", True),
        ("The minister may resign next week.", "resign", False),
    ],
)
def test_model_judges_what_happened(text: str, predicate: str, happened: bool) -> None:
    assert held(text, predicate, real()).happened is happened
