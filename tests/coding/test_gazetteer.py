import sqlite3
from pathlib import Path

import pytest

from dragoman.coding.gazetteer import Gazetteer, fold_name
from dragoman.errors import ResourceError
from dragoman.types.where import PlacePrecision


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(("one", "other"), [("Şuşa", "susa"), ("the Hague", "Hague"), ("Sana'a", "Sanaa")])
def test_spellings_of_a_name_fold_together(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_city_has_id_country_division_and_coordinates(gazetteer: Gazetteer) -> None:
    place = next(n.place for n in gazetteer.find("Kharkiv") if n.place.precision is PlacePrecision.CITY)
    assert (place.country, place.geonames, place.admin1) == ("UKR", 706483, "Kharkiv")
    assert (place.latitude, place.longitude) == (pytest.approx(49.98, abs=0.1), pytest.approx(36.25, abs=0.1))


def test_variant_names_are_found_and_are_not_main(gazetteer: Gazetteer) -> None:
    named = gazetteer.find("Kharkov")[0]
    assert (named.place.country, named.main) == ("UKR", False)


def test_country_is_found_by_its_short_form(gazetteer: Gazetteer) -> None:
    found = [n.place.country for n in gazetteer.find("Ivory Coast") if n.place.precision is PlacePrecision.COUNTRY]
    assert found == ["CIV"]


def test_nationality_is_a_hint_and_no_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Kazakh") == ()
    assert gazetteer.find_country_hints(["Kazakh"]) == {"kazakh": "KAZ"}


def test_unknown_name_gives_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Qwertyville-on-Sea") == ()


def test_attribution_names_geonames(gazetteer: Gazetteer) -> None:
    assert "GeoNames" in gazetteer.attribution


def test_names_past_the_limit_of_one_question_are_found(gazetteer: Gazetteer) -> None:
    names = [f"nowhere {n}" for n in range(1500)] + ["Astana"]
    assert list(gazetteer.find_many(names)) == ["astana"]


def test_missing_file_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="make gazetteer"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(ResourceError, match=r"broken\.sqlite"):
        Gazetteer.open(path)


def test_older_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE meta (key TEXT, value TEXT); INSERT INTO meta VALUES ('schema', '0');")
    connection.close()
    with pytest.raises(ResourceError, match="schema '0', expected '1'"):
        Gazetteer.open(path)
