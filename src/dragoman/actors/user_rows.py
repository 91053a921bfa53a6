"""A user's own actors: a CSV compiled into a small file that is asked before the shipped one."""

import hashlib
from pathlib import Path

from dragoman.actors.facts import ActorFact, Facts
from dragoman.actors.entries import SourceNote
from dragoman.actors.kb import open_kb
from dragoman.actors.people import PersonIndex
from dragoman.actors.tables import read_actors
from dragoman.actors.write import write_kb

USER = "user"


def read_user_rows(path: Path) -> tuple[ActorFact, ...]:
    """The actors of the CSV.

    Raises:
        InputError: header, encoding, code, date or terms are wrong; names file, row and remedy.
    """
    kb = open_kb()
    codes = frozenset(kb.state_codes())
    kb.close()
    return read_actors(path, codes, USER)


def write_user_rows(path: Path, out: Path) -> int:
    """Compile the CSV to `out`, which is replaced only when every row is in order; returns the number of actors."""
    rows = read_user_rows(path)
    facts = Facts()
    facts.actors += PersonIndex().unify(rows)
    note = SourceNote(id=USER, title=f"rows of {path.name}", licence="the user's own", state_of="", attribution="")
    kb = open_kb()
    horizon = kb.horizon
    kb.close()
    return write_kb(facts, [note], horizon, hashlib.sha256(path.read_bytes()).hexdigest()[:12], out)
