"""Coded documents for tests of the store: "Arman visited Armenia." gives a visit, "Sona threatened Georgia." a threat.

Every verb gives one event with an id of its own; `categories` reads one verb as another, as a newer model would.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dragoman.coding.ids import record_id
from dragoman.pipeline import Coded
from dragoman.types.actor import ActorLink
from dragoman.types.record import (
    Agreement,
    AttributedTo,
    Attribution,
    Claim,
    Coding,
    Decision,
    Event,
    Issue,
    Provenance,
    Record,
    Status,
)
from dragoman.types.text import Document, Span
from dragoman.types.when import EventTime, Granularity, TimeBasis
from dragoman.types.where import PlaceLink, PlacePrecision

PROVENANCE = Provenance(codebook="plover-2.0", model="made 1", kb="kb made")
NEWER = Provenance(codebook="plover-2.0", model="made 2", kb="kb made")
CATEGORIES = {
    "visited": ("CONSULT", "visit", "042", "verbal_cooperation", 1.9, 4.0),
    "threatened": ("THREATEN", None, "13", "verbal_conflict", -4.4, -5.0),
    "shelled": ("ASSAULT", "heavy-weapons", "194", "material_conflict", -10.0, -9.5),
}
ACTORS = {
    "Arman": ("Q9001", "Arman Seitov", "KAZ", "GOV"),
    "Sona": ("Q9002", "Sona Martirosyan", "ARM", "GOV"),
    "Armenia": ("Q9399", "Armenia", "ARM", None),
    "Kazakhstan": ("Q9232", "Kazakhstan", "KAZ", None),
    "Georgia": ("Q9230", "Georgia", "GEO", None),
}
_TOLD = re.compile(r"(\w+) (visited|threatened|shelled) (\w+)(?: on (\d{4}-\d\d-\d\d))?")
_REPORT = Attribution(by=AttributedTo.REPORT)


def coded(
    text: str,
    *,
    id: str = "d1",
    published: str | None = "2024-04-16",
    provenance: Provenance = PROVENANCE,
    categories: Mapping[str, str] | None = None,
    publisher: str | None = None,
) -> Coded:
    """A document with its coding; `categories` says which verbs are read as which other one."""
    document = Document(
        id=id,
        text=text,
        origin=f"{id}.txt",
        published=date.fromisoformat(published) if published else None,
        publisher=publisher,
        notes=("a note",),
    )
    records: tuple[Record, ...] = tuple(_events(document, categories or {}))
    if "agreed on" in text:
        records += (_agreement(document),)
    if "claimed" in text:
        records += (_claim(document),)
    issue = Issue(code="no_date", message="no date", span=Span(0, 1))
    return Coded(document=document, coding=Coding(document=id, records=records, issues=(issue,), provenance=provenance))


class Coder:
    """Codes as `coded` does; says what it was given."""

    def __init__(self, provenance: Provenance = PROVENANCE, categories: Mapping[str, str] | None = None) -> None:
        self.provenance = provenance
        self.given: list[str] = []
        self._categories = categories

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coding]:
        for document in documents:
            self.given.append(document.id)
            if "unreadable" in document.text:
                raise ValueError("a word that breaks this coder")
            made = coded(document.text, id=document.id, provenance=self.provenance, categories=self._categories)
            yield made.coding


def _events(document: Document, categories: Mapping[str, str]) -> Iterator[Event]:
    for match in _TOLD.finditer(document.text):
        verb = categories.get(match[2], match[2])
        category, mode, cameo, quad, goldstein, score = CATEGORIES[verb]
        sure = 0.4 if "perhaps" in document.text else 0.9
        yield Event(
            id=record_id("ev", document.id, "event", "plover", *match.span(2), category),
            document=document.id,
            sentence=document.text.count(".", 0, match.start()),
            evidence=(Span(*match.span()),),
            trigger=Span(*match.span(2)),
            trigger_text=match[2],
            category=category,
            mode=mode,
            contexts=("diplomatic",),
            cameo=cameo,
            quad=quad,
            goldstein=goldstein,
            plover_score=score,
            sources=(link(match[1], match.start(1)),),
            targets=(link(match[3], match.start(3)),),
            reciprocal=False,
            status=Status.ASSERTED,
            attribution=_REPORT,
            time=_time(match[4], Span(*match.span(4))) if match[4] else None,
            place=_place(match) if match[3] == "Armenia" else None,
            confidence=sure,
            reason=f"verb {match[2]}",
            decisions=(Decision(field="category", value=category, by="made", confidence=sure, reason="its verb"),),
            cluster=record_id("hp", document.id, match[1], category),
        )


def link(word: str, start: int) -> ActorLink:
    """The actor that a word names; a word that is not in ACTORS stays unresolved."""
    actor, name, country, sector = ACTORS.get(word, (None, None, None, None))
    return ActorLink(
        text=word,
        span=Span(start, start + len(word)),
        actor_id=actor,
        name=name,
        country=country,
        sector=sector,
        kind="person" if sector else "state",
        confidence=0.9,
        reason="made",
    )


def _time(day: str, span: Span) -> EventTime:
    return EventTime(
        edtf=day, precision=Granularity.DAY, basis=TimeBasis.STATED, span=span, text=day, reason="as written"
    )


def _place(match: re.Match[str]) -> PlaceLink:
    return PlaceLink(
        text="Armenia", span=Span(*match.span(3)), name="Armenia", country="ARM", precision=PlacePrecision.COUNTRY
    )


def _agreement(document: Document) -> Agreement:
    start = document.text.index("agreed on")
    return Agreement(
        id=record_id("ag", document.id, start),
        document=document.id,
        sentence=0,
        evidence=(Span(start, start + 9),),
        title=None,
        description="agreement on trade",
        instrument="agreement",
        parties=(link("Armenia", 0), link("Kazakhstan", 0)),
        signatories=(),
        subjects=("trade",),
        agreement_status="agreed",
        status=Status.ASSERTED,
        attribution=_REPORT,
        time=None,
        number_stated=None,
        may_overlap=(),
        confidence=0.8,
        reason="made",
    )


def _claim(document: Document) -> Claim:
    start = document.text.index("claimed")
    named = Attribution(by=AttributedTo.NAMED, speaker=link("Sona", 0), cue_text="claimed")
    return Claim(
        id=record_id("cl", document.id, start),
        document=document.id,
        sentence=0,
        evidence=(Span(start, start + 7),),
        speaker=link("Sona", 0),
        speaker_kind="named",
        cue=Span(start, start + 7),
        cue_text="claimed",
        content=Span(start, len(document.text)),
        content_text=document.text[start:],
        about=(),
        status=Status.ALLEGED,
        attribution=named,
        confidence=0.7,
        reason="made",
    )
