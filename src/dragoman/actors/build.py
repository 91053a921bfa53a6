"""Make the knowledge-base file from hand-written tables and, where they are at hand, downloaded open data."""

import hashlib
from datetime import date
from pathlib import Path

from dragoman.actors.facts import Facts
from dragoman.actors.kb import SourceNote
from dragoman.actors.tables import read_actors, read_forms, read_nouns, read_states
from dragoman.actors.write import write_kb

HAND = "hand"
ACTOR_TABLES = ("igos", "metonyms", "armed_groups", "parties", "companies", "media", "ngos", "igo_heads", "opposition",
                "officeholders", "territories", "peoples")  # fmt: skip


def build_kb(tables: Path, dumps: Path | None, path: Path) -> int:
    """Compile the file at `path` and return the number of actors.

    Args:
        tables: folder with the hand-written CSV tables.
        dumps: folder with downloaded source data; None builds from the tables alone.
        path: the file to write; replaced only after everything was read without error.
    """
    facts = Facts()
    read_tables(tables, facts)
    notes = [SourceNote(id=HAND, title="dragoman's own tables", licence="Apache-2.0", state_of="2026-11",
                        attribution="")]  # fmt: skip
    horizon = date(2026, 11, 1)
    return write_kb(facts, notes, horizon, _mark(tables, dumps), path)


def read_tables(tables: Path, facts: Facts) -> None:
    """Add everything of the hand-written tables."""
    states, forms = read_states(tables / "states.csv", HAND)
    codes = frozenset(state.country for state in states)
    facts.actors += states
    facts.forms += forms
    facts.forms += read_forms(tables / "forms.csv", codes, HAND)
    facts.nouns += read_nouns(tables / "nouns.csv", HAND)
    for name in ACTOR_TABLES:
        table = tables / f"{name}.csv"
        if table.is_file():
            facts.actors += read_actors(table, codes, HAND)


def _mark(tables: Path, dumps: Path | None) -> str:
    """A short mark of the inputs' content, so that the same inputs give the same version."""
    digest = hashlib.sha256()
    for folder in filter(None, (tables, dumps)):
        for file in sorted(folder.iterdir()):
            if file.is_file():
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
