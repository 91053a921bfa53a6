"""Marks on the sheet: one for each place, or one with their number for places that lie too close together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup, escape

from dragoman.types.text import shorten
from dragoman.web.mapping.sheet import WIDTH, Box, Sheet, box_around
from dragoman.web.mapping.spots import Spot
from dragoman.web.words import count_words, reveal

_CLOSE = 17.0  # marks nearer than this cannot be told apart, nor pointed at
_MOST = 40  # places of one mark: its link names each, and a question takes 50 filters
# What a mark of each shape stands for, and the precisions of which it is the mark.
SHAPES = {
    "exact": ("a town or a point", ("point", "city")),
    "part": ("the middle of a district or province", ("district", "province")),
    "country": ("the middle of a country", ("country",)),
    "wide": ("somewhere in a region or sea, or not said how exactly", ("region", "sea", "")),
}
_SHAPE_OF = {precision: shape for shape, (_, precisions) in SHAPES.items() for precision in precisions}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One place, or several close together: where it is drawn, and how wide it is."""

    spots: tuple[Spot, ...]
    x: float
    y: float
    radius: float

    @property
    def events(self) -> int:
        """Events of its places; one that is told of two of them is in both."""
        return sum(spot.events for spot in self.spots)

    @property
    def shape(self) -> str:
        """One of SHAPES, or `several`."""
        return "several" if len(self.spots) > 1 else _SHAPE_OF.get(self.spots[0].precision, "wide")

    @property
    def disputed(self) -> bool:
        """True when several states claim one of its places."""
        return any(spot.disputed for spot in self.spots)

    @property
    def box(self) -> Box:
        """The piece of the globe that shows its places apart, as far as they lie apart."""
        return box_around([(spot.latitude, spot.longitude) for spot in self.spots], close=True)

    @property
    def apart(self) -> bool:
        """True when a closer look shows its places apart."""
        return len({(round(spot.latitude, 2), round(spot.longitude, 2)) for spot in self.spots}) > 1


def gather(spots: Iterable[Spot], sheet: Sheet) -> tuple[Mark, ...]:
    """The spots as marks. The places with most events come first and stay where they are; others join them."""
    found: list[tuple[float, float, list[Spot]]] = []
    for spot in spots:
        x, y = sheet.at(spot.latitude, spot.longitude)
        near = ((x - left) ** 2 + (y - top) ** 2 < _CLOSE**2 and len(members) < _MOST for left, top, members in found)
        home = next((number for number, close in enumerate(near) if close), None)
        if home is None:
            found.append((x, y, [spot]))
        else:
            found[home][2].append(spot)
    most = max((sum(spot.events for spot in members) for _, _, members in found), default=1)
    return tuple(
        Mark(spots=tuple(members), x=x, y=y, radius=_radius(sum(one.events for one in members) / most, len(members)))
        for x, y, members in found
    )


def _radius(share: float, places: int) -> float:
    return max(9.0 if places > 1 else 0.0, 4 + 8 * sqrt(share))


def tell(mark: Mark, names: Mapping[str, str]) -> str:
    """What a pointer and a screen reader are told of a mark."""
    if len(mark.spots) > 1:
        first = ", ".join(f"{spot.name} {spot.events:,}" for spot in mark.spots[:4])
        more = f" and {len(mark.spots) - 4} more" if len(mark.spots) > 4 else ""
        return f"{len(mark.spots)} places close together: {first}{more}"
    spot = mark.spots[0]
    claim = f"; claimed by {' and '.join(names.get(code, code) for code in spot.disputed)}" if spot.disputed else ""
    return f"{spot.name}: {count_words(spot.events, 'event')}, {SHAPES[mark.shape][0]}{claim}"


def draw_shape(shape: str, x: float, y: float, radius: float, *, disputed: bool = False, number: int = 0) -> Markup:
    """The mark itself; a place that several states claim has a dashed ring around it."""
    if shape == "part":
        drawn = f'<path class="mark" d="M {x:.1f} {y - radius:.1f} l {radius:.1f} {radius:.1f} l -{radius:.1f} '
        drawn += f'{radius:.1f} l -{radius:.1f} -{radius:.1f} Z"/>'
    elif shape == "country":
        drawn = f'<rect class="mark hollow" x="{x - radius:.1f}" y="{y - radius:.1f}" width="{2 * radius:.1f}" '
        drawn += f'height="{2 * radius:.1f}"/>'
    else:
        kind = {"exact": "mark", "several": "mark several"}.get(shape, "mark hollow")
        drawn = f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    if number:
        drawn += f'<text class="places" x="{x:.1f}" y="{y + 4:.1f}">{number}</text>'
    if disputed:
        drawn += f'<circle class="claimed" cx="{x:.1f}" cy="{y:.1f}" r="{radius + 4:.1f}"/>'
    return Markup(drawn)  # numbers alone


def draw_key(shape: str, *, disputed: bool = False) -> Markup:
    """A mark for the legend."""
    number = 3 if shape == "several" else 0
    drawn = draw_shape(shape, 14, 14, 9 if number else 7, disputed=disputed, number=number)
    return Markup(f'<svg class="chart key" viewBox="0 0 28 28" aria-hidden="true">{drawn}</svg>')


def draw_labels(marks: Sequence[Mark], height: float) -> str:
    """Names beside the marks, those with most events first, where they cover no other name and no mark."""
    taken = [(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius) for mark in marks]
    drawn = []
    for mark in marks:
        more = f" +{len(mark.spots) - 1}" if len(mark.spots) > 1 else ""
        name = reveal(shorten(mark.spots[0].name, 26)) + more
        wide, gap = 6.6 * len(name), mark.radius + (7 if mark.disputed else 3)
        for side, left, low in (
            ("start", mark.x + gap, mark.y + 4),
            ("end", mark.x - gap - wide, mark.y + 4),
            ("middle", mark.x - wide / 2, mark.y - gap - 2),
            ("middle", mark.x - wide / 2, mark.y + gap + 10),
        ):
            box = (left, low - 10, left + wide, low + 3)
            inside = left >= 2 and left + wide <= WIDTH - 2 and 12 <= low <= height - 16
            if inside and not any(_meet(box, one) for one in taken):
                taken.append(box)
                x = {"start": left, "end": left + wide, "middle": mark.x}[side]
                drawn.append(f'<text class="label {side}" x="{x:.1f}" y="{low:.1f}">{escape(name)}</text>')
                break
    return "".join(drawn)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
