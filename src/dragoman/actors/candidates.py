"""Persons of the knowledge base that a name might mean."""

from dataclasses import dataclass

from dragoman.actors.kb import ActorEntry, KnowledgeBase
from dragoman.actors.names import are_same_name, fold_spelling, name_parts, normalise, surname_key


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
        return tuple(NameMatch(entry, "full") for entry in found) + _by_surname(kb, key, found)
    if found:
        return tuple(NameMatch(entry, _agreement(kb, entry, key)) for entry in found)
    return _by_parts(kb, key)


def _agreement(kb: KnowledgeBase, entry: ActorEntry, key: str) -> str:
    return (
        "full" if key == normalise(entry.name) or any(key == normalise(n) for n in kb.names_of(entry.id)) else "folded"
    )


def _by_surname(kb: KnowledgeBase, key: str, known: tuple[ActorEntry, ...]) -> tuple[NameMatch, ...]:
    ids = {entry.id for entry in known}
    return tuple(NameMatch(entry, "surname") for entry in kb.persons_surnamed(key) if entry.id not in ids)


def _by_parts(kb: KnowledgeBase, key: str) -> tuple[NameMatch, ...]:
    """Persons with the same surname whose other parts agree ("Recep Erdogan" with "Recep Tayyip Erdogan")."""
    parts = name_parts(key)
    found: dict[str, NameMatch] = {}
    for part in dict.fromkeys((surname_key(key), *parts[-2:-1])):
        for entry in kb.persons_surnamed(part):
            if any(_parts_agree(parts, name_parts(normalise(name))) for name in kb.names_of(entry.id)):
                found.setdefault(entry.id, NameMatch(entry, "part"))
    return tuple(found.values())


def _parts_agree(mention: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """True when the mention has a given name and the surname, and every part of the shorter is in the longer."""
    short, long = (mention, known) if len(mention) <= len(known) else (known, mention)
    if len(short) < 2:
        return False
    return all(any(_one_part(part, other) for other in long) for part in short)


def _one_part(part: str, other: str) -> bool:
    if len(part) == 1 or len(other) == 1:
        return part[0] == other[0]
    return fold_spelling(part) == fold_spelling(other) or (len(part) > 5 and are_same_name(part, other))
