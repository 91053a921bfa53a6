"""Records in few words: actors, times, speakers, quotes. Pure."""

from collections.abc import Iterable

from dragoman.types.actor import ActorLink
from dragoman.types.record import AttributedTo, Attribution, Claim, Event, Position, Record
from dragoman.types.text import Span, shorten
from dragoman.types.when import EventTime, TimeBasis
from dragoman.types.where import PlaceLink

_QUOTE = 160
_GAP = 40


def show_actor(link: ActorLink) -> str:
    """The name, or the words when nobody is resolved, with country and sector: `Armenia (ARM)`."""
    name = link.name or link.text
    code = " ".join(part for part in (link.country, link.sector) if part)
    return f"{name} ({code})" if code else name


def show_actors(links: Iterable[ActorLink]) -> str:
    """All actors, with commas; one that several mentions name stands once."""
    return ", ".join(dict.fromkeys(map(show_actor, links)))


def show_time(time: EventTime | None) -> str:
    """The EDTF time; `published` and `inherited` ones say so."""
    if time is None:
        return ""
    said = time.basis in (TimeBasis.PUBLISHED, TimeBasis.INHERITED)
    return f"{time.edtf} ({time.basis.value})" if said else time.edtf


def show_place(place: PlaceLink | None) -> str:
    """The gazetteer's name, or the words when nothing is resolved, with the country unless that is the place."""
    if place is None:
        return ""
    name = place.name or place.text
    return f"{name} ({place.country})" if place.country else name


def show_attribution(attribution: Attribution) -> str:
    """Who says so, in few words."""
    if attribution.by is AttributedTo.REPORT:
        return "the report"
    if attribution.speaker is not None:
        return show_actor(attribution.speaker)
    return f"unnamed: {attribution.cue_text}" if attribution.cue_text else "unnamed"


def quote(record: Record, text: str) -> str:
    """The words that show the record: its evidence, near stretches joined, with dots between far ones."""
    spans = _merge([*record.evidence, *_core(record)])
    return shorten(" … ".join(span.of(text) for span in spans), _QUOTE)


def _core(record: Record) -> tuple[Span, ...]:
    if isinstance(record, Event):
        return (record.trigger,)
    if isinstance(record, Claim):
        return (record.content,)
    return (record.topic,) if isinstance(record, Position) else ()


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start - merged[-1].end <= _GAP:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
