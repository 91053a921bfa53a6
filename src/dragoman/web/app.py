"""The application: parts put together, routes added, errors given one shape."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from dragoman.store import Store, open_store
from dragoman.store.engine import SqliteEngine
from dragoman.types.coding import CoderLike
from dragoman.web.access import Access
from dragoman.web.api import routes as api
from dragoman.web.audit import Audit
from dragoman.web.errors import add_handlers
from dragoman.web.guard import Guard
from dragoman.web.intake import Intake
from dragoman.web.options import WebOptions
from dragoman.web.pages import routes as pages
from dragoman.web.pulse import Pulse
from dragoman.web.site import Site, make_templates
from dragoman.web.snapshots import Snapshots
from dragoman.web.warming import start_warming


def create_app(store: str | Path | Store, options: WebOptions | None = None) -> FastAPI:
    """The application over a store or its place.

    Raises:
        StoreError: no store there.
    """
    opened = store if isinstance(store, Store) else open_store(store)
    site = make_site(opened, options or WebOptions())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        warming = start_warming(site.templates)
        yield
        warming.join()
        site.pulse.close()

    app = FastAPI(
        title="dragoman",
        version=version("dragoman"),
        description="Who did what to whom, when, where, according to whom: the record of a store, as JSON.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # FastAPI's own page loads its scripts from another host; /api describes the API instead
        redoc_url=None,
        lifespan=lifespan,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    app.state.site = site
    app.mount("/static", StaticFiles(directory=str(files("dragoman.web") / "static")), name="static")
    api.add_routes(app)
    pages.add_routes(app)
    add_handlers(app)
    app.add_middleware(Guard, site=site)
    return app


def make_site(store: Store, options: WebOptions) -> Site:
    """The parts that handlers share."""
    return Site(
        store=store,
        options=options,
        access=Access(options.access or access_file(store)),
        audit=Audit(_beside(store, "audit")),
        pulse=Pulse(store),
        snapshots=Snapshots(_beside(store, "snapshots")),
        intake=Intake(
            store,
            options.open_coder or (lambda: _open_coder(store)),
            longest=options.longest_report,
            seconds=options.coding_seconds,
        ),
        templates=make_templates(),
    )


def access_file(store: Store) -> Path:
    """Where tokens of a store are kept."""
    return _beside(store, "access")


def _beside(store: Store, what: str) -> Path:
    """A name beside the store's file, or in the working folder for a database server."""
    engine = store.engine
    if isinstance(engine, SqliteEngine):
        return engine.path.with_name(f"{engine.path.name}.{what}")
    return Path(f"dragoman.{what}")


def _open_coder(store: Store) -> CoderLike:
    from dragoman.coder import Coder
    from dragoman.learned import history_file, layer_in_use

    return Coder.open(learned=layer_in_use(history_file(store.place)))
