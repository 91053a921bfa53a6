"""The register of promises: a pledge waits for a later event that keeps or breaks it. Nothing is decided silently."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.registers.tellings import (
    Told,
    day_of,
    entry_id,
    group,
    key_of,
    likeness,
    parties_of,
    states_of,
    tell,
    telling_of,
    words_of,
)
from dragoman.types.record import Event, Status
from dragoman.types.register import Answer, PromiseEntry, PromiseState

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

_PROMISED = frozenset({Status.PLEDGED, Status.SIGNALLED})
_BREAKING = frozenset({"REJECT", "SANCTION", "COERCE", "PROTEST", "THREATEN"})
_WORDS_OF_FAILURE = words_of(
    "fail failed cancel cancelled scrap scrapped withdraw withdrew withdrawn shelve shelved break broke broken drop "
    "dropped refuse refused renege reneged halt halted abandon abandoned postpone postponed delay delayed cut"
)
_PROMISE_WORDS = words_of(
    "pledge pledged pledging promise promised vow vowed commit committed commitment agree agreed will would ready "
    "readiness willingness president minister prime government said country"
)
_LEAST_SHARED = 2
_LIKE = 0.34
_MUCH = 3


def build_promise_register(coded: Iterable["Coded"]) -> tuple[PromiseEntry, ...]:
    """The entries, by first telling: pledges of category AGREE with the later events that may answer them."""
    events = tell(coded, Event)
    pledges = [told for told in events if told.record.category == "AGREE" and told.record.status in _PROMISED]
    by_state: dict[str, list[Told[Event]]] = {}
    for told in events:
        for state in states_of((*told.record.sources, *told.record.targets)):
            by_state.setdefault(state, []).append(told)
    return tuple(_entry(members, _of_promisers(members[0], by_state)) for members in group(pledges, _is_same, _keys))


def _of_promisers(promise: Told[Event], by_state: Mapping[str, Sequence[Told[Event]]]) -> list[Told[Event]]:
    """The events in which a promiser's state takes part, each once, in time order."""
    found = {told.record.id: told for state in states_of(promise.record.sources) for told in by_state.get(state, ())}
    return sorted(found.values(), key=lambda told: told.order)


def _keys(told: Told[Event]) -> list[object]:
    sources = frozenset(key_of(link) for link in told.record.sources)
    return [key for key in (told.record.cluster, sources) if key]


def _is_same(one: Told[Event], other: Told[Event]) -> bool:
    """True for one cluster, or the same promisers and most of the words."""
    a, b = one.record, other.record
    if a.cluster is not None and a.cluster == b.cluster:
        return not _are_two_of_one_report(one, other)
    keys, keys_too = {key_of(link) for link in a.sources}, {key_of(link) for link in b.sources}
    shared = _content(one) & _content(other)
    return (
        keys == keys_too
        and bool(keys)
        and likeness(_content(one), _content(other)) >= 2 * _LIKE
        and (len(shared) >= _LEAST_SHARED)
    )


def _are_two_of_one_report(one: Told[Event], other: Told[Event]) -> bool:
    """True for two sentences of a report that say much and share little of it.

    They may be one happening ("he pledged") and still promise two things; a headline says too little to tell.
    """
    contents = _content(one), _content(other)
    return one.document.id == other.document.id and min(map(len, contents)) >= _MUCH and likeness(*contents) < _LIKE


def _content(told: Told[Event]) -> frozenset[str]:
    """The words of the promise or event, without those who act in it."""
    links = (*told.record.sources, *told.record.targets)
    named = frozenset(word for link in links for word in words_of(f"{link.text} {link.name or ''}"))
    return words_of(sentence_of(told)) - named - _PROMISE_WORDS


def sentence_of(told: Told[Event]) -> str:
    """The evidence and what follows it to the end of the sentence: what is promised often stands behind."""
    text, span = told.document.text, told.record.evidence[0]
    ends = [end for mark in (". ", "\n", "? ", "! ") if (end := text.find(mark, span.end)) >= 0]
    return text[span.start : min(ends, default=len(text)) + 1].strip() if text else ""


def _entry(members: Sequence[Told[Event]], events: Sequence[Told[Event]]) -> PromiseEntry:
    first = members[0]
    later = [told for told in events if all(_comes_after(told, member) for member in members[:1])]
    kept = tuple(found for told in later if (found := _keeps(first, told)))
    broken = tuple(found for told in later if (found := _breaks(first, told)))
    return PromiseEntry(
        id=entry_id("or", members),
        promisers=parties_of(told.record.sources for told in members),
        receivers=parties_of(told.record.targets for told in members),
        promise=sentence_of(first),
        state=_state(kept, broken),
        kept=kept,
        broken=broken,
        tellings=tuple(telling_of(told, told.record.status.value, _time(told)) for told in members),
        reason="one telling" if len(members) == 1 else f"{len(members)} tellings: the same promisers and words",
    )


def _state(kept: Sequence[Answer], broken: Sequence[Answer]) -> PromiseState:
    if kept and broken:
        return PromiseState.DISPUTED
    if broken:
        return PromiseState.BROKEN
    return PromiseState.KEPT if kept else PromiseState.OPEN


def _time(told: Told[Event]) -> str | None:
    return told.record.time.edtf if told.record.time else None


def _comes_after(told: Told[Event], promise: Told[Event]) -> bool:
    """True for an event of a later report; undated reports cannot be told apart in time, and answer nothing."""
    published, before = told.document.published, promise.document.published
    if published is None or before is None or published <= before:
        return False
    day = day_of(_time(told))
    return day is None or day >= (day_of(_time(promise)) or before)


def _shared(promise: Told[Event], told: Told[Event]) -> frozenset[str]:
    """Words of the promise that the event has too; none when another actor does it or it is done to others."""
    a, b = promise.record, told.record
    actors = states_of((*b.sources, *b.targets))
    if not states_of(a.sources) & actors or (a.targets and not states_of(a.targets) & actors):
        return frozenset()
    one, other = _content(promise), _content(told)
    shared = one & other
    return shared if len(shared) >= _LEAST_SHARED and likeness(one, other) >= _LIKE else frozenset()


def _keeps(promise: Told[Event], told: Told[Event]) -> Answer | None:
    event = told.record
    done = event.status is Status.ASSERTED and event.quad.endswith("cooperation") and event.category != "AGREE"
    shared = _shared(promise, told)
    if not done or not shared or _tells_failure(told):
        return None
    return _answer(told, f"{event.category} by the promiser is told later, with {_listed(shared)}")


def _breaks(promise: Told[Event], told: Told[Event]) -> Answer | None:
    event = told.record
    negated = event.status is Status.NEGATED
    against = event.status is Status.ASSERTED and (event.category in _BREAKING or _tells_failure(told))
    shared = _shared(promise, told)
    if not (negated or against) or not shared:
        return None
    why = "is told as not done" if negated else "speaks against it"
    return _answer(told, f"{event.category} {why}, with {_listed(shared)}")


def _tells_failure(told: Told[Event]) -> bool:
    return bool(words_of(sentence_of(told)) & _WORDS_OF_FAILURE)


def _listed(words: Iterable[str]) -> str:
    return "the words " + ", ".join(f"'{word}'" for word in sorted(words))


def _answer(told: Told[Event], reason: str) -> Answer:
    return Answer(
        record=told.record.id,
        document=told.document.id,
        day=day_of(_time(told)) or told.document.published,
        quote=sentence_of(told),
        reason=reason,
    )
