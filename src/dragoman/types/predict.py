"""Questions and answers of `dragoman predict` (RECORD.md section 8), one pair of types for each task.

`id` is whatever the asker gave, a string or a number, and comes back unchanged.
"""

from dataclasses import dataclass
from datetime import date

from dragoman.types.record import Status
from dragoman.types.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsQuery:
    """Which events does this text tell? `published` resolves relative dates; None when not known."""

    id: str | int
    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsQuery:
    """What does `source` do to `target` in this sentence? Both are words of the text."""

    id: str | int
    text: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsQuery:
    """Who is this mention? `context` is the sentence or paragraph around it; `as_of` dates the role."""

    id: str | int
    text: str
    context: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionQuery:
    """Who says the words that `content` covers?"""

    id: str | int
    text: str
    content: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualityQuery:
    """Does the report hold that what the predicate at `span` names happened?"""

    id: str | int
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedEvent:
    """One event for scoring. `root` is the CAMEO root, 1 to 20; actors are the mention's words or None."""

    category: str
    mode: str | None
    cameo: str
    root: int
    source: str | None
    target: str | None
    source_country: str | None
    source_sector: str | None
    target_country: str | None
    target_sector: str | None
    status: Status
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsPrediction:
    """The events of one text, in text order; empty when it tells none."""

    id: str | int
    events: tuple[PredictedEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsPrediction:
    """Category (`label`) and CAMEO code of what the source does to the target; None when abstaining."""

    id: str | int
    label: str | None
    cameo: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsPrediction:
    """Who the mention is; each field None where the resolver abstains."""

    id: str | int
    country: str | None
    sector: str | None
    name: str | None
    kind: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionPrediction:
    """The speaker's words and where they stand; None when the report itself speaks or nobody is named."""

    id: str | int
    speaker: str | None
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualityPrediction:
    """The status of the predicate, and whether it happened by the report's account."""

    id: str | int
    status: Status
    happened: bool


Query = EventsQuery | PairsQuery | ActorsQuery | AttributionQuery | FactualityQuery
Prediction = EventsPrediction | PairsPrediction | ActorsPrediction | AttributionPrediction | FactualityPrediction
