"""Makes the pictures of `review.md` from the examples, so that they show what the page is like now.

python docs/guides/make_screenshots.py     # needs the extra browser and Debian's chromium
"""

import shutil
import socket
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from dragoman.ingest.options import ReadOptions
from dragoman.store import IngestOptions, open_store
from dragoman.web import WebOptions, create_app

ROOT = Path(__file__).parents[2]
OUT = Path(__file__).parent / "images"


def main() -> None:
    """Starts a server over the examples and takes the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "examples.dragoman", create=True)
        reading = ReadOptions(published=date(2024, 4, 16))
        store.ingest([ROOT / "examples"], options=IngestOptions(read=reading))
        visit = next(one.id for one in store.documents() if one.origin.endswith("visit.txt"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(store, WebOptions(reads=0)), port=port, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            take(f"http://127.0.0.1:{port}", visit)
        finally:
            server.should_exit = True
            thread.join()


def take(base: str, visit: str) -> None:
    """One picture of each page that the guide shows."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 820}, color_scheme="light")
        page.goto(f"{base}/review")
        page.fill("#reviewer", "ada")
        page.click("main button")
        for name, path in {
            "article": f"/articles/{visit}",
            "review": f"/review?order=report&document={visit}",
            "dyad": "/dyads/ARM/KAZ",
        }.items():
            page.goto(base + path)
            if name == "article":
                page.keyboard.press("j")
            page.screenshot(path=OUT / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
