"""How fast the page answers over a large store, and how long the next review card takes from key to screen.

    python benchmarks/web.py --documents 12500             # 100,000 records: every page; 8 clients at once
    python benchmarks/web.py --keep big.dragoman           # the same, filled on the first run and used again afterwards
    python benchmarks/web.py --documents 2000 --browser    # also key press to next card in headless Chromium

Reports are those of `examples/`, replicated with other countries, days and ids as `benchmarks/store.py` does. The
server runs in this process; times are wall times of the client, through the loopback network. Each page is asked for
the first time since the server started, then after each of several changes of the store, a verdict or another report,
which empty its memory of answers, and then unchanged. On a machine that others use too, `--cpu` gives the processor
time of server and client together instead of wall time.
"""

import argparse
import os
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

import httpx2 as httpx
import uvicorn

sys.path.insert(0, str(Path(__file__).parent))
from dragoman.store import Store, open_store
from dragoman.store.rebuilding import refresh_months
from dragoman.store.writing import unpack_line
from dragoman.types.review import Judgement, Verdict
from dragoman.web import WebOptions, create_app
from store import replicate, templates

PAGES = (
    *("/", "/events", "/events?type=CONSULT", "/agreements", "/claims", "/positions", "/records?review=open"),
    *("/dyads", "/dyads/ARM/KAZ", "/actors", "/actors?name=Tokayev", "/map", "/network", "/search?q=joint+statement"),
    "/events?place=@40.1776,44.5126",  # Yerevan, as the map asks for it
    *("/runs", "/codebook", "/review", "/review?order=sample", "/review?order=disagreement", "/agree"),
    *("/api/v1/events?limit=100", "/api/v1/events?source=KAZ&target=ARM", "/api/v1/dyads/ARM/KAZ/series"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=12_500)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--keep", type=Path, default=None, help="a store to be used; filled when it is not there")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        path = given.keep or Path(folder) / "web.dragoman"
        store = open_store(path) if path.exists() else fill(path, given.documents)
        held = store.status()
        print(f"{held.documents:,} reports, {dict(held.records)} records, {held.events:,} happenings")
        clock = time.process_time if given.cpu else time.perf_counter
        serve(store, lambda base: measure(base, store, clock))
        if given.browser:
            serve(store, press)


def fill(path: Path, documents: int) -> Store:
    store = open_store(path, create=True)
    started = time.perf_counter()
    add(store, replicate(templates(), documents))
    print(f"filled in {time.perf_counter() - started:.0f} s")
    return store


def add(store: Store, lines: Iterator[str]) -> None:
    with store.adding(kind="add", provenance=None) as adding:
        while batch := list(islice(lines, 500)):
            adding.add([unpack_line(line) for line in batch])
    # Replicated reports are copies of a few texts, which no clustering has to face: happenings stay those of reports.
    refresh_months(store.engine)


class Changes:
    """What changes the store between two visits: verdicts on records here and there, and further reports."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # Ids of replicated reports go by their number and the seed.
        self._more = replicate(templates(), 10_000, seed=int(time.time()))
        self._numbers = count()
        rows = store.engine.read("SELECT id FROM record WHERE key % 97 = 0 ORDER BY key LIMIT 1000")
        self._records = iter([str(id) for (id,) in rows])

    def judge(self) -> None:
        entry = self._store.entry(next(self._records))
        number = next(self._numbers)
        verdict = Verdict(
            id=f"v-{time.time_ns()}-{number}",
            record=entry.record.id,
            document=entry.document,
            reviewer="bench",
            decided_at=datetime.now(UTC).isoformat(),
            judgement=(Judgement.ACCEPT, Judgement.REJECT)[number % 2],
        )
        self._store.add_verdict(verdict)

    def report(self) -> None:
        add(self._store, islice(self._more, 1))


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


Clock = Callable[[], float]


def measure(base: str, store: Store, clock: Clock) -> None:
    changes = Changes(store)
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        sign(client)
        document = next(store.documents()).id
        slow = 0
        print(f"{'page':45} {'first':>8} {'verdict':>8} {'report':>8} {'median':>8} ms")
        for path in (*PAGES, f"/articles/{document}"):
            first = timed(client, path, clock)
            judged = statistics.median(after(changes.judge, client, path, clock) for _ in range(5))
            told = statistics.median(after(changes.report, client, path, clock) for _ in range(3))
            times = [timed(client, path, clock) for _ in range(7)]
            slow += max(first, judged, told) > 300
            print(f"{path:45} {first:8.0f} {judged:8.0f} {told:8.0f} {statistics.median(times):8.0f}", flush=True)
        print(f"{slow} pages above 300 ms; load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        took = statistics.median(decide(client, clock) for _ in range(30))
        print(f"a decision and the next card: {took:.0f} ms median of 30")
    crowd(base, 8, 5.0)


def after(change: Callable[[], None], client: httpx.Client, path: str, clock: Clock) -> float:
    change()
    return timed(client, path, clock)


def sign(client: httpx.Client) -> None:
    page = client.get("/review").text
    client.post("/name", data={"form_token": hidden(page, "form_token"), "reviewer": "bench", "then": "/review"})


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def timed(client: httpx.Client, path: str, clock: Clock = time.perf_counter) -> float:
    started = clock()
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return 1000 * (clock() - started)


def decide(client: httpx.Client, clock: Clock) -> float:
    page = client.get("/review?order=least_sure").text
    record = re.search(r'action="/review/([^"?]+)" data-swap', page)
    assert record
    names = ("form_token", "seen", "judged", "decision", "order")
    form = {**{name: hidden(page, name) for name in names}, "judgement": "accept"}
    started = clock()
    answer = client.post(f"/review/{record[1]}", data=form)
    assert answer.status_code == 200, answer.text[:300]
    return 1000 * (clock() - started)


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
