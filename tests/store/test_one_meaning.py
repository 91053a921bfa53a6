"""A number about two countries is one number, whoever is asked: query, series, months, the panel of an export."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dragoman.analysis.panel_sql import read_panel
from dragoman.cli.app import app
from dragoman.export import Dataset, ExportOptions, write_snapshot
from dragoman.store import Store, open_store
from dragoman.types.review import Judgement, Verdict
from make_store import NEWER, coded

Cells = Counter[tuple[str, str, str]]  # happenings by source, target and month
REPORTS = (
    coded("Arman visited Armenia on 2024-04-15. Sona threatened Georgia on 2024-04-20.", id="d1"),
    coded("Arman visited Armenia on 2024-04-15. It was a visit of which many told.", id="d2", published="2024-04-17"),
    coded("Arman threatened Armenia on 2024-05-02. Sona visited Kazakhstan on 2024-05-20.", id="d3"),
    coded("Sona threatened Kazakhstan. Sona visited Nowhere on 2024-05-21.", id="d4", published="2024-06-03"),
    coded("Arman shelled Armenia on 2024-06-05. Arman visited Armenia on 2024-07-09.", id="d5"),
)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    """Five reports: one visit told twice, one threat rejected, one report coded again, one happening corrected away."""
    with open_store(tmp_path / "kept.dragoman", create=True) as store:
        store.add(REPORTS)
        again = "Arman shelled Armenia on 2024-06-05. Arman visited Armenia on 2024-07-09."
        store.add(coded(again, id="d5", provenance=NEWER, categories={"shelled": "threatened"}))
        (threat,) = store.events(document="d3", type="THREATEN")
        judge(store, threat.id, Judgement.REJECT)
        (visit,) = store.events(document="d5", type="CONSULT")
        judge(store, visit.id, Judgement.CORRECT, field="status", judged="asserted", value="planned")
        yield store


def judge(store: Store, record: str, judgement: Judgement, **what: str) -> None:
    document = next(entry.document for entry in store.records().entries() if entry.record.id == record)
    now = datetime.now(UTC).isoformat()
    verdict = Verdict(
        id=f"v-{record}", record=record, document=document, reviewer="ada", decided_at=now, judgement=judgement, **what
    )
    store.add_verdict(verdict)


def of_query(store: Store) -> Cells:
    """Distinct happenings of what `query --counted` finds: every telling here has a day of one month."""
    found = {
        (source, target, entry.day[:7], entry.cluster)
        for source, target in (("KAZ", "ARM"), ("ARM", "KAZ"))
        for entry in store.events(source=source, target=target, counted=True).entries()
    }
    return Counter((source, target, month) for source, target, month, _ in found)


def of_months(store: Store) -> Cells:
    """What the page and the HTTP interface show."""
    found: Cells = Counter()
    for one in store.dyad("ARM", "KAZ").months():
        found[one.source, one.target, one.month] += one.events
    return found


def of_series(store: Store) -> Cells:
    return Counter(
        {
            (series.source, str(series.target), f"{row.first:%Y-%m}"): row.events
            for series in store.dyad("ARM", "KAZ").series("month")
            for row in series.rows
            if row.events
        }
    )


def of_panel(store: Store, folder: Path) -> Cells:
    data = Dataset(coded=store.coded(), clusters=tuple(store.clusters()), stories=store.stories())
    write_snapshot(data, folder, ExportOptions())
    rows = read_panel(duckdb.connect(), f"read_parquet('{folder}/events/**/*.parquet')")
    pair = {"ARM", "KAZ"}
    return Counter(
        {
            (row.source, row.target, f"{row.period:%Y-%m}"): row.events
            for row in rows
            if {row.source, row.target} == pair
        }
    )


def test_query_series_months_and_panel_count_the_same(kept: Store, tmp_path: Path) -> None:
    expected = Counter(
        {
            ("KAZ", "ARM", "2024-04"): 1,
            ("ARM", "KAZ", "2024-05"): 1,
            ("ARM", "KAZ", "2024-06"): 1,
            ("KAZ", "ARM", "2024-06"): 1,
        }
    )
    assert of_query(kept) == expected
    assert of_months(kept) == expected
    assert of_series(kept) == expected
    assert of_panel(kept, tmp_path / "v1") == expected


def test_command_line_counts_what_the_store_counts(kept: Store, tmp_path: Path) -> None:
    place = str(tmp_path / "kept.dragoman")
    asked = ["query", "event", "--source", "KAZ", "--target", "ARM", "--counted", "--jsonl", "--store", place]
    lines = CliRunner().invoke(app, asked).stdout.splitlines()
    by_query = {json.loads(line)["cluster"] for line in lines}
    done = CliRunner().invoke(app, ["series", "dyad", "KAZ", "ARM", "--store", place, "--jsonl"])
    assert done.exit_code == 0, done.output
    there = [row for row in map(json.loads, done.stdout.splitlines()) if row["source"] == "KAZ"]
    assert sum(row["events"] for row in there) == len(by_query) == 2


def test_reports_of_a_month_are_the_same(kept: Store, tmp_path: Path) -> None:
    (april,) = [one for one in kept.dyad("KAZ", "ARM").months() if one.month == "2024-04"]
    there, _ = kept.dyad("KAZ", "ARM").series("month")
    (row,) = [row for row in there.rows if row.first == date(2024, 4, 1)]
    assert april.reports == row.reports == 2
