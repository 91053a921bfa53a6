"""Persons of the knowledge base that a name might mean."""

from dataclasses import dataclass

from dragoman.actors.entries import ActorEntry
from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.names import are_one_edit_apart, name_parts, normalise, surname_key


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A person of the knowledge base and how the name agrees: full, folded, part or surname."""

    entry: ActorEntry
    by: str


def find_persons(kb: KnowledgeBase, name: str) -> tuple[NameMatch, ...]:
    """Persons that the name could mean, the closest kind of agreement only."""
    key = normalise(name)
    found = kb.persons_spelled(key)
    if " " not in key:
        exact = tuple(entry for entry in found if any(normalise(name) == key for name in entry.names))
        return tuple(NameMatch(entry, "full") for entry in exact) + _by_surname(kb, key, exact)
    if found:
        return tuple(NameMatch(entry, _agreement(entry, key)) for entry in found)
    return _by_parts(kb, key)


def _agreement(entry: ActorEntry, key: str) -> str:
    return "full" if any(key == normalise(name) for name in entry.names) else "folded"


def _by_surname(kb: KnowledgeBase, key: str, known: tuple[ActorEntry, ...]) -> tuple[NameMatch, ...]:
    ids = {entry.id for entry in known}
    return tuple(NameMatch(entry, "surname") for entry in kb.persons_surnamed(key) if entry.id not in ids)


def _by_parts(kb: KnowledgeBase, key: str) -> tuple[NameMatch, ...]:
    """Persons with the same surname whose other parts agree ("Recep Erdogan" with "Recep Tayyip Erdogan")."""
    parts = kb.folded_parts(key)
    found: dict[str, NameMatch] = {}
    for part in dict.fromkeys((surname_key(key), *name_parts(key)[-2:-1])):
        for entry in kb.persons_surnamed(part):
            if any(_parts_agree(parts, kb.folded_parts(name)) for name in entry.names):
                found.setdefault(entry.id, NameMatch(entry, "part"))
    return tuple(found.values())


def _parts_agree(mention: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """True when the mention has a given name and the surname, and every part of the shorter is in the longer."""
    short, long = (mention, known) if len(mention) <= len(known) else (known, mention)
    if len(short) < 2:
        return False
    return all(any(_one_part(part, other) for other in long) for part in short)


def _one_part(part: str, other: str) -> bool:
    """True when two folded parts are one name, or one is the initial of the other."""
    if len(part) == 1 or len(other) == 1:
        return part[0] == other[0]
    return part == other or are_one_edit_apart(part, other)
