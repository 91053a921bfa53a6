"""Which page lives where."""

from collections.abc import Callable

from fastapi import FastAPI
from starlette.responses import FileResponse, Response

from dragoman.web.pages import (
    actor,
    agree,
    article,
    dyad,
    home,
    lists,
    login,
    machine,
    maps,
    network,
    news,
    search,
)
from dragoman.web.pages.reviewing import adding, beside, happening, review, sample
from dragoman.web.training import pages as training


def add_routes(app: FastAPI) -> None:
    """All pages. None of them is part of the API's description."""
    reads: dict[str, Callable[..., Response]] = {
        "/": home.home,
        "/news": news.news,
        "/articles/{id:path}": article.article,
        "/add/{id:path}": adding.form,
        "/codings/{id:path}": beside.beside,
        "/records/{id}": happening.record,
        "/happenings/{id}": happening.happening,
        "/dyads": dyad.dyads,
        "/dyads/{one}/{other}": dyad.dyad,
        "/actors": actor.actors,
        "/actors/{id}": actor.actor,
        "/actors/{id}/with/{other}": actor.together,
        "/search": search.search,
        "/map": maps.map_page,
        "/network": network.network,
        "/runs": machine.runs,
        "/runs/{id}": machine.run,
        "/diff": machine.diff,
        "/codebook": machine.codebook,
        "/api": machine.api,
        "/help": machine.help_page,
        "/review": review.next_one,
        "/review/{id}": review.one,
        "/training": training.training,
        "/training/{id}": training.card,
        "/agree": agree.agree,
        "/agree/{field}": agree.records_of,
        "/sample": sample.sample,
        "/login": login.form,
    }
    for path, page in reads.items():
        app.add_api_route(path, page, methods=["GET", "HEAD"], include_in_schema=False, response_model=None)
    for kind in lists.TITLES:
        app.add_api_route(
            f"/{kind}s", lists.page_of(kind), methods=["GET", "HEAD"], include_in_schema=False, response_model=None
        )
    writes: dict[str, Callable[..., Response]] = {
        "/review/{id}": review.decide,
        "/undo": review.undo,
        "/training": training.again,
        "/training/{id}": training.answer,
        "/add/{id:path}": adding.add,
        "/join": happening.join,
        "/follow": dyad.follow,
        "/name": login.name,
        "/login": login.enter,
        "/logout": login.leave,
    }
    for path, handler in writes.items():
        app.add_api_route(path, handler, methods=["POST"], include_in_schema=False, response_model=None)
    app.add_api_route("/favicon.ico", favicon, methods=["GET"], include_in_schema=False, response_model=None)


def favicon() -> Response:
    """The sign of the site; browsers ask for it at this place."""
    from importlib.resources import files

    return FileResponse(str(files("dragoman.web") / "static" / "favicon.svg"), media_type="image/svg+xml")
