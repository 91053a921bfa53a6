import gzip
import json
from pathlib import Path

import pytest

from dragoman.coding.gazetteer import Gazetteer
from dragoman.errors import InputError
from dragoman.train.gazetteer import main

REGIONS = "name,aliases,precision,country,latitude,longitude,note\nGreen Sea,Verdant Sea,sea,,10.0,20.0,\n"
DISPUTED = (
    "name,aliases,precision,country,latitude,longitude,claimants,divisions,cities,note\n"
    "Upper Fen,,province,AAA,1.0,1.0,AAA|BBB,AA.02,,\n"
)
ALIASES = "alias,name,country\nOldtown,Newtown,AAA\n"
HINTS = "word,country\nFennish,AAA\n"
STATES = "code,name,aliases,adjectives,people,capitals,wikidata\nAAA,Aland,,Alandic,Alander,Newtown,Q1\n"
CODES = (
    "ISO3166-1-Alpha-2,ISO3166-1-Alpha-3,CLDR display name,UNTERM English Short,official_name_en,UNTERM English Formal,"
    "Geoname ID\nAA,AAA,Aland,Aland,Aland,the Republic of Aland,77\n"
)
CITIES = (
    "geonameid\tname\tcountry\tadmin1\tlat\tlon\tpopulation\taltnames\n"
    "11\tNewtown\tAA\t01\t2.0\t4.0\t300000\tNeustadt|Fennish\n"
    "12\tFenwick\tAA\t02\t1.0\t1.5\t40000\tFenvik\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tables = {
        "places_regions.csv": REGIONS,
        "places_disputed.csv": DISPUTED,
        "places_aliases.csv": ALIASES,
        "places_hints.csv": HINTS,
        "states.csv": STATES,
        "country-codes.csv": CODES,
        "geonames_admin1.json": json.dumps(
            [{"code": "AA.01", "name": "Lower"}, {"code": "AA.02", "name": "Upper Fen"}]
        ),
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with gzip.open(tmp_path / "geonames_cities5000.tsv.gz", "wt", encoding="utf-8") as out:
        out.write(CITIES)
    return tmp_path


def build(folder: Path, name: str = "out.sqlite") -> Gazetteer:
    main([str(folder), str(folder), str(folder / name)])
    return Gazetteer.open(folder / name)


def test_city_is_found_by_alias_with_its_division(folder: Path) -> None:
    (named,) = build(folder).find("Oldtown")
    assert (named.place.name, named.place.geonames, named.place.country, named.place.admin1) == (
        "Newtown", 11, "AAA", "Lower",
    )  # fmt: skip


def test_city_in_a_disputed_division_has_claimants(folder: Path) -> None:
    assert build(folder).find("Fenwick")[0].place.disputed == ("AAA", "BBB")


def test_nationality_is_no_name_of_a_city(folder: Path) -> None:
    assert build(folder).find("Fennish") == ()


def test_country_centre_is_the_mean_of_its_cities_by_population(folder: Path) -> None:
    place = build(folder).find("Republic of Aland")[0].place
    assert place.latitude == pytest.approx((2.0 * 300 + 1.0 * 40) / 340, abs=0.01)


def test_the_same_input_gives_the_same_file(folder: Path) -> None:
    build(folder, "one.sqlite")
    build(folder, "two.sqlite")
    assert (folder / "one.sqlite").read_bytes() == (folder / "two.sqlite").read_bytes()


def test_wrong_header_is_named(folder: Path) -> None:
    (folder / "places_regions.csv").write_text("name,precision\nGreen Sea,sea\n")
    with pytest.raises(InputError, match=r"places_regions\.csv: header"):
        build(folder)


def test_unknown_precision_names_the_row(folder: Path) -> None:
    (folder / "places_regions.csv").write_text(REGIONS.replace(",sea,", ",ocean,"))
    with pytest.raises(InputError, match=r"row 2: precision 'ocean'"):
        build(folder)


def test_alias_of_an_unknown_city_is_refused(folder: Path) -> None:
    (folder / "places_aliases.csv").write_text(ALIASES.replace("Newtown", "Nowhere"))
    with pytest.raises(InputError, match="'Nowhere' in AAA"):
        build(folder)
