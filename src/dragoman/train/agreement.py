"""How well two readers of the same reports agree."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.evaluate.align import pair_off
from dragoman.train.annotation import EventMark, Report

Pair = tuple[EventMark, EventMark]
Fits = Callable[[EventMark, EventMark], bool]
_STOP = frozenset(
    ["the", "a", "an", "of", "in", "on", "for", "to", "and", "s", "his", "her", "its", "their", "with", "by"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """F1 in per cent over all events that both read; alpha (-1..1) by layer over overlapping triggers."""

    reports: int
    events: tuple[int, int]
    f1: tuple[tuple[str, float], ...]
    alpha: tuple[tuple[str, float], ...]


def compare_readings(first: Iterable[Report], second: Iterable[Report]) -> Agreement:
    """Compare all reports that both collections hold; STATEMENT is left out."""
    left, right = ({r.id: _events(r) for r in reports} for reports in (first, second))
    common = sorted(left.keys() & right.keys())
    sizes = (sum(len(left[i]) for i in common), sum(len(right[i]) for i in common))
    rules: dict[str, Fits] = {
        "trigger": lambda a, b: True,
        "category": same_category,
        "category with actors": lambda a, b: same_category(a, b) and same_actors(a, b),
        "category and status": lambda a, b: same_category(a, b) and a.status == b.status,
    }
    found = {name: [p for i in common for p in match(left[i], right[i], fits)] for name, fits in rules.items()}
    f1 = tuple((name, 200 * len(pairs) / max(sum(sizes), 1)) for name, pairs in found.items())
    layers: dict[str, Callable[[EventMark], str]] = {
        "category": lambda e: e.category,
        "CAMEO root": lambda e: e.cameo[:2],
        "mode": lambda e: e.mode or "-",
        "status": lambda e: e.status,
        "by": lambda e: e.by,
        "joint": lambda e: str(e.reciprocal),
    }
    pairs = [(a, b) for a, b in found["trigger"] if same_trigger(a, b)]
    alpha = tuple((name, krippendorff_alpha([(of(a), of(b)) for a, b in pairs])) for name, of in layers.items())
    return Agreement(reports=len(common), events=sizes, f1=f1, alpha=alpha)


def _events(report: Report) -> list[EventMark]:
    return [e for e in report.events if e.category != "STATEMENT" and e.trigger]


def same_category(a: EventMark, b: EventMark) -> bool:
    """Whether both have the same category."""
    return a.category == b.category


def same_place(a: EventMark, b: EventMark) -> bool:
    """Whether the triggers overlap, or the same sentence tells an act of the same category."""
    return same_trigger(a, b) or (a.sentence == b.sentence and same_category(a, b))


def same_actors(a: EventMark, b: EventMark) -> bool:
    """Whether sources and targets each share a content word (empty fits empty), or all actors taken together agree."""
    sides = [(_words(x.sources), _words(x.targets)) for x in (a, b)]
    if all((not x and not y) or x & y for x, y in zip(*sides, strict=True)):
        return True
    unions = [source | target for source, target in sides]
    return bool(unions[0]) and unions[0] == unions[1]


def _words(actors: Sequence[object]) -> frozenset[str]:
    text = " ".join(getattr(actor, "text", "").lower() for actor in actors)
    return frozenset(re.findall(r"\w+", text)) - _STOP


def match(left: Sequence[EventMark], right: Sequence[EventMark], fits: Fits) -> list[Pair]:
    """Pair events one to one, those with overlapping triggers first."""
    rules: tuple[Fits, Fits] = (
        lambda a, b: same_trigger(a, b) and fits(a, b),
        lambda a, b: same_place(a, b) and fits(a, b),
    )
    return [(left[i], right[j]) for i, j in pair_off(left, right, rules)]


def same_trigger(a: EventMark, b: EventMark) -> bool:
    """Whether the triggers share a character."""
    return a.trigger is not None and b.trigger is not None and a.trigger.overlaps(b.trigger)


def krippendorff_alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Krippendorff's alpha for two readers and nominal values; 1.0 when all values are the same."""
    values = Counter(v for pair in pairs for v in pair)
    total = sum(values.values())
    if total < 2:
        return 1.0
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    return 1.0 if expected == 0 else 1 - observed / expected
