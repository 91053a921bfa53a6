"""Why one sentence was coded as it was: what `dragoman explain` shows."""

from dataclasses import dataclass

from dragoman.types.actor import ActorLink
from dragoman.types.record import Decision
from dragoman.types.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedMention:
    """An entity mention with the actor chosen for it; `link` is None when nobody asked who it is."""

    text: str
    span: Span
    kind: str
    confidence: float
    link: ActorLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedTrigger:
    """A word that may tell an event.

    `record` is the id of the record made from it, None when it was refused; `decisions` are the choices made,
    `refusals` the codes that were considered and turned down, each with its reason.
    """

    text: str
    span: Span
    lemma: str
    record: str | None
    decisions: tuple[Decision, ...] = ()
    refusals: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One sentence with its tree (one printable line a token), mentions and triggers.

    `number` counts from 0. `furniture` is True when the sentence is page furniture, which is never coded.
    """

    document: str
    number: int
    span: Span
    text: str
    tree: tuple[str, ...]
    mentions: tuple[ExplainedMention, ...]
    triggers: tuple[ExplainedTrigger, ...]
    furniture: bool = False
