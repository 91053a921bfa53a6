from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

import make_actors
from dragoman.actors.kb import KnowledgeBase, open_kb
from dragoman.actors.resolve import resolve_actor
from dragoman.actors.user_rows import check_kb_file, read_user_rows, write_user_rows
from dragoman.errors import InputError, ResourceError


class Table(Protocol):
    path: Path

    def write(self, *rows: str, header: str = "") -> Path: ...


def test_row_for_a_known_person_keeps_the_known_id(kb: KnowledgeBase, table: Table) -> None:
    rows = read_user_rows(table.write("Davit Harunyan,person,ARM,OPP,,opposition leader,2023,,"), kb)
    assert [row.id for row in rows] == ["Q9001"]


def test_row_for_a_namesake_abroad_is_a_new_person(kb: KnowledgeBase, table: Table) -> None:
    rows = read_user_rows(table.write("Davit Harunyan,person,KEN,OPP,,opposition leader,2023,,"), kb)
    assert [row.id for row in rows] == ["person:davit-harunyan:ken"]


def test_file_without_rows_is_refused(kb: KnowledgeBase, table: Table) -> None:
    with pytest.raises(InputError, match="row 2: no rows"):
        read_user_rows(table.write(), kb)


def test_compiled_rows_outrank_the_shipped_ones(table: Table, tmp_path: Path) -> None:
    path = table.write("Mira Solano,person,CHL,GOV,,Mayor of Velburg,2020,,", "Kremlin,company,CHL,BUS,,,,,")
    assert write_user_rows(path, tmp_path / "user.sqlite") == 2
    kb = open_kb(user=tmp_path / "user.sqlite")
    day = date(2021, 5, 1)
    found = [resolve_actor(kb, text, as_of=day) for text in ("Mira Solano", "the Kremlin")]
    kb.close()
    assert [(link.country, link.sector) for link in found] == [("CHL", "GOV"), ("CHL", "BUS")]


def test_one_wrong_row_loads_nothing_and_leaves_the_old_file(table: Table, tmp_path: Path) -> None:
    out = tmp_path / "user.sqlite"
    write_user_rows(table.write("Mira Solano,person,CHL,GOV,,Mayor,2020,,"), out)
    before = out.read_bytes()
    with pytest.raises(InputError, match="row 3"):
        write_user_rows(table.write("A B,person,CHL,GOV,,Mayor,2020,,", "C D,person,XXX,GOV,,Mayor,2020,,"), out)
    assert (out.read_bytes(), sorted(file.name for file in tmp_path.glob("*.sqlite*"))) == (before, ["user.sqlite"])


def test_users_terms_are_never_stale(table: Table, tmp_path: Path) -> None:
    write_user_rows(table.write("Mira Solano,person,CHL,GOV,,Mayor,2020,,"), tmp_path / "user.sqlite")
    kb = open_kb(user=tmp_path / "user.sqlite")
    (term,) = kb.roles("person:mira-solano:chl")
    kb.close()
    assert (term.holds_on(date(2040, 1, 1)), term.is_stale_on(date(2040, 1, 1))) == (True, False)


def test_whole_file_is_described(tmp_path: Path) -> None:
    path = make_actors.write_made(tmp_path / "kb.sqlite")
    assert check_kb_file(path) == "schema 2, built made, sources up to 2024-06-30; whole"


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="No such file"):
        check_kb_file(tmp_path / "none.sqlite")
