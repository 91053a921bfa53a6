"""Speed of clustering: coded records of the own-written reports, repeated with other states, places and days.

    python benchmarks/clusters.py --records 100000

Each copy of a report gets two states at random in place of its own and a day of the year at random, so that hot dyads
and quiet ones, busy days and idle ones occur as in a stream of news (states are drawn by Zipf's law).
"""

import argparse
import resource
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from dragoman.clusters import ClusterIndex, StoryIndex
from dragoman.coder import Coder
from dragoman.evaluate.cluster_sets import load_own_reports
from dragoman.pipeline import Coded
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event, Record

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
    options = parser.parse_args()
    coded = code(options.set)
    stream = repeat(coded, options.records, options.days)
    records = sum(len(one.coding.records) for one in stream)
    print(f"{len(stream)} documents, {records} records, {options.days} days")
    before = memory()
    stories, started = StoryIndex(), time.process_time()
    for one in stream:
        stories.add(one.document)
    found = stories.stories()
    report("stories", len(stream), "documents", started, before)
    print(f"  {len(found)} stories")
    before, index, started = memory(), ClusterIndex(), time.process_time()
    for one in stream:
        index.add(one)
    report("compared", records, "records", started, before)
    clusters = index.clusters()
    report("clustered", records, "records", started, before)
    print(f"  {len(clusters)} clusters, the largest of {max(len(one.records) for one in clusters)} records")
    before, more, started = memory(), repeat(coded, 1000, options.days, seed=2), time.process_time()
    for one in more:
        index.add(one)
    index.changes()
    report("added to these", sum(len(one.coding.records) for one in more), "records", started, before)


def code(path: Path) -> list[Coded]:
    reports = [*load_own_reports(path, "dev"), *load_own_reports(path, "test")]
    codings = Coder.open().code_many([one.document for one in reports])
    return [Coded(document=one.document, coding=coding) for one, coding in zip(reports, codings, strict=True)]


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
