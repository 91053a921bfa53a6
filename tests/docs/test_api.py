"""The page on the HTTP API names what there is and nothing else, and its examples work."""

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from dragoman.codec import parse_json
from dragoman.store import Store, open_store
from dragoman.web import WebOptions, create_app
from dragoman.web.access import SCOPES
from dragoman.web.api.formats import MEDIA
from dragoman.web.api.routes import ERRORS
from dragoman.web.asking import FILTERS
from make_store import Coder
from make_web import event_of, fill

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    (curl .*)$", PAGE, re.MULTILINE)
HERE = "http://127.0.0.1:8642"


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The cells of the tables of a section, without their headers."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = [number for number, row in enumerate(cells) if set("".join(row)) == {"-"}]
    return [row for number, row in enumerate(cells) if number not in rules and number + 1 not in rules]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def filters() -> list[str]:
    return [name for row in rows("Filters") for name in names(row[0])]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("docs") / "caucasus.dragoman", create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def described(store: Store) -> Any:
    with TestClient(create_app(store), base_url=HERE) as client:
        return client.get("/api/v1/openapi.json").json()


def test_page_and_description_have_the_same_paths_and_parameters(described: Any) -> None:
    told = {
        (method, path): sorted(
            [name.lower() for name in names(parameters)] + (filters() if parameters.startswith("filters") else [])
        )
        for method, (path,), parameters in ((row[0], names(row[1]), row[2]) for row in rows("Paths"))
    }
    there = {
        (method.upper(), path.removeprefix("/api/v1")): sorted(
            one["name"] for one in about.get("parameters", []) if one["in"] != "path"
        )
        for path, methods in described["paths"].items()
        for method, about in methods.items()
    }
    assert told == there


def test_page_and_description_have_the_same_fields_of_bodies(described: Any) -> None:
    bodies = described["components"]["schemas"]
    assert [names(row[0])[0] for row in rows("Verdicts")] == list(bodies["Review"]["properties"])
    assert [names(row[0])[0] for row in rows("Reports")] == list(bodies["Report"]["properties"])
    judgements = names(next(row[1] for row in rows("Verdicts") if row[0] == "`judgement`"))
    assert sorted(judgements) == sorted(bodies["Judgement"]["enum"])


def test_filters_scopes_formats_and_errors_are_those_of_the_server(described: Any) -> None:
    assert sorted([*filters(), "kind"]) == sorted(FILTERS)
    several = {name for row in rows("Filters") for name in names(row[0]) if row[2] == "yes"}
    types = {one["name"]: str(one["schema"]) for one in described["paths"]["/api/v1/events"]["get"]["parameters"]}
    assert several == {name for name, type in types.items() if "array" in type}
    assert [names(row[0])[0] for row in rows("Who may do what")] == list(SCOPES)
    assert [names(row[0])[0] for row in rows("Pages and formats")] == [f".{name}" for name in MEDIA]
    assert [int(row[0]) for row in rows("Errors")] == sorted(ERRORS)


def test_limits_are_those_of_the_server() -> None:
    options = WebOptions()
    assert f"{options.largest_body:,} bytes" in section("Reports")
    assert f"at most {options.longest_report:,} characters" in section("Reports")
    assert f"after {options.coding_seconds:g} seconds" in section("Reports")
    assert f"{options.reads:g} requests a second that read and {options.writes:g} that write" in PAGE


@pytest.fixture(scope="module")
def served(store: Store) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a real server, and what the examples take from the environment."""
    app = create_app(store, WebOptions(open_coder=Coder))
    with TestClient(app, base_url=HERE) as client:
        snapshot = client.post("/api/v1/snapshots").json()["id"]
    token = app.state.site.access.add("ada", ("admin",))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield address, {"TOKEN": token, "RECORD": event_of(store), "SNAPSHOT": snapshot}
    server.should_exit = True
    thread.join()


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.parametrize("example", EXAMPLES)
def test_example_works(served: tuple[str, dict[str, str]], example: str, tmp_path: Path) -> None:
    address, values = served
    command, _, expected = example.partition("    # ")
    command = command.replace(HERE, address).replace("curl ", "curl -sS -w '%{stderr}%{http_code}' ", 1)
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=values, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr in ((expected,) if expected else ("200", "201")), done.stdout
    written = [*tmp_path.iterdir()]
    assert all(path.stat().st_size > 0 for path in written)
    assert bool(written) == (">" in command)
    assert done.stdout or written


def test_example_of_an_error_is_what_the_server_says(store: Store) -> None:
    example = re.search(r"```json\n(.*?)\n```", section("Errors"), re.DOTALL)
    assert example
    with TestClient(create_app(store), base_url=HERE) as client:
        assert client.get("/api/v1/events?staus=planned").json() == parse_json(example[1])


def test_there_are_examples_of_every_part() -> None:
    assert len(EXAMPLES) >= 12
    for title in ("Filters", "Pages and formats", "Verdicts", "Reports", "Snapshots", "Errors"):
        assert "    curl " in section(title), title
