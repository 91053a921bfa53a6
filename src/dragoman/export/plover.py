"""PLOVER JSON lines: one event a line, with the field names of PLOVER's record format."""

from collections.abc import Iterable
from typing import Any, TextIO

from dragoman.codec import format_json, hash_text
from dragoman.export.codes import QUADS
from dragoman.export.columns import Entry
from dragoman.export.days import choose_day
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.quotes import quote_spans
from dragoman.export.select import NO_DAY, Happening, select_happenings
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event, Status
from dragoman.types.text import Document
from dragoman.types.where import PlaceLink, PlacePrecision

Json = Any  # whatever JSON can hold
# PLOVER's auxiliary modes for what is no plain news of an act.
_AUXILIARY = {
    Status.PLANNED: "future",
    Status.BACKGROUND: "historical",
    Status.HYPOTHETICAL: "hypothetical",
    Status.NEGATED: "negation",
}
_RESOLUTION = {
    PlacePrecision.POINT: 5,
    PlacePrecision.CITY: 4,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.PROVINCE: 2,
    PlacePrecision.COUNTRY: 1,
}


def write_plover(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes the events. Statements, which have no PLOVER category, and events without a day are left out."""
    written = Written()
    for happening in select_happenings(data, options, written.left_out, statements=False):
        value = _event_json(happening, with_text=options.with_text)
        if value is None:
            written.left_out[NO_DAY] += 1
            continue
        out.write(format_json(value) + "\n")
        written.rows["events"] += 1
    return written


def _event_json(happening: Happening, *, with_text: bool) -> dict[str, Json] | None:
    entry = happening.telling
    event, document = entry.record, entry.document
    day = choose_day(event.time, document.published)
    if day.day is None:
        return None
    value = {
        "id": event.id,
        "date": day.day.isoformat(),
        "actor": _actors(event.sources),
        "recipient": _actors(event.targets),
        "event": [event.category],
        "mode": [mode for mode in (event.mode, _AUXILIARY.get(event.status)) if mode],
        "context": list(event.contexts),
        "event_loc": _place(event.place),
        "event_text": event.trigger_text,
        "quad_code": QUADS.get(event.quad),
        "event_scale": event.plover_score,
        "link": sorted({other.record.id for other in happening.tellings} - {event.id}),
        "text": quote_spans(event.evidence, document.text),
        "text_info": _text_info(entry, with_text=with_text),
        "cite_info": _cite_info(document, entry.provenance.codebook),
        "coder": f"{entry.provenance.model}, {entry.provenance.kb}",
        "comment": _comment(event, day.basis),
    }
    return {key: item for key, item in value.items() if item not in (None, [], "")}


def _actors(links: Iterable[ActorLink]) -> list[dict[str, Json]]:
    """Compound actors stay together as a list."""
    found = (
        {
            "code": link.country,
            "sector": [link.sector] if link.sector else [],
            "entity_text": link.text,
            "identifier_id": link.actor_id,
            "identifier_text": link.name,
            "office": link.role,
        }
        for link in links
    )
    return [{key: item for key, item in entity.items() if item} for entity in found]


def _place(place: PlaceLink | None) -> dict[str, Json] | None:
    if place is None:
        return None
    value = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.latitude,
        "lon": place.longitude,
        "province": place.admin1,
        "country_code": place.country,
        "resolution": _RESOLUTION.get(place.precision) if place.precision else None,
    }
    return {key: item for key, item in value.items() if item is not None}


def _text_info(entry: Entry[Event], *, with_text: bool) -> dict[str, Json]:
    event, text = entry.record, entry.document.text
    value: dict[str, Json] = {"sequence": event.sentence}
    if event.evidence:
        value["start"] = min(span.start for span in event.evidence)
        value["end"] = max(span.end for span in event.evidence)
    value["sha256"] = hash_text(text)
    return {**value, "text_story": text} if with_text else value


def _cite_info(document: Document, codebook: str) -> dict[str, Json]:
    value = {
        "citation": document.id,
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "publication": document.publisher,
        "codebook": codebook,
    }
    return {key: item for key, item in value.items() if item}


def _comment(event: Event, basis: str | None) -> str:
    time = event.time.edtf if event.time else "not stated"
    return f"status {event.status.value}; time {time}; day {basis}; confidence {event.confidence:g}"
