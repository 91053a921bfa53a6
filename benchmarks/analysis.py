"""How fast panels are made, and how often change points are false alarms or missed.

    python benchmarks/analysis.py panel --events 1000000   # dyad-month panel: DuckDB over Parquet beside SQLite
    python benchmarks/analysis.py changes                  # simulated Poisson series: false alarms, steps found

The table has the columns that the panel reads from the events of a snapshot, with made-up events: 60 countries of
unequal weight, 20 years, one cluster for three records, one in ten joint, some with coarse times or none.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np

from dragoman.analysis import find_changes
from dragoman.analysis.panel_sql import Connection, panel_sql, read_panel
from dragoman.analysis.values import QUADS

_CODES = """
KAZ ARM AZE GEO RUS TUR IRN UZB KGZ TJK TKM CHN IND PAK AFG UKR POL DEU FRA GBR USA JPN KOR VNM IDN EGY ISR SAU QAT IRQ
SYR JOR MAR DZA TUN ETH KEN NGA ZAF BRA ARG CHL COL PER MEX CAN AUS NZL NOR SWE FIN ITA ESP GRC ROU BGR HUN CZE AUT CHE
"""
COUNTRIES = _CODES.split()
_COLUMNS = (
    "id, cluster, document, time, earliest, latest, day, day_basis, source_country, target_country, reciprocal,"
    " counted, category, quad, goldstein, plover_score, confidence"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("panel", "changes"))
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    if given.what == "changes":
        measure_changes()
        return
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        measure_panel(Path(folder), given.events, given.threads, given.runs)


# ---- panel


def measure_panel(folder: Path, events: int, threads: int, runs: int) -> None:
    parquet = folder / "events.parquet"
    maker = duckdb.connect()
    write_events(maker, events, parquet)
    duck = duckdb.connect()
    duck.execute(f"SET threads TO {threads}")
    lite = load_sqlite(maker, folder / "events.sqlite", parquet)
    size = parquet.stat().st_size / 1e6, (folder / "events.sqlite").stat().st_size / 1e6
    print(f"{events} records, Parquet {size[0]:.0f} MB, SQLite {size[1]:.0f} MB, DuckDB with {threads} threads")
    source = f"read_parquet('{parquet}')"
    report("panel by month, kept in DuckDB as a table", runs, lambda: keep_panel(duck, source))
    for filled in (False, True):
        rows = report(f"panel by month{', filled' if filled else ''}: DuckDB on Parquet", runs,
                      lambda filled=filled: run_panel(duck, source, filled))  # fmt: skip
        other = report(f"panel by month{', filled' if filled else ''}: SQLite", 1,
                       lambda filled=filled: run_panel(lite, "events", filled))  # fmt: skip
        assert rows == other, "the engines disagree"
    report("one dyad by month: DuckDB on Parquet", runs, lambda: run_dyad(duck, source))
    report("one dyad by month: SQLite, indexed", runs, lambda: run_dyad(lite, "events"))


def run_panel(connection: Connection, table: str, filled: bool) -> int:
    return sum(1 for _ in read_panel(connection, table, filled=filled))


def keep_panel(duck: duckdb.DuckDBPyConnection, table: str) -> int:
    """Without making Python values of the rows: for data frames and files."""
    query = panel_sql(table, "duckdb")
    names = [f"c{number}" for number in range(len(duck.execute(f"DESCRIBE {query}").fetchall()))]
    duck.execute(f"CREATE OR REPLACE TEMP TABLE panel AS SELECT * FROM ({query}) AS p({', '.join(names)})")
    return int(duck.execute("SELECT count(*) FROM panel").fetchall()[0][0])


def run_dyad(connection: Connection, table: str) -> int:
    """All records of the clusters that tell of the two, and their panel."""
    own = (
        f"(SELECT * FROM {table} WHERE cluster IN (SELECT cluster FROM {table} WHERE source_country = 'KAZ' AND "
        "target_country = 'ARM')) AS own"
    )
    return sum(1 for _ in read_panel(connection, own))


def report(what: str, runs: int, run: Callable[[], int]) -> int:
    seconds, work, rows = [], [], 0
    for _ in range(runs):
        started, before = time.perf_counter(), time.process_time()
        rows = run()
        seconds.append(time.perf_counter() - started)
        work.append(time.process_time() - before)
    wall = f"{statistics.median(seconds):.2f} s (best {min(seconds):.2f})"
    print(f"  {what}: {wall}, {statistics.median(work):.2f} s of processor, {rows} rows", flush=True)
    return rows


def write_events(maker: duckdb.DuckDBPyConnection, events: int, path: Path) -> None:
    generator = np.random.default_rng(20)
    weight = 1 / np.arange(1, len(COUNTRIES) + 1)
    clusters = max(1, events // 3)
    drawn = {"cluster": generator.integers(0, clusters, events)}
    for name in ("s", "t"):  # the records of a cluster name the same actors; one in twenty is mistaken
        told = generator.choice(len(COUNTRIES), clusters, p=weight / weight.sum())[drawn["cluster"]]
        wrong = generator.integers(0, len(COUNTRIES), events)
        drawn[name] = np.where(generator.random(events) < 0.05, wrong, told)
    drawn["quad"] = generator.integers(0, 4, clusters)[drawn["cluster"]]
    drawn["sure"] = np.round(generator.uniform(0.3, 0.99, events), 4)
    drawn["kind"] = generator.integers(0, 100, events)
    maker.execute("CREATE TABLE country AS SELECT * FROM (SELECT unnest(?) AS code, unnest(range(?)) AS n)",
                  [COUNTRIES, len(COUNTRIES)])  # fmt: skip
    maker.execute("CREATE TABLE quad AS SELECT unnest(?) AS quad, unnest(range(4)) AS n", [list(QUADS)])
    maker.register("drawn", drawn)
    maker.execute(
        f"""COPY (SELECT {_COLUMNS} FROM (
        SELECT *, CASE WHEN kind < 60 THEN first::VARCHAR WHEN kind < 64 THEN '2010' END AS time,
          CASE WHEN kind < 60 THEN first WHEN kind < 64 THEN DATE '2010-01-01' END AS earliest,
          CASE WHEN kind < 60 THEN first WHEN kind < 64 THEN DATE '2010-12-31' END AS latest,
          CASE WHEN kind < 60 OR kind >= 67 THEN first WHEN kind < 64 THEN DATE '2010-01-01' END AS day,
          CASE WHEN kind < 60 THEN 'stated' WHEN kind < 64 THEN 'period' WHEN kind >= 67 THEN 'published'
          END AS day_basis
        FROM (SELECT 'ev_' || lpad(number::VARCHAR, 16, '0') AS id, 'hp_' || cluster AS cluster,
          'doc_' || (number // 5) AS document, DATE '2004-01-01' + (hash(cluster) % 7305)::INTEGER AS first, kind,
          a.code AS source_country, b.code AS target_country, kind % 10 = 0 AS reciprocal, kind % 12 <> 1 AS counted,
          'C' || (kind % 3) AS category, quad.quad,
          CASE quad.n WHEN 0 THEN 2.5 WHEN 1 THEN 7.0 WHEN 2 THEN -3.0 ELSE -9.0 END::DOUBLE AS goldstein,
          CASE quad.n WHEN 0 THEN 4.0 WHEN 1 THEN 6.5 WHEN 2 THEN -3.0 ELSE -7.0 END::DOUBLE AS plover_score,
          sure AS confidence
          FROM (SELECT *, row_number() OVER () AS number FROM drawn) AS d JOIN country a ON d.s = a.n
          JOIN country b ON d.t = b.n JOIN quad ON d.quad = quad.n)
        ) ORDER BY id) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"""
    )


def load_sqlite(maker: duckdb.DuckDBPyConnection, path: Path, parquet: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE events ({_COLUMNS})")
    dates = {"earliest", "latest", "day"}
    columns = ", ".join(f"{name}::VARCHAR" if name in dates else name for name in _COLUMNS.split(", "))
    cursor = maker.execute(f"SELECT {columns} FROM read_parquet('{parquet}')")
    marks = ", ".join("?" * len(_COLUMNS.split(", ")))
    while rows := cursor.fetchmany(50_000):
        connection.executemany(f"INSERT INTO events VALUES ({marks})", rows)
    connection.execute("CREATE INDEX by_dyad ON events (source_country, target_country)")
    connection.execute("CREATE INDEX by_cluster ON events (cluster)")
    connection.commit()
    connection.execute("ANALYZE")
    return connection


# ---- change points


def measure_changes() -> None:
    generator = np.random.default_rng(7)
    print("200 Poisson series each, by month; `found` counts a step within two periods of the true one")
    for months in (24, 60, 120):
        for rate in (0.3, 3.0, 30.0):
            alarms = sum(
                bool(find_changes(list(generator.poisson(rate, months)), counts=True).found) for _ in range(200)
            )
            found = {}
            for factor in (2, 4):
                hits = 0
                for _ in range(200):
                    half = months // 2
                    values = [*generator.poisson(rate, half), *generator.poisson(rate * factor, months - half)]
                    hits += any(abs(one.at - half) <= 2 for one in find_changes(values, counts=True).found)
                found[factor] = hits / 2
            steps = ", ".join(f"step ×{factor} found {share:.0f} %" for factor, share in found.items())
            print(f"  {months:4} months, rate {rate:4}: false alarms {alarms / 2:.1f} %, {steps}", flush=True)


if __name__ == "__main__":
    main()
