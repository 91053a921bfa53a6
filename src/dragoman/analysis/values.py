"""Values of the analysis: what is counted, over which periods, and how sure the numbers are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


class Frequency(StrEnum):
    """Length of a period. A week starts on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class By(StrEnum):
    """What an actor is called in a series: its country ("KAZ"), country and sector ("KAZ GOV"), or itself."""

    COUNTRY = "country"
    SECTOR = "sector"
    ACTOR = "actor"


class Side(StrEnum):
    """On which side of an event an actor is looked for."""

    SOURCE = "source"
    TARGET = "target"
    EITHER = "either"


class Dated(StrEnum):
    """Whether a happening can be put on a calendar."""

    DATED = "dated"
    YEAR_UNKNOWN = "year_unknown"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The days within which something happened, both included.

    `first` or `last` is None when the text leaves that end open, both when nothing can be put on a calendar (`dated`
    says why). `published` is true when the report's date of publication stands in for a time that the text does not
    give.
    """

    dated: Dated
    first: date | None = None
    last: date | None = None
    published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A directed dyad of one happening, with the probability that category, source and target are all right."""

    source: str
    target: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor on one side of a happening, with the probability that the best record naming it is right."""

    actor: str
    side: Side
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What is counted: one cluster of events, however many reports tell it.

    `quad` and the scores are those of the category told by most documents; scores are None where the codebook has
    none. `contested` is true when a record of the same cluster is held otherwise (denied, only planned) or the cluster
    lists a disagreement. `ties` and `parts` are empty when no actor could be named at the level asked for.
    """

    id: str
    records: tuple[str, ...]
    documents: tuple[str, ...]
    category: str
    quad: str
    goldstein: float | None
    plover_score: float | None
    confidence: float
    when: When
    ties: tuple[Tie, ...]
    parts: tuple[Part, ...]
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An expected value and its interval. The interval tells of mistaken records only, not of happenings missed."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Sum and mean of one score over the `scored` happenings that have it; `mean` is None when there is none."""

    scored: int
    sum: Estimate
    mean: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadCount:
    """Happenings of one quad class, the reports that tell them, and the number expected to be real."""

    quad: str
    events: int
    reports: int
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """One period. `events` are clusters, `reports` the documents that tell them; `clusters` opens the list behind.

    `published` of them stand where their report was published, for want of a time in the text.
    """

    first: date
    last: date
    events: int
    reports: int
    contested: int
    published: int
    expected: Estimate
    quads: tuple[QuadCount, ...]
    goldstein: Score
    plover: Score
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Clusters that belong to a series and to none of its periods: nothing is spread over periods.

    `coarse`: known less exactly than the period. `year_unknown`: the text gives day or month without a year.
    `undated`: no time at all. `outside`: before `since` or after `until`.
    """

    coarse: tuple[str, ...] = ()
    year_unknown: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.coarse) + len(self.year_unknown) + len(self.undated) + len(self.outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Counts and scores by period, from the first period with an event to the last, empty ones included.

    `target` is None in the series of one actor. `events` and `reports` count everything, `apart` too; a document that
    tells happenings of two periods is a report in both rows and one report here.
    """

    source: str
    target: str | None
    frequency: Frequency
    level: float
    rows: tuple[SeriesRow, ...]
    apart: Apart
    events: int
    reports: int
    side: Side = Side.SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesOptions:
    """How a series is made. `since` and `until` bound it, both included, and fill it with empty periods up to there.

    `level` is that of the intervals.
    """

    frequency: Frequency = Frequency.MONTH
    since: date | None = None
    until: date | None = None
    level: float = 0.95
