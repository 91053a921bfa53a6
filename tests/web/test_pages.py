"""Pages: each answers, closes its elements, and leads from numbers to records and from records to words."""

import re
import time
from dataclasses import replace
from functools import cache

import pytest
from starlette.testclient import TestClient

from dragoman.store import Store, open_store
from dragoman.types.actor import ActorLink
from dragoman.types.record import AttributedTo, Attribution
from dragoman.types.text import Span
from dragoman.web import create_app
from dragoman.web.pieces import actors
from make_store import NEWER, coded
from make_web import VISIT, elements, event_of, text_of

PATHS = (
    *("/", "/articles/d1", "/events", "/agreements", "/claims", "/positions", "/projects", "/memberships", "/records"),
    *("/dyads", "/dyads/ARM/KAZ", "/actors", "/actors?name=Arm", "/actors/Q9399", "/search", "/search?q=visited"),
    *("/map", "/network", "/runs", "/codebook", "/review", "/training", "/sample", "/agree", "/api", "/help", "/login"),
    *("/news", "/actors/Q9001/with/Q9399"),
)


@pytest.mark.parametrize("path", PATHS)
def test_page_answers_and_is_well_formed(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    found = elements(answer.text)
    assert found.balanced, path
    assert found.open == []
    assert [tag for tag, _ in found.tags].count("h1") == 1


@pytest.mark.parametrize("path", PATHS)
def test_page_has_no_inline_script_or_style_and_no_other_host(reader: TestClient, path: str) -> None:
    for tag, attributes in elements(reader.get(path).text).tags:
        assert tag != "style"
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href", "action"):
            assert not re.match(r"(?i)\s*(https?:|//|javascript:|data:)", attributes.get(name, ""))


@pytest.mark.parametrize("path", PATHS)
def test_every_link_of_the_page_leads_somewhere(reader: TestClient, path: str) -> None:
    links = {attributes["href"] for tag, attributes in elements(reader.get(path).text).tags if tag == "a"}
    for target in sorted(links):
        where = target.partition("#")[0]
        assert not where or _status(reader, where) == 200, target


@cache
def _status(reader: TestClient, path: str) -> int:
    return reader.get(path).status_code


@pytest.mark.parametrize("path", PATHS)
def test_every_field_has_a_label(reader: TestClient, path: str) -> None:
    found = elements(reader.get(path).text).tags
    labelled = {attributes.get("for") for tag, attributes in found if tag == "label"}
    fields = [attributes for tag, attributes in found if tag in ("input", "select")]
    assert all(one.get("type") == "hidden" or one.get("id") in labelled for one in fields)


def test_empty_store_says_how_to_fill_it(tmp_path) -> None:
    with open_store(tmp_path / "empty.dragoman", create=True) as store, TestClient(create_app(store)) as client:
        client.base_url = "http://localhost"
        assert "dragoman ingest" in client.get("/").text
        for path in PATHS[2:9]:
            assert client.get(path).status_code == 200


def test_article_marks_words_and_names_their_card(client: TestClient, store: Store) -> None:
    id = event_of(store)
    page = client.get("/articles/d1").text
    marks = [attributes["data-r"].split() for tag, attributes in elements(page).tags if tag == "mark"]
    assert any(id in ids for ids in marks)
    assert f'id="c-{id}"' in page
    assert f'id="s-{id}"' in page


def test_article_shows_every_character_of_the_text_once(reader: TestClient) -> None:
    page = reader.get("/articles/d1").text
    text = page[page.index('aria-label="Text of the report"') : page.index('aria-label="Records"')]
    shown = re.sub(r"<[^>]+>", "", text.partition(">")[2].rpartition("<section")[0])
    assert "".join(shown.split()) == "".join(VISIT.split())


def test_article_says_what_is_missing(reader: TestClient) -> None:
    page = text_of(reader.get("/articles/d2").text)
    assert "missingpublisher; address; headline apart from the text; byline" in page


def test_article_lists_codings_of_several_runs(client: TestClient, store: Store) -> None:
    store.add(coded(VISIT, id="d1", provenance=NEWER, categories={"visited": "threatened"}), recode=True)
    runs = store.runs()
    assert "THREATEN" in client.get("/articles/d1").text
    older = client.get(f"/articles/d1?run={runs[-1].id}").text
    assert "CONSULT" in older
    assert runs[0].id in older


def test_events_are_grouped_by_happening_with_their_reports(client: TestClient, store: Store) -> None:
    page = text_of(client.get("/events?type=CONSULT").text)
    count = store.events(type="CONSULT").count()
    assert f"{count.happenings} happenings told by {count.reports} reports ({count.records} records)" in page


def test_record_shows_context_decision_and_json(client: TestClient, store: Store) -> None:
    page = client.get(f"/records/{event_of(store)}").text
    assert "its verb" in page
    assert "&#34;kind&#34;:&#34;event&#34;" in page


def test_dyad_draws_both_directions_and_tells_the_same_in_a_table(reader: TestClient) -> None:
    page = reader.get("/dyads/ARM/KAZ").text
    assert "KAZ → ARM" in page
    assert '<polyline class="line d0"' in page
    assert re.search(r'<th scope="row">2024-04</th>', page)


def test_number_of_a_month_opens_as_many_events(client: TestClient, store: Store) -> None:
    page = client.get("/dyads/ARM/KAZ").text
    href, number = re.search(r'<td class="n"><a href="(/events[^"]+)">(\d+) \(', page).groups()
    found = text_of(client.get(href.replace("&amp;", "&")).text)
    assert re.search(rf"\b{number} happening", found)


def test_number_of_a_class_opens_as_many_events(client: TestClient) -> None:
    page = client.get("/dyads/ARM/KAZ").text
    rows = re.findall(r'<td class="n"><a href="(/events[^"]+)" aria-label="(\d+) events? of \w+ \w+, ', page)
    assert rows
    for href, number in rows:
        found = text_of(client.get(href.replace("&amp;", "&")).text)
        assert re.search(rf"\b{number} happening", found)


@pytest.mark.parametrize("path", ["/", "/dyads", "/network", "/actors/Q9399"])
def test_number_of_a_direction_opens_as_many_events(reader: TestClient, path: str) -> None:
    page = reader.get(path).text
    found = re.findall(r'<a href="(/events[^"]+)" aria-label="(\d+) counted events? of (\w+) towards (\w+)"', page)
    assert found
    for href, number, source, target in found:
        assert f"source={source}&amp;target={target}" in href
        assert re.search(rf"\b{number} happening", text_of(reader.get(href.replace("&amp;", "&")).text))


def test_dyad_of_few_reports_is_called_an_anecdote(client: TestClient, store: Store) -> None:
    assert "read it as an anecdote" in client.get("/dyads/ARM/KAZ").text
    store.add([coded(f"Arman visited Armenia on 2024-01-{n:02}.", id=f"more{n}") for n in range(1, 9)])
    assert "read it as an anecdote" not in client.get("/dyads/ARM/KAZ").text


def test_countries_are_called_by_their_names(reader: TestClient) -> None:
    assert "Armenia and Kazakhstan" in text_of(reader.get("/dyads/ARM/KAZ").text)
    assert "Armenia and Kazakhstan" in text_of(reader.get("/network").text)


def test_only_the_page_itself_is_marked_in_the_menu(reader: TestClient) -> None:
    for path in ("/agreements", "/agree"):
        found = elements(reader.get(path).text).tags
        assert [one["href"] for tag, one in found if tag == "a" and one.get("aria-current") == "page"] == [path]


def test_number_of_a_partner_opens_their_events(reader: TestClient) -> None:
    page = reader.get("/actors/Q9001").text
    href, number = re.search(r'<a href="(/actors/Q9001/with/Q9399)" aria-label="(\d+) event', page).groups()
    both = reader.get(href).text
    assert f"{number} event" in text_of(both)
    assert both.count('<li class="record">') >= int(number)


def test_claims_of_others_about_an_actor_stand_on_its_page(client: TestClient, store: Store) -> None:
    store.add(coded("Sona claimed that Arman visited Georgia on 2024-05-09.", id="d7"))
    (claim,) = [one.id for one in store.claims(document="d7")]
    page = client.get("/actors/Q9001").text
    assert f"/records/{claim}" in page.partition("Claims about")[2]
    assert "Claims about" not in client.get("/actors/Q9002").text  # Sona's own claim


def test_register_names_its_filters_by_what_they_are_there(reader: TestClient) -> None:
    agreements, claims = text_of(reader.get("/agreements").text), text_of(reader.get("/claims").text)
    assert "stage" in agreements
    assert "Another party" in agreements
    assert "To whom" not in claims
    (stage,) = set(re.findall(r'href="(/agreements\?mode=\w+)"', reader.get("/agreements").text))
    assert "1 happening" in text_of(reader.get(stage).text)


def test_actor_page_has_names_with_evidence_and_partners(reader: TestClient) -> None:
    page = reader.get("/actors/Q9001").text
    assert "Arman Seitov" in page
    assert "/actors/Q9399" in page


def test_search_finds_words_and_marks_them(reader: TestClient) -> None:
    page = reader.get("/search?q=shelled").text
    assert "<b>shelled</b>" in page
    assert "/articles/d3" in page


def test_facets_narrow_and_widen(reader: TestClient) -> None:
    page = reader.get("/events").text
    assert "/events?type=ASSAULT" in page
    narrowed = reader.get("/events?type=ASSAULT").text
    assert '<a href="/events" aria-current="true">ASSAULT' in narrowed
    assert "ASSAULT" in text_of(narrowed)


def test_next_page_goes_on_where_the_first_ended(client: TestClient, store: Store) -> None:
    store.add([coded(f"Arman visited Georgia on 2024-01-{n:02}.", id=f"more{n}") for n in range(1, 29)])
    store.add([coded(f"Sona visited Georgia on 2024-02-{n:02}.", id=f"again{n}") for n in range(1, 29)])
    seen: list[str] = []
    path: str | None = "/events"
    while path:
        page = client.get(path).text
        seen += re.findall(r'href="/records/(ev_[0-9a-f]+)"', page)
        link = re.search(r'<a rel="next" href="([^"]+)"', page)
        path = link[1].replace("&amp;", "&") if link else None
    assert len(seen) == len(set(seen)) == len(store.events())


def test_diff_of_two_runs(client: TestClient, store: Store) -> None:
    store.add(coded(VISIT, id="d1", provenance=NEWER, categories={"visited": "threatened"}), recode=True)
    new, old = store.runs()[0].id, store.runs()[-1].id
    assert "1 report coded by both" in text_of(client.get(f"/diff?before={old}&after={new}").text)


def test_home_tells_what_is_new_since_the_last_visit(client: TestClient, store: Store, monkeypatch) -> None:
    assert "first visit" in client.get("/").text
    store.add(coded("Sona visited Armenia on 2024-06-01.", id="d9"))
    later = time.time() + 3600
    monkeypatch.setattr("dragoman.web.pages.home.time.time", lambda: later)
    assert "1 report, 1 new event; 0 decisions." in text_of(client.get("/").text)
    page = client.get("/news").text
    assert "New events: 1" in text_of(page)
    assert "/articles/d9" in page
    assert "/articles/d1" not in page


def test_report_that_is_coded_again_is_not_new(client: TestClient, store: Store, monkeypatch) -> None:
    client.get("/")
    store.add(coded(VISIT, id="d1", provenance=NEWER, categories={"visited": "threatened"}), recode=True)
    later = time.time() + 3600
    monkeypatch.setattr("dragoman.web.pages.home.time.time", lambda: later)
    assert "Nothing came." in text_of(client.get("/").text)


def test_happening_that_was_told_before_is_not_new(client: TestClient, store: Store, monkeypatch) -> None:
    client.get("/")
    store.add(coded(VISIT, id="d8"))
    clusters = {entry.cluster for entry in store.records(document="d8").entries()}
    assert clusters <= {entry.cluster for entry in store.records(document="d1").entries()}
    later = time.time() + 3600
    monkeypatch.setattr("dragoman.web.pages.home.time.time", lambda: later)
    assert "1 report; 0 decisions." in text_of(client.get("/").text)


@pytest.mark.parametrize("path", ["/articles/none", "/records/none", "/actors/none", "/runs/r-none", "/happenings/x"])
def test_unknown_things_are_not_found(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "none" in answer.text or "no run" in answer.text or "x" in answer.text


@pytest.mark.parametrize(
    "path", ["/events?since=soon", "/events?min_conf=2", "/dyads/arm1/KAZ", "/events?status=odd", "/review?order=odd"]
)
def test_values_that_make_no_sense_are_refused_with_a_reason(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 400
    assert re.search(r"expected|is not one of", answer.text)


def test_every_word_that_was_looked_for_is_marked_in_the_report(reader: TestClient) -> None:
    page = reader.get("/search?q=arman+georgia").text
    assert "<b>Arman</b>" in page
    assert "<b>Georgia</b>" in page


def test_list_is_had_as_a_file_in_four_formats(reader: TestClient) -> None:
    page = reader.get("/events?source=KAZ").text
    for suffix in ("csv", "jsonl", "parquet", "geojson"):
        href = f"/api/v1/events.{suffix}?source=KAZ&limit=all"
        assert f'href="{href.replace("&", "&amp;")}"' in page
        assert reader.get(href).status_code == 200


def test_whom_several_mentions_name_stands_once_in_a_line() -> None:
    armenia = ActorLink(text="Armenia", span=None, actor_id="Q399", name="Armenia", country="ARM")
    pieces = actors((armenia, replace(armenia, text="Yerevan"), ActorLink(text="her guest", span=None)))
    assert [piece.text for piece in pieces] == ["Armenia (ARM)", ", ", "her guest"]


def test_actor_who_is_only_cited_has_a_page_too(client: TestClient, store: Store) -> None:
    one = coded("Arman visited Armenia.", id="d9")
    cited = ActorLink(text="KHARTOUM", span=Span(0, 5), actor_id="Q1049", name="Sudan", country="SDN", kind="state")
    said = Attribution(by=AttributedTo.NAMED, speaker=cited)
    records = tuple(replace(record, attribution=said) for record in one.coding.records)
    store.add([replace(one, coding=replace(one.coding, records=records))])
    assert 'href="/actors/Q1049"' in client.get("/records").text
    page = client.get("/actors/Q1049")
    assert (page.status_code, '<h1 dir="auto">Sudan</h1>' in page.text) == (200, True)
    assert 'href="/records?attributed_to=Sudan"' in page.text
    assert "1 happening" in client.get("/records?attributed_to=Sudan").text
    assert client.get("/actors/Q1048").status_code == 404
