from dragoman.train.annotation import ActorMark, ClaimMark, EventMark, Report
from dragoman.train.event_data import cameo_class, collect_event_labels, event_sentences
from dragoman.types.text import Span

TEXT = "Oman's envoy met Peru.\nNothing else came of it, he said."


def place(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part))


def actor(part: str) -> ActorMark:
    return ActorMark(text=part, span=place(part))


def event(trigger: str, cameo: str = "042", **fields: object) -> EventMark:
    given: dict[str, object] = {
        "sentence": 0, "trigger": place(trigger), "trigger_text": trigger, "category": "CONSULT", "mode": None,
        "cameo": cameo, "sources": (actor("Oman's envoy"),), "targets": (actor("Peru"),), "reciprocal": False,
        "status": "asserted", "by": "report",
    }  # fmt: skip
    return EventMark(**{**given, **fields})  # type: ignore[arg-type]


def report(*events: EventMark, claims: tuple[ClaimMark, ...] = ()) -> Report:
    return Report(
        id="r", origin="own", part="p", split="train", style=None, published=None, text=TEXT, sentences=None,
        headline=False, events=events, claims=claims,
    )  # fmt: skip


def by_spaces(text: str) -> list[list[tuple[int, int]]]:
    words, start = [], 0
    for word in text.split(" "):
        words.append((start, start + len(word)))
        start += len(word) + 1
    return [words]


def test_each_line_is_cut_where_no_sentences_are_marked() -> None:
    sentences = list(event_sentences([report()], by_spaces))
    assert [sentence.words[0] for sentence in sentences] == ["Oman's", "Nothing"]


def test_words_keep_their_places_in_the_report() -> None:
    second = list(event_sentences([report()], by_spaces))[1]
    assert [TEXT[start:end] for start, end in second.spans] == list(second.words)


def test_trigger_and_arguments_become_word_numbers() -> None:
    (trigger,) = next(event_sentences([report(event("met"))], by_spaces)).triggers
    assert trigger.word == 2
    assert trigger.arguments[:2] == (((0, 1),), ((3,),))


def test_events_of_other_sentences_are_not_told_here() -> None:
    first, second = event_sentences([report(event("said"))], by_spaces)
    assert (len(first.triggers), len(second.triggers)) == (0, 1)


def test_argument_in_another_sentence_is_left_out() -> None:
    (trigger,) = list(event_sentences([report(event("said"))], by_spaces))[1].triggers
    assert trigger.arguments[:2] == ((), ())


def test_claim_without_a_speaker_has_no_speaker_words() -> None:
    claim = ClaimMark(speaker=None, cue=place("said"), content=place("Nothing else"))
    (speech,) = list(event_sentences([report(claims=(claim,))], by_spaces))[1].speeches
    assert (speech.content, speech.speaker, speech.cue) == ((0, 1), (), (6,))


def test_rare_leaf_gives_way_to_its_root() -> None:
    reports = [report(event("met")), report(event("met")), report(event("met")), report(event("met", "0231"))]
    labels = collect_event_labels(event_sentences(reports, by_spaces))
    assert labels.cameo == ("none", "02", "04", "042")
    assert labels.cameo[cameo_class("0231", labels)] == "02"
    assert labels.cameo[cameo_class("042", labels)] == "042"
    assert cameo_class("19", labels) == 0
