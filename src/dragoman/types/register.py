"""Registers: what several reports tell of one agreement, claim, position, project, membership or promise.

An entry gathers records and changes none. `tellings` are in time order (undated ones first), so that what is told last
is read last; nothing in an entry is decided that its tellings do not say.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody named in an entry. `key` is equal for mentions of one actor: its id, else country and sector, else the
    words. `name` is canonical, None when not known; `written` are the words of the first telling.
    """

    key: str
    name: str | None
    written: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One record in one report. `day` is the first day of its own time, else that of publication, else None.

    `says` is the value that the register follows (status, stance); `held` is how the report holds the record.
    """

    record: str
    document: str
    sentence: int
    published: date | None
    day: date | None
    says: str
    held: str
    quote: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A value and since when it is told: `day` is None where no report is dated. `records` tell it."""

    value: str
    day: date | None
    records: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementEntry:
    """One agreement over all reports. `status` is the last step's value.

    `times` are EDTF values that reports give, disagreeing ones side by side. `may_overlap` names entries that may be
    the same agreement: they are never joined without a title, the same parties and subject, or a decided cluster.
    """

    id: str
    title: str | None
    description: str | None
    instrument: str
    parties: tuple[Party, ...]
    signatories: tuple[Party, ...]
    subjects: tuple[str, ...]
    status: str
    history: tuple[Step, ...]
    times: tuple[str, ...]
    number_stated: int | None
    may_overlap: tuple[str, ...]
    tellings: tuple[Telling, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A record inside what is said: its kind, a short label (category, status), who does it and to whom."""

    record: str
    kind: str
    label: str
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """What a speaker says. `speaker` is None for unnamed and collective ones; `speaker_words` are those written."""

    id: str
    speaker: Party | None
    speaker_kind: str
    speaker_words: str | None
    content: str
    about: tuple[About, ...]
    tellings: tuple[Telling, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEntry:
    """Where a holder stands on a topic. `changed` is True when the stance is not the same in all steps."""

    id: str
    holder: Party
    topic: str
    stance: str
    history: tuple[Step, ...]
    changed: bool
    tellings: tuple[Telling, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry:
    """An undertaking. `name` is as first written, `names` all ways of writing it, `canonical_name` a reviewer's."""

    id: str
    name: str
    names: tuple[str, ...]
    canonical_name: str | None
    sort: str | None
    proponents: tuple[Party, ...]
    places: tuple[str, ...]
    status: str
    history: tuple[Step, ...]
    tellings: tuple[Telling, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEntry:
    """Who belongs to what. `level` is `stated` when any report states it, else `implied`."""

    id: str
    member: Party
    organization: Party
    level: str
    status: str
    history: tuple[Step, ...]
    tellings: tuple[Telling, ...]
    reason: str


class PromiseState(StrEnum):
    """What later reports say of a promise. The question mark stays until a person decides."""

    OPEN = "open"
    KEPT = "kept?"
    BROKEN = "broken?"
    DISPUTED = "kept? broken?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A later event that may keep or break a promise, with its quote and why it may."""

    record: str
    document: str
    day: date | None
    quote: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseEntry:
    """A pledge and what became of it, both quotes side by side."""

    id: str
    promisers: tuple[Party, ...]
    receivers: tuple[Party, ...]
    promise: str
    state: PromiseState
    kept: tuple[Answer, ...]
    broken: tuple[Answer, ...]
    tellings: tuple[Telling, ...]
    reason: str


Entry = AgreementEntry | ClaimEntry | PositionEntry | ProjectEntry | MembershipEntry | PromiseEntry
