import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dragoman.evaluate.open_files import HumanEvent, LeadCase, PairCase, PredicateCase, SentenceCase, SpeechCase
from dragoman.evaluate.open_sets import (
    ask_events,
    ask_pairs,
    ask_speakers,
    binary_figures,
    class_of_root,
    lead_figures,
    pair_figures,
    predicate_figures,
    sentence_figures,
    speaker_figures,
)
from dragoman.types.predict import (
    AttributionPrediction,
    EventsPrediction,
    FactualityPrediction,
    FactualityQuery,
    PairsPrediction,
    PredictedEvent,
)
from dragoman.types.record import Status
from dragoman.types.text import Span
from make_coder import MadeCoder


def pair(answer: str | int, number: int = 0) -> PairCase:
    return PairCase(id=str(number), text="Peru aids Chile.", source="Peru", target="Chile", answer=answer)


def says(label: str | None, cameo: str | None = None) -> PairsPrediction:
    return PairsPrediction(id="0", label=label, cameo=cameo, confidence=1.0)


def event(root: int, source: str | None = "Peru", target: str | None = None, confidence: float = 0.9) -> PredictedEvent:
    return PredictedEvent(
        category="X", mode=None, cameo=f"{root:02}", root=root, source=source, target=target, source_country=None,
        source_sector=None, target_country=None, target_sector=None, status=Status.ASSERTED, confidence=confidence,
    )  # fmt: skip


def answer(name: str, *events: PredictedEvent) -> EventsPrediction:
    return EventsPrediction(id=name, events=events)


def named(figures: Iterator[object]) -> dict[str, float]:
    return {one.name: round(one.value, 2) for one in figures}  # type: ignore[attr-defined]


def test_newer_categories_count_as_the_older_one() -> None:
    figures = named(pair_figures([pair("YIELD"), pair("YIELD")], [says("CONCEDE"), says("RETREAT")]))
    assert figures["category accuracy"] == figures["category, quad accuracy"] == 100.0


def test_category_by_cameo_root_is_the_older_labelling() -> None:
    figures = named(pair_figures([pair("ACCUSE")], [says("SANCTION", "116")]))
    assert (figures["category accuracy"], figures["by CAMEO root accuracy"]) == (0.0, 100.0)


def test_pair_without_answer_is_wrong() -> None:
    figures = named(pair_figures([pair("AID"), pair("AID")], [says(None), says("AID", "070")]))
    assert (figures["category accuracy"], figures["by CAMEO root, quad accuracy"]) == (50.0, 50.0)


def test_binary_parts_cooperation_from_conflict() -> None:
    cases = [pair(0), pair(0), pair(1), pair(1)]
    given = [says("AID"), says("REJECT"), says("ASSAULT"), says("STATEMENT")]
    assert named(binary_figures(cases, given))["binary accuracy"] == 50.0


def test_pairs_are_asked_through_the_prediction_interface() -> None:
    assert [one.id for one in ask_pairs(MadeCoder(), [pair("AID", 3)])] == ["3"]


def test_statement_and_appeal_are_no_event() -> None:
    assert [class_of_root(root) for root in (1, 2, 3, 6, 9, 14, 20)] == [0, 0, 1, 2, 3, 4, 4]


def test_sentence_has_the_class_of_its_surest_event() -> None:
    cases = [SentenceCase(id=str(n), text="x", answer=gold) for n, gold in enumerate((4, 0, 0))]
    answers = [answer("0", event(4, confidence=0.6), event(19, confidence=0.8)), answer("1"), answer("2", event(1))]
    figures = named(sentence_figures(cases, answers))
    assert (figures["class accuracy"], figures["has-event F1"]) == (100.0, 100.0)


def test_events_are_asked_through_the_prediction_interface() -> None:
    (found,) = ask_events(MadeCoder(), [("a", "Peru visited Chile.")])
    assert (found.id, len(found.events)) == ("a", 1)


def human(root: int, source: str = "peru", target: str = "") -> HumanEvent:
    return HumanEvent(root=root, source=frozenset(source.split()), target=frozenset(target.split()))


LEADS = [
    LeadCase(id="a", text="x", coders=((1, (human(4, target="chile"),)), (2, (human(4), human(19))), (3, ()))),
    LeadCase(id="b", text="x", coders=((1, ()), (2, (human(1),)))),
]
ANSWERS = [answer("a", event(4, "envoys of Peru", "Chile"), event(3)), answer("b")]


def test_leads_are_scored_against_each_coder_in_turn() -> None:
    figures = named(lead_figures(LEADS, ANSWERS))
    assert figures["root F1"] == round(200 * 2 / (4 + 6), 2)
    assert figures["triple F1"] == round(200 * 1 / (4 + 6), 2)
    assert figures["has-event F1"] == round(200 * 2 / (3 + 3), 2)


SCORER = Path("/work/shared/tools/score_coders.py")


@pytest.mark.skipif(not SCORER.is_file(), reason="the project's scoring tool is not on this machine")
def test_leads_score_as_the_scoring_tool_says(tmp_path: Path) -> None:
    def part(words: Iterable[str]) -> list[list[object]]:
        return [[" ".join(words), 0]] if words else []

    items = [
        {"id": lead.id, "coders": [
            {"coder": number, "relevant": bool(marks), "events": [
                {"root": one.root, "source": part(one.source), "target": part(one.target)} for one in marks]}
            for number, marks in lead.coders]}
        for lead in LEADS
    ]  # fmt: skip
    given = [
        {"id": one.id, "events": [{"root": e.root, "source": e.source, "target": e.target} for e in one.events]}
        for one in ANSWERS
    ]
    for name, rows in (("gold", items), ("given", given)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, str(SCORER), str(tmp_path / "gold"), str(tmp_path / "given")]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    theirs = {
        line.split()[0]: eval(line[line.index("{") :]) for line in printed if line.startswith(("human", "machine"))
    }
    ours = named(lead_figures(LEADS, ANSWERS))
    for who, prefix in (("machine", ""), ("human", "human ")):
        for name, value in theirs[who].items():
            assert round(ours[f"{prefix}{name.replace('penta', 'class')} F1"], 1) == value


TEXT = "Rain fell, Mina Sor said."


def speech(speaker: str | None, place: Span | None) -> SpeechCase:
    return SpeechCase(id="s", text=TEXT, content=Span(0, 9), speaker=speaker, place=place)


def spoke(span: Span | None) -> AttributionPrediction:
    return AttributionPrediction(id="s", speaker=span.of(TEXT) if span else None, span=span)


def test_speaker_is_right_where_the_words_overlap() -> None:
    cases = [speech("Mina Sor", Span(11, 19)), speech("Mina Sor", Span(11, 19)), speech(None, None)]
    figures = named(speaker_figures(cases, [spoke(Span(16, 19)), spoke(None), spoke(Span(0, 4))]))
    assert (figures["speaker overlap"], figures["speaker precision"]) == (50.0, 50.0)


def test_speaker_without_a_place_is_judged_by_words() -> None:
    assert named(speaker_figures([speech("the Sor family", None)], [spoke(Span(11, 19))]))["speaker F1"] == 100.0


def test_speakers_are_asked_through_the_prediction_interface() -> None:
    assert len(ask_speakers(MadeCoder(), [speech("Mina Sor", Span(11, 19))])) == 1


class Doubter(MadeCoder):
    """Holds that only what is named `fell` happened."""

    def predict_factuality(self, queries: Iterable[FactualityQuery]) -> Iterator[FactualityPrediction]:
        for query in queries:
            happened = query.span.of(query.text) == "fell"
            yield FactualityPrediction(id=query.id, status=Status.ASSERTED, happened=happened)


def test_predicates_are_asked_where_they_stand() -> None:
    cases = [
        PredicateCase(id="p", text=TEXT, span=Span(5, 9), happened=True),
        PredicateCase(id="q", text=TEXT, span=Span(20, 24), happened=True),
    ]
    figures = named(predicate_figures(Doubter(), cases))
    assert (figures["happened accuracy"], figures["(all happened: accuracy)"]) == (50.0, 100.0)
