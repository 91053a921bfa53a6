"""How fast the page answers over a large store, and how long the next review card takes from key to screen.

    python benchmarks/web.py --documents 10000             # about 100,000 events: every page, cold and warm; 8 clients
    python benchmarks/web.py --documents 2000 --browser    # also key press to next card in headless Chromium

Reports are those of `examples/`, replicated with other countries, days and ids as `benchmarks/store.py` does. The
server runs in this process; times are wall times of the client, through the loopback network.
"""

import argparse
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import httpx2 as httpx
import uvicorn

sys.path.insert(0, str(Path(__file__).parent))
from dragoman.store import Store, open_store
from dragoman.store.rebuilding import refresh_months
from dragoman.store.writing import unpack_line
from dragoman.web import WebOptions, create_app
from store import replicate, templates

PAGES = (
    *("/", "/events", "/events?type=CONSULT", "/agreements", "/claims", "/positions", "/records?review=open"),
    *("/dyads", "/dyads/ARM/KAZ", "/actors", "/actors?name=Tokayev", "/map", "/network", "/search?q=joint+statement"),
    *("/runs", "/codebook", "/review", "/review?order=sample", "/review?order=disagreement", "/agree"),
    *("/api/v1/events?limit=100", "/api/v1/events?source=KAZ&target=ARM", "/api/v1/dyads/ARM/KAZ/series"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--store", type=Path, default=None, help="a store that is there; nothing is filled")
    parser.add_argument("--browser", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        store = open_store(given.store) if given.store else fill(Path(folder) / "web.dragoman", given.documents)
        held = store.status()
        print(f"{held.documents:,} reports, {dict(held.records)} records, {held.events:,} happenings")
        serve(store, lambda base: measure(base, store, browser=given.browser))


def fill(path: Path, documents: int) -> Store:
    store = open_store(path, create=True)
    started = time.perf_counter()
    lines = replicate(templates(), documents)
    with store.adding(kind="add", provenance=None) as adding:
        while batch := list(islice(lines, 500)):
            adding.add([unpack_line(line) for line in batch])
    # Replicated reports are copies of a few texts, which no clustering has to face: happenings stay those of reports.
    refresh_months(store.engine)
    print(f"filled in {time.perf_counter() - started:.0f} s")
    return store


def serve(store: Store, use: Callable[[str], None]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(store, WebOptions(reads=0, writes=0))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        use(f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join()


def measure(base: str, store: Store, *, browser: bool) -> None:
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        sign(client)
        document = next(store.documents()).id
        slow = 0
        print(f"{'page':45} {'first':>8} {'median':>8} ms")
        for path in (*PAGES, f"/articles/{document}"):
            times = [timed(client, path) for _ in range(8)]
            slow += statistics.median(times) > 300
            print(f"{path:45} {times[0]:8.0f} {statistics.median(times[1:]):8.0f}")
        print(f"{slow} pages above 300 ms")
        print(
            f"a decision and the next card: {statistics.median(decide(client) for _ in range(30)):.0f} ms median of 30"
        )
    crowd(base, 8, 5.0)
    if browser:
        press(base)


def sign(client: httpx.Client) -> None:
    page = client.get("/review").text
    client.post("/name", data={"form_token": hidden(page, "form_token"), "reviewer": "bench", "then": "/review"})


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def timed(client: httpx.Client, path: str) -> float:
    started = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return 1000 * (time.perf_counter() - started)


def decide(client: httpx.Client) -> float:
    page = client.get("/review?order=least_sure").text
    record = re.search(r'action="/review/([^"?]+)" data-swap', page)
    assert record
    names = ("form_token", "seen", "judged", "decision", "order")
    form = {**{name: hidden(page, name) for name in names}, "judgement": "accept"}
    started = time.perf_counter()
    answer = client.post(f"/review/{record[1]}", data=form)
    assert answer.status_code == 200, answer.text[:300]
    return 1000 * (time.perf_counter() - started)


def crowd(base: str, clients: int, seconds: float) -> None:
    """Clients at once, each with a connection of its own."""
    ends = time.perf_counter() + seconds

    def one(number: int) -> list[float]:
        times = []
        with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
            while time.perf_counter() < ends:
                times.append(timed(client, PAGES[(number + len(times)) % len(PAGES)]))
        return times

    with ThreadPoolExecutor(clients) as pool:
        times = sorted(found for part in pool.map(one, range(clients)) for found in part)
    middle, late = times[len(times) // 2], times[int(0.95 * len(times))]
    print(
        f"{clients} clients: {len(times) / seconds:.0f} requests/s, median {middle:.0f} ms, 95 % below {late:.0f} ms,"
        " no error"
    )


def press(base: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(f"{base}/review")
        page.fill("#reviewer", "keys")
        page.click("main button")
        page.wait_for_selector("#card")
        times = [page.evaluate(_PRESS) for _ in range(30)]
        browser.close()
    print(
        f"key press to next card in Chromium: {statistics.median(times):.0f} ms median of 30,"
        f" {max(times):.0f} ms slowest"
    )


# Measured in the page itself: from the key to the frame that shows the next card.
_PRESS = """() => new Promise((done) => {
  const start = performance.now();
  const shown = () => requestAnimationFrame(() => done(performance.now() - start));
  document.addEventListener("dragoman:shown", shown, { once: true });
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
})"""


if __name__ == "__main__":
    main()
