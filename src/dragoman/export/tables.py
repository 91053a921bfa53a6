"""The tables: documents, one for each kind of record, participants, evidence, clusters, stories. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from dragoman.codec import hash_text
from dragoman.export.columns import Cell, CellType, Column, Entry, Table, actor_columns, join
from dragoman.export.days import choose_day, find_bounds
from dragoman.export.quotes import cut, quote_spans
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Record
from dragoman.types.when import EventTime

_S, _I, _N, _B, _D = CellType.STRING, CellType.INTEGER, CellType.NUMBER, CellType.BOOLEAN, CellType.DATE
AnyEntry = Entry[Record]

_FIRST = (
    Column("id", _S, "the record", lambda entry: entry.record.id),
    Column("cluster", _S, "the happening or matter it tells of: count these, not rows", lambda entry: entry.cluster),
    Column("document", _S, "the report", lambda entry: entry.document.id),
    Column("sentence", _I, "number of the sentence, 0 for the headline", lambda entry: entry.record.sentence),
)
_LAST = (
    Column("status", _S, "how the report holds it: asserted, planned, alleged ...",
           lambda entry: entry.record.status.value),
    Column("attributed_to", _S, "who says so: report, named or unnamed",
           lambda entry: entry.record.attribution.by.value),
    Column("speaker", _S, "the one who says so, as named or written", lambda entry: _speaker(entry)),
    Column("quote", _S, "the words that show it, cut to 160 characters",
           lambda entry: quote_spans(entry.record.evidence, entry.document.text)),
    Column("start", _I, "first character of the evidence in the text", lambda entry: _start(entry)),
    Column("end", _I, "character after the last of the evidence", lambda entry: _end(entry)),
    Column("confidence", _N, "calibrated, 0 to 1", lambda entry: entry.record.confidence),
    Column("reason", _S, "what decided", lambda entry: entry.record.reason),
    Column("codebook", _S, "codebook and edition", lambda entry: entry.provenance.codebook),
    Column("model", _S, "language model", lambda entry: entry.provenance.model),
    Column("kb", _S, "knowledge base", lambda entry: entry.provenance.kb),
)  # fmt: skip


def _speaker(entry: AnyEntry) -> str | None:
    speaker = entry.record.attribution.speaker
    return (speaker.name or speaker.text) if speaker else None


def _start(entry: AnyEntry) -> int | None:
    return min((span.start for span in entry.record.evidence), default=None)


def _end(entry: AnyEntry) -> int | None:
    return max((span.end for span in entry.record.evidence), default=None)


def _time_columns() -> tuple[Column, ...]:
    def edtf(time: EventTime | None) -> str:
        return time.edtf if time else ""

    return (
        Column("time", _S, "when, in EDTF; empty when not stated", lambda entry: edtf(entry.record.time) or None),
        Column("earliest", _D, "first day it may mean", lambda entry: find_bounds(edtf(entry.record.time))[0]),
        Column("latest", _D, "last day it may mean", lambda entry: find_bounds(edtf(entry.record.time))[1]),
        Column("day", _D, "the day that series use: stated, else the day of publication",
               lambda entry: choose_day(entry.record.time, entry.document.published).day),
        Column("day_basis", _S, "where that day comes from: stated, relative, inherited, published, period",
               lambda entry: choose_day(entry.record.time, entry.document.published).basis),
    )  # fmt: skip


def _place(name: str, type: CellType, description: str, attribute: str) -> Column:
    def get(entry: Entry[Event]) -> Cell:
        place = entry.record.place
        value: Cell = getattr(place, attribute) if place else None
        return str(value) if isinstance(value, StrEnum) else value

    return Column(name, type, description, get)


EVENTS = Table(
    name="events",
    title="Who did what to whom, as one report tells it",
    key=("id",),
    columns=(
        *_FIRST,
        *_time_columns(),
        Column("category", _S, "category of the codebook", lambda entry: entry.record.category),
        Column("mode", _S, "how, where the category has modes", lambda entry: entry.record.mode),
        Column("contexts", _S, "policy fields", lambda entry: join(entry.record.contexts)),
        Column("cameo", _S, "CAMEO code, at least the root", lambda entry: entry.record.cameo),
        Column("quad", _S, "verbal or material, cooperation or conflict", lambda entry: entry.record.quad),
        Column("goldstein", _N, "Goldstein weight of the CAMEO code", lambda entry: entry.record.goldstein),
        Column("plover_score", _N, "score in PLOVER's table", lambda entry: entry.record.plover_score),
        *actor_columns("source", lambda entry: entry.record.sources, "who acts"),
        *actor_columns("target", lambda entry: entry.record.targets, "who is acted upon"),
        Column("reciprocal", _B, "true for a joint act: all are sources", lambda entry: entry.record.reciprocal),
        Column("counted", _B, "whether series count it by default", lambda entry: entry.record.counted),
        Column("trigger", _S, "the word that tells it", lambda entry: entry.record.trigger_text),
        Column("trigger_start", _I, "its first character", lambda entry: entry.record.trigger.start),
        Column("trigger_end", _I, "the character after its last", lambda entry: entry.record.trigger.end),
        _place("place", _S, "where, as written", "text"),
        _place("place_name", _S, "the gazetteer's name", "name"),
        _place("place_country", _S, "the gazetteer's country; decides no sovereignty", "country"),
        _place("place_admin1", _S, "first-level division", "admin1"),
        _place("place_precision", _S, "point, city, district, province, country, region or sea", "precision"),
        _place("geonames", _I, "GeoNames id", "geonames"),
        _place("latitude", _N, "degrees, WGS 84", "latitude"),
        _place("longitude", _N, "degrees, WGS 84", "longitude"),
        Column("disputed", _S, "who claims the place",
               lambda entry: join(entry.record.place.disputed) if entry.record.place else None),
        *_LAST,
    ),
)  # fmt: skip

AGREEMENTS = Table(
    name="agreements",
    title="What was or may be signed",
    key=("id",),
    columns=(
        *_FIRST,
        *_time_columns(),
        Column("title", _S, "title as written; empty when the text gives none", lambda entry: entry.record.title),
        Column("description", _S, "the text's words for one without a title", lambda entry: entry.record.description),
        Column("instrument", _S, "treaty, memorandum, joint statement ...", lambda entry: entry.record.instrument),
        Column("agreement_status", _S, "how far it has come", lambda entry: entry.record.agreement_status),
        *actor_columns("party", lambda entry: entry.record.parties, "party"),
        *actor_columns("signatory", lambda entry: entry.record.signatories, "signatory"),
        Column("subjects", _S, "what it is about", lambda entry: join(entry.record.subjects)),
        Column("number_stated", _I, "how many the text says there are", lambda entry: entry.record.number_stated),
        Column("may_overlap", _S, "others that may be the same", lambda entry: join(entry.record.may_overlap)),
        *_LAST,
    ),
)
POSITIONS = Table(
    name="positions",
    title="Where an actor stands",
    key=("id",),
    columns=(
        *_FIRST,
        *actor_columns("holder", lambda entry: (entry.record.holder,), "holder"),
        Column("topic", _S, "on what, as written", lambda entry: cut(entry.record.topic_text)),
        Column("topic_start", _I, "its first character", lambda entry: entry.record.topic.start),
        Column("topic_end", _I, "the character after its last", lambda entry: entry.record.topic.end),
        Column("stance", _S, "for, against, mixed or neutral", lambda entry: entry.record.stance),
        Column("strength", _S, "how strongly, where the text says", lambda entry: entry.record.strength),
        *_LAST,
    ),
)
CLAIMS = Table(
    name="claims",
    title="What a speaker says is so",
    key=("id",),
    columns=(
        *_FIRST,
        *actor_columns("claimant", lambda entry: _optional(entry.record.speaker), "claimant"),
        Column("speaker_kind", _S, "named, unnamed or collective", lambda entry: entry.record.speaker_kind),
        Column("cue", _S, "the word of saying", lambda entry: entry.record.cue_text),
        Column("content", _S, "what is claimed, cut to 160 characters", lambda entry: cut(entry.record.content_text)),
        Column("content_start", _I, "its first character", lambda entry: entry.record.content.start),
        Column("content_end", _I, "the character after its last", lambda entry: entry.record.content.end),
        Column("about", _S, "records inside the content", lambda entry: join(entry.record.about)),
        *_LAST,
    ),
)
PROJECTS = Table(
    name="projects",
    title="Named or described undertakings",
    key=("id",),
    columns=(
        *_FIRST,
        Column("name", _S, "as written", lambda entry: entry.record.name),
        Column("canonical_name", _S, "given by a reviewer", lambda entry: entry.record.canonical_name),
        Column("sort", _S, "transport, energy ...", lambda entry: entry.record.sort),
        Column("project_status", _S, "how far it has come", lambda entry: entry.record.project_status),
        *actor_columns("proponent", lambda entry: entry.record.proponents, "proponent"),
        Column("places", _S, "where", lambda entry: join(place.name or place.text for place in entry.record.places)),
        Column("place_countries", _S, "in which countries",
               lambda entry: join(place.country for place in entry.record.places)),
        *_LAST,
    ),
)  # fmt: skip
MEMBERSHIPS = Table(
    name="memberships",
    title="Who belongs to what",
    key=("id",),
    columns=(
        *_FIRST,
        *actor_columns("member", lambda entry: (entry.record.member,), "member"),
        *actor_columns("organization", lambda entry: (entry.record.organization,), "organization"),
        Column("level", _S, "stated or implied", lambda entry: entry.record.level),
        Column("membership_status", _S, "member, candidate, suspended or left",
               lambda entry: entry.record.membership_status),
        *_LAST,
    ),
)  # fmt: skip
OF_KIND: Mapping[type, Table] = {
    Event: EVENTS,
    Agreement: AGREEMENTS,
    Position: POSITIONS,
    Claim: CLAIMS,
    Project: PROJECTS,
    Membership: MEMBERSHIPS,
}


def _optional(link: ActorLink | None) -> tuple[ActorLink, ...]:
    return (link,) if link else ()


def _document_columns() -> tuple[Column, ...]:
    return (
        Column("id", _S, "the report", lambda entry: entry.document.id),
        Column("title", _S, "headline; empty when the input gave none", lambda entry: entry.document.title),
        Column("publisher", _S, "outlet", lambda entry: entry.document.publisher),
        Column("published", _D, "day of publication", lambda entry: entry.document.published),
        Column("url", _S, "address", lambda entry: entry.document.url),
        Column("origin", _S, "file or stream it was read from", lambda entry: entry.document.origin),
        Column("language", _S, "ISO 639-1", lambda entry: entry.document.language),
        Column("sha256", _S, "of the text in UTF-8", lambda entry: hash_text(entry.document.text)),
        Column("characters", _I, "length of the text", lambda entry: len(entry.document.text)),
        Column("story", _S, "the near-copies it belongs to", lambda entry: entry.story),
        Column("notes", _S, "what reading had to assume", lambda entry: join(entry.document.notes)),
    )


DOCUMENTS = Table(name="documents", title="The reports", key=("id",), columns=_document_columns())
DOCUMENTS_WITH_TEXT = Table(
    name="documents",
    title="The reports with their text, which may be under copyright",
    key=("id",),
    columns=(*_document_columns(), Column("text", _S, "as read", lambda entry: entry.document.text)),
)


def participants_of(entry: AnyEntry) -> Iterable[tuple[str, ActorLink]]:
    """Role and link of everybody who takes part in the record, in the order of the record."""
    record = entry.record
    for role, links in _roles(record):
        for link in links:
            yield role, link


def _roles(record: Record) -> tuple[tuple[str, tuple[ActorLink, ...]], ...]:
    match record:
        case Event():
            return (("source", record.sources), ("target", record.targets))
        case Agreement():
            return (("party", record.parties), ("signatory", record.signatories))
        case Position():
            return (("holder", (record.holder,)),)
        case Claim():
            return (("claimant", _optional(record.speaker)),)
        case Project():
            return (("proponent", record.proponents),)
        case Membership():
            return (("member", (record.member,)), ("organization", (record.organization,)))
