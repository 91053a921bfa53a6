"""One record in full, and one happening with all that tell of it; joining and splitting."""

from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_hex
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from dragoman.errors import InputError, RecordNotFoundError
from dragoman.store import Entry, Store
from dragoman.types.cluster import ClusterDecision, Joining
from dragoman.types.record import Record
from dragoman.web.cards import make_card
from dragoman.web.forms import Form, read_form
from dragoman.web.pages.reviewing.review import reviewer_of
from dragoman.web.site import go_to, path_part, session_of, show, site_of


def record(request: Request, id: str) -> Response:
    """The record with its quote in context, its reason, decisions, verdicts and versions."""
    store = site_of(request).store
    entry = store.entry(id)
    document = store.document(entry.document)
    return show(
        request,
        "record.html",
        card=make_card(entry),
        context=context_of(document.text, entry.record),
        verdicts=store.verdicts(id),
        json=entry.json,
        candidates=[make_card(one) for one in similar(store, entry)],
    )


def context_of(text: str, record: Record, around: int = 240) -> tuple[str, str, str]:
    """The text before, of and after the record's words."""
    start, end = min(span.start for span in record.evidence), max(span.end for span in record.evidence)
    first, last = max(0, start - around), min(len(text), end + around)
    return (
        ("…" if first else "") + text[first:start],
        text[start:end],
        text[end:last] + ("…" if last < len(text) else ""),
    )


def similar(store: Store, entry: Entry[Record], most: int = 5) -> list[Entry[Record]]:
    """Records of other happenings that a person may want to join: same kind and day, an actor or category in common."""
    if not entry.day:
        return []
    sql = (
        "SELECT DISTINCT e.id, e.record FROM entry e JOIN current c ON c.coding = e.coding JOIN involved v"
        " ON v.record = e.record WHERE e.kind = (SELECT kind FROM entry WHERE record = ?) AND e.day = ?"
        " AND e.cluster <> ? AND e.review <> 'rejected' AND v.actor <> '' AND v.actor IN"
        " (SELECT actor FROM involved WHERE record = ?) ORDER BY e.record LIMIT ?"
    )
    rows = store.engine.read(sql, (entry.key, entry.day, entry.cluster, entry.key, most))
    return [store.entry(str(id)) for id, _ in rows]


def happening(request: Request, id: str) -> Response:
    """All records of a cluster, by report; why they were joined; where they differ."""
    store = site_of(request).store
    entries = list(store.records(cluster=id).order("text").entries())
    if not entries:
        raise RecordNotFoundError(f"happening {id!r}: the store has none of this id, or all its records were rejected")
    cards = [make_card(entry) for entry in entries]
    reports = {card.document: card.report for card in cards}
    try:
        cluster = store.cluster(id)
    except RecordNotFoundError:
        cluster = None
    decisions = [one for one in store.cluster_decisions() if {card.id for card in cards} & set(one.records)]
    return show(
        request,
        "happening.html",
        id=id,
        cards=cards,
        reports=reports,
        cluster=cluster,
        decisions=decisions,
        mine=_revocable(decisions, session_of(request).reviewer),
    )


def _revocable(decisions: Sequence[ClusterDecision], reviewer: str) -> frozenset[str]:
    """This reviewer's decisions that nobody has decided over since: the last one of each set of records."""
    last = {frozenset(one.records): one for one in decisions}
    return frozenset(one.id for one in last.values() if one.by == reviewer)


def join(request: Request, form: Annotated[Form, Depends(read_form)]) -> Response:
    """A person's decision that records tell of one happening, or that one does not belong with the others."""
    store, reviewer = site_of(request).store, reviewer_of(request)
    records = tuple(dict.fromkeys(form.all("record")))
    joining = form.one("joining")
    if joining not in tuple(Joining) or len(records) < 2:
        raise InputError("join: expected two records or more, and join or split")
    for id in records:
        store.entry(id)
    decision = ClusterDecision(
        id="cd-" + token_hex(8),
        joining=Joining(joining),
        records=records,
        by=reviewer,
        decided_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        note=form.one("note")[:2000],
    )
    store.add_cluster_decision(decision)
    return go_to(f"/happenings/{path_part(store.entry(records[0]).cluster)}")
