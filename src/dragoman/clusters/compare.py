"""How alike two tellings are: what speaks for and against one happening, as numbers with names."""

import math

from dragoman.clusters.telling import Side, Telling
from dragoman.clusters.words import cosine
from dragoman.types.record import Status

TELLING_FEATURES = (
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
    "other holding",
    "same report",
    "joined in the report",
)
TEXT_FEATURES = ("like sentences", "like reports", "same word in like reports")
FEATURES = (*TELLING_FEATURES, *TEXT_FEATURES)

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


def features_of(one: Telling, other: Telling) -> tuple[float, ...] | None:
    """What is alike, in the order of `FEATURES`; None when the two cannot be one happening."""
    told = telling_features(one, other)
    return None if told is None else (*told, *text_features(one, other))


def text_features(one: Telling, other: Telling) -> tuple[float, float, float]:
    """How alike the words around are, in the order of `TEXT_FEATURES`, each 0 to 1."""
    same_report = one.document == other.document
    like_reports = 1.0 if same_report else cosine(one.lead, other.lead)
    return (
        cosine(one.sentence, other.sentence),
        0.0 if same_report else like_reports,
        like_reports if one.trigger == other.trigger else 0.0,
    )


def telling_features(one: Telling, other: Telling) -> tuple[float, ...] | None:
    """What is alike in the records, in the order of `TELLING_FEATURES`; None when they cannot be one happening.

    They cannot when their kinds differ or when the words of both name days that lie far apart.
    """
    if one.kind != other.kind:
        return None
    times = _times(one, other)
    if times is None:
        return None
    same_report = one.document == other.document
    return (
        1.0,
        float(bool(one.category) and one.category == other.category),
        float(_kind_of_act(one) is not None and _kind_of_act(one) == _kind_of_act(other)),
        float(bool(one.cameo) and one.cameo == other.cameo),
        float(bool(one.mode and other.mode) and one.mode != other.mode),
        float(one.trigger == other.trigger),
        *_compare_actors(one, other),
        *times,
        _published_apart(one, other),
        float(one.place is not None and one.place == other.place),
        _other_place(one, other),
        float((one.status in _AHEAD) != (other.status in _AHEAD)),
        float(same_report),
        float(same_report and one.inner is not None and one.inner == other.inner),
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


def _compare_actors(one: Telling, other: Telling) -> tuple[float, float, float, float, float, float]:
    """Same countries, same names, other actor on one side, sides swapped, third party, no actor."""
    first, second = one.both, other.both
    if one.joint or other.joint:
        conflict, swapped = _differs(first, second), False
    else:
        conflict = max(_differs(one.first, other.first), _differs(one.second, other.second))
        swapped = conflict > 0 and not _differs(one.first, other.second)
    third = not first.countries <= second.countries and not second.countries <= first.countries
    return (
        _share(first.countries, second.countries),
        _share(first.words, second.words),
        conflict,
        float(swapped),
        float(third),
        float(not first.keys or not second.keys),
    )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """What the two share over the geometric mean of their sizes; 0 when either is empty."""
    if not one or not other:
        return 0.0
    return len(one & other) / math.sqrt(len(one) * len(other))


def _differs(one: Side, other: Side) -> float:
    """1 when both are filled and share nothing; a half when they share a country but the names differ."""
    if not (one.keys or one.ids) or not (other.keys or other.ids):
        return 0.0
    if one.keys.isdisjoint(other.keys) and one.ids.isdisjoint(other.ids):
        return 1.0
    return 0.5 if one.words and other.words and one.words.isdisjoint(other.words) else 0.0
