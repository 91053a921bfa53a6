"""List the split of every report: draw_splits.py CORPUS_DIR NEWS_DIR [OLD.json] > splits.json.

Reports that the old list names keep their split for ever; new ones are drawn evenly in their file by the id's hash.
"""

import json
import sys
from pathlib import Path

from dragoman.train.corpus import load_reports
from dragoman.train.splits import DEV, TEST, TRAIN, draw_splits, read_splits


def main(arguments: list[str]) -> None:
    """Draw the splits of what is new and print the whole list."""
    reports = load_reports(Path(arguments[0]), Path(arguments[1]))
    kept = read_splits(Path(arguments[2])) if len(arguments) > 2 else {}
    drawn = draw_splits(r for r in reports if r.id not in kept) | kept
    lists = {split: sorted(name for name, s in drawn.items() if s == split) for split in (TRAIN, DEV, TEST)}
    print(json.dumps(lists, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
