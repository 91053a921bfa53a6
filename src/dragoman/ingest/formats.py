"""Which format an input has: by the end of its name, else by how it begins. Pure."""

import re
from collections.abc import Mapping
from pathlib import PurePath

FORMATS: Mapping[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "jsonl": (".jsonl", ".ndjson"),
    "json": (".json",),
    "csv": (".csv", ".tsv"),
}
_BY_ENDING = {ending: name for name, endings in FORMATS.items() for ending in endings}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def format_of(name: str) -> str | None:
    """The format that the file's name says, with or without `.gz`; None when it says none.

    >>> format_of("news/2024-04.jsonl.gz")
    'jsonl'
    """
    path = PurePath(name.lower())
    if path.suffix == ".gz":
        path = path.with_suffix("")
    return _BY_ENDING.get(path.suffix)


def sniff(start: bytes) -> str:
    """The format that the first bytes suggest; plain text when nothing does.

    >>> sniff(b'{"id": 1, "text": "They met."}')
    'jsonl'
    """
    if _HTML.match(start):
        return "html"
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        return "json"
    if start.startswith(b"{"):
        # A JSON object that is spread over lines breaks off at the end of its first line.
        return "jsonl" if start.split(b"\n")[0].rstrip().endswith(b"}") or b"\n" not in start else "json"
    return "text"


def list_endings() -> str:
    """All file endings that are read from a folder, for messages."""
    return " ".join(_BY_ENDING)
