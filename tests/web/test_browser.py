"""The page in a real browser: headless Chromium of Debian, driven by Playwright. `pytest -m browser` runs these alone.

Needs `chromium` on the path and the extra `browser`; `.ci/run` installs both. Where they are missing, the tests are
skipped and say so; with DRAGOMAN_BROWSER=required they fail instead.
"""

import importlib.util
import os
import shutil
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from dragoman.store import Store, open_store
from dragoman.types.review import Judgement, Verdict
from dragoman.web import WebOptions, create_app
from dragoman.web.pages.actor_facts import partners_of
from dragoman.web.pages.routes import add_routes

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PARTS = ("playwright", "axe_playwright_python", "uvicorn")
_MISSING = [name for name in _PARTS if importlib.util.find_spec(name) is None] + ([] if CHROMIUM else ["chromium"])
if _MISSING and os.environ.get("DRAGOMAN_BROWSER") == "required":
    raise RuntimeError(f"DRAGOMAN_BROWSER=required, but these are missing: {', '.join(_MISSING)}")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.model,
    pytest.mark.skipif(bool(_MISSING), reason=f"no browser to drive: {', '.join(_MISSING)} missing"),
]
EXAMPLES = Path(__file__).parents[2] / "examples"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Watched:
    """A page of the browser that remembers what went wrong."""

    def __init__(self, context: Any, base: str) -> None:
        self.page = context.new_page()
        self.base = base
        self.wrong: list[str] = []
        self.page.on(
            "console", lambda message: message.type in ("error", "warning") and self.wrong.append(message.text)
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda asked: asked.url.startswith(base) or self.wrong.append(f"off host: {asked.url}"))

    def open(self, path: str) -> Any:
        answer = self.page.goto(self.base + path)
        assert answer.status == 200, path
        return self.page

    def sign(self, name: str) -> None:
        self.open("/review")
        self.page.fill("#reviewer", name)
        self.page.click("main button")
        self.page.wait_for_selector("#card")

    def violations(self) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        # Of rules that are kept, axe need not gather every element.
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response
        assert found["passes"], "axe looked at nothing"
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The examples, coded by the shipped coder; the visit comes first."""
    from dragoman.ingest.options import ReadOptions
    from dragoman.store import IngestOptions

    with open_store(tmp_path_factory.mktemp("browser") / "record.dragoman", create=True) as opened:
        from datetime import date

        options = IngestOptions(read=ReadOptions(published=date(2024, 4, 16)))
        done = opened.ingest([EXAMPLES / "visit.txt"], options=options)
        assert done.new == 1
        yield opened


@pytest.fixture(scope="module")
def base(store: Store) -> Iterator[str]:
    """The address of a running server."""
    import uvicorn

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(store, WebOptions(reads=0, writes=0))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        # Root, as in CI, has no sandbox to offer; every page shown is our own.
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def watched(chromium: Any, base: str) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = Watched(context, base)
    yield page
    assert page.wrong == []
    context.close()


def document_of(store: Store) -> str:
    return next(store.documents()).id


def test_first_report_from_the_text_to_the_dyad_by_keys(watched: Watched, store: Store) -> None:
    watched.sign("ada")
    document = document_of(store)
    page = watched.open(f"/articles/{document}")
    assert page.locator("s.furniture").inner_text() == "Leave a review"
    page.keyboard.press("j")
    card = page.evaluate("document.activeElement.dataset.r")
    assert page.locator(f"mark.on[data-r~='{card}']").count() >= 1
    page.locator("mark[data-r]").first.hover()
    assert page.locator(".card.on").count() >= 1

    dyad = watched.open("/dyads/ARM/KAZ")
    before = dyad.locator(".lead").inner_text()
    page = watched.open(f"/review?order=report&document={document}")
    decided = []
    for key in ("a", "x", "x", " ", "a"):
        line = page.locator("#decide").get_attribute("action")
        page.keyboard.press(key)
        page.wait_for_function(
            "before => document.getElementById('decide').getAttribute('action') !== before", arg=line
        )
        decided.append(line.removeprefix("/review/"))
    verdicts = [store.verdicts(id) for id in decided]
    assert [bool(one) for one in verdicts] == [True, True, True, False, True]
    assert {one.reviewer for found in verdicts for one in found} == {"ada"}
    page.keyboard.press("u")
    page.wait_for_function("id => document.getElementById('decide').action.includes(id)", arg=decided[4])

    for entry in list(store.dyad("ARM", "KAZ").events().entries()):
        page = watched.open(f"/review/{entry.record.id}?order=report&document={document}")
        page.keyboard.press("x")
        page.wait_for_function("id => !document.getElementById('decide')?.action.includes(id)", arg=entry.record.id)
    after = watched.open("/dyads/ARM/KAZ").locator(".lead").inner_text()
    assert after != before
    assert after.startswith("0 happenings")
    assert "joint statement" in watched.open("/agreements").locator("main").inner_text()


def test_a_key_changes_the_category_and_typing_in_a_field_decides_nothing(watched: Watched, store: Store) -> None:
    watched.sign("ben")
    event = next(record for record in store.events() if store.entry(record.id).review == "open")
    page = watched.open(f"/review/{event.id}")
    page.keyboard.press("n")
    page.keyboard.type("axs 1")
    assert page.locator("#note").input_value() == "axs 1"
    assert store.verdicts(event.id) == ()
    page.keyboard.press("Escape")
    key = "1" if page.locator("[data-key='1']").get_attribute("value") != event.category else "2"
    expected = page.locator(f"[data-key='{key}']").get_attribute("value")
    page.keyboard.press(key)
    page.wait_for_function("id => !document.getElementById('decide')?.action.includes(id)", arg=event.id)
    assert store.entry(event.id).record.category == expected
    assert store.verdicts(event.id)[0].note == "axs 1"


def test_keys_can_be_switched_off(watched: Watched, store: Store) -> None:
    watched.sign("ada")
    page = watched.open("/review")
    card = page.locator("#decide").get_attribute("action")
    page.click("[data-toggle-keys]")
    assert page.locator("#keys-state").inner_text() == "Keys are off."
    page.locator("h1").click()
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert page.locator("#decide").get_attribute("action") == card


def test_review_works_without_scripts(chromium: Any, base: str, store: Store) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = Watched(context, base)
    page.sign("carla")
    action = page.page.locator("#decide").get_attribute("action")
    with page.page.expect_navigation():
        page.page.click("#decide button[value=accept]")
    assert [one.reviewer for one in store.verdicts(action.removeprefix("/review/"))] == ["carla"]
    assert page.wrong == []
    context.close()


def test_server_that_is_gone_keeps_nothing_and_says_so(watched: Watched, store: Store) -> None:
    watched.sign("ada")
    page = watched.open("/review")
    number = len(store.verdicts())
    page.context.set_offline(True)
    page.keyboard.press("a")
    page.wait_for_selector(".conflict")
    assert "not kept" in page.locator(".conflict").inner_text()
    assert len(store.verdicts()) == number
    watched.wrong.clear()  # the broken connection is told on the console, as it should be


def test_next_card_comes_within_a_tenth_of_a_second_or_so(watched: Watched, store: Store) -> None:
    """The benchmark measures it on a quiet machine; here only that nothing takes seconds."""
    watched.sign("dora")
    page = watched.open("/review?order=blind")
    times = []
    for _ in range(5):
        line = page.locator("#decide").get_attribute("action")
        start = time.perf_counter()
        page.keyboard.press("a")
        page.wait_for_function(
            "before => document.getElementById('decide')?.getAttribute('action') !== before", arg=line
        )
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 2


def settle(store: Store, number: int) -> list[str]:
    """Has two people agree on so many open events and differ on one more; the agreed ones."""
    events = [one.id for one in store.events(review="open") if not store.verdicts(one.id)][: number + 1]
    for place, event in enumerate(events):
        for name in ("berta", "cyril"):
            verdict = Verdict(
                id=f"v-{name}-{event}",
                record=event,
                document=store.entry(event).document,
                reviewer=name,
                decided_at="2026-01-02T03:04:05.000+00:00",
                judgement=Judgement.REJECT if place == number and name == "cyril" else Judgement.ACCEPT,
                note="as the headline says",
            )
            store.add_verdict(verdict, blind=True)
    return events[:number]


def test_training_goes_by_keys_and_keeps_nothing(watched: Watched, store: Store) -> None:
    agreed = settle(store, 2)
    before = store.verdicts()
    watched.sign("nora")
    page = watched.open("/training")
    answered = {}
    while page.locator("#decide").count():
        card = page.locator("#decide").get_attribute("action").removeprefix("/training/")
        page.keyboard.press("x" if card == agreed[0] else "a")
        page.wait_for_selector("[data-say]")
        answered[card] = page.locator("main").inner_text()
        page.keyboard.press(" ")
        page.wait_for_load_state()
        page.wait_for_selector("#decide, table")
    assert "Not the agreed decision" in answered[agreed[0]]
    assert "The same as agreed" in answered[agreed[1]]
    assert all("as the headline says" in answered[card] for card in agreed)
    assert f"of {len(answered)} answers" in page.locator(".lead").inner_text()
    assert store.verdicts() == before


def test_pointing_at_words_brings_their_card_into_view_and_the_other_way_round(watched: Watched, store: Store) -> None:
    page = watched.open(f"/articles/{document_of(store)}")
    seen = (
        "card => { const pane = card.closest('.cards').getBoundingClientRect(), box = card.getBoundingClientRect();"
        " return box.top < pane.bottom && box.bottom > pane.top; }"
    )
    last = page.locator(".cards .card").last
    assert not last.evaluate(seen)
    page.locator(f"mark[data-r~='{last.get_attribute('data-r')}']").first.hover()
    assert last.evaluate(seen)
    assert "on" in last.get_attribute("class").split()


def paths_of(store: Store) -> list[str]:
    """Every page, with something on it."""
    event = next(iter(store.events()))
    actor = next(link.actor_id for one in store.events() for link in one.sources if link.actor_id)
    document, cluster, run = document_of(store), store.entry(event.id).cluster, store.runs()[0].id
    partner = next(iter(partners_of(store, actor))).id
    return [
        *("/", "/news", f"/articles/{document}", f"/codings/{document}", f"/add/{document}", f"/records/{event.id}"),
        *(f"/happenings/{cluster}", "/records", "/events", "/agreements", "/claims", "/positions", "/projects"),
        *("/memberships", "/dyads", "/dyads/ARM/KAZ", "/dyads/FJI/KAZ", "/actors", f"/actors/{actor}"),
        *(f"/actors/{actor}/with/{partner}", "/search", "/search?q=joint+statement", "/search?q=nowhere", "/map"),
        *("/network", "/runs", f"/runs/{run}", f"/diff?before={run}&after={run}", "/codebook", "/review"),
        *(f"/review/{event.id}", f"/review?order=report&document={document}", "/review?order=blind"),
        *("/review?order=dyads", "/training"),
        *("/sample", "/agree", "/agree/category", "/agree/category?same=1", "/help", "/api", "/login"),
    ]


def test_every_page_is_among_those_that_are_checked(store: Store) -> None:
    app = FastAPI()
    add_routes(app)
    paths = [path.partition("?")[0] for path in paths_of(store)]
    reads = [route for route in app.routes if isinstance(route, APIRoute) and "GET" in route.methods]
    unseen = {route.path for route in reads if not any(route.path_regex.fullmatch(path) for path in paths)}
    # An icon, and an address that only leads back to /training.
    assert unseen == {"/favicon.ico", "/training/{id}"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_breaks_a_rule_of_wcag(
    chromium: Any, base: str, store: Store, scheme: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.web.pages.home._VISIT", -1)  # each request for home is another visit
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    watched = Watched(context, base)
    watched.sign("eva")
    for _ in range(2):
        watched.open("/")
    settle(store, 1)
    found = []
    for path in paths_of(store):
        page = watched.open(path)
        found += faults_of(watched, path)
    page = watched.open("/training")
    page.keyboard.press("x")
    page.wait_for_selector("[data-say]")
    found += faults_of(watched, "/training, answered")
    assert found == []
    assert watched.wrong == []
    context.close()


def faults_of(watched: Watched, path: str) -> list[str]:
    """What is wrong with the page that is shown."""
    wide = watched.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*(f"{path} {one}" for one in watched.violations()), *([f"{path} is wider than the window"] if wide else [])]


def test_page_that_is_not_there_breaks_no_rule_either(watched: Watched) -> None:
    watched.page.goto(watched.base + "/records/none")
    assert watched.violations() == []
    watched.wrong.clear()  # the browser tells of every 404 on its console
