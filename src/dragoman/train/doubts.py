"""Doubtful labels: where a model that has not read a report clearly disagrees with its annotation.

Most reports are read once, and readers overlook events. Half of the training reports train a model that judges the other
half; words on which it is nearly certain of the opposite are left out of the trigger loss: neither learned nor unlearned.
The idea is that of confident learning (Northcutt, Jiang and Chuang 2021, "Confident Learning: Estimating Uncertainty in
Dataset Labels"), with fixed bounds in place of the class means.
"""  # noqa: E501

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from dragoman.train.event_data import EventSentence, Range

# An unmarked word whose probability of an event is above the first is doubtful; a marked one below the second.
OVERLOOKED, UNLIKELY = 0.9, 0.02
Doubts = Mapping[str, Sequence[Range]]


def half_of(report: str) -> int:
    """0 or 1: the half of the training reports to which a report belongs, by its id."""
    return sha256(report.encode()).digest()[0] % 2


def doubtful_words(sentence: EventSentence, likely: Sequence[float]) -> list[Range]:
    """Characters of the words on which `likely`, the probability of an event at each word, contradicts the marks."""
    marked = {trigger.word for trigger in sentence.triggers}
    return [
        span
        for word, (span, share) in enumerate(zip(sentence.spans, likely, strict=False))
        if (share < UNLIKELY if word in marked else share > OVERLOOKED)
    ]


def write_doubts(doubts: Doubts, path: Path) -> None:
    """Write the doubts as JSON: report id to [start, end) characters."""
    path.write_text(json.dumps(dict(sorted(doubts.items()))), encoding="utf-8")


def read_doubts(path: Path) -> dict[str, list[Range]]:
    """What `write_doubts` wrote; nothing where there is no file."""
    if not path.is_file():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {report: [(start, end) for start, end in spans] for report, spans in stored.items()}


def mark_doubts(sentences: Sequence[EventSentence], doubts: Doubts) -> list[EventSentence]:
    """The sentences with `doubtful` filled in."""
    marked = []
    for sentence in sentences:
        spans = set(doubts.get(sentence.report, ()))
        words = tuple(i for i, span in enumerate(sentence.spans) if span in spans)
        marked.append(replace(sentence, doubtful=words) if words else sentence)
    return marked
