"""The register of positions: who stands where on what, and how it changed."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.registers.tellings import (
    Told,
    are_alike,
    entry_id,
    group,
    history_of,
    key_of,
    party_of,
    tell,
    telling_of,
    words_of,
)
from dragoman.types.record import Position
from dragoman.types.register import PositionEntry

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

_LEAST_WORDS = 2


def build_position_register(coded: Iterable["Coded"]) -> tuple[PositionEntry, ...]:
    """The entries, by first telling: one for each holder and topic."""
    return tuple(_entry(members) for members in group(tell(coded, Position), _is_same, _keys))


def _keys(told: Told[Position]) -> list[str]:
    return [key_of(told.record.holder)]


def _is_same(one: Told[Position], other: Told[Position]) -> bool:
    """True for one holder and one topic: the same words, or most of them where there are enough to tell."""
    a, b = one.record, other.record
    if key_of(a.holder) != key_of(b.holder):
        return False
    words, words_too = words_of(a.topic_text), words_of(b.topic_text)
    if not words or not words_too:
        return False
    return words == words_too or (len(words & words_too) >= _LEAST_WORDS and are_alike(words, words_too))


def _entry(members: Sequence[Told[Position]]) -> PositionEntry:
    first = members[0].record
    tellings = tuple(telling_of(told, told.record.stance) for told in members)
    history = history_of(tellings)
    return PositionEntry(
        id=entry_id("pr", members),
        holder=party_of(first.holder),
        topic=first.topic_text,
        stance=history[-1].value,
        history=history,
        changed=len({step.value for step in history}) > 1,
        tellings=tellings,
        reason="one telling" if len(members) == 1 else f"{len(members)} tellings: one holder, one topic by its words",
    )
