"""How fast the store loads, answers and is written to by several programs at once.

    python benchmarks/store.py load --documents 100000     # pre-coded reports into a live, indexed file; then questions
    python benchmarks/store.py crowd --seconds 60          # six processes read, write and review one file
    python benchmarks/store.py kill --times 200            # kill -9 while loading; nothing lost, doubled or torn

Reports are those of `examples/`, coded once by the shipped coder and then replicated with other countries, names, dates
and ids. `--postgresql ADDRESS` repeats `load` on a server, `--duckdb` asks DuckDB the same of a Parquet copy.
"""

import argparse
import multiprocessing
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from dragoman.store import Store, open_store
from dragoman.store.rebuilding import refresh_months
from dragoman.store.writing import Added, unpack_line
from dragoman.types.review import Judgement, Verdict

EXAMPLES = Path(__file__).parents[1] / "examples"
_CODES = """
KAZ ARM AZE GEO RUS TUR IRN UZB KGZ TJK TKM CHN IND PAK AFG UKR POL DEU FRA GBR USA JPN KOR VNM IDN EGY ISR SAU QAT
IRQ SYR JOR MAR DZA TUN ETH KEN NGA ZAF BRA ARG CHL COL PER MEX CAN AUS NZL NOR SWE
"""
COUNTRIES = _CODES.split()
BATCH = 500
JOB = "DRAGOMAN_BENCHMARK_LOADER"  # tells a child of `kill` what to load


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("load", "crowd", "kill"))
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--postgresql", default=None)
    parser.add_argument("--duckdb", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if given.what == "load":
            run_load(Path(folder), given)
        elif given.what == "crowd":
            run_crowd(Path(folder), given.seconds)
        else:
            run_kill(Path(folder), given.times)


# ---- reports


def templates(most: int = 8) -> list[str]:
    """The examples coded, one JSON line each, with at most so many records: what a report of a news agency gives."""
    import dragoman

    coder = dragoman.Coder.open()
    coded = dragoman.run(dragoman.read(EXAMPLES), coder)
    return [
        dragoman.encode_coding(replace(one.coding, records=one.coding.records[:most]), one.document)
        for one in coded
        if isinstance(one, dragoman.Coded) and one.coding.records
    ]


def replicate(lines: list[str], count: int, *, seed: int = 1) -> Iterator[str]:
    """Yields `count` coded reports of other countries, days and ids."""
    chance = random.Random(seed)
    for number in range(count):
        line = chance.choice(lines)
        day = f"{chance.randint(2010, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        document = line.split('"id":"', 1)[1].split('"', 1)[0]
        line = line.replace(document, f"doc_{seed}_{number}")
        for prefix in ("ev", "ag", "cl", "po", "pr", "me", "hp"):
            line = line.replace(f'"{prefix}_', f'"{prefix}_{seed}x{number}_')
        line = line.replace('"published":null', f'"published":"{day}"', 1)
        for code, other in zip(("KAZ", "ARM", "AZE", "RUS"), chance.sample(COUNTRIES, 4), strict=True):
            line = line.replace(f'"country":"{code}"', f'"country":"{other}"')
        yield line.replace('"actor":"Q', f'"actor":"Q{chance.randint(1, 50)}')


def batches(lines: Iterator[str], size: int = BATCH) -> Iterator[list[str]]:
    while some := list(islice(lines, size)):
        yield some


# ---- loading and asking


def run_load(folder: Path, given: argparse.Namespace) -> None:
    lines = templates()
    print(f"{len(lines)} example reports; about {statistics.mean(map(len, lines)):,.0f} bytes of JSON each")
    places = [str(folder / "bench.dragoman"), *([given.postgresql] if given.postgresql else [])]
    for place in places:
        store = open_store(place, create=True)
        load(store, lines, given.documents)
        ask(store)
        if given.duckdb and place == places[0]:
            ask_duckdb(store, folder)


def load(store: Store, lines: list[str], documents: int) -> None:
    name = store.engine.dialect
    shards = batches(replicate(lines, documents))
    loaded, writing, parsing, busy = 0, 0.0, 0.0, 0.0
    with store.adding(kind="benchmark", provenance=None) as adding:
        for shard in shards:
            started, used = time.perf_counter(), time.process_time()
            parcels = [unpack_line(line) for line in shard]
            parsed = time.perf_counter()
            loaded += sum(outcome.records for outcome in adding.add(parcels))
            ended = time.perf_counter()
            parsing, writing = parsing + parsed - started, writing + ended - parsed
            busy += time.process_time() - used
    total = parsing + writing
    print(
        f"{name}: {documents:,} documents, {loaded:,} records: {loaded / total:,.0f} records/s by the clock "
        f"({total:.1f} s: reading JSON {parsing:.1f} s, writing {writing:.1f} s), "
        f"{loaded / busy:,.0f} by the time of one core"
    )
    started = time.perf_counter()
    months = refresh_months(store.engine)
    print(f"{name}: {months:,} dyad-months counted in {time.perf_counter() - started:.1f} s")
    print(f"{name}: {(store.status().size or 0) / 1e9:.2f} GB")


def ask(store: Store) -> None:
    chance = random.Random(7)
    some = [entry.record.id for entry in store.events().limit(200).entries()]
    documents = [document.id for document in islice(store.documents(), 200)]
    pairs = [chance.sample(COUNTRIES, 2) for _ in range(50)]
    questions = {
        "record by id": lambda i: store.entry(some[i % len(some)]),
        "dyad page, both ways, last 50": lambda i: store.dyad(*pairs[i % 50]).events().page(limit=50),
        "dyad page, one way, last 50": lambda i: store.events(source=pairs[i % 50][0], target=pairs[i % 50][1]).page(),
        "dyad by month": lambda i: store.dyad(*pairs[i % 50]).months(),
        "records of a document": lambda i: list(store.records(document=documents[i % len(documents)]).entries()),
        "review queue, 50 least sure": lambda i: store.records(review="open").order("least_sure").page(limit=50),
        "newest 50 of a category": lambda i: store.events(type="CONSULT").page(limit=50),
        "full text, 50 newest": lambda i: store.records(q="twinning").page(limit=50),
        "count of a dyad": lambda i: store.dyad(*pairs[i % 50]).count(),
        "count of all events": lambda i: store.events().count(),
    }
    for name, question in questions.items():
        times = []
        for number in range(30):
            started = time.perf_counter()
            question(number)
            times.append((time.perf_counter() - started) * 1000)
            if sum(times) > 20_000:
                break
        times.sort()
        print(
            f"{store.engine.dialect}: {name:<32} median {statistics.median(times):8.2f} ms   "
            f"slowest {times[-1]:8.2f} ms"
        )


def ask_duckdb(store: Store, folder: Path) -> None:
    """The same of a Parquet copy; writing it is part of the exports, and of their own benchmark."""
    import duckdb

    parquet = folder / "events.parquet"
    connection = duckdb.connect()
    started = time.perf_counter()
    sql = (
        "SELECT e.id, e.category, e.quad, e.goldstein, e.counted, e.day, e.cluster, e.document, d.source, d.target"
        " FROM dyad d JOIN entry e ON e.record = d.record"
    )
    rows = store.engine.stream(sql)
    import pyarrow

    names = ("id", "category", "quad", "goldstein", "counted", "day", "cluster", "document", "source", "target")
    table = pyarrow.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    connection.register("events", table)
    connection.sql(f"COPY (SELECT * FROM events ORDER BY source, target, day) TO '{parquet}' (FORMAT parquet)")
    print(f"duckdb: Parquet of {table.num_rows:,} directed events in {time.perf_counter() - started:.1f} s")
    chance = random.Random(7)
    pairs = [chance.sample(COUNTRIES, 2) for _ in range(50)]
    questions = {
        "dyad page, one way, last 50": "SELECT * FROM '{file}' WHERE source='{a}' AND target='{b}'"
        " ORDER BY day DESC LIMIT 50",
        "dyad-month panel, all dyads": "SELECT source, target, left(day, 7) AS month, quad, count(DISTINCT cluster),"
        " sum(goldstein) FROM '{file}' WHERE counted = 1 GROUP BY ALL",
        "count of a dyad": "SELECT count(DISTINCT cluster) FROM '{file}' WHERE source='{a}' AND target='{b}'",
    }
    for name, text in questions.items():
        times = []
        for a, b in pairs[:10]:
            started = time.perf_counter()
            connection.sql(text.format(file=parquet, a=a, b=b)).fetchall()
            times.append((time.perf_counter() - started) * 1000)
        print(f"duckdb: {name:<32} median {statistics.median(times):8.2f} ms   slowest {max(times):8.2f} ms")


# ---- many at once


def run_crowd(folder: Path, seconds: float) -> None:
    """One loader, three reviewers and two readers on one file; any error fails."""
    place = str(folder / "crowd.dragoman")
    lines = templates()
    with open_store(place, create=True) as store, store.adding(kind="benchmark", provenance=None) as adding:
        adding.add([unpack_line(line) for line in replicate(lines, 300, seed=9)])
    until = time.time() + seconds
    jobs = [
        (load_until, lines),
        *((review_until, number) for number in range(3)),
        *((read_until, number) for number in range(2)),
    ]
    with multiprocessing.get_context("spawn").Pool(len(jobs)) as pool:
        results = [pool.apply_async(job, (place, until, more)) for job, more in jobs]
        for result in results:
            name, done, slowest = result.get()
            print(f"{name:<10} {done:>8,} done   slowest {slowest * 1000:8.1f} ms")
    with open_store(place) as store:
        wrong = store.check()
        print("errors 0; the file is sound" if not wrong else f"WRONG: {wrong}")
        sys.exit(1 if wrong else 0)


def load_until(place: str, until: float, lines: list[str]) -> tuple[str, int, float]:
    done, slowest = 0, 0.0
    with open_store(place) as store, store.adding(kind="benchmark", provenance=None) as adding:
        for shard in batches(replicate(lines, 10**9, seed=os.getpid()), 50):
            started = time.perf_counter()
            done += sum(outcome.records for outcome in adding.add([unpack_line(line) for line in shard]))
            slowest = max(slowest, time.perf_counter() - started)
            if time.time() > until:
                break
    return "loader", done, slowest


def review_until(place: str, until: float, number: int) -> tuple[str, int, float]:
    from dragoman.errors import ConflictError

    done, slowest, chance = 0, 0.0, random.Random(number)
    with open_store(place) as store:
        while time.time() < until:
            for entry in store.records(review="open").order("least_sure").page(limit=20).entries:
                verdict = Verdict(
                    id=f"v_{number}_{done}",
                    record=entry.record.id,
                    document=entry.document,
                    reviewer=f"reviewer {number}",
                    decided_at="2026-01-01T00:00:00+00:00",
                    judgement=chance.choice((Judgement.ACCEPT, Judgement.REJECT)),
                )
                started = time.perf_counter()
                try:
                    store.add_verdict(verdict, seen=entry.version)
                except ConflictError:
                    continue  # another reviewer was faster: as it should be
                slowest = max(slowest, time.perf_counter() - started)
                done += 1
                if time.time() > until:
                    break
    return "reviewer", done, slowest


def read_until(place: str, until: float, number: int) -> tuple[str, int, float]:
    done, slowest, chance = 0, 0.0, random.Random(number)
    with open_store(place) as store:
        while time.time() < until:
            started = time.perf_counter()
            store.dyad(*chance.sample(COUNTRIES, 2)).events().page(limit=50)
            slowest = max(slowest, time.perf_counter() - started)
            done += 1
    return "reader", done, slowest


# ---- kill -9


def run_kill(folder: Path, times: int) -> None:
    """Kills a loader at random moments and looks at what it left; the next one goes on where it was."""
    place, shard, log = str(folder / "kill.dragoman"), folder / "shard.jsonl", folder / "log"
    lines = templates()
    shard.write_text("".join(line + "\n" for line in replicate(lines, 60 * times, seed=3)), encoding="utf-8")
    open_store(place, create=True).close()
    chance = random.Random(5)
    killed, acknowledged = 0, 0
    for _ in range(times):
        size = log.stat().st_size if log.exists() else 0
        child = subprocess.Popen([sys.executable, __file__], env={**os.environ, JOB: f"{place}|{shard}|{log}"})
        while child.poll() is None and (log.stat().st_size if log.exists() else 0) == size:
            time.sleep(0.005)  # the loader is still starting
        time.sleep(chance.random() * 0.3)
        killed += child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        acknowledged = verify(place, log)
    print(
        f"{killed} of {times} loaders killed while they wrote, {acknowledged:,} documents acknowledged: "
        "none lost, none doubled, none torn"
    )


def verify(place: str, log: Path) -> int:
    """Raises AssertionError when something acknowledged is missing; returns how much was acknowledged."""
    acknowledged = log.read_text().split() if log.exists() else []
    with open_store(place) as store:
        wrong = store.check()
        kept = {str(row[0]) for row in store.engine.read("SELECT id FROM document")}
        doubled = store.engine.read("SELECT id, count(*) FROM record GROUP BY id, coding HAVING count(*) > 1")
        # The last line of the log may be half written by the killed loader, never one before it.
        lost = [document for document in acknowledged[:-1] if document not in kept]
        assert (wrong, doubled, lost) == ([], [], [])
    return len(acknowledged)


def load_and_log(place: str, shard: Path, log: Path) -> None:
    with (
        open_store(place) as store,
        store.adding(kind="benchmark", provenance=None) as adding,
        log.open("a") as acknowledged,
    ):
        begin = max(0, len(log.read_text().split()) - 50)  # again what was last acknowledged, then what was not
        for some in batches(iter(shard.read_text(encoding="utf-8").splitlines()[begin:]), 5):
            outcomes = adding.add([unpack_line(line) for line in some])
            fresh = [outcome.document for outcome in outcomes if outcome.added is Added.NEW]
            acknowledged.write("".join(document + "\n" for document in fresh))
            acknowledged.flush()


if __name__ == "__main__":
    if job := os.environ.get(JOB):
        one, two, three = job.split("|")
        load_and_log(one, Path(two), Path(three))
    else:
        main()
