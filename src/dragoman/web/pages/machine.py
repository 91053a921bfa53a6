"""What made the records: runs, differences between runs, the codebook; and how programs and hands use this site."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.errors import CodebookError, InputError
from dragoman.store import Store
from dragoman.store.filters import latest
from dragoman.web.site import show, site_of


def runs(request: Request) -> Response:
    """All runs, the newest first."""
    return show(request, "runs.html", runs=site_of(request).store.runs())


def run(request: Request, id: str) -> Response:
    """One run: inputs, versions, settings, what failed and why."""
    return show(request, "run.html", run=site_of(request).store.run(id))


def diff(request: Request) -> Response:
    """What a run added, changed and withdrew against another."""
    before, after = (request.query_params.get(name, "").strip() for name in ("before", "after"))
    if not before or not after:
        raise InputError("diff: expected two runs, before and after")
    return show(request, "diff.html", diff=site_of(request).store.diff(before, after), before=before, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A codebook that records of the store follow. `book` is None when it is not at hand here."""

    name: str
    records: int
    book: Codebook | None


def codebook(request: Request) -> Response:
    """The codebooks that the records follow, with the number of events of each category."""
    site = site_of(request)
    used = site.pulse.recall("books", lambda: _books(request))
    counts = site.pulse.recall("categories", lambda: _happenings_by_category(site.store))
    return show(request, "codebook.html", books=used, counts=counts)


def _happenings_by_category(store: Store) -> dict[str, int]:
    found = latest(store.engine.dialect, "entry_happening")
    sql = (
        f"SELECT category, count(*) FROM (SELECT DISTINCT e.category, e.cluster {found} WHERE e.kind = 'event'"
        " AND e.review <> 'rejected') happening GROUP BY category"
    )
    return {str(code): int(number or 0) for code, number in store.engine.read(sql)}


def _books(request: Request) -> tuple[Book, ...]:
    sql = "SELECT k.codebook, sum(k.records) FROM coding k JOIN current c ON c.coding = k.key GROUP BY k.codebook"
    rows = site_of(request).store.engine.read(f"{sql} ORDER BY 2 DESC")
    return tuple(Book(name=str(name), records=int(number or 0), book=_load(str(name))) for name, number in rows)


def _load(name: str) -> Codebook | None:
    try:
        return load_codebook(name.rpartition("-")[0] or name)
    except CodebookError:
        return None


def api(request: Request) -> Response:
    """What programs can ask, drawn from the API's own description."""
    paths = request.app.openapi()["paths"]
    return show(request, "api.html", paths=paths)


def help_page(request: Request) -> Response:
    """Keys, and what the words on the pages mean."""
    return show(request, "help.html")
