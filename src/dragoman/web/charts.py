"""Charts as SVG text, drawn on the server: no script, printable, and to be copied into a paper.

Shapes carry classes, never colours: the style sheet gives these in light and dark. Every chart stands beside a table
with the same numbers. A group in a link has a `title`, which is what a pointer and a screen reader are told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from markupsafe import Markup, escape

from dragoman.web.words import reveal

_W, _LEFT, _RIGHT = 760, 44, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of one direction: happenings, reports, and the sum of PLOVER scores."""

    month: str
    events: int
    reports: int
    score: float
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One direction of a dyad, months without a gap."""

    name: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A labelled month: from here on the number of happenings is another one."""

    month: str
    label: str


def draw_series(lines: Sequence[Line], turns: Iterable[Turn], *, title: str) -> Markup:
    """Scores of both directions as lines above, happenings as bars below, on one axis of months."""
    months = [month.month for month in lines[0].months] if lines else []
    if not months:
        return Markup("")
    place = _Axis(months)
    parts = [_frame(place), *_scores(lines, place), *_bars(lines, place), *_turns(turns, place)]
    return Markup(  # every text below went through escape
        f'<svg class="chart" viewBox="0 0 {_W} 330" role="group" aria-label="{escape(reveal(title))}">'
        f"<title>{escape(reveal(title))}</title>{''.join(parts)}</svg>"
    )


_TOP, _MID, _BARS, _FLOOR = 16, 190, 222, 300


class _Axis:
    def __init__(self, months: Sequence[str]) -> None:
        self.months = months
        self.step = (_W - _LEFT - _RIGHT) / max(1, len(months))

    def x(self, number: int) -> float:
        return _LEFT + (number + 0.5) * self.step


def _frame(axis: _Axis) -> str:
    """The axis of time: a year where there is room for it, else months."""
    drawn = [f'<line class="axis" x1="{_LEFT}" y1="{_FLOOR}" x2="{_W - _RIGHT}" y2="{_FLOOR}"/>']
    every = max(1, round(70 / axis.step))
    for number in range(0, len(axis.months), every):
        drawn.append(f'<text class="tick" x="{axis.x(number):.1f}" y="{_FLOOR + 18}">{axis.months[number]}</text>')
    return "".join(drawn)


def _scores(lines: Sequence[Line], axis: _Axis) -> Iterable[str]:
    values = [month.score for line in lines for month in line.months]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0

    def y(score: float) -> float:
        return _TOP + (high - score) / span * (_MID - _TOP)

    yield f'<line class="axis" x1="{_LEFT}" y1="{y(0):.1f}" x2="{_W - _RIGHT}" y2="{y(0):.1f}"/>'
    for mark in sorted({low, 0.0, high}):
        yield f'<text class="tick end" x="{_LEFT - 6}" y="{y(mark) + 4:.1f}">{mark:g}</text>'
    for number, line in enumerate(lines):
        points = " ".join(f"{axis.x(n):.1f},{y(month.score):.1f}" for n, month in enumerate(line.months))
        yield f'<polyline class="line d{number}" points="{points}"/>'
        for n, month in enumerate(line.months):
            if month.events:
                yield _mark(month, line.name, f'<circle class="dot d{number}" cx="{axis.x(n):.1f}" '
                                              f'cy="{y(month.score):.1f}" r="4"/>')  # fmt: skip


def _bars(lines: Sequence[Line], axis: _Axis) -> Iterable[str]:
    most = max((month.events for line in lines for month in line.months), default=0) or 1
    width = max(1.0, min(16.0, axis.step / (len(lines) + 0.6)))
    yield f'<text class="tick end" x="{_LEFT - 6}" y="{_BARS + 4}">{most}</text>'
    for number, line in enumerate(lines):
        for n, month in enumerate(line.months):
            if month.events:
                height = month.events / most * (_FLOOR - _BARS)
                x = axis.x(n) + (number - len(lines) / 2) * width
                yield _mark(month, line.name, f'<rect class="bar d{number}" x="{x:.1f}" y="{_FLOOR - height:.1f}" '
                                              f'width="{width:.1f}" height="{height:.1f}"/>')  # fmt: skip


def _mark(month: Month, name: str, shape: str) -> str:
    told = f"{month.month}, {name}: {month.events} events ({month.reports} reports), score {month.score:+.1f}"
    return f'<a href="{escape(month.href)}" tabindex="-1"><title>{escape(reveal(told))}</title>{shape}</a>'


def _turns(turns: Iterable[Turn], axis: _Axis) -> Iterable[str]:
    for turn in turns:
        if turn.month in axis.months:
            x = axis.x(axis.months.index(turn.month)) - axis.step / 2
            yield f'<line class="turn" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_FLOOR}"/>'
            yield f'<text class="tick start" x="{x + 4:.1f}" y="{_TOP + 8}">{escape(reveal(turn.label))}</text>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """What passes between two actors of a network. `tone` is the mean score."""

    one: str
    other: str
    events: int
    tone: float
    told: str
    href: str


def draw_network(arcs: Sequence[Arc], *, title: str) -> Markup:
    """The actors on a circle, those with most events first; a line is as thick as its number of events."""
    weight: dict[str, int] = {}
    for arc in arcs:
        for name in (arc.one, arc.other):
            weight[name] = weight.get(name, 0) + arc.events
    names = sorted(weight, key=lambda name: (-weight[name], name))
    if not names:
        return Markup("")
    at = {name: _on_circle(number, len(names)) for number, name in enumerate(names)}
    most = max(arc.events for arc in arcs)
    lines = "".join(_arc(arc, at, most) for arc in arcs)
    nodes = "".join(_node(name, at[name]) for name in names)
    return Markup(
        f'<svg class="chart" viewBox="0 0 {_W} {_W}" role="group" aria-label="{escape(reveal(title))}">'
        f"<title>{escape(reveal(title))}</title>{lines}{nodes}</svg>"
    )


def _on_circle(number: int, of: int) -> tuple[float, float]:
    turn = 2 * pi * number / of - pi / 2
    return _W / 2 + 310 * cos(turn), _W / 2 + 310 * sin(turn)


def _arc(arc: Arc, at: dict[str, tuple[float, float]], most: int) -> str:
    (x1, y1), (x2, y2) = at[arc.one], at[arc.other]
    bend = f"{(x1 + x2 + _W) / 4:.1f} {(y1 + y2 + _W) / 4:.1f}"
    tone = "friendly" if arc.tone > 0 else "hostile" if arc.tone < 0 else "neutral"
    return (
        f'<a href="{escape(arc.href)}" tabindex="-1"><title>{escape(reveal(arc.told))}</title>'
        f'<path class="arc {tone}" stroke-width="{1 + 9 * arc.events / most:.1f}" '
        f'd="M {x1:.1f} {y1:.1f} Q {bend} {x2:.1f} {y2:.1f}"/></a>'
    )


def _node(name: str, at: tuple[float, float]) -> str:
    x, y = at
    side = "start" if x > _W / 2 + 1 else "end" if x < _W / 2 - 1 else "middle"
    dx = {"start": 10, "end": -10, "middle": 0}[side]
    dy = -12 if side == "middle" and y < _W / 2 else 22 if side == "middle" else 4
    return (
        f'<circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
        f'<text class="label {side}" x="{x + dx:.1f}" y="{y + dy:.1f}">{escape(reveal(name))}</text>'
    )
