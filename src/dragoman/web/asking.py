"""Filters as people and programs send them, checked and handed to the store."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from dragoman.errors import InputError
from dragoman.store import Records, Store
from dragoman.store.filters import Filters
from dragoman.store.rows import KINDS

FILTERS = (
    *("source", "target", "actor", "kind", "type", "mode", "status", "since", "until", "place", "q", "run"),
    *("attributed_to", "min_conf", "document", "cluster", "review", "counted", "coder"),
)
_SINGLE = ("since", "until", "q", "min_conf", "counted")
_LONGEST, _MOST = 500, 50
PLURALS = {f"{kind}s": kind for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for: pairs of filter and value in the order given, empty ones left out."""

    pairs: tuple[tuple[str, str], ...]

    def one(self, name: str) -> str:
        """The first value of a filter, empty when it is not asked."""
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a filter."""
        return tuple(value for key, value in self.pairs if key == name)

    def without(self, *names: str) -> tuple[tuple[str, str], ...]:
        """The pairs of other filters."""
        return tuple(pair for pair in self.pairs if pair[0] not in names)

    def narrowed(self, name: str, value: str) -> list[tuple[str, str]]:
        """The pairs with one more."""
        return [*self.without(name), (name, value)]


def read_asked(pairs: Iterable[tuple[str, str]]) -> Asked:
    """The filters among the pairs of a query. Raises InputError for too many or too long ones."""
    kept = tuple((name, value.strip()) for name, value in pairs if name in FILTERS and value.strip())
    if len(kept) > _MOST:
        raise InputError(f"{len(kept)} filters: expected at most {_MOST}")
    for name, value in kept:
        if len(value) > _LONGEST:
            raise InputError(f"{name}: expected at most {_LONGEST} characters, found {len(value)}")
        if "\x00" in value:
            raise InputError(f"{name}: holds a NUL character, which no record has")
    return Asked(pairs=kept)


def find_records(store: Store, asked: Asked, kind: str | None = None) -> "Records[Any]":
    """The records that fit. Raises InputError for a value that a filter does not take."""
    given = filters_of(asked)
    if kind is not None:
        given["kind"] = kind
    return store.records(**given)


def filters_of(asked: Asked) -> Filters:
    """The store's filters."""
    given: dict[str, Any] = {}
    for name, value in asked.pairs:
        if name in _SINGLE:
            given[name] = value
        else:
            given[name] = (*given.get(name, ()), value)
    if "min_conf" in given:
        given["min_conf"] = read_share(given["min_conf"])
    if "counted" in given:
        given["counted"] = given["counted"].lower() in ("1", "true", "yes", "on")
    return cast(Filters, given)  # names are checked against FILTERS


def read_share(written: str) -> float:
    """A number from 0 to 1."""
    try:
        share = float(written)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError(f"min_conf {written!r}: expected a number from 0 to 1")
    return share


def read_limit(written: str, default: int, most: int = 1000) -> int:
    """The number of records of one page."""
    if not written:
        return default
    if not written.isascii() or not written.isdigit() or len(written) > 6 or not 1 <= int(written) <= most:
        raise InputError(f"limit {written[:20]!r}: expected a number from 1 to {most}")
    return int(written)


def read_after(written: str | None, order: str = "newest") -> str | None:
    """Where a page begins, as the page before gave it."""
    if not written:
        return None
    value, _, key = written.rpartition("~")
    day = re.fullmatch(r"(\d{4}-\d\d-\d\d)?", value, re.ASCII)
    sure = re.fullmatch(r"\d\.\d{1,20}(e-\d{1,2})?", value, re.ASCII)
    if not re.fullmatch(r"\d{1,18}", key, re.ASCII) or not (sure if order == "least_sure" else day):
        raise InputError(f"after {written[:60]!r}: expected what the page before gave, in the same order")
    return written
