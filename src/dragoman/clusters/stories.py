"""Near-copies of a report: one story. The smallest hashes of their shingles propose pairs, the exact overlap decides.

Two reports are near-copies when they share most of their runs of four words (Jaccard overlap of at least 0.5, or 0.85
of the shorter one, for a copy cut at the end), and were not published more than two weeks apart. A story is what such
pairs connect, so it does not depend on the order in which documents come.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.clusters.blocks import BlockKeys
from dragoman.coding.ids import record_id
from dragoman.types.cluster import Story
from dragoman.types.text import Document

_RUN = 4
_WORD = re.compile(r"[^\W_]+")
# The smallest hashes are a fair sample of all (bottom-k MinHash). A pair that shares half of its runs has one of the
# six smallest in common with 98 %; of the 32 smallest it shares four with more than 99.9 %, a pair that shares a
# twentieth (an agency's closing lines) with 8 %.
_KEYS, _SKETCH, _SHARED = 6, 32, 4
_ALIKE, _CUT = 0.5, 0.85
# Fewer shingles say too little: such texts are near-copies only when they are equal.
_FEWEST = 12
_MOST_DAYS = 14
# Days of one stretch and of the two beside it are compared.
_STRETCH = _MOST_DAYS + 1

_Shingles = NDArray[np.uint32]
_NONE: _Shingles = np.zeros(0, np.uint32)


class StoryIndex:
    """Documents to which more are added; the stories do not depend on the order.

    Kept are hashes only: about 4 bytes a word and half a kilobyte a document.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._shingles: list[_Shingles | None] = []
        self._days: list[int | None] = []
        self._parents: list[int] = []
        self._members: dict[int, list[int]] = {}
        # Under each key the numbers by the root of their story, so that a story of thousands is looked at once.
        self._kept: dict[str, dict[int, list[int]]] = {}
        self._same: dict[tuple[int | None, bytes], int] = {}
        self._grown: set[int] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, document: Document) -> tuple[str, ...]:
        """Adds the document, unless its id is known; the ids of the other documents of its story so far, sorted."""
        number = self._number(document.id)
        if self._shingles[number] is None:
            self._insert(number, document)
        root = self._root(number)
        return tuple(sorted(self._ids[other] for other in self._members[root] if other != number))

    def join(self, documents: Sequence[str]) -> None:
        """These documents are known to be of one story; their texts may be added later or not at all."""
        numbers = [self._number(document) for document in documents]
        for other in numbers[1:]:
            self._unite(numbers[0], other)

    def stories(self) -> tuple[Story, ...]:
        """The stories of two documents or more, sorted by id."""
        return self._told(self._members)

    def keys_of(self, document: str) -> BlockKeys:
        """Under which keys the document is kept, and under which those are that it may be a near-copy of."""
        number = self._numbers[document]
        return _keys_of(self._text(number), self._days[number])

    def grown(self) -> tuple[Story, ...]:
        """The stories that came or grew since the last call, sorted by id."""
        roots = {self._root(number) for number in self._grown}
        self._grown.clear()
        return self._told(roots)

    def _told(self, roots: Iterable[int]) -> tuple[Story, ...]:
        groups = (sorted(self._ids[number] for number in self._members[root]) for root in roots)
        found = (Story(id=record_id("st", *group), documents=tuple(group)) for group in groups if len(group) > 1)
        return tuple(sorted(found, key=lambda story: story.id))

    def _number(self, id: str) -> int:
        """The number of a document, a new one when the id is not known."""
        number = self._numbers.setdefault(id, len(self._ids))
        if number == len(self._ids):
            self._ids.append(id)
            self._shingles.append(None)
            self._days.append(None)
            self._parents.append(number)
            self._members[number] = [number]
        return number

    def _insert(self, number: int, document: Document) -> None:
        shingles, day = _shingles_of(document), _day_of(document)
        self._shingles[number], self._days[number] = shingles, day
        if not len(shingles):
            return
        # Of equal texts of one day only the first is compared with others: a thousand reprints cost no more than one.
        first = self._same.setdefault((day, shingles.tobytes()), number)
        if first != number:
            self._unite(first, number)
            return
        keys = _keys_of(shingles, day)
        self._connect(number, keys)
        for key in keys.kept:
            self._kept.setdefault(key, {}).setdefault(self._root(number), []).append(number)

    def _connect(self, number: int, keys: BlockKeys) -> None:
        """Unites the document with the stories of which it is a near-copy of one."""
        mine = set(self._text(number)[:_SKETCH].tolist())
        seen: set[int] = set()
        for key in keys.asked:
            for root, members in self._by_root(key):
                if self._root(root) == self._root(number):
                    continue
                for other in members:
                    if other not in seen and self._near_copies(number, other, mine):
                        self._unite(number, other)
                        break
                    seen.add(other)

    def _by_root(self, key: str) -> Iterator[tuple[int, list[int]]]:
        """The numbers under a key by the root of their story, brought up to date."""
        groups = self._kept.get(key, {})
        for root in [root for root in groups if self._root(root) != root]:
            groups.setdefault(self._root(root), []).extend(groups.pop(root))
        yield from list(groups.items())

    def _unite(self, one: int, other: int) -> None:
        one, other = self._root(one), self._root(other)
        if one != other:
            small, large = sorted((one, other), key=lambda root: len(self._members[root]))
            self._parents[small] = large
            self._members[large] += self._members.pop(small)
            self._grown.add(large)

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def _text(self, number: int) -> _Shingles:
        found = self._shingles[number]
        return _NONE if found is None else found

    def _near_copies(self, one: int, other: int, sketch: set[int]) -> bool:
        days = self._days[one], self._days[other]
        if days[0] is not None and days[1] is not None and abs(days[0] - days[1]) > _MOST_DAYS:
            return False
        first, second = self._text(one), self._text(other)
        fewest = min(len(first), len(second))
        if sum(hash in sketch for hash in second[:_SKETCH].tolist()) < min(_SHARED, fewest):
            return False
        shared = len(np.intersect1d(first, second, assume_unique=True))
        if fewest < _FEWEST:
            return shared == len(first) == len(second)
        return shared >= _ALIKE * (len(first) + len(second) - shared) or shared >= _CUT * fewest


def find_stories(documents: Iterable[Document]) -> tuple[Story, ...]:
    """The stories of two near-copies or more, sorted by id."""
    index = StoryIndex()
    for document in documents:
        index.add(document)
    return index.stories()


def _keys_of(shingles: _Shingles, day: int | None) -> BlockKeys:
    if day is None:
        kept, asked = ["undated"], ["undated", "dated"]
    else:
        stretch = day // _STRETCH
        kept, asked = [f"{stretch}", "dated"], [f"{stretch - 1}", f"{stretch}", f"{stretch + 1}", "undated"]
    smallest = [f"copy:{hash:08x}" for hash in shingles[:_KEYS].tolist()]
    return BlockKeys(
        tuple(f"{hash}|{time}" for hash in smallest for time in kept),
        tuple(f"{hash}|{time}" for hash in smallest for time in asked),
    )


def _day_of(document: Document) -> int | None:
    return document.published.toordinal() if document.published else None


def _shingles_of(document: Document) -> _Shingles:
    """The hashes of the document's runs of words, sorted, each once."""
    runs = _runs_of(document)
    return np.unique(np.fromiter((zlib.crc32(run.encode()) for run in runs), np.uint32, len(runs)))


def _runs_of(document: Document) -> list[str]:
    """The runs of four words, lower case, without page furniture; a shorter text is one run."""
    text = document.text
    for furniture in reversed(document.furniture):
        text = text[: furniture.span.start] + " " + text[furniture.span.end :]
    words = _WORD.findall(text.lower())
    if len(words) <= _RUN:
        return [" ".join(words)] if words else []
    return [" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]
