"""Where a happening happened."""

from dataclasses import dataclass
from enum import StrEnum

from dragoman.types.text import Span


class PlacePrecision(StrEnum):
    """How exactly a place is known."""

    POINT = "point"
    CITY = "city"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"
    SEA = "sea"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLink:
    """A mention of where something happened and the gazetteer entry chosen for it.

    `geonames` and the coordinates are None when the mention is known but not resolved (the reason says why). `country`
    is the gazetteer's; a disputed place carries its claimants in `disputed`, and no sovereignty is decided.
    """

    text: str
    span: Span
    name: str | None = None
    geonames: int | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None
    disputed: tuple[str, ...] = ()
    confidence: float = 0.0
    reason: str = "unresolved"
