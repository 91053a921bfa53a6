"""The formats by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dragoman.errors import ConfigError
from dragoman.export.annotation import write_annotations
from dragoman.export.cite import write_bibtex, write_csl
from dragoman.export.csv_file import write_csv
from dragoman.export.gdelt import write_gdelt, write_gdelt_mentions
from dragoman.export.geojson import write_geojson
from dragoman.export.icews import write_icews
from dragoman.export.jsonl import write_jsonl
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.package import write_package
from dragoman.export.parquet import write_parquet
from dragoman.export.plover import write_plover
from dragoman.export.polecat import write_polecat


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A format of one text file, which can go to standard output."""

    title: str
    write: Callable[[Dataset, TextIO, ExportOptions], Written]


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFormat:
    """A format of a folder, which must not be there yet."""

    title: str
    write: Callable[[Dataset, Path, ExportOptions], Written]


FORMATS: Mapping[str, FileFormat | FolderFormat] = {
    "csv": FileFormat(title="one table as CSV (--table)", write=write_csv),
    "jsonl": FileFormat(title="JSON Lines, one record a line", write=write_jsonl),
    "parquet": FolderFormat(title="all tables as Parquet, events by year", write=write_parquet),
    "package": FolderFormat(title="Frictionless data package: all tables as CSV, described", write=write_package),
    "geojson": FileFormat(title="events with coordinates as GeoJSON", write=write_geojson),
    "plover": FileFormat(title="PLOVER JSON lines", write=write_plover),
    "polecat": FileFormat(title="POLECAT's 40 columns", write=write_polecat),
    "icews": FileFormat(title="ICEWS's 20 columns", write=write_icews),
    "gdelt": FileFormat(title="GDELT 2 Events, 61 columns", write=write_gdelt),
    "gdelt-mentions": FileFormat(title="GDELT 2 Mentions, 16 columns", write=write_gdelt_mentions),
    "annotation": FileFormat(title="W3C Web Annotation, JSON-LD", write=write_annotations),
    "bibtex": FileFormat(title="the source articles as BibTeX", write=write_bibtex),
    "csl": FileFormat(title="the source articles as CSL-JSON", write=write_csl),
}


def find_format(name: str) -> FileFormat | FolderFormat:
    """The format of that name. Raises ConfigError naming all when there is none."""
    if name not in FORMATS:
        raise ConfigError(f"--format: {name!r} is no format; expected one of {', '.join(FORMATS)}")
    return FORMATS[name]
