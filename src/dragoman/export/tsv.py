"""Tab-separated rows without quoting, as the other data sets print them."""

from collections.abc import Iterable
from typing import TextIO


def write_row(cells: Iterable[object], out: TextIO, *, missing: str = "") -> None:
    """Writes one row. None becomes `missing`; tabs and line ends inside a cell become spaces."""
    out.write("\t".join(_text(cell, missing) for cell in cells) + "\n")


def _text(cell: object, missing: str) -> str:
    return missing if cell is None or cell == "" else " ".join(str(cell).split())
