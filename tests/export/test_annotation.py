import json
from dataclasses import replace

import make_export
from dragoman.export import Dataset
from dragoman.pipeline import Coded
from dragoman.types.text import Span


def page(source: Dataset | None = None) -> dict:
    return json.loads(make_export.write("annotation", source=source)[0])


def test_page_has_an_annotation_for_every_record() -> None:
    found = page()
    assert (found["@context"][0], found["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert [item["id"] for item in found["items"]] == [f"urn:dragoman:{record.id}" for record in make_export.records()]


def test_selectors_find_the_words() -> None:
    position, quote = page()["items"][0]["target"][0]["selector"]
    words = make_export.FIRST[position["start"] : position["end"]]
    assert (position["type"], quote["type"], quote["exact"]) == ("TextPositionSelector", "TextQuoteSelector", words)
    assert make_export.FIRST.startswith(quote["prefix"] + quote["exact"] + quote["suffix"])


def test_long_evidence_is_quoted_at_its_ends_only() -> None:
    coded = make_export.second()
    text = coded.document.text + " And so on." * 30
    (visit,) = make_export.events(coded)
    long = replace(visit, evidence=(Span(0, 300),))
    document = replace(coded.document, text=text)
    source = Dataset(coded=(Coded(document=document, coding=replace(coded.coding, records=(long,))),))
    position, range_ = page(source)["items"][0]["target"][0]["selector"]
    assert (position["start"], position["end"], range_["type"]) == (0, 300, "RangeSelector")
    assert text.startswith(range_["startSelector"]["exact"])
    assert text[:300].endswith(range_["endSelector"]["prefix"])
    assert text[300:].startswith(range_["endSelector"]["exact"])


def test_provenance_names_source_and_versions() -> None:
    item = page()["items"][0]
    assert item["prov:wasDerivedFrom"] == {"id": "https://example.org/a?b={c}"}
    assert {"type": "prov:Entity", "dragoman:model": "made 1"} in item["prov:wasGeneratedBy"]["prov:used"]


def test_position_is_labelled_by_its_kind() -> None:
    kinds = {item["dragoman:kind"]: item["body"][0]["value"] for item in page()["items"]}
    assert kinds == {
        "event": "THREATEN",
        "agreement": "agreement signed",
        "position": "against",
        "claim": "claim unnamed",
        "project": "project proposed",
        "membership": "membership member",
    }
