"""From the verdicts in a store to a learned layer, with what it gains on reports that it did not see."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coder import Coder
from dragoman.coding.learned import Learned
from dragoman.errors import InputError
from dragoman.learned import FEWEST_REPORTS, FEWEST_VERDICTS
from dragoman.learning.heads import Heads, Teaching, learn_layer
from dragoman.learning.heldout import CATEGORY, SURPRISE, Measure, hold_out, measure_gain
from dragoman.learning.lessons import Lessons, read_lessons
from dragoman.learning.rows import Row, read_rows
from dragoman.store import Store

# So many judged events must be right, and so many wrong, before confidence can be learned from them.
FEWEST_OF_EACH = 8
FEWEST_CATEGORIES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What came of learning.

    `rows` of the lessons could be used, on `stories` (near-copies of a report count once). `layer` is None when too
    little was there to learn from. `refused` says for each head that was left as shipped why it was. `measures` are
    those of the heads that were learned, else of those that were tried; empty when nothing could be held out.
    """

    lessons: Lessons
    rows: int
    stories: int
    heads: Heads
    measures: tuple[Measure, ...]
    refused: tuple[str, ...]
    layer: Learned | None


def learn(store: Store, coder: Coder, *, force: bool = False) -> Learning:
    """What the verdicts in the store teach the shipped heads; each time from all verdicts, so nothing counts twice.

    A head is learned when it gains on held-out reports; with `force`, whatever it gains and however few verdicts there
    are. Nothing is written.

    Raises InputError for a coder that learned already, or that codes by rules alone.
    """
    if coder.learned is not None or coder.engine != "model":
        raise InputError("learn: expected a coder with the shipped heads: Coder.open() without `learned` and `engine`")
    lessons = read_lessons(store, codebook=coder.codebook.name)
    stories = {document: story.id for story in store.stories() for document in story.documents}
    rows = tuple(read_rows(coder, lessons.lessons, store.document, stories))
    return learn_from(rows, coder, lessons, force=force)


def learn_from(rows: Sequence[Row], coder: Coder, lessons: Lessons, *, force: bool = False) -> Learning:
    """The same from rows that were read already."""
    groups = len({row.group for row in rows})
    lacking = what_lacks(rows, groups)
    if groups < 2 or (lacking and not force):
        return _nothing(rows, groups, lessons, lacking or "verdicts on two reports or more are needed")
    refused, teaching = list[str](), Teaching(rows, coder)
    typing = _learn_typing(teaching, refused, force=force)
    confidence = _enough_of_each(rows, refused) or force
    heads = Heads(typing=typing, confidence=confidence)
    measures = measure_gain(rows, *hold_out(teaching, heads))
    if confidence and not force and not _gains(measures, SURPRISE):
        refused.append("confidence: no gain on held-out reports")
        heads = Heads(typing=typing, confidence=False)
        measures = measure_gain(rows, *hold_out(teaching, heads)) if typing else measures
    learned = heads.typing or heads.confidence
    return Learning(
        lessons=lessons,
        rows=len(rows),
        stories=groups,
        heads=heads,
        measures=measures,
        refused=tuple(refused),
        layer=learn_layer(teaching, heads) if learned else None,
    )


def what_lacks(rows: Sequence[Row], groups: int) -> str | None:
    """What more is needed before anything can be learned, in words; None when there is enough."""
    if len(rows) >= FEWEST_VERDICTS and groups >= FEWEST_REPORTS:
        return None
    return (
        f"{len(rows)} usable verdicts on events of {groups} reports; at least {FEWEST_VERDICTS} on {FEWEST_REPORTS} "
        "reports are needed"
    )


def _nothing(rows: Sequence[Row], groups: int, lessons: Lessons, why: str) -> Learning:
    heads = Heads(typing=False, confidence=False)
    return Learning(
        lessons=lessons, rows=len(rows), stories=groups, heads=heads, measures=(), refused=(why,), layer=None
    )


def _learn_typing(teaching: Teaching, refused: list[str], *, force: bool) -> bool:
    rows = teaching.rows
    other = sum(row.lesson.category not in (None, row.shipped.category) for row in rows)
    if force:
        return True
    if other < FEWEST_CATEGORIES:
        refused.append(
            f"typing: {other} events whose category the shipped heads get wrong; at least {FEWEST_CATEGORIES} are "
            "needed"
        )
        return False
    if _gains(measure_gain(rows, *hold_out(teaching, Heads(confidence=False))), CATEGORY):
        return True
    refused.append("typing: no gain on held-out reports")
    return False


def _enough_of_each(rows: Sequence[Row], refused: list[str]) -> bool:
    judged = [row.lesson for row in rows if not row.lesson.added]
    right = sum(not lesson.rejected and lesson.sides_right and lesson.category == lesson.judged for lesson in judged)
    if min(right, len(judged) - right) >= FEWEST_OF_EACH:
        return True
    refused.append(
        f"confidence: {right} events judged right and {len(judged) - right} wrong; at least {FEWEST_OF_EACH} of each "
        "are needed"
    )
    return False


def _gains(measures: Sequence[Measure], name: str) -> bool:
    return any(measure.gains for measure in measures if measure.name == name)
