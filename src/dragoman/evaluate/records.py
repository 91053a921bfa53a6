"""Precision and recall of agreements, claims, positions, projects and memberships, per kind and per main slot.

A found record and an expected one are the same when their anchors meet in the text: the words of the agreement, the
content of the claim, holder and topic of the position, the name of the project, member and organization. Every
expected record is met by one found record at most. Slots are judged on the records that met.
Run over the annotated corpus with `python -m dragoman.train.score_records`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.agreements import AgreementDraft
from dragoman.coding.claims import ClaimDraft
from dragoman.coding.memberships import MembershipDraft
from dragoman.coding.positions import PositionDraft
from dragoman.coding.projects import ProjectDraft
from dragoman.types.text import Span

KINDS = ("agreement", "claim", "position", "project", "membership")
_CLOSE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record as scored. `anchors` must all meet; an empty tuple in its place is met by anything.

    `rule` names what found it, empty for expected ones. `places` are slots compared by their spans, `values` slots
    compared by their words.
    """

    document: str
    kind: str
    anchors: tuple[tuple[Span, ...], ...]
    places: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one kind or slot. `right` of `found` and of `expected`."""

    name: str
    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        """Share of the found that is right; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the expected that was found; 0 when nothing was expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def line(self) -> str:
        """The figures as one line of text."""
        return (
            f"{self.name:<26} P {self.precision:6.1%}  R {self.recall:6.1%}  F1 {self.f1:6.1%}  "
            f"right {self.right}, found {self.found}, expected {self.expected}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The rows that met in pairs (found, expected), the found that met nothing and the expected that were missed."""

    met: tuple[tuple[Row, Row], ...]
    wrong: tuple[Row, ...]
    missed: tuple[Row, ...]


def match_rows(found: Sequence[Row], expected: Sequence[Row]) -> Outcome:
    """Pairs rows of one kind, each once, in the order of the expected."""
    left = list(found)
    met, missed = [], []
    for row in expected:
        fit = next((other for other in left if _meets(other, row)), None)
        if fit is None:
            missed.append(row)
        else:
            left.remove(fit)
            met.append((fit, row))
    return Outcome(met=tuple(met), wrong=tuple(left), missed=tuple(missed))


def _meets(one: Row, other: Row) -> bool:
    if one.document != other.document or one.kind != other.kind:
        return False
    return all(
        not a or not b or any(x.overlaps(y) for x in a for y in b)
        for a, b in zip(one.anchors, other.anchors, strict=True)
    )


def score_rows(found: Sequence[Row], expected: Sequence[Row]) -> tuple[Score, ...]:
    """One score for each kind, followed by those of its slots."""
    scores: list[Score] = []
    for kind in KINDS:
        mine = [row for row in found if row.kind == kind]
        gold = [row for row in expected if row.kind == kind]
        outcome = match_rows(mine, gold)
        scores.append(Score(name=kind, right=len(outcome.met), found=len(mine), expected=len(gold)))
        scores.extend(_score_slots(kind, outcome.met))
    return tuple(scores)


def _score_slots(kind: str, met: Sequence[tuple[Row, Row]]) -> Iterable[Score]:
    names = dict.fromkeys(name for _, row in met for name, _ in (*row.places, *row.values))
    for name in names:
        right = found = expected = 0
        for one, other in met:
            right, found, expected = _add(one, other, name, (right, found, expected))
        yield Score(name=f"  {kind}.{name}", right=right, found=found, expected=expected)


def _add(one: Row, other: Row, name: str, sums: tuple[int, int, int]) -> tuple[int, int, int]:
    right, found, expected = sums
    spans, gold = dict(one.places).get(name), dict(other.places).get(name)
    if spans is not None and gold is not None:
        if name.endswith("_exact"):
            same = bool(spans and gold and share_of(spans[0], gold[0]) >= _CLOSE)
            return right + same, found + bool(spans), expected + bool(gold)
        hit = sum(any(span.overlaps(mark) for span in spans) for mark in gold)
        return right + min(hit, len(spans)), found + len(spans), expected + len(gold)
    value, wanted = dict(one.values).get(name), dict(other.values).get(name)
    return right + (value == wanted), found + (value is not None), expected + (wanted is not None)


def share_of(one: Span, other: Span) -> float:
    """Shared characters over all characters of both."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (len(one) + len(other) - shared)


def agreement_row(document: str, draft: AgreementDraft) -> Row:
    """The row of an agreement found."""
    return Row(
        document=document,
        kind="agreement",
        anchors=((draft.name,),),
        places=(("parties", draft.parties),),
        values=(("instrument", draft.instrument), ("status", draft.agreement_status)),
    )


def claim_row(document: str, draft: ClaimDraft) -> Row:
    """The row of a claim found."""
    return Row(
        document=document,
        kind="claim",
        anchors=((draft.content,),),
        places=(
            ("speaker", (draft.speaker,) if draft.speaker is not None else ()),
            ("cue", (draft.cue,) if draft.cue is not None else ()),
            ("content_exact", (draft.content,)),
        ),
    )


def position_row(document: str, draft: PositionDraft) -> Row:
    """The row of a position found."""
    anchors = ((draft.holder, draft.holder_known), (draft.topic,))
    return Row(document=document, kind="position", anchors=anchors, values=(("stance", draft.stance),))


def project_row(document: str, draft: ProjectDraft) -> Row:
    """The row of a project found."""
    values = (("status", draft.project_status),)
    return Row(document=document, kind="project", anchors=((draft.name,),), values=values)


def membership_row(document: str, draft: MembershipDraft) -> Row:
    """The row of a membership found."""
    anchors = ((draft.member,), (draft.organization,))
    values = (("level", draft.level), ("status", draft.membership_status))
    return Row(document=document, kind="membership", anchors=anchors, values=values)


Draft = AgreementDraft | ClaimDraft | PositionDraft | ProjectDraft | MembershipDraft


def rows_of(document: str, drafts: Iterable[Draft]) -> tuple[Row, ...]:
    """The rows of drafts of any of the five kinds."""
    return tuple(replace(_row_of(document, draft), rule=draft.ground.rule) for draft in drafts)


def _row_of(document: str, draft: Draft) -> Row:
    if isinstance(draft, AgreementDraft):
        return agreement_row(document, draft)
    if isinstance(draft, ClaimDraft):
        return claim_row(document, draft)
    if isinstance(draft, PositionDraft):
        return position_row(document, draft)
    return project_row(document, draft) if isinstance(draft, ProjectDraft) else membership_row(document, draft)
