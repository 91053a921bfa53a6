"""Figures of the corpus: stats.py --texts NEWS_DIR [--newswire FILE] [--thin]; `--thin` lists what has few examples."""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from dragoman.train.annotation import EventMark, Report
from dragoman.train.codes import MODES, SECTORS, STATUSES
from dragoman.train.corpus import load_reports

HERE = Path(__file__).parent
PARTS = ("events", "agreements", "claims", "positions", "projects", "memberships")


def print_sizes(reports: Iterable[Report]) -> None:
    """One line for each origin and split."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for report in reports:
        count = rows.setdefault((report.origin, report.split), Counter())
        sentences = report.sentences or ()
        told = {e.sentence for e in report.events if e.category != "STATEMENT"}
        count.update(reports=1, sentences=len(sentences), words=len(report.text.split()))
        count.update({"empty": len(sentences) - len(told)})
        count.update({part: len(getattr(report, part)) for part in PARTS})
    names = ("reports", "sentences", "empty", "words", *PARTS)
    print("origin split " + " ".join(names))
    for key, count in sorted(rows.items()):
        print(*key, *(count[n] for n in names))


def count_values(events: Iterable[EventMark], of: Callable[[EventMark], Iterable[str]]) -> Counter[str]:
    """How often each value occurs."""
    return Counter(value for event in events for value in of(event))


def form_of(event: EventMark) -> str:
    """A rough form of the trigger, for counts only."""
    word = event.trigger_text.lower()
    for form, endings in (("-ing", ("ing",)), ("-ed", ("ed",)), ("noun ending", ("ion", "ment", "al", "ence", "ance"))):
        if word.endswith(endings):
            return form
    return "other"


def print_counts(events: list[EventMark]) -> None:
    """Counts by category and mode, status, attribution, sector and form."""
    layers: dict[str, Callable[[EventMark], Iterable[str]]] = {
        "category": lambda e: (e.category,),
        "mode": lambda e: (f"{e.category}.{e.mode}",) if e.mode else (),
        "status": lambda e: (e.status,),
        "category x status": lambda e: (f"{e.category} {e.status}",),
        "by": lambda e: (e.by,),
        "joint": lambda e: ("joint" if e.reciprocal else "directed",),
        "sides": lambda e: (f"{min(len(e.sources), 2)} sources {min(len(e.targets), 2)} targets",),
        "sector": lambda e: (a.sector or "none" for a in e.sources + e.targets),
        "form": lambda e: (form_of(e),),
    }
    for name, of in layers.items():
        found = count_values(events, of)
        print(f"{name}: " + ", ".join(f"{value} {number}" for value, number in found.most_common()))


def print_thin(events: list[EventMark], least: int = 40) -> None:
    """Modes, statuses and sectors with fewer than `least` examples, absent ones too."""
    modes = {f"{c}.{m}" for c, known in MODES.items() for m in known}
    for name, wanted, found in (
        ("mode", modes, count_values(events, lambda e: (f"{e.category}.{e.mode}",))),
        ("status", STATUSES, count_values(events, lambda e: (e.status,))),
        ("sector", SECTORS, count_values(events, lambda e: (a.sector or "" for a in e.sources + e.targets))),
    ):
        thin = sorted((found[value], value) for value in wanted if found[value] < least)
        print(f"thin {name}: " + ", ".join(f"{value} {number}" for number, value in thin))


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--newswire", type=Path)
    parser.add_argument("--thin", action="store_true")
    given = parser.parse_args()
    reports = load_reports(HERE, given.texts, newswire=given.newswire)
    events = [e for r in reports for e in r.events]
    print_sizes(reports)
    print_counts(events)
    if given.thin:
        print_thin(events)


if __name__ == "__main__":
    main()
