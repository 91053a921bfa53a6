"""Which events of one document tell the same happening.

Two tellings are joined when category, CAMEO code and mode agree (talks, meetings and visits count as one kind), an
actor is shared and no side contradicts, the times do not contradict, and both are held to have happened, or have the
same status. Rules and figures: docs/explain/clusters.md.
"""

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.ids import record_id
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event, Status

_TOLD_AS_FACT = frozenset({Status.ASSERTED, Status.BACKGROUND, Status.ALLEGED})
_PAIR = 2
_SMALL_WORDS = frozenset(["the", "a", "an", "of", "in", "on", "for", "to", "and", "its", "his", "her", "their", "s"])


def group_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with `cluster` filled; an event told once is a cluster of its own. Order does not matter."""
    parents = list(range(len(events)))
    for later in range(len(events)):
        for earlier in range(later):
            if same_happening(events[earlier], events[later]):
                parents[_root(parents, later)] = _root(parents, earlier)
    return tuple(
        replace(event, cluster=record_id("hp", events[_root(parents, number)].id))
        for number, event in enumerate(events)
    )


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        number = parents[number]
    return number


def same_happening(one: Event, other: Event) -> bool:
    """True when the two events may be two tellings of one happening."""
    return (
        one.category == other.category
        and (one.category == "CONSULT" or (one.cameo == other.cameo and one.mode == other.mode))
        and _same_holding(one.status, other.status)
        and _actors_agree(one, other)
        and (one.time is None or other.time is None or one.time.edtf == other.time.edtf)
    )


def _same_holding(one: Status, other: Status) -> bool:
    return one is other or (one in _TOLD_AS_FACT and other in _TOLD_AS_FACT)


def _actors_agree(one: Event, other: Event) -> bool:
    """True when the events share an actor and no filled side is without one; sides do not matter for joint acts."""
    first, second = _keys((*one.sources, *one.targets)), _keys((*other.sources, *other.targets))
    if not first & second:
        return False
    if one.reciprocal or other.reciprocal or one.category == "CONSULT":
        # A third party makes another meeting of it: "Tokayev's visit" and "the talks between the two", not "of the three".  # noqa: E501
        smaller, larger = sorted((first, second), key=len)
        return smaller <= larger and (len(smaller) < _PAIR or first == second)
    sides = ((one.sources, other.sources), (one.targets, other.targets))
    return all(not a or not b or _keys(a) & _keys(b) for a, b in sides)


def _keys(links: Sequence[ActorLink]) -> frozenset[str]:
    """Countries of the actors; of those without one, the words."""
    keys: set[str] = set()
    for link in links:
        keys |= {link.country} if link.country else set(link.text.lower().split()) - _SMALL_WORDS
    return frozenset(keys)
