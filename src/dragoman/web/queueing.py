"""The review queue over the store: what waits in an order, and what a reviewer decided last."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.codec import decode_record
from dragoman.review import Order, Waiting, arrange
from dragoman.store import Entry, Store
from dragoman.store.filters import latest
from dragoman.types.record import Record
from dragoman.types.review import Judgement, Verdict
from dragoman.web.counting import CURRENT, sample_ids
from dragoman.web.pulse import Pulse

OPEN = ("open", "stale")
DOUBLE = 50  # records that several coders code without seeing each other
_AHEAD = 100
_LAST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a reviewer wants to see next."""

    order: Order
    reviewer: str
    skipped: tuple[str, ...] = ()
    dyads: tuple[str, ...] = ()
    document: str = ""


def next_ids(store: Store, pulse: Pulse, ask: Ask) -> list[str]:
    """The ids of records that wait, the next one first; not all of a long queue."""
    waiting = _WAITING[ask.order](store, pulse, ask)
    found = arrange(waiting, ask.order, reviewer=ask.reviewer, skipped=frozenset(ask.skipped))
    return [one.record for one in found]


def _least_sure(store: Store, pulse: Pulse, ask: Ask) -> Iterable[Waiting]:
    """One ordered read of the index for each state, instead of a sort of everything that is open."""
    cross = "CROSS JOIN" if store.engine.dialect == "sqlite" else "JOIN"
    sql = (
        f"SELECT e.id, e.confidence, e.review FROM entry e {cross} current c ON c.coding = e.coding"
        " WHERE e.review = ? ORDER BY e.confidence, e.record LIMIT ?"
    )
    rows = [row for review in OPEN for row in store.engine.read(sql, (review, _AHEAD + len(ask.skipped)))]
    return _waiting(store, rows, ask.reviewer)


def _disagreement(store: Store, pulse: Pulse, ask: Ask) -> Iterable[Waiting]:
    newest, _ = pulse.newest()
    differing = pulse.keep(("differing", newest), lambda: _differing(store))
    disputed = store.engine.read(f"SELECT e.id, e.confidence, e.review {CURRENT} WHERE e.review = 'disputed' LIMIT 200")
    return _waiting(store, [*disputed, *rows_of(store, differing)], ask.reviewer)


def _differing(store: Store) -> list[str]:
    """Events of happenings whose reports differ in category or status, the least sure first."""
    happenings = latest(store.engine.dialect, "entry_happening")
    sql = (
        f"SELECT e.id {CURRENT} WHERE e.cluster IN (SELECT e.cluster {happenings} WHERE e.kind = 'event'"
        " GROUP BY e.cluster HAVING min(e.category) <> max(e.category) OR min(e.status) <> max(e.status))"
        " ORDER BY e.confidence LIMIT 300"
    )
    return [str(id) for (id,) in store.engine.read(sql)]


def _sample(store: Store, pulse: Pulse, ask: Ask) -> Iterable[Waiting]:
    return _waiting(store, rows_of(store, sample_ids(store, pulse)), ask.reviewer)


def _double(store: Store, pulse: Pulse, ask: Ask) -> Iterable[Waiting]:
    return _waiting(store, rows_of(store, sample_ids(store, pulse)[:DOUBLE]), ask.reviewer)


def _dyads(store: Store, pulse: Pulse, ask: Ask) -> Iterable[Waiting]:
    place, found = 0, []
    for key in ask.dyads:
        one, _, other = key.partition(" ")
        for entry in store.dyad(one, other).events(review=OPEN).page(limit=_AHEAD).entries:
            found.append(Waiting(record=entry.record.id, confidence=0, review=entry.review, place=(place := place + 1)))
    return found


def _report(store: Store, pulse: Pulse, ask: Ask) -> Iterable[Waiting]:
    entries = store.records(document=ask.document, review=OPEN).order("text").entries()
    return [
        Waiting(record=entry.record.id, confidence=entry.record.confidence, review=entry.review, place=number)
        for number, entry in enumerate(entries)
    ]


_WAITING: dict[Order, Any] = {
    Order.LEAST_SURE: _least_sure,
    Order.DISAGREEMENT: _disagreement,
    Order.SAMPLE: _sample,
    Order.DYADS: _dyads,
    Order.REPORT: _report,
    Order.BLIND: _double,
}


def rows_of(store: Store, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Id, confidence and state of review of each of these records that is in a latest coding."""
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        sql = (
            "SELECT e.id, e.confidence, e.review FROM record b JOIN current c ON c.coding = b.coding"
            f" JOIN entry e ON e.record = b.key WHERE b.id IN ({', '.join('?' * len(part))})"
        )
        rows += [tuple(row) for row in store.engine.read(sql, part)]
    return rows


def _waiting(store: Store, rows: Sequence[Any], reviewer: str) -> Iterator[Waiting]:
    judged = {id: judged_by(store.verdicts(id)) for id in _with_verdicts(store, [str(row[0]) for row in rows])}
    nobody = frozenset[str]()
    for id, confidence, review in dict.fromkeys((str(row[0]), float(row[1] or 0), str(row[2])) for row in rows):
        yield Waiting(record=id, confidence=confidence, review=review, judged_by=judged.get(id, nobody))


def _with_verdicts(store: Store, ids: Sequence[str]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        sql = f"SELECT DISTINCT record FROM verdict WHERE record IN ({', '.join('?' * len(part))})"
        found += [str(id) for (id,) in store.engine.read(sql, part)]
    return found


def judged_by(verdicts: Iterable[Verdict]) -> frozenset[str]:
    """Reviewers whose verdict stands."""
    return frozenset(verdict.reviewer for verdict in standing(verdicts))


def standing(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Verdicts that nobody took back."""
    given = list(verdicts)
    undone = {verdict.undoes for verdict in given if verdict.judgement is Judgement.UNDO}
    return [one for one in given if one.judgement is not Judgement.UNDO and one.id not in undone]


def last_decisions(store: Store, reviewer: str) -> list[Verdict]:
    """The last ten decisions of a reviewer that stand, the newest first."""
    sql = "SELECT record FROM verdict WHERE reviewer = ? ORDER BY key DESC LIMIT 40"
    records = dict.fromkeys(str(record) for (record,) in store.engine.read(sql, (reviewer,)))
    mine = [one for record in records for one in standing(store.verdicts(record)) if one.reviewer == reviewer]
    return sorted(mine, key=lambda one: (one.decided_at, one.id), reverse=True)[:_LAST]


def quotes_of(store: Store, verdicts: Sequence[Verdict]) -> dict[str, str]:
    """The words of each judged record that is in a latest coding."""
    ids = list(dict.fromkeys(verdict.record for verdict in verdicts))
    if not ids:
        return {}
    sql = (
        "SELECT e.id, e.quote FROM record b JOIN current c ON c.coding = b.coding JOIN entry e ON e.record = b.key"
        f" WHERE b.id IN ({', '.join('?' * len(ids))})"
    )
    return {str(id): str(quote) for id, quote in store.engine.read(sql, ids)}


def as_coded(store: Store, entry: Entry[Record]) -> Entry[Record]:
    """The entry as the machine coded it, without what reviewers made of it: what a blind coder sees."""
    body = store.engine.read("SELECT body FROM record WHERE key = ?", (entry.key,))[0][0]
    return replace(entry, record=decode_record(str(body))[0], review="open", json=str(body))
