"""Rows dealt into parts for cross-validation: no story is in two parts, and the same rows give the same parts."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

from dragoman.learning.rows import Row

PARTS = 5


def part_rows(rows: Sequence[Row], parts: int = PARTS) -> list[list[int]]:
    """The numbers of the rows in at most so many parts of about one size; fewer where there are fewer stories."""
    by_group: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        by_group[row.group].append(number)
    dealt: list[list[int]] = [[] for _ in range(min(parts, len(by_group)))]
    for group in sorted(by_group, key=lambda group: (-len(by_group[group]), _chance(group))):
        min(dealt, key=len).extend(by_group[group])
    return dealt


def _chance(group: str) -> bytes:
    return blake2b(group.encode("utf-8", "surrogatepass"), digest_size=8).digest()
