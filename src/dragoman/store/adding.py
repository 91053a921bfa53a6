"""Records that people add: kept as verdicts, and laid beside what the coder found in their report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codec import decode_record, parse_json
from dragoman.errors import ConflictError, InputError, RecordNotFoundError
from dragoman.store.derived import Follower
from dragoman.store.engine import Transaction
from dragoman.store.fold import fold
from dragoman.store.reviewing import refresh_record
from dragoman.store.verdicts import append_verdict
from dragoman.types.record import Origin, Record
from dragoman.types.review import Verdict
from dragoman.types.text import Span

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The latest coding of a document: its key and the document's text."""

    coding: int
    text: str


def keep_addition(
    writing: Transaction, dialect: str, verdict: Verdict, before: Sequence[Verdict], follower: Follower
) -> None:
    """Keeps the verdict and lays its record into the latest coding of the document.

    Raises:
        ConflictError: the record is there already.
        InputError: the value is no record of this document and id, or its words are not those of the text.
        RecordNotFoundError: no such document.
    """
    place = _place_of(writing, verdict.document)
    record = _read_addition(verdict, place.text)
    _check_absent(writing, verdict, before, follower)
    append_verdict(writing, verdict)
    if not writing.read("SELECT 1 FROM record WHERE id = ? AND coding = ?", (record.id, place.coding)):
        key = int(writing.read("SELECT coalesce(max(key), 0) + 1 FROM record")[0][0] or 1)
        body = verdict.value or ""
        row = (key, place.coding, record.id, parse_json(body)["kind"], body)
        writing.write("INSERT INTO record (key, coding, id, kind, body) VALUES (?, ?, ?, ?, ?)", row)
    refresh_record(writing, dialect, record.id, follower)


def _place_of(writing: Transaction, document: str) -> _Place:
    rows = writing.read(
        "SELECT u.coding, o.text FROM document o JOIN current u ON u.document = o.key WHERE o.id = ?", (document,)
    )
    if not rows:
        raise RecordNotFoundError(f"document {document!r}: the store has none of this id")
    return _Place(coding=int(rows[0][0] or 0), text=str(rows[0][1]))


def _read_addition(verdict: Verdict, text: str) -> Record:
    if verdict.value is None:
        raise InputError(f"verdict {verdict.id}: an added record is needed as JSON in its value")
    record = decode_record(verdict.value)[0]
    if (record.id, record.document) != (verdict.record, verdict.document):
        raise InputError(
            f"added record {record.id!r} of document {record.document!r}: expected the verdict's own, "
            f"{verdict.record!r} of {verdict.document!r}"
        )
    if record.origin is not Origin.PERSON:
        raise InputError(f"added record {record.id!r}: origin {record.origin.value!r}, expected 'person'")
    if not record.evidence:
        raise InputError(f"added record {record.id!r}: has no evidence; name the words that show it")
    for span, words in _quotes(parse_json(verdict.value)):
        if not 0 <= span.start < span.end <= len(text) or span.of(text) != words:
            raise InputError(
                f"added record {record.id!r}: {words[:60]!r} is not what the text has at {span.start}-{span.end}"
            )
    return record


def _quotes(value: Json) -> Iterator[tuple[Span, str]]:
    """The stretches that show a record with the words that it gives for them."""
    cores = [value[core] for core in ("trigger", "topic", "content") if value.get(core) is not None]
    for one in (*value["evidence"], *cores):
        yield Span(int(one["start"]), int(one["end"])), str(one["text"])


def _check_absent(writing: Transaction, verdict: Verdict, before: Sequence[Verdict], follower: Follower) -> None:
    """Raises ConflictError unless the id is free, or only an addition that was taken back has it."""
    sql = (
        "SELECT b.body, o.id FROM record b JOIN coding c ON c.key = b.coding JOIN document o ON o.key = c.document"
        " JOIN current u ON u.coding = c.key WHERE b.id = ?"
    )
    for body, document in writing.read(sql, (verdict.record,)):
        if str(document) != verdict.document:
            raise InputError(f"record {verdict.record!r}: is one of document {str(document)!r}")
        value = parse_json(str(body))
        folded = fold(value, before, follower)
        if value.get("origin") != Origin.PERSON or folded.review != "rejected":
            raise ConflictError(
                f"record {verdict.record}: there already, at the same words with the same code ({folded.review}); "
                "correct that one"
            )
