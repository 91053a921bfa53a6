"""Which tellings are compared at all: those that share a key of kind of act, actor and time."""

from collections.abc import Iterator

from dragoman.clusters.compare import FAMILY
from dragoman.clusters.telling import Telling, keys_of

# Two windows no more than two days apart share a key: weeks overlap by what windows are widened.
_WEEK, _WIDER, _MOST_WEEKS = 7, 1, 9
_PAIR = 2


def keys_of_telling(telling: Telling) -> tuple[str, ...]:
    """The keys of a telling, sorted; those of one document are compared without keys.

    Acts between states have a key for each pair, acts of one alone a key for it; tellings with both kinds of keys meet
    because an act between two is also kept under each of the two, marked as such (see `is_wide`).
    """
    family = f"{telling.kind}:{FAMILY.get(telling.category, telling.category if telling.kind == 'event' else '')}"
    return tuple(sorted({f"{family}|{actor}|{when}" for actor in _actors(telling) for when in _whens(telling)}))


def _actors(telling: Telling) -> set[str]:
    first, second = keys_of(telling.first), keys_of(telling.second)
    found = set(first | second) if telling.kind == "event" else set(first)
    if telling.country:
        found.add(telling.country)
    return found or set(telling.names)


def _whens(telling: Telling) -> Iterator[str]:
    if telling.kind not in ("event", "agreement"):
        yield "always"
    elif telling.window is not None:
        first = (telling.window.low - _WIDER) // _WEEK
        last = (telling.window.high + _WIDER) // _WEEK
        yield from (str(week) for week in range(first, min(last, first + _MOST_WEEKS) + 1))
    else:
        yield telling.day or "undated"
