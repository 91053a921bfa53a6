"""The reviewed records of the random sample: what the estimate of how often the coder is right rests on."""

from starlette.requests import Request
from starlette.responses import Response

from dragoman.web.cards import make_card
from dragoman.web.counting import read_precision, sample_ids
from dragoman.web.queueing import rows_of
from dragoman.web.site import show, site_of

_LISTED = 200
_DECIDED = ("accepted", "rejected", "corrected")


def sample(request: Request) -> Response:
    """The page: wrong ones first, since they say what to look out for."""
    site = site_of(request)
    sampled, precision = sample_ids(site.store, site.pulse), read_precision(site.store, site.pulse)
    states = {str(id): str(review) for id, _, review in rows_of(site.store, sampled)}
    # The estimate reads the front of the sample; what was decided behind it was not drawn in turn.
    decided = [id for id in sampled if states.get(id) in _DECIDED][: precision.reviewed]
    order = sorted(decided, key=lambda id: states[id] == "accepted")
    return show(
        request,
        "sample.html",
        cards=[make_card(site.store.entry(id)) for id in order[:_LISTED]],
        number=len(decided),
        right=sum(states[id] == "accepted" for id in decided),
        precision=precision,
    )
