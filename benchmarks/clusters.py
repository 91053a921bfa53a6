"""Speed of clustering: coded records of the own-written reports, repeated with other states, places and days.

    python benchmarks/clusters.py --records 100000              # in memory
    python benchmarks/clusters.py --records 100000 --store      # kept in a store, then clustered there
    python benchmarks/clusters.py --records 100000 --copies --store

Each copy of a report gets two states at random in place of its own and a day of the year at random, so that hot dyads
and quiet ones, busy days and idle ones occur as in a stream of news (states are drawn by Zipf's law). With `--copies`
they are near-copies of the five reports in `examples/` instead, as when every paper of a country prints an agency's
text: the same records, published within four days, some words changed. `--batch` is how many documents come at a time.
"""

import argparse
import re
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import dragoman
from dragoman.clusters import ClusterIndex, StoryIndex
from dragoman.coder import Coder
from dragoman.evaluate.cluster_sets import load_own_reports
from dragoman.pipeline import Coded
from dragoman.store import Store, open_store
from dragoman.store.writing import pack
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event, Record

EXAMPLES = Path(__file__).parents[1] / "examples"
BATCH = 500
_WORD = re.compile(r"\b[a-z]{4,}\b")
STATES = [
    *("USA", "RUS", "CHN", "UKR", "ISR", "IRN", "GBR", "FRA", "DEU", "TUR", "IND", "PAK", "JPN", "KOR", "PRK", "SYR"),
    *("IRQ", "SAU", "EGY", "LBN", "YEM", "SDN", "ETH", "KEN", "NGA", "MLI", "ZAF", "BRA", "MEX", "COL", "VEN", "PER"),
    *("ARG", "POL", "ROU", "SRB", "GRC", "ITA", "ESP", "ARM", "AZE", "GEO", "KAZ", "UZB", "AFG", "MMR", "THA", "VNM"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--set", type=Path, default=Path("evaluation/clusters.jsonl"))
    parser.add_argument("--copies", action="store_true", help="near-copies of five reports")
    parser.add_argument("--store", action="store_true", help="in a store instead of in memory")
    parser.add_argument("--batch", type=int, default=0, help="with --store: documents that are added at a time")
    options = parser.parse_args()
    if options.copies:
        stream = copy(code_examples(), options.records)
        more = copy(code_examples(), 1000, seed=2)
    else:
        coded = code(options.set)
        stream = repeat(coded, options.records, options.days)
        more = repeat(coded, 1000, options.days, seed=2)
    records = sum(len(one.coding.records) for one in stream)
    print(f"{len(stream)} documents, {records} records")
    if options.store:
        cluster_in_store(stream, more, options.batch or len(stream))
    else:
        cluster_in_memory(stream, more)


def cluster_in_store(stream: Sequence[Coded], more: Sequence[Coded], batch: int) -> None:
    """Keeping and clustering, with the clock of each apart."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "bench.dragoman", create=True) as store:
        before, kept, clustered, records = memory(), 0.0, 0.0, 0
        for start in range(0, len(stream), batch):
            some = stream[start : start + batch]
            records += sum(len(one.coding.records) for one in some)
            took = keep_and_cluster(store, some)
            kept, clustered = kept + took[0], clustered + took[1]
        print(f"kept: {kept:.1f} s of CPU, {records / kept:.0f} records/s")
        print(f"clustered: {clustered:.1f} s of CPU, {records / clustered:.0f} records/s, {memory() - before} MB more")
        sizes = [len(cluster.records) for cluster in store.clusters()]
        print(f"  {len(sizes)} clusters, the largest of {max(sizes)} records; {len(store.stories())} stories")
        added = sum(len(one.coding.records) for one in more)
        took = keep_and_cluster(store, more)
        print(f"{added} records added to these: {took[1]:.1f} s of CPU, {added / took[1]:.0f} records/s")


def keep_and_cluster(store: Store, some: Sequence[Coded]) -> tuple[float, float]:
    started = time.process_time()
    with store.adding(kind="benchmark", provenance=None) as adding:
        for start in range(0, len(some), BATCH):
            adding.add([pack(one) for one in some[start : start + BATCH]])
    kept = time.process_time()
    store.update_new_clusters()
    return kept - started, time.process_time() - kept


def cluster_in_memory(stream: Sequence[Coded], more: Sequence[Coded]) -> None:
    records = sum(len(one.coding.records) for one in stream)
    before = memory()
    stories, started = StoryIndex(), time.process_time()
    for one in stream:
        stories.add(one.document)
    found = stories.stories()
    report("stories", len(stream), "documents", started, before)
    print(f"  {len(found)} stories")
    before, index, started = memory(), ClusterIndex(), time.process_time()
    index.add_stories(found)
    for one in stream:
        index.add(one)
    report("compared", records, "records", started, before)
    clusters = index.clusters()
    report("clustered", records, "records", started, before)
    print(f"  {len(clusters)} clusters, the largest of {max(len(one.records) for one in clusters)} records")
    before, started = memory(), time.process_time()
    for one in more:
        index.add(one)
    index.changes()
    report("added to these", sum(len(one.coding.records) for one in more), "records", started, before)


def code(path: Path) -> list[Coded]:
    reports = [*load_own_reports(path, "dev"), *load_own_reports(path, "test")]
    codings = Coder.open().code_many([one.document for one in reports])
    return [Coded(document=one.document, coding=coding) for one, coding in zip(reports, codings, strict=True)]


def code_examples(most: int = 8) -> list[Coded]:
    """The example reports, with at most so many records each: what a report of a news agency gives."""
    found = dragoman.run(dragoman.read(EXAMPLES), Coder.open())
    return [
        replace(one, coding=replace(one.coding, records=one.coding.records[:most]))
        for one in found
        if isinstance(one, Coded) and one.coding.records
    ]


def copy(coded: list[Coded], records: int, seed: int = 1) -> list[Coded]:
    """Near-copies: one word in forty changed, published within four days."""
    draw, stream, made = Random(seed), [], 0
    while made < records:
        one, name = coded[len(stream) % len(coded)], f"{len(stream)}-{seed}"
        told = {span.start for record in one.coding.records for span in record.evidence}
        text = _WORD.sub(
            lambda found, told=told: found[0] if found.start() in told or draw.random() > 0.025 else found[0][::-1],
            one.document.text,
        )
        published = date(2027, 3, 1) + timedelta(draw.randrange(4))
        document = replace(one.document, id=name, text=text, published=published)
        renamed = tuple(_named(record, name) for record in one.coding.records)
        stream.append(Coded(document=document, coding=replace(one.coding, document=name, records=renamed)))
        made += len(renamed)
    return stream


def _named(record: Record, name: str) -> Record:
    inner = record.cluster and f"{record.cluster}-{name}"
    return replace(record, id=f"{record.id}-{name}", document=name, cluster=inner)


def repeat(coded: list[Coded], records: int, days: int, seed: int = 1) -> list[Coded]:
    draw, stream, made = Random(seed), [], 0
    weights = [1 / rank for rank in range(1, len(STATES) + 1)]
    while made < records:
        one = coded[len(stream) % len(coded)]
        shift = date(2027, 1, 1) + timedelta(draw.randrange(days)) - one.document.published
        names = dict(zip(_states(one), draw.choices(STATES, weights, k=9), strict=False))
        stream.append(_copy(one, f"{len(stream)}-{seed}", names, shift))
        made += len(one.coding.records)
    return stream


def _states(one: Coded) -> list[str]:
    events = [record for record in one.coding.records if isinstance(record, Event)]
    return sorted({link.country for event in events for link in (*event.sources, *event.targets) if link.country})


def _copy(one: Coded, name: str, states: dict[str, str], shift: timedelta) -> Coded:
    records = tuple(_shift(record, name, states, shift) for record in one.coding.records)
    document = replace(one.document, id=name, published=one.document.published + shift)
    return Coded(document=document, coding=replace(one.coding, document=name, records=records))


def _shift(record: Record, name: str, states: dict[str, str], shift: timedelta) -> Record:
    changed = replace(record, id=f"{record.id}-{name}", document=name)
    if not isinstance(changed, Event):
        return changed
    time_ = changed.time
    if time_ is not None and len(time_.edtf) == 10 and time_.edtf[0] == "2":
        time_ = replace(time_, edtf=(date.fromisoformat(time_.edtf) + shift).isoformat())
    inner = changed.cluster and f"{changed.cluster}-{name}"
    return replace(
        changed,
        time=time_,
        sources=_rename(changed.sources, name, states),
        targets=_rename(changed.targets, name, states),
        cluster=inner,
        place=None,
    )


def _rename(links: tuple[ActorLink, ...], name: str, states: dict[str, str]) -> tuple[ActorLink, ...]:
    """Other states, other people: one in fifty copies of a report has the same people."""
    suffix = int(name.split("-")[0]) % 50
    return tuple(
        replace(
            link, country=states.get(link.country, link.country), actor_id=None, name=None,
            text=" ".join(f"{word}{suffix}" for word in link.text.split()),
        )
        for link in links
    )  # fmt: skip


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def report(what: str, number: int, of: str, started: float, before: int) -> None:
    seconds = time.process_time() - started
    print(f"{what}: {seconds:.1f} s of CPU, {number / seconds:.0f} {of}/s, {memory() - before} MB more at the peak")


if __name__ == "__main__":
    main()
