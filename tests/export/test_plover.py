import json

import make_export
from dragoman.export import ExportOptions


def lines(options: ExportOptions = make_export.EVERY) -> list[dict]:
    return [json.loads(line) for line in make_export.write("plover", options)[0].splitlines()]


def test_event_has_the_fields_of_the_record_format() -> None:
    visit = lines()[0]
    assert (visit["date"], visit["event"], visit["mode"], visit["quad_code"]) == (
        "2024-04-15",
        ["CONSULT"],
        ["visit"],
        1,
    )
    assert visit["actor"][0] == {
        "code": "KAZ",
        "sector": ["GOV"],
        "entity_text": "Arman",
        "identifier_id": "Q9001",
        "identifier_text": "Arman Seitov",
    }
    assert visit["event_loc"]["geonameid"] == 616052
    assert visit["event_loc"]["resolution"] == 4
    assert visit["text_info"]["start"] == 0
    assert len(visit["link"]) == 1


def test_statements_and_undated_events_are_left_out_and_counted() -> None:
    text, done = make_export.write("plover")
    assert "STATEMENT" not in text
    assert done.left_out["statements, which PLOVER has no category for"] == 1
    assert done.left_out["happenings without a day"] == 1


def test_planned_event_is_hidden_by_default_and_marked_as_future() -> None:
    modes = [line.get("mode") for line in lines(ExportOptions())]
    assert ["visit", "future"] not in modes
    assert ["visit", "future"] in [line.get("mode") for line in lines()]


def test_text_of_the_story_is_written_only_when_asked_for() -> None:
    with_text = lines(ExportOptions(with_text=True))
    assert with_text[0]["text_info"]["text_story"] == make_export.FIRST
    assert all("text_story" not in line["text_info"] for line in lines())


def test_every_telling_has_a_line_when_asked_for() -> None:
    assert len(lines(ExportOptions(every_telling=True))) == len(lines(ExportOptions())) + 1
