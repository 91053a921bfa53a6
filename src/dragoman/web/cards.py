"""Records as cards: what a page says of one, in few words, with links to what it names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.coding.codebook import load_codebook
from dragoman.errors import CodebookError
from dragoman.store import Entry
from dragoman.types.record import (
    Agreement,
    AttributedTo,
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
from dragoman.web.pieces import Fact, Piece, actors, fact, kept, soft, speaker, when, where
from dragoman.web.site import path_part

KINDS = {
    Event: "event",
    Agreement: "agreement",
    Position: "position",
    Claim: "claim",
    Project: "project",
    Membership: "membership",
}
_FIRM = 0.5
# What a list shows of a record beside its line; its own page shows everything.
_BRIEF = frozenset(("when", "where", "kind", "about", "signed by", "sort", "strength"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One record as pages show it.

    `line` says who did what to whom; `badges` are status and whatever else keeps it from being a plain fact; `brief`
    are the facts that a list has room for.
    """

    id: str
    kind: str
    title: str
    meaning: str
    line: tuple[Piece, ...]
    badges: tuple[str, ...]
    facts: tuple[Fact, ...]
    brief: tuple[Fact, ...]
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
    by, said = entry.provenance, Fact(name="according to", pieces=tuple(speaker(record.attribution)))
    claim = isinstance(record, Claim)  # its line says who speaks, and its own page what about
    elsewhere = () if record.attribution.by is AttributedTo.REPORT or claim else (said,)
    return Card(
        id=record.id,
        kind=KINDS[type(record)],
        title=drawn.title,
        meaning=_meaning(record, by.codebook),
        line=drawn.line,
        badges=tuple(_badges(record)),
        facts=(*drawn.facts, said),
        brief=(*(one for one in drawn.facts if one.name in _BRIEF and not claim), *elsewhere),
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
    line = sources or (soft("nobody named"),)
    if targets:
        line += (Piece(text=" → ", soft=True), *targets)
    elif event.reciprocal:
        line += (soft(" jointly"),)
    facts = [fact("when", when(event.time)), fact("where", where(event.place))]
    score = "" if event.plover_score is None else f"; PLOVER score {event.plover_score:g}"
    goldstein = "" if event.goldstein is None else f"; Goldstein {event.goldstein:g}"
    facts.append(fact("code", [Piece(text=f"CAMEO {event.cameo}, {event.quad.replace('_', ' ')}{score}{goldstein}")]))
    if event.contexts:
        facts.append(fact("context", [Piece(text=", ".join(event.contexts))]))
    return _Drawn(title=title, line=line, facts=kept(facts))


def _agreement(agreement: Agreement) -> _Drawn:
    named = agreement.title or agreement.description
    parties = tuple(actors(agreement.parties)) or (soft("no party named"),)
    line = (Piece(text=f"{named or 'unnamed'}", soft=not named), Piece(text=" between ", soft=True), *parties)
    facts = [
        fact("kind", [Piece(text=agreement.instrument.replace("_", " "))]),
        fact("stage", [Piece(text=agreement.agreement_status.replace("_", " "))]),
        fact("signed by", list(actors(agreement.signatories))),
        fact("about", [Piece(text=", ".join(agreement.subjects))] if agreement.subjects else []),
        fact("when", when(agreement.time)),
    ]
    if agreement.may_overlap:
        same = [Piece(text=f"{'' if n == 0 else ', '}{id}", href=f"/records/{path_part(id)}")
                for n, id in enumerate(agreement.may_overlap)]  # fmt: skip
        facts.append(fact("may be the same as", same))
    number = "not stated" if agreement.number_stated is None else str(agreement.number_stated)
    facts.append(fact("how many", [Piece(text=number)]))
    return _Drawn(title=f"agreement: {agreement.agreement_status.replace('_', ' ')}", line=line, facts=kept(facts))


def _position(position: Position) -> _Drawn:
    line = (*actors((position.holder,)), Piece(text=f" {position.stance} ", soft=True), Piece(text=position.topic_text))
    strength = [Piece(text=position.strength)] if position.strength else []
    return _Drawn(title=f"position: {position.stance}", line=line, facts=kept([fact("strength", strength)]))


def _claim(claim: Claim) -> _Drawn:
    said_by = tuple(actors((claim.speaker,))) if claim.speaker else (soft(f"{claim.speaker_kind} speaker"),)
    line = (*said_by, Piece(text=": ", soft=True), Piece(text=claim.content_text))
    about = [
        Piece(text=f"{'' if n == 0 else ', '}{id}", href=f"/records/{path_part(id)}")
        for n, id in enumerate(claim.about)
    ]
    cue = [Piece(text=claim.cue_text)] if claim.cue_text else []
    return _Drawn(title="claim", line=line, facts=kept([fact("said with", cue), fact("about", about)]))


def _project(project: Project) -> _Drawn:
    line: tuple[Piece, ...] = (Piece(text=project.name),)
    if project.proponents:
        line += (Piece(text=" of ", soft=True), *actors(project.proponents))
    known = project.canonical_name or "not linked to a known project"
    facts = [
        fact("stage", [Piece(text=project.project_status.replace("_", " "))]),
        fact("sort", [Piece(text=project.sort)] if project.sort else []),
        fact("known as", [Piece(text=known, soft=project.canonical_name is None)]),
        fact("where", [piece for place in project.places for piece in where(place)]),
    ]
    return _Drawn(title=f"project: {project.project_status.replace('_', ' ')}", line=line, facts=kept(facts))


def _membership(membership: Membership) -> _Drawn:
    line = (
        *actors((membership.member,)),
        Piece(text=" in ", soft=True),
        *actors((membership.organization,)),
    )
    facts = [
        fact("stage", [Piece(text=membership.membership_status.replace("_", " "))]),
        fact("how", [Piece(text=f"{membership.level} by the report")]),
    ]
    return _Drawn(title=f"membership: {membership.level}", line=line, facts=kept(facts))


_DRAWERS: Mapping[type, Callable[[Any], _Drawn]] = {
    Event: _event,
    Agreement: _agreement,
    Position: _position,
    Claim: _claim,
    Project: _project,
    Membership: _membership,
}


def _badges(record: Record) -> Iterator[str]:
    if record.origin is Origin.PERSON:
        yield "added by a person"
    if record.status is not Status.ASSERTED:
        yield record.status.value
    if isinstance(record, Event) and not record.counted:
        yield "not counted"
    if record.confidence < _FIRM:
        yield "unsure"


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
