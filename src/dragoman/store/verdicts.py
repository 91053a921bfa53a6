"""Verdicts in the database: read, appended, and checked against what is current."""

from collections.abc import Callable, Sequence

from dragoman.store.engine import Row, Transaction, Value
from dragoman.types.review import Judgement, Verdict

COLUMNS = "id, record, document, reviewer, decided_at, judgement, field, judged, value, undoes, note"
_AT_ONCE = 400  # values in one IN (…); well under every database's limit
Read = Callable[[str, Sequence[Value]], list[Row]]


def verdicts_on(read: Read, record: str, document: str) -> tuple[Verdict, ...]:
    """All verdicts on a record, in the order in which they came."""
    rows = read(f"SELECT {COLUMNS} FROM verdict WHERE record = ? AND document = ? ORDER BY key", (record, document))
    return tuple(map(verdict_of, rows))


def verdict_of(row: Row) -> Verdict:
    """The verdict that a row of COLUMNS holds."""
    id, record, document, reviewer, decided_at, judgement, field, judged, value, undoes, note = row
    return Verdict(
        id=str(id),
        record=str(record),
        document=str(document),
        reviewer=str(reviewer),
        decided_at=str(decided_at),
        judgement=Judgement(str(judgement)),
        field=_text(field),
        judged=_text(judged),
        value=_text(value),
        undoes=_text(undoes),
        note=str(note),
    )


def additions_to(read: Read, documents: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each document the records that people added to it, id to JSON text; the latest where there are two."""
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        sql = (
            "SELECT document, record, value FROM verdict WHERE judgement = 'add'"
            f" AND document IN ({', '.join('?' * len(some))}) ORDER BY key"
        )
        for document, record, value in read(sql, some):
            found.setdefault(str(document), {})[str(record)] = str(value)
    return found


def append_verdict(writing: Transaction, verdict: Verdict) -> None:
    """Adds the verdict at the end."""
    key = int(writing.read("SELECT coalesce(max(key), 0) + 1 FROM verdict")[0][0] or 1)
    writing.write(
        f"INSERT INTO verdict (key, {COLUMNS}) VALUES ({', '.join('?' * 12)})",
        (
            *(key, verdict.id, verdict.record, verdict.document, verdict.reviewer, verdict.decided_at),
            *(verdict.judgement.value, verdict.field, verdict.judged, verdict.value, verdict.undoes, verdict.note),
        ),
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
