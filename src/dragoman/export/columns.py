"""The tables of an export: which columns each has, of which type, meaning what. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from dragoman.types.actor import ActorLink
from dragoman.types.record import Provenance
from dragoman.types.text import Document

Cell = str | int | float | bool | date | None
R_co = TypeVar("R_co", covariant=True)


class CellType(StrEnum):
    """Types of cells, by their names in Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[R_co]):
    """A record where it stands: its document, the versions that made it, and the cluster that it counts in."""

    record: R_co
    document: Document
    provenance: Provenance
    cluster: str
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, type, what it says, and how to read it off an entry. Empty cells mean what RECORD.md says."""

    name: str
    type: CellType
    description: str
    get: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its columns, and which of them name a row."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def row(self, entry: object) -> tuple[Cell, ...]:
        """The cells of one entry."""
        return tuple(column.get(entry) for column in self.columns)


def join(values: Iterable[str | None]) -> str | None:
    """Several values in one cell, with `; ` between them; None when all are empty; unknown ones keep their place."""
    written = [value or "" for value in values]
    return "; ".join(written) if any(written) else None


def actor_columns(prefix: str, get: Callable[[Any], tuple[ActorLink, ...]], who: str) -> tuple[Column, ...]:
    """Five columns about the actors in one role."""

    def column(suffix: str, said: str, value: Callable[[ActorLink], str | None]) -> Column:
        return Column(
            prefix + suffix, CellType.STRING, f"{who}: {said}", lambda entry: join(value(link) for link in get(entry))
        )

    return (
        column("", "the words of the text", lambda link: link.text),
        column("_name", "the canonical name", lambda link: link.name),
        column("_country", "ISO 3166-1 alpha-3, or IGO, NGO, IMG, MNC", lambda link: link.country),
        column("_sector", "PLOVER's sector", lambda link: link.sector),
        column("_actor", "the id in the knowledge base", lambda link: link.actor_id),
    )
