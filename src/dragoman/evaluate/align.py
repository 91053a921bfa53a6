"""Tellings of events, annotated and predicted, and which of them are the same.

The rules are those of the project's agreement tool: two tellings stand at the same place when their triggers overlap,
or when they have the same category and one trigger lies in the quote of the other ("reached an *agreement*", "*reached*
an agreement"); their actors agree when each side shares a content word with its counterpart (an empty side agrees with
an empty one), or when both sides together have the same words (joint acts). Plain statements are left out.
The quote is the stretch from the first to the last of trigger, sources and targets, for annotated and coded alike.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dragoman.types.record import Coding, Event
from dragoman.types.text import Span, cover

if TYPE_CHECKING:
    from dragoman.train.annotation import Report

_EMPTY_WORDS = frozenset(re.findall(r"\w+", "the a an of in on for to and s his her its their with by at"))
_UNCODED = "STATEMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One event as one text tells it; `source` and `target` hold content words. `confidence` is 1 for gold.

    `quote` are the words that show it; None where the trigger alone does.
    """

    trigger: Span
    category: str
    source: frozenset[str]
    target: frozenset[str]
    status: str
    by: str
    confidence: float = 1.0
    quote: Span | None = None


T = TypeVar("T")
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
            quote=cover(mark.trigger, *(a.span for a in (*mark.sources, *mark.targets) if a.span is not None)),
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
            quote=cover(event.trigger, *_inside(event)),
        )
        for event in coding.records
        if isinstance(event, Event) and event.category != _UNCODED and event.trigger.end <= limit
    )


def _inside(event: Event) -> Iterator[Span]:
    """Where the sentence's own words name an actor of the event."""
    for link in (*event.sources, *event.targets):
        if link.span is not None and any(link.span.overlaps(span) for span in event.evidence):
            yield link.span


def same_trigger(one: Telling, other: Telling) -> bool:
    """Whatever the category: the triggers share a character."""
    return one.trigger.overlaps(other.trigger)


def of_same_trigger(fits: Fit) -> Fit:
    """The stricter rule: as `fits`, and the triggers share a character."""
    return lambda one, other: same_trigger(one, other) and fits(one, other)


def same_place(one: Telling, other: Telling) -> bool:
    """The triggers share a character, or one of them lies in the quote of a telling of the same category."""
    if same_trigger(one, other):
        return True
    return one.category == other.category and (_quoted(one, other) or _quoted(other, one))


def _quoted(one: Telling, other: Telling) -> bool:
    return other.quote is not None and one.trigger.overlaps(other.quote)


def same_category(one: Telling, other: Telling) -> bool:
    """Same place and category."""
    return same_place(one, other) and one.category == other.category


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
    """Pairs (gold, found): each gold telling with the first fitting one that is still free.

    Tellings whose triggers overlap find each other first.
    """
    rules = (of_same_trigger(fits), fits)
    return tuple((gold[i], found[j]) for i, j in pair_off(gold, found, rules))


def judge(gold: Sequence[Telling], found: Sequence[Telling], fits: Fit) -> tuple[bool, ...]:
    """For each found telling whether it has a gold one of its own, the most confident served first."""
    order = sorted(range(len(found)), key=lambda i: -found[i].confidence)
    pairs = pair_off([found[i] for i in order], gold, (of_same_trigger(fits), fits))
    right = {order[place] for place, _ in pairs}
    return tuple(i in right for i in range(len(found)))


def pair_off(
    ones: Sequence[T], others: Sequence[T], rules: Sequence[Callable[[T, T], bool]]
) -> tuple[tuple[int, int], ...]:
    """Places in `ones` and `others` that belong together, each used once, by the order of `ones`.

    The first rule pairs what it can, one of `ones` after the other; the next one looks at what that left.
    """
    pairs: dict[int, int] = {}
    free = list(range(len(others)))
    for rule in rules:
        for i, one in enumerate(ones):
            j = None if i in pairs else next((j for j in free if rule(one, others[j])), None)
            if j is not None:
                free.remove(j)
                pairs[i] = j
    return tuple(sorted(pairs.items()))
