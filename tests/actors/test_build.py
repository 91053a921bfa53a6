import csv
import gzip
import shutil
from datetime import date
from pathlib import Path

import pytest

import make_actors
from dragoman.actors.build import ACTOR_TABLES, HAND_STATE, build_kb, default_tables
from dragoman.actors.kb import open_kb
from dragoman.actors.sources_files import CODES, EXECUTIVES, OFFICEHOLDERS
from dragoman.errors import InputError

TABLES = make_actors.DATA


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Tables with one actor table, for quick builds."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in ("states", "forms", "nouns"):
        shutil.copy(TABLES / f"{name}.csv", folder)
    row = "Mira Solano,person,CHL,GOV,,President,2023-03-11,,\n"
    (folder / "officeholders.csv").write_text(make_actors.HEADER + row, encoding="utf-8")
    return folder


def write_officeholders(folder: Path, *rows: str, header: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    columns = header or "iso3,country_slug,position,person,qid,start,end,dob,dod,enwiki,snapshot"
    with gzip.open(folder / OFFICEHOLDERS, "wt", encoding="utf-8") as stream:
        stream.write("\n".join((columns, *rows)) + "\n")
    return folder


def test_every_table_named_is_there() -> None:
    assert [name for name in ACTOR_TABLES if not (TABLES / f"{name}.csv").is_file()] == []


def test_tables_hold_the_rows_promised() -> None:
    rows = 0
    for name in ACTOR_TABLES:
        with (TABLES / f"{name}.csv").open(encoding="utf-8") as stream:
            rows += sum(1 for _ in csv.reader(stream)) - 1
    assert rows >= 3000


def test_tables_are_those_of_the_package_or_of_the_source_tree() -> None:
    assert (default_tables() / "states.csv").is_file()


def test_same_inputs_give_the_same_file(small: Path, tmp_path: Path) -> None:
    for name in ("a.sqlite", "b.sqlite"):
        build_kb(small, None, tmp_path / name)
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_open_terms_by_hand_are_stale_after_the_day_of_the_tables(small: Path, tmp_path: Path) -> None:
    build_kb(small, None, tmp_path / "kb.sqlite")
    kb = open_kb(tmp_path / "kb.sqlite")
    (term,) = kb.roles("person:mira-solano:chl")
    kb.close()
    assert (term.horizon, term.is_stale_on(date(2026, 6, 1))) == (HAND_STATE, True)


def test_downloaded_persons_are_added_with_their_source(small: Path, tmp_path: Path) -> None:
    dumps = write_officeholders(
        tmp_path / "dumps", "ARM,armenia,Minister of Defence,Arlo Sevan,Q77,2016-01-01,2018-01-01,,,,2023-01-01"
    )
    build_kb(small, dumps, tmp_path / "kb.sqlite")
    kb = open_kb(tmp_path / "kb.sqlite")
    (term,) = kb.roles("Q77")
    notes = {note.id for note in kb.sources()}
    kb.close()
    assert (term.title, term.sector, term.source, notes) == ("Minister of Defence", "GOV", "wikidata",
                                                             {"hand", "wikidata"})  # fmt: skip


def test_open_seat_ends_when_the_next_holder_begins(small: Path, tmp_path: Path) -> None:
    dumps = write_officeholders(
        tmp_path / "dumps",
        "ARM,armenia,Minister of Defence,Arlo Sevan,Q77,2016-01-01,,,,,2023-01-01",
        "ARM,armenia,Minister of Defence,Ara Mel,Q78,2018-01-01,,,,,2023-01-01",
    )
    build_kb(small, dumps, tmp_path / "kb.sqlite")
    kb = open_kb(tmp_path / "kb.sqlite")
    ends = [kb.roles(actor)[0].valid_to for actor in ("Q77", "Q78")]
    kb.close()
    assert ends == [date(2018, 1, 1), None]


def test_newer_export_is_read_and_moves_the_horizon(small: Path, tmp_path: Path) -> None:
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    (dumps / "wikidata_export_2026-11-20.csv").write_text(
        "person,personLabel,positionLabel,iso3,start,end\n"
        "http://www.wikidata.org/entity/Q79,Ada Mulen,President of Zambia,ZMB,2026-08-24T00:00:00Z,\n"
    )
    build_kb(small, dumps, tmp_path / "kb.sqlite")
    kb = open_kb(tmp_path / "kb.sqlite")
    (term,) = kb.roles("Q79")
    horizon = kb.horizon
    kb.close()
    assert (term.title, term.open, term.horizon, horizon) == ("President", True, date(2026, 11, 20), date(2026, 11, 20))


def refused(tables: Path, dumps: Path | None, out: Path) -> str:
    with pytest.raises(InputError) as caught:
        build_kb(tables, dumps, out)
    assert not out.is_file()
    return str(caught.value)


def test_export_without_a_day_in_its_name_is_refused(small: Path, tmp_path: Path) -> None:
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    (dumps / "wikidata_export_new.csv").write_text("person,personLabel,positionLabel,iso3,start,end\n")
    assert "call it wikidata_export_YYYY-MM-DD.csv" in refused(small, dumps, tmp_path / "kb.sqlite")


def test_missing_folders_are_told(small: Path, tmp_path: Path) -> None:
    assert "no such folder" in refused(small, tmp_path / "none", tmp_path / "kb.sqlite")
    assert "states.csv': No such file" in refused(tmp_path / "none", None, tmp_path / "kb.sqlite")


def test_folder_without_known_files_lists_them(small: Path, tmp_path: Path) -> None:
    (tmp_path / "dumps").mkdir()
    message = refused(small, tmp_path / "dumps", tmp_path / "kb.sqlite")
    assert OFFICEHOLDERS in message
    assert "docs/reference/knowledge-base.md" in message


def test_file_that_needs_the_codes_is_refused_without_them(small: Path, tmp_path: Path) -> None:
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    (dumps / EXECUTIVES).write_bytes(b"")
    assert f"{EXECUTIVES} needs {CODES}" in refused(small, dumps, tmp_path / "kb.sqlite")


def test_dump_with_another_header_names_the_column(small: Path, tmp_path: Path) -> None:
    dumps = write_officeholders(tmp_path / "dumps", header="iso3,position,person")
    assert "row 1: no column 'country_slug'" in refused(small, dumps, tmp_path / "kb.sqlite")


def test_dump_cut_short_is_refused(small: Path, tmp_path: Path) -> None:
    dumps = write_officeholders(
        tmp_path / "dumps", *(f"ARM,armenia,Mayor,A B{n},Q{n},2016,,,,,2023" for n in range(99))
    )
    packed = (dumps / OFFICEHOLDERS).read_bytes()
    (dumps / OFFICEHOLDERS).write_bytes(packed[: len(packed) // 2])
    assert "download the file again" in refused(small, dumps, tmp_path / "kb.sqlite")
