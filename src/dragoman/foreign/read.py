"""Foreign files into rows: columns by header or by position, broken rows named and passed over."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import ConfigError
from dragoman.export.codes import load_countries
from dragoman.export.gdelt import EVENT_COLUMNS
from dragoman.export.icews import COLUMNS as ICEWS_COLUMNS
from dragoman.export.polecat import COLUMNS as POLECAT_COLUMNS
from dragoman.foreign.cells import Cells
from dragoman.foreign.lines import Line, read_lines
from dragoman.foreign.rows import CountryNames, read_gdelt, read_icews, read_polecat
from dragoman.types.foreign import ForeignEvent, Malformed

RowReader = Callable[[Cells, CountryNames, str, int], ForeignEvent]
_MOST_PIECES = 8  # lines that one row may have been broken into


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """How a data set is laid out. A first line that begins with `first` names the columns, in any order."""

    columns: tuple[str, ...]
    first: str
    read: RowReader


LAYERS: Mapping[str, _Layer] = {
    "gdelt": _Layer(columns=EVENT_COLUMNS, first="GLOBALEVENTID", read=read_gdelt),
    "icews": _Layer(columns=ICEWS_COLUMNS, first="Event ID", read=read_icews),
    "polecat": _Layer(columns=POLECAT_COLUMNS, first="Event ID", read=read_polecat),
}


def read_foreign(layer: str, paths: Iterable[str | Path]) -> Iterator[ForeignEvent | Malformed]:
    """Yields the rows of the files, and where one cannot be read, why. Rows are read one by one: files may be large.

    Raises ConfigError naming the layers for an unknown one, OriginError for a file that cannot be opened.
    """
    if layer not in LAYERS:
        raise ConfigError(f"{layer!r} is no foreign data set; expected one of {', '.join(LAYERS)}")
    names = CountryNames.of(load_countries())
    for path in paths:
        yield from _Reading(LAYERS[layer], names).read(read_lines(Path(path)))


class _Reading:
    """One file being read: its columns once they are known, and the pieces of a row that was broken by line ends."""

    def __init__(self, layer: _Layer, names: CountryNames) -> None:
        self._layer = layer
        self._names = names
        self._columns = layer.columns
        self._positions = _positions(layer.columns)
        self._pieces: list[Line] = []
        self._file = ""

    def read(self, lines: Iterable[Line | Malformed]) -> Iterator[ForeignEvent | Malformed]:
        for line in lines:
            if isinstance(line, Malformed):
                yield from self._give_up()
                yield line
                continue
            if line.file != self._file:  # the next file of a zip has its own header
                yield from self._give_up()
                self._file = line.file
                if self._take_header(line):
                    continue
            if line.text.strip() or self._pieces:
                yield from self._take(line)
        yield from self._give_up()

    def _take_header(self, line: Line) -> bool:
        values = _split(line.text)
        if _plain(values[0]) != _plain(self._layer.first):
            self._columns = self._layer.columns
        else:
            # ICEWS is printed with underscores and small letters too: event_id.
            known = {_plain(name): name for name in self._layer.columns}
            self._columns = tuple(known.get(_plain(value), value.strip()) for value in values)
        self._positions = _positions(self._columns)
        return self._columns is not self._layer.columns

    def _take(self, line: Line) -> Iterator[ForeignEvent | Malformed]:
        """Reads the line alone or as the rest of the row before it; a shorter line may be the begin of one."""
        alone = _split(line.text)
        width = len(self._columns)
        if len(alone) == width:
            yield from self._give_up()
            yield self._row(line, alone)
            return
        joined = _split(" ".join(piece.text for piece in (*self._pieces, line)))
        if self._pieces and len(joined) == width:
            first, self._pieces = self._pieces[0], []
            yield self._row(first, joined)
            return
        if len(joined) > width or len(self._pieces) >= _MOST_PIECES:
            yield from self._give_up()
        self._pieces.append(line)

    def _give_up(self) -> Iterator[Malformed]:
        pieces, self._pieces = self._pieces, []
        for piece in pieces:
            found, width = len(_split(piece.text)), len(self._columns)
            yield Malformed(
                file=piece.file, line=piece.number, reason=f"{found} columns, expected {width}{_hint(found)}"
            )

    def _row(self, line: Line, values: list[str]) -> ForeignEvent | Malformed:
        try:
            return self._layer.read(Cells(self._positions, values), self._names, line.file, line.number)
        except ValueError as error:
            return Malformed(file=line.file, line=line.number, reason=str(error))


def _hint(found: int) -> str:
    return " (GDELT 1 has 57 or 58; only GDELT 2 is read)" if found in (57, 58) else ""


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", " ")


def _positions(columns: Sequence[str]) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(columns)}


def _split(text: str) -> list[str]:
    """The cells. Quotes mean nothing in these sets but around a whole cell."""
    return [cell[1:-1].replace('""', '"') if _is_quoted(cell) else cell for cell in text.split("\t")]


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] == '"'
