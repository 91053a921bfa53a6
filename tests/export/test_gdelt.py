from dataclasses import replace

import duckdb

import make_export
from dragoman.export import Dataset
from dragoman.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from dragoman.pipeline import Coded

# The published order, as GDELT's own header files give it.
EVENTS = """GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode
Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code
Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code
Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode EventRootCode
QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type Actor1Geo_FullName
Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat
Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code
ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL"""
MENTIONS = """GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID
Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone
MentionDocTranslationInfo Extras"""


def events() -> list[dict[str, str]]:
    return [dict(zip(EVENT_COLUMNS, row, strict=True)) for row in make_export.rows(make_export.write("gdelt")[0])]


def mentions() -> list[dict[str, str]]:
    text = make_export.write("gdelt-mentions")[0]
    return [dict(zip(MENTION_COLUMNS, row, strict=True)) for row in make_export.rows(text)]


def test_columns_are_the_61_and_16_of_the_format() -> None:
    assert (list(EVENT_COLUMNS), list(MENTION_COLUMNS)) == (EVENTS.split(), MENTIONS.split())
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)


def test_visit_fills_its_cells() -> None:
    visit = events()[0]
    expected = {
        "SQLDATE": "20240415",
        "MonthYear": "202404",
        "Year": "2024",
        "FractionDate": "2024.2877",
        "Actor1Code": "KAZGOV",
        "Actor1Name": "ARMAN SEITOV",
        "Actor1CountryCode": "KAZ",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "ARM",
        "Actor2Type1Code": "",
        "IsRootEvent": "1",
        "EventCode": "042",
        "EventBaseCode": "042",
        "EventRootCode": "04",
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "NumMentions": "2",
        "NumSources": "2",
        "NumArticles": "2",
        "AvgTone": "",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Yerevan, Armenia",
        "ActionGeo_CountryCode": "AM",
        "ActionGeo_Lat": "40.1776",
        "DATEADDED": "20240416000000",
        "SOURCEURL": "https://example.org/a?b={c}",
    }
    assert {name: visit[name] for name in expected} == expected


def test_mentions_lead_to_the_characters_of_each_report() -> None:
    visit = events()[0]["GLOBALEVENTID"]
    first, second = (row for row in mentions() if row["GLOBALEVENTID"] == visit)
    assert (first["MentionSourceName"], first["MentionType"], second["MentionType"]) == ("example.org", "1", "2")
    assert make_export.FIRST[int(first["ActionCharOffset"]) :].startswith("visited")
    assert make_export.SECOND[int(second["Actor1CharOffset"]) :].startswith("Arman")
    assert make_export.SECOND[int(second["Actor2CharOffset"]) :].startswith("Armenia")
    assert (second["Confidence"], second["MentionDocLen"]) == ("90", str(len(make_export.SECOND)))
    assert second["EventTimeDate"] == "20240416000000"
    assert second["Extras"] == make_export.events(make_export.second())[0].id


def test_every_mention_has_its_event() -> None:
    assert {row["GLOBALEVENTID"] for row in mentions()} == {row["GLOBALEVENTID"] for row in events()}


def test_duckdb_reads_the_file(tmp_path) -> None:
    path = tmp_path / "export.CSV"
    path.write_text(make_export.write("gdelt")[0])
    names = ", ".join(f"'{name}'" for name in EVENT_COLUMNS)
    query = (
        f"SELECT EventRootCode, count(*) FROM read_csv('{path}', delim='\t', quote='', header=false, names=[{names}])"
    )
    assert duckdb.sql(f"{query} GROUP BY 1 ORDER BY 1").fetchall() == [("01", 1), ("04", 2), ("13", 1)]


def test_mention_of_a_joint_act_points_to_both_in_the_order_of_the_pair() -> None:
    third = make_export.third()
    dated = replace(third.document, published=make_export.DAY)
    source = Dataset(coded=(Coded(document=dated, coding=third.coding),))
    rows = make_export.rows(make_export.write("gdelt-mentions", source=source)[0])
    offsets = [(row[7], row[8]) for row in rows]
    assert offsets == [("0", "16"), ("16", "0")]


def test_bare_root_is_written_as_its_general_leaf() -> None:
    threat = next(row for row in events() if row["EventRootCode"] == "13")
    assert (threat["EventCode"], threat["EventBaseCode"]) == ("130", "130")
