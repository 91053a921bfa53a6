"""Search: reports that hold the words, records in them, and facets."""

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dragoman.store import Count, Store
from dragoman.store.search import documents_matching
from dragoman.web.asking import find_records, read_asked
from dragoman.web.counting import count_facets, read_precision
from dragoman.web.pages.lists import facet_link, group
from dragoman.web.site import show, site_of

_HITS, _AROUND = 20, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A report that holds the words; `parts` are a stretch of its text, True for the words found."""

    id: str
    title: str
    published: str
    publisher: str
    parts: tuple[tuple[str, bool], ...]


def search(request: Request) -> Response:
    """The page of one question, or the empty form."""
    site, asked = site_of(request), read_asked(request.query_params.multi_items())
    records = find_records(site.store, asked)
    pulse, words = site.pulse, asked.one("q")
    return show(
        request,
        "search.html",
        asked=asked,
        words=words,
        number=pulse.recall(("count", records.query), records.count)
        if asked.pairs
        else Count(happenings=0, reports=0, records=0),
        facets=pulse.recall(("facets", records.query), lambda: count_facets(site.store, records))
        if asked.pairs
        else (),
        groups=group(site, records.page(limit=15).entries) if asked.pairs else (),
        hits=pulse.recall(("hits", words), lambda: find_reports(site.store, words)) if words else (),
        actors=site.store.actors(words.strip('"'))[:5] if 3 <= len(words) <= 60 else (),
        precision=read_precision(site.store, pulse),
        facet_link=facet_link,
    )


def find_reports(store: Store, words: str, most: int = _HITS) -> tuple[Hit, ...]:
    """The reports that fit best; on PostgreSQL the newest ones."""
    text, values = documents_matching(store.engine.dialect, words)
    order = " ORDER BY rank" if store.engine.dialect == "sqlite" else " ORDER BY key DESC"
    keys = [row[0] for row in store.engine.read(f"{text}{order} LIMIT ?", [*values, most])]
    if not keys:
        return ()
    marks = ", ".join("?" * len(keys))
    sql = f"SELECT key, id, coalesce(title, origin), published, publisher, text FROM document WHERE key IN ({marks})"
    rows = {row[0]: row for row in store.engine.read(sql, keys)}
    return tuple(_hit(rows[key], words) for key in keys if key in rows)


def _hit(row: tuple[object, ...], words: str) -> Hit:
    _, id, title, published, publisher, text = row
    return Hit(
        id=str(id),
        title=str(title),
        published=str(published or ""),
        publisher=str(publisher or ""),
        parts=snippet(str(text), words),
    )


def snippet(text: str, words: str) -> tuple[tuple[str, bool], ...]:
    """The text around the first of the words, in parts; True marks what was looked for.

    It is the beginning of the text when none of the words stands there as asked.

    >>> snippet("one two three", "two")
    (('one ', False), ('two', True), (' three', False))
    """
    terms = [re.escape(part) for part in re.findall(r"\w+", words)]
    wanted = re.compile(rf"\b({'|'.join(terms)})\b" if terms else "(?!)", re.IGNORECASE)
    match = wanted.search(text)
    start, end = match.span() if match else (0, 0)
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    shown = ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")
    cut = wanted.split(shown) if terms else [shown]
    return tuple((part, place % 2 == 1) for place, part in enumerate(cut) if part)
