"""Predictions for scoring, by RECORD.md section 8: one line in, one line out, same id, in the same order.

A line that cannot be used still gives its line: the id as far as it can be read, the empty answer of the task, and an
`error` that says what was expected.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.errors import InputError
from dragoman.types.coding import CoderLike
from dragoman.types.predict import (
    ActorsPrediction,
    ActorsQuery,
    AttributionPrediction,
    AttributionQuery,
    EventsPrediction,
    EventsQuery,
    FactualityPrediction,
    FactualityQuery,
    PairsPrediction,
    PairsQuery,
    PredictedEvent,
)
from dragoman.types.text import Span

_CHUNK = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One line of output; `error` is None when the question was answered."""

    line: str
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """How one task reads its questions, asks the coder, and writes its answers; `empty` answers a bad line."""

    read: Callable[[Mapping[str, Any]], Any]
    ask: Callable[[CoderLike, Iterable[Any]], Iterator[Any]]
    write: Callable[[Any], dict[str, Any]]
    empty: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bad:
    id: str | int | None
    error: str


def predict(task: str, lines: Iterable[str], coder: CoderLike) -> Iterator[Answer]:
    """Yields one answer for each line that is not blank. Raises InputError when there is no such task."""
    if task not in TASKS:
        raise InputError(f"task {task!r} is not one of {', '.join(TASKS)}")
    chosen = TASKS[task]
    questions = (_read(chosen, line, number) for number, line in enumerate(lines, start=1) if line.strip())
    while chunk := list(islice(questions, _CHUNK)):
        yield from _answer(chosen, chunk, coder)


def _read(task: _Task, line: str, number: int) -> Any:
    try:
        row = parse_json(line)
    except InputError as error:
        return _Bad(id=None, error=f"line {number}: {error}")
    if not isinstance(row, Mapping):
        return _Bad(id=None, error=f"line {number}: {type(row).__name__} where an object was expected")
    known = row.get("id") if isinstance(row.get("id"), str | int) else None
    try:
        return task.read(row)
    except InputError as error:
        return _Bad(id=known, error=f"line {number}: {error}")


def _answer(task: _Task, chunk: list[Any], coder: CoderLike) -> Iterator[Answer]:
    answers = _ask(task, [question for question in chunk if not isinstance(question, _Bad)], coder)
    for question in chunk:
        answer = question if isinstance(question, _Bad) else next(answers)
        if isinstance(answer, _Bad):
            row = {"id": answer.id, **task.empty, "error": answer.error}
            yield Answer(line=format_json(row), error=answer.error)
        else:
            yield Answer(line=format_json({"id": answer.id, **task.write(answer)}), error=None)


def _ask(task: _Task, asked: list[Any], coder: CoderLike) -> Iterator[Any]:
    """All at once; one by one when that fails, so that a text that breaks the coder costs its own answer only."""
    try:
        answers = list(task.ask(coder, asked))
    except Exception:
        answers = [_ask_one(task, question, coder) for question in asked]
    return iter(answers)


def _ask_one(task: _Task, question: Any, coder: CoderLike) -> Any:
    try:
        (answer,) = task.ask(coder, [question])
    except Exception as error:
        return _Bad(id=question.id, error=f"id {question.id!r}: not answered: {type(error).__name__}: {error}")
    return answer


# ---- questions in


def _id(row: Mapping[str, Any]) -> str | int:
    value = row.get("id")
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    raise InputError(f"id is {value!r}; expected a text or a whole number")


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if isinstance(value, str) and value.strip():
        return value
    raise InputError(f"{key} is {value!r}; expected words")


def _day(row: Mapping[str, Any]) -> date | None:
    value = row.get("date")
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise InputError(f"date is {value!r}; expected a date like 2024-04-16") from error


def _span(text: str, start: object, end: object) -> Span:
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
        return Span(start, end)
    raise InputError(f"characters {start!r} to {end!r}; expected two whole numbers inside the text of {len(text)}")


def _read_events(row: Mapping[str, Any]) -> EventsQuery:
    return EventsQuery(id=_id(row), text=_text(row, "text"), published=_day(row))


def _read_pairs(row: Mapping[str, Any]) -> PairsQuery:
    return PairsQuery(id=_id(row), text=_text(row, "text"), source=_text(row, "source"), target=_text(row, "target"))


def _read_actors(row: Mapping[str, Any]) -> ActorsQuery:
    context = row.get("context")
    return ActorsQuery(
        id=_id(row), text=_text(row, "text"), context=context if isinstance(context, str) else None, as_of=_day(row)
    )


def _read_attribution(row: Mapping[str, Any]) -> AttributionQuery:
    content = row.get("content")
    start, end = content if isinstance(content, list) and len(content) == 2 else (None, None)
    text = _text(row, "text")
    return AttributionQuery(id=_id(row), text=text, content=_span(text, start, end))


def _read_factuality(row: Mapping[str, Any]) -> FactualityQuery:
    text = _text(row, "text")
    return FactualityQuery(id=_id(row), text=text, span=_span(text, row.get("start"), row.get("end")))


# ---- answers out


def _write_events(answer: EventsPrediction) -> dict[str, Any]:
    return {"events": [_event_row(event) for event in answer.events]}


def _event_row(event: PredictedEvent) -> dict[str, Any]:
    return {
        "category": event.category,
        "mode": event.mode,
        "cameo": event.cameo,
        "root": event.root,
        "source": event.source,
        "target": event.target,
        "source_country": event.source_country,
        "source_sector": event.source_sector,
        "target_country": event.target_country,
        "target_sector": event.target_sector,
        "status": event.status.value,
        "confidence": event.confidence,
    }


def _write_pairs(answer: PairsPrediction) -> dict[str, Any]:
    return {"label": answer.label, "cameo": answer.cameo, "confidence": answer.confidence}


def _write_actors(answer: ActorsPrediction) -> dict[str, Any]:
    return {
        "country": answer.country,
        "sector": answer.sector,
        "name": answer.name,
        "kind": answer.kind,
        "confidence": answer.confidence,
    }


def _write_attribution(answer: AttributionPrediction) -> dict[str, Any]:
    start, end = (answer.span.start, answer.span.end) if answer.span is not None else (None, None)
    return {"speaker": answer.speaker, "start": start, "end": end}


def _write_factuality(answer: FactualityPrediction) -> dict[str, Any]:
    return {"status": answer.status.value, "happened": int(answer.happened)}


TASKS: Mapping[str, _Task] = {
    "events": _Task(
        read=_read_events,
        ask=lambda coder, queries: coder.predict_events(queries),
        write=_write_events,
        empty={"events": []},
    ),
    "pairs": _Task(
        read=_read_pairs,
        ask=lambda coder, queries: coder.predict_pairs(queries),
        write=_write_pairs,
        empty={"label": None, "cameo": None, "confidence": 0.0},
    ),
    "actors": _Task(
        read=_read_actors,
        ask=lambda coder, queries: coder.predict_actors(queries),
        write=_write_actors,
        empty={"country": None, "sector": None, "name": None, "kind": None, "confidence": 0.0},
    ),
    "attribution": _Task(
        read=_read_attribution,
        ask=lambda coder, queries: coder.predict_attribution(queries),
        write=_write_attribution,
        empty={"speaker": None, "start": None, "end": None},
    ),
    "factuality": _Task(
        read=_read_factuality,
        ask=lambda coder, queries: coder.predict_factuality(queries),
        write=_write_factuality,
        empty={"status": None, "happened": None},
    ),
}
