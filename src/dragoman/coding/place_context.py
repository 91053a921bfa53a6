"""What the other names of a text say about the countries it speaks of: evidence for choosing between namesakes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.coding.gazetteer import Gazetteer, Named, fold_name
from dragoman.types.text import Span
from dragoman.types.where import PlacePrecision

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_INNER = frozenset({"of", "the", "and", "al", "el", "de", "da", "do", "del", "ez", "la", "le", "es"})
# What lies across a border is not where the text is.
_ELSEWHERE = ("border with ", "border from ", "borders ", "bordering ")
_LONGEST = 5  # words; "Democratic Republic of the Congo"
_LARGE = 100_000
# Times as populous as the next namesake → how much a city then tells of its country.
_LEADS = ((8, 0.6), (3, 0.4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A name at `start` that speaks for a country, and for a division where `admin1` is given. `weight` is 0 to 1."""

    start: int
    end: int
    country: str
    admin1: str | None
    weight: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceContext:
    """The document's text, the evidence of its names, and the countries of its actors (alpha-3)."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    countries: tuple[str, ...] = ()

    def around(self, span: Span) -> Iterator[Evidence]:
        """The evidence that is not the mention at `span` itself."""
        return (found for found in self.evidence if found.end <= span.start or found.start >= span.end)


def gather_context(gazetteer: Gazetteer, text: str, *, countries: Iterable[str] = ()) -> PlaceContext:
    """The context of a whole text; gather it once a document. `countries` are those of its resolved actors."""
    grams = list(_grams(text))
    names = {name for *_, name in grams}
    places, hints = gazetteer.find_many(names), gazetteer.find_country_hints(names)
    found: list[Evidence] = []
    covered = -1
    for start, end, name in grams:
        if start < covered:
            continue
        key = fold_name(name)
        if text.endswith(_ELSEWHERE, 0, start):
            covered = end if key in places or key in hints else covered
            continue
        evidence = _weigh(start, end, name, places.get(key, ()), hints.get(key))
        if evidence is not None or key in places:
            covered = end
        if evidence is not None:
            found.append(evidence)
    return PlaceContext(text=text, evidence=tuple(found), countries=tuple(sorted(set(countries))))


def _grams(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of up to five words that begin and end with a capital, longest first at each start."""
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    for number, (start, _, word) in enumerate(words):
        if not word[0].isupper():
            continue
        ends: list[int] = []
        for position in range(number, min(number + _LONGEST, len(words))):
            begin, end, other = words[position]
            if position > number and not _continues(text, words[position - 1][1], begin, other):
                break
            if other[0].isupper():
                ends.append(end)
        for end in reversed(ends):
            yield start, _trim(text, start, end), text[start : _trim(text, start, end)]


def _continues(text: str, before: int, begin: int, word: str) -> bool:
    return text[before:begin] in (" ", "\n") and text[before - 1] not in ".’'" and (word[0].isupper() or word in _INNER)


def _trim(text: str, start: int, end: int) -> int:
    """The end without a possessive or a full stop that does not belong to an abbreviation."""
    word = text[start:end]
    for tail in ("'s", "’s", "'", "’", "-"):
        if word.endswith(tail) and len(word) > len(tail):
            return end - len(tail)
    return end - 1 if word.endswith(".") and "." not in word[:-1] else end


def _weigh(start: int, end: int, name: str, found: tuple[Named, ...], hint: str | None) -> Evidence | None:
    if hint is not None and not any(named.place.precision is PlacePrecision.COUNTRY for named in found):
        return Evidence(start=start, end=end, country=hint, admin1=None, weight=0.8, name=name)
    countries = [named.place for named in found if named.place.precision is PlacePrecision.COUNTRY]
    if countries:
        place, clear = countries[0], len(found) == 1 or len(countries) == len(found) == 1
        weight = 1.0 if clear or not _has_rival(found) else 0.5
        return Evidence(start=start, end=end, country=place.country or "", admin1=None, weight=weight, name=name)
    ranked = [named.place for named in found if named.place.country]
    if not ranked:
        return None
    best = ranked[0]
    rivals = [place for place in ranked[1:] if (place.country, place.admin1) != (best.country, best.admin1)]
    next_best = max((place.population for place in rivals), default=0)
    weight = next((weight for times, weight in _LEADS if best.population > times * next_best), 0.0)
    small = best.population < _LARGE and best.precision is PlacePrecision.CITY and not _is_rare(found)
    if not weight or small:
        return None
    return Evidence(start=start, end=end, country=best.country or "", admin1=best.admin1, weight=weight, name=name)


def _has_rival(found: tuple[Named, ...]) -> bool:
    return any(named.place.precision is PlacePrecision.PROVINCE and named.main for named in found)


def _is_rare(found: tuple[Named, ...]) -> bool:
    """True for a name that only one country knows: even a small town then tells."""
    return len({named.place.country for named in found}) == 1 and len(fold_name(found[0].place.name)) > 5
