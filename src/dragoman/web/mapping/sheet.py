"""Degrees to places on a sheet: equirectangular, true to scale along the middle, cut to what is shown. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

from dragoman.errors import InputError

WIDTH = 760.0
_LOWEST, _HIGHEST = 260.0, 560.0  # heights of the sheet
_LEAST, _CLOSEST = 4.0, 0.25  # degrees that are shown at least: of the whole map, of a piece that somebody asks for
_MARGIN = 0.12
_FLATTEST = 0.25  # towards the poles the sheet is not stretched further
_STEPS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60)
_LINES = 10.5  # of each sort, at most
_NUMBER = r"-?\d{1,3}(?:\.\d{1,15})?"
_BOX = re.compile(",".join([f"({_NUMBER})"] * 4), re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A piece of the globe in degrees. Across the 180th meridian, `east` is above 180 or `west` below -180."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """True when the point lies in it."""
        return self.south <= latitude <= self.north and self.west <= self.turned(longitude) <= self.east

    def turned(self, longitude: float) -> float:
        """The longitude as this piece counts it."""
        fits = (turn for turn in (longitude, longitude + 360, longitude - 360) if self.west <= turn <= self.east)
        return next(fits, longitude)

    def __str__(self) -> str:
        return ",".join(f"{value:.4f}" for value in (self.south, self.west, self.north, self.east))


def read_box(written: str) -> Box | None:
    """The piece of a query, None for none. Raises InputError."""
    if not written:
        return None
    found = _BOX.fullmatch(written)
    south, west, north, east = (float(number) for number in found.groups()) if found else (0.0,) * 4
    if not (-90 <= south < north <= 90 and -360 <= west < east <= west + 360 and west <= 180):
        raise InputError(f"box {written[:60]!r}: expected south,west,north,east in degrees, such as 38,43,42,51")
    return Box(south=south, west=west, north=north, east=east)


def box_around(points: Sequence[tuple[float, float]], *, close: bool = False) -> Box:
    """The smallest piece that holds points (latitude, longitude), with a margin; it opens at the widest gap.

    `close` shows points that lie close together apart; else some of what is around them is shown.
    """
    least = _CLOSEST if close else _LEAST
    latitudes = [latitude for latitude, _ in points]
    longitudes = sorted(longitude for _, longitude in points)
    gaps = [
        (later - earlier, later)
        for earlier, later in zip(longitudes, [*longitudes[1:], longitudes[0] + 360], strict=True)
    ]
    gap, west = max(gaps)
    west -= 360 if west > 180 else 0
    east = west + 360 - gap
    high, wide = max(latitudes) - min(latitudes), east - west
    up, aside = max(least - high, 2 * _MARGIN * high) / 2, max(least - wide, 2 * _MARGIN * wide) / 2
    aside = min(aside, (360 - wide) / 2)
    return Box(
        south=max(-90.0, min(latitudes) - up),
        north=min(90.0, max(latitudes) + up),
        west=west - aside,
        east=east + aside,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A line of the graticule: its degree, and where it crosses the sheet."""

    degree: float
    at: float


class Sheet:
    """A sheet for a piece of the globe; what is beside the piece is shown too where the sheet has room."""

    def __init__(self, box: Box) -> None:
        middle = (box.south + box.north) / 2
        self._flat = max(_FLATTEST, cos(radians(middle)))
        wide, high = (box.east - box.west) * self._flat, box.north - box.south
        self.scale = min(WIDTH / wide, _HIGHEST / high)
        self.height = max(_LOWEST, high * self.scale)
        across = min(360.0, WIDTH / (self.scale * self._flat))
        half = self.height / self.scale / 2
        self.west = (box.west + box.east - across) / 2
        self.east = self.west + across
        self.north = middle + half
        self.south = middle - half

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point lies, from the left and from the top."""
        turned = longitude + 360 * (longitude < self.west) - 360 * (longitude > self.east)
        inset = (WIDTH - (self.east - self.west) * self._flat * self.scale) / 2
        return inset + (turned - self.west) * self._flat * self.scale, (self.north - latitude) * self.scale

    def meridians(self) -> Iterator[Ruled]:
        """Lines from pole to pole, at even degrees."""
        for degree in _even(self.west, self.east):
            yield Ruled(degree=(degree + 180) % 360 - 180, at=self.at(0, degree)[0])

    def parallels(self) -> Iterator[Ruled]:
        """Lines around the globe, at even degrees; the equator is one of them wherever it is shown."""
        for degree in _even(max(-90.0, self.south), min(90.0, self.north)):
            yield Ruled(degree=degree, at=self.at(degree, self.west)[1])


def _even(low: float, high: float) -> Iterator[float]:
    step = next((size for size in _STEPS if (high - low) / size <= _LINES), _STEPS[-1])
    number = -int(-low // step)
    while number * step <= high:
        yield number * step
        number += 1


def say_degree(degree: float, letters: str) -> str:
    """A degree with its letter, of which there are two.

    >>> say_degree(45, "EW"), say_degree(-7.5, "NS"), say_degree(0, "NS"), say_degree(-180, "EW")
    ('45°E', '7.5°S', '0°', '180°')
    """
    letter = "" if degree == 0 or abs(degree) == 180 else letters[0] if degree > 0 else letters[1]
    return f"{abs(degree):g}°{letter}"
