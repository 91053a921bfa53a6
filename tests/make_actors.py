"""A small knowledge base for tests: the real states, forms and role nouns, and invented persons and organizations."""

from datetime import date
from pathlib import Path

from dragoman.actors.build import read_tables
from dragoman.actors.entries import SourceNote
from dragoman.actors.facts import ActorFact, CityFact, Facts, MemberFact, RoleFact
from dragoman.actors.kb import KnowledgeBase, open_kb
from dragoman.actors.write import write_kb

DATA = Path(__file__).parent.parent / "data"
HORIZON = date(2024, 6, 30)
HEADER = "name,kind,country,sector,aliases,role,valid_from,valid_to,note\n"
NOTES = (
    SourceNote(id="made", title="Made facts", licence="CC BY", state_of="2024", attribution="Made by Nobody"),
    SourceNote(id="hand", title="Own tables", licence="Apache-2.0", state_of="2024", attribution=""),
)


def role(title: str, country: str, start: str, end: str | None = None, sector: str = "GOV") -> RoleFact:
    """A term; without an end it is open at the horizon."""
    return RoleFact(
        title=title, country=country, sector=sector, valid_from=date.fromisoformat(start),
        valid_to=date.fromisoformat(end) if end else None, open=end is None, horizon=None if end else HORIZON,
        source="made",
    )  # fmt: skip


def person(actor_id: str, name: str, country: str, *roles: RoleFact, rank: int = 1, aliases: str = "") -> ActorFact:
    """A person; `aliases` are separated by bars."""
    names = tuple(filter(None, aliases.split("|")))
    return ActorFact(id=actor_id, name=name, kind="person", country=country, rank=rank, aliases=names, roles=roles,
                     source="made")  # fmt: skip


def body(kind: str, name: str, country: str, sector: str, aliases: str = "", **days: date) -> ActorFact:
    """An organization; `aliases` are separated by bars."""
    names = tuple(filter(None, aliases.split("|")))
    return ActorFact(id=f"{kind}:{name.lower().replace(' ', '-')}:{country.lower()}", name=name, kind=kind,
                     country=country, sector=sector, rank=2, aliases=names, source="made", **days)  # fmt: skip


PERSONS = (
    person("Q9001", "Davit Harunyan", "ARM", role("Prime Minister", "ARM", "2018-05-08"), rank=3),
    person("Q9002", "Tigran Velikyan", "ARM", role("President", "ARM", "2008-04-09", "2018-04-09"), rank=3),
    person("Q9003", "Orlan Bekmuradov", "KAZ", role("President", "KAZ", "2019-03-20"), rank=3,
           aliases="Orlan-Zhomart Bekmuradov"),
    person("Q9004", "Jonas Weller", "DEU", role("Foreign Minister", "DEU", "2005-11-22", "2013-12-17"), rank=2),
    person("Q9005", "Peter Weller", "AUT", role("Minister of Finance", "AUT", "2006-01-01", "2012-01-01"), rank=2),
    person("Q9006", "Marta Olson", "SWE", role("Member of the Riksdag", "SWE", "2002-01-01", "2006-01-01", "LEG")),
    person("Q9007", "Marta Olson", "SWE", role("Member of the Riksdag", "SWE", "2010-01-01", "2014-01-01", "LEG")),
    person("Q9008", "Kang Dae-woo", "KOR", role("President", "KOR", "1998-02-25", "2003-02-25"), rank=3),
    person("Q9009", "Queen Amara", "NPL", role("Queen", "NPL", "1990-01-01", "2001-06-01"), rank=3),
    person("Q9010", "Ravik Fatah Senn", "EGY", role("President", "EGY", "2014-06-08"), rank=3),
)  # fmt: skip
BODIES = (
    body("igo", "Union of Made States", "IGO", "IGO", "UMS"),
    body("party", "Unity Party", "ARM", "PTY", "Unity"),
    body("party", "Unity Party", "KEN", "PTY"),
    body("armed_group", "Free Front", "MLI", "REB", valid_from=date(1990, 1, 1), valid_to=date(1996, 12, 31)),
    body("armed_group", "Free Front", "PHL", "REB", valid_from=date(2005, 1, 1)),
    body("party", "Fatah", "PSE", "PTY"),
    body("armed_group", "M23", "COD", "REB", "March 23 Movement"),
    body("people", "Velans", "COL", ""),
)


def made_facts() -> Facts:
    """The facts of the small knowledge base."""
    facts = Facts()
    read_tables(DATA, facts, actors=False)
    facts.actors += [*PERSONS, *BODIES]
    state = next(actor for actor in facts.actors if actor.country == "ARM" and actor.kind == "state")
    facts.members.append(
        MemberFact(member=state.id, organization=BODIES[0].id, valid_from=date(1994, 1, 1), valid_to=date(2023, 1, 1),
                   source="made")
    )  # fmt: skip
    facts.cities.append(CityFact(name="Velburg", country="DEU", population=300_000, source="made"))
    return facts


def write_made(path: Path) -> Path:
    """Write the small knowledge base."""
    write_kb(made_facts(), NOTES, HORIZON, "made", path)
    return path


def open_made(folder: Path, user: Path | None = None) -> KnowledgeBase:
    """The small knowledge base, written to the folder."""
    return open_kb(write_made(folder / "made.sqlite"), user)
