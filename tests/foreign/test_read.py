import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest

import make_export
from dragoman.errors import ConfigError, OriginError
from dragoman.foreign import read_foreign
from dragoman.types.foreign import ForeignActor, ForeignEvent, ForeignPlace, Layer, Malformed

KNOWN = {"polecat": "events.txt", "icews": "events.tab", "gdelt": "20240415.export.CSV"}


def export(layer: str, folder: Path) -> Path:
    """The small record as a file of that data set."""
    path = folder / KNOWN[layer]
    path.write_text(make_export.write(layer)[0], encoding="utf-8")
    return path


def read(layer: str, path: Path) -> list[ForeignEvent | Malformed]:
    return list(read_foreign(layer, [path]))


def change(path: Path, line: int, column: int, value: str) -> None:
    """Writes another value into one cell; lines count from 1, columns from 0."""
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[line - 1].split("\t")
    cells[column] = value
    lines[line - 1] = "\t".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")


def test_polecat_row_is_read(tmp_path: Path) -> None:
    path = export("polecat", tmp_path)
    assert read("polecat", path)[0] == ForeignEvent(
        layer=Layer.POLECAT,
        id=f"polecat:{make_export.events(make_export.first())[0].id}",
        file=str(path),
        line=2,
        day=date(2024, 4, 15),
        sources=(ForeignActor(name="Arman Seitov", country="KAZ", sectors=("GOV",)),),
        targets=(ForeignActor(name="Armenia", country="ARM"),),
        category="CONSULT",
        mode="visit",
        contexts=("diplomatic",),
        cameo=None,
        quad="verbal_cooperation",
        score=4.0,
        place=ForeignPlace(name="Yerevan", country="ARM", latitude=40.1776, longitude=44.5126, geonames=616052),
        reports=None,
        publisher="The Daily & Co",
        published=date(2024, 4, 16),
        url=None,
    )


def test_icews_row_is_read_with_iso_countries(tmp_path: Path) -> None:
    visit = read("icews", export("icews", tmp_path))[0]
    assert isinstance(visit, ForeignEvent)
    assert visit.sources == (ForeignActor(name="Arman Seitov", country="KAZ", sectors=("Government",)),)
    assert (visit.cameo, visit.score, visit.day) == ("042", 1.9, date(2024, 4, 15))
    assert visit.place == ForeignPlace(name="Yerevan", country="ARM", latitude=40.1776, longitude=44.5126)


def test_gdelt_row_is_read_with_iso_countries(tmp_path: Path) -> None:
    visit = read("gdelt", export("gdelt", tmp_path))[0]
    assert isinstance(visit, ForeignEvent)
    assert visit.sources == (ForeignActor(name="ARMAN SEITOV", country="KAZ", sectors=("GOV",)),)
    assert (visit.cameo, visit.quad, visit.reports) == ("042", "verbal_cooperation", 2)
    assert (visit.line, visit.published, visit.url) == (1, date(2024, 4, 16), "https://example.org/a?b={c}")
    assert visit.place == ForeignPlace(name="Yerevan, Armenia", country="ARM", latitude=40.1776, longitude=44.5126)


@pytest.mark.parametrize("layer", KNOWN)
def test_every_row_that_is_exported_is_read_back(layer: str, tmp_path: Path) -> None:
    path = export(layer, tmp_path)
    header = 0 if layer == "gdelt" else 1
    found = read(layer, path)
    assert all(isinstance(event, ForeignEvent) for event in found)
    assert len(found) == len(path.read_text().splitlines()) - header > 2


@pytest.mark.parametrize(
    ("layer", "line", "column", "value", "reason"),
    [
        ("polecat", 2, 1, "yesterday", "Event Date: 'yesterday' is no day"),
        ("polecat", 2, 0, "None", "Event ID is empty"),
        ("polecat", 2, 4, "much", "Intensity: 'much' is no number"),
        ("polecat", 2, 5, "WAR", "quad class 'WAR' is none of 1 to 4 or their names"),
        ("polecat", 2, 28, "140.5", "Latitude: 140.5 is not between -90 and 90"),
        ("icews", 2, 6, "9942", "CAMEO code '09942' is not in the table"),
        ("gdelt", 1, 26, "04X", "CAMEO code '04X' has characters that are no digits"),
        ("gdelt", 1, 1, "20241399", "SQLDATE: '20241399' is no day"),
    ],
)
def test_broken_row_is_named_and_the_rest_is_read(
    layer: str, line: int, column: int, value: str, reason: str, tmp_path: Path
) -> None:
    path = export(layer, tmp_path)
    whole = len(read(layer, path))
    change(path, line, column, value)
    found = read(layer, path)
    assert [row for row in found if isinstance(row, Malformed)] == [Malformed(file=str(path), line=line, reason=reason)]
    assert len(found) == whole


def test_row_broken_by_line_ends_is_put_together(tmp_path: Path) -> None:
    path = export("polecat", tmp_path)
    whole = read("polecat", path)
    path.write_text(path.read_text().replace("The Daily & Co", "The\n\nDaily & Co", 1))
    found = read("polecat", path)
    assert len(found) == len(whole)
    assert isinstance(found[0], ForeignEvent)
    assert (found[0].publisher, found[0].line) == ("The  Daily & Co", 2)


def test_row_that_lacks_columns_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    path = export("polecat", tmp_path)
    lines = path.read_text().splitlines()
    lines.insert(1, "ev_short\t2024-04-15\tCONSULT")
    path.write_text("\n".join(lines))
    first, second, *_ = read("polecat", path)
    assert first == Malformed(file=str(path), line=2, reason="3 columns, expected 40")
    assert isinstance(second, ForeignEvent)
    assert second.line == 3


def test_row_with_too_many_columns_is_named(tmp_path: Path) -> None:
    path = export("icews", tmp_path)
    path.write_text(path.read_text() + "a\t" * 30 + "\n")
    assert read("icews", path)[-1] == Malformed(file=str(path), line=6, reason="31 columns, expected 20")


def test_columns_are_found_by_their_names(tmp_path: Path) -> None:
    path = export("polecat", tmp_path)
    (id, *header), *rows = (line.split("\t") for line in path.read_text().splitlines())
    header[header.index("Intensity")] = "Event Intensity"
    lines = [[id, "Headline", *header[::-1]], *([row[0], "words", *row[:0:-1]] for row in rows)]
    path.write_text("\n".join("\t".join(line) for line in lines))
    visit = read("polecat", path)[0]
    assert isinstance(visit, ForeignEvent)
    assert (visit.category, visit.score, visit.day) == ("CONSULT", 4.0, date(2024, 4, 15))


def test_icews_header_of_small_letters_is_known(tmp_path: Path) -> None:
    path = export("icews", tmp_path)
    header, rest = path.read_text().split("\n", 1)
    path.write_text(header.lower().replace(" ", "_") + "\n" + rest)
    visit = read("icews", path)[0]
    assert isinstance(visit, ForeignEvent)
    assert visit.cameo == "042"


def test_zero_that_a_spreadsheet_took_off_is_put_back(tmp_path: Path) -> None:
    path = export("icews", tmp_path)
    change(path, 2, 6, "42")
    visit = read("icews", path)[0]
    assert isinstance(visit, ForeignEvent)
    assert visit.cameo == "042"


def test_countries_are_paired_with_names_only_where_there_are_as_many(tmp_path: Path) -> None:
    path = export("polecat", tmp_path)
    change(path, 2, 7, "Arman Seitov; Sona Martirosyan")
    first = read("polecat", path)[0]
    assert isinstance(first, ForeignEvent)
    assert [(actor.name, actor.country) for actor in first.sources] == [
        ("Arman Seitov", None),
        ("Sona Martirosyan", None),
        (None, "KAZ"),
    ]
    change(path, 2, 8, "KAZ; ARM")
    second = read("polecat", path)[0]
    assert isinstance(second, ForeignEvent)
    assert [actor.country for actor in second.sources] == ["KAZ", "ARM"]


def test_quoted_cell_and_latin_letters_are_read(tmp_path: Path) -> None:
    path = export("icews", tmp_path)
    change(path, 2, 2, '"Arman ""A"" Séitov"')
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    visit = read("icews", path)[0]
    assert isinstance(visit, ForeignEvent)
    assert visit.sources[0].name == 'Arman "A" Séitov'


@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_packed_file_is_read(pack: str, tmp_path: Path) -> None:
    path = export("gdelt", tmp_path)
    packed = tmp_path / "packed"
    if pack == "gzip":
        packed.write_bytes(gzip.compress(path.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(path, path.name)
    assert len(read("gdelt", packed)) == len(read("gdelt", path))


def test_cut_off_gzip_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    path = export("gdelt", tmp_path)
    packed = tmp_path / "cut.gz"
    whole = gzip.compress(path.read_bytes() * 200)
    packed.write_bytes(whole[: len(whole) // 2])
    found = read("gdelt", packed)
    assert isinstance(found[0], ForeignEvent)
    assert isinstance(found[-1], Malformed)
    assert found[-1].reason.startswith("the packed file is damaged from here on")


def test_gdelt_1_is_named(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("\t".join(["1"] * 58) + "\n")
    (row,) = read("gdelt", path)
    assert isinstance(row, Malformed)
    assert row.reason == "58 columns, expected 61 (GDELT 1 has 57 or 58; only GDELT 2 is read)"


def test_binary_file_gives_broken_rows_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(bytes(range(256)) * 50)
    found = read("icews", path)
    assert found
    assert all(isinstance(row, Malformed) for row in found)


def test_line_without_end_is_given_up(tmp_path: Path) -> None:
    path = export("gdelt", tmp_path)
    path.write_bytes(b"x" * 3_000_000 + b"\n" + path.read_bytes())
    first, second, *_ = read("gdelt", path)
    assert first == Malformed(file=str(path), line=1, reason="longer than a megabyte")
    assert isinstance(second, ForeignEvent)


def test_unknown_set_names_those_there_are() -> None:
    with pytest.raises(ConfigError, match="'acled' is no foreign data set; expected one of gdelt, icews, polecat"):
        list(read_foreign("acled", []))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OriginError, match=r"nowhere\.csv: cannot be opened: No such file"):
        read("gdelt", tmp_path / "nowhere.csv")
    with pytest.raises(OriginError, match="a folder; name the files"):
        read("gdelt", tmp_path)


def test_damaged_zip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(OriginError, match="no zip file, or a damaged one"):
        read("gdelt", path)
