"""Near-copies of a report: one story. MinHash proposes pairs, the exact overlap of their shingles decides.

Two reports are near-copies when they share most of their runs of four words (Jaccard overlap of at least 0.5, or 0.85
of the shorter one, for a copy cut at the end), and were not published more than two weeks apart. A story is what such
pairs connect, so it does not depend on the order in which documents come.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

from dragoman.coding.ids import record_id
from dragoman.types.cluster import Story
from dragoman.types.text import Document

_RUN = 4
_WORD = re.compile(r"[^\W_]+")
# 64 bands of 4: a pair that shares half of its shingles is proposed with 98 %, one that shares a fifth with 10 %.
_HASHES, _BANDS, _SEED, _BAND_THRESHOLD = 256, 64, 42, 0.4
_ALIKE, _CUT = 0.5, 0.85
# Fewer shingles say too little: such texts are near-copies only when they are equal.
_FEWEST = 12
_MOST_DAYS = 14

_Shingles = NDArray[np.uint32]


class StoryIndex:
    """Documents to which more are added; the stories do not depend on the order.

    Kept are hashes only: about 4 bytes a word and 3 KB a document.
    """

    def __init__(self) -> None:
        self._near = RMinHashLSH(threshold=_BAND_THRESHOLD, num_perm=_HASHES, num_bands=_BANDS)
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._shingles: list[_Shingles] = []
        self._days: list[int | None] = []
        self._parents: list[int] = []
        self._members: dict[int, list[int]] = {}
        self._same: dict[bytes, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, document: Document) -> tuple[str, ...]:
        """Adds the document, unless its id is known; the ids of the other documents of its story so far, sorted."""
        number = self._numbers.get(document.id)
        if number is None:
            number = self._insert(document)
        root = self._root(number)
        return tuple(sorted(self._ids[other] for other in self._members[root] if other != number))

    def stories(self) -> tuple[Story, ...]:
        """The stories of two documents or more, sorted by id."""
        groups = (sorted(self._ids[number] for number in group) for group in self._members.values() if len(group) > 1)
        found = (Story(id=record_id("st", *group), documents=tuple(group)) for group in groups)
        return tuple(sorted(found, key=lambda story: story.id))

    def _insert(self, document: Document) -> int:
        number = len(self._ids)
        runs = _runs_of(document)
        shingles = np.unique(np.fromiter((zlib.crc32(run.encode()) for run in runs), np.uint32, len(runs)))
        self._numbers[document.id] = number
        self._ids.append(document.id)
        self._shingles.append(shingles)
        self._days.append(document.published.toordinal() if document.published else None)
        self._parents.append(number)
        self._members[number] = [number]
        same = self._same[shingles.tobytes()]
        self._connect(number, same)
        # Of equal texts of one day only the first is compared with others: a thousand reprints cost no more than one.
        fresh = all(self._days[other] != self._days[number] for other in same)
        same.append(number)
        if len(shingles) >= _FEWEST and fresh:
            sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
            sketch.update(runs)
            self._connect(number, sorted(self._near.query(sketch)))
            self._near.insert(number, sketch)
        return number

    def _connect(self, number: int, others: Iterable[int]) -> None:
        for other in others:
            one, two = self._root(number), self._root(other)
            if one != two and self._near_copies(number, other):
                small, large = sorted((one, two), key=lambda root: len(self._members[root]))
                self._parents[small] = large
                self._members[large] += self._members.pop(small)

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def _near_copies(self, one: int, other: int) -> bool:
        days = self._days[one], self._days[other]
        if days[0] is not None and days[1] is not None and abs(days[0] - days[1]) > _MOST_DAYS:
            return False
        first, second = self._shingles[one], self._shingles[other]
        shared = len(np.intersect1d(first, second, assume_unique=True))
        if min(len(first), len(second)) < _FEWEST:
            return shared == len(first) == len(second) > 0
        return shared >= _ALIKE * (len(first) + len(second) - shared) or shared >= _CUT * min(len(first), len(second))


def find_stories(documents: Iterable[Document]) -> tuple[Story, ...]:
    """The stories of two near-copies or more, sorted by id."""
    index = StoryIndex()
    for document in documents:
        index.add(document)
    return index.stories()


def _runs_of(document: Document) -> list[str]:
    """The runs of four words, lower case, without page furniture; a shorter text is one run."""
    text = document.text
    for furniture in reversed(document.furniture):
        text = text[: furniture.span.start] + " " + text[furniture.span.end :]
    words = _WORD.findall(text.lower())
    if len(words) <= _RUN:
        return [" ".join(words)] if words else []
    return [" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]
