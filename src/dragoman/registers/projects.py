"""The register of projects: undertakings as written, with their status over time."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.registers.tellings import (
    Told,
    are_alike,
    entry_id,
    group,
    history_of,
    parties_of,
    tell,
    telling_of,
    words_of,
)
from dragoman.types.record import Project
from dragoman.types.register import ProjectEntry

if TYPE_CHECKING:
    from dragoman.pipeline import Coded


def build_project_register(coded: Iterable["Coded"]) -> tuple[ProjectEntry, ...]:
    """The entries, by first telling."""
    return tuple(_entry(members) for members in group(tell(coded, Project), _is_same, _keys))


def _keys(told: Told[Project]) -> list[object]:
    project = told.record
    return [key for key in (project.canonical_name, words_of(project.name), *_places(project)) if key]


def _is_same(one: Told[Project], other: Told[Project]) -> bool:
    """True for a reviewer's canonical name, the same words, or a like description at the same place.

    A name that only looks like another project's is left alone: linking them is a reviewed decision.
    """
    a, b = one.record, other.record
    if a.canonical_name and b.canonical_name:
        return a.canonical_name == b.canonical_name
    words, words_too = words_of(a.name), words_of(b.name)
    if words == words_too:
        return True
    places, places_too = _places(a), _places(b)
    alike = bool(places) and places == places_too and a.sort == b.sort
    return alike and not _is_name(a) and not _is_name(b) and are_alike(words, words_too)


def _places(project: Project) -> frozenset[str]:
    return frozenset(place.name or place.text for place in project.places)


def _is_name(project: Project) -> bool:
    """True for words that begin with a capital: a name, not a description."""
    return project.name[:1].isupper()


def _entry(members: Sequence[Told[Project]]) -> ProjectEntry:
    records = [told.record for told in members]
    tellings = tuple(telling_of(told, told.record.project_status) for told in members)
    history = history_of(tellings)
    return ProjectEntry(
        id=entry_id("jr", members),
        name=records[0].name,
        names=tuple(dict.fromkeys(record.name for record in records)),
        canonical_name=next((record.canonical_name for record in records if record.canonical_name), None),
        sort=next((record.sort for record in records if record.sort), None),
        proponents=parties_of(record.proponents for record in records),
        places=tuple(dict.fromkeys(place.name or place.text for record in records for place in record.places)),
        status=history[-1].value,
        history=history,
        tellings=tellings,
        reason="one telling" if len(members) == 1 else f"{len(members)} tellings: the same words or place",
    )
