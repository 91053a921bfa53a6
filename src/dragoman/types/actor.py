"""Actors and the links from mentions to them."""

from dataclasses import dataclass
from datetime import date

from dragoman.types.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An actor that a mention might mean, with the score and the reason that the resolver gave it."""

    actor_id: str
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLink:
    """A mention and the actor chosen for it.

    `actor_id` None means known to be unknown: then `name` is None too, while `country` and `sector` may still be known
    ("opposition voices in Kazakhstan" is KAZ OPP). `country` is ISO 3166-1 alpha-3, or IGO, NGO, IMG, MNC; None when
    the text and the knowledge base do not give it. `sector` is a PLOVER sector code, None for a bare state. `kind` is
    the knowledge base's (person, state, government, igo, ngo, armed_group, party, company, media, people, city,
    institution), None when abstaining. `as_of` is the date for which the role was asked. `span` is None for an actor
    that is not written in the text.
    """

    text: str
    span: Span | None
    actor_id: str | None = None
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    kind: str | None = None
    role: str | None = None
    as_of: date | None = None
    confidence: float = 0.0
    reason: str = "not_stated"
    candidates: tuple[Candidate, ...] = ()
