"""One id for one person across sources: the same name in the same country is the same person."""

from collections.abc import Iterable
from dataclasses import replace

from dragoman.actors.facts import HAND, INTERNATIONAL, ActorFact
from dragoman.actors.names import fold_spelling, name_parts, normalise


class PersonIndex:
    """Finds the id under which a person is already known."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._homes: dict[str, set[str]] = {}
        self._heads: dict[str, set[str]] = {}

    def add(self, fact: ActorFact) -> None:
        """Make the person's names known."""
        for name in (fact.name, *fact.aliases):
            for key in _keys(name):
                known = self._ids.setdefault((key, fact.country), fact.id)
                if fact.country in INTERNATIONAL:
                    self._heads.setdefault(key, set()).add(known)
                if fact.rank >= 2 or fact.country in INTERNATIONAL:
                    self._homes.setdefault(key, set()).add(known)

    def known_id(self, fact: ActorFact) -> str | None:
        """The id of a person with this name in this country, None where the name is new."""
        for name in (fact.name, *fact.aliases):
            for key in _keys(name):
                if (key, fact.country) in self._ids:
                    return self._ids[key, fact.country]
        if fact.country in INTERNATIONAL:
            return self._known_abroad(fact)
        return self._known_head(fact) if fact.source == HAND else None

    def _known_head(self, fact: ActorFact) -> str | None:
        """A row written by hand for an office at home is of the one head of an organization who bears the name."""
        heads = self._heads.get(_keys(fact.name)[0], set())
        return next(iter(heads)) if len(heads) == 1 else None

    def _known_abroad(self, fact: ActorFact) -> str | None:
        """The head of an organization is the one person of that name who held a high office in a state."""
        homes = self._homes.get(_keys(fact.name)[0], set())
        return next(iter(homes)) if len(homes) == 1 else None

    def unify(self, facts: Iterable[ActorFact]) -> list[ActorFact]:
        """The facts with the ids of persons already known; new persons become known."""
        unified = []
        for fact in facts:
            if fact.kind == "person":
                fact = replace(fact, id=self.known_id(fact) or fact.id)
                self.add(fact)
            unified.append(fact)
        return unified


def _keys(name: str) -> tuple[str, ...]:
    """Keys that stand for the whole name, and for its first and last part ("Serzh A. Sargsyan" = "Serzh Sargsyan")."""
    key = normalise(name)
    parts = [part for part in name_parts(key) if len(part) > 1]
    keys = [fold_spelling("".join(parts))]
    if len(parts) > 2:
        keys.append(fold_spelling(parts[0] + parts[-1]))
    return tuple(dict.fromkeys(keys))
