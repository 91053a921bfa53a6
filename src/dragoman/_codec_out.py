"""Records and documents to plain JSON values, key by key; `codec` turns those into text."""

from collections.abc import Callable, Mapping
from typing import Any

from dragoman.types.actor import ActorLink
from dragoman.types.record import (
    Agreement,
    Attribution,
    Claim,
    Decision,
    Event,
    Issue,
    Membership,
    Origin,
    Position,
    Project,
    Provenance,
    Record,
)
from dragoman.types.text import Document, Span
from dragoman.types.when import EventTime
from dragoman.types.where import PlaceLink

Json = Any  # whatever JSON can hold


def record_json(record: Record, text: str, provenance: Provenance) -> dict[str, Json]:
    kind, encode = _ENCODERS[type(record)]
    return {
        "kind": kind,
        "id": record.id,
        "document": record.document,
        "sentence": record.sentence,
        "evidence": [_span_json(span, text) for span in record.evidence],
        **encode(record, text),
        "status": record.status.value,
        "attribution": _attribution_json(record.attribution, text),
        "confidence": record.confidence,
        "reason": record.reason,
        **provenance_json(provenance),
        "cluster": record.cluster,
        # Said only where it is not the coder's, so that what the coder writes keeps its bytes.
        **({} if record.origin is Origin.MACHINE else {"origin": record.origin.value}),
    }


def _event_json(event: Event, text: str) -> dict[str, Json]:
    return {
        "category": event.category,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "plover_score": event.plover_score,
        "reciprocal": event.reciprocal,
        "sources": [_actor_json(link) for link in event.sources],
        "targets": [_actor_json(link) for link in event.targets],
        "trigger": {"start": event.trigger.start, "end": event.trigger.end, "text": event.trigger_text},
        "time": _time_json(event.time),
        "place": _place_json(event.place),
        "counted": event.counted,
        "decisions": [_decision_json(decision) for decision in event.decisions],
    }


def _agreement_json(agreement: Agreement, text: str) -> dict[str, Json]:
    return {
        "title": agreement.title,
        "description": agreement.description,
        "instrument": agreement.instrument,
        "agreement_status": agreement.agreement_status,
        "parties": [_actor_json(link) for link in agreement.parties],
        "signatories": [_actor_json(link) for link in agreement.signatories],
        "subjects": list(agreement.subjects),
        "time": _time_json(agreement.time),
        "number_stated": agreement.number_stated,
        "may_overlap": list(agreement.may_overlap),
    }


def _position_json(position: Position, text: str) -> dict[str, Json]:
    return {
        "holder": _actor_json(position.holder),
        "topic": {"start": position.topic.start, "end": position.topic.end, "text": position.topic_text},
        "stance": position.stance,
        "strength": position.strength,
    }


def _claim_json(claim: Claim, text: str) -> dict[str, Json]:
    return {
        "speaker": _actor_json(claim.speaker) if claim.speaker else None,
        "speaker_kind": claim.speaker_kind,
        "cue": _cue_json(claim.cue, claim.cue_text),
        "content": {"start": claim.content.start, "end": claim.content.end, "text": claim.content_text},
        "about": list(claim.about),
    }


def _project_json(project: Project, text: str) -> dict[str, Json]:
    return {
        "name": project.name,
        "canonical_name": project.canonical_name,
        "sort": project.sort,
        "project_status": project.project_status,
        "proponents": [_actor_json(link) for link in project.proponents],
        "places": [_place_json(place) for place in project.places],
    }


def _membership_json(membership: Membership, text: str) -> dict[str, Json]:
    return {
        "member": _actor_json(membership.member),
        "organization": _actor_json(membership.organization),
        "level": membership.level,
        "membership_status": membership.membership_status,
    }


_ENCODERS: Mapping[type, tuple[str, Callable[[Any, str], dict[str, Json]]]] = {
    Event: ("event", _event_json),
    Agreement: ("agreement", _agreement_json),
    Position: ("position", _position_json),
    Claim: ("claim", _claim_json),
    Project: ("project", _project_json),
    Membership: ("membership", _membership_json),
}


def kind_of(record: Record) -> str:
    """The record's kind as JSON names it: event, agreement, position, claim, project or membership."""
    return _ENCODERS[type(record)][0]


def _span_json(span: Span, text: str) -> dict[str, Json]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _bounds(span: Span | None) -> dict[str, Json]:
    return {"start": span.start if span is not None else None, "end": span.end if span is not None else None}


def _cue_json(span: Span | None, written: str | None) -> dict[str, Json] | None:
    return None if span is None and written is None else {**_bounds(span), "text": written}


def _attribution_json(attribution: Attribution, text: str) -> dict[str, Json]:
    return {
        "by": attribution.by.value,
        "speaker": _actor_json(attribution.speaker) if attribution.speaker else None,
        "cue": _cue_json(attribution.cue, attribution.cue_text),
        "extent": _span_json(attribution.extent, text) if attribution.extent is not None else None,
    }


def _actor_json(link: ActorLink) -> dict[str, Json]:
    return {
        "text": link.text,
        **_bounds(link.span),
        "actor": link.actor_id,
        "name": link.name,
        "country": link.country,
        "sector": link.sector,
        "kind": link.kind,
        "role": link.role,
        "as_of": link.as_of.isoformat() if link.as_of else None,
        "confidence": link.confidence,
        "reason": link.reason,
        "candidates": [
            {"actor": candidate.actor_id, "name": candidate.name, "score": candidate.score, "reason": candidate.reason}
            for candidate in link.candidates
        ],
    }


def _time_json(time: EventTime | None) -> dict[str, Json] | None:
    if time is None:
        return None
    return {
        "edtf": time.edtf,
        "precision": time.precision.value,
        "basis": time.basis.value,
        **_bounds(time.span),
        "text": time.text,
        "reason": time.reason,
    }


def _place_json(place: PlaceLink | None) -> dict[str, Json] | None:
    if place is None:
        return None
    return {
        "text": place.text,
        **_bounds(place.span),
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "precision": place.precision.value if place.precision else None,
        "geonames": place.geonames,
        "lat": place.latitude,
        "lon": place.longitude,
        "disputed": list(place.disputed),
        "confidence": place.confidence,
        "reason": place.reason,
    }


def _decision_json(decision: Decision) -> dict[str, Json]:
    return {
        "field": decision.field,
        "value": decision.value,
        "by": decision.by,
        "confidence": decision.confidence,
        "reason": decision.reason,
    }


def provenance_json(provenance: Provenance) -> dict[str, Json]:
    return {"codebook": provenance.codebook, "model": provenance.model, "kb": provenance.kb}


def issue_json(issue: Issue, text: str) -> dict[str, Json]:
    return {
        "code": issue.code,
        "message": issue.message,
        "span": _span_json(issue.span, text) if issue.span is not None else None,
    }


def document_json(document: Document) -> dict[str, Json]:
    return {
        "id": document.id,
        "origin": document.origin,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "furniture": [{**_bounds(mark.span), "reason": mark.reason} for mark in document.furniture],
        "notes": list(document.notes),
        "text": document.text,
    }
