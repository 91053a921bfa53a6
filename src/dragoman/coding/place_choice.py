"""Which of the places that bear a name is meant: by the words beside it, the text's other names, and population."""

import math
import re
from dataclasses import dataclass

from dragoman.coding.gazetteer import Gazetteer, Named, Place, fold_name
from dragoman.coding.place_context import PlaceContext
from dragoman.types.text import Span
from dragoman.types.where import PlaceLink, PlacePrecision

_KINDS = (
    r"province|region|oblast|governorate|state|district|county|krai|prefecture|department|territory|republic|peninsula"
    r"|municipality|canton"
)
_TOWNS = r"city|town|village|port|suburb|neighbou?rhood|settlement|capital|hamlet|resort|refugee camp"
_AFTER_KIND = re.compile(rf"['’]?s? ?(?:{_KINDS})\b", re.I)
_AFTER_TOWN = re.compile(rf" (?:{_TOWNS})\b", re.I)
_BEFORE_KIND = re.compile(rf"\b(?:{_KINDS}) of (?:the )?$", re.I)
_BEFORE_TOWN = re.compile(rf"\b(?:{_TOWNS})(?: of|,| called)? $", re.I)
_BEFORE_COUNTRY = re.compile(r"\b(?:country|nation|kingdom|republic|state|neighbou?r|ally|island nation) of $", re.I)
_QUALIFIER = re.compile(
    r"(?:,| in| \(|, in)(?: the)?(?: \w+ern)?(?: [a-z]+)? ?([A-Z][\w.’'-]*(?: (?:of )?[A-Z][\w.’'-]*){0,2})"
)
_WHOLE = re.compile(
    rf"^(?:the )?(?:(?P<part>north|south|east|west|northern|southern|eastern|western|central|north[- ]?east(?:ern)?"
    rf"|north[- ]?west(?:ern)?|south[- ]?east(?:ern)?|south[- ]?west(?:ern)?|upper|lower|downtown|rural|coastal"
    r"|mainland)\b[ -])?"
    rf"(?P<name>.+?)(?: (?P<kind>{_KINDS}|{_TOWNS}))?$",
    re.I,
)
_OF = re.compile(rf"^.*?\b(?P<kind>{_KINDS}|{_TOWNS}) of (?P<name>.+)$", re.I)
_STATES = {
    "ala": "Alabama", "ariz": "Arizona", "ark": "Arkansas", "calif": "California", "colo": "Colorado",
    "conn": "Connecticut", "del": "Delaware", "fla": "Florida", "ga": "Georgia", "ill": "Illinois", "ind": "Indiana",
    "kan": "Kansas", "ky": "Kentucky", "la": "Louisiana", "md": "Maryland", "mass": "Massachusetts", "mich": "Michigan",
    "minn": "Minnesota", "miss": "Mississippi", "mo": "Missouri", "mont": "Montana", "neb": "Nebraska", "nev": "Nevada",
    "nh": "New Hampshire", "nj": "New Jersey", "nm": "New Mexico", "ny": "New York", "nc": "North Carolina",
    "nd": "North Dakota", "okla": "Oklahoma", "ore": "Oregon", "pa": "Pennsylvania", "ri": "Rhode Island",
    "sc": "South Carolina", "sd": "South Dakota", "tenn": "Tennessee", "tex": "Texas", "tx": "Texas", "vt": "Vermont",
    "va": "Virginia", "wash": "Washington", "wis": "Wisconsin", "wyo": "Wyoming", "fl": "Florida", "ca": "California",
}  # fmt: skip
_NEAR, _SAME = 80, 250  # characters
_COUNTRY_PRIOR, _PROVINCE_PRIOR, _TOWN_PRIOR, _MAIN_PRIOR, _HAND_POPULATION = 2.0, -1.0, -2.5, 0.6, 3_000_000
_CONTEXT, _CUE, _QUALIFIED = 3.0, 3.0, 6.0
_RIVAL_DISCOUNT = 0.35  # "the US envoy came to Georgia" speaks little for the American state
_UNSURE = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    place: Place
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The mention as asked of the gazetteer: its bare name, the kind word beside it, what stands around it."""

    name: str
    kind: str | None
    part: str | None
    qualifier: str | None
    country_cue: bool


def resolve_place(gazetteer: Gazetteer, text: str, span: Span, *, context: PlaceContext) -> PlaceLink | None:
    """The gazetteer entry that the mention `text`, written at `span` of the document, means.

    An unresolved link (no `name`, with the reason) where the gazetteer has no such name; None for an empty mention.
    The confidence is the share of the entry among its namesakes; a disputed place names its claimants.
    """
    if not fold_name(text):
        return None
    asked, found = _look_up(gazetteer, text, span, context)
    if not found:
        return PlaceLink(text=text, span=span, reason="not in the gazetteer")
    scored = sorted((_score(named, found, asked, span, context) for named in found), key=_rank)
    total = sum(math.exp(other.score - scored[0].score) for other in scored)
    return _link(text, span, scored[0], asked, len(found), 1.0 / total)


def _rank(scored: _Scored) -> tuple[float, int]:
    return -scored.score, -scored.place.key


def _look_up(gazetteer: Gazetteer, text: str, span: Span, context: PlaceContext) -> tuple[_Asked, tuple[Named, ...]]:
    """The entries for the whole mention, else for its name without direction and kind words."""
    words = text.strip().removesuffix("'s").removesuffix("’s")
    whole = _ask(words, None, None, span, context)
    found = gazetteer.find(words)
    if found:
        return whole, found
    match = _OF.match(words) or _WHOLE.match(words)
    if match is None:
        return whole, ()
    parts = match.groupdict()
    asked = _ask(match["name"], parts.get("kind"), parts.get("part"), span, context)
    return asked, gazetteer.find(asked.name)


def _ask(name: str, kind: str | None, part: str | None, span: Span, context: PlaceContext) -> _Asked:
    before, after = context.text[max(0, span.start - 60) : span.start], context.text[span.end : span.end + 60]
    if kind is None and (_AFTER_KIND.match(after) or _BEFORE_KIND.search(before)):
        kind = "province"
    elif kind is None and (_AFTER_TOWN.match(after) or _BEFORE_TOWN.search(before)):
        kind = "city"
    qualifier = _QUALIFIER.match(after)
    return _Asked(
        name=name,
        kind=kind.lower() if kind else None,
        part=part,
        qualifier=qualifier[1] if qualifier else None,
        country_cue=bool(_BEFORE_COUNTRY.search(before)),
    )


def _score(named: Named, found: tuple[Named, ...], asked: _Asked, span: Span, context: PlaceContext) -> _Scored:
    place, reasons = named.place, ["population"]
    score = math.log10((place.population if place.population or place.key > 0 else _HAND_POPULATION) + 1000)
    score += _MAIN_PRIOR * named.main
    if place.precision is PlacePrecision.COUNTRY:
        score += _COUNTRY_PRIOR + _CUE * asked.country_cue
    elif place.precision is PlacePrecision.PROVINCE:
        score += _TOWN_PRIOR if _has_town(place, found) else _PROVINCE_PRIOR
    cue = _kind_fits(place, asked.kind)
    if cue:
        score += _CUE * cue
        reasons.append(f"{asked.kind} beside it")
    if asked.qualifier and _is_qualified(place, asked.qualifier, context):
        score += _QUALIFIED
        reasons.append(f"followed by {asked.qualifier}")
    town = _follows_town(place, span, context)
    if town:
        score += _QUALIFIED
        reasons.append(f"after {town}")
    context_score, names = _context_score(place, found, span, context)
    if names:
        reasons.append("other names of the text: " + ", ".join(names))
    return _Scored(place=place, score=score + context_score, reasons=tuple(reasons))


def _has_town(place: Place, found: tuple[Named, ...]) -> bool:
    """True when a city of the division bears the same name: the bare name then means the city."""
    return any(
        other.place.precision is PlacePrecision.CITY
        and (other.place.country, other.place.admin1) == (place.country, place.admin1)
        for other in found
    )


def _follows_town(place: Place, span: Span, context: PlaceContext) -> str | None:
    """The name of a town of the division that stands before the mention with a comma ("Atlanta, Georgia")."""
    if context.text[max(0, span.start - 2) : span.start] != ", " or place.precision is not PlacePrecision.PROVINCE:
        return None
    return next((e.name for e in context.evidence if e.end == span.start - 2 and e.admin1 == place.admin1), None)


def _kind_fits(place: Place, kind: str | None) -> int:
    """1 when the kind word fits the entry, -1 when it speaks against it, 0 when it says nothing."""
    if kind is None:
        return 0
    is_town = re.fullmatch(_TOWNS, kind) is not None
    if place.precision in (PlacePrecision.CITY, PlacePrecision.POINT):
        return 1 if is_town else -1
    return (
        -1
        if is_town
        else int(place.precision in (PlacePrecision.PROVINCE, PlacePrecision.REGION, PlacePrecision.DISTRICT))
    )


def _is_qualified(place: Place, qualifier: str, context: PlaceContext) -> bool:
    """True when the name after the comma is the entry's division or country."""
    spelt = fold_name(_STATES.get(fold_name(qualifier), qualifier))
    if (
        place.admin1
        and place.precision is not PlacePrecision.PROVINCE
        and fold_name(place.admin1).split(" oblast")[0] == spelt
    ):
        return True
    return any(
        fold_name(found.name) == spelt and found.country == place.country and found.admin1 in (None, place.admin1)
        for found in context.evidence
    )


def _context_score(
    place: Place, found: tuple[Named, ...], span: Span, context: PlaceContext
) -> tuple[float, tuple[str, ...]]:
    """How much the text's other names and its actors' countries speak for the entry, with the names that do."""
    if place.country is None:
        return 0.0, ()
    rival = any(n.place.precision is PlacePrecision.COUNTRY and n.place.key != place.key for n in found)
    discount = _RIVAL_DISCOUNT if rival and place.precision is PlacePrecision.PROVINCE else 1.0
    total, names = 0.0, dict[str, None]()
    for evidence in context.around(span):
        if evidence.country != place.country or fold_name(evidence.name) == fold_name(place.name):
            continue
        distance = min(abs(evidence.start - span.end), abs(span.start - evidence.end))
        near = 1.5 if distance < _NEAR else 1.0 if distance < _SAME else 0.5
        same_division = evidence.admin1 is not None and evidence.admin1 == place.admin1
        total += near * evidence.weight * (2.5 if same_division else 1.0 if evidence.admin1 else discount)
        names[evidence.name] = None
    total += 0.5 * discount * (place.country in context.countries)
    return _CONTEXT * (1.0 - math.exp(-total)), tuple(names)[:3]


def _link(text: str, span: Span, best: _Scored, asked: _Asked, namesakes: int, confidence: float) -> PlaceLink:
    place = best.place
    reason = (
        f"1 of {namesakes} namesakes by " + "; ".join(best.reasons) if namesakes > 1 else "the only entry of the name"
    )
    if asked.part:
        reason += f"; the {asked.part.lower()} part of it"
    if confidence < _UNSURE:
        reason += "; ambiguous"
    return PlaceLink(
        text=text,
        span=span,
        name=place.name,
        geonames=place.geonames,
        country=place.country,
        admin1=place.admin1,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=place.precision,
        disputed=place.disputed,
        confidence=round(confidence, 4),
        reason=reason,
    )
