"""Coded documents written by hand for the tests of clustering: one line a record."""

from datetime import date

from dragoman.pipeline import Coded
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement, AttributedTo, Attribution, Coding, Event, Provenance, Status
from dragoman.types.text import Document, Span
from dragoman.types.when import EventTime, Granularity, TimeBasis
from dragoman.types.where import PlaceLink, PlacePrecision

_PROVENANCE = Provenance(codebook="plover", model="hand", kb="hand")
_BY_REPORT = Attribution(by=AttributedTo.REPORT)


def actors(names: str) -> tuple[ActorLink, ...]:
    """Links from "KEN ETH" (three capitals: a country) or "Wekesa" (a name that nobody knows)."""
    return tuple(
        ActorLink(text=name, span=None, country=name if name.isupper() and len(name) == 3 else None)
        for name in names.split()
    )


def event(
    word: str,
    category: str,
    sources: str = "",
    targets: str = "",
    *,
    status: Status = Status.ASSERTED,
    time: str | None = None,
    cameo: str = "040",
    mode: str | None = None,
    place: tuple[int, str] | None = None,
    inner: str | None = None,
) -> dict[str, object]:
    """What `coded` needs to build one event at the first `word` of its text."""
    return {
        "word": word,
        "category": category,
        "sources": actors(sources),
        "targets": actors(targets),
        "status": status,
        "time": _day(time) if time else None,
        "cameo": cameo,
        "mode": mode,
        "place": _place(*place) if place else None,
        "inner": inner,
    }


def coded(name: str, text: str, *events: dict[str, object], published: str | None = "2027-03-10") -> Coded:
    """A document with these events; ids are `name:number`."""
    document = Document(
        id=name, text=text, origin="test", published=date.fromisoformat(published) if published else None
    )
    records = tuple(_build(f"{name}:{number}", document, one) for number, one in enumerate(events))
    return Coded(document=document, coding=Coding(document=name, records=records, issues=(), provenance=_PROVENANCE))


def coded_agreement(name: str, text: str, parties: str, status: str, number: int | None = None) -> Coded:
    """A document with one agreement that fills the text."""
    agreement = Agreement(
        id=f"{name}:0", document=name, sentence=0, evidence=(Span(0, len(text)),), title=None, description=text,
        instrument="agreement", parties=actors(parties), signatories=(), subjects=("trade",), agreement_status=status,
        status=Status.ASSERTED, attribution=_BY_REPORT, time=None, number_stated=number, may_overlap=(),
        confidence=1.0, reason="hand",
    )  # fmt: skip
    document = Document(id=name, text=text, origin="test", published=date(2027, 3, 10))
    coding = Coding(document=name, records=(agreement,), issues=(), provenance=_PROVENANCE)
    return Coded(document=document, coding=coding)


def _day(edtf: str) -> EventTime:
    return EventTime(edtf=edtf, precision=Granularity.DAY, basis=TimeBasis.STATED, span=None, text=None, reason="hand")


def _place(geonames: int, country: str) -> PlaceLink:
    return PlaceLink(text=country, span=Span(0, 1), geonames=geonames, country=country, precision=PlacePrecision.CITY)


def _build(name: str, document: Document, one: dict) -> Event:
    start = document.text.index(one["word"])
    trigger = Span(start, start + len(one["word"]))
    return Event(
        id=name, document=document.id, sentence=0, evidence=(trigger,), trigger=trigger, trigger_text=one["word"],
        category=one["category"], mode=one["mode"], contexts=(), cameo=one["cameo"], quad="verbal_cooperation",
        goldstein=None, plover_score=None, sources=one["sources"], targets=one["targets"], reciprocal=False,
        status=one["status"], attribution=_BY_REPORT, time=one["time"], place=one["place"], confidence=1.0,
        reason="hand", cluster=one["inner"],
    )  # fmt: skip
