"""Stretches of a line and named lines: actors, times, places and speakers in few words, with links."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.types.actor import ActorLink
from dragoman.types.record import AttributedTo, Attribution
from dragoman.types.when import EventTime, TimeBasis
from dragoman.types.where import PlaceLink
from dragoman.web.site import link, path_part


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


def actors(links: Iterable[ActorLink]) -> Iterator[Piece]:
    """Names with their codes, linked to their pages; commas between. Whom several mentions name stands once."""
    for number, piece in enumerate(dict.fromkeys(map(_actor, links))):
        if number:
            yield Piece(text=", ", soft=True)
        yield piece


def _actor(actor: ActorLink) -> Piece:
    # An organisation of states has one code for both.
    code = " ".join(dict.fromkeys(part for part in (actor.country, actor.sector) if part))
    text = f"{actor.name or actor.text}{f' ({code})' if code else ''}"
    return Piece(text=text, href=actor_href(actor), soft=actor.actor_id is None)


def actor_href(actor: ActorLink) -> str:
    """The actor's page; for one that is not resolved, the records that name it so."""
    if actor.actor_id:
        return f"/actors/{path_part(actor.actor_id)}"
    return link("/events", actor=actor.text) if actor.text.strip() else ""


def when(time: EventTime | None) -> list[Piece]:
    """The time, and where it comes from when it does not stand there in full."""
    if time is None:
        return [soft("not stated")]
    pieces = [Piece(text=time.edtf)]
    if time.basis is not TimeBasis.STATED:
        pieces.append(soft(f" {time.basis.value}: {time.reason}"))
    elif "X" in time.edtf:
        pieces.append(soft(f" year not stated: {time.reason}"))
    return pieces


def where(place: PlaceLink | None) -> list[Piece]:
    """The place, how exactly it is known, and whether it is disputed."""
    if place is None:
        return []
    name = place.name or place.text
    pieces = [Piece(text=f"{name}{f' ({place.country})' if place.country else ''}", href=link("/events", place=name))]
    if place.precision:
        pieces.append(soft(f" known to the {place.precision.value}"))
    if place.disputed:
        pieces.append(soft(f"; disputed between {', '.join(place.disputed)}"))
    return pieces


def speaker(said: Attribution) -> Iterator[Piece]:
    """According to whom."""
    if said.by is AttributedTo.REPORT:
        yield Piece(text="the report itself")
    elif said.speaker is not None:
        yield from actors((said.speaker,))
    else:
        yield soft(f"somebody unnamed{f' ({said.cue_text})' if said.cue_text else ''}")


def fact(name: str, pieces: list[Piece]) -> Fact:
    """A named line."""
    return Fact(name=name, pieces=tuple(pieces))


def kept(facts: list[Fact]) -> tuple[Fact, ...]:
    """Those that say something."""
    return tuple(fact for fact in facts if fact.pieces)


def soft(text: str) -> Piece:
    """What is unknown, or connects."""
    return Piece(text=text, soft=True)
