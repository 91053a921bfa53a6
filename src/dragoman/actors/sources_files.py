"""Downloaded source files: which there are, and their rows, with an error that names file and remedy."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from dragoman.errors import InputError

OFFICEHOLDERS = "wikidata_officeholders_2000_2023.csv.gz"
LEGISLATORS = "wikidata_legislators_2000_2023.csv.gz"
CABINETS = "peppercat_cabinets_2021_2025.csv.gz"
EXPORTS = "wikidata_export_*.csv"
EXECUTIVES = "factbook_executives_2014_2026.csv.gz"
FACTBOOK_FACTS = "factbook_facts_2026.json"
LEADERS = "reign_leaderlist_2021_03.csv"
CODES = "country-codes.csv"
GROUPS = "ucdp-actor-221.csv"
ORGANIZATIONS = "cow_igo_v3_last_year.csv"
CITIES = "geonames_cities5000.tsv.gz"
DIVISIONS = "geonames_admin1.json"
PERSONS = "Phoenix.Countries.actors.txt.gz"
KNOWN = (OFFICEHOLDERS, LEGISLATORS, CABINETS, EXPORTS, EXECUTIVES, FACTBOOK_FACTS, LEADERS, CODES, GROUPS,
         ORGANIZATIONS, CITIES, DIVISIONS, PERSONS)  # fmt: skip
_NEED_CODES = (EXECUTIVES, FACTBOOK_FACTS, CITIES, DIVISIONS)


def check_dumps(dumps: Path) -> None:
    """Make sure that the folder can be read as a whole before anything is read from it.

    Raises:
        InputError: there is no such folder, it holds no file known here, or the codes are missing that others need.
    """
    if not dumps.is_dir():
        raise InputError(f"dumps '{dumps}': no such folder; give the folder with the downloaded files")
    here = [name for name in KNOWN if any(dumps.glob(name))]
    if not here:
        raise InputError(f"dumps '{dumps}': holds none of {', '.join(KNOWN)}; see docs/reference/knowledge-base.md")
    asking = [name for name in here if name in _NEED_CODES]
    if asking and CODES not in here:
        raise InputError(f"dumps '{dumps}': {asking[0]} needs {CODES}, which is not there; download it too")


def _open_text(path: Path, encoding: str) -> TextIO:
    if path.suffix == ".gz":
        return TextIOWrapper(gzip.open(path, "rb"), encoding=encoding, newline="")
    return path.open(encoding=encoding, newline="")


def dump_rows(
    path: Path, columns: tuple[str, ...], *, encoding: str = "utf-8", delimiter: str = ","
) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, packed or not; none where there is no such file. More columns may stand in it.

    Raises:
        InputError: a column is missing, a row is cut short, or the file is damaged or in another encoding.
    """
    if not path.is_file():
        return
    line = 1
    try:
        with _open_text(path, encoding) as stream:
            reader = csv.DictReader(stream, delimiter=delimiter)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"dump '{path}', row 1: no column '{missing[0]}', found {', '.join(reader.fieldnames or ())}; "
                    "give the file as it was downloaded"
                )
            for row in reader:
                line = reader.line_num
                if None in row.values():
                    raise InputError(f"dump '{path}', row {line}: the row is cut short; download the file again")
                yield row
    except (UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile, csv.Error) as error:
        raise InputError(f"dump '{path}', after row {line}: {error}; download the file again") from None
