"""Cut a report's text into headline, paragraphs and sentences, to number sentences where the annotation does not."""

import re
from dataclasses import dataclass

from dragoman.types.text import Span

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Cmdr|Sgt|Brig|Adm|Gov|Sen|Rep|Rev|Hon|St|Sr|Jr|No|Nos|Inc|Ltd|Co|Corp"
    r"|vs|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Art|Sec|Fr|Msgr|Atty|Engr|Supt|Insp|Pvt|Cpl|Pte|Dept)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)
_BREAK = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9\u00c0-\u00de])|[.!?…]+[\"”’')\]]*(?=\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Sentence spans, whether the first is a headline, and the numbers of sentences that begin a paragraph."""

    spans: tuple[Span, ...]
    headline: bool
    paragraphs: tuple[int, ...]


def split_sentences(text: str) -> Split:
    """Cut `text`: every line is a paragraph, every paragraph is cut after final punctuation before a capital."""
    spans: list[Span] = []
    paragraphs: list[int] = []
    for line in re.finditer(r"[^\n]+", text):
        if line.group().strip():
            paragraphs.append(len(spans))
            spans += _split_line(line.group(), line.start())
    return Split(spans=tuple(spans), headline=_has_headline(text, spans, paragraphs), paragraphs=tuple(paragraphs))


def _split_line(line: str, offset: int) -> list[Span]:
    spans = []
    start = len(line) - len(line.lstrip())
    for match in _BREAK.finditer(line):
        stop = match.start() + len(match.group().rstrip())
        if stop - start < 2 or _ABBREVIATION.search(line[start:stop]):
            continue
        spans.append(Span(offset + start, offset + stop))
        start = match.end()
    end = len(line.rstrip())
    if end > start:
        spans.append(Span(offset + start, offset + end))
    return spans


def _has_headline(text: str, spans: list[Span], paragraphs: list[int]) -> bool:
    """The first line is a headline when it is one sentence without a full stop."""
    if not spans:
        return False
    alone = len(spans) == 1 or 1 in paragraphs
    return alone and spans[0].of(text)[-1] not in '.”"'
