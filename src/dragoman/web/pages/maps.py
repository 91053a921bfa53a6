"""The map: where events happened, beside a table with the same numbers."""

from starlette.requests import Request
from starlette.responses import Response

from dragoman.codec import parse_json
from dragoman.store import Store
from dragoman.store.filters import latest
from dragoman.web.charts import Spot, draw_map
from dragoman.web.counting import read_precision
from dragoman.web.site import link, show, site_of

_SPOTS = 60


def map_page(request: Request) -> Response:
    """Events by place."""
    site = site_of(request)
    spots = site.pulse.recall("spots", lambda: find_spots(site.store))
    return show(
        request,
        "map.html",
        spots=spots,
        chart=draw_map(spots, title="Events by place"),
        unplaced=site.pulse.recall("unplaced", lambda: _unplaced(site.store)),
        precision=read_precision(site.store, site.pulse),
    )


def find_spots(store: Store) -> tuple[Spot, ...]:
    """The places with most events; precision and claimants are read off one of the records."""
    sql = (
        "SELECT e.place, e.latitude, e.longitude, count(DISTINCT e.cluster), max(e.record)"
        f" {latest(store.engine.dialect, 'entry_place')}"
        " WHERE e.kind = 'event' AND e.latitude IS NOT NULL AND e.review <> 'rejected'"
        " GROUP BY e.place, e.latitude, e.longitude ORDER BY 4 DESC, 1 LIMIT ?"
    )
    rows = store.engine.read(sql, (_SPOTS,))
    spots = []
    for place, latitude, longitude, number, record in rows:
        body = store.engine.read("SELECT body FROM record WHERE key = ?", (record,))[0][0]
        found = parse_json(str(body)).get("place") or {}
        spots.append(
            Spot(
                name=str(place),
                latitude=float(latitude or 0),
                longitude=float(longitude or 0),
                events=int(number or 0),
                precision=str(found.get("precision") or ""),
                disputed=tuple(str(name) for name in found.get("disputed") or ()),
                href=link("/events", place=str(place)),
            )
        )
    return tuple(spots)


def _unplaced(store: Store) -> int:
    sql = (
        f"SELECT count(*) FROM (SELECT e.cluster {latest(store.engine.dialect, 'entry_happening')}"
        " WHERE e.kind = 'event' AND e.latitude IS NULL AND e.review <> 'rejected' GROUP BY e.cluster) happening"
    )
    return int(store.engine.read(sql)[0][0] or 0)
