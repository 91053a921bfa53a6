"""The map: every mark and number opens exactly its events; nothing is drawn that is not known."""

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.errors import InputError
from dragoman.store import Store
from dragoman.types.where import PlacePrecision
from dragoman.web.mapping.marks import gather
from dragoman.web.mapping.sheet import Sheet, box_around, read_box
from dragoman.web.mapping.spots import Spot
from make_store import coded
from make_web import elements, placed, text_of


def put(store: Store, name: str, latitude: float, longitude: float, number: int = 1, **more: object) -> None:
    """Adds reports of visits at a place, each in a month of its own: the first in April."""
    place = {"name": name, "text": name, "latitude": latitude, "longitude": longitude, "disputed": (), **more}
    for one in range(number):
        who = ("Sona visited Georgia", "Arman visited Armenia", "Georgia visited Kazakhstan")[one]
        month = store.status().documents + 1
        report = coded(f"{who} on 2024-{month:02}-01. {name}.", id=f"{name}-{latitude}-{one}")
        store.add(placed(report, **place))


def spot(latitude: float, longitude: float, **more: object) -> Spot:
    given = {"name": "here", "events": 1, "precision": "city", "country": "", "disputed": (), **more}
    return Spot(latitude=latitude, longitude=longitude, **given)


def number_of(client: TestClient, href: str) -> int:
    """How many happenings the list behind a link has."""
    answer = client.get(unescape(href))
    assert answer.status_code == 200, answer.text[-400:]
    found = re.search(r"([\d,]+) happenings?\b", text_of(answer.text))
    assert found
    return int(found[1].replace(",", ""))


def rows_of(html: str) -> list[tuple[str, str, int]]:
    """The table: address, name and number of each place."""
    found = re.findall(
        r'<tr><th scope="row"><a href="([^"]+)" dir="auto">(.*?)</a></th><td class="n">([\d,]+)</td>', html
    )
    return [(href, name, int(number.replace(",", ""))) for href, name, number in found]


def marks_of(html: str) -> list[tuple[str, str]]:
    """The marks: address and what is said of each."""
    svg = re.search(r'<svg class="chart map".*?</svg>', html, re.DOTALL)
    return re.findall(r'<a href="([^"]+)" tabindex="-1"><title>(.*?)</title>', svg[0]) if svg else []


def test_every_number_opens_as_many_events(client: TestClient, store: Store) -> None:
    put(store, "Niger", 17.6, 8.1, 3, precision=PlacePrecision.COUNTRY)
    put(store, "Nigeria", 9.1, 8.7, 2, precision=PlacePrecision.COUNTRY)
    put(store, "Tripoli", 32.9, 13.2, 2)
    put(store, "Tripoli", 34.4367, 35.8498, 1)
    html = client.get("/map").text
    rows = rows_of(html)
    assert sorted((name, number) for _, name, number in rows) == [
        *(("Niger", 3), ("Nigeria", 2), ("Tripoli", 1), ("Tripoli", 2))
    ]
    for href, name, number in rows:
        assert number_of(client, href) == number, name
    unplaced = re.search(r'<a href="([^"]+)">(\d+) events?</a> (?:has|have) no coordinates', html)
    assert unplaced
    assert number_of(client, unplaced[1]) == int(unplaced[2]) > 0


def test_marks_say_and_open_what_they_stand_for(client: TestClient, store: Store) -> None:
    put(store, "Gyumri", 40.79, 43.85, 2)
    put(store, "Syunik", 39.3, 46.2, precision=PlacePrecision.PROVINCE)
    put(store, "Shusha", 39.76, 46.75, disputed=("ARM", "AZE"))
    marks = {said: href for href, said in marks_of(client.get("/map").text)}
    assert set(marks) == {
        "Gyumri: 2 events, a town or a point",
        "Syunik: 1 event, the middle of a district or province",
        "Shusha: 1 event, a town or a point; claimed by Armenia and Azerbaijan",
    }
    assert {number_of(client, href) for href in marks.values()} == {1, 2}


def test_places_that_cannot_be_told_apart_are_one_mark_that_opens_all(client: TestClient, store: Store) -> None:
    put(store, "Moscow", 55.75, 37.62)
    put(store, "Yerevan", 40.18, 44.51, 3)
    put(store, "Masis", 40.06, 44.43, 1)
    put(store, "Armenia", 40.2, 44.6, 2, precision=PlacePrecision.COUNTRY)
    html = client.get("/map").text
    marks = {said: href for href, said in marks_of(html)}
    said = "3 places close together: Yerevan 3, Armenia 2, Masis 1"
    assert number_of(client, marks[said]) == 6
    assert len(rows_of(html)) == 4
    closer = re.search(r'<a href="([^"]+)">closer', html)
    assert closer
    near = client.get(unescape(closer[1])).text
    assert [said for _, said in marks_of(near)] == [
        "Yerevan: 3 events, a town or a point",
        "Armenia: 2 events, the middle of a country",
        "Masis: 1 event, a town or a point",
    ]
    assert "Moscow" not in near


def test_filters_narrow_the_map_and_what_it_opens(client: TestClient, store: Store) -> None:
    put(store, "Gyumri", 40.79, 43.85, 3)
    html = client.get("/map?since=2024-05&until=2024-06&type=CONSULT").text
    ((href, name, number),) = rows_of(html)
    assert (name, number) == ("Gyumri", 2)
    assert number_of(client, href) == 2
    assert "events.geojson?since=2024-05&amp;until=2024-06&amp;type=CONSULT&amp;limit=all" in html
    assert "No event that fits" in client.get("/map?type=AID").text


def test_rejected_events_are_on_no_map(client: TestClient, store: Store) -> None:
    put(store, "Gyumri", 40.79, 43.85)
    id = next(iter(store.events(place="Gyumri"))).id
    client.post("/api/v1/reviews", json={"record": id, "judgement": "reject", "reviewer": "ada"})
    assert rows_of(client.get("/map").text) == []


def test_no_border_is_drawn_and_that_is_said(client: TestClient, store: Store) -> None:
    put(store, "Gyumri", 40.79, 43.85)
    html = client.get("/map").text
    assert "No borders are drawn" in text_of(html)
    svg = re.search(r'<svg class="chart map".*?</svg>', html, re.DOTALL)
    assert svg
    assert {tag for tag, _ in elements(svg[0]).tags} <= {"svg", "title", "a", "line", "circle", "rect", "text"}
    assert "worldview" not in html


def test_name_from_a_report_is_inert(client: TestClient, store: Store) -> None:
    put(store, "<script>alert(1)</script>\u202e", 1.0, 2.0)
    html = client.get("/map").text
    assert "<script>alert" not in html
    assert "⟨U+202E⟩" in html
    ((href, _, number),) = rows_of(html)
    assert number_of(client, href) == number == 1


@pytest.mark.parametrize("place", ["@", "@1", "@x,y", "@1,2,3", "@ 1,2", "@nan,0", "@none,none", "@1;2"])
def test_coordinates_that_are_none_are_refused(client: TestClient, place: str) -> None:
    answer = client.get("/api/v1/events", params={"place": place})
    assert answer.status_code == 400
    assert "@40.18,44.51" in answer.json()["detail"]


def test_coordinates_find_the_records_of_that_point(client: TestClient, store: Store) -> None:
    put(store, "Gyumri", 40.79, -43.00001)
    found = client.get("/api/v1/events", params={"place": "@40.79,-43.00001"}).json()["items"]
    assert [one["place"]["name"] for one in found] == ["Gyumri"]
    assert client.get("/api/v1/events", params={"place": "@40.79,-43"}).json()["items"] == []
    without = client.get("/api/v1/events", params={"place": "@none"}).json()["items"]
    assert len(without) + 1 == len(client.get("/api/v1/events").json()["items"])


@pytest.mark.parametrize(
    "box", ["1", "1,2,3", "a,b,c,d", "10,0,5,20", "0,20,10,10", "-91,0,0,10", "0,0,91,1", "0,0,10,999", "0,200,1,201"]
)
def test_piece_of_the_globe_that_is_none_is_refused(reader: TestClient, box: str) -> None:
    answer = reader.get("/map", params={"box": box})
    assert answer.status_code == 400
    assert "south,west,north,east" in answer.text


def test_piece_without_a_place_leads_back(client: TestClient, store: Store) -> None:
    put(store, "Gyumri", 40.79, 43.85)
    html = client.get("/map?box=0,0,1,1").text
    assert "in this piece" in html
    assert 'href="/map?"' in html


def test_sheet_is_true_to_scale_along_its_middle() -> None:
    from math import cos, isclose, radians

    sheet = Sheet(read_box("50,10,70,40"))
    east = sheet.at(60, 21)[0] - sheet.at(60, 20)[0]
    south = sheet.at(59, 20)[1] - sheet.at(60, 20)[1]
    assert isclose(east / cos(radians(60)), south, rel_tol=1e-9)


@pytest.mark.parametrize(
    "points",
    [
        *(
            [(0.0, 0.0)],
            [(-18.1, 178.4), (-13.8, -171.8)],
            [(90.0, 0.0), (-90.0, 180.0)],
            [(0.0, -180.0), (0.0, 180.0)],
        ),
        [(10.0, float(degree)) for degree in range(-180, 180, 20)],
        [(60.0, 170.0), (60.0, -170.0), (60.0, 100.0)],
        *([(0.0, -179.9)], [(5.0, 179.9)], [(1.0, 179.9), (2.0, -90.0)]),
    ],
)
def test_every_point_is_on_the_sheet(points: list[tuple[float, float]]) -> None:
    box = box_around(points)
    sheet = Sheet(box)
    asked = read_box(str(box))
    assert asked
    for latitude, longitude in points:
        assert asked.holds(latitude, longitude)
        x, y = sheet.at(latitude, longitude)
        assert 0 <= x <= 760
        assert 0 <= y <= sheet.height <= 561


def test_points_on_both_sides_of_the_180th_meridian_lie_side_by_side() -> None:
    box = box_around([(-18.1, 178.4), (-13.8, -171.8)])
    assert box.east - box.west < 20
    assert box.holds(-13.8, -171.8)
    sheet = Sheet(box)
    assert sheet.at(0, -171.8)[0] > sheet.at(0, 178.4)[0]
    assert {line.degree for line in sheet.meridians()} >= {-180.0, -178.0, 178.0}


def test_one_mark_stands_for_at_most_forty_places() -> None:
    spots = [spot(0.0, 0.001 * number) for number in range(95)]
    marks = gather(spots, Sheet(box_around([(0.0, 0.0), (50.0, 50.0)])))
    assert sorted(len(mark.spots) for mark in marks) == [15, 40, 40]


def test_read_box_says_what_it_takes() -> None:
    assert read_box("") is None
    with pytest.raises(InputError, match="such as 38,43,42,51"):
        read_box("38")


def test_map_has_no_geometry_of_states_in_the_package() -> None:
    folder = Path(__file__).parents[2] / "src" / "dragoman" / "web"
    assert [path.name for path in folder.rglob("*") if path.suffix in (".geojson", ".topojson", ".shp")] == []
