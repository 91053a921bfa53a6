"""The tables beside the records: participants, evidence, clusters, stories. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dragoman.export.columns import CellType, Column, Entry, Table, join
from dragoman.export.quotes import cut
from dragoman.export.tables import AnyEntry, participants_of
from dragoman.types.actor import ActorLink
from dragoman.types.record import Record
from dragoman.types.text import Span

_S, _I, _N, _D = CellType.STRING, CellType.INTEGER, CellType.NUMBER, CellType.DATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One actor in one record; `number` counts from 0 within the role."""

    entry: Entry[Record]
    role: str
    number: int
    link: ActorLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One span of evidence of one record; `number` counts from 0."""

    entry: Entry[Record]
    number: int
    span: Span


def list_participants(entry: AnyEntry) -> Iterator[Participant]:
    """Everybody in the record, with a number within each role."""
    seen: dict[str, int] = {}
    for role, link in participants_of(entry):
        yield Participant(entry=entry, role=role, number=seen.setdefault(role, 0), link=link)
        seen[role] += 1


def list_proofs(entry: AnyEntry) -> Iterator[Proof]:
    """The spans of the record's evidence."""
    return (Proof(entry=entry, number=number, span=span) for number, span in enumerate(entry.record.evidence))


def _of_link(name: str, description: str, get: Callable[[ActorLink], str | None]) -> Column:
    return Column(name, _S, description, lambda part: get(part.link))


PARTICIPANTS = Table(
    name="participants",
    title="Who takes part in which record, one row for each",
    key=("record", "role", "number"),
    columns=(
        Column("record", _S, "the record", lambda part: part.entry.record.id),
        Column("role", _S, "source, target, party, signatory, holder, claimant, proponent, member, organization",
               lambda part: part.role),
        Column("number", _I, "position within the role, from 0", lambda part: part.number),
        _of_link("text", "the words of the text", lambda link: link.text),
        Column("start", _I, "their first character", lambda part: part.link.span.start if part.link.span else None),
        Column("end", _I, "the character after", lambda part: part.link.span.end if part.link.span else None),
        _of_link("actor", "id in the knowledge base; empty when known to be unknown", lambda link: link.actor_id),
        _of_link("name", "canonical name", lambda link: link.name),
        _of_link("country", "ISO 3166-1 alpha-3, or IGO, NGO, IMG, MNC", lambda link: link.country),
        _of_link("sector", "PLOVER's sector", lambda link: link.sector),
        _of_link("kind", "person, state, government, igo ...", lambda link: link.kind),
        _of_link("office", "role held", lambda link: link.role),
        Column("as_of", _D, "day for which the role was asked", lambda part: part.link.as_of),
        Column("confidence", _N, "0 to 1", lambda part: part.link.confidence),
        _of_link("reason", "why this actor", lambda link: link.reason),
    ),
)  # fmt: skip
EVIDENCE = Table(
    name="evidence",
    title="The spans that show each record",
    key=("record", "number"),
    columns=(
        Column("record", _S, "the record", lambda proof: proof.entry.record.id),
        Column("number", _I, "position, from 0", lambda proof: proof.number),
        Column("document", _S, "the report", lambda proof: proof.entry.document.id),
        Column("start", _I, "first character", lambda proof: proof.span.start),
        Column("end", _I, "the character after the last", lambda proof: proof.span.end),
        Column("quote", _S, "the words, cut to 160 characters",
               lambda proof: cut(proof.span.of(proof.entry.document.text))),
    ),
)  # fmt: skip
CLUSTERS = Table(
    name="clusters",
    title="Records of one happening, with the reason for joining them",
    key=("id",),
    columns=(
        Column("id", _S, "the cluster", lambda cluster: cluster.id),
        Column("kind", _S, "kind of its records", lambda cluster: cluster.kind),
        Column("size", _I, "records", lambda cluster: len(cluster.records)),
        Column("reports", _I, "reports", lambda cluster: len(cluster.documents)),
        Column("records", _S, "their ids", lambda cluster: join(cluster.records)),
        Column("documents", _S, "the reports' ids", lambda cluster: join(cluster.documents)),
        Column("reason", _S, "why they were joined", lambda cluster: cluster.reason),
        Column("disagreements", _S, "fields on which the reports differ, with each value and who holds it",
               lambda cluster: join(_disagreement(item.field, item.values) for item in cluster.disagreements)),
    ),
)  # fmt: skip
STORIES = Table(
    name="stories",
    title="Reports that are near-copies of one text",
    key=("id",),
    columns=(
        Column("id", _S, "the story", lambda story: story.id),
        Column("size", _I, "reports", lambda story: len(story.documents)),
        Column("documents", _S, "the reports' ids", lambda story: join(story.documents)),
    ),
)


def _disagreement(field: str, values: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    return f"{field}: " + " | ".join(f"{value} ({', '.join(records)})" for value, records in values)
