"""Name swapping: the same construction with other names, so that the model learns it and not who fights whom."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.train.event_data import EventSentence, SpeechGold, TriggerGold

Words = tuple[str, ...]
_KINDS = ("name", "adjectives", "people", "capitals")
_LONGEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTable:
    """Forms of states by kind (name, adjective, people, capital).

    `forms` maps the words of a form to (state, kind); `states` maps a state to one form of each kind.
    """

    forms: dict[Words, tuple[str, str]]
    states: dict[str, dict[str, Words]]


def read_names(states: Path) -> NameTable:
    """The table from `data/states.csv`; only states that have all four kinds of form are offered as replacements."""
    forms: dict[Words, tuple[str, str]] = {}
    offered: dict[str, dict[str, Words]] = {}
    with states.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            own: dict[str, Words] = {}
            for kind in _KINDS:
                for form in filter(None, row[kind].split("|")):
                    words = tuple(form.split())
                    forms.setdefault(words, (row["code"], kind))
                    own.setdefault(kind, words)
            if len(own) == len(_KINDS):
                offered[row["code"]] = own
    return NameTable(forms=forms, states=offered)


def swap_names(sentence: EventSentence, table: NameTable, chance: random.Random) -> EventSentence:
    """The sentence with every known state, people and capital replaced, the same one always by the same one.

    Triggers and arguments follow their words; `spans` no longer point into the report and are cleared.
    """
    mapping: dict[str, str] = {}
    codes = list(table.states)
    words: list[str] = []
    moved: list[tuple[int, ...]] = []
    index = 0
    while index < len(sentence.words):
        size, new = _replacement(sentence.words, index, table, mapping, codes, chance)
        place = tuple(range(len(words), len(words) + len(new)))
        words.extend(new)
        moved.extend([place] * size)
        index += size
    return replace(
        sentence,
        words=tuple(words),
        spans=(),
        triggers=tuple(_move(trigger, moved) for trigger in sentence.triggers),
        speeches=tuple(
            SpeechGold(
                content=_places(speech.content, moved),
                speaker=_places(speech.speaker, moved),
                cue=_places(speech.cue, moved),
            )
            for speech in sentence.speeches
        ),
        happened=tuple((moved[word][0], label) for word, label in sentence.happened),
    )


def _places(words: Sequence[int], moved: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(place for word in words for place in moved[word]))


def _replacement(
    words: Sequence[str],
    index: int,
    table: NameTable,
    mapping: dict[str, str],
    codes: list[str],
    chance: random.Random,
) -> tuple[int, Words]:
    """How many words to take at `index`, and what to write for them."""
    for size in range(min(_LONGEST, len(words) - index), 0, -1):
        found = table.forms.get(tuple(words[index : index + size]))
        if found:
            state, kind = found
            other = mapping.setdefault(state, chance.choice(codes))
            return size, table.states[other][kind]
    return 1, (words[index],)


def _move(trigger: TriggerGold, moved: Sequence[tuple[int, ...]]) -> TriggerGold:
    arguments = tuple(tuple(_places(span, moved) for span in spans) for spans in trigger.arguments)
    return replace(trigger, word=moved[trigger.word][0], arguments=arguments)
