"""Events that others have coded: a layer of its own, never mixed with the record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Layer(StrEnum):
    """The data set that a foreign event comes from."""

    GDELT = "gdelt"
    ICEWS = "icews"
    POLECAT = "polecat"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignActor:
    """An actor as the other data set codes it.

    `country` is ISO 3166-1 alpha-3 where the code or name is known, else as written; None when empty. `sectors` are the
    other set's own words or codes.
    """

    name: str | None
    country: str | None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPlace:
    """Where the other data set puts the event. Coordinates in degrees, WGS 84."""

    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEvent:
    """One row of another data set, with the file and line it stands on.

    `id` has the layer in front. `category` and `mode` are PLOVER's and filled by POLECAT only, `cameo` by GDELT and
    ICEWS only. `score` is the set's own: the Goldstein weight of GDELT and ICEWS, POLECAT's intensity. `reports` is the
    number of articles where the set gives it.
    """

    layer: Layer
    id: str
    file: str
    line: int
    day: date | None
    sources: tuple[ForeignActor, ...]
    targets: tuple[ForeignActor, ...]
    category: str | None
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: str | None
    score: float | None
    place: ForeignPlace | None
    reports: int | None
    publisher: str | None
    published: date | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A row that could not be read: where it stands and why."""

    file: str
    line: int
    reason: str
