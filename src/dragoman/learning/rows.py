"""Lessons to rows: the reviewed sentences read again by the coder, so that everything its heads say is at hand.

Records keep the choices and not the signals behind them. Reading again needs no new field, serves verdicts on older
models too, and costs little, because only the sentences with a lesson are read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coder import Coder, Sighting
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.learned import typing_cues
from dragoman.learning.lessons import Lesson
from dragoman.types.text import Document, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One lesson with what the coder sees at its word, and the event that the shipped heads make of it.

    `group` is the story: its reports are never parted.
    """

    lesson: Lesson
    group: str
    sighting: Sighting
    shipped: ChosenEvent

    @property
    def lemma(self) -> str:
        """The lemma of the word."""
        return self.sighting.tree.lemmas[self.sighting.trigger.token]

    def read_by(self, coder: Coder) -> ChosenEvent:
        """The event that this coder, with the shipped heads or a layer over them, makes of the word."""
        learned = coder.learned
        cues = typing_cues(self.lemma, self.shipped.category)
        if learned is not None and any(cue in learned.categories for cue in cues):
            return coder.choose(self.sighting)
        return coder.rate(self.sighting, self.shipped)  # the same event, at a fraction of the cost

    def is_right(self, event: ChosenEvent) -> bool:
        """True when category, source and target of this reading of the word are what the reviewers left."""
        lesson = self.lesson
        return not lesson.rejected and lesson.sides_right and event.category == lesson.category


def read_rows(
    coder: Coder, lessons: Iterable[Lesson], document_of: Callable[[str], Document], stories: Mapping[str, str]
) -> Iterator[Row]:
    """Yields the row of each lesson at whose word the coder, with the shipped heads, sees a possible event.

    Where another model had coded what was judged, the lesson is kept as far as it still says something of this one. A
    word that a user's own phrase decides gives no row: no head decides there. `stories` names the story of those
    documents that are in one.
    """
    by_document: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        by_document[lesson.document].append(lesson)
    for id, found in by_document.items():
        seen = tuple(_see(coder, document_of(id), found))
        for lesson in found:
            sighting = _at(seen, lesson.trigger)
            if sighting is None or (sighting.candidate is not None and sighting.candidate.user):
                continue
            shipped = coder.choose(sighting)
            brought = _bring(lesson, shipped, coder.model.version)
            if brought is not None:
                yield Row(lesson=brought, group=stories.get(id, id), sighting=sighting, shipped=shipped)


def _see(coder: Coder, document: Document, lessons: Sequence[Lesson]) -> Iterator[Sighting]:
    """What the coder sees in the sentences with a lesson."""
    cut = coder.parser.segmenter.segment(document.text)
    wanted = [part for part in cut if any(part.span.contains(lesson.trigger) for lesson in lessons)]
    return coder.find_sightings(coder.parser.parse_sentences(document, wanted))


def _at(seen: Sequence[Sighting], trigger: Span) -> Sighting | None:
    """The likeliest sighting within the words; those that people marked may be several."""
    there = [one for one in seen if one.tree.token(one.trigger.token).span.overlaps(trigger)]
    return max(there, key=lambda one: one.trigger.probability, default=None)


def _bring(lesson: Lesson, event: ChosenEvent, model: str) -> Lesson | None:
    """The lesson as it applies to this reading; None when what was rejected is another category than this one."""
    if lesson.rejected:
        return lesson if event.category == lesson.judged else None
    if lesson.model == model or lesson.added:
        return lesson
    same = _meet(lesson.sources, event.sources) and _meet(lesson.targets, event.targets)
    return replace(lesson, sides_right=same)


def _meet(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """True when both sides are empty, or a span of one overlaps a span of the other."""
    return any(a.overlaps(b) for a in one for b in other) if one and other else not one and not other
