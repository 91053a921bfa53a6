"""Agreement: how far coders agree on each field, what they mix up, which records need a third word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from dragoman.codec import format_json, parse_json
from dragoman.errors import DragomanError, InputError
from dragoman.review import Agreement, Change, Coded, Rating, agreement_of, ratings_of, settlement_of
from dragoman.store import Entry, Store
from dragoman.types.record import Record
from dragoman.types.review import Judgement, Verdict
from dragoman.web.cards import Card, make_card
from dragoman.web.counting import read_precision
from dragoman.web.site import Site, show, site_of
from dragoman.web.telling import fields_of

_LISTED = 50
_LOOKED_AT = 200  # disputes, of which those that are open and those that are settled are listed
_MATRIX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A record on which coders differ, with what each said of the field.

    `settled` says who settled it, or that most coders agree; None while it is open, and where nobody differs.
    """

    card: Card
    field: str
    said: tuple[tuple[str, str], ...]
    settled: str | None


def agree(request: Request) -> Response:
    """The page."""
    site = site_of(request)
    ratings, measured = ratings_in(site), agreement_in(site)
    disputes = _disputes(site.store, measured, ratings)
    return show(
        request,
        "agree.html",
        fields=[field for field in measured.fields if field.records],
        confusions=[one for one in measured.confusions if one.one != one.other][:_MATRIX],
        disputes=[one for one in disputes if one.settled is None][:_LISTED],
        settled=[one for one in disputes if one.settled is not None][:_LISTED],
        number=len({rating.record for rating in ratings}),
        coders=sorted({rating.coder for rating in ratings}),
        precision=read_precision(site.store, site.pulse),
    )


def records_of(request: Request, field: str) -> Response:
    """The records behind a number of the page: those rated twice on a field, on which all agree, or two values met."""
    site, asked = site_of(request), request.query_params
    said = {record: found for (record, name), found in _said(ratings_in(site)).items() if name == field}
    chosen = [record for record, found in sorted(said.items()) if len(found) > 1 and _fits(found, asked)]
    if not said:
        raise InputError(f"field {field[:60]!r}: nobody rated it; see the page Agreement of coders for those rated")
    return show(
        request,
        "agree_records.html",
        field=field,
        one=asked.get("one", ""),
        other=asked.get("other", ""),
        same=asked.get("same", ""),
        number=len(chosen),
        disputes=[_dispute(site.store, record, field, said[record]) for record in chosen[:_LISTED]],
        precision=read_precision(site.store, site.pulse),
    )


def _fits(found: list[tuple[str, str]], asked: QueryParams) -> bool:
    values = {value for _, value in found}
    if asked.get("same"):
        return len(values) == 1
    wanted = {value for name in ("one", "other") if (value := asked.get(name))}
    return wanted <= values


def ratings_in(site: Site) -> tuple[Rating, ...]:
    """All ratings, remembered until the store changes."""
    return site.pulse.recall("ratings", lambda: tuple(all_ratings(site.store)))


def agreement_in(site: Site) -> Agreement:
    """What they come to, remembered likewise."""
    return site.pulse.recall("agreement", lambda: agreement_of(ratings_in(site)))


def all_ratings(store: Store) -> Iterator[Rating]:
    """The ratings of every record that two reviewers or more judged independently."""
    sql = "SELECT record FROM verdict WHERE judgement <> 'undo' GROUP BY record HAVING count(DISTINCT reviewer) > 1"
    for (record,) in store.engine.read(f"{sql} ORDER BY record"):
        body = store.engine.read("SELECT body FROM record WHERE id = ? ORDER BY coding LIMIT 1", (record,))
        if body:
            value = parse_json(str(body[0][0]))
            verdicts = store.verdicts(str(record))
            coded = Coded(record=str(record), values=tuple(fields_of(value).items()))
            ratings = ratings_of(coded, verdicts, [_change(value, verdict) for verdict in verdicts])
            if len({rating.coder for rating in ratings}) > 1:
                yield from ratings


def _change(value: Any, verdict: Verdict) -> Change:
    """What a correction makes of the rated fields."""
    if verdict.judgement is not Judgement.CORRECT or verdict.value is None:
        return Change(verdict=verdict.id, values=())
    try:
        given = _given(verdict)
        changed = fields_of({**value, **given})
        kept = {name: text for name, text in changed.items() if name in given}
    except (DragomanError, TypeError, KeyError, AttributeError):
        return Change(verdict=verdict.id, values=())
    return Change(verdict=verdict.id, values=tuple(kept.items()))


def _given(verdict: Verdict) -> dict[str, Any]:
    written = verdict.value or ""
    if verdict.field is None:
        found = parse_json(written)
        return found if isinstance(found, dict) else {}
    try:
        return {verdict.field: parse_json(written)}
    except InputError:
        return {verdict.field: written}


def _disputes(store: Store, measured: Agreement, ratings: tuple[Rating, ...]) -> list[Dispute]:
    said = _said(ratings)
    return [_dispute(store, record, field, said[record, field]) for record, field in measured.disputed[:_LOOKED_AT]]


def _said(ratings: Iterable[Rating]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What each coder says, by record and field."""
    said: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for rating in ratings:
        said.setdefault((rating.record, rating.field), []).append((rating.coder, rating.value))
    return said


def _dispute(store: Store, record: str, field: str, said: list[tuple[str, str]]) -> Dispute:
    entry = store.entry(record)
    differ = len({value for _, value in said}) > 1
    settled = _settled(store, entry) if differ else None
    return Dispute(card=make_card(entry), field=field, said=tuple(sorted(said)), settled=settled)


def _settled(store: Store, entry: Entry[Record]) -> str | None:
    if entry.review not in ("accepted", "rejected", "corrected"):
        return None
    settlement = settlement_of(store.verdicts(entry.record.id))
    return f"settled by {settlement.reviewer}" if settlement else "settled by most coders"


def as_json(measured: Agreement) -> str:
    """The agreement as JSON, for `dragoman agree --json`."""
    return format_json(
        {
            "fields": [
                {
                    "field": one.field,
                    "alpha": one.alpha,
                    "low": one.low,
                    "high": one.high,
                    "records": one.records,
                    "same": one.same,
                    "coders": one.coders,
                }
                for one in measured.fields
            ],
            "confusions": [
                {"field": one.field, "one": one.one, "other": one.other, "times": one.times}
                for one in measured.confusions
                if one.one != one.other
            ],
            "disputed": [{"record": record, "field": field} for record, field in measured.disputed],
        }
    )
