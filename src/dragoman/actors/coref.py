"""Who is meant, inside one document: names, titles, pronouns, definite descriptions, "both sides"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.actors.facts import INTERNATIONAL
from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.names import word_set
from dragoman.actors.phrase import STATE_USES, Reading
from dragoman.actors.resolve import link_reading, place_country
from dragoman.actors.view import DocumentView, PersonMention, read_span, view_document
from dragoman.types.actor import ActorLink
from dragoman.types.parse import ParsedDocument
from dragoman.types.text import Span

_HE_SHE = word_set("he she him her his hers himself herself i me my")
_IT = word_set("it its itself which")
_THEY = word_set("they them their theirs themselves we us our who")
_DUAL = word_set("sides countries nations states neighbours neighbors governments parties capitals ministries leaders "
                 "presidents ministers delegations armies powers foes rivals allies premiers both two republics "
                 "kingdoms counterparts monarchs men women officials")  # fmt: skip
_PERSON_HEADS = word_set("president minister premier leader king queen chancellor ambassador envoy governor mayor "
                         "spokesman spokeswoman general colonel commander bishop judge senator deputy")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """A span already resolved, kept as a possible antecedent."""

    start: int
    sentence: int
    reading: Reading
    links: tuple[ActorLink, ...]


class Resolver:
    """Resolves all mentions of a document together."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    def resolve_document(
        self, parsed: ParsedDocument, spans: Sequence[Span], as_of: date | None = None
    ) -> tuple[ActorLink, ...]:
        """Links for all spans, in the order given; a span that means several actors gives several links in a row.

        "The two countries" and "Afghan and Pakistani officials" give one link for each state, all with the same span.
        """
        return tuple(link for links in self.resolve_spans(parsed, spans, as_of) for link in links)

    def resolve_spans(
        self, parsed: ParsedDocument, spans: Sequence[Span], as_of: date | None = None
    ) -> tuple[tuple[ActorLink, ...], ...]:
        """For each span its links, one or more."""
        view = view_document(parsed, self.kb)
        return resolve_view(self.kb, view, spans, as_of or parsed.document.published)


def resolve_view(
    kb: KnowledgeBase, view: DocumentView, spans: Sequence[Span], as_of: date | None
) -> tuple[tuple[ActorLink, ...], ...]:
    """For each span of a document already viewed its links; spans are resolved in text order."""
    known: list[_Known] = []
    found: dict[Span, tuple[ActorLink, ...]] = {}
    for span in sorted(set(spans)):
        reading = read_span(view, span, kb.lexicon)
        links = _resolve_one(kb, view, span, reading, known, as_of)
        found[span] = links
        sentence = view.sentence_at(span.start)
        known.append(_Known(span.start, sentence.number if sentence else 0, reading, links))
    return tuple(found[span] for span in spans)


def _resolve_one(
    kb: KnowledgeBase, view: DocumentView, span: Span, reading: Reading, known: list[_Known], as_of: date | None
) -> tuple[ActorLink, ...]:
    text = span.of(view.text)
    if reading.shape == "pronoun":
        return _resolve_pronoun(span, text, reading, known, view, as_of)
    if _is_dual(reading):
        pair = _resolve_dual(span, text, reading, known, view, as_of)
        if pair:
            return pair
    if reading.joint:
        return tuple(
            _link(kb, view, span, text, replace(reading, countries=(code,), joint=False), as_of)
            for code in reading.countries
        )
    return (_link(kb, view, span, text, reading, as_of),)


def _is_dual(reading: Reading) -> bool:
    return reading.number == 2 and not reading.countries and reading.head in _DUAL


def _link(
    kb: KnowledgeBase, view: DocumentView, span: Span, text: str, reading: Reading, as_of: date | None
) -> ActorLink:
    """The link for one reading, with the document's help for names and for a country that the words do not give."""
    if reading.person is not None and reading.honorific != "the":
        described = _describe_person(view, reading)
        reading = _fill(reading, described)
        full = described.person or reading.person
    else:
        full = None
    country = None if reading.countries or place_country(kb, reading) else _context_country(view, span, reading)
    return link_reading(kb, reading, text, as_of=as_of, context_country=country, span=span, person_name=full)


def _fill(reading: Reading, more: Reading) -> Reading:
    """The reading with country, sector and role from another mention of the same person."""
    filled = reading
    if not filled.countries and more.countries:
        filled = replace(filled, countries=more.countries, country_by=more.country_by, org=filled.org or more.org)
    if (not filled.sector_by or filled.sector_by == "default") and more.sector_by:
        filled = replace(filled, sector=more.sector, sector_by=more.sector_by, role=filled.role or more.role)
        filled = replace(filled, former=filled.former or more.former)
    return filled


def _describe_person(view: DocumentView, reading: Reading) -> Reading:
    """Everything that the document says of the person: the first country, the first sector, the fullest name."""
    name = tuple(part for part in (reading.person or "").lower().split())
    same = [mention for mention in view.persons if _are_one_person(reading.person or "", mention)]
    total = Reading(person=reading.person)
    for mention in same:
        total = _fill(total, mention.reading)
        if len(mention.name.split()) > len((total.person or "").split()) and len(name) <= 1:
            total = replace(total, person=mention.name)
    return total


def _are_one_person(name: str, mention: PersonMention) -> bool:
    """True when the shorter of two names is a single part of the longer, or both are the same."""
    keys = tuple(part.lower() for part in name.replace("-", " ").split())
    if keys == mention.keys:
        return True
    short, long = sorted((keys, mention.keys), key=len)
    return 0 < len(short) < len(long) and (short[-1] == long[-1] or (len(short) == 1 and short[0] == long[0]))


def _context_country(view: DocumentView, span: Span, reading: Reading) -> str | None:
    """The country that the sentence or the document is about, for a mention that names none; None where unclear."""
    if reading.shape in STATE_USES or reading.shape == "org":
        return None
    sentence = view.sentence_at(span.start)
    number = sentence.number if sentence else 0
    scores: dict[str, float] = dict(view.weights)
    for mention in view.states:
        distance = number - mention.sentence
        if 0 <= distance <= 2 and not span.start <= mention.start < span.end:
            bonus = (0.5, 0.2, 0.1)[distance] if mention.start < span.start else 0.3
            scores[mention.code] = scores.get(mention.code, 0.0) + bonus * mention.weight
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return None
    if len(ranked) > 1 and ranked[0][1] < ranked[1][1] + 0.05:
        return None
    return ranked[0][0]


def _resolve_pronoun(
    span: Span, text: str, reading: Reading, known: list[_Known], view: DocumentView, as_of: date | None
) -> tuple[ActorLink, ...]:
    """The antecedent's link, the nearest earlier mention that agrees in number and kind."""
    key = (reading.owner or reading.head or text).lower()
    sentence = view.sentence_at(span.start)
    number = sentence.number if sentence else 0
    for past in reversed(known):
        if number - past.sentence <= 4 and _agrees(key, past):
            links = past.links
            return tuple(replace(link, text=text, span=span, confidence=round(link.confidence * 0.8, 3),
                                 reason=f"{key}: as '{link.text}'", candidates=()) for link in links)  # fmt: skip
    return (ActorLink(text=text, span=span, as_of=as_of, reason="unresolved: no antecedent"),)


def _agrees(key: str, past: _Known) -> bool:
    links = past.links
    if not links or all(link.country is None and link.sector is None for link in links):
        return False
    is_person = past.reading.person is not None or links[0].kind == "person"
    if key in _HE_SHE:
        return is_person or (past.reading.head in _PERSON_HEADS and len(links) == 1)
    if key in _THEY:
        return not is_person or len(links) > 1
    if key in _IT:
        return not is_person and len(links) == 1
    return False


def _resolve_dual(
    span: Span, text: str, reading: Reading, known: list[_Known], view: DocumentView, as_of: date | None
) -> tuple[ActorLink, ...]:
    """Two links for "the two sides": the two states told last before it, else the two that the document is about."""
    codes: list[str] = []
    for mention in sorted(view.states, key=lambda item: -item.start):
        if mention.start < span.start and mention.code not in codes and mention.code not in INTERNATIONAL:
            codes.append(mention.code)
    leading = [code for code, weight in view.weights if weight >= 0.12][:2]
    pair = tuple(leading) if len(leading) == 2 else tuple(sorted(codes[:2], key=codes.index))
    if len(pair) < 2:
        return ()
    sector = reading.sector
    return tuple(
        ActorLink(text=text, span=span, country=code, sector=sector, as_of=as_of, confidence=0.7, role=reading.role,
                  kind="state" if sector is None else None, reason=f"one of two: {' and '.join(pair)}")
        for code in pair
    )  # fmt: skip
