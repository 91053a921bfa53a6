"""Which tellings are compared at all: those that share a key of kind of act, actors and time."""

from dataclasses import dataclass
from itertools import combinations

from dragoman.clusters.compare import FAMILY
from dragoman.clusters.telling import Telling

# Two windows no more than two days apart share a key, being widened by a day on each side.
_DAYS, _WIDER, _MOST = 4, 1, 15
# Positions, memberships and projects have no time but the report's. The windows of two reports further apart than this
# lie a week or more from each other (a plan reaches 45 days ahead, a background 14 back), and then whatever else is
# alike the score is below the floor: days of one stretch and of the two beside it are compared.
_STRETCH = 67
_STANDING = ("project", "position", "membership")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class BlockKeys:
    """Under which keys a telling is kept, and under which those are that it is compared with; both sorted.

    An act of two states or more is kept under each pair and is compared with acts of the same pair; acts in which only
    one state is named are compared with all of that state's, so acts between states are kept under "STATE~" too.
    """

    kept: tuple[str, ...]
    asked: tuple[str, ...]


def keys_of_telling(telling: Telling) -> BlockKeys:
    """The keys of a telling; those of one document are compared without keys."""
    family = FAMILY.get(telling.category, telling.category) if telling.kind == "event" else ""
    kept, asked = _actor_keys(telling)
    kept_times, asked_times = _times(telling)
    return BlockKeys(_cross(telling.kind, family, kept, kept_times), _cross(telling.kind, family, asked, asked_times))


def _cross(kind: str, family: str, actors: set[str], times: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(f"{kind}:{family}|{actor}|{time}" for actor in actors for time in times))


def _actor_keys(telling: Telling) -> tuple[set[str], set[str]]:
    if telling.kind == "project":
        return set(telling.first.keys), set(telling.first.keys)
    if telling.kind in ("position", "membership"):
        both = {f"{one}+{other}" for one in telling.first.keys for other in telling.second.keys}
        return both, both
    side = telling.both if telling.kind == "event" else telling.first
    countries = side.countries | ({telling.country} if telling.country else frozenset())
    words = set(side.keys - side.countries)
    if len(countries) >= _PAIR:
        pairs = {f"{one}+{other}" for one, other in combinations(sorted(countries), 2)} | words
        return pairs | {f"{one}~" for one in countries}, pairs | countries
    found = words | countries or set(telling.names)
    return found, found | {f"{one}~" for one in found}


def _times(telling: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The times under which a telling is kept, and those that are asked."""
    if telling.kind in _STANDING:
        if telling.published is None:
            return ("undated",), ("undated", "dated")
        stretch = telling.published // _STRETCH
        return (f"{stretch}", "dated"), (f"{stretch - 1}", f"{stretch}", f"{stretch + 1}", "undated")
    if telling.window is None:
        return ((telling.day or "undated",),) * 2
    first = (telling.window.low - _WIDER) // _DAYS
    last = (telling.window.high + _WIDER) // _DAYS
    return (tuple(str(stretch) for stretch in range(first, min(last, first + _MOST) + 1)),) * 2
