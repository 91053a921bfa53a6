"""Tellings of events, annotated and predicted, and which of them are the same.

The rules are those of the project's agreement tool: two tellings stand at the same place when their triggers overlap;
their actors agree when each side shares a content word with its counterpart (an empty side agrees with an empty one), or
when both sides together have the same words (joint acts). Plain statements are left out on both sides. The tool also lets
one trigger lie in the quote of the other; the corpus keeps no quotes, so that this is stricter.
"""  # noqa: E501

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.types.record import Coding, Event
from dragoman.types.text import Span

if TYPE_CHECKING:
    from dragoman.train.annotation import Report

_EMPTY_WORDS = frozenset(re.findall(r"\w+", "the a an of in on for to and s his her its their with by at"))
_UNCODED = "STATEMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One event as one text tells it; `source` and `target` hold content words. `confidence` is 1 for gold."""

    trigger: Span
    category: str
    source: frozenset[str]
    target: frozenset[str]
    status: str
    by: str
    confidence: float = 1.0


Fit = Callable[[Telling, Telling], bool]


def content_words(texts: Iterable[str]) -> frozenset[str]:
    """Lower-case words of the texts without articles, prepositions and possessives.

    >>> sorted(content_words(["The Foreign Ministry", "of Peru"]))
    ['foreign', 'ministry', 'peru']
    """
    return frozenset(re.findall(r"\w+", " ".join(texts).lower())) - _EMPTY_WORDS


def gold_tellings(report: "Report") -> tuple[Telling, ...]:
    """The annotated events whose trigger has a place, in text order as annotated."""
    return tuple(
        Telling(
            trigger=mark.trigger,
            category=mark.category,
            source=content_words(actor.text for actor in mark.sources),
            target=content_words(actor.text for actor in mark.targets),
            status=mark.status,
            by=mark.by,
        )
        for mark in report.events
        if mark.trigger is not None and mark.category != _UNCODED
    )


def found_tellings(coding: Coding, *, limit: int) -> tuple[Telling, ...]:
    """The coded events whose trigger ends at or before character `limit` (the annotated part of the text)."""
    return tuple(
        Telling(
            trigger=event.trigger,
            category=event.category,
            source=content_words(link.text for link in event.sources),
            target=content_words(link.text for link in event.targets),
            status=event.status.value,
            by=event.attribution.by.value,
            confidence=event.confidence,
        )
        for event in coding.records
        if isinstance(event, Event) and event.category != _UNCODED and event.trigger.end <= limit
    )


def same_trigger(one: Telling, other: Telling) -> bool:
    """Whatever the category: the triggers share a character."""
    return one.trigger.overlaps(other.trigger)


def same_category(one: Telling, other: Telling) -> bool:
    """Same place and category."""
    return same_trigger(one, other) and one.category == other.category


def same_row(one: Telling, other: Telling) -> bool:
    """Same place, category, source and target."""
    return same_category(one, other) and same_actors(one, other)


def same_whole(one: Telling, other: Telling) -> bool:
    """Same place, category, source, target and status."""
    return same_row(one, other) and one.status == other.status


def same_actors(one: Telling, other: Telling) -> bool:
    """Each side agrees with its counterpart, or both sides together have the same words."""
    if _agree(one.source, other.source) and _agree(one.target, other.target):
        return True
    return bool(one.source | one.target) and one.source | one.target == other.source | other.target


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return (not one and not other) or bool(one & other)


def match(gold: Sequence[Telling], found: Sequence[Telling], fits: Fit) -> tuple[tuple[Telling, Telling], ...]:
    """Pairs (gold, found): each gold telling with the first fitting one that is still free."""
    used: set[int] = set()
    pairs = []
    for one in gold:
        number = next((i for i, other in enumerate(found) if i not in used and fits(one, other)), None)
        if number is not None:
            used.add(number)
            pairs.append((one, found[number]))
    return tuple(pairs)


def judge(gold: Sequence[Telling], found: Sequence[Telling], fits: Fit) -> tuple[bool, ...]:
    """For each found telling whether it has a gold one of its own, the most confident served first."""
    used: set[int] = set()
    verdicts = [False] * len(found)
    for place in sorted(range(len(found)), key=lambda i: -found[i].confidence):
        number = next((i for i, one in enumerate(gold) if i not in used and fits(one, found[place])), None)
        if number is not None:
            used.add(number)
            verdicts[place] = True
    return tuple(verdicts)
