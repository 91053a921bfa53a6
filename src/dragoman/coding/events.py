"""From chosen events to event records: ids, scores, contexts, links, time and place."""

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import Codebook
from dragoman.coding.ids import record_id
from dragoman.types.actor import ActorLink
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import AttributedTo, Attribution, Event, Status
from dragoman.types.text import Span, cover
from dragoman.types.when import EventTime
from dragoman.types.where import PlaceLink

_COUNTED_PROMISES = frozenset({Status.PLEDGED, Status.SIGNALLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """How spans become actors, times and places; each gives None or an unresolved link rather than a guess."""

    actor: Callable[[Span], tuple[ActorLink, ...]]
    time: Callable[[ChosenEvent], EventTime | None]
    place: Callable[[ChosenEvent], PlaceLink | None]
    place_of: Callable[[Span], PlaceLink | None]


def assemble_event(parsed: ParsedDocument, chosen: ChosenEvent, codebook: Codebook, lookups: Lookups) -> Event:
    """The record of a chosen event."""
    document = parsed.document
    sources = tuple(link for span in chosen.sources for link in lookups.actor(span))
    targets = tuple(link for span in chosen.targets for link in lookups.actor(span))
    return Event(
        id=record_id(
            "ev", document.id, "event", codebook.name, chosen.trigger.start, chosen.trigger.end, chosen.category
        ),
        document=document.id,
        sentence=chosen.sentence,
        evidence=(_evidence(parsed, chosen),),
        trigger=chosen.trigger,
        trigger_text=chosen.trigger.of(document.text),
        category=chosen.category,
        mode=chosen.mode,
        contexts=codebook.contexts_of_cameo(chosen.cameo),
        cameo=chosen.cameo,
        quad=codebook.quad_of(chosen.category) or "",
        goldstein=codebook.goldstein_of(chosen.cameo),
        plover_score=codebook.plover_score_of(chosen.category, chosen.mode),
        sources=sources,
        targets=targets,
        reciprocal=chosen.reciprocal,
        status=chosen.status,
        attribution=_attribution(document.text, chosen, lookups),
        time=lookups.time(chosen),
        place=lookups.place(chosen),
        confidence=round(chosen.confidence, 4),
        reason=_reason(chosen),
        decisions=chosen.decisions,
        counted=is_counted(chosen.category, chosen.status),
    )


def is_counted(category: str, status: Status) -> bool:
    """Whether series and scores count the event by default (RECORD.md section 3)."""
    return status is Status.ASSERTED or (category == "AGREE" and status in _COUNTED_PROMISES)


def _evidence(parsed: ParsedDocument, chosen: ChosenEvent) -> Span:
    """The shortest stretch of the sentence that holds trigger, actors, time, place, speaker and cue."""
    more = (chosen.speaker, chosen.cue, chosen.time, chosen.place)
    spans = [chosen.trigger, *chosen.sources, *chosen.targets, *(span for span in more if span is not None)]
    sentence = parsed.sentences[chosen.sentence].span
    return cover(*(span for span in spans if sentence.contains(span)))


def _attribution(text: str, chosen: ChosenEvent, lookups: Lookups) -> Attribution:
    if chosen.by is AttributedTo.REPORT:
        return Attribution(by=AttributedTo.REPORT)
    speaker = None if chosen.speaker is None else next(iter(lookups.actor(chosen.speaker)), None)
    cue_text = None if chosen.cue is None else chosen.cue.of(text)
    return Attribution(by=chosen.by, speaker=speaker, cue=chosen.cue, cue_text=cue_text)


def _reason(chosen: ChosenEvent) -> str:
    decided = next((decision for decision in chosen.decisions if decision.field == "category"), None)
    if decided is None:
        return "not stated"
    return f"{decided.value} by {decided.by}: {decided.reason} ({decided.confidence:.2f})"
