"""Events a second of every export, and rows a second of every import, on replicated made-up reports.

    python benchmarks/export.py [REPORTS]

Each report has five events. The time of making the reports is measured alone and taken off. Processor time.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import make_store
from dragoman.export import FORMATS, Dataset, ExportOptions, FolderFormat, find_format, write_snapshot
from dragoman.foreign import LAYERS, read_foreign
from dragoman.pipeline import Coded

TEXT = (
    "Arman visited Armenia on 2024-04-15. Sona threatened Georgia. Arman visited Kazakhstan. Sona shelled Armenia. "
    "Arman threatened Georgia."
)
COUNTRIES = ("KAZ", "ARM", "GEO", "AZE", "RUS", "TUR", "IRN", "CHN", "USA", "FRA")
PLAIN = ExportOptions()


def make(reports: int) -> Iterator[Coded]:
    """Reports over 19 years, every event between two of ten countries and without a time of its own."""
    for number in range(reports):
        day = date(2005, 1, 1) + timedelta(days=number % 7000)
        coded = make_store.coded(TEXT, id=f"d{number}", published=day.isoformat(), publisher=f"P{number % 17}")
        records = tuple(
            replace(
                event,
                time=None,
                sources=(replace(event.sources[0], country=COUNTRIES[(number + place) % 10]),),
                targets=(replace(event.targets[0], country=COUNTRIES[(number * 3 + place + 1) % 10]),),
            )
            for place, event in enumerate(coded.coding.records)
        )
        yield Coded(document=coded.document, coding=replace(coded.coding, records=records))


def seconds(run: Callable[[], object]) -> float:
    """Seconds of processor time, which other work on the machine does not lengthen as it does the clock's."""
    started = time.process_time()
    run()
    return time.process_time() - started


def write(name: str, path: Path, reports: int) -> None:
    data = Dataset(coded=make(reports))
    if name == "snapshot":
        write_snapshot(data, path, PLAIN)
        return
    found = find_format(name)
    if isinstance(found, FolderFormat):
        found.write(data, path, PLAIN)
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        found.write(data, out, PLAIN)


def main(reports: int) -> None:
    made = seconds(lambda: sum(1 for _ in make(reports)))
    print(f"{reports * 5:,} events; making them {made:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        for name in (*FORMATS, "snapshot"):
            path = Path(folder) / name
            taken = seconds(lambda name=name, path=path: write(name, path, reports)) - made
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{name:<15} {taken:6.1f} s {reports * 5 / taken:>9,.0f} events/s   peak so far {peak} MB", flush=True
            )
        for layer in LAYERS:
            path = Path(folder) / layer
            rows = sum(1 for _ in path.open(encoding="utf-8"))
            taken = seconds(lambda layer=layer, path=path: sum(1 for _ in read_foreign(layer, [path])))
            print(f"import {layer:<8} {taken:6.1f} s {rows / taken:>9,.0f} rows/s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
