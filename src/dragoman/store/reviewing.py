"""One record's projections made anew after a verdict on it."""

from typing import Any

from dragoman.codec import parse_json
from dragoman.errors import RecordNotFoundError
from dragoman.store.derived import Follower
from dragoman.store.engine import Row, Transaction
from dragoman.store.rows import Where, sketch
from dragoman.store.verdicts import verdicts_on
from dragoman.store.writing import Committer, Keys, Rows

Json = Any
ROWS_OF_RECORDS = (
    "SELECT b.key, b.coding, c.run, c.document, o.published, b.body, o.id FROM record b"
    " JOIN coding c ON c.key = b.coding JOIN document o ON o.key = c.document"
)


def value_of(writing: Transaction, record: str, document: str) -> Json:
    """The record as its document's latest coding that has it gives it. Raises RecordNotFoundError."""
    sql = f"{ROWS_OF_RECORDS} WHERE b.id = ? AND o.id = ? ORDER BY b.coding DESC LIMIT 1"
    rows = writing.read(sql, (record, document))
    if not rows:
        raise RecordNotFoundError(f"record {record!r} of document {document!r}: the store has none of these ids")
    return parse_json(str(rows[0][5]))


def where_of(row: Row) -> Where:
    """The place that a row of ROWS_OF_RECORDS names."""
    record, coding, run, document, published = row[:5]
    return Where(
        record=int(record or 0),
        coding=int(coding or 0),
        run=int(run or 0),
        document=int(document or 0),
        published=None if published is None else str(published),
    )


def refresh_record(writing: Transaction, dialect: str, record: str, follower: Follower) -> None:
    """Makes the projections of a record anew, in all codings that have it."""
    committer, rows, keys = Committer(dialect, 0, follower), Rows.none(), Keys.take(writing)
    found = writing.read(f"{ROWS_OF_RECORDS} WHERE b.id = ?", (record,))
    for row in found:
        where = where_of(row)
        shown = writing.read("SELECT cluster FROM entry WHERE record = ?", (where.record,))
        _forget(writing, where.record)
        verdicts = verdicts_on(writing.read, record, str(row[6]))
        drawn = sketch(parse_json(str(row[5])))
        committer.take_projection(
            str(row[5]), drawn, where, rows, verdicts=verdicts, cluster=str(shown[0][0]) if shown else None
        )
    committer.write_projections(writing, rows, keys)
    # A corrected record may belong to another happening: its document is compared anew with the next update.
    writing.write(
        "DELETE FROM clustered WHERE document IN (SELECT c.document FROM record b JOIN coding c ON c.key = b.coding"
        " WHERE b.id = ?)",
        (record,),
    )


def _forget(writing: Transaction, record: int) -> None:
    writing.write(
        "INSERT INTO dyad_dirty SELECT DISTINCT source, target, substr(day, 1, 7) FROM dyad WHERE record = ?"
        " ON CONFLICT DO NOTHING",
        (record,),
    )
    for table in ("entry", "corrected", "involved", "dyad"):
        writing.write(f"DELETE FROM {table} WHERE record = ?", (record,))
