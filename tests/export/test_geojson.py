import json

from shapely.geometry import shape

import make_export


def test_shapely_reads_the_point_of_an_event() -> None:
    (feature,) = json.loads(make_export.write("geojson")[0])["features"]
    point = shape(feature["geometry"])
    assert (point.x, point.y) == (44.5126, 40.1776)


def test_feature_says_how_exactly_the_place_is_known() -> None:
    text, done = make_export.write("geojson")
    collection = json.loads(text)
    properties = collection["features"][0]["properties"]
    assert (collection["type"], properties["precision"], properties["day"]) == (
        "FeatureCollection",
        "city",
        "2024-04-15",
    )
    assert "latitude" not in properties
    assert done.left_out["events without coordinates"] == 5
