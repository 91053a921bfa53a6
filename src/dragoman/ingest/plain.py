"""Plain text and Markdown: one report a file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from dragoman.errors import OriginError
from dragoman.ingest.assemble import assemble
from dragoman.ingest.clean import decode, normalise
from dragoman.ingest.fields import found_in
from dragoman.ingest.options import Found, ReadOptions
from dragoman.ingest.streams import read_all
from dragoman.types.text import Document, Rejected

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_SETTING = re.compile(r"^(\w+)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_LONGEST_HEADLINE = 200
# Lengths are bounded so that a line of nothing but marks takes no longer than any other.
_MARKDOWN = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"^[ \t]{0,3}#{1,6}[ \t]+", ""),  # heading
        (r"^[ \t]{0,3}(?:>[ \t]?)+", ""),  # quotation
        (r"^[ \t]*(?:[-*_][ \t]*){3,}$", ""),  # rule
        (r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)", ""),  # picture
        (r"\[([^\[\]\n]{1,500})\]\([^)\n]{0,2000}\)", r"\1"),  # link
        (r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])", r"\2"),  # emphasis
        (r"(?<!\w)(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)", r"\2"),
    )
)


def read_text(stream: IO[bytes], *, origin: str, options: ReadOptions) -> Iterator[Document | Rejected]:
    """Yields the one report of a plain text file; a first line that looks like a headline is also its title."""
    yield _read_one(stream, origin=origin, options=options, markdown=False)


def read_markdown(stream: IO[bytes], *, origin: str, options: ReadOptions) -> Iterator[Document | Rejected]:
    """Yields the one report of a Markdown file, its marks taken out and its front matter read."""
    yield _read_one(stream, origin=origin, options=options, markdown=True)


def _read_one(stream: IO[bytes], *, origin: str, options: ReadOptions, markdown: bool) -> Document | Rejected:
    try:
        text, note = decode(read_all(stream, limit=options.report_bytes))
    except (ValueError, OriginError) as error:
        return Rejected(origin=origin, reason=str(error))
    found = _strip_markdown(normalise(text)[0]) if markdown else Found(text=text)
    found = replace(found, title=found.title or _headline(found.text), notes=(note,) if note else ())
    return assemble(found, origin=origin, options=options)


def _headline(text: str) -> str | None:
    """The first line, when it is short, ends without punctuation, and more follows."""
    first, _, rest = text.removeprefix("\ufeff").strip().partition("\n")
    first = first.strip()
    if not first or not rest.strip() or len(first) > _LONGEST_HEADLINE or _SENTENCE_END.search(first):
        return None
    return first


def _strip_markdown(text: str) -> Found:
    settings: dict[str, object] = {}
    if match := _FRONT_MATTER.match(text):
        settings = {key: value.strip("\"'") for key, value in _SETTING.findall(match.group(1))}
        text = text[match.end() :].lstrip("\n")
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return found_in({**settings, "text": text}) or Found(text=text)
