"""What all registers share: records with their reports, keys of actors, words of a topic, groups, histories."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Generic, TypeVar

from dragoman.types.actor import ActorLink
from dragoman.types.record import Record
from dragoman.types.register import Party, Step, Telling
from dragoman.types.text import Document

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

T = TypeVar("T", bound=Record)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WORD = re.compile(r"[^\W_]+")
_ID_LENGTH = 16
_PLURAL_LENGTH = 4
_ALIKE = 0.6
_SMALL = frozenset(
    _WORD.findall("""
    a an the of on in at to for and or with by from into its their his her this that these those any all between over
    under against as is are be was were it they he she new s
    """)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[T]):
    """A record with the report that tells it."""

    record: T
    document: Document

    @property
    def quote(self) -> str:
        """The words that show the record."""
        return self.record.evidence[0].of(self.document.text)

    @property
    def order(self) -> tuple[bool, date, str, int, str]:
        """Undated tellings first, then by publication, report and place: never by the order of arrival."""
        published = self.document.published
        return published is not None, published or date.min, self.document.id, self.record.sentence, self.record.id


def tell(coded: Iterable["Coded"], kind: type[T]) -> list[Told[T]]:
    """The records of a kind, each once, in time order. Reports without text (records alone) have empty quotes."""
    found: dict[str, Told[T]] = {}
    for one in coded:
        mine: list[T] = [record for record in one.coding.records if isinstance(record, kind)]
        found.update((record.id, Told(record=record, document=one.document)) for record in mine)
    return sorted(found.values(), key=lambda told: told.order)


def telling_of(told: Told[T], says: str, time: str | None = None) -> Telling:
    """The telling of a record; `time` is the EDTF of the record's own time, None when it has none."""
    return Telling(
        record=told.record.id,
        document=told.document.id,
        sentence=told.record.sentence,
        published=told.document.published,
        day=day_of(time) or told.document.published,
        says=says,
        held=told.record.status.value,
        quote=told.quote,
        confidence=told.record.confidence,
    )


def day_of(edtf: str | None) -> date | None:
    """The first full day written in an EDTF value, None when there is none.

    >>> day_of("2024-04-15/2024-04-20"), day_of("2024-04"), day_of("XXXX-04-15")
    (datetime.date(2024, 4, 15), None, None)
    """
    match = _DAY.match(edtf or "")
    if match is None:
        return None
    try:
        return date(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    except ValueError:
        return None


def party_of(link: ActorLink) -> Party:
    """The party that a link means."""
    return Party(key=key_of(link), name=link.name, written=link.text, country=link.country, sector=link.sector)


def key_of(link: ActorLink) -> str:
    """Equal for mentions of one actor. A city and an unnamed group keep their words beside the country.

    >>> key_of(ActorLink(text="Kenya", span=None, country="KEN", kind="state", actor_id="Q114"))
    'Q114'
    >>> key_of(ActorLink(text="the rebels", span=None, country="KEN", sector="REB"))
    'KEN REB rebels'
    """
    if link.actor_id:
        return link.actor_id
    return " ".join(part for part in (link.country, link.sector, " ".join(sorted(words_of(link.text)))) if part)


def parties_of(groups: Iterable[Iterable[ActorLink]]) -> tuple[Party, ...]:
    """All parties of several tellings, each once, in the order of telling."""
    found: dict[str, Party] = {}
    for links in groups:
        for link in links:
            found.setdefault(key_of(link), party_of(link))
    return tuple(found.values())


def states_of(links: Iterable[ActorLink]) -> frozenset[str]:
    """Countries of the parties: a president signs for the state. The words stand in for an unknown country."""
    return frozenset(link.country or key_of(link) for link in links)


@lru_cache(maxsize=1 << 16)  # a pure function that the pairwise comparisons ask again and again
def words_of(text: str) -> frozenset[str]:
    """The words that carry meaning, in lower case and without plural endings.

    >>> sorted(words_of("the building of new dams on the Nile"))
    ['building', 'dam', 'nile']
    """
    lowered = (match.group().lower() for match in _WORD.finditer(text))
    return frozenset(_singular(word) for word in lowered if word not in _SMALL)


def _singular(word: str) -> str:
    if len(word) < _PLURAL_LENGTH or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words over the words of the smaller set; 0 when one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when most words of the shorter text are in the longer one."""
    return likeness(one, other) >= _ALIKE


def group(
    told: Sequence[Told[T]], same: Callable[[Told[T], Told[T]], bool], keys: Callable[[Told[T]], Iterable[Hashable]]
) -> Iterator[list[Told[T]]]:
    """Groups in which every two records are the same by `same`; the result depends on the records alone.

    A record joins the first group all of whose records it fits: one doubtful link never chains two agreements. Only
    records that share one of `keys` are compared; records that are the same must share one.
    """
    groups: list[list[Told[T]]] = []
    holders: dict[Hashable, set[int]] = {}
    for one in sorted(told, key=lambda item: item.order):
        mine = set(keys(one))
        near = sorted({number for key in mine for number in holders.get(key, ())})
        fit = next((number for number in near if all(same(member, one) for member in groups[number])), len(groups))
        if fit == len(groups):
            groups.append([])
        groups[fit].append(one)
        for key in mine:
            holders.setdefault(key, set()).add(fit)
    yield from groups


def entry_id(prefix: str, members: Sequence[Told[T]]) -> str:
    """The id of an entry: of its first telling, so that later reports do not change it."""
    return f"{prefix}_{sha256(members[0].record.id.encode()).hexdigest()[:_ID_LENGTH]}"


def history_of(tellings: Iterable[Telling]) -> tuple[Step, ...]:
    """The values in time order, each run of equal ones once, with the first quote of the run."""
    steps: list[Step] = []
    for telling in sorted(tellings, key=_by_day):
        if steps and steps[-1].value == telling.says:
            last = steps[-1]
            steps[-1] = Step(value=last.value, day=last.day, records=(*last.records, telling.record), quote=last.quote)
        else:
            steps.append(Step(value=telling.says, day=telling.day, records=(telling.record,), quote=telling.quote))
    return tuple(steps)


def _by_day(telling: Telling) -> tuple[bool, date, bool, date, str, int, str]:
    """By the day told of, undated first; a report that comes later is read later."""
    day, published = telling.day, telling.published
    return (
        day is not None,
        day or date.min,
        published is not None,
        published or date.min,
        telling.document,
        telling.sentence,
        telling.record,
    )
