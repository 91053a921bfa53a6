"""What joins records and reports: clusters of one happening, stories of near-copies, and people's decisions on them."""

from dataclasses import dataclass
from enum import StrEnum


class Joining(StrEnum):
    """What a person decided about records: that they tell of one happening, or that they do not."""

    JOIN = "join"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Reports that are near-copies of one text. `id` depends on the documents alone, not on their order of arrival."""

    id: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A field on which the records of a cluster differ: each value with the records that hold it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Records of one happening. `records` and `documents` are sorted ids; `reason` says why they were joined.

    `disagreements` are shown, not merged away. `id` depends on the records alone.
    """

    id: str
    kind: str
    records: tuple[str, ...]
    documents: tuple[str, ...]
    reason: str
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDecision:
    """A recorded decision: these records belong together, or the first does not belong with the others.

    Decisions are only appended; the latest one on a pair of records wins. `decided_at` is ISO 8601 in UTC.
    """

    id: str
    joining: Joining
    records: tuple[str, ...]
    by: str
    decided_at: str
    note: str = ""
