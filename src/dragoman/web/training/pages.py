"""The pages of training: a card to answer blind, the answer beside what was agreed, the score of a round."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from dragoman.codec import parse_json
from dragoman.errors import InputError
from dragoman.review import Order
from dragoman.store import Entry, Store
from dragoman.types.record import Record
from dragoman.web.cards import make_card
from dragoman.web.forms import Form, read_form
from dragoman.web.pages.reviewing.review import Shown, card_parts, decision_of, read_verdict, reviewer_of
from dragoman.web.queueing import as_coded, standing
from dragoman.web.site import go_to, keep_session, session_of, show, site_of
from dragoman.web.training.choosing import records_for
from dragoman.web.training.marking import Marked, mark_answer
from dragoman.web.training.progress import Progress, add_answer, next_of, read_progress, write_progress

_NOWHERE = Shown(order=Order.BLIND, document="")


def training(request: Request) -> Response:
    """The next card of the round, or its score, or why there is nothing to train on."""
    if not (request.state.token or session_of(request).reviewer):
        return show(request, "review_name.html", then="/training")
    site, reviewer = site_of(request), reviewer_of(request)
    progress = read_progress(session_of(request).training)
    records = records_for(site, reviewer)
    left = next_of(records, progress)
    if not left:
        return _score(request, progress, len(records))
    return show(
        request,
        "training.html",
        number=len(progress.done) + 1,
        of=len(progress.done) + len(left),
        orders=tuple(Order),
        where=_NOWHERE,
        **card_parts(site, site.store.entry(left[0]), blind=True),
    )


def _score(request: Request, progress: Progress, records: int) -> Response:
    store = site_of(request).store
    return show(
        request,
        "training_score.html",
        progress=progress,
        records=records,
        missed=[make_card(store.entry(id)) for id in progress.wrong if _is_there(store, id)],
        orders=tuple(Order),
        where=_NOWHERE,
    )


def _is_there(store: Store, id: str) -> bool:
    return bool(store.engine.read("SELECT 1 FROM record WHERE id = ? LIMIT 1", (id,)))


def card(request: Request, id: str) -> Response:
    """An answer has no page of its own to come back to: the next card."""
    return go_to("/training")


def answer(request: Request, id: str, form: Annotated[Form, Depends(read_form)]) -> Response:
    """The answer beside what was agreed. It is no verdict: the session keeps the score, the store nothing."""
    site, reviewer = site_of(request), reviewer_of(request)
    if id not in records_for(site, reviewer):
        raise InputError(f"record {id[:60]!r}: not one of the agreed records; begin anew on the page Training")
    entry = site.store.entry(id)
    verdict = read_verdict(site.store, entry, form, decision_of(form), reviewer, blind=True)
    marked = mark_answer(parse_json(as_coded(site.store, entry).json), verdict, parse_json(entry.json), entry.review)
    session = session_of(request)
    progress = add_answer(read_progress(session.training), id, marked)
    keep_session(request, replace(session, training=write_progress(progress)))
    return _compare(request, entry, marked, progress)


def _compare(request: Request, entry: Entry[Record], marked: Marked, progress: Progress) -> Response:
    store = site_of(request).store
    return show(
        request,
        "training_answer.html",
        card=make_card(entry),
        marked=marked,
        progress=progress,
        left=len(next_of(records_for(site_of(request), reviewer_of(request)), progress)),
        verdicts=standing(store.verdicts(entry.record.id)),
        orders=tuple(Order),
        where=_NOWHERE,
    )


def again(request: Request, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Begins another round, with the records after those of this one."""
    session = session_of(request)
    before = read_progress(session.training)
    records = records_for(site_of(request), reviewer_of(request))
    answered = [id for id in records if id in before.done]
    fresh = Progress(after=_last_in_turn(records, answered, before.after))
    keep_session(request, replace(session, training=write_progress(fresh)))
    return go_to("/training")


def _last_in_turn(records: list[str], answered: list[str], after: str) -> str:
    """The answered record that comes last when the order is read from `after` on."""
    start = records.index(after) + 1 if after in records else 0
    turned = [*records[start:], *records[:start]]
    return next((id for id in reversed(turned) if id in answered), after)
