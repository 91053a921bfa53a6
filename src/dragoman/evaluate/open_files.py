"""The open benchmark files as frozen cases. Their texts are read to be asked about, never kept or printed."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import InputError, OriginError
from dragoman.types.text import Span, cover

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCase:
    """A sentence with a marked source and target. `answer` is a category, or 0 (cooperation) or 1 (conflict)."""

    id: str
    text: str
    source: str
    target: str
    answer: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceCase:
    """A sentence with its class: 0 for no event, 1 to 4 for the quad classes."""

    id: str
    text: str
    answer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanEvent:
    """One event as a coder marked it, or as the coder's prediction says: CAMEO root, content words of both sides."""

    root: int
    source: frozenset[str]
    target: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCase:
    """A news lead with what each human coder marked in it, by the coder's number."""

    id: str
    text: str
    coders: tuple[tuple[int, tuple[HumanEvent, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCase:
    """A reported content in a document. `speaker` is None where nobody is named; `place` where the words are not found.

    `place` is the occurrence of the speaker's words nearest to the content, outside it.
    """

    id: str
    text: str
    content: Span
    speaker: str | None
    place: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateCase:
    """A predicate in a sentence, and whether annotators hold that it happened."""

    id: str
    text: str
    span: Span
    happened: bool


def read_rows(path: Path) -> Iterator[Row]:
    """Yields the objects of a JSON Lines file, plain or `.gz`.

    Raises OriginError when it cannot be opened, InputError with the line number at a line that is no object.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _read_row(line, f"{path}, line {number}")
    except OSError as error:
        raise OriginError(f"{path}: cannot be read ({error}); expected a JSON Lines file of the open data") from error


def _read_row(line: str, place: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}: not JSON ({error}); expected one object a line") from error
    if not isinstance(row, dict):
        raise InputError(f"{place}: {type(row).__name__}; expected one object a line")
    return row


def read_pairs(path: Path, *, answer: str) -> tuple[PairCase, ...]:
    """Marked pairs; `answer` is the key of the gold class."""
    return tuple(
        PairCase(id=row["id"], text=row["text"], source=row["source"], target=row["target"], answer=row[answer])
        for row in read_rows(path)
    )


def read_sentences(path: Path) -> tuple[SentenceCase, ...]:
    """Sentences with the class of their event."""
    return tuple(SentenceCase(id=row["id"], text=row["text"], answer=int(row["penta"])) for row in read_rows(path))


_STOP = frozenset(re.findall(r"\w+", "the a an of in on for to and s his her its their with by at"))


def lead_words(text: str | None) -> frozenset[str]:
    """Content words as the project's coder-scoring tool takes them."""
    return frozenset(re.findall(r"[a-z0-9]+", (text or "").lower())) - _STOP


def read_leads(path: Path) -> tuple[LeadCase, ...]:
    """News leads with every coder's events; a coder who held a lead for irrelevant has none."""
    return tuple(
        LeadCase(
            id=row["id"],
            text=row["text"],
            coders=tuple((int(coder["coder"]), _human_events(coder)) for coder in row["coders"]),
        )
        for row in read_rows(path)
    )


def _human_events(coder: Row) -> tuple[HumanEvent, ...]:
    events = coder["events"] if coder["relevant"] else []
    return tuple(
        HumanEvent(
            root=int(event["root"]),
            source=lead_words(" ".join(part[0] for part in event["source"])),
            target=lead_words(" ".join(part[0] for part in event["target"])),
        )
        for event in events
    )


def read_speech(path: Path) -> tuple[SpeechCase, ...]:
    """Attributions of documents; those whose content has no place are left out."""
    cases = []
    for row in read_rows(path):
        for number, mark in enumerate(row["attributions"]):
            spans = [Span(*span) for span in mark["content_spans"]]
            if spans:
                content = cover(*spans)
                speaker = " ".join(mark["source"]) or None
                place = _nearest(row["text"], speaker, content, spans) if speaker else None
                name = f"{row['id']}#{number}"
                cases.append(SpeechCase(id=name, text=row["text"], content=content, speaker=speaker, place=place))
    return tuple(cases)


def _nearest(text: str, words: str, content: Span, parts: list[Span]) -> Span | None:
    found = [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    outside = [span for span in found if not any(span.overlaps(part) for part in parts)]
    return min(outside, key=lambda span: max(span.start - content.end, content.start - span.end, 0), default=None)


def read_predicates(path: Path) -> tuple[PredicateCase, ...]:
    """Predicates of the held-out documents; the others train (`dragoman.train.factuality`)."""
    from dragoman.train.factuality import is_held_out

    return tuple(
        PredicateCase(
            id=row["id"],
            text=row["text"],
            span=_place_token(row["text"], row["tokens"], row["token_index"]),
            happened=bool(row["label"]),
        )
        for row in read_rows(path)
        if is_held_out(row["sent_id"])
    )


def _place_token(text: str, tokens: list[str], index: int) -> Span:
    """Where the token stands: the tokens are looked for one after the other."""
    at = 0
    for token in tokens[: index + 1]:
        found = text.find(token, at)
        start = found if found >= 0 else at
        at = start + len(token)
    return Span(start, min(at, len(text)))
