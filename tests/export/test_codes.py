import csv
from pathlib import Path

import pytest

from dragoman.export.codes import load_countries

STATES = Path(__file__).parents[2] / "data" / "states.csv"


@pytest.mark.parametrize(
    ("iso3", "cow", "fips", "cameo"),
    [
        ("KAZ", "705", "KZ", "KAZ"),
        ("DEU", "255", "GM", "DEU"),
        ("ROU", "360", "RO", "ROM"),
        ("SRB", "345", "RI", "SRB"),
    ],
)
def test_codes_of_a_country(iso3: str, cow: str, fips: str, cameo: str) -> None:
    found = load_countries().find(iso3)
    assert (found.cow, found.fips, found.cameo) == (cow, fips, cameo)


def test_what_is_no_country_has_no_codes() -> None:
    assert load_countries().find("IGO").cow == load_countries().find(None).name == ""


def test_every_state_of_the_knowledge_base_is_in_the_table() -> None:
    with STATES.open(encoding="utf-8", newline="") as file:
        states = {row["code"]: row["name"] for row in csv.DictReader(file)}
    countries = load_countries()
    assert {code: countries.find(code).name for code in states} == states


@pytest.mark.parametrize("column", ["cow", "fips", "cameo", "icews"])
def test_no_code_stands_for_two_countries(column: str) -> None:
    countries = load_countries()
    codes = countries.iso_by(column)
    filled = [row for row in map(countries.find, countries.iso_by("iso3").values()) if getattr(row, column)]
    doubled = len(filled) - len(codes)
    assert doubled == (1 if column == "fips" else 0)  # the Caribbean Netherlands share the Dutch code


def test_lookup_by_the_name_in_icews() -> None:
    assert load_countries().iso_by("icews")["russian federation"] == "RUS"
