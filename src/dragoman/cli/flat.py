"""A record as one row of a spreadsheet. Pure."""

from collections.abc import Iterable

from dragoman.cli.show import quote
from dragoman.codec import kind_of
from dragoman.export.columns import join
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Provenance, Record
from dragoman.types.text import Document

COLUMNS = (
    "kind", "id", "document", "origin", "published", "publisher", "sentence", "category", "mode", "cameo", "quad",
    "goldstein", "plover_score", "source", "source_name", "source_country", "source_sector", "target", "target_name",
    "target_country", "target_sector", "reciprocal", "status", "counted", "attribution", "speaker", "time", "place",
    "place_country", "latitude", "longitude", "quote", "start", "end", "confidence", "cluster", "reason", "codebook",
    "model", "kb",
)  # fmt: skip

Cell = str | int | float | bool | None


def flatten(record: Record, document: Document, provenance: Provenance) -> list[Cell]:
    """The cells of one record, in the order of COLUMNS. Several actors stand in one cell, with `; ` between them.

    Kinds other than events fill `category` with their own (instrument, stance, sort of project, level of membership),
    `mode` with their own status, and `source` and `target` with who and what they tie together.
    """
    spans = record.evidence
    speaker = record.attribution.speaker
    cells: dict[str, Cell] = {
        "kind": kind_of(record),
        "id": record.id,
        "document": record.document,
        "origin": document.origin,
        "published": document.published.isoformat() if document.published else None,
        "publisher": document.publisher,
        "sentence": record.sentence,
        "status": record.status.value,
        "attribution": record.attribution.by.value,
        "speaker": (speaker.name or speaker.text) if speaker else None,
        "quote": quote(record, document.text),
        "start": min((span.start for span in spans), default=None),
        "end": max((span.end for span in spans), default=None),
        "confidence": record.confidence,
        "cluster": record.cluster,
        "reason": record.reason,
        "codebook": provenance.codebook,
        "model": provenance.model,
        "kb": provenance.kb,
        **_own_cells(record),
    }
    return [cells.get(column) for column in COLUMNS]


def _own_cells(record: Record) -> dict[str, Cell]:
    if isinstance(record, Event):
        return _event_cells(record)
    if isinstance(record, Agreement):
        cells = {**_actors("source", record.parties), "category": record.instrument, "mode": record.agreement_status}
        time = record.time.edtf if record.time else None
        return {**cells, "target": record.title or record.description, "time": time}
    if isinstance(record, Position):
        return {**_actors("source", (record.holder,)), "category": record.stance, "target": record.topic_text}
    if isinstance(record, Claim):
        speakers = (record.speaker,) if record.speaker else ()
        return {**_actors("source", speakers), "category": record.speaker_kind, "target": record.content_text}
    if isinstance(record, Project):
        own = {"category": record.sort, "mode": record.project_status, "target": record.name}
        return {**_actors("source", record.proponents), **own}
    return _membership_cells(record)


def _event_cells(event: Event) -> dict[str, Cell]:
    place = event.place
    return {
        **_actors("source", event.sources),
        **_actors("target", event.targets),
        "category": event.category,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "plover_score": event.plover_score,
        "reciprocal": event.reciprocal,
        "counted": event.counted,
        "time": event.time.edtf if event.time else None,
        "place": (place.name or place.text) if place else None,
        "place_country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def _membership_cells(membership: Membership) -> dict[str, Cell]:
    return {
        **_actors("source", (membership.member,)),
        **_actors("target", (membership.organization,)),
        "category": membership.level,
        "mode": membership.membership_status,
    }


def _actors(role: str, links: Iterable[ActorLink]) -> dict[str, Cell]:
    links = tuple(links)
    return {
        role: join(link.text for link in links),
        f"{role}_name": join(link.name or "" for link in links),
        f"{role}_country": join(link.country or "" for link in links),
        f"{role}_sector": join(link.sector or "" for link in links),
    }
