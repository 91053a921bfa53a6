"""A report with its records: highlighted words, cards beside, what is missing said."""

from collections import Counter
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dragoman.store import Entry, Store
from dragoman.store.fold import REVIEWS
from dragoman.types.record import Origin, Record
from dragoman.types.review import Judgement
from dragoman.types.text import Document
from dragoman.web.cards import Card, make_card
from dragoman.web.counting import read_precision
from dragoman.web.pages.reviewing.beside import codings_of
from dragoman.web.queueing import standing
from dragoman.web.site import session_of, show, site_of
from dragoman.web.spans import cut_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChoice:
    """A run that coded this report."""

    id: str
    started: str
    model: str
    records: int


def article(request: Request, id: str) -> Response:
    """The page of one report, in its latest coding or that of the run asked for."""
    site, run = site_of(request), request.query_params.get("run") or None
    store = site.store
    document = store.document(id)
    asked = store.records(document=id, review=REVIEWS)
    found = (asked.where(run=run) if run else asked).order("text").entries()
    entries = [entry for entry in found if not _is_withdrawn(entry)]
    coded = store.coded_document(id, run=run)
    cards = [make_card(entry) for entry in entries]
    return show(
        request,
        "article.html",
        document=document,
        missing=missing_of(document),
        paragraphs=cut_text(document.text, [entry.record for entry in entries], document.furniture),
        cards=cards,
        kinds=sorted(Counter(card.kind for card in cards).items()),
        issues=coded.coding.issues,
        provenance=coded.coding.provenance,
        verdicts=_verdicts(store, document, cards),
        runs=_runs_of(store, id),
        mine=_additions_of(store, entries, session_of(request).reviewer),
        run=run,
        codings=len(codings_of(store, id)),
        precision=read_precision(store, site.pulse),
    )


def _is_withdrawn(entry: Entry[Record]) -> bool:
    """True for a record that a person added and took back, and that nobody else vouches for."""
    return entry.record.origin is Origin.PERSON and entry.review == "rejected" and not entry.version


def _additions_of(store: Store, entries: list[Entry[Record]], reviewer: str) -> dict[str, str]:
    """Records that this reviewer added, with the verdicts that can be taken back."""
    added = [entry.record.id for entry in entries if entry.record.origin is Origin.PERSON]
    return {
        id: verdict.id
        for id in added
        for verdict in standing(store.verdicts(id))
        if verdict.judgement is Judgement.ADD and verdict.reviewer == reviewer
    }


def missing_of(document: Document) -> tuple[str, ...]:
    """What the report does not say of itself."""
    missing = []
    if document.published is None:
        missing.append("date of publication: years that the text does not give stay open")
    if document.publisher is None:
        missing.append("publisher")
    if document.url is None:
        missing.append("address")
    if document.title is None:
        missing.append("headline apart from the text")
    missing.append("byline: reports are kept without one")
    return tuple(missing)


def _verdicts(store: Store, document: Document, cards: list[Card]) -> dict[str, list[str]]:
    """What people said of each record, in words."""
    sql = (
        "SELECT record, reviewer, judgement, coalesce(field, ''), decided_at, note FROM verdict WHERE document = ?"
        " AND record IN (SELECT id FROM entry WHERE document = (SELECT key FROM document WHERE id = ?)) ORDER BY key"
    )
    said: dict[str, list[str]] = {card.id: [] for card in cards}
    for record, reviewer, judgement, field, at, note in store.engine.read(sql, (document.id, document.id)):
        words = f"{reviewer}: {judgement}{f' {field}' if field else ''}, {str(at)[:16].replace('T', ' ')}"
        said.setdefault(str(record), []).append(f"{words} – {note}" if note else words)
    return said


def _runs_of(store: Store, id: str) -> tuple[RunChoice, ...]:
    sql = (
        "SELECT r.id, r.started, k.model, k.records FROM coding k JOIN run r ON r.key = k.run"
        " WHERE k.document = (SELECT key FROM document WHERE id = ?) ORDER BY k.key DESC"
    )
    return tuple(
        RunChoice(id=str(run), started=str(started), model=str(model), records=int(records or 0))
        for run, started, model, records in store.engine.read(sql, (id,))
    )
