import io
from dataclasses import replace

import polars

import make_export
from dragoman.export import Dataset, ExportOptions
from dragoman.export.polecat import COLUMNS
from dragoman.pipeline import Coded

ORDER = """Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country,
Actor COW, Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient Name,
Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name Raw,
Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw Placename,
Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language, Version"""


def frame(options: ExportOptions = make_export.EVERY, source: Dataset | None = None) -> polars.DataFrame:
    text = make_export.write("polecat", options, source)[0]
    return polars.read_csv(
        io.BytesIO(text.encode()), separator="\t", quote_char=None, null_values="None", infer_schema_length=None
    )


def test_columns_are_the_40_of_the_format() -> None:
    assert list(COLUMNS) == [name.strip() for name in ORDER.replace("\n", " ").split(",")]
    assert frame().columns == list(COLUMNS)


def test_visit_fills_its_cells() -> None:
    visit = frame().row(0, named=True)
    expected = {
        "Event Date": "2024-04-15",
        "Event Type": "CONSULT",
        "Event Mode": "visit",
        "Intensity": 4.0,
        "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Arman Seitov",
        "Actor Country": "KAZ",
        "Actor COW": 705,
        "Primary Actor Sector": "GOV",
        "Actor Name Raw": "Arman",
        "Wikipedia Actor ID": None,
        "Recipient COW": 371,
        "Recipient Sectors": None,
        "City": "Yerevan",
        "Country": "ARM",
        "Latitude": 40.1776,
        "GeoNames ID": 616052,
        "Feature Type": "PPL",
        "Source": "The Daily & Co",
        "Publication Date": "2024-04-16",
        "Story People": "Arman Seitov",
        "Story Locations": "Yerevan",
        "Language": "English",
    }
    assert {name: visit[name] for name in expected} == expected


def test_happening_told_twice_is_one_row() -> None:
    assert len(frame()) == 3
    assert len(frame(ExportOptions(every_status=True, every_telling=True))) == 4


def test_statements_are_hidden() -> None:
    assert "STATEMENT" not in frame()["Event Type"].to_list()


def test_compound_actors_stay_in_one_row() -> None:
    third = make_export.third()
    dated = replace(third.document, published=make_export.DAY)
    row = frame(source=Dataset(coded=(Coded(document=dated, coding=third.coding),))).row(0, named=True)
    assert (row["Actor Name"], row["Actor COW"], row["Recipient Name"]) == (
        "Sona Martirosyan; Georgia",
        "371; 372",
        None,
    )


def test_tab_in_a_publisher_does_not_break_the_row() -> None:
    coded = make_export.first()
    broken = Coded(document=replace(coded.document, publisher="The\tDaily\n"), coding=coded.coding)
    assert frame(source=Dataset(coded=(broken,)))["Source"].to_list()[0] == "The Daily"
