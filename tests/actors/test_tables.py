from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from dragoman.actors.facts import ActorFact
from dragoman.actors.tables import make_id, parse_date, rank_of_title, read_actors, read_forms, read_nouns
from dragoman.errors import InputError

CODES = frozenset(("ARM", "KEN"))


class Table(Protocol):
    path: Path
    write: Callable[..., Path]


def read(path: Path) -> tuple[ActorFact, ...]:
    return read_actors(path, CODES, "test")


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    return str(caught.value)


def test_row_becomes_actor_with_term(table: Table) -> None:
    (fact,) = read(table.write("Mira Solano,person,ARM,GOV,Mira Solanova|M. Solano,Mayor,2020-02,2022,"))
    (term,) = fact.roles
    assert (fact.id, fact.aliases) == ("person:mira-solano:arm", ("Mira Solanova", "M. Solano"))
    assert (term.title, term.valid_from, term.valid_to, term.precision) == (
        "Mayor", date(2020, 2, 1), date(2022, 12, 31), "month"
    )  # fmt: skip


def test_organization_keeps_its_days_and_has_no_term(table: Table) -> None:
    (fact,) = read(table.write("Made Front,armed_group,KEN,REB,,,1990,1996,"))
    assert (fact.roles, fact.valid_from, fact.valid_to) == ((), date(1990, 1, 1), date(1996, 12, 31))


def test_wrong_header_names_file_row_and_what_is_expected(table: Table) -> None:
    message = refused(table.write("A,person,ARM", header="name,kind,country\n"))
    assert "actors.csv', row 1: header is 'name,kind,country', expected 'name,kind,country,sector" in message


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("A,persona,ARM,GOV,,,,,", "column 'kind': 'persona'"),
        ("A,person,XXX,GOV,,,,,", "column 'country': 'XXX'"),
        ("A,person,ARM,GVO,,,,,", "column 'sector': 'GVO'"),
        (",person,ARM,GOV,,,,,", "column 'name': ''"),
        ("A,state,ARM,GOV,,,,,", "column 'kind': 'state'"),
    ],
)
def test_unknown_code_names_row_column_and_remedy(table: Table, row: str, found: str) -> None:
    message = refused(table.write("B,person,ARM,GOV,,,,,", row))
    assert f"row 3, {found}" in message
    assert message.endswith("correct the cell")


@pytest.mark.parametrize("day", ["2020-13", "20-01-01", "2021-02-30", "May 2020"])
def test_wrong_date_is_refused(table: Table, day: str) -> None:
    assert f"row 2: date '{day}' is not YYYY" in refused(table.write(f"A,person,ARM,GOV,,Mayor,{day},,"))


def test_end_before_start_is_refused(table: Table) -> None:
    assert "valid_to 2019 is before valid_from 2020" in refused(table.write("A,person,ARM,GOV,,Mayor,2020,2019,"))


def test_overlapping_terms_of_one_office_name_both_rows(table: Table) -> None:
    message = refused(table.write("A,person,ARM,GOV,,Mayor,2020,2022,", "A,person,ARM,GOV,,Mayor,2021-06-01,,"))
    assert "row 3: the term of 'Mayor' overlaps the one in row 2" in message


def test_terms_may_share_their_border_year(table: Table) -> None:
    facts = read(table.write("A,person,ARM,GOV,,Mayor,2018,2020,", "A,person,ARM,GOV,,Mayor,2020,2022,"))
    assert len(facts) == 2


def test_two_persons_may_hold_one_office_at_a_time(table: Table) -> None:
    assert len(read(table.write("A,person,ARM,GOV,,Mayor,2018,2020,", "B,person,ARM,GOV,,Mayor,2018,2020,"))) == 2


def test_invalid_utf8_names_the_row_and_the_byte(table: Table) -> None:
    path = table.write("A,person,ARM,GOV,,,,,")
    path.write_bytes(path.read_bytes() + b"Mira \xff,person,ARM,GOV,,,,,\n")
    assert "row 3: byte 0xff is not UTF-8; save the file as UTF-8" in refused(path)


def test_open_quote_is_refused(table: Table) -> None:
    assert "close every quote" in refused(table.write('"A,person,ARM,GOV,,,,,'))


def test_missing_cells_are_counted(table: Table) -> None:
    assert "row 2: 3 cells, expected 9" in refused(table.write("A,person,ARM"))


def test_blank_lines_count_for_nothing(table: Table) -> None:
    assert len(read(table.write("", "A,person,ARM,GOV,,,,,", ",,,,,,,,"))) == 1


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "none.csv")
    assert "Is a directory" in refused(tmp_path)


def test_form_of_unknown_use_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "forms.csv"
    path.write_text("form,country,use,note\nArmenian,ARM,demonym,\n")
    with pytest.raises(InputError, match="row 2, column 'use': 'demonym'"):
        read_forms(path, CODES, "test")


def test_noun_of_unknown_weight_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nouns.csv"
    path.write_text("term,sector,weight\nmayor,GOV,heavy\n")
    with pytest.raises(InputError, match="row 2, column 'weight': 'heavy'"):
        read_nouns(path, "test")


def test_last_day_of_a_month_ends_a_term() -> None:
    assert parse_date("2024-02", "here", end=True) == (date(2024, 2, 29), "month")


def test_id_of_an_organization_of_states_has_no_country() -> None:
    assert make_id("igo", "Union of Made States", "IGO") == "igo:union-of-made-states"


@pytest.mark.parametrize(
    ("title", "rank"),
    [("Prime Minister", 3), ("acting President", 3), ("Minister of Defence", 2), ("Deputy Mayor", 1),
     ("President of the Senate", 1), ("Mayor", 1)],
)  # fmt: skip
def test_rank_of_an_office(title: str, rank: int) -> None:
    assert rank_of_title(title) == rank
