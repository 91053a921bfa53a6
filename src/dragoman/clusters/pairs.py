"""Scores of pairs of tellings, worked out when one of the two is first asked for, and kept."""

from collections import defaultdict
from collections.abc import Mapping

from dragoman.clusters.blocks import keys_of_telling
from dragoman.clusters.score import score_pair
from dragoman.clusters.telling import Telling


class PairScores:
    """Tellings that are compared with those that share a key, and with those of their document.

    A telling compares itself when `near` is first called for it; whoever is asked after that and came later compares
    itself with it. So every pair is scored once, and a telling that nobody asks for costs nothing.
    """

    def __init__(self) -> None:
        self._tellings: dict[str, Telling] = {}
        self._blocks: dict[str, dict[str, None]] = defaultdict(dict)
        self._documents: dict[str, dict[str, None]] = defaultdict(dict)
        self._scores: dict[str, dict[str, float]] = defaultdict(dict)
        self._came: dict[str, int] = {}
        self._asked: dict[str, int] = {}
        self._clock = 0

    def __contains__(self, id: str) -> bool:
        return id in self._tellings

    def add(self, telling: Telling) -> None:
        """Adds a telling whose id is not there."""
        self._tellings[telling.id] = telling
        self._came[telling.id] = self._tick()
        self._documents[telling.document][telling.id] = None
        for key in keys_of_telling(telling).kept:
            self._blocks[key][telling.id] = None

    def remove(self, id: str) -> set[str]:
        """Takes a telling out; the ids of those that it had a score with."""
        telling = self._tellings.pop(id)
        self._came.pop(id)
        self._asked.pop(id, None)
        _take_out(self._documents, telling.document, id)
        for key in keys_of_telling(telling).kept:
            _take_out(self._blocks, key, id)
        near = self._scores.pop(id, {})
        for other in near:
            self._scores[other].pop(id)
        return set(near)

    def near(self, id: str) -> Mapping[str, float]:
        """The scores with all tellings that came before this was first called, and with later ones that were asked."""
        if id not in self._asked:
            self._asked[id] = self._tick()
            telling = self._tellings[id]
            for other in self._sharing(telling):
                # Asked after this one came, the other has compared itself with it already.
                if self._asked.get(other, 0) < self._came[id]:
                    self._compare(telling, self._tellings[other])
        return self._scores[id]

    def score(self, one: str, other: str) -> float:
        """The score of two tellings, also when they share no key; 0 for a pair that is as good as unlike."""
        known = self._scores[one].get(other)
        return self._score(self._tellings[one], self._tellings[other]) if known is None else known

    def _tick(self) -> int:
        self._clock += 1
        return self._clock

    def _sharing(self, telling: Telling) -> set[str]:
        near = {other for key in keys_of_telling(telling).asked for other in self._blocks.get(key, ())}
        near.update(self._documents[telling.document])
        return near - {telling.id}

    def _compare(self, one: Telling, other: Telling) -> None:
        if score := self._score(one, other):
            self._scores[one.id][other.id] = self._scores[other.id][one.id] = score

    def _score(self, one: Telling, other: Telling) -> float:
        return score_pair(*((one, other) if one.id < other.id else (other, one)))


def _take_out(kept: dict[str, dict[str, None]], key: str, id: str) -> None:
    kept[key].pop(id)
    if not kept[key]:
        del kept[key]
