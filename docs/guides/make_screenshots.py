"""Makes the pictures of the guides from the examples, so that they show what the pages are like now.

python docs/guides/make_screenshots.py     # needs the extra browser, Pillow, and Debian's chromium
"""

import io
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from datetime import date
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from dragoman.ingest.options import ReadOptions
from dragoman.store import IngestOptions, Store, open_store
from dragoman.web import WebOptions, create_app

ROOT = Path(__file__).parents[2]
OUT = Path(__file__).parent / "images"
WIDTH, HEIGHT = 1280, 820
COLOURS = 256  # of a picture: enough for text on plain ground, and the files stay small


def main() -> None:
    """Codes the examples into a new store, starts a server over it, and walks the tour."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "record.dragoman", create=True) as store:
        reading = ReadOptions(published=date(2024, 4, 16))
        with chdir(ROOT):  # the pages show where a report was read from
            store.ingest([Path("examples")], options=IngestOptions(read=reading))
        visit = next(one.id for one in store.documents() if one.origin.endswith("visit.txt"))
        with served(store) as base, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            walk(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"), base, visit)
            browser.close()


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The address of a server over the store, which ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(store, WebOptions(reads=0)), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def walk(page: Page, base: str, visit: str) -> None:
    """The tour: look, read a report, decide on three cards by keys, look again."""
    page.goto(base)
    keep(page, "home")
    page.goto(f"{base}/articles/{visit}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    keep(page, "article")
    page.goto(f"{base}/review?order=report&document={visit}")
    page.fill("#reviewer", "ada")
    page.click("main button")
    page.wait_for_selector("#card")
    for key in ("a", "a", "x"):
        seen = page.locator("#decide").get_attribute("action")
        page.keyboard.press(key)
        page.wait_for_function("old => document.querySelector('#decide')?.getAttribute('action') !== old", arg=seen)
    keep(page, "review")
    for name, path in {"dyad": "/dyads/ARM/KAZ", "agreements": "/agreements", "map": "/map"}.items():
        page.goto(base + path)
        keep(page, name)


def keep(page: Page, name: str) -> None:
    """Writes what the window shows, in few colours."""
    page.wait_for_load_state()
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(OUT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
