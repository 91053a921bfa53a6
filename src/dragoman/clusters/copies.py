"""What the copies of one story repeat: the first few of each repeated telling are compared, the rest go with them.

A report that five thousand papers print would otherwise be compared twelve million times, with the same answer.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from dragoman.clusters.telling import Telling

# So many speak for all. No report of the measured sets has as many copies: their figures do not rest on it.
LEADERS = 4
Profile = tuple[Hashable, ...]
_Ranked = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Shift:
    """Who speaks now that did not, and who does no more."""

    leading: tuple[str, ...] = ()
    following: tuple[str, ...] = ()


class Copies:
    """Tellings of stories by what they say. Of each set of equal ones the first `LEADERS`, by day and id, lead."""

    def __init__(self) -> None:
        self._ranked: dict[Profile, list[_Ranked]] = {}
        self._profile_of: dict[str, Profile] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._profile_of

    def put(self, telling: Telling, profile: Profile) -> Shift:
        """Adds a telling whose id is not there."""
        ranked = self._ranked.setdefault(profile, [])
        before = _leaders(ranked)
        insort(ranked, _rank(telling))
        self._profile_of[telling.id] = profile
        return _shift(before, _leaders(ranked))

    def drop(self, telling: Telling) -> Shift:
        """Takes a telling out; one that led counts as following."""
        profile = self._profile_of.pop(telling.id)
        ranked = self._ranked[profile]
        before = _leaders(ranked)
        ranked.pop(bisect_left(ranked, _rank(telling)))
        if not ranked:
            del self._ranked[profile]
        return _shift(before, _leaders(ranked))

    def first(self, id: str) -> str:
        """Whom this one goes with: itself when it leads or has no copies."""
        profile = self._profile_of.get(id)
        if profile is None or id in _leaders(self._ranked[profile]):
            return id
        return self._ranked[profile][0][-1]

    def followers(self, id: str) -> tuple[str, ...]:
        """Those that go with this one."""
        profile = self._profile_of.get(id)
        if profile is None or self._ranked[profile][0][-1] != id:
            return ()
        return tuple(ranked[-1] for ranked in self._ranked[profile][LEADERS:])


def profiles_of(tellings: Iterable[Telling]) -> Iterator[Profile]:
    """What each telling of one document says, without its place in the text and the words around it.

    The number tells those apart that a report tells twice.
    """
    seen = Counter[Profile]()
    for one in tellings:
        who = (one.first, one.second, one.joint)
        when = (one.window, one.day, one.published)
        where = (one.place, one.exact_place, one.country)
        said = (one.kind, one.category, one.mode, one.cameo, one.status, one.trigger, *who, *when, *where)
        seen[said] += 1
        yield (seen[said], *said)


def _rank(telling: Telling) -> _Ranked:
    return telling.published or 0, telling.document, telling.id


def _leaders(ranked: list[_Ranked]) -> tuple[str, ...]:
    return tuple(one[-1] for one in ranked[:LEADERS])


def _shift(before: tuple[str, ...], after: tuple[str, ...]) -> Shift:
    return Shift(
        leading=tuple(one for one in after if one not in before),
        following=tuple(one for one in before if one not in after),
    )
