"""Events that the codebook's rules find on their own: a user's phrases, or all of them where no model is asked."""

from collections.abc import Iterator
from dataclasses import replace

from dragoman.coding.arguments import Participant, fills_needs, find_arguments
from dragoman.coding.attribution import AttributionReading, find_attribution
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import Codebook
from dragoman.coding.status import StatusReading, is_own_commitment, judge_status
from dragoman.coding.triggers import TriggerCandidate, shift_by_status
from dragoman.language.tree import Tree, characters_of
from dragoman.types.record import AttributedTo, Decision, Status
from dragoman.types.text import Span


def choose_by_rule(
    tree: Tree, candidate: TriggerCandidate, codebook: Codebook, *, year: int | None
) -> ChosenEvent | None:
    """The event of a rule's trigger; None when the participants that its rule needs are not told."""
    arguments = find_arguments(tree, candidate, codebook)
    if not fills_needs(arguments, candidate):
        return None
    status = judge_status(
        tree, candidate.index, codebook, category=candidate.category, usual=candidate.rule.status, year=year
    )
    said = find_attribution(tree, candidate.index, codebook)
    shifted = shift_by_status(candidate, status.status, codebook)
    held = _held(tree, shifted, status, codebook)
    own = is_own_commitment(tree, candidate.index, codebook) and held is Status.PLEDGED
    token = tree.token(candidate.index)
    return ChosenEvent(
        sentence=tree.sentence.number,
        token=candidate.index,
        trigger=token.span,
        category=shifted.category,
        mode=shifted.mode,
        cameo=shifted.cameo,
        sources=_spans(arguments.sources),
        targets=_spans(arguments.targets),
        reciprocal=arguments.reciprocal,
        status=held,
        by=AttributedTo.REPORT if own else said.by,
        speaker=None if own else _speaker(tree, said),
        cue=None if own or said.cue is None else tree.token(said.cue).span,
        time=None,
        place=None,
        confidence=shifted.confidence,
        decisions=tuple(_decisions(token.text, shifted, arguments.reason, status, said)),
    )


def _held(tree: Tree, shifted: TriggerCandidate, status: StatusReading, codebook: Codebook) -> Status:
    """The status, which for a done act of promising is the pledge (manual, decision 1)."""
    category = codebook.categories.get(shifted.category)
    if status.status is Status.ASSERTED and category is not None and category.status:
        return Status(category.status)
    return status.status


def _spans(participants: tuple[Participant, ...]) -> tuple[Span, ...]:
    return tuple(participant.span for participant in participants)


def _speaker(tree: Tree, said: AttributionReading) -> Span | None:
    if said.start is None or said.end is None:
        return None
    return characters_of(tree, said.start, said.end)


def _decisions(
    text: str, candidate: TriggerCandidate, arguments: str, status: StatusReading, said: AttributionReading
) -> Iterator[Decision]:
    by = f"rule {candidate.rule.id}"
    sure = round(candidate.confidence, 4)
    yield Decision(field="trigger", value=text, by=by, confidence=sure, reason=f"pattern {candidate.pattern!r}")
    yield Decision(field="category", value=candidate.category, by=by, confidence=sure, reason=candidate.reason)
    yield Decision(field="cameo", value=candidate.cameo, by=by, confidence=sure, reason=candidate.reason)
    yield Decision(field="arguments", value="", by=by, confidence=sure, reason=arguments)
    yield Decision(
        field="status", value=status.status, by="status rule", confidence=status.confidence, reason=status.reason
    )
    yield Decision(
        field="attribution", value=said.by, by="attribution rule", confidence=said.confidence, reason=said.reason
    )


def prefer_rule(event: ChosenEvent, candidate: TriggerCandidate, by_rule: ChosenEvent | None) -> ChosenEvent:
    """The model's event at the word of a user's phrase, with the phrase's codes; the rule's spans fill empty sides."""
    decisions = (
        Decision(
            field="category",
            value=candidate.category,
            by=f"rule {candidate.rule.id}",
            confidence=round(candidate.confidence, 4),
            reason=f"a user's phrase wins over the model: {candidate.reason}",
        ),
        *(decision for decision in event.decisions if decision.field not in ("category", "cameo", "mode")),
    )
    return replace(
        event,
        category=candidate.category,
        mode=candidate.mode,
        cameo=candidate.cameo,
        sources=event.sources or (() if by_rule is None else by_rule.sources),
        targets=event.targets or (() if by_rule is None else by_rule.targets),
        confidence=max(event.confidence, candidate.confidence),
        decisions=decisions,
    )
