"""How alike two tellings are: what speaks for and against one happening, as numbers with names."""

import math
from dataclasses import dataclass

from dragoman.clusters.telling import Side, Telling, keys_of
from dragoman.clusters.words import cosine
from dragoman.types.record import Status

FEATURES = (
    "bias",
    "same category",
    "same kind of act",
    "same code",
    "other mode",
    "same word",
    "same countries",
    "same names",
    "other actor on one side",
    "sides swapped",
    "third party",
    "no actor",
    "same day",
    "a day apart",
    "days apart",
    "times overlap",
    "published apart",
    "same place",
    "other place",
    "like sentences",
    "like reports",
    "other holding",
    "same report",
    "joined in the report",
    "same word in like reports",
)

# Categories that reports, and coders, give to one and the same act: a signing is SUPPORT or AGREE, a complaint ACCUSE,
# REJECT or REQUEST, a raid ASSAULT or COERCE.
_FAMILIES = (
    ("consult", ("CONSULT",)),
    ("accord", ("AGREE", "SUPPORT", "CONCEDE", "AID")),
    ("word", ("ACCUSE", "REJECT", "REQUEST", "THREATEN", "STATEMENT")),
    ("force", ("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION", "RETREAT")),
)
FAMILY = {category: family for family, categories in _FAMILIES for category in categories}
_AHEAD = frozenset({Status.PLANNED, Status.PROPOSED, Status.HYPOTHETICAL})
_CERTAINLY_APART = 3


@dataclass(frozen=True, slots=True)
class _Actors:
    countries: float
    names: float
    conflict: float
    swapped: float
    third: float
    none: float


def features_of(one: Telling, other: Telling) -> tuple[float, ...] | None:
    """What is alike, in the order of `FEATURES`; None when the two cannot be one happening.

    They cannot when their kinds differ or when the words of both name days that lie far apart.
    """
    if one.kind != other.kind:
        return None
    times = _times(one, other)
    if times is None:
        return None
    actors = _compare_actors(one, other)
    same_report = one.document == other.document
    like_reports = 1.0 if same_report else cosine(one.lead, other.lead)
    return (
        1.0,
        float(bool(one.category) and one.category == other.category),
        float(_kind_of_act(one) is not None and _kind_of_act(one) == _kind_of_act(other)),
        float(bool(one.cameo) and one.cameo == other.cameo),
        float(bool(one.mode and other.mode) and one.mode != other.mode),
        float(one.trigger == other.trigger),
        actors.countries,
        actors.names,
        actors.conflict,
        actors.swapped,
        actors.third,
        actors.none,
        *times,
        _published_apart(one, other),
        float(one.place is not None and one.place == other.place),
        _other_place(one, other),
        cosine(one.sentence, other.sentence),
        0.0 if same_report else like_reports,
        float((one.status in _AHEAD) != (other.status in _AHEAD)),
        float(same_report),
        float(same_report and one.inner is not None and one.inner == other.inner),
        like_reports * (one.trigger == other.trigger),
    )


def _kind_of_act(telling: Telling) -> str | None:
    return FAMILY.get(telling.category) if telling.kind == "event" else telling.category or None


def _times(one: Telling, other: Telling) -> tuple[float, float, float, float] | None:
    """Same day, a day apart, days apart, windows overlap; None for days that lie certainly apart."""
    if one.window is None or other.window is None:
        return (
            (1.0, 0.0, 0.0, 0.0) if one.day and one.day == other.day else (0.0, 0.0, float(one.day != other.day), 0.0)
        )
    gap = one.window.gap(other.window)
    if one.window.stated and other.window.stated:
        if gap >= _CERTAINLY_APART:
            return None
        exact = one.window.days == other.window.days == 1
        return float(exact and gap == 0), float(gap == 1), float(gap > 1), float(not exact and gap == 0)
    return 0.0, 0.0, min(gap, 7) / 7, float(gap == 0)


def _published_apart(one: Telling, other: Telling) -> float:
    if one.published is None or other.published is None or one.document == other.document:
        return 0.0
    return math.log1p(abs(one.published - other.published))


def _other_place(one: Telling, other: Telling) -> float:
    if one.country and other.country and one.country != other.country:
        return 1.0
    return float(one.exact_place and other.exact_place and one.place != other.place)


def _compare_actors(one: Telling, other: Telling) -> _Actors:
    first, second = _both(one), _both(other)
    joint = one.joint or other.joint
    keys, others = keys_of(first), keys_of(second)
    conflict = (
        _differs(first, second) if joint else max(_differs(one.first, other.first), _differs(one.second, other.second))
    )
    swapped = 0.0 if joint else float(conflict > 0 and not _differs(one.first, other.second))
    return _Actors(
        countries=_share(first.countries, second.countries),
        names=_share(first.words, second.words),
        conflict=conflict,
        swapped=swapped,
        third=float(bool(first.countries - second.countries and second.countries - first.countries)),
        none=float(not keys or not others),
    )


def _both(telling: Telling) -> Side:
    first, second = telling.first, telling.second
    if not second:
        return first
    return Side(first.countries | second.countries, first.ids | second.ids, first.words | second.words)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared part of the smaller of the two, lowered when the larger has more; 0 when either is empty."""
    if not one or not other:
        return 0.0
    return len(one & other) / math.sqrt(len(one) * len(other))


def _differs(one: Side, other: Side) -> float:
    """1 when both are filled and share nothing; a half when they share a country but the names differ."""
    if not one or not other:
        return 0.0
    if not (keys_of(one) & keys_of(other)) and not (one.ids & other.ids):
        return 1.0
    return 0.5 * float(bool(one.words and other.words) and not one.words & other.words)
