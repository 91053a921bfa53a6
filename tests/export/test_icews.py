import io
from dataclasses import replace

import polars

import make_export
from dragoman.export import Dataset
from dragoman.export.icews import COLUMNS
from dragoman.pipeline import Coded

ORDER = """Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity,
Target Name, Target Sectors, Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country,
Latitude, Longitude"""


def frame(source: Dataset | None = None) -> polars.DataFrame:
    text = make_export.write("icews", source=source)[0]
    return polars.read_csv(
        io.BytesIO(text.encode()), separator="\t", quote_char=None, schema_overrides={"CAMEO Code": polars.String}
    )


def test_columns_are_the_20_of_the_format() -> None:
    assert list(COLUMNS) == [name.strip() for name in ORDER.replace("\n", " ").split(",")]
    assert frame().columns == list(COLUMNS)


def test_visit_fills_its_cells() -> None:
    visit = frame().row(0, named=True)
    expected = {
        "Event Date": "2024-04-15",
        "Source Name": "Arman Seitov",
        "Source Sectors": "Government",
        "Source Country": "Kazakhstan",
        "CAMEO Code": "042",
        "Intensity": 1.9,
        "Target Name": "Armenia",
        "Target Sectors": None,
        "Target Country": "Armenia",
        "Sentence Number": 0,
        "City": "Yerevan",
        "Province": "Yerevan",
        "Country": "Armenia",
        "Longitude": 44.5126,
    }
    assert {name: visit[name] for name in expected} == expected
    assert "visit" in visit["Event Text"].lower()


def test_ids_are_whole_numbers_that_spreadsheets_keep() -> None:
    ids = frame()["Event ID"].to_list()
    assert len(set(ids)) == len(ids)
    assert all(0 < id < 2**53 for id in ids)


def test_joint_act_has_a_row_in_each_direction() -> None:
    third = make_export.third()
    dated = replace(third.document, published=make_export.DAY)
    found = frame(Dataset(coded=(Coded(document=dated, coding=third.coding),)))
    names = ["Sona Martirosyan", "Georgia"]
    assert found["Source Name"].to_list() == names
    assert found["Target Name"].to_list() == names[::-1]


def test_event_without_a_target_is_left_out_and_counted() -> None:
    coded = make_export.second()
    (visit,) = make_export.events(coded)
    alone = Coded(document=coded.document, coding=replace(coded.coding, records=(replace(visit, targets=()),)))
    text, done = make_export.write("icews", source=Dataset(coded=(alone,)))
    assert text.count("\n") == 1
    assert done.left_out == {"pairs without a source or target": 1}
