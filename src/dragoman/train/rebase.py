"""Move annotation from a working copy of a text (markup) to the text itself, sentence by sentence."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from dragoman.train.annotation import CorpusError, Report
from dragoman.types.text import Span


def rebase(report: Report, text: str, *, cut: bool = False) -> Report:
    """The same annotation with offsets into `text`, in which the sentences stand in the same order.

    White space between sentences may differ; when `cut` is true, the text ends with the last sentence.
    Raises CorpusError for a sentence that `text` does not have.
    """
    spans: list[Span] = []
    at = 0
    for sentence in report.sentences or ():
        words = sentence.of(report.text)
        at = text.find(words, at)
        if at < 0:
            raise CorpusError(f"{report.id}: sentence not in the text: {words[:80]!r}; copy sentences unchanged")
        spans.append(Span(at, at + len(words)))
        at += len(words)
    text = text[:at] if cut else text
    mover = _Mover(report.sentences or (), tuple(spans))
    changed = {f.name: mover.move(getattr(report, f.name)) for f in fields(report) if f.name != "sentences"}
    return replace(report, **{**changed, "text": text, "sentences": tuple(spans), "origin": "news"})


class _Mover:
    """Moves every span inside a value from the old sentences to the new ones."""

    def __init__(self, old: tuple[Span, ...], new: tuple[Span, ...]) -> None:
        self.pairs = tuple(zip(old, new, strict=True))

    def move(self, value: Any) -> Any:
        """The value with moved spans; values without spans are returned as they are."""
        if isinstance(value, Span):
            return self._move_span(value)
        if isinstance(value, tuple):
            return tuple(self.move(v) for v in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{f.name: self.move(getattr(value, f.name)) for f in fields(value)})
        return value

    def _move_span(self, span: Span) -> Span | None:
        """None for a span that begins in no sentence."""
        starts = [new.start - old.start for old, new in self.pairs if old.start <= span.start < old.end]
        ends = [new.start - old.start for old, new in self.pairs if old.start < span.end <= old.end]
        return Span(span.start + starts[0], span.end + ends[0]) if starts and ends else None
