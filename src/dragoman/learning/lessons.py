"""Verdicts to lessons: what reviewers say of the event that the coder saw at a word of a report."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codec import decode_record, format_json, parse_json
from dragoman.coding.learned import base_model
from dragoman.store import Store
from dragoman.store.derived import Follower
from dragoman.store.fold import Folded, fold
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event, Origin
from dragoman.types.review import Verdict
from dragoman.types.text import Span

Json = Any
_DECIDED = ("accepted", "corrected", "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What reviewers left of one event. `model` is the base version of the model that coded what was judged.

    `category` is the right one, None when nobody said (the event was rejected, or its word corrected); `judged` is the
    one that was shown. `sides_right` is False when a source or target had to be corrected; `sources` and `targets`
    are where the right ones stand. `rejected` is True when the event is none at all. `added` is True for an event that
    the coder had missed.
    """

    document: str
    trigger: Span
    model: str
    judged: str
    category: str | None
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    sides_right: bool
    rejected: bool
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """The lessons of a store, in the order in which their records were first judged.

    `undecided` counts events that are disputed, unsure or stale; `other_kinds` reviewed records that are no events;
    `other_codebooks` events of another codebook.
    """

    lessons: tuple[Lesson, ...]
    undecided: int
    other_kinds: int
    other_codebooks: int


def read_lessons(store: Store, *, codebook: str) -> Lessons:
    """What the verdicts in the store teach of events by a codebook of this name."""
    by_record: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in store.verdicts():
        by_record[verdict.record, verdict.document].append(verdict)
    follower, lessons = Follower(), list[Lesson]()
    counts = {"undecided": 0, "other_kinds": 0, "other_codebooks": 0}
    for (record, document), verdicts in by_record.items():
        bodies = list(_bodies(store, record, document))
        passed = _passed_over(bodies, codebook)
        lesson = None if passed else _lesson_of(bodies, document, verdicts, follower)
        if lesson is None:
            counts[passed or "undecided"] += 1
        else:
            lessons.append(lesson)
    return Lessons(lessons=tuple(lessons), **counts)


def _bodies(store: Store, record: str, document: str) -> Iterator[tuple[Json, str]]:
    """The record as each coding gave it, the latest first, with the model of the coding."""
    sql = (
        "SELECT b.body, c.model FROM record b JOIN coding c ON c.key = b.coding JOIN document o ON o.key = c.document"
        " WHERE b.id = ? AND o.id = ? ORDER BY b.coding DESC"
    )
    for body, model in store.engine.read(sql, (record, document)):
        yield parse_json(str(body)), str(model)


def _passed_over(bodies: Sequence[tuple[Json, str]], codebook: str) -> str | None:
    if any(value["kind"] != "event" for value, _ in bodies):
        return "other_kinds"
    written = bodies[0][0]["codebook"] if bodies else codebook
    return None if written.rpartition("-")[0] in ("", codebook) or written == codebook else "other_codebooks"


def _lesson_of(
    bodies: Sequence[tuple[Json, str]], document: str, verdicts: Sequence[Verdict], follower: Follower
) -> Lesson | None:
    """The lesson of the latest coding that the verdicts still fit; None when they decide nothing."""
    for value, model in bodies:
        folded = fold(value, verdicts, follower)
        if folded.review in _DECIDED:
            return _build(value, folded, model, document)
        if folded.review != "stale":
            return None
    return None


def _build(value: Json, folded: Folded, model: str, document: str) -> Lesson | None:
    shown, left = (decode_record(format_json(found))[0] for found in (value, folded.value))
    if not isinstance(shown, Event) or not isinstance(left, Event):
        return None
    rejected, moved = folded.review == "rejected", left.trigger != shown.trigger
    return Lesson(
        document=document,
        trigger=shown.trigger,
        model=base_model(model),
        judged=shown.category,
        category=None if rejected or moved else left.category,
        sources=_spans(left.sources),
        targets=_spans(left.targets),
        sides_right=not moved and (left.sources, left.targets) == (shown.sources, shown.targets),
        rejected=rejected,
        added=shown.origin is Origin.PERSON,
    )


def _spans(links: Sequence[ActorLink]) -> tuple[Span, ...]:
    return tuple(link.span for link in links if link.span is not None)
