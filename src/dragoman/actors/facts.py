"""What the builder gathers before it writes a file: facts, each with its source."""

from dataclasses import dataclass, field
from datetime import date

KINDS = (
    "person", "state", "government", "igo", "ngo", "armed_group", "party", "company", "media", "people", "city",
    "institution",
)  # fmt: skip
SECTORS = (
    "GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "REB", "SPY", "CVL", "BUS", "MED", "NGO", "IGO", "LAB", "REL",
    "EDU", "CRM", "UAF", "PRM", "UNK", "AGR", "ELI", "JRN", "REF", "SOC", "PRE",
)  # fmt: skip
# The source of our own tables. What they say stands, whatever other sources say of the same term.
HAND = "hand"
# The source of a user's own rows, which outrank all others.
USER = "user"
INTERNATIONAL = ("IGO", "NGO", "IMG", "MNC")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFact:
    """An office or standing held by an actor. `open` with its `horizon`: the source said then that it went on."""

    title: str
    country: str
    sector: str
    valid_from: date | None = None
    valid_to: date | None = None
    precision: str = "day"
    open: bool = False
    horizon: date | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFact:
    """An actor as one source tells it. Facts of the same `id` are merged: names and roles add up, the first wins."""

    id: str
    name: str
    kind: str
    country: str = ""
    sector: str = ""
    rank: int = 1
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    roles: tuple[RoleFact, ...] = ()
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFact:
    """Membership; `status` is member, candidate, suspended, observer or left."""

    member: str
    organization: str
    valid_from: date | None = None
    valid_to: date | None = None
    status: str = "member"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CityFact:
    """A town or division: lookup name, state and population (0 where not given)."""

    name: str
    country: str
    population: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFact:
    """A way of writing a state: `use` is name, adjective, people, capital, place or disputed."""

    form: str
    country: str
    use: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NounFact:
    """A role noun with its sector and weight (strong, weak, mod)."""

    term: str
    sector: str
    weight: str
    source: str


@dataclass(slots=True)
class Facts:
    """Everything gathered so far, in order of standing: the first source to name an actor wins its fields."""

    actors: list[ActorFact] = field(default_factory=list)
    members: list[MemberFact] = field(default_factory=list)
    cities: list[CityFact] = field(default_factory=list)
    forms: list[FormFact] = field(default_factory=list)
    nouns: list[NounFact] = field(default_factory=list)
