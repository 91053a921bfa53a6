"""Counts and pages that are read from narrow indexes: the same as looking at every record, and without doing so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dragoman.store import Store, open_store
from dragoman.store.filters import counting_index, facets_index, from_where, make_query, page_index
from dragoman.store.registry import count_happenings, count_reviews
from dragoman.types.review import Judgement, Verdict
from make_store import NEWER, coded

QUESTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "event"},
    {"kind": "event", "counted": True},
    {"review": "open"},
    {"review": ("open", "rejected")},
    {"kind": "event", "review": "accepted"},
    {"type": "CONSULT"},
    {"kind": "event", "status": "asserted", "since": "2024-04-16", "min_conf": 0.2},
    {"mode": "visit", "attributed_to": "report"},
    {"place": "ARM"},
)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Store]:
    """Three reports, one of them coded twice; one record accepted, one rejected."""
    with open_store(tmp_path / "x.dragoman", create=True) as store:
        first = coded("Arman visited Armenia on 2024-04-15. Sona threatened Georgia on 2024-04-20.", id="d1")
        second = coded("Arman visited Armenia on 2024-04-15. Armenia and Kazakhstan agreed on trade.", id="d2")
        store.add([first, second, coded("Sona claimed that Arman visited Georgia.", id="d3", published=None)])
        again = replace(second.coding, records=second.coding.records[:1], provenance=NEWER)
        store.add(replace(second, coding=again))
        threat, visit = (next(iter(store.events(document="d1", type=name))) for name in ("THREATEN", "CONSULT"))
        judge(store, threat.id, Judgement.REJECT)
        judge(store, visit.id, Judgement.ACCEPT)
        yield store


def judge(store: Store, record: str, judgement: Judgement) -> None:
    now = datetime.now(UTC).isoformat()
    verdict = Verdict(
        id=f"v-{record}", record=record, document="d1", reviewer="ada", decided_at=now, judgement=judgement
    )
    store.add_verdict(verdict)


@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
def test_count_is_that_of_the_records(filled: Store, asked: dict[str, Any]) -> None:
    records = filled.records(**asked)
    entries = list(records.entries())
    counted = records.count()
    assert (counted.happenings, counted.reports, counted.records) == (
        len({entry.cluster for entry in entries}),
        len({entry.document for entry in entries}),
        len(entries),
    )
    assert {entry.key for entry in records.page(limit=100).entries} == {entry.key for entry in entries}


@pytest.mark.parametrize("order", ["newest", "oldest", "least_sure"])
@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
def test_pages_of_one_follow_the_order_of_all(filled: Store, asked: dict[str, Any], order: str) -> None:
    records, after, keys = filled.records(**asked).order(order), None, []
    while True:
        page = records.page(limit=1, after=after)
        keys += [entry.key for entry in page.entries]
        if (after := page.after) is None:
            break
    assert keys == [entry.key for entry in records.entries()]


@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
def test_counting_reads_an_index_and_no_row(filled: Store, asked: dict[str, Any]) -> None:
    query = make_query(asked)  # type: ignore[arg-type]  # filters by name
    for index in (counting_index(query), facets_index(query)):
        assert index is not None
        part = from_where(query, "sqlite", index=index)
        columns = "count(DISTINCT e.cluster), count(DISTINCT e.document), count(*)"
        plan = [row[3] for row in filled.engine.read(f"EXPLAIN QUERY PLAN SELECT {columns} {part.text}", part.values)]
        assert any(f"COVERING INDEX {index}" in str(step) for step in plan), plan


@pytest.mark.parametrize(
    ("asked", "order", "index"),
    [
        ({"kind": "event"}, "newest", "entry_day"),
        ({"type": "CONSULT"}, "newest", "entry_category"),
        ({"review": "open"}, "newest", "entry_facets"),
        ({"review": "open"}, "least_sure", "entry_queue"),
        ({"kind": "event"}, "text", None),
        ({"document": "d1"}, "newest", None),
        ({"actor": "Q9001"}, "newest", None),
        ({"place": "Yerevan"}, "newest", None),
    ],
)
def test_page_is_read_by_the_index_that_has_its_order(asked: dict[str, Any], order: str, index: str | None) -> None:
    assert page_index(make_query(asked), order) == index  # type: ignore[arg-type]  # filters by name


def test_totals_leave_out_older_codings_and_rejected_happenings(filled: Store) -> None:
    events = [entry for entry in filled.events().entries() if entry.review != "rejected"]
    happenings = {entry.cluster for entry in events}
    assert count_happenings(filled.engine)[0] == len(happenings)
    seen = {(one.kind, one.review): one.records for one in count_reviews(filled.engine)}
    assert seen[("event", "rejected")] == seen[("event", "accepted")] == 1
    assert ("agreement", "open") not in seen  # only the older coding has it
    status = filled.status()
    assert (status.first_day, status.last_day) == ("2024-04-15", "2024-04-20")
