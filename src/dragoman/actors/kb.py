"""The knowledge base: a read-only SQLite file of actors, names, roles with dates, and memberships.

Every question takes `as_of`; without a date, roles are answered undated. The file's horizon says how far its sources
speak: a role that was open at the horizon is called stale when asked for a later day.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from dragoman.actors.entries import ActorEntry, MemberTerm, RoleTerm, SourceNote
from dragoman.actors.kb_file import KbFile
from dragoman.actors.lexicon import Lexicon, Sense
from dragoman.actors.names import fold_spelling, folded_parts, normalise

DEFAULT_PATH = Path(__file__).resolve().parent.parent / "data" / "kb.sqlite"
# Names that a knowledge base remembers having looked up; a report repeats its own, and a batch the day's.
_REMEMBERED = 8192


class KnowledgeBase:
    """Lookups in one knowledge-base file, with an optional file of the user's own rows that outrank it.

    What was looked up is remembered, up to a bound; the files do not change, so the answers do not either.
    """

    def __init__(self, files: tuple[KbFile, ...]) -> None:
        self._files = files
        self.path = files[-1].path
        self.meta = files[-1].meta
        self._states = {entry.country or "": entry for entry in files[-1].states()}
        self.lexicon = Lexicon(_entries_of(files))
        self._persons = lru_cache(_REMEMBERED)(self._find_persons)
        self.roles = lru_cache(_REMEMBERED)(self._find_roles)
        self.folded_parts = lru_cache(_REMEMBERED)(folded_parts)
        self.city_countries = lru_cache(_REMEMBERED)(files[-1].city_countries)

    @property
    def version(self) -> str:
        """Name and build mark of the file, for provenance; the user's rows have their own mark."""
        return "kb " + "+".join(file.meta["built"] for file in reversed(self._files))

    @property
    def horizon(self) -> date:
        """The day up to which the newest source speaks."""
        return date.fromisoformat(self.meta["horizon"])

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    def persons_spelled(self, key: str) -> tuple[ActorEntry, ...]:
        """Persons whose full name has the folded spelling of this key."""
        return self._persons("full_name", fold_spelling(key.replace(" ", "")))

    def persons_surnamed(self, surname: str) -> tuple[ActorEntry, ...]:
        """Persons whose surname has this folded spelling."""
        return self._persons("surname", fold_spelling(surname))

    def _find_persons(self, table: str, fold: str) -> tuple[ActorEntry, ...]:
        found: dict[str, ActorEntry] = {}
        for file in self._files:
            for entry in file.persons(table, fold):
                found.setdefault(entry.id, entry)
        return tuple(found.values())

    def entry(self, actor_id: str) -> ActorEntry | None:
        """The actor with this id; the user's own entry where there is one."""
        return next((entry for file in self._files if (entry := file.entry(actor_id)) is not None), None)

    def state(self, country: str) -> ActorEntry | None:
        """The state with this country code."""
        return self._states.get(country)

    def state_codes(self) -> tuple[str, ...]:
        """The country codes of all states."""
        return tuple(sorted(self._states))

    def _find_roles(self, actor_id: str) -> tuple[RoleTerm, ...]:
        """All terms of an actor by start, the user's first; they stand in place of shipped ones of the same office."""
        found: list[RoleTerm] = []
        for file in self._files:
            known = {_office(role) for role in found}
            found += [role for role in file.roles(actor_id) if _office(role) not in known]
        return tuple(found)

    def members_of(self, organization: str, as_of: date | None = None) -> tuple[MemberTerm, ...]:
        """Memberships in an organization: facts of the knowledge base, never of a report."""
        return self._memberships("organization", organization, as_of)

    def memberships_of(self, member: str, as_of: date | None = None) -> tuple[MemberTerm, ...]:
        """Organizations that an actor belongs to."""
        return self._memberships("member", member, as_of)

    def _memberships(self, side: str, actor_id: str, as_of: date | None) -> tuple[MemberTerm, ...]:
        terms = [term for file in self._files for term in file.memberships(side, actor_id)]
        return tuple(term for term in terms if as_of is None or _covers(term.valid_from, term.valid_to, as_of))

    def sources(self) -> tuple[SourceNote, ...]:
        """All sources of the files with licence and attribution."""
        return tuple(note for file in self._files for note in file.sources())

    def attributions(self) -> tuple[str, ...]:
        """The attribution owed by whoever passes on what the file says, one line for each source that asks for one."""
        return tuple(note.attribution for note in self.sources() if note.attribution)

    def search(self, text: str) -> tuple[ActorEntry, ...]:
        """Actors of any kind with this name, for looking into the file: organizations first, then persons by rank."""
        found = dict(self._search_phrases(text))
        key = normalise(text)
        for entry in (*self.persons_spelled(key), *self.persons_surnamed(key)):
            found.setdefault(entry.id, entry)
        return tuple(found.values())

    def _search_phrases(self, text: str) -> Iterator[tuple[str, ActorEntry]]:
        for actor_id in dict.fromkeys(sense.actor_id for sense in self.lexicon.senses(text) if sense.actor_id):
            entry = self.entry(actor_id)
            if entry is not None:
                yield actor_id, entry


def open_kb(path: Path | None = None, user: Path | None = None) -> KnowledgeBase:
    """Open a knowledge-base file read-only, the shipped one by default, with the user's own rows before it.

    Raises:
        ResourceError: the file is missing, is no knowledge base, is cut short, or has another schema version.
    """
    return KnowledgeBase(tuple(KbFile(file) for file in (user, path or DEFAULT_PATH) if file is not None))


def _entries_of(files: tuple[KbFile, ...]) -> Iterator[tuple[str, Sense]]:
    """The phrases of all files; an organization of the user's stands in place of shipped ones of the same name."""
    own = files[0].phrase_keys() if len(files) > 1 else frozenset()
    for number, file in enumerate(files):
        for key, sense in file.lexicon_entries():
            if number == 0 or sense.use != "org" or key.removeprefix("the ") not in own:
                yield key, sense


def _office(role: RoleTerm) -> tuple[str, str | None]:
    return normalise(role.title), role.country


def _covers(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)
