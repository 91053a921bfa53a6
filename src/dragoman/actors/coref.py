"""Who is meant, inside one document: names, titles, pronouns, definite descriptions, "both sides"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dragoman.actors.antecedents import Told, choose_told, find_described
from dragoman.actors.facts import INTERNATIONAL
from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.names import word_set
from dragoman.actors.phrase import STATE_USES, Reading
from dragoman.actors.resolve import as_city, link_reading, place_country
from dragoman.actors.view import DocumentView, PersonMention, read_span, view_document
from dragoman.types.actor import ActorLink
from dragoman.types.parse import ParsedDocument
from dragoman.types.text import Span

_DUAL = word_set("sides countries nations states neighbours neighbors governments parties capitals ministries leaders "
                 "presidents ministers delegations armies powers foes rivals allies premiers both two republics "
                 "kingdoms counterparts monarchs men women officials")  # fmt: skip
_BARE_DUALS = word_set("sides countries nations states neighbours neighbors parties capitals powers foes rivals allies "
                       "republics kingdoms both two")  # fmt: skip
_COUNTERPARTS = word_set("counterpart counterparts opposite number colleague")


class Resolver:
    """Resolves all mentions of a document together."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    def resolve_spans(
        self, parsed: ParsedDocument, spans: Sequence[Span], as_of: date | None = None
    ) -> tuple[tuple[ActorLink, ...], ...]:
        """For each span its links: one, or several where it means several ("the two countries")."""
        view = view_document(parsed, self.kb)
        return resolve_view(self.kb, view, spans, as_of or parsed.document.published)


def resolve_view(
    kb: KnowledgeBase, view: DocumentView, spans: Sequence[Span], as_of: date | None
) -> tuple[tuple[ActorLink, ...], ...]:
    """For each span of a document already viewed its links; spans are resolved in text order."""
    reader = _Reader(kb, view, as_of)
    found = {span: reader.resolve(span) for span in sorted(set(spans))}
    return tuple(found[span] for span in spans)


class _Reader:
    """Resolves spans of one document, front to back; what a pronoun meant is remembered for the next one."""

    def __init__(self, kb: KnowledgeBase, view: DocumentView, as_of: date | None) -> None:
        self._kb, self._view, self._as_of = kb, view, as_of
        self._meant: list[tuple[Span, Told]] = []

    def resolve(self, span: Span) -> tuple[ActorLink, ...]:
        """The links of one span, one or more."""
        text = span.of(self._view.text)
        reading = read_span(self._view, span, self._kb.lexicon)
        if reading.shape == "pronoun":
            return self._resolve_pronoun(span, text, reading)
        if is_dual(reading):
            pair = self._resolve_dual(span, text, reading)
            if pair:
                return pair
        if reading.joint:
            single = [replace(reading, countries=(code,), joint=False) for code in reading.countries]
            return tuple(self._link(span, text, one) for one in single)
        return self._resolve_description(span, text, reading) or (self._link(span, text, reading),)

    def _link(self, span: Span, text: str, reading: Reading) -> ActorLink:
        return _link(self._kb, self._view, span, text, reading, self._as_of)

    def _sentence(self, span: Span) -> int:
        sentence = self._view.sentence_at(span.start)
        return sentence.number if sentence else 0

    def _resolve_pronoun(self, span: Span, text: str, reading: Reading) -> tuple[ActorLink, ...]:
        """The links of the antecedent, under the pronoun's span."""
        key = (reading.owner or reading.head or text).lower()
        taken = [told for other, told in self._meant if self._sentence(other) == self._sentence(span)]
        told = choose_told(self._view.told, key, span.start, self._sentence(span), taken)
        if not told:
            return (ActorLink(text=text, span=span, as_of=self._as_of, reason="unresolved: no antecedent"),)
        self._meant.append((span, told[0]))
        return self._as_antecedents(span, text, told, key)

    def _as_antecedents(self, span: Span, text: str, told: Sequence[Told], why: str) -> tuple[ActorLink, ...]:
        links = [link for one in told for link in self._links_of(one)]
        return tuple(
            replace(link, text=text, span=span, confidence=round(link.confidence * 0.8, 3), candidates=(),
                    reason=f"{why}: as '{link.text}'") for link in links
        )  # fmt: skip

    def _links_of(self, told: Told) -> tuple[ActorLink, ...]:
        span = Span(told.start, told.end)
        text = span.of(self._view.text)
        codes = told.reading.countries if told.reading.joint else ()
        readings = [replace(told.reading, countries=(code,), joint=False) for code in codes] or [told.reading]
        return tuple(self._link(span, text, reading) for reading in readings)

    def _resolve_description(self, span: Span, text: str, reading: Reading) -> tuple[ActorLink, ...]:
        """The links of whom "the minister", "the Armenian leader", "his government" means; none where it is new."""
        if reading.owner is not None:
            return self._resolve_owned(span, text, reading)
        if not reading.definite or reading.person is not None or reading.shape != "role":
            return ()
        told = find_described(self._view.told, reading, span.start, self._sentence(span))
        if told is None:
            return ()
        return tuple(replace(link, reason=f"description: {link.reason}")
                     for link in self._as_antecedents(span, text, [told], reading.head or text))  # fmt: skip

    def _resolve_owned(self, span: Span, text: str, reading: Reading) -> tuple[ActorLink, ...]:
        """ "Its troops" are the owner's; "his Jordanian counterpart" holds the same office elsewhere."""
        told = choose_told(self._view.told, reading.owner or "", span.start, self._sentence(span), ())
        owner = self._links_of(told[0])[0] if told else None
        if owner is None or reading.person is not None:
            return ()
        if reading.head in _COUNTERPARTS:
            reading = replace(reading, sector=owner.sector, sector_by="owner")
        elif not reading.countries and owner.country and owner.country not in INTERNATIONAL:
            reading = replace(reading, countries=(owner.country,), country_by="possessive")
        return (self._link(span, text, reading),)

    def _resolve_dual(self, span: Span, text: str, reading: Reading) -> tuple[ActorLink, ...]:
        """Two links for "the two sides": the two states of the nearest sentence before, else those of the report."""
        codes = self._pair_before(span)
        sector = None if reading.head in _BARE_DUALS else reading.sector
        return tuple(
            ActorLink(text=text, span=span, country=code, sector=sector, as_of=self._as_of, confidence=0.7,
                      role=reading.role, kind="state" if sector is None else None,
                      reason=f"one of two: {' and '.join(codes)}")
            for code in codes
        )  # fmt: skip

    def _pair_before(self, span: Span) -> tuple[str, ...]:
        by_sentence: dict[int, dict[str, None]] = {}
        for mention in self._view.states:
            if mention.start < span.start and mention.code not in INTERNATIONAL:
                by_sentence.setdefault(mention.sentence, {}).setdefault(mention.code)
        for number in sorted(by_sentence, reverse=True):
            if len(by_sentence[number]) == 2:
                return tuple(by_sentence[number])
        leading = [code for code, weight in self._view.weights if weight >= 0.12][:2]
        return tuple(leading) if len(leading) == 2 else ()


def is_dual(reading: Reading) -> bool:
    """True for "both sides" and "the two leaders", and for "the countries", which are two where two were told."""
    if reading.countries or reading.person is not None or reading.head not in _DUAL:
        return False
    return reading.number == 2 or (reading.definite and reading.number is None and reading.head in _BARE_DUALS)


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
    link = link_reading(kb, reading, text, as_of=as_of, context_country=country, span=span, person_name=full)
    sentence = view.sentence_at(span.start)
    return as_city(link, reading, sentence.span.of(view.text)) if sentence else link


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
