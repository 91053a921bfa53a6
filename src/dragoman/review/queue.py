"""What to show next, and why: the orders of the review queue.

The random order depends on the ids of the records alone: it is the same for everybody, today and after a restart, and a
new record takes a random place in it. That is what makes the reviewed front of it a random sample.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

_SEED = b"dragoman"


class Order(StrEnum):
    """Orders of the queue."""

    LEAST_SURE = "least_sure"
    DISAGREEMENT = "disagreement"
    SAMPLE = "sample"
    DYADS = "dyads"
    REPORT = "report"
    BLIND = "blind"

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return _LABELS[self]

    @property
    def reason(self) -> str:
        """Why a record comes next in it."""
        return _REASONS[self]


_LABELS = {
    Order.LEAST_SURE: "least sure",
    Order.DISAGREEMENT: "disagreement",
    Order.SAMPLE: "random sample",
    Order.DYADS: "my dyads",
    Order.REPORT: "this report",
    Order.BLIND: "double coding",
}
_REASONS = {
    Order.LEAST_SURE: "the coder is least sure of it",
    Order.DISAGREEMENT: "reviewers, or reports of one happening, disagree about it",
    Order.SAMPLE: "drawn by chance; how often the coder is right is estimated from this queue alone",
    Order.DYADS: "it is about a pair that you follow",
    Order.REPORT: "it is the next one of this report",
    Order.BLIND: "drawn by chance for several coders, none of whom sees what the others decided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A record that may come next. `judged_by` are the reviewers whose verdict on it stands."""

    record: str
    confidence: float
    review: str
    place: int = 0
    judged_by: frozenset[str] = frozenset()


_DECIDED = frozenset(("accepted", "rejected", "corrected"))


def arrange(waiting: Iterable[Waiting], order: Order, *, reviewer: str, skipped: frozenset[str]) -> list[Waiting]:
    """What still waits for this reviewer, the next one first; skipped records come last, in the same order."""
    open_ones = [one for one in waiting if _waits(one, order, reviewer)]
    return sorted(open_ones, key=lambda one: (one.record in skipped, *_key(one, order), one.record))


def _key(one: Waiting, order: Order) -> tuple[float, ...]:
    if order in (Order.SAMPLE, Order.BLIND):
        return (sample_place(one.record),)
    if order in (Order.DYADS, Order.REPORT):
        return (one.place,)
    return (order is Order.DISAGREEMENT and one.review != "disputed", one.confidence)


def _waits(one: Waiting, order: Order, reviewer: str) -> bool:
    if order is Order.BLIND:
        return reviewer not in one.judged_by
    if order is Order.DISAGREEMENT:
        return reviewer not in one.judged_by or one.review == "disputed"
    return one.review not in _DECIDED and reviewer not in one.judged_by


def sample_place(record: str) -> int:
    """The place of a record in the random order, out of 2**64.

    >>> sample_place("ev_1") == sample_place("ev_1")
    True
    """
    return int.from_bytes(blake2b(record.encode("utf-8", "surrogatepass"), digest_size=8, key=_SEED).digest(), "big")


def draw_sample(records: Iterable[str], size: int) -> list[str]:
    """The first `size` records of the random order."""
    return heapq.nsmallest(size, set(records), key=lambda record: (sample_place(record), record))
