"""Builders for the tests of the analysis: events, clusters and happenings with only what a test cares about."""

from collections.abc import Sequence
from datetime import date

from dragoman.analysis import Dated, Happening, Part, Side, Tie, When
from dragoman.types.actor import ActorLink
from dragoman.types.cluster import Cluster
from dragoman.types.record import Agreement, AttributedTo, Attribution, Event, Status
from dragoman.types.text import Document, Span
from dragoman.types.when import EventTime, Granularity, TimeBasis

REPORT = Attribution(by=AttributedTo.REPORT)


def link(name: str) -> ActorLink:
    """An actor written like "KAZ", "KAZ GOV", or "?" for one that was not resolved."""
    country, _, sector = name.partition(" ")
    if country == "?":
        return ActorLink(text="somebody", span=None)
    return ActorLink(text=name, span=None, actor_id=f"id-{name}", name=name, country=country, sector=sector or None)


def time(edtf: str, basis: TimeBasis = TimeBasis.STATED) -> EventTime:
    return EventTime(edtf=edtf, precision=Granularity.DAY, basis=basis, span=None, text=None, reason="test")


def event(
    id: str,
    sources: Sequence[str] = ("KAZ",),
    targets: Sequence[str] = ("ARM",),
    *,
    when: str | None = "2024-04-15",
    category: str = "CONSULT",
    quad: str = "verbal_cooperation",
    score: float | None = 4.0,
    goldstein: float | None = 1.9,
    confidence: float = 0.8,
    document: str = "d1",
    cluster: str | None = None,
    reciprocal: bool = False,
    status: Status = Status.ASSERTED,
    counted: bool | None = None,
    basis: TimeBasis = TimeBasis.STATED,
) -> Event:
    return Event(
        id=id,
        document=document,
        sentence=0,
        evidence=(Span(0, 1),),
        trigger=Span(0, 1),
        trigger_text="x",
        category=category,
        mode=None,
        contexts=(),
        cameo="04",
        quad=quad,
        goldstein=goldstein,
        plover_score=score,
        sources=tuple(link(name) for name in sources),
        targets=tuple(link(name) for name in targets),
        reciprocal=reciprocal,
        status=status,
        attribution=REPORT,
        time=time(when, basis) if when else None,
        place=None,
        confidence=confidence,
        reason="test",
        cluster=cluster,
        counted=status is Status.ASSERTED if counted is None else counted,
    )


def happening(
    id: str,
    source: str = "KAZ",
    target: str = "ARM",
    *,
    day: str | None = "2024-04-15",
    confidence: float = 0.8,
    score: float | None = 4.0,
    quad: str = "verbal_cooperation",
    documents: Sequence[str] = ("d1",),
) -> Happening:
    at = date.fromisoformat(day) if day else None
    return Happening(
        id=id,
        records=(id,),
        documents=tuple(documents),
        category="CONSULT",
        quad=quad,
        goldstein=1.9,
        plover_score=score,
        confidence=confidence,
        when=When(dated=Dated.DATED if at else Dated.UNDATED, first=at, last=at),
        ties=(Tie(source=source, target=target, confidence=confidence),),
        parts=(
            Part(actor=source, side=Side.SOURCE, confidence=confidence),
            Part(actor=target, side=Side.TARGET, confidence=confidence),
        ),
    )


def cluster(id: str, *records: str, documents: Sequence[str] = ("d1",), kind: str = "event") -> Cluster:
    return Cluster(id=id, kind=kind, records=records, documents=tuple(documents), reason="test")


def document(id: str, published: str | None = None) -> Document:
    return Document(id=id, text="x", origin="test", published=date.fromisoformat(published) if published else None)


def agreement(id: str, title: str, *, document: str = "d1", cluster: str | None = None) -> Agreement:
    return Agreement(
        id=id,
        document=document,
        sentence=0,
        evidence=(Span(0, 1),),
        title=title,
        description=None,
        instrument="agreement",
        parties=(link("KAZ"), link("ARM")),
        signatories=(),
        subjects=(),
        agreement_status="signed",
        status=Status.ASSERTED,
        attribution=REPORT,
        time=None,
        number_stated=None,
        may_overlap=(),
        confidence=0.7,
        reason="test",
        cluster=cluster,
    )
