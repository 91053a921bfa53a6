"""What a person marked in one report of the corpus: frozen values, every string resolved to its place in the text."""

from dataclasses import dataclass

from dragoman.errors import DragomanError
from dragoman.types.text import Span


class CorpusError(DragomanError):
    """A corpus file cannot be used: the message names file and line, what was found, and the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMark:
    """A source, target, speaker or party as marked.

    `span` is None when the words could not be found at one place. `country` is ISO 3166-1 alpha-3 or IGO, NGO, IMG,
    MNC; `sector` a PLOVER sector; both None when not given.
    """

    text: str
    span: Span | None
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMark:
    """One telling of one happening. `trigger` is None only when it could not be found (counted by the loader).

    `sentence` numbers `Report.sentences`, None where the report has none. `by` is report, named or unnamed; `speaker`
    and `cue` are None where they are not written in the sentence. `edtf` is the value of the time words, None when
    not given. `cluster` names the happening inside the report.
    """

    sentence: int | None
    trigger: Span | None
    trigger_text: str
    category: str
    mode: str | None
    cameo: str
    sources: tuple[ActorMark, ...]
    targets: tuple[ActorMark, ...]
    reciprocal: bool
    status: str
    by: str
    speaker: Span | None = None
    cue: Span | None = None
    time: Span | None = None
    edtf: str | None = None
    place: Span | None = None
    cluster: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementMark:
    """Something signed or to be signed; `evidence` is the stretch that shows it."""

    evidence: Span | None
    instrument: str
    parties: tuple[ActorMark, ...]
    status: str
    title: str | None
    description: str | None
    cluster: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMark:
    """What a speaker says is so; `speaker` is None when unnamed."""

    speaker: Span | None
    cue: Span | None
    content: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionMark:
    """A stance on a topic. `topic` is None when the topic is not written in these words."""

    holder: Span | None
    topic: Span | None
    topic_text: str
    stance: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMark:
    """A named or described undertaking."""

    name: Span | None
    name_text: str
    status: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipMark:
    """Who belongs to what; a side is None when it is not written in these words."""

    member: Span | None
    organization: Span | None
    member_text: str
    organization_text: str
    level: str
    status: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """An actor that a report tells of, with its mentions (span None where the place of a mention is not certain)."""

    name: str
    country: str | None
    sector: str | None
    role: str | None
    mentions: tuple[ActorMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One annotated report.

    `origin` is `own` (written for the corpus) or `news` (real report, text kept outside); `part` the file it came
    from, without its ending. `sentences` is None where the annotation has no sentence bounds; `headline` tells whether
    sentence 0 is a headline. `paragraphs` holds the numbers of the sentences that begin a paragraph.
    """

    id: str
    origin: str
    part: str
    split: str
    style: str | None
    published: str | None
    text: str
    sentences: tuple[Span, ...] | None
    headline: bool
    paragraphs: tuple[int, ...] = ()
    actors: tuple[ActorEntry, ...] = ()
    events: tuple[EventMark, ...] = ()
    agreements: tuple[AgreementMark, ...] = ()
    claims: tuple[ClaimMark, ...] = ()
    positions: tuple[PositionMark, ...] = ()
    projects: tuple[ProjectMark, ...] = ()
    memberships: tuple[MembershipMark, ...] = ()
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in a corpus file: where, what, what to do. `grave` faults fail the check, others are hints."""

    file: str
    line: int
    message: str
    remedy: str
    grave: bool = True

    def __str__(self) -> str:
        kind = "fault" if self.grave else "hint"
        return f"{self.file}:{self.line}: {kind}: {self.message} -> {self.remedy}"
