"""The map: where events happened, beside a table with the same numbers."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dragoman.web.asking import find_records, read_asked
from dragoman.web.counting import read_precision
from dragoman.web.flows import country_names
from dragoman.web.mapping.drawing import draw_map
from dragoman.web.mapping.marks import SHAPES, draw_key, gather
from dragoman.web.mapping.sheet import Box, Sheet, box_around, read_box
from dragoman.web.mapping.spots import Spot, events_at, find_spots
from dragoman.web.site import show, site_of

_PLACES = 100
# The fields of the form: filter, what it is called there, an example.
_FIELDS = (
    *(("actor", "Who", "KAZ, KAZ:GOV, a name"), ("type", "Category", "CONSULT")),
    *(("since", "From", "2024-04"), ("until", "Until", "2024-05-31")),
)


def map_page(request: Request) -> Response:
    """Events by place: all of them, or those that fit the filters; `box` shows a piece of the globe."""
    site, asked = site_of(request), read_asked(request.query_params.multi_items())
    box = read_box(request.query_params.get("box", ""))
    events = find_records(site.store, asked, "event")
    found = site.pulse.recall(("spots", events.query), lambda: find_spots(site.store, events, _PLACES))
    spots = [one for one in found.shown if box is None or box.holds(one.latitude, one.longitude)]
    narrowed = [pair for pair in asked.pairs if pair[0] not in ("kind", "place")]
    drawn = _drawn(spots, box, narrowed) if spots else {"marks": (), "chart": ""}
    return show(
        request,
        "map.html",
        **drawn,
        spots=spots,
        found=found,
        asked=asked,
        narrowed=narrowed,
        boxed=box is not None,
        fields=_FIELDS,
        names=country_names(),
        legend=_legend(),
        events_at=events_at,
        precision=read_precision(site.store, site.pulse),
    )


def _drawn(spots: list[Spot], box: Box | None, narrowed: list[tuple[str, str]]) -> dict[str, Any]:
    sheet = Sheet(box or box_around([(spot.latitude, spot.longitude) for spot in spots]))
    marks = gather(spots, sheet)
    chart = draw_map(marks, sheet, title="Events by place", names=country_names(), asked=narrowed)
    return {"marks": marks, "chart": chart}


def _legend() -> list[tuple[Any, str]]:
    """Each mark with what it stands for."""
    shapes = [(draw_key(shape), said) for shape, (said, _) in SHAPES.items()]
    several = (draw_key("several"), "several places close together, with their number")
    return [*shapes, several, (draw_key("exact", disputed=True), "claimed by several states")]
