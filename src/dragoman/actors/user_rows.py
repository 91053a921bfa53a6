"""A user's own actors: a CSV compiled into a small file that is asked before the shipped one."""

import hashlib
from dataclasses import replace
from pathlib import Path

from dragoman.actors.entries import SourceNote
from dragoman.actors.facts import USER, ActorFact, Facts
from dragoman.actors.kb import KnowledgeBase, open_kb
from dragoman.actors.kb_file import KbFile
from dragoman.actors.names import normalise
from dragoman.actors.people import PersonIndex
from dragoman.actors.tables import read_actors
from dragoman.actors.write import check_folder, write_kb
from dragoman.errors import InputError


def read_user_rows(path: Path, kb: KnowledgeBase) -> tuple[ActorFact, ...]:
    """The actors of the CSV; a person whom the knowledge base has by this name and country keeps its id.

    Raises:
        InputError: header, encoding, code, date or terms are wrong; names file, row and remedy.
    """
    rows = read_actors(path, frozenset(kb.state_codes()), USER)
    if not rows:
        raise InputError(f"table '{path}', row 2: no rows; write one actor on each line under the header")
    return tuple(replace(row, id=_known_id(row, kb)) if row.kind == "person" else row for row in rows)


def _known_id(row: ActorFact, kb: KnowledgeBase) -> str:
    """The id of the shipped person meant: same spelling of the whole name, same country."""
    spelled = kb.persons_spelled(normalise(row.name))
    return next((entry.id for entry in spelled if entry.country == (row.country or None)), row.id)


def write_user_rows(path: Path, out: Path) -> int:
    """Compile the CSV to `out`, which is replaced only when every row is in order; returns the number of actors."""
    check_folder(out)
    kb = open_kb()
    try:
        facts = Facts(actors=PersonIndex().unify(read_user_rows(path, kb)))
        horizon = kb.horizon
    finally:
        kb.close()
    note = SourceNote(id=USER, title=f"rows of {path.name}", licence="the user's own", state_of="", attribution="")
    return write_kb(facts, [note], horizon, hashlib.sha256(path.read_bytes()).hexdigest()[:12], out)


def check_kb_file(path: Path) -> str:
    """What a whole knowledge-base file holds, in words.

    Raises:
        ResourceError: the file is missing, damaged, or of another schema version.
    """
    file = KbFile(path)
    try:
        file.check()
        return f"schema {file.meta['schema']}, built {file.meta['built']}, sources up to {file.meta['horizon']}; whole"
    finally:
        file.close()
