"""The register of claims: who says what about whom."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.registers.tellings import Told, entry_id, group, key_of, party_of, tell, telling_of, words_of
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Record
from dragoman.types.register import About, ClaimEntry

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

_SAME_CONTENT = 0.7


def build_claim_register(coded: Iterable["Coded"]) -> tuple[ClaimEntry, ...]:
    """The entries, by first telling. One speaker's claim that several reports repeat is one entry."""
    reports = tuple(coded)
    records = {record.id: record for one in reports for record in one.coding.records}
    return tuple(_entry(members, records) for members in group(tell(reports, Claim), _is_same, _keys))


def _keys(told: Told[Claim]) -> list[str]:
    return [key_of(told.record.speaker)] if told.record.speaker else []


def _is_same(one: Told[Claim], other: Told[Claim]) -> bool:
    """True for one named speaker and, by its words, one content; claims of the unnamed are never joined."""
    a, b = one.record, other.record
    if a.speaker is None or b.speaker is None or key_of(a.speaker) != key_of(b.speaker):
        return False
    words, words_too = words_of(a.content_text), words_of(b.content_text)
    return len(words & words_too) >= _SAME_CONTENT * max(1, len(words | words_too))


def _entry(members: Sequence[Told[Claim]], records: dict[str, Record]) -> ClaimEntry:
    first = members[0].record
    inside = dict.fromkeys(id for told in members for id in told.record.about)
    spoken = first.attribution.speaker
    return ClaimEntry(
        id=entry_id("cr", members),
        speaker=party_of(first.speaker) if first.speaker else None,
        speaker_kind=first.speaker_kind,
        speaker_words=first.speaker.text if first.speaker else spoken.text if spoken else None,
        content=first.content_text,
        about=tuple(_about(records[id]) for id in inside if id in records),
        tellings=tuple(telling_of(told, told.record.status.value) for told in members),
        reason="one telling" if len(members) == 1 else f"{len(members)} tellings: one speaker, the same words",
    )


def _about(record: Record) -> About:
    """What the content tells of, in short."""
    if isinstance(record, Event):
        return About(
            record=record.id,
            kind="event",
            label=f"{record.category} {record.status.value}",
            sources=tuple(party_of(link) for link in record.sources),
            targets=tuple(party_of(link) for link in record.targets),
        )
    if isinstance(record, Agreement):
        parties = tuple(party_of(link) for link in record.parties)
        label = f"{record.title or record.description}: {record.agreement_status}"
        return About(record=record.id, kind="agreement", label=label, sources=parties)
    if isinstance(record, Position):
        label = f"{record.stance} {record.topic_text}"
        return About(record=record.id, kind="position", label=label, sources=(party_of(record.holder),))
    if isinstance(record, Project):
        return About(record=record.id, kind="project", label=f"{record.name}: {record.project_status}")
    if isinstance(record, Membership):
        return About(
            record=record.id,
            kind="membership",
            label=record.membership_status,
            sources=(party_of(record.member),),
            targets=(party_of(record.organization),),
        )
    return About(record=record.id, kind="claim", label=record.content_text)
