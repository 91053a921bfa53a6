"""Make the knowledge-base file from hand-written tables and, where they are at hand, downloaded open data."""

import hashlib
from datetime import date
from pathlib import Path

from dragoman.actors.entries import SourceNote
from dragoman.actors.facts import HAND, Facts
from dragoman.actors.names import normalise
from dragoman.actors.people import PersonIndex
from dragoman.actors.sources_export import read_exports
from dragoman.actors.sources_files import check_dumps
from dragoman.actors.sources_groups import read_cities, read_groups, read_organizations, read_phoenix
from dragoman.actors.sources_states import (
    read_alpha2,
    read_executives,
    read_leaders,
    read_memberships,
    read_parties,
)
from dragoman.actors.sources_wikidata import read_cabinets, read_legislators, read_officeholders
from dragoman.actors.tables import read_actors, read_forms, read_nouns, read_states
from dragoman.actors.write import check_folder, write_kb

# The day up to which the hand-written tables speak: their open terms are stale after it.
HAND_STATE = date(2025, 12, 31)
HORIZON = date(2026, 1, 22)
SOURCES = (
    SourceNote(id="hand", title="dragoman's own tables", licence="Apache-2.0", state_of="2026-11", attribution=""),
    SourceNote(id="wikidata", title="Wikidata, by the every-politician and peppercat extracts", licence="CC0 1.0",
               state_of="2025-01-31", attribution=""),
    SourceNote(id="factbook", title="The World Factbook", licence="public domain", state_of="2026-01-22",
               attribution=""),
    SourceNote(id="reign", title="REIGN leader list", licence="MIT", state_of="2021-03",
               attribution="REIGN data set, One Earth Future; maintained by Paul Le (MIT)"),
    SourceNote(id="ucdp", title="UCDP Actor Dataset 22.1", licence="CC BY 4.0", state_of="2022-06",
               attribution="UCDP Actor Dataset 22.1, Uppsala University (CC BY 4.0)"),
    SourceNote(id="cow", title="COW Intergovernmental Organizations 3.0", licence="free with citation",
               state_of="2014", attribution="Pevehouse et al. 2020, Tracking Organizations in the World"),
    SourceNote(id="phoenix", title="Phoenix actor dictionaries", licence="MIT", state_of="2014-01-30",
               attribution="Open Event Data Alliance, actor dictionaries (MIT)"),
    SourceNote(id="geonames", title="GeoNames", licence="CC BY 4.0", state_of="2026-07",
               attribution="Contains data from GeoNames (CC BY 4.0)"),
)  # fmt: skip
ACTOR_TABLES = ("igos", "metonyms", "armed_groups", "parties", "companies", "media", "ngos", "igo_heads", "opposition",
                "institutions", "officeholders", "territories", "peoples")  # fmt: skip


def build_kb(tables: Path, dumps: Path | None, path: Path) -> int:
    """Compile the file at `path` and return the number of actors.

    Args:
        tables: folder with the hand-written CSV tables.
        dumps: folder with downloaded source data; None builds from the tables alone.
        path: the file to write; replaced only after everything was read without error.
    """
    check_folder(path)
    facts = Facts()
    read_tables(tables, facts)
    if dumps is not None:
        read_dumps(dumps, facts)
    used = {actor.source for actor in facts.actors} | {city.source for city in facts.cities} | {HAND}
    notes = [note for note in SOURCES if note.id in used]
    return write_kb(facts, notes, _horizon(facts), _mark(tables, dumps), path)


def _horizon(facts: Facts) -> date:
    """The day up to which the newest source speaks."""
    told = (role.horizon for actor in facts.actors for role in actor.roles if role.horizon)
    return max(told, default=HORIZON)


def read_dumps(dumps: Path, facts: Facts) -> None:
    """Add everything of the downloaded sources; what the hand-written tables say stands first."""
    check_dumps(dumps)
    names = {normalise(form.form): form.country for form in facts.forms if form.use == "name"}
    people = PersonIndex()
    wikidata = [*read_exports(dumps), *read_officeholders(dumps), *read_cabinets(dumps, names)]
    for fact in wikidata:
        people.add(fact)
    legislators = read_legislators(dumps)
    facts.actors[:] = people.unify(facts.actors)
    facts.actors += wikidata
    facts.actors += people.unify(read_executives(dumps))
    for fact in legislators:
        people.add(fact)
    phoenix = people.unify(read_phoenix(dumps))
    persons = [fact for fact in (*facts.actors, *phoenix) if fact.kind == "person"]
    facts.actors += people.unify(read_leaders(dumps, persons))
    facts.actors += legislators
    facts.actors += phoenix
    _read_bodies(dumps, facts, names)
    facts.cities += read_cities(dumps, read_alpha2(dumps))


def _read_bodies(dumps: Path, facts: Facts, names: dict[str, str]) -> None:
    """Organizations, parties and armed groups that the hand-written tables do not name already."""
    known = {normalise(name) for fact in facts.actors if fact.kind != "person" for name in (fact.name, *fact.aliases)}
    found = (*read_organizations(dumps), *read_parties(dumps), *read_groups(dumps, names))
    facts.actors += [fact for fact in found if not any(normalise(name) in known for name in (fact.name, *fact.aliases))]
    organizations = {
        normalise(name): fact.id for fact in reversed(facts.actors) if fact.kind == "igo"
        for name in (fact.name, *fact.aliases)
    }  # fmt: skip
    states = {fact.country: fact.id for fact in facts.actors if fact.kind == "state"}
    facts.members += read_memberships(dumps, organizations, states)


def default_tables() -> Path:
    """The hand-written tables: those shipped in the package, else those of the source tree around it."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "data" / "tables"
    return shipped if shipped.is_dir() else package.parent.parent / "data"


def read_tables(tables: Path, facts: Facts, *, actors: bool = True) -> None:
    """Add everything of the hand-written tables; without `actors` only states, forms and role nouns."""
    states, forms = read_states(tables / "states.csv", HAND)
    codes = frozenset(state.country for state in states)
    facts.actors += states
    facts.forms += forms
    facts.forms += read_forms(tables / "forms.csv", codes, HAND)
    facts.nouns += read_nouns(tables / "nouns.csv", HAND)
    for name in ACTOR_TABLES if actors else ():
        table = tables / f"{name}.csv"
        if table.is_file():
            facts.actors += read_actors(table, codes, HAND, HAND_STATE)


def _mark(tables: Path, dumps: Path | None) -> str:
    """A short mark of the inputs' content, so that the same inputs give the same version."""
    digest = hashlib.sha256()
    for folder in filter(None, (tables, dumps)):
        for file in sorted(folder.iterdir()):
            if file.is_file() and not file.name.startswith((".", "places_")):
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
