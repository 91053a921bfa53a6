"""The foreign layer: GDELT, ICEWS and POLECAT files into ForeignEvent rows, broken rows as Malformed.

from dragoman.foreign import read_foreign

for row in read_foreign("polecat", ["ngecEvents.2023.txt.zip"]):
    ...                                 # ForeignEvent | Malformed
"""

from dragoman.foreign.read import LAYERS, read_foreign
from dragoman.foreign.write import FOREIGN, WRITERS, find_writer, write_foreign_parquet

__all__ = ["FOREIGN", "LAYERS", "WRITERS", "find_writer", "read_foreign", "write_foreign_parquet"]
