"""Requests made from the API's own description, sensible and not: none ends in an error of the server."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from dragoman.store import open_store
from dragoman.web import WebOptions, create_app
from make_store import Coder
from make_web import event_of, fill

EXAMPLES = 30
LISTS = (
    *("records", "events", "agreements", "positions", "claims", "projects", "memberships", "documents", "actors"),
    *("dyads", "reviews", "runs", "codebook", "status", "snapshots", "dyads/{a}/{b}/series"),
)
ONES = (
    "records/{id}",
    "documents/{id}",
    "runs/{id}",
    "happenings/{id}",
    "snapshots/{id}",
    "snapshots/{id}/files/{path}",
)
OPERATIONS = (*(f"GET /{name}" for name in (*LISTS, *ONES)), "POST /reviews", "POST /documents", "POST /snapshots")
_QUIETLY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description of a server over a small store, with ids that are there."""
    with open_store(tmp_path_factory.mktemp("schema") / "s.dragoman", create=True) as store:
        fill(store)
        app = create_app(store, WebOptions(names=("testserver",), reads=0, writes=0, open_coder=Coder))
        with TestClient(app, base_url="http://localhost") as client:
            made = client.post("/api/v1/snapshots").json()
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
        schema.known = {
            "/api/v1/records/{id}": {"id": event_of(store)},
            "/api/v1/documents/{id}": {"id": "d1"},
            "/api/v1/runs/{id}": {"id": store.runs()[0].id},
            "/api/v1/happenings/{id}": {"id": next(store.clusters()).id},
            "/api/v1/snapshots/{id}": {"id": made["id"]},
            "/api/v1/snapshots/{id}/files/{path}": {"id": made["id"], "path": made["files"][0]["path"]},
            "/api/v1/dyads/{a}/{b}/series": {"a": "KAZ", "b": "ARM"},
            "/api/v1/reviews": {"record": event_of(store)},
        }
        yield schema


def test_every_operation_is_tried(described: Any) -> None:
    found = {f"{one.ok().method.upper()} {one.ok().path}" for one in described.get_all_operations()}
    assert found == {name.replace(" /", " /api/v1/", 1) for name in OPERATIONS}


POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
# Where any text is an id, and where nothing can be said at all, no request breaks the description.
BREAKABLE = [name for name in OPERATIONS if not name.endswith(("}", "/status", "/snapshots", "/series"))]


@pytest.mark.parametrize(
    ("mode", "name"), [*((POSITIVE, name) for name in OPERATIONS), *((NEGATIVE, name) for name in BREAKABLE)]
)
def test_no_request_ends_in_an_error_of_the_server(described: Any, mode: Any, name: str) -> None:
    method, _, path = name.partition(" ")
    operation = described[f"/api/v1{path}"][method]
    known = described.known.get(operation.path, {})
    seen: set[int] = set()

    @given(case=operation.as_strategy(generation_mode=mode), there=st.booleans())
    @_QUIETLY
    def ask(case: Any, there: bool) -> None:
        if there:
            if isinstance(case.body, dict):
                case.body.update(known)
            else:
                case.path_parameters.update(known)
        response = case.call()
        seen.add(response.status_code)
        checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance]
        case.validate_response(response, checks=checks)

    ask()
    assert seen
