"""Exports: coded documents into the files that other tools read.

from dragoman.export import Dataset, ExportOptions, find_format

found = find_format("polecat")
with open("events.tsv", "w", encoding="utf-8", newline="") as out:
    done = found.write(Dataset(coded=store.coded()), out, ExportOptions())
done.rows, done.left_out            # what was written, and what was not, by reason
"""

from dragoman.export.formats import FORMATS, FileFormat, FolderFormat, find_format
from dragoman.export.options import Dataset, ExportOptions, Manifest, Written
from dragoman.export.snapshot import check_sums, write_snapshot

__all__ = [
    "FORMATS",
    "Dataset",
    "ExportOptions",
    "FileFormat",
    "FolderFormat",
    "Manifest",
    "Written",
    "check_sums",
    "find_format",
    "write_snapshot",
]
