"""What a mention says by its own words: country, sector, role, organization, person. No knowledge of the document."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.actors.facts import INTERNATIONAL
from dragoman.actors.lexicon import Lexicon, Sense
from dragoman.actors.names import Word, word_set
from dragoman.actors.pieces import Piece, cut, number_of
from dragoman.actors.sectors import SectorChoice, choose_sector
from dragoman.actors.things import THINGS

_TOWN_SHAPES = ("state", "name", "capital", "place", "proper")
STATE_USES = ("name", "adjective", "people", "capital", "place", "disputed")
_PLACE_LINKS = frozenset(("in", "from", "at", "near", "outside", "inside", "across", "around", "of"))
_QUANTITIES = word_set(
    "hundreds thousands dozens scores tens millions number most some many all none half majority part parts rest pair "
    "handful couple percent third quarter each any score lot bulk few several crowd wave"
)
_GROUPS = word_set(
    "group groups member members delegation delegations team column convoy leader leaders spokesman spokeswoman head heads "  # noqa: E501
    "chief representative representatives coalition alliance unit units faction band party parties supporters network "
    "panel commander commanders body voice voices figure figures side base camp wing army council relatives"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A mention read.

    `countries` are the codes that its own words give, in order; `country_by` says how (possessive, modifier, of, place,
    organization, bare). `sector` None with `sector_by` empty means that no word decides. `shape` is state, adjective,
    people, capital, place, disputed, org, role, proper, pronoun or empty: what the mention is at heart. `person` is the
    stretch of unknown capitalised words that may be a name, `places` other such stretches that may be towns.
    `org_rivals` are other organizations of the same name.
    """

    countries: tuple[str, ...] = ()
    country_by: str = ""
    sector: str | None = None
    sector_by: str = ""
    role: str | None = None
    org: Sense | None = None
    org_rivals: tuple[Sense, ...] = ()
    person: str | None = None
    person_first: bool = False
    places: tuple[str, ...] = ()
    former: bool = False
    shape: str = "empty"
    number: int | None = None
    owner: str | None = None
    definite: bool = False
    honorific: str | None = None
    head: str | None = None
    joint: bool = False


def read_phrase(words: Sequence[Word], lexicon: Lexicon) -> Reading:
    """Read a mention given as words."""
    clauses = _split_clauses(cut(words, lexicon))
    if not clauses:
        return Reading()
    if all(is_thing(clause) for clause in clauses):
        return Reading()
    readings = [read_clause(clause) for clause in clauses]
    if len(readings) == 2 and _is_american_georgia(clauses[1], readings[0]):
        readings[1] = replace(readings[1], countries=("USA",), shape="place")
    if len(readings) == 2 and readings[1].shape == "place" and readings[0].shape in _TOWN_SHAPES:
        return replace(readings[1], places=readings[0].places)  # "London, Ontario"
    if len(readings) > 1 and all(reading.shape in STATE_USES for reading in readings):
        return _join_states(readings)
    main = readings[0]
    for other in readings[1:]:
        main = _add_apposition(main, other)
    return main


def _is_american_georgia(clause: tuple[Piece, ...], town: Reading) -> bool:
    """True for the state in "Athens, Georgia"; Tbilisi lies in the country."""
    return [piece.key for piece in clause] == ["georgia"] and town.countries != ("GEO",) and town.shape in _TOWN_SHAPES


def is_thing(clause: tuple[Piece, ...]) -> bool:
    """True for a state's name before a thing that cannot act ("French fries", "the Panama hat")."""
    content = [piece for piece in clause if piece.use not in ("article", "number")]
    if len(content) < 2 or content[-1].use != "word" or content[-1].key not in THINGS:
        return False
    return all(piece.use in (*STATE_USES, "word", "org") and not piece.possessive for piece in content[:-1])


def _split_clauses(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """Stretches between commas, brackets and dashes; a bracket after a name is kept as an apposition."""
    clauses: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.use == "mark":
            if piece.key not in ('"', "“", "”"):
                clauses.append([])
        else:
            clauses[-1].append(piece)
    return [tuple(clause) for clause in clauses if clause]


def _join_states(readings: list[Reading]) -> Reading:
    codes = dict.fromkeys(code for reading in readings for code in reading.countries)
    return replace(readings[0], countries=tuple(codes), joint=len(codes) > 1)


def _add_apposition(main: Reading, other: Reading) -> Reading:
    """The main clause with what an apposition adds where the main clause is silent."""
    if main.shape == "proper" and other.shape == "proper":
        return main
    if main.shape in ("place", "capital") and other.shape in STATE_USES:
        return replace(main, countries=other.countries or main.countries)
    changed = main
    if not main.countries and other.countries:
        changed = replace(changed, countries=other.countries, country_by=other.country_by or "apposition")
    if main.sector is None and not main.sector_by and other.sector_by:
        changed = replace(changed, sector=other.sector, sector_by=other.sector_by, former=main.former or other.former)
    return replace(
        changed,
        role=main.role or other.role,
        org=main.org or other.org,
        person=main.person or other.person,
        places=main.places + other.places,
    )


def read_clause(pieces: tuple[Piece, ...]) -> Reading:
    """Read one stretch without commas: its core before the first linking word, then what follows."""
    cut_at = next((index for index, piece in enumerate(pieces) if piece.use == "link" and index), len(pieces))
    core, tail = pieces[:cut_at], pieces[cut_at:]
    if tail and tail[0].key == "of" and _is_quantity(core):
        inner = read_clause(_strip_link(tail))
        return replace(inner, number=number_of(core) or inner.number)
    reading = _read_core(core)
    return _add_tail(reading, core, tail) if tail else reading


def _is_quantity(core: tuple[Piece, ...]) -> bool:
    """True for "hundreds", "two", "a number": the mention is about what follows "of"."""
    content = [piece for piece in core if piece.use not in ("article", "number")]
    if not content:
        return True
    return all(piece.key in _QUANTITIES or piece.key in ("about", "at", "least", "large", "small", "great", "vast")
               for piece in content)  # fmt: skip


def _strip_link(tail: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return tail[1:] if len(tail) > 1 else ()


def _read_core(core: tuple[Piece, ...]) -> Reading:
    choice = choose_sector(core)
    countries, by = _core_countries(core)
    org = _named_org(core)
    if not countries and choice.sector == "IGO":
        countries, by = ("IGO",), "organization"
    propers = [piece for piece in core if piece.use == "proper"]
    person, places = _split_propers(core, propers)
    return Reading(
        countries=countries,
        country_by=by,
        sector=choice.sector,
        sector_by=choice.by,
        role=choice.role,
        org=org,
        org_rivals=_org_rivals(core, org),
        person=person,
        person_first=bool(core) and core[0].use == "proper",
        places=places,
        former=choice.former,
        shape=_shape(core, choice, org, person),
        number=number_of(core),
        owner=next((piece.key for piece in core if piece.use in ("owner", "pronoun")), None),
        definite=any(piece.key == "the" for piece in core[:1]),
        honorific=next((piece.key for piece in core if piece.use == "honorific"), None),
        head=choice.head or next((piece.key for piece in reversed(core) if piece.use in ("word", "pronoun")), None),
        joint=len(countries) > 1,
    )


def _core_countries(core: tuple[Piece, ...]) -> tuple[tuple[str, ...], str]:
    """The countries that the core gives: the first state or organization, and those joined to it by "and"."""
    found: list[tuple[str, str, int]] = []
    for index, piece in enumerate(core):
        if piece.use in (*STATE_USES, "org") and not _is_attached(core, index):
            code = piece.sense.country
            if code:
                found.append((code, _how(piece, index, core), index))
    if not found:
        return (), ""
    codes = [found[0][0]]
    for (_, _, before), (code, _, index) in itertools.pairwise(found):
        if any(piece.use == "conj" for piece in core[before:index]) and _all_states(core, before, index):
            codes.append(code)
        else:
            break
    return tuple(dict.fromkeys(codes)), found[0][1]


def _is_attached(core: tuple[Piece, ...], index: int) -> bool:
    """True for the state in "Turkish-backed fighters": it is not theirs."""
    return (
        index + 1 < len(core)
        and core[index + 1].use == "attached"
        and core[index + 1].key not in ("flagged", "registered")
    )


def _all_states(core: tuple[Piece, ...], before: int, index: int) -> bool:
    return all(piece.use in (*STATE_USES, "conj", "article", "role", "org") for piece in core[before : index + 1])


def _how(piece: Piece, index: int, core: tuple[Piece, ...]) -> str:
    if piece.use == "org":
        return "organization"
    if piece.possessive:
        return "possessive"
    return "modifier" if index + 1 < len(core) else "bare"


def _named_org(core: tuple[Piece, ...]) -> Sense | None:
    """The organization that the core names, the last one when an earlier only owns it."""
    orgs = [piece for piece in core if piece.use == "org"]
    return orgs[-1].sense if orgs else None


def _org_rivals(core: tuple[Piece, ...], org: Sense | None) -> tuple[Sense, ...]:
    if org is None:
        return ()
    senses = next((piece.senses for piece in reversed(core) if piece.use == "org"), ())
    return tuple(sense for sense in senses if sense.use == "org" and sense != org)


def _split_propers(core: tuple[Piece, ...], propers: list[Piece]) -> tuple[str | None, tuple[str, ...]]:
    """The stretch that may be a person's name (the last), and stretches before a role that may be towns."""
    if not propers:
        return None, ()
    last = propers[-1]
    where = next(index for index, piece in enumerate(core) if piece is last)
    role_follows = any(piece.use == "role" for piece in core[where + 1 :])
    if last.possessive or role_follows:
        return None, tuple(piece.text for piece in propers)
    return last.text, tuple(piece.text for piece in propers[:-1])


def _shape(core: tuple[Piece, ...], choice: SectorChoice, org: Sense | None, person: str | None) -> str:
    content = [piece for piece in core if piece.use not in ("article", "number", "owner", "conj", "honorific")]
    if not content:
        return "pronoun" if any(piece.use == "owner" for piece in core) else "empty"
    if choice.head is not None:
        return "role"
    last = content[-1]
    if person is not None:
        return "proper"
    if last.use in (*STATE_USES, "org", "pronoun"):
        return last.use if last.use != "name" else "state"
    if last.use == "word" and org is not None:
        return "org"
    return "word" if last.use == "word" else last.use


def _add_tail(reading: Reading, core: tuple[Piece, ...], tail: tuple[Piece, ...]) -> Reading:
    """The reading with what the phrases after the core add: "of Peru", "in Lahore", "of the Nuba Front"."""
    changed = reading
    for link, pieces in _tail_parts(tail):
        if _passes_on(changed) and (link == "of" or (link == "for" and changed.head in _GROUPS)):
            changed = _take_from_object(changed, read_clause(pieces))
        elif link in _PLACE_LINKS and (not changed.countries or changed.country_by == "place"):
            changed = _take_place(changed, read_clause(pieces), link)
        elif link not in _PLACE_LINKS and link not in ("for", "and", "with", "on"):
            break
    return changed


def _tail_parts(tail: tuple[Piece, ...]) -> list[tuple[str, tuple[Piece, ...]]]:
    parts: list[tuple[str, list[Piece]]] = []
    for piece in tail:
        if piece.use == "link":
            parts.append((piece.key, []))
        elif parts:
            parts[-1][1].append(piece)
    return [(link, tuple(pieces)) for link, pieces in parts if pieces]


def _passes_on(reading: Reading) -> bool:
    """True when the head leaves its sector to what follows "of" ("leader of the rebels", "members of her party")."""
    return reading.sector_by in ("", "default") and (reading.head is None or reading.head in _GROUPS or
                                                     reading.shape == "role")  # fmt: skip


def _take_from_object(reading: Reading, inner: Reading) -> Reading:
    changed = reading
    if inner.sector_by:
        changed = replace(changed, sector=inner.sector, sector_by="of")
    if not reading.countries and inner.countries:
        changed = replace(changed, countries=inner.countries, country_by="of", joint=inner.joint)
    places = inner.places if inner.person is None else (inner.person, *inner.places)
    if changed.org is None:
        changed = replace(changed, org=inner.org, org_rivals=inner.org_rivals)
    return replace(changed, places=changed.places + places)


def _take_place(reading: Reading, inner: Reading, link: str) -> Reading:
    if inner.countries and inner.countries[0] not in INTERNATIONAL:
        by = "of" if link == "of" else "place"
        joint = inner.joint and link in ("of", "from")
        return replace(reading, countries=inner.countries if joint else inner.countries[:1], country_by=by, joint=joint)
    if inner.countries and link == "of":
        return replace(reading, countries=inner.countries, country_by="of", org=reading.org or inner.org)
    if inner.countries and inner.org is not None and link in ("at", "from"):
        return replace(reading, countries=inner.countries, country_by="of", org=reading.org or inner.org)
    places = inner.places if inner.person is None else (inner.person, *inner.places)
    return replace(reading, places=reading.places + places)
