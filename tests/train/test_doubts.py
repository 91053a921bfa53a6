from dataclasses import replace
from pathlib import Path

from dragoman.train.doubts import doubtful_words, half_of, mark_doubts, read_doubts, write_doubts
from dragoman.train.event_data import EventSentence, TriggerGold

TRIGGER = TriggerGold(
    word=1, category="CONSULT", cameo="04", mode="none", status="asserted", by="report", reciprocal=False, arguments=()
)
SENTENCE = EventSentence(
    report="a-1",
    origin="own",
    split="train",
    words=("Envoys", "met", "after", "clashes"),
    spans=((0, 6), (7, 10), (11, 16), (17, 24)),
    triggers=(TRIGGER,),
)


def test_unmarked_word_that_is_nearly_certain_is_doubtful() -> None:
    assert doubtful_words(SENTENCE, [0.0, 0.9, 0.0, 0.97]) == [(17, 24)]


def test_mark_that_nobody_would_make_is_doubtful() -> None:
    assert doubtful_words(SENTENCE, [0.0, 0.001, 0.0, 0.5]) == [(7, 10)]


def test_words_past_the_networks_cut_are_not_judged() -> None:
    assert doubtful_words(SENTENCE, [0.0, 0.9]) == []


def test_marks_fall_on_the_words_of_their_report_alone() -> None:
    other = replace(SENTENCE, report="a-2")
    marked = mark_doubts([SENTENCE, other], {"a-1": [(17, 24), (90, 95)]})
    assert [sentence.doubtful for sentence in marked] == [(3,), ()]


def test_list_survives_its_file(tmp_path: Path) -> None:
    doubts = {"b": [(1, 4)], "a": [(0, 2), (5, 9)]}
    write_doubts(doubts, tmp_path / "doubts.json")
    assert read_doubts(tmp_path / "doubts.json") == doubts


def test_without_a_file_nothing_is_doubtful(tmp_path: Path) -> None:
    assert read_doubts(tmp_path / "doubts.json") == {}


def test_halves_depend_on_the_id_alone_and_are_about_equal() -> None:
    halves = [half_of(f"own-{number:03}") for number in range(400)]
    assert halves == [half_of(f"own-{number:03}") for number in range(400)]
    assert 160 < sum(halves) < 240
