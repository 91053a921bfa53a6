import random
from pathlib import Path

from dragoman.train.event_data import EventSentence, SpeechGold, TriggerGold
from dragoman.train.swap import NameTable, read_names, swap_names

NEW = {"name": ("New", "Oman"), "adjectives": ("Omani",), "people": ("Omanis",), "capitals": ("Muscat",)}
TABLE = NameTable(forms={("Peru",): ("PER", "name"), ("Lima",): ("PER", "capitals")}, states={"OMN": NEW})
TRIGGER = TriggerGold(
    word=1, category="CONSULT", cameo="04", mode="none", status="asserted", by="report", reciprocal=False,
    arguments=(((0,),), ((2, 3),), (), (), (), ()),
)  # fmt: skip
SENTENCE = EventSentence(
    report="r", origin="own", split="train", words=("Peru", "met", "rebels", "in", "Lima"),
    spans=((0, 4), (5, 8), (9, 15), (16, 18), (19, 23)), triggers=(TRIGGER,),
    speeches=(SpeechGold(content=(2, 4), speaker=(0,), cue=()),), happened=((1, 1),),
)  # fmt: skip


def swapped() -> EventSentence:
    return swap_names(SENTENCE, TABLE, random.Random(1))


def test_state_and_capital_become_the_same_other_state() -> None:
    assert swapped().words == ("New", "Oman", "met", "rebels", "in", "Muscat")


def test_trigger_and_arguments_follow_their_words() -> None:
    (trigger,) = swapped().triggers
    assert trigger.word == 2
    assert trigger.arguments[:2] == (((0, 1),), ((3, 4),))


def test_speech_and_judgements_follow_too() -> None:
    result = swapped()
    assert result.speeches == (SpeechGold(content=(3, 5), speaker=(0, 1), cue=()),)
    assert result.happened == ((2, 1),)


def test_places_in_the_report_are_gone() -> None:
    assert swapped().spans == ()


def test_only_states_with_every_form_are_offered(tmp_path: Path) -> None:
    file = tmp_path / "states.csv"
    file.write_text(
        "code,name,adjectives,people,capitals\nPER,Peru,Peruvian,Peruvians,Lima|Callao\nZZZ,Zed,,Zeds,\n", "utf-8"
    )
    table = read_names(file)
    assert set(table.states) == {"PER"}
    assert table.forms[("Callao",)] == ("PER", "capitals")
    assert table.states["PER"]["capitals"] == ("Lima",)
    assert table.forms[("Zed",)] == ("ZZZ", "name")
