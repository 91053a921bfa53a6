"""How far coders agree beyond chance: Krippendorff's alpha for names, with a bootstrap interval and a confusion table.

Alpha is 1 - D_o / D_e over the matrix of coincidences (K. Krippendorff, Content Analysis, 3rd ed. 2013, chapter 12): of
every unit that m coders rated, each ordered pair of ratings adds 1 / (m - 1). Units that one coder alone rated add
nothing. The interval comes from drawing the units anew, with replacement, from a fixed seed: the same ratings always
give the same interval.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

_ROUNDS = 1000
_SEED = 20240415


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What one coder says of one field of one record. Values are names: only equal or not equal counts."""

    record: str
    field: str
    coder: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAgreement:
    """Alpha of one field over the records that two coders or more rated.

    `alpha` is None when nobody disagreed because only one value occurs, or when no record was rated twice; `low` and
    `high` are the ends of the 95 % interval, None below five records. `same` counts records on which all agree.
    """

    field: str
    alpha: float | None
    low: float | None
    high: float | None
    records: int
    same: int
    coders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """How often one value met another on the same record; the pair is sorted, counts are of pairs of coders."""

    field: str
    one: str
    other: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement by field, what was mixed up with what, and the records on which coders differ."""

    fields: tuple[FieldAgreement, ...]
    confusions: tuple[Confusion, ...]
    disputed: tuple[tuple[str, str], ...]


Units = Sequence[Sequence[str]]


def measure_alpha(units: Units) -> float | None:
    """Alpha of units, each the values that coders gave it; None when it is not defined.

    >>> measure_alpha([["a", "a"], ["b", "b"]])
    1.0
    """
    coincidences, totals = Counter[tuple[str, str]](), Counter[str]()
    for unit in units:
        if len(unit) < 2:
            continue
        for one, other in permutations(unit, 2):
            coincidences[one, other] += 1 / (len(unit) - 1)  # type: ignore[assignment]  # counters hold any number
        totals.update(unit)
    return _alpha(coincidences, totals)


def _alpha(coincidences: "Counter[tuple[str, str]]", totals: "Counter[str]") -> float | None:
    number = sum(totals.values())
    expected = number * number - sum(count * count for count in totals.values())
    if number < 2 or expected == 0:
        return None
    observed = sum(count for (one, other), count in coincidences.items() if one != other)
    return 1 - (number - 1) * observed / expected


def interval_of(units: Units, *, rounds: int = _ROUNDS, seed: int = _SEED) -> tuple[float, float] | None:
    """The middle 95 % of alpha over units drawn anew; None below five units, where it would say nothing."""
    rated = [unit for unit in units if len(unit) >= 2]
    if len(rated) < 5:
        return None
    chance = random.Random(seed)
    drawn = (measure_alpha(chance.choices(rated, k=len(rated))) for _ in range(rounds))
    # A draw with one value only has no disagreement to measure: it counts as full agreement.
    found = sorted(1.0 if alpha is None else alpha for alpha in drawn)
    return found[int(0.025 * rounds)], found[min(rounds - 1, int(0.975 * rounds))]


def agreement_of(ratings: Iterable[Rating], *, fields: Sequence[str] | None = None) -> Agreement:
    """Agreement of all coders, by field in the order given, else sorted."""
    by_field = _by_field(ratings)
    names = sorted(by_field) if fields is None else [name for name in fields if name in by_field]
    measured, confusions, disputed = [], list[Confusion](), list[tuple[str, str]]()
    for name in names:
        units = by_field[name]
        measured.append(_measure(name, units))
        confusions += confusion_of(name, [[value for _, value in unit] for unit in units.values()])
        disputed += [(record, name) for record, unit in sorted(units.items()) if len({value for _, value in unit}) > 1]
    return Agreement(fields=tuple(measured), confusions=tuple(confusions), disputed=tuple(disputed))


def _by_field(ratings: Iterable[Rating]) -> dict[str, dict[str, list[tuple[str, str]]]]:
    by_field: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for rating in ratings:
        by_field[rating.field][rating.record].append((rating.coder, rating.value))
    return by_field


def _measure(name: str, by_record: dict[str, list[tuple[str, str]]]) -> FieldAgreement:
    units = [[value for _, value in unit] for unit in by_record.values() if len(unit) >= 2]
    coders = {coder for unit in by_record.values() if len(unit) >= 2 for coder, _ in unit}
    low, high = interval_of(units) or (None, None)
    return FieldAgreement(
        field=name,
        alpha=measure_alpha(units),
        low=low,
        high=high,
        records=len(units),
        same=sum(len(set(unit)) == 1 for unit in units),
        coders=len(coders),
    )


def confusion_of(field: str, units: Units) -> list[Confusion]:
    """Which values met on the same record, unequal ones first and the most frequent first."""
    met: Counter[tuple[str, str]] = Counter()
    for unit in units:
        for number, one in enumerate(unit):
            met.update((min(one, other), max(one, other)) for other in unit[number + 1 :])
    order = sorted(met.items(), key=lambda item: (item[0][0] == item[0][1], -item[1], item[0]))
    return [Confusion(field=field, one=one, other=other, times=times) for (one, other), times in order]
