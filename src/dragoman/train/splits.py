"""Which report belongs to training, development and test: fixed before any tuning, by id."""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from dragoman.train.annotation import Report

TRAIN, DEV, TEST = "train", "dev", "test"
LEADS_TOGETHER = 10


def group_of(report: Report) -> str:
    """What must not be torn: ten neighbouring single leads are one group (minimal pairs), any other report is alone."""
    match = re.fullmatch(r"(.*?)(\d+)", report.id)
    single = report.origin == "own" and len(report.sentences or ()) == 1
    if match and single:
        return f"{match[1]}block{(int(match[2]) - 1) // LEADS_TOGETHER}"
    return report.id


def rank_of(group: str) -> int:
    """A number in 0..2^32-1 that depends on the group's name only."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16)


def split_by_hash(group: str) -> str:
    """The split of a group that the list does not name: one tenth test, one tenth dev."""
    return {0: TEST, 1: DEV}.get(rank_of(group) % 10, TRAIN)


def draw_splits(reports: Iterable[Report]) -> dict[str, str]:
    """Draw splits for a whole collection, evenly in every part: in hash order, the first tenth test, the next dev."""
    parts: dict[str, dict[str, list[str]]] = {}
    for report in reports:
        parts.setdefault(report.part, {}).setdefault(group_of(report), []).append(report.id)
    drawn = {}
    for groups in parts.values():
        order = sorted(groups, key=rank_of)
        tenth = max(1, round(len(order) / 10))
        for place, group in enumerate(order):
            split = TEST if place < tenth else DEV if place < 2 * tenth else TRAIN
            drawn.update(dict.fromkeys(groups[group], split))
    return drawn


def read_splits(path: Path) -> dict[str, str]:
    """The list of splits by id; empty when there is no file."""
    if not path.is_file():
        return {}
    listed = json.loads(path.read_text(encoding="utf-8"))
    return {name: split for split in (TRAIN, DEV, TEST) for name in listed.get(split, [])}
