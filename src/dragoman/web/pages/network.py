"""The network: who deals with whom, beside a table with the same numbers."""

from starlette.requests import Request
from starlette.responses import Response

from dragoman.web.charts import Arc, draw_network
from dragoman.web.counting import read_precision
from dragoman.web.flows import Flow, country_names, find_flows
from dragoman.web.site import show, site_of

_ARCS = 60


def network(request: Request) -> Response:
    """The countries with most counted events between them."""
    site = site_of(request)
    flows = site.pulse.recall("flows", lambda: find_flows(site.store, _ARCS))
    return show(
        request,
        "network.html",
        flows=flows,
        most=_ARCS,
        names=country_names(),
        chart=draw_network([_arc(flow) for flow in flows], title="Who deals with whom"),
        precision=read_precision(site.store, site.pulse),
    )


def _arc(flow: Flow) -> Arc:
    told = f"{flow.one} → {flow.other} {flow.there} events, {flow.other} → {flow.one} {flow.back}"
    return Arc(
        one=flow.one,
        other=flow.other,
        events=flow.events,
        tone=flow.score,
        told=f"{told}, mean score {flow.score:+.1f}",
        href=f"/dyads/{flow.one}/{flow.other}",
    )
