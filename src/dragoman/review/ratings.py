"""Verdicts to ratings: which value each coder gives each field of a record, read from what was accepted or corrected.

Whoever accepts or adds a record gives every field the value that it has as coded or added; whoever corrects one gives
the corrected fields theirs and the others the machine's; whoever rejects it rates `right` alone. Verdicts that were
taken back do not count, and of several on one field the last does.

Only independent verdicts are ratings: those of blind coders, and those given before anybody else had decided. Who saw
what another had said does not agree with it by chance or insight alone; such a verdict settles the record instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.review.alpha import Rating
from dragoman.types.review import Judgement, Verdict

RIGHT = "record is right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A record as the machine coded it: the rated fields with their values as text."""

    record: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The values that one corrective verdict gives, as text."""

    verdict: str
    values: tuple[tuple[str, str], ...]


def ratings_of(coded: Coded, verdicts: Sequence[Verdict], changes: Iterable[Change] = ()) -> tuple[Rating, ...]:
    """The ratings that the verdicts on one record express, `verdicts` in the order in which they came."""
    changed = {change.verdict: change.values for change in changes}
    by_coder: dict[str, dict[str, str]] = {}
    for verdict in independent_of(verdicts):
        if verdict.judgement is Judgement.UNSURE:
            continue
        fields = by_coder.setdefault(verdict.reviewer, {})
        if verdict.field is None and verdict.judgement is Judgement.REJECT:
            fields.clear()
            fields[RIGHT] = "no"
        elif verdict.judgement in (Judgement.ACCEPT, Judgement.ADD, Judgement.CORRECT):
            given = dict(changed.get(verdict.id, ()))
            fields.update({name: fields.get(name, value) for name, value in coded.values})
            fields.update({name: value for name, value in given.items() if name in dict(coded.values)})
            fields[RIGHT] = "yes" if all(fields[name] == value for name, value in coded.values) else "corrected"
    return tuple(
        Rating(record=coded.record, field=field, coder=coder, value=value)
        for coder, fields in by_coder.items()
        for field, value in fields.items()
    )


def independent_of(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """The standing verdicts of those who had not seen another's decision on the record."""
    before: set[str] = set()
    for verdict in _standing(verdicts):
        if verdict.blind or not before - {verdict.reviewer}:
            yield verdict
        before.add(verdict.reviewer)


def settlement_of(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The last standing verdict of somebody who had seen what another decided; None when nobody settled the record."""
    standing = list(_standing(verdicts))
    independent = {verdict.id for verdict in independent_of(verdicts)}
    return next((verdict for verdict in reversed(standing) if verdict.id not in independent), None)


def _standing(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    undone = {verdict.undoes for verdict in verdicts if verdict.judgement is Judgement.UNDO}
    return (one for one in verdicts if one.judgement is not Judgement.UNDO and one.id not in undone)
