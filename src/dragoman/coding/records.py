"""All kinds of record beside events, found and assembled for one document."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.coding.agreement_time import read_agreement_time
from dragoman.coding.agreements import AgreementDraft, assemble_agreement, find_agreements
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.claims import ClaimDraft, assemble_claim, find_claims
from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import Link, RecordOrigin
from dragoman.coding.memberships import MembershipDraft, assemble_membership, find_memberships
from dragoman.coding.positions import PositionDraft, assemble_position, find_positions
from dragoman.coding.projects import ProjectDraft, assemble_project, find_projects
from dragoman.language.tree import Tree
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Event, Record, Status
from dragoman.types.text import Span
from dragoman.types.where import PlaceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """What was found before actors and places are looked up."""

    agreements: tuple[AgreementDraft, ...]
    claims: tuple[ClaimDraft, ...]
    positions: tuple[PositionDraft, ...]
    projects: tuple[ProjectDraft, ...]
    memberships: tuple[MembershipDraft, ...]


def find_drafts(
    parsed: ParsedDocument, events: Sequence[ChosenEvent], codebook: Codebook, trees: Sequence[Tree]
) -> Drafts:
    """The drafts of all five kinds."""
    return Drafts(
        agreements=find_agreements(parsed, events, codebook, trees),
        claims=find_claims(parsed, events, codebook, trees),
        positions=find_positions(parsed, events, codebook, trees),
        projects=find_projects(parsed, events, codebook, trees),
        memberships=find_memberships(parsed, events, codebook, trees),
    )


def fill_signers(event: ChosenEvent, drafts: Drafts) -> ChosenEvent:
    """A signing that names nobody, with the parties of the agreement whose words hold it, as a joint act."""
    if event.category != "SUPPORT" or event.sources or event.targets:
        return event
    for draft in drafts.agreements:
        if draft.ground.evidence.contains(event.trigger) and draft.parties:
            return replace(event, sources=draft.parties, reciprocal=len(draft.parties) > 1)
    return event


def hold_back(event: Event, drafts: Drafts) -> Event:
    """The event not counted when it is only the word for a position, or under which unnamed people raise a claim.

    "Its rejection of the war": the stance is kept as a position, and nobody has done anything now. "Opposition voices
    raised concerns": what they say is kept as a claim, and nobody in particular has accused.
    """
    if not event.counted:
        return event
    if any(position.names(event.trigger) for position in drafts.positions):
        return replace(
            event, status=Status.BACKGROUND, counted=False, reason=f"{event.reason}; the word for a position held"
        )
    if event.category != "ACCUSE":
        return event
    raised = any(
        claim.ground.rule == "claim.noun" and claim.speaker_kind != "named" and claim.cue == event.trigger
        for claim in drafts.claims
    )
    return replace(event, counted=False, reason=f"{event.reason}; a claim of unnamed people") if raised else event


def names_somebody(event: ChosenEvent) -> bool:
    """False for a meeting or visit without any participant: "the visit" only points back to one already told."""
    return event.category != "CONSULT" or bool(event.sources or event.targets)


def actor_spans(drafts: Drafts) -> Iterator[Span]:
    """Every span that `assemble_records` will ask an actor for."""
    for agreement in drafts.agreements:
        yield from (*agreement.parties, *agreement.signatories)
    for claim in drafts.claims:
        yield from (span for span in (claim.speaker,) if span is not None)
    for position in drafts.positions:
        yield from (position.holder, position.holder_known)
    for project in drafts.projects:
        yield from project.proponents
    for membership in drafts.memberships:
        yield from (membership.member, membership.organization)
    for group in (drafts.agreements, drafts.claims, drafts.positions, drafts.projects, drafts.memberships):
        yield from (draft.ground.speaker for draft in group if draft.ground.speaker is not None)


def assemble_records(
    drafts: Drafts,
    events: Sequence[Event],
    link: Link,
    place: Callable[[Span], PlaceLink | None],
    origin: RecordOrigin,
    published: date | None = None,
) -> tuple[Record, ...]:
    """The records of all drafts; claims name the records that lie in their content.

    `published` is the report's date, None when unknown: relative times then stay open.
    """
    found: list[Record] = [
        assemble_agreement(
            draft, link, origin, read_agreement_time(draft.time, draft.agreement_status, origin.text, published)
        )
        for draft in drafts.agreements
    ]
    found += [assemble_position(draft, link, origin) for draft in drafts.positions]
    found += [assemble_project(draft, link, origin, place) for draft in drafts.projects]
    found += [assemble_membership(draft, link, origin) for draft in drafts.memberships]
    claims = [assemble_claim(draft, link, origin, (*events, *found)) for draft in drafts.claims]
    return (*found, *claims)
