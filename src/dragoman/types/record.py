"""The record: six kinds of entry, the coding of one document, and its issues."""

from dataclasses import dataclass
from enum import StrEnum

from dragoman.types.actor import ActorLink
from dragoman.types.text import Span
from dragoman.types.when import EventTime
from dragoman.types.where import PlaceLink


class Status(StrEnum):
    """How the report holds what it tells."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    PLANNED = "planned"
    PLEDGED = "pledged"
    PROPOSED = "proposed"
    SIGNALLED = "signalled"
    HYPOTHETICAL = "hypothetical"
    ALLEGED = "alleged"
    PERCEIVED = "perceived"
    BACKGROUND = "background"


class Origin(StrEnum):
    """Who found a record: the coder, or a person that saw it missing."""

    MACHINE = "machine"
    PERSON = "person"


class AttributedTo(StrEnum):
    """Who says so: the report itself, somebody named, somebody unnamed."""

    REPORT = "report"
    NAMED = "named"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so. `speaker`, `cue` and `extent` are None when the report itself says so, or when they are not written.

    `extent` covers the reported content.
    """

    by: AttributedTo
    speaker: ActorLink | None = None
    cue: Span | None = None
    cue_text: str | None = None
    extent: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One choice made while coding: which field, by which rule or head, how sure, and why."""

    field: str
    value: str
    by: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One happening as one report tells it.

    `targets` is empty when nobody is acted upon, when the act is joint (`reciprocal`), or when the text names nobody.
    `mode` is None when the category has none or the text does not decide it. `time` and `place` are None when the text
    gives none. `cameo` has at least the two-digit root.
    """

    id: str
    document: str
    sentence: int
    evidence: tuple[Span, ...]
    trigger: Span
    trigger_text: str
    category: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    quad: str
    goldstein: float | None
    plover_score: float | None
    sources: tuple[ActorLink, ...]
    targets: tuple[ActorLink, ...]
    reciprocal: bool
    status: Status
    attribution: Attribution
    time: EventTime | None
    place: PlaceLink | None
    confidence: float
    reason: str
    decisions: tuple[Decision, ...] = ()
    cluster: str | None = None
    origin: Origin = Origin.MACHINE
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was or may be signed. `title` is None when the text gives none; then `description` has the text's words.

    `number_stated` is the number of agreements the text gives for the phrase, None when it gives none. `may_overlap`
    names other agreements of the document that may be the same one.
    """

    id: str
    document: str
    sentence: int
    evidence: tuple[Span, ...]
    title: str | None
    description: str | None
    instrument: str
    parties: tuple[ActorLink, ...]
    signatories: tuple[ActorLink, ...]
    subjects: tuple[str, ...]
    agreement_status: str
    status: Status
    attribution: Attribution
    time: EventTime | None
    number_stated: int | None
    may_overlap: tuple[str, ...]
    confidence: float
    reason: str
    cluster: str | None = None
    origin: Origin = Origin.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an actor stands on a topic."""

    id: str
    document: str
    sentence: int
    evidence: tuple[Span, ...]
    holder: ActorLink
    topic: Span
    topic_text: str
    stance: str
    strength: str | None
    status: Status
    attribution: Attribution
    confidence: float
    reason: str
    cluster: str | None = None
    origin: Origin = Origin.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a speaker says is so. `speaker` is None when unnamed or collective; `speaker_kind` says which.

    `about` holds the ids of records whose words lie in the content.
    """

    id: str
    document: str
    sentence: int
    evidence: tuple[Span, ...]
    speaker: ActorLink | None
    speaker_kind: str
    cue: Span | None
    cue_text: str | None
    content: Span
    content_text: str
    about: tuple[str, ...]
    status: Status
    attribution: Attribution
    confidence: float
    reason: str
    cluster: str | None = None
    origin: Origin = Origin.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A named or described undertaking. `name` is as written; `canonical_name` is None until a reviewer links one."""

    id: str
    document: str
    sentence: int
    evidence: tuple[Span, ...]
    name: str
    canonical_name: str | None
    sort: str | None
    proponents: tuple[ActorLink, ...]
    places: tuple[PlaceLink, ...]
    project_status: str
    status: Status
    attribution: Attribution
    confidence: float
    reason: str
    cluster: str | None = None
    origin: Origin = Origin.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Who belongs to what. `level` is `stated` or `implied`."""

    id: str
    document: str
    sentence: int
    evidence: tuple[Span, ...]
    member: ActorLink
    organization: ActorLink
    level: str
    membership_status: str
    status: Status
    attribution: Attribution
    confidence: float
    reason: str
    cluster: str | None = None
    origin: Origin = Origin.MACHINE


Record = Event | Agreement | Position | Claim | Project | Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Something a reader of the record should know: a missing date, furniture, a sentence that was not coded.

    `code` is a short stable name (`no_date`, `furniture`, `not_english`, `time_limit`, `long_sentence`, `empty`).
    `span` is None when the issue concerns the whole document.
    """

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The versions that made a coding: codebook (name and edition), model, knowledge base."""

    codebook: str
    model: str
    kb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """All records of one document, in text order, with issues and the versions that made them."""

    document: str
    records: tuple[Record, ...]
    issues: tuple[Issue, ...]
    provenance: Provenance
