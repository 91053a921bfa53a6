"""Coded reports written by hand for the tests of the registers: one call a report, records at words of its text."""

from datetime import date

from dragoman.pipeline import Coded
from dragoman.types.actor import ActorLink
from dragoman.types.record import (
    Agreement,
    AttributedTo,
    Attribution,
    Claim,
    Coding,
    Event,
    Membership,
    Position,
    Project,
    Provenance,
    Record,
    Status,
)
from dragoman.types.text import Document, Span
from dragoman.types.when import EventTime, Granularity, TimeBasis

_BY_REPORT = Attribution(by=AttributedTo.REPORT)
_PROVENANCE = Provenance(codebook="plover", model="hand", kb="hand")
CODES = {"Kenya": "KEN", "Somalia": "SOM", "Chad": "TCD", "Mali": "MLI", "Togo": "TGO"}


def actor(name: str, sector: str | None = None) -> ActorLink:
    """A state of `CODES`, else somebody unknown of that name."""
    code = CODES.get(name)
    return ActorLink(
        text=name, span=None, actor_id=f"Q-{name}" if code else None, name=name, country=code, sector=sector
    )


def links(names: str) -> tuple[ActorLink, ...]:
    return tuple(actor(name) for name in names.split())


def report(name: str, text: str, *records: Record, published: str | None = "2024-05-01") -> Coded:
    """A coded report; ids of the records are made of the report's name, and their evidence is found in the text."""
    day = date.fromisoformat(published) if published else None
    document = Document(id=name, text=text, origin="test", published=day)
    return Coded(document=document, coding=Coding(document=name, records=records, issues=(), provenance=_PROVENANCE))


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _day(edtf: str | None) -> EventTime | None:
    if edtf is None:
        return None
    return EventTime(
        edtf=edtf, precision=Granularity.DAY, basis=TimeBasis.STATED, span=None, text=None, reason="written in a test"
    )


def agreement(
    name: str,
    text: str,
    words: str,
    parties: str,
    status: str,
    *,
    instrument: str = "treaty",
    titled: bool = False,
    subjects: tuple[str, ...] = (),
    time: str | None = None,
    number: int | None = None,
    overlap: tuple[str, ...] = (),
    cluster: str | None = None,
) -> Agreement:
    return Agreement(
        id=f"ag {name} {words}",
        document=name,
        sentence=0,
        evidence=(_at(text, words),),
        title=words if titled else None,
        description=None if titled else words,
        instrument=instrument,
        parties=links(parties),
        signatories=(),
        subjects=subjects,
        agreement_status=status,
        status=Status.ASSERTED,
        attribution=_BY_REPORT,
        time=_day(time),
        number_stated=number,
        may_overlap=overlap,
        confidence=0.8,
        reason="",
        cluster=cluster,
    )


def event(
    name: str,
    text: str,
    words: str,
    category: str,
    sources: str,
    targets: str = "",
    *,
    status: Status = Status.ASSERTED,
    quad: str = "material_cooperation",
) -> Event:
    return Event(
        id=f"ev {name} {words}",
        document=name,
        sentence=0,
        evidence=(_at(text, words),),
        trigger=_at(text, words),
        trigger_text=words,
        category=category,
        mode=None,
        contexts=(),
        cameo="070",
        quad=quad,
        goldstein=None,
        plover_score=None,
        sources=links(sources),
        targets=links(targets),
        reciprocal=False,
        status=status,
        attribution=_BY_REPORT,
        time=None,
        place=None,
        confidence=0.8,
        reason="",
    )


def claim(
    name: str, text: str, content: str, speaker: str | None, *, kind: str = "named", about: tuple[str, ...] = ()
) -> Claim:
    return Claim(
        id=f"cm {name} {content}",
        document=name,
        sentence=0,
        evidence=(_at(text, content),),
        speaker=actor(speaker) if speaker else None,
        speaker_kind=kind,
        cue=None,
        cue_text=None,
        content=_at(text, content),
        content_text=content,
        about=about,
        status=Status.ASSERTED,
        attribution=_BY_REPORT,
        confidence=0.8,
        reason="",
    )


def position(name: str, text: str, holder: str, topic: str, stance: str) -> Position:
    return Position(
        id=f"po {name} {holder} {topic}",
        document=name,
        sentence=0,
        evidence=(_at(text, topic),),
        holder=actor(holder),
        topic=_at(text, topic),
        topic_text=topic,
        stance=stance,
        strength=None,
        status=Status.ASSERTED,
        attribution=_BY_REPORT,
        confidence=0.8,
        reason="",
    )


def project(name: str, text: str, words: str, status: str, *, canonical: str | None = None) -> Project:
    return Project(
        id=f"pr {name} {words}",
        document=name,
        sentence=0,
        evidence=(_at(text, words),),
        name=words,
        canonical_name=canonical,
        sort="transport",
        proponents=(),
        places=(),
        project_status=status,
        status=Status.ASSERTED,
        attribution=_BY_REPORT,
        confidence=0.8,
        reason="",
    )


def membership(name: str, text: str, member: str, body: str, status: str, *, level: str = "stated") -> Membership:
    return Membership(
        id=f"me {name} {member}",
        document=name,
        sentence=0,
        evidence=(_at(text, body),),
        member=actor(member),
        organization=actor(body),
        level=level,
        membership_status=status,
        status=Status.ASSERTED,
        attribution=_BY_REPORT,
        confidence=0.8,
        reason="",
    )
