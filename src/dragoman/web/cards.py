"""Records as cards: what a page says of one, in few words, with links to what it names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.coding.codebook import load_codebook
from dragoman.errors import CodebookError
from dragoman.store import Entry
from dragoman.types.actor import ActorLink
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
    Record,
    Status,
)
from dragoman.types.when import EventTime, TimeBasis
from dragoman.types.where import PlaceLink
from dragoman.web.site import link, path_part

KINDS = {
    Event: "event",
    Agreement: "agreement",
    Position: "position",
    Claim: "claim",
    Project: "project",
    Membership: "membership",
}
_FIRM = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a line: text, and where it leads (empty for nowhere). `soft` marks what is unknown or connects."""

    text: str
    href: str = ""
    soft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A named line of a card."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One record as pages show it.

    `line` says who did what to whom; `badges` are status and whatever else keeps it from being a plain fact.
    """

    id: str
    kind: str
    title: str
    meaning: str
    line: tuple[Piece, ...]
    badges: tuple[str, ...]
    facts: tuple[Fact, ...]
    confidence: float
    reason: str
    decisions: tuple[Decision, ...]
    quote: str
    day: str
    review: str
    version: str
    cluster: str
    document: str
    report: str
    publisher: str
    published: str
    sentence: int
    run: str
    versions: str

    @property
    def href(self) -> str:
        """The page of the record."""
        return f"/records/{path_part(self.id)}"

    @property
    def text_href(self) -> str:
        """Its words in the report."""
        return f"/articles/{path_part(self.document)}#c-{self.id}"


def make_card(entry: Entry[Any]) -> Card:
    """The card of a record in the store."""
    record: Record = entry.record
    drawn = _DRAWERS[type(record)](record)
    by = entry.provenance
    return Card(
        id=record.id,
        kind=KINDS[type(record)],
        title=drawn.title,
        meaning=_meaning(record, by.codebook),
        line=drawn.line,
        badges=tuple(_badges(record)),
        facts=(*drawn.facts, Fact(name="according to", pieces=tuple(_speaker(record.attribution)))),
        confidence=record.confidence,
        reason=record.reason,
        decisions=record.decisions if isinstance(record, Event) else (),
        quote=entry.quote,
        day=entry.day,
        review=entry.review,
        version=entry.version,
        cluster=entry.cluster,
        document=entry.document,
        report=entry.title or entry.origin,
        publisher=entry.publisher or "",
        published=entry.published or "",
        sentence=record.sentence,
        run=entry.run,
        versions=f"codebook {by.codebook}, model {by.model}, knowledge base {by.kb}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    title: str
    line: tuple[Piece, ...]
    facts: tuple[Fact, ...] = ()


def _event(event: Event) -> _Drawn:
    sources, targets = tuple(actors(event.sources)), tuple(actors(event.targets))
    title = f"{event.category}{' ' + event.mode if event.mode else ''}"
    line = sources or (_soft("nobody named"),)
    if targets:
        line += (Piece(text=" → ", soft=True), *targets)
    elif event.reciprocal:
        line += (_soft(" jointly"),)
    facts = [_fact("when", when(event.time)), _fact("where", where(event.place))]
    score = "" if event.plover_score is None else f"; PLOVER score {event.plover_score:g}"
    goldstein = "" if event.goldstein is None else f"; Goldstein {event.goldstein:g}"
    facts.append(_fact("code", [Piece(text=f"CAMEO {event.cameo}, {event.quad.replace('_', ' ')}{score}{goldstein}")]))
    if event.contexts:
        facts.append(_fact("context", [Piece(text=", ".join(event.contexts))]))
    return _Drawn(title=title, line=line, facts=_kept(facts))


def _agreement(agreement: Agreement) -> _Drawn:
    named = agreement.title or agreement.description
    parties = tuple(actors(agreement.parties)) or (_soft("no party named"),)
    line = (Piece(text=f"{named or 'unnamed'}", soft=not named), Piece(text=" between ", soft=True), *parties)
    facts = [
        _fact("kind", [Piece(text=agreement.instrument.replace("_", " "))]),
        _fact("stage", [Piece(text=agreement.agreement_status.replace("_", " "))]),
        _fact("signed by", list(actors(agreement.signatories))),
        _fact("about", [Piece(text=", ".join(agreement.subjects))] if agreement.subjects else []),
        _fact("when", when(agreement.time)),
    ]
    if agreement.may_overlap:
        same = [Piece(text=f"{'' if n == 0 else ', '}{id}", href=f"/records/{path_part(id)}")
                for n, id in enumerate(agreement.may_overlap)]  # fmt: skip
        facts.append(_fact("may be the same as", same))
    number = "not stated" if agreement.number_stated is None else str(agreement.number_stated)
    facts.append(_fact("how many", [Piece(text=number)]))
    return _Drawn(title=f"agreement: {agreement.agreement_status.replace('_', ' ')}", line=line, facts=_kept(facts))


def _position(position: Position) -> _Drawn:
    line = (*actors((position.holder,)), Piece(text=f" {position.stance} ", soft=True), Piece(text=position.topic_text))
    strength = [Piece(text=position.strength)] if position.strength else []
    return _Drawn(title=f"position: {position.stance}", line=line, facts=_kept([_fact("strength", strength)]))


def _claim(claim: Claim) -> _Drawn:
    speaker = tuple(actors((claim.speaker,))) if claim.speaker else (_soft(f"{claim.speaker_kind} speaker"),)
    line = (*speaker, Piece(text=": ", soft=True), Piece(text=claim.content_text))
    about = [
        Piece(text=f"{'' if n == 0 else ', '}{id}", href=f"/records/{path_part(id)}")
        for n, id in enumerate(claim.about)
    ]
    cue = [Piece(text=claim.cue_text)] if claim.cue_text else []
    return _Drawn(title="claim", line=line, facts=_kept([_fact("said with", cue), _fact("about", about)]))


def _project(project: Project) -> _Drawn:
    line = (Piece(text=project.name), Piece(text=" of ", soft=True), *actors(project.proponents))
    known = project.canonical_name or "not linked to a known project"
    facts = [
        _fact("stage", [Piece(text=project.project_status.replace("_", " "))]),
        _fact("sort", [Piece(text=project.sort)] if project.sort else []),
        _fact("known as", [Piece(text=known, soft=project.canonical_name is None)]),
        _fact("where", [piece for place in project.places for piece in where(place)]),
    ]
    return _Drawn(title=f"project: {project.project_status.replace('_', ' ')}", line=line, facts=_kept(facts))


def _membership(membership: Membership) -> _Drawn:
    line = (
        *actors((membership.member,)),
        Piece(text=" in ", soft=True),
        *actors((membership.organization,)),
    )
    facts = [
        _fact("stage", [Piece(text=membership.membership_status.replace("_", " "))]),
        _fact("how", [Piece(text=f"{membership.level} by the report")]),
    ]
    return _Drawn(title=f"membership: {membership.level}", line=line, facts=_kept(facts))


_DRAWERS: Mapping[type, Callable[[Any], _Drawn]] = {
    Event: _event,
    Agreement: _agreement,
    Position: _position,
    Claim: _claim,
    Project: _project,
    Membership: _membership,
}


def actors(links: Iterable[ActorLink]) -> Iterator[Piece]:
    """Names with their codes, linked to their pages; commas between."""
    for number, actor in enumerate(links):
        if number:
            yield Piece(text=", ", soft=True)
        code = " ".join(part for part in (actor.country, actor.sector) if part)
        text = f"{actor.name or actor.text}{f' ({code})' if code else ''}"
        yield Piece(text=text, href=actor_href(actor), soft=actor.actor_id is None)


def actor_href(actor: ActorLink) -> str:
    """The actor's page; for one that is not resolved, the records that name it so."""
    if actor.actor_id:
        return f"/actors/{path_part(actor.actor_id)}"
    return link("/events", actor=actor.text) if actor.text.strip() else ""


def when(time: EventTime | None) -> list[Piece]:
    """The time, and where it comes from when it does not stand there in full."""
    if time is None:
        return [_soft("time not stated")]
    pieces = [Piece(text=time.edtf)]
    if time.basis is not TimeBasis.STATED:
        pieces.append(_soft(f" {time.basis.value}: {time.reason}"))
    elif "X" in time.edtf:
        pieces.append(_soft(f" year not stated: {time.reason}"))
    return pieces


def where(place: PlaceLink | None) -> list[Piece]:
    """The place, how exactly it is known, and whether it is disputed."""
    if place is None:
        return []
    name = place.name or place.text
    pieces = [Piece(text=f"{name}{f' ({place.country})' if place.country else ''}", href=link("/events", place=name))]
    if place.precision:
        pieces.append(_soft(f" known to the {place.precision.value}"))
    if place.disputed:
        pieces.append(_soft(f"; disputed between {', '.join(place.disputed)}"))
    return pieces


def _speaker(said: Attribution) -> Iterator[Piece]:
    if said.by is AttributedTo.REPORT:
        yield Piece(text="the report itself")
    elif said.speaker is not None:
        yield from actors((said.speaker,))
    else:
        yield _soft(f"somebody unnamed{f' ({said.cue_text})' if said.cue_text else ''}")


def _badges(record: Record) -> Iterator[str]:
    if record.origin is Origin.PERSON:
        yield "added by a person"
    if record.status is not Status.ASSERTED:
        yield record.status.value
    if isinstance(record, Event) and not record.counted:
        yield "not counted"
    if record.confidence < _FIRM:
        yield "unsure"


def _fact(name: str, pieces: list[Piece]) -> Fact:
    return Fact(name=name, pieces=tuple(pieces))


def _kept(facts: list[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.pieces)


def _soft(text: str) -> Piece:
    return Piece(text=text, soft=True)


def _meaning(record: Record, codebook: str) -> str:
    if not isinstance(record, Event):
        return ""
    return category_titles(codebook.rpartition("-")[0] or codebook).get(record.category, "")


@lru_cache(maxsize=8)
def category_titles(codebook: str) -> Mapping[str, str]:
    """What the categories of a shipped codebook mean; empty for a codebook that is not at hand."""
    try:
        return {
            code: category.description or category.title
            for code, category in load_codebook(codebook).categories.items()
        }
    except CodebookError:
        return {}
