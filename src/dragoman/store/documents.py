"""Documents and their codings, read back."""

from collections.abc import Iterator
from datetime import date

from dragoman._codec_in import read_span
from dragoman.codec import decode_record, parse_json
from dragoman.errors import RecordNotFoundError
from dragoman.pipeline import Coded
from dragoman.store.engine import Engine, Row, Value
from dragoman.types.record import Coding, Issue, Provenance, Record
from dragoman.types.text import Document, Furniture, Span

_COLUMNS = "o.id, o.text, o.origin, o.title, o.published, o.publisher, o.url, o.language, o.furniture, o.notes, o.key"


def find_document(engine: Engine, id: str) -> Document:
    """The document of this id. Raises RecordNotFoundError."""
    rows = engine.read(f"SELECT {_COLUMNS} FROM document o WHERE o.id = ?", (id,))
    if not rows:
        raise RecordNotFoundError(f"document {id!r}: the store has none of this id")
    return _document(rows[0])


def iterate_documents(engine: Engine, *, run: str | None = None) -> Iterator[Document]:
    """All documents in the order in which they came; of one run, those that it coded."""
    coded = "" if run is None else " JOIN coding c ON c.document = o.key JOIN run r ON r.key = c.run WHERE r.id = ?"
    values = () if run is None else (run,)
    return map(_document, engine.stream(f"SELECT {_COLUMNS} FROM document o{coded} ORDER BY o.key", values))


def iterate_coded(
    engine: Engine, *, run: str | None = None, documents: tuple[int, ...] | None = None, rejected: bool = False
) -> Iterator[Coded]:
    """Documents with their latest coding, or with that of one run; verdicts are folded in.

    `documents` are keys; None stands for all. Rejected records are left out unless `rejected`.
    """
    source = "current u JOIN coding c ON c.key = u.coding" if run is None else "coding c JOIN run r ON r.key = c.run"
    clause, values = ("", []) if run is None else (" WHERE r.id = ?", [run])
    columns = f"{_COLUMNS}, c.key, c.codebook, c.model, c.kb, c.issues"
    sql = f"SELECT {columns} FROM {source} JOIN document o ON o.key = c.document"
    for number in [None] if documents is None else documents:
        more = "" if number is None else (" AND " if clause else " WHERE ") + "o.key = ?"
        asked: list[Value] = [*values] if number is None else [*values, number]
        for row in engine.stream(f"{sql}{clause}{more} ORDER BY o.key", asked):
            yield _coded(engine, row, rejected=rejected)


def _coded(engine: Engine, row: Row, *, rejected: bool) -> Coded:
    document = _document(row)
    key, codebook, model, kb, issues = row[11:]
    return Coded(
        document=document,
        coding=Coding(
            document=document.id,
            records=tuple(_records(engine, int(key or 0), rejected=rejected)),
            issues=tuple(_issues(str(issues))),
            provenance=Provenance(codebook=str(codebook), model=str(model), kb=str(kb)),
        ),
    )


def _records(engine: Engine, coding: int, *, rejected: bool) -> Iterator[Record]:
    kept = "" if rejected else " AND e.review <> 'rejected'"
    sql = (
        "SELECT coalesce(x.body, b.body) FROM record b LEFT JOIN corrected x ON x.record = b.key"
        f" JOIN entry e ON e.record = b.key WHERE b.coding = ?{kept} ORDER BY b.key"
    )
    for (body,) in engine.read(sql, (coding,)):
        yield decode_record(str(body))[0]


def _issues(written: str) -> Iterator[Issue]:
    for item in parse_json(written):
        yield Issue(code=item["code"], message=item["message"], span=read_span(item["span"]))


def _document(row: Row) -> Document:
    id, text, origin, title, published, publisher, url, language, furniture, notes, _ = row[:11]
    marks = parse_json(str(furniture))
    return Document(
        id=str(id),
        text=str(text),
        origin=str(origin),
        title=_text(title),
        published=date.fromisoformat(str(published)) if published else None,
        publisher=_text(publisher),
        url=_text(url),
        language=_text(language),
        furniture=tuple(Furniture(span=Span(mark["start"], mark["end"]), reason=mark["reason"]) for mark in marks),
        notes=tuple(parse_json(str(notes))),
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
