"""The text of a report cut where highlights begin and end, so that records may overlap in plain HTML. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.types.record import Claim, Event, Position, Record
from dragoman.types.text import Furniture, Span
from dragoman.web.cards import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text that the same records cover. `first_of` are those whose words begin here.

    `kinds` are kinds of records, `core` is True where the word that triggered one stands. `furniture` says why the
    stretch was not coded, None for report text. `chosen` marks the words that a person selected.
    """

    text: str
    records: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first_of: tuple[str, ...] = ()
    core: bool = False
    furniture: str | None = None
    chosen: bool = False

    @property
    def depth(self) -> int:
        """How many records cover it, three at most."""
        return min(3, len(self.records))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of the text; `start` is its place in the report."""

    start: int
    segments: tuple[Segment, ...]


def words_of(record: Record) -> tuple[Span, ...]:
    """The stretches that show a record: its evidence and its core."""
    return tuple(sorted({*record.evidence, *_core(record)}))


def _core(record: Record) -> tuple[Span, ...]:
    if isinstance(record, Event):
        return (record.trigger,)
    if isinstance(record, Position):
        return (record.topic,)
    return (record.content,) if isinstance(record, Claim) else ()


def cut_text(
    text: str, records: Iterable[Record], furniture: Iterable[Furniture], *, first: int = 0, chosen: Span | None = None
) -> tuple[Paragraph, ...]:
    """The paragraphs of the text, cut into segments. Spans that reach beyond the text are cut off.

    `first` is the place in the report where the text begins; spans are counted from there.

    >>> cut_text("a\\n\\nb", [], [])[1].segments[0].text
    'b'
    """
    marks = [_Mark(record=record, spans=words_of(record)) for record in records]
    edges = _edges(text, marks, furniture := tuple(furniture), chosen)
    first_seen: set[str] = set()
    paragraphs: list[Paragraph] = []
    for line in _lines(text):
        here = [mark for mark in marks if any(span.overlaps(line) for span in mark.spans)]
        cuts = [line.start, *(edge for edge in edges if line.start < edge < line.end), line.end]
        segments = [_segment(text, Span(start, end), here, furniture, first_seen) for start, end in pairwise(cuts)]
        if chosen is not None and chosen.overlaps(line):
            segments = [_with_choice(segment, cut, chosen) for segment, cut in zip(segments, cuts, strict=False)]
        paragraphs.append(Paragraph(start=first + line.start, segments=tuple(segments)))
    return tuple(paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    record: Record
    spans: tuple[Span, ...]


def _with_choice(segment: Segment, start: int, chosen: Span) -> Segment:
    return replace(segment, chosen=chosen.start <= start < chosen.end)


def _edges(text: str, marks: list[_Mark], furniture: tuple[Furniture, ...], chosen: Span | None) -> list[int]:
    spans = [span for mark in marks for span in (*mark.spans, *_core(mark.record))]
    spans += [*(mark.span for mark in furniture), *([chosen] if chosen else [])]
    return sorted({edge for span in spans for edge in (span.start, span.end) if 0 <= edge <= len(text)})


def _lines(text: str) -> Iterator[Span]:
    """Lines that hold something."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _segment(
    text: str, span: Span, marks: list[_Mark], furniture: tuple[Furniture, ...], first_seen: set[str]
) -> Segment:
    covering = [mark.record for mark in marks if any(span.overlaps(one) for one in mark.spans)]
    fresh = [record.id for record in covering if record.id not in first_seen]
    first_seen.update(fresh)
    return Segment(
        text=span.of(text),
        records=tuple(record.id for record in covering),
        kinds=tuple(dict.fromkeys(KINDS[type(record)] for record in covering)),
        first_of=tuple(fresh),
        core=any(isinstance(record, Event) and span.overlaps(record.trigger) for record in covering),
        furniture=next((mark.reason for mark in furniture if span.overlaps(mark.span)), None),
    )
