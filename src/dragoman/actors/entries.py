"""What the knowledge base answers: actors, their terms in office, memberships, sources."""

from dataclasses import dataclass
from datetime import date

# An open term is taken to go on for so many days after its source fell silent.
_STALE_FOR = 366 * 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """One actor. `country` and `sector` are None where the sources give none; `rank` orders namesakes (3 = head of
    state or government, 2 = other widely reported office, 1 = the rest). `aliases` are its other names as written."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    rank: int
    source: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, its own first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerm:
    """An office or sector held for a time. `valid_from` None means unknown; `valid_to` None means unknown or open.

    `open` is True when the source said on its `horizon` that the term went on. `precision` is day, month or year.
    """

    title: str
    country: str | None
    sector: str | None
    valid_from: date | None
    valid_to: date | None
    precision: str
    open: bool
    horizon: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        """True when the term is known to cover the day, with a month's grace for terms known to the year."""
        slack = {"day": 0, "month": 31, "year": 366}.get(self.precision, 0)
        if self.valid_from is not None and (self.valid_from - day).days > slack:
            return False
        if self.valid_to is not None:
            return (day - self.valid_to).days <= slack
        if self.open:
            return self.horizon is None or (day - self.horizon).days < _STALE_FOR
        return self.valid_from is not None and (day - self.valid_from).days < _STALE_FOR

    def is_stale_on(self, day: date) -> bool:
        """True when the term is open and the day lies past what the source knew."""
        return self.open and self.valid_to is None and self.horizon is not None and day > self.horizon


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTerm:
    """Membership of an actor in an organization; dates are None where unknown."""

    member: str
    organization: str
    valid_from: date | None
    valid_to: date | None
    status: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """Where facts come from, under which licence, of what date, and the attribution owed."""

    id: str
    title: str
    licence: str
    state_of: str
    attribution: str
