"""The page and the HTTP API: `create_app` makes the application that `dragoman serve` runs.

    from dragoman.web import create_app

    app = create_app("caucasus.dragoman")       # an ASGI application, for uvicorn or a test client

Needs the extra `web` (FastAPI, Jinja2, uvicorn). No request leaves the machine; pages work without JavaScript.
"""

from dragoman.web.app import create_app
from dragoman.web.options import WebOptions

__all__ = ["WebOptions", "create_app"]
