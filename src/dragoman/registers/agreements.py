"""The register of agreements: one entry for what several reports tell of one agreement, with its status over time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.registers.tellings import (
    Told,
    are_alike,
    day_of,
    entry_id,
    group,
    history_of,
    parties_of,
    states_of,
    tell,
    telling_of,
    words_of,
)
from dragoman.types.record import Agreement, Status
from dragoman.types.register import AgreementEntry, Step

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

_Pair = tuple[AgreementEntry, Sequence[Told[Agreement]]]
_GENERIC = frozenset({"agreement", "other"})
_INSTRUMENT_WORDS = words_of(
    "agreement accord pact deal treaty memorandum understanding protocol contract convention document statement "
    "ceasefire truce armistice joint draft proposed signed several two three bilateral"
)
_LEAST_PARTIES = 2
_LEAST_TOPIC = 2
_MOST_PARTIES = 12
_ENDED = frozenset({"denounced", "expired", "suspended"})
_MADE = frozenset({"agreed", "initialled", "signed", "approved", "ratified", "in_force"})


def build_agreement_register(coded: Iterable["Coded"]) -> tuple[AgreementEntry, ...]:
    """The entries, by first telling. The order of the reports does not matter."""
    told = tell(coded, Agreement)
    groups = list(group(told, _is_same, _keys))
    entries = [_entry(members) for members in groups]
    owner = {telling.record: entry.id for entry in entries for telling in entry.tellings}
    pairs = list(zip(entries, groups, strict=True))
    by_parties: dict[tuple[str, str], list[_Pair]] = {}
    for entry, members in pairs:
        for two in sorted({two for one in members for two in _pairs(one)}):
            by_parties.setdefault(two, []).append((entry, members))
    found = {entry.id: set(_overlaps(entry, members, owner, by_parties)) for entry, members in pairs}
    for id, others in list(found.items()):
        for other in others:
            found[other].add(id)
    return tuple(replace(entry, may_overlap=tuple(sorted(found[entry.id] - {entry.id}))) for entry in entries)


def _keys(told: Told[Agreement]) -> list[object]:
    """What two tellings of one agreement share at least one of: cluster, title, two parties, a party and the topic."""
    record = told.record
    title = words_of(record.title) if record.title else None
    states, topic = states_of(record.parties), _topic(record)
    named = [(state, topic) for state in states] if topic else []
    return [*(key for key in (record.cluster, title) if key), *_pairs(told), *named]


def _pairs(told: Told[Agreement]) -> list[tuple[str, str]]:
    """Every two of the parties; of more than a dozen, as many a convention has, those of the first twelve."""
    return list(combinations(sorted(states_of(told.record.parties))[:_MOST_PARTIES], 2))


def _is_same(one: Told[Agreement], other: Told[Agreement]) -> bool:
    """True for two tellings of one agreement: a decided cluster, one title, or the same parties and subject."""
    a, b = one.record, other.record
    if a.cluster is not None and a.cluster == b.cluster:
        return True
    if not _fit(a, b) or _is_several(a) or _is_several(b):
        return False
    if a.title and b.title:
        return words_of(a.title) == words_of(b.title)
    if one.document.id == other.document.id and not _is_repeated(a, b):
        return False
    parties = states_of(a.parties), states_of(b.parties)
    same = len(parties[0]) >= _LEAST_PARTIES and parties[0] == parties[1]
    topic, topic_too = _topic(a), _topic(b)
    if topic and topic_too:
        within = bool(parties[0] & parties[1]) and (parties[0] <= parties[1] or parties[1] <= parties[0])
        named = within and topic == topic_too and len(topic) >= _LEAST_TOPIC and a.instrument == b.instrument
        return named or (same and are_alike(topic, topic_too))
    return same and a.instrument == b.instrument and _time(a) is not None and _time(a) == _time(b)


def _is_repeated(a: Agreement, b: Agreement) -> bool:
    """True inside one report when the words are the same: else the reader leaves the overlap open."""
    return words_of(a.title or a.description or "") == words_of(b.title or b.description or "") and bool(_topic(a))


def _fit(a: Agreement, b: Agreement) -> bool:
    """False for different instruments, and for two signings on different days."""
    if a.instrument != b.instrument and not {a.instrument, b.instrument} & _GENERIC:
        return False
    days = _signed_on(a), _signed_on(b)
    return None in days or days[0] == days[1]


def _signed_on(record: Agreement) -> object:
    return day_of(_time(record)) if record.agreement_status == "signed" else None


def _time(record: Agreement) -> str | None:
    return record.time.edtf if record.time else None


def _is_several(record: Agreement) -> bool:
    """True for words that mean several agreements: which of them another report tells of is not known."""
    if record.number_stated is not None:
        return record.number_stated > 1
    last = (record.title or record.description or "").split()
    return bool(last) and any(word.lower().rstrip(",") in ("agreements", "accords", "pacts", "deals", "treaties",
                                                            "memoranda", "protocols", "contracts", "documents")
                              for word in last)  # fmt: skip


def _topic(record: Agreement) -> frozenset[str]:
    """What it is about, the names of the parties and the words for instruments left out."""
    words = words_of(" ".join([record.title or record.description or "", *record.subjects]))
    named = frozenset(word for link in record.parties for word in words_of(f"{link.text} {link.name or ''}"))
    return words - named - _INSTRUMENT_WORDS


def _entry(members: Sequence[Told[Agreement]]) -> AgreementEntry:
    records = [told.record for told in members]
    tellings = tuple(telling_of(told, told.record.agreement_status, _time(told.record)) for told in members)
    history = history_of(telling for telling in tellings if telling.held != Status.HYPOTHETICAL)
    history = history or history_of(tellings)
    return AgreementEntry(
        id=entry_id("ar", members),
        title=next((record.title for record in records if record.title), None),
        description=next((record.description for record in records if record.description), None),
        instrument=next((r.instrument for r in records if r.instrument not in _GENERIC), records[0].instrument),
        parties=parties_of(record.parties for record in records),
        signatories=parties_of(record.signatories for record in records),
        subjects=tuple(dict.fromkeys(subject for record in records for subject in record.subjects)),
        status=_current(history),
        history=history,
        times=tuple(sorted({time for record in records if (time := _time(record))})),
        number_stated=next((record.number_stated for record in records if record.number_stated), None),
        may_overlap=(),
        tellings=tellings,
        reason=_reason(members),
    )


def _current(history: Sequence[Step]) -> str:
    """The last value. That it was made is not undone by a later report that only announces or recalls talks."""
    for step in reversed(history):
        if step.value in _MADE or step.value in _ENDED:
            return step.value
    return history[-1].value


def _reason(members: Sequence[Told[Agreement]]) -> str:
    if len(members) == 1:
        return "one telling"
    first, *later = members
    if any(told.record.cluster and told.record.cluster == first.record.cluster for told in later):
        return f"{len(members)} tellings in one cluster"
    if first.record.title:
        return f"{len(members)} tellings with one title"
    return f"{len(members)} tellings with the same parties and subject"


def _overlaps(
    entry: AgreementEntry,
    members: Sequence[Told[Agreement]],
    owner: Mapping[str, str],
    by_parties: Mapping[tuple[str, str], Sequence[_Pair]],
) -> Iterator[str]:
    """Entries that may be the same: those that the records name, and ones across reports that nothing tells apart."""
    yield from (owner[id] for told in members for id in told.record.may_overlap if id in owner)
    for two in sorted({two for told in members for two in _pairs(told)}):
        for other, theirs in by_parties.get(two, ()):
            if other.id > entry.id and any(_may_be_same(a, b) for a in members for b in theirs):
                yield other.id


def _may_be_same(one: Told[Agreement], other: Told[Agreement]) -> bool:
    a, b = one.record, other.record
    if one.document.id == other.document.id or not _fit(a, b) or (a.title and b.title):
        return False
    parties = states_of(a.parties), states_of(b.parties)
    if len(parties[0] & parties[1]) < _LEAST_PARTIES:
        return False
    topic, topic_too = _topic(a), _topic(b)
    return _is_several(a) or _is_several(b) or not topic or not topic_too or are_alike(topic, topic_too)
