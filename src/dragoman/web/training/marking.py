"""An answer laid beside what was agreed: the decision, and each field as it was coded, answered and agreed."""

from dataclasses import dataclass
from typing import Any

from dragoman.store.derived import Follower
from dragoman.store.fold import fold
from dragoman.types.review import Judgement, Verdict
from dragoman.web.telling import all_fields_of

Json = Any
DECISION = "decision"
# What reviewers agreed on, in the words of a single answer.
_AGREED = {"accepted": Judgement.ACCEPT, "rejected": Judgement.REJECT, "corrected": Judgement.CORRECT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field: as the coder found it, as the answer has it, as it was agreed."""

    field: str
    coded: str
    yours: str
    agreed: str

    @property
    def same(self) -> bool:
        """True when the answer is the agreed one."""
        return self.yours == self.agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An answer compared. `lines` is empty when either side rejects the record: a rejected one has no right fields."""

    yours: Judgement
    agreed: Judgement
    lines: tuple[Line, ...]

    @property
    def decision_same(self) -> bool:
        """True when both keep the record or both reject it; to be unsure is no answer."""
        return self.yours is not Judgement.UNSURE and _rejects(self.yours) == _rejects(self.agreed)

    @property
    def same(self) -> bool:
        """True when nothing differs."""
        return self.decision_same and all(line.same for line in self.lines)

    @property
    def outcomes(self) -> tuple[tuple[str, bool], ...]:
        """What is scored: the decision, and each field where both keep the record."""
        return ((DECISION, self.decision_same), *((line.field, line.same) for line in self.lines))


def _rejects(judgement: Judgement) -> bool:
    return judgement is Judgement.REJECT


def mark_answer(coded: Json, answer: Verdict, agreed: Json, review: str) -> Marked:
    """The answer beside the record as reviewers left it.

    `coded` is the record's value as the machine wrote it, `agreed` the folded one, `review` its state there: accepted,
    rejected or corrected.
    """
    mine = fold(coded, [answer], Follower()).value
    settled = _AGREED[review]
    rejected = Judgement.REJECT in (answer.judgement, settled)
    return Marked(
        yours=answer.judgement,
        agreed=settled,
        lines=() if rejected else tuple(_lines(all_fields_of(coded), all_fields_of(mine), all_fields_of(agreed))),
    )


def _lines(coded: dict[str, str], mine: dict[str, str], agreed: dict[str, str]) -> list[Line]:
    return [Line(field=name, coded=coded.get(name, ""), yours=mine[name], agreed=agreed[name]) for name in agreed]
