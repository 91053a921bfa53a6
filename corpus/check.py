"""Validate corpus files in the markup: check.py FILE.txt... ; prints each fault with its remedy, then counts.

Hints point at what is often wrong and do not fail; `--no-hints` hides them. Exit 1 on faults.
"""

import sys
from collections import Counter
from pathlib import Path

from dragoman.train.annotation import Report
from dragoman.train.markup import read_markup
from dragoman.train.validate import check_file


def count_report(report: Report, count: Counter[str]) -> None:
    """Add what one report holds."""
    sentences = report.sentences or ()
    count["reports"] += 1
    count["sentences"] += len(sentences)
    count["sentences without event"] += len(set(range(len(sentences))) - {e.sentence for e in report.events})
    count["words"] += len(report.text.split())
    for name in ("events", "agreements", "claims", "positions", "projects", "memberships"):
        count[name] += len(getattr(report, name))


def print_table(reports: list[Report]) -> None:
    """Category, mode and status of all events."""
    cells = Counter((e.category, e.mode or "-", e.status) for r in reports for e in r.events)
    rows: dict[tuple[str, str], list[str]] = {}
    for (category, mode, status), number in sorted(cells.items()):
        rows.setdefault((category, mode), []).append(f"{status} {number}")
    for (category, mode), statuses in rows.items():
        print(f"  {category + '.' + mode:26}", ", ".join(statuses))


def main(arguments: list[str]) -> int:
    """Check every file named; returns the exit status."""
    count: Counter[str] = Counter()
    reports: list[Report] = []
    grave = 0
    for name in [a for a in arguments if not a.startswith("-")]:
        markup = read_markup(Path(name))
        reports += markup.reports
        for fault in check_file(name, markup):
            grave += fault.grave
            if fault.grave or "--no-hints" not in arguments:
                print(fault)
    for report in reports:
        count_report(report, count)
    print_table(reports)
    share = 100 * count["sentences without event"] / max(count["sentences"], 1)
    print(
        ", ".join(f"{v} {k}" for k, v in count.items()), f"({share:.0f} % of sentences without event); {grave} faults"
    )
    return int(grave > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
