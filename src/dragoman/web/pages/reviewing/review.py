"""Review: one record, its words, all fields, one key for each decision."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from dragoman.codec import format_json, parse_json
from dragoman.errors import ConflictError, InputError
from dragoman.review import Order
from dragoman.store import Entry, Store
from dragoman.store.fold import shown
from dragoman.types.record import Record
from dragoman.types.review import Judgement, Verdict
from dragoman.types.text import Span
from dragoman.web.cards import make_card
from dragoman.web.changes import read_changes, swapped
from dragoman.web.counting import CURRENT, read_learning, read_precision
from dragoman.web.editing import lay_ground, make_editor
from dragoman.web.forms import Form, read_form
from dragoman.web.queueing import Ask, as_coded, last_decisions, next_ids, quotes_of
from dragoman.web.site import Site, go_to, keep_session, link, path_part, session_of, show, site_of
from dragoman.web.spans import Paragraph, cut_text

_SKIPPED = 20
_NOTE = 2000
_DECISIONS = ("accept", "reject", "unsure", "correct", "swap", "category")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Where a card stands: which order it came from, of which report, and what was just done."""

    order: Order
    document: str
    said: str = ""
    conflict: bool = False


def reviewer_of(request: Request) -> str:
    """The name that verdicts are signed with. Raises InputError when nobody said who they are."""
    token = request.state.token
    name = token.name if token is not None else session_of(request).reviewer
    if not name:
        raise InputError("review: say who you are first, on the page Review; verdicts are signed")
    return str(name)


def next_one(request: Request) -> Response:
    """The next record of the order asked for, or the page that asks for a name, or the end of the queue."""
    site, session = site_of(request), session_of(request)
    where = _where(request.query_params.get("order", ""), request.query_params.get("document", ""))
    name = request.state.token.name if request.state.token else session.reviewer
    if not name:
        return show(request, "review_name.html", then=link("/review", order=where.order, document=where.document))
    ask = Ask(
        order=where.order,
        reviewer=name,
        skipped=session.skipped,
        dyads=session.dyads,
        document=where.document,
    )
    found = next_ids(site.store, site.pulse, ask)
    if not found:
        return show(request, "review_done.html", orders=tuple(Order), where=where, **_around(request, name))
    return _card(request, site.store.entry(found[0]), where, name)


def _where(order: str, document: str) -> Shown:
    if order and order not in tuple(Order):
        raise InputError(f"order {order[:40]!r} is not one of {', '.join(Order)}")
    return Shown(order=Order(order) if order else Order.LEAST_SURE, document=document)


def one(request: Request, id: str) -> Response:
    """One record, chosen by hand."""
    entry = site_of(request).store.entry(id)
    where = _where(request.query_params.get("order", ""), request.query_params.get("document", ""))
    session = session_of(request)
    name = request.state.token.name if request.state.token else session.reviewer
    if not name:
        return show(request, "review_name.html", then=link(f"/review/{path_part(id)}", order=where.order))
    return _card(request, entry, where, name)


def _card(request: Request, entry: Entry[Record], where: Shown, reviewer: str, *, status: int = 200) -> Response:
    site, blind = site_of(request), where.order is Order.BLIND
    return show(
        request,
        "review.html",
        status=status,
        verdicts=() if blind else site.store.verdicts(entry.record.id),
        where=where,
        orders=tuple(Order),
        blind=blind,
        **card_parts(site, entry, blind=blind),
        **_around(request, reviewer),
    )


def card_parts(site: Site, entry: Entry[Record], *, blind: bool) -> dict[str, Any]:
    """What a card shows of a record, and what its form sends back; blind: as the machine coded it."""
    store = site.store
    seen = as_coded(store, entry) if blind else entry
    text, value = store.document(entry.document).text, parse_json(seen.json)
    numbered = site.pulse.keep(("numbered", site.pulse.newest()[0]), lambda: _numbered(store))
    return {
        "card": make_card(seen),
        "editor": make_editor(lay_ground(value, text, near_of(store, entry)), numbered),
        "paragraphs": passage_of(text, seen.record),
        "judged": shown(value, None),
        "decision": "v-" + token_hex(8),
    }


def _around(request: Request, reviewer: str) -> dict[str, Any]:
    site = site_of(request)
    last = last_decisions(site.store, reviewer)
    return {
        "reviewer": reviewer,
        "last": last,
        "quotes": quotes_of(site.store, last),
        "precision": read_precision(site.store, site.pulse),
        "learning": read_learning(site.store, site.pulse),
    }


def near_of(store: Store, entry: Entry[Record]) -> list[Entry[Record]]:
    """The other records of the same report."""
    return [one for one in store.records(document=entry.document).limit(100).entries() if one.key != entry.key]


def _numbered(store: Store) -> tuple[str, ...]:
    """The nine most frequent categories, on the keys 1 to 9."""
    sql = f"SELECT e.category {CURRENT} WHERE e.kind = 'event' GROUP BY e.category ORDER BY count(*) DESC, 1 LIMIT 9"
    return tuple(str(category) for (category,) in store.engine.read(sql))


def passage_of(text: str, record: Record, most: int = 1200) -> tuple[Paragraph, ...]:
    """The paragraph of the record with its words marked, long ones cut around them."""
    start, end = min(span.start for span in record.evidence), max(span.end for span in record.evidence)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    first, last = max(first, start - most), min(last, end + most)
    return cut_text(text[first:last], [_moved(record, first)], (), first=first)


def _moved(record: Record, by: int) -> Record:
    """The record with its spans counted from another place in the text."""
    changes: dict[str, Any] = {"evidence": tuple(_shift(span, by) for span in record.evidence)}
    for name in ("trigger", "topic", "content"):
        span = getattr(record, name, None)
        if isinstance(span, Span):
            changes[name] = _shift(span, by)
    return replace(record, **changes)


def _shift(span: Span, by: int) -> Span:
    return Span(max(0, span.start - by), max(0, span.end - by))


def decide(request: Request, id: str, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Keeps one decision, and shows the next record; when somebody was faster, this one again with what they said."""
    site, reviewer = site_of(request), reviewer_of(request)
    where = _where(form.one("order"), form.one("document"))
    onward = link("/review", order=where.order, document=where.document)
    decision = decision_of(form)
    if decision == "skip":
        session = session_of(request)
        keep_session(request, replace(session, skipped=(*(s for s in session.skipped if s != id), id)[-_SKIPPED:]))
        return go_to(onward)
    entry, blind = site.store.entry(id), where.order is Order.BLIND
    try:
        verdict = read_verdict(site.store, entry, form, decision, reviewer, blind=blind)
        site.store.add_verdict(verdict, seen=None if blind else form.one("seen"), blind=blind)
    except ConflictError as error:
        again = replace(where, said=str(error), conflict=True)
        return _card(request, site.store.entry(id), again, reviewer, status=412)
    return go_to(onward)


def decision_of(form: Form) -> str:
    """The button that was pressed."""
    return form.one("judgement") or ("category" if form.one("category_key") else "")


def read_verdict(
    store: Store, entry: Entry[Record], form: Form, decision: str, reviewer: str, *, blind: bool
) -> Verdict:
    """The verdict that a card's form says. Raises InputError for a decision that is none, or that changes nothing."""
    if decision not in _DECISIONS:
        raise InputError(f"judgement {decision[:40]!r} is not one of {', '.join(_DECISIONS)}, skip")
    changes = _changes(store, entry, form, decision, blind=blind)
    if decision not in ("accept", "reject", "unsure") and not changes:
        raise InputError("correct: nothing was changed; accept the record as it stands, or change a field")
    corrects = decision not in ("accept", "reject", "unsure")
    return Verdict(
        id=decision_id(form.one("decision")),
        record=entry.record.id,
        document=entry.document,
        reviewer=reviewer,
        decided_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        judgement=Judgement.CORRECT if corrects else Judgement(decision),
        # A blind coder judges what the machine said; by now the record may stand otherwise.
        judged=None if blind else form.one("judged") or None,
        value=format_json(changes) if corrects else None,
        note=form.one("note")[:_NOTE],
    )


def _changes(store: Store, entry: Entry[Record], form: Form, decision: str, *, blind: bool) -> dict[str, Any]:
    seen = as_coded(store, entry) if blind else entry
    if decision == "correct":
        text = store.document(entry.document).text
        return read_changes(form, lay_ground(parse_json(seen.json), text, near_of(store, entry)))
    if decision == "swap":
        return swapped(parse_json(seen.json))
    if decision == "category":
        given = form.one("category_key")
        return {"category": given} if given and given != parse_json(seen.json).get("category") else {}
    return {}


def decision_id(given: str) -> str:
    """The id that the form was given when it was shown, so that a second press of a key decides nothing twice."""
    return given if given.startswith("v-") and given[2:].isalnum() and len(given) <= 40 else "v-" + token_hex(8)


def undo(request: Request, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Takes back one of the reviewer's own decisions, and shows its record."""
    store, reviewer = site_of(request).store, reviewer_of(request)
    where = _where(form.one("order"), form.one("document"))
    record, undoes = form.one("record"), form.one("verdict")
    entry = store.entry(record)
    if not any(verdict.id == undoes and verdict.reviewer == reviewer for verdict in store.verdicts(record)):
        raise InputError(f"undo {undoes[:60]!r}: not one of your decisions on record {record}")
    verdict = Verdict(
        id="v-" + token_hex(8),
        record=record,
        document=entry.document,
        reviewer=reviewer,
        decided_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        judgement=Judgement.UNDO,
        undoes=undoes,
    )
    store.add_verdict(verdict)
    then = form.one("then") or link(f"/review/{path_part(record)}", order=where.order, document=where.document)
    return go_to(then)
