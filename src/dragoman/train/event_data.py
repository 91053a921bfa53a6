"""Annotated reports as training sentences: words, triggers and their arguments by word number."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.train.annotation import ActorMark, ClaimMark, EventMark, Report
from dragoman.types.text import Span

NOTHING = "none"
# Arguments of an event, in the order of the heads' outputs. Here, so that reading data needs no torch.
ROLES = ("source", "target", "speaker", "cue", "time", "place")
Range = tuple[int, int]
Segment = Callable[[str], Sequence[Sequence[Range]]]
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerGold:
    """One marked event: the trigger's word, its codes, and for each role the words of its spans.

    `arguments` follows `ROLES`; each entry holds one tuple of word numbers for each span.
    """

    word: int
    category: str
    cameo: str
    mode: str
    status: str
    by: str
    reciprocal: bool
    arguments: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechGold:
    """Reported content with its speaker and cue, as word numbers; the latter two are empty where nobody is named."""

    content: tuple[int, ...]
    speaker: tuple[int, ...]
    cue: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSentence:
    """One sentence of a report with all its marked events; `spans` are the words' places in the report.

    `happened` holds (word, label) pairs of predicates judged for factuality alone.
    """

    report: str
    origin: str
    split: str
    words: tuple[str, ...]
    spans: tuple[Range, ...]
    triggers: tuple[TriggerGold, ...]
    speeches: tuple[SpeechGold, ...] = ()
    happened: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLabels:
    """Classes of each event head, by index; class 0 of categories, cameo and modes is "none"."""

    categories: tuple[str, ...]
    cameo: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    attributions: tuple[str, ...]
    roles: tuple[str, ...] = ROLES


def event_sentences(reports: Iterable[Report], segment: Segment) -> Iterator[EventSentence]:
    """The sentences of `reports`, cut by `segment` (text to words' ranges) inside the marked sentences where known."""
    for report in reports:
        areas = report.sentences or _lines(report.text)
        for area in areas:
            for ranges in segment(report.text[area.start : area.end]):
                spans = tuple((area.start + first, area.start + last) for first, last in ranges)
                if spans:
                    yield _sentence(report, spans)


def _lines(text: str) -> tuple[Span, ...]:
    return tuple(Span(match.start(), match.end()) for match in _LINE.finditer(text))


def _sentence(report: Report, spans: tuple[Range, ...]) -> EventSentence:
    found = (_trigger(event, spans) for event in report.events)
    return EventSentence(
        report=report.id,
        origin=report.origin,
        split=report.split,
        words=tuple(report.text[first:last] for first, last in spans),
        spans=spans,
        triggers=tuple(trigger for trigger in found if trigger),
        speeches=tuple(speech for claim in report.claims if (speech := _speech(claim, spans))),
    )


def _speech(claim: ClaimMark, spans: tuple[Range, ...]) -> SpeechGold | None:
    content = _words_of(claim.content, spans) if claim.content is not None else ()
    if not content:
        return None
    speaker = _words_of(claim.speaker, spans) if claim.speaker is not None else ()
    cue = _words_of(claim.cue, spans) if claim.cue is not None else ()
    return SpeechGold(content=content, speaker=speaker, cue=cue)


def _trigger(event: EventMark, spans: tuple[Range, ...]) -> TriggerGold | None:
    if event.trigger is None:
        return None
    words = _words_of(event.trigger, spans)
    if not words:
        return None
    by_role: dict[str, Sequence[Span | None]] = {
        "source": _spans(event.sources),
        "target": _spans(event.targets),
        "speaker": (event.speaker,),
        "cue": (event.cue,),
        "time": (event.time,),
        "place": (event.place,),
    }
    arguments = tuple(
        tuple(covered for span in by_role[role] if span is not None and (covered := _words_of(span, spans)))
        for role in ROLES
    )
    return TriggerGold(
        word=words[0],
        category=event.category,
        cameo=event.cameo,
        mode=event.mode or NOTHING,
        status=event.status,
        by=event.by,
        reciprocal=event.reciprocal,
        arguments=arguments,
    )


def _spans(marks: Sequence[ActorMark]) -> tuple[Span | None, ...]:
    return tuple(dict.fromkeys(mark.span for mark in marks))


def _words_of(span: Span, spans: tuple[Range, ...]) -> tuple[int, ...]:
    return tuple(i for i, (first, last) in enumerate(spans) if first < span.end and span.start < last)


def collect_event_labels(sentences: Iterable[EventSentence], *, rarest_code: int = 3) -> EventLabels:
    """The inventories of the marked events; a CAMEO leaf rarer than `rarest_code` gives way to its parent."""
    triggers = [trigger for sentence in sentences for trigger in sentence.triggers]
    codes = Counter(trigger.cameo for trigger in triggers)
    kept = {code for code, count in codes.items() if count >= rarest_code}
    roots = {code[:2] for code in codes}
    return EventLabels(
        categories=(NOTHING, *sorted({trigger.category for trigger in triggers})),
        cameo=(NOTHING, *sorted(kept | roots)),
        modes=(NOTHING, *sorted({trigger.mode for trigger in triggers} - {NOTHING})),
        statuses=tuple(sorted({trigger.status for trigger in triggers})),
        attributions=("report", "named", "unnamed"),
    )


def cameo_class(code: str, labels: EventLabels) -> int:
    """The class of a CAMEO code: itself, else its nearest kept parent."""
    while code not in labels.cameo and len(code) > 2:
        code = code[:-1]
    return labels.cameo.index(code) if code in labels.cameo else 0
