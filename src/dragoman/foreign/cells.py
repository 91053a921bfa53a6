"""Cells of foreign rows into values. Pure; raises ValueError saying which cell is wrong."""

from collections.abc import Mapping
from datetime import date

_EMPTY = frozenset({"", "None", "NULL", "NA", "nan", "\\N"})


class Cells:
    """One row by the names of its columns."""

    def __init__(self, names: Mapping[str, int], values: list[str]) -> None:
        self._names = names
        self._values = values

    def text(self, name: str) -> str | None:
        """The cell, or None when it is empty by any of the sets' words, or when the file has no such column."""
        position = self._names.get(name)
        if position is None:
            return None
        value = self._values[position].strip()
        return None if value in _EMPTY else value

    def need(self, name: str) -> str:
        """The cell. Raises ValueError when it is empty."""
        value = self.text(name)
        if value is None:
            raise ValueError(f"{name} is empty")
        return value

    def several(self, name: str, separator: str = ";") -> tuple[str, ...]:
        """The values of a cell that lists some."""
        value = self.text(name)
        return tuple(part.strip() for part in value.split(separator) if part.strip()) if value else ()

    def number(self, name: str) -> float | None:
        """The cell as a number."""
        value = self.text(name)
        try:
            return float(value) if value is not None else None
        except ValueError as error:
            raise ValueError(f"{name}: {value!r} is no number") from error

    def whole(self, name: str) -> int | None:
        """The cell as a whole number; `12.0`, as some sets print ids, is one."""
        value = self.number(name)
        return int(value) if value is not None else None

    def day(self, name: str) -> date | None:
        """The cell as a day, written `2024-04-15`, `20240415` or with a time behind it."""
        value = self.text(name)
        if value is None:
            return None
        digits = value[:10].replace("-", "") if "-" in value[:5] else value[:8]
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        except ValueError as error:
            raise ValueError(f"{name}: {value!r} is no day") from error

    def degrees(self, name: str, limit: float) -> float | None:
        """The cell as degrees from -limit to limit."""
        value = self.number(name)
        if value is not None and not -limit <= value <= limit:
            raise ValueError(f"{name}: {value:g} is not between -{limit:g} and {limit:g}")
        return value
