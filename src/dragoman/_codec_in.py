"""Plain JSON values to records and documents, key by key; `codec` reads them from text and names what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.types.actor import ActorLink, Candidate
from dragoman.types.record import (
    Agreement,
    AttributedTo,
    Attribution,
    Claim,
    Decision,
    Event,
    Membership,
    Origin,
    Position,
    Project,
    Provenance,
    Record,
    Status,
)
from dragoman.types.text import Document, Furniture, Span
from dragoman.types.when import EventTime, Granularity, TimeBasis
from dragoman.types.where import PlaceLink, PlacePrecision

Json = Any  # whatever JSON can hold; checked where it is taken apart


def read_record(value: Json) -> Record:
    kind = value["kind"]
    if kind not in _DECODERS:
        raise InputError(f"not a dragoman record: kind {kind!r} is not one of {', '.join(_DECODERS)}")
    build, read = _DECODERS[kind]
    common = {
        "id": value["id"],
        "document": value["document"],
        "sentence": value["sentence"],
        "evidence": tuple(_take_span(item) for item in value["evidence"]),
        "status": Status(value["status"]),
        "attribution": _read_attribution(value["attribution"]),
        "confidence": value["confidence"],
        "reason": value["reason"],
        "cluster": value["cluster"],
        "origin": Origin(value.get("origin", Origin.MACHINE)),
    }
    record: Record = build(**common, **read(value))
    return record


def _read_event(value: Json) -> dict[str, Any]:
    plain = ("category", "mode", "cameo", "quad", "goldstein", "plover_score", "reciprocal", "counted")
    return {
        **{key: value[key] for key in plain},
        "contexts": tuple(value["contexts"]),
        "sources": _read_actors(value["sources"]),
        "targets": _read_actors(value["targets"]),
        "trigger": _take_span(value["trigger"]),
        "trigger_text": value["trigger"]["text"],
        "time": _read_time(value["time"]),
        "place": _read_place(value["place"]),
        "decisions": tuple(Decision(**item) for item in value["decisions"]),
    }


def _read_agreement(value: Json) -> dict[str, Any]:
    plain = ("title", "description", "instrument", "agreement_status", "number_stated")
    return {
        **{key: value[key] for key in plain},
        "parties": _read_actors(value["parties"]),
        "signatories": _read_actors(value["signatories"]),
        "subjects": tuple(value["subjects"]),
        "time": _read_time(value["time"]),
        "may_overlap": tuple(value["may_overlap"]),
    }


def _read_position(value: Json) -> dict[str, Any]:
    return {
        "holder": _read_actor(value["holder"]),
        "topic": _take_span(value["topic"]),
        "topic_text": value["topic"]["text"],
        "stance": value["stance"],
        "strength": value["strength"],
    }


def _read_claim(value: Json) -> dict[str, Any]:
    return {
        "speaker": _read_actor(value["speaker"]) if value["speaker"] else None,
        "speaker_kind": value["speaker_kind"],
        "cue": read_span(value["cue"]),
        "cue_text": value["cue"]["text"] if value["cue"] else None,
        "content": _take_span(value["content"]),
        "content_text": value["content"]["text"],
        "about": tuple(value["about"]),
    }


def _read_project(value: Json) -> dict[str, Any]:
    return {
        **{key: value[key] for key in ("name", "canonical_name", "sort", "project_status")},
        "proponents": _read_actors(value["proponents"]),
        "places": tuple(_read_place(item) for item in value["places"]),
    }


def _read_membership(value: Json) -> dict[str, Any]:
    return {
        "member": _read_actor(value["member"]),
        "organization": _read_actor(value["organization"]),
        "level": value["level"],
        "membership_status": value["membership_status"],
    }


_DECODERS: Mapping[str, tuple[Callable[..., Any], Callable[[Json], dict[str, Any]]]] = {
    "event": (Event, _read_event),
    "agreement": (Agreement, _read_agreement),
    "position": (Position, _read_position),
    "claim": (Claim, _read_claim),
    "project": (Project, _read_project),
    "membership": (Membership, _read_membership),
}


def _take_span(value: Json) -> Span:
    return Span(int(value["start"]), int(value["end"]))


def read_span(value: Json) -> Span | None:
    return None if value is None or value["start"] is None else _take_span(value)


def _read_attribution(value: Json) -> Attribution:
    return Attribution(
        by=AttributedTo(value["by"]),
        speaker=_read_actor(value["speaker"]) if value["speaker"] else None,
        cue=read_span(value["cue"]),
        cue_text=value["cue"]["text"] if value["cue"] else None,
        extent=read_span(value["extent"]),
    )


def _read_actors(values: Sequence[Json]) -> tuple[ActorLink, ...]:
    return tuple(_read_actor(value) for value in values)


def _read_actor(value: Json) -> ActorLink:
    plain = ("text", "name", "country", "sector", "kind", "role", "confidence", "reason")
    return ActorLink(
        **{key: value[key] for key in plain},
        span=read_span(value),
        actor_id=value["actor"],
        as_of=date.fromisoformat(value["as_of"]) if value["as_of"] else None,
        candidates=tuple(
            Candidate(actor_id=item["actor"], name=item["name"], score=item["score"], reason=item["reason"])
            for item in value["candidates"]
        ),
    )


def _read_time(value: Json) -> EventTime | None:
    if value is None:
        return None
    return EventTime(
        edtf=value["edtf"],
        precision=Granularity(value["precision"]),
        basis=TimeBasis(value["basis"]),
        span=read_span(value),
        text=value["text"],
        reason=value["reason"],
    )


def _read_place(value: Json) -> PlaceLink | None:
    if value is None:
        return None
    plain = ("text", "name", "country", "admin1", "geonames", "confidence", "reason")
    return PlaceLink(
        **{key: value[key] for key in plain},
        span=_take_span(value),
        precision=PlacePrecision(value["precision"]) if value["precision"] else None,
        latitude=value["lat"],
        longitude=value["lon"],
        disputed=tuple(value["disputed"]),
    )


def read_provenance(value: Json) -> Provenance:
    return Provenance(codebook=value["codebook"], model=value["model"], kb=value["kb"])


def read_document(value: Json) -> Document:
    plain = ("id", "text", "origin", "title", "publisher", "url", "language")
    return Document(
        **{key: value[key] for key in plain},
        published=date.fromisoformat(value["published"]) if value["published"] else None,
        furniture=tuple(Furniture(span=_take_span(mark), reason=mark["reason"]) for mark in value["furniture"]),
        notes=tuple(value["notes"]),
    )
