"""Mention and date into an actor link: choose, or abstain and say why."""

from dataclasses import dataclass, replace
from datetime import date

from dragoman.actors.candidates import NameMatch, find_persons
from dragoman.actors.compare import Evidence, Standing, role_on, score_person
from dragoman.actors.facts import INTERNATIONAL
from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.lexicon import Lexicon, Sense
from dragoman.actors.names import normalise, split_words
from dragoman.actors.phrase import STATE_USES, Reading, read_phrase
from dragoman.actors.pieces import cut
from dragoman.types.actor import ActorLink, Candidate
from dragoman.types.text import Span

_ACCEPT = 0.60
_MARGIN = 0.06
# A surname that so many bear says nothing by itself, whoever is in office.
_COMMON = 25
_KINDS_OF_SECTOR = {
    "GOV": "government", "MIL": "institution", "COP": "institution", "JUD": "institution", "LEG": "institution",
    "SPY": "institution", "IGO": "igo", "NGO": "ngo", "REB": "armed_group", "PTY": "party", "OPP": "party",
    "BUS": "company", "MED": "media",
}  # fmt: skip
_TWINNING = ("twin", "sister city", "sister cities", "sister town", "partner city", "partner cities")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person chosen from the knowledge base, with the standing on the date and the candidates refused.

    `id` and `name` are None where several bear the name and only what they share is known.
    """

    id: str | None
    name: str | None
    standing: Standing
    country: str | None
    confidence: float
    reason: str
    refused: tuple[Candidate, ...] = ()


def resolve_actor(
    kb: KnowledgeBase,
    mention_text: str,
    *,
    sentence_text: str | None = None,
    as_of: date | None = None,
    context_country: str | None = None,
    span: Span | None = None,
) -> ActorLink:
    """Link one mention by its own words, its sentence, and the country that the context is about.

    Args:
        kb: the knowledge base.
        mention_text: any noun phrase, named or not.
        sentence_text: the sentence around it; used to tell a city that acts as a city.
        as_of: the date for which roles are asked; None leaves them undated.
        context_country: used for common nouns that name no country of their own ("police"), with less confidence.
        span: where the mention stands in its document, copied into the link.
    """
    reading = read_phrase(split_words(mention_text), kb.lexicon)
    if sentence_text:
        reading = settle_homonym(reading, mention_text, states_in(sentence_text, kb.lexicon))
    link = link_reading(kb, reading, mention_text, as_of=as_of, context_country=context_country, span=span)
    return as_city(link, reading, sentence_text) if sentence_text else link


def states_in(text: str, lexicon: Lexicon) -> frozenset[tuple[str, str]]:
    """Codes of the states told in the text, each with the words that tell it."""
    pieces = cut(split_words(text), lexicon)
    return frozenset((piece.sense.country, piece.key) for piece in pieces
                     if piece.use in (*STATE_USES, "org") and piece.sense.country)  # fmt: skip


def as_city(link: ActorLink, reading: Reading, sentence: str) -> ActorLink:
    """The link of a capital in a sentence about twinned towns: there it acts as a city, not for its state.

    The city has no entry of its own; its country stays, so that a view may roll it up to the state.
    """
    if reading.shape != "capital" or not _is_twinning(sentence):
        return link
    return replace(link, actor_id=None, name=None, kind="city", sector="GOV", reason="city acting as a city")


def _is_twinning(sentence: str) -> bool:
    lowered = sentence.lower()
    return any(word in lowered for word in _TWINNING)


def link_reading(
    kb: KnowledgeBase,
    reading: Reading,
    text: str,
    *,
    as_of: date | None = None,
    context_country: str | None = None,
    span: Span | None = None,
    person_name: str | None = None,
) -> ActorLink:
    """The link for a mention already read. `person_name` is the fuller name that the document gives the person."""
    blank = ActorLink(text=text, span=span, as_of=as_of)
    if is_styled_name(kb, reading, text):
        reading, person_name = replace(reading, sector=None, sector_by="", role=None, shape="proper"), text
    name = person_name or reading.person
    if reading.definite and reading.shape == "proper" and " " not in (name or ""):
        name = None  # "the Nile": nobody is called with an article
    if name is not None and reading.shape in ("proper", "role", "word"):
        person = find_person(kb, name, reading, as_of, context_country)
        if person is not None:
            return _link_person(blank, reading, person)
    if reading.org is not None and reading.shape in ("org", "role", "word"):
        return _link_org(blank, reading, context_country)
    if reading.shape in STATE_USES or reading.shape == "state":
        return _link_state(kb, blank, reading)
    if reading.sector is not None or reading.sector_by or reading.countries:
        return _link_role(kb, blank, reading, context_country)
    return _link_unknown(kb, blank, reading)


def is_styled_name(kb: KnowledgeBase, reading: Reading, text: str) -> bool:
    """True where title and name together are how the person is called ("Sheikh Hasina", "King Hussein")."""
    if reading.shape not in ("proper", "role") or reading.person is None or reading.role is None:
        return False
    key = normalise(text)
    if not 2 <= len(key.split()) <= 4:
        return False
    return any(key == normalise(name) for entry in kb.persons_spelled(key) for name in entry.names)


def settle_homonym(reading: Reading, text: str, beside: frozenset[tuple[str, str]]) -> Reading:
    """The reading with the state of the United States where that is meant and not the country of the same name.

    `beside` are the other states of the text around it, each with the words that tell it.
    """
    if normalise(text).removeprefix("the ") != "georgia" or reading.countries != ("GEO",):
        return reading
    codes = {code for code, words in beside if words != "georgia"}
    if "USA" not in codes or codes & {"GEO", "RUS", "ARM", "AZE"}:
        return reading
    return replace(reading, countries=("USA",), shape="place")


def find_person(
    kb: KnowledgeBase, name: str, reading: Reading, as_of: date | None, context_country: str | None
) -> Person | None:
    """The person of the knowledge base that the name means, or None where no candidate is clearly best."""
    matches = find_persons(kb, name)
    if not matches:
        return None
    evidence = Evidence(
        country=reading.countries[0] if reading.countries else context_country,
        sector=None if reading.former or reading.sector_by == "default" else reading.sector,
        role=reading.role,
        former=reading.former,
        country_is_place=not reading.countries or reading.country_by == "place",
        as_of=as_of,
    )
    scored = sorted(
        ((*score_person(match, kb.roles(match.entry.id), evidence), match) for match in matches),
        key=lambda item: (-item[0], item[2].entry.id),
    )
    return _choose(kb, scored, evidence)


def _choose(kb: KnowledgeBase, scored: list[tuple[float, str, NameMatch]], evidence: Evidence) -> Person | None:
    score, reason, match = scored[0]
    if match.by == "surname" and not (evidence.country_is_place and evidence.country is None):
        score += 0.22 if "country agrees" in reason and "sector agrees" in reason else 0.0
        score += 0.10 if "country agrees" in reason and "in office" in reason else 0.0
    if match.by == "surname" and match.entry.rank == 3 and "in office" in reason and len(scored) < _COMMON:
        score += 0.14
    if match.by == "surname" and "sector agrees, in office" in reason and not any(other[0] for other in scored[1:]):
        score += 0.14  # the one of that name whom the title fits
    rivals = [other for other in scored[1:] if other[0] > scored[0][0] - _MARGIN]
    rivals = [rival for rival in rivals if _is_rival(rival[2], match)]
    if score < _ACCEPT:
        return None
    standing = role_on(kb.roles(match.entry.id), evidence.as_of)
    if rivals:
        others = [role_on(kb.roles(rival[2].entry.id), evidence.as_of) for rival in rivals]
        return _namesakes(match, standing, [rival[2] for rival in rivals], others, score)
    refused = tuple(
        Candidate(actor_id=other[2].entry.id, name=other[2].entry.name, score=round(other[0], 3), reason=other[1])
        for other in scored[1:6]
    )
    return Person(
        id=match.entry.id, name=match.entry.name, standing=standing, country=standing.country or match.entry.country,
        confidence=round(min(score, 0.98), 3), reason=f"{reason}; {standing.note}", refused=refused,
    )  # fmt: skip


def _is_rival(rival: NameMatch, match: NameMatch) -> bool:
    """True for one who may as well be meant: of another country, or of the same with no smaller name."""
    if rival.entry.country != match.entry.country:
        return True
    return rival.by == match.by and (match.by == "surname" or rival.entry.rank >= match.entry.rank)


def _namesakes(
    match: NameMatch, standing: Standing, rivals: list[NameMatch], others: list[Standing], score: float
) -> Person | None:
    """What bearers of one whole name share: the country, and the sector if it is the same; None where they differ."""
    if match.by == "surname" or any(rival.entry.country != match.entry.country for rival in rivals):
        return None
    shared = all(other.sector == standing.sector for other in others)
    bare = Standing(role=None, country=match.entry.country, sector=standing.sector if shared else None,
                    note="namesakes", in_office=False)  # fmt: skip
    names = ", ".join(str(one.entry.id) for one in (match, *rivals[:3]))
    return Person(id=None, name=None, standing=bare, country=match.entry.country, confidence=round(score * 0.8, 3),
                  reason=f"namesakes of one country: {names}")  # fmt: skip


def _link_person(blank: ActorLink, reading: Reading, person: Person) -> ActorLink:
    """A known person: the text's own title outranks the role in the knowledge base, its country does not."""
    sector = person.standing.sector
    role = person.standing.role
    if reading.sector_by and reading.sector_by != "default":
        sector, role = reading.sector, role or reading.role
    return replace(
        blank, actor_id=person.id, name=person.name, country=person.country or _first(reading), sector=sector,
        kind="person", role=role, confidence=person.confidence, reason=person.reason, candidates=person.refused,
    )  # fmt: skip


def _first(reading: Reading) -> str | None:
    return reading.countries[0] if len(reading.countries) == 1 else None


def _link_org(blank: ActorLink, reading: Reading, context_country: str | None) -> ActorLink:
    org, shared = pick_org(reading, blank.as_of, context_country)
    known = reading.shape == "org" and not shared
    own = None if reading.country_by == "organization" else _first(reading)
    country = own or (None if shared else org.country) or None
    sector = reading.sector if reading.sector_by else org.sector or None
    if org.kind == "people" and reading.shape == "org":
        sector = sector or "CVL"
    reason = f"{org.name} by name" if known else f"by its words, of {org.name}"
    return replace(
        blank, actor_id=org.actor_id if known else None, name=org.name if known else None, country=country,
        sector=sector, role=reading.role, kind=org.kind if known else _kind_of(reading, country),
        confidence=0.6 if shared else 0.93 if known else 0.88,
        reason="several organizations of this name" if shared else reason,
    )  # fmt: skip


def pick_org(reading: Reading, day: date | None, context_country: str | None) -> tuple[Sense, bool]:
    """The organization meant among those of one name, and whether states still share it.

    A country in the mention decides, then the days that each existed, then the country that the context is about.
    """
    first = reading.org or Sense("org")
    senses = [first, *(rival for rival in reading.org_rivals if rival.country != first.country)]
    countries = () if reading.country_by == "organization" else reading.countries
    told = [sense for sense in senses if sense.country in countries]
    senses = told or [sense for sense in senses if _existed(sense, day)] or senses
    if len(senses) > 1:
        senses = [sense for sense in senses if sense.country == context_country] or senses
    return senses[0], len({sense.country for sense in senses}) > 1 and senses[0].country not in INTERNATIONAL


def _existed(sense: Sense, day: date | None) -> bool:
    """True unless the organization began or ended more than a year on the other side of the day."""
    if day is None:
        return True
    return sense.valid_from[:4] <= str(day.year + 1) and (sense.valid_to or "9999")[:4] >= str(day.year - 1)


def _kind_of(reading: Reading, country: str | None) -> str | None:
    if reading.person is not None:
        return "person"
    return _KINDS_OF_SECTOR.get(reading.sector or "", "people" if reading.sector else None)


_STATE_REASONS = {
    "state": "state by name", "name": "state by name", "adjective": "demonym", "people": "people of the state",
    "capital": "capital standing for its state", "place": "place", "disputed": "disputed or de facto territory",
}  # fmt: skip


def _link_state(kb: KnowledgeBase, blank: ActorLink, reading: Reading) -> ActorLink:
    """A bare state, demonym, capital or place. Several states give no single country."""
    country = _first(reading)
    if country is None and len(reading.countries) > 1:
        return replace(blank, reason=f"several: {', '.join(reading.countries)}", confidence=0.9)
    state = reading.shape in ("state", "name", "adjective", "capital")
    entry = kb.state(country) if country and state else None
    return replace(
        blank, actor_id=entry.id if entry else None, name=entry.name if entry else None, country=country,
        sector="CVL" if reading.shape == "people" else None,
        kind="state" if state else ("people" if reading.shape == "people" else "city"),
        confidence=0.95 if state else 0.85, reason=_STATE_REASONS.get(reading.shape, "place"),
    )  # fmt: skip


def _link_role(kb: KnowledgeBase, blank: ActorLink, reading: Reading, context_country: str | None) -> ActorLink:
    """An unnamed actor, or an unknown person with a title: country and sector from the words, no entry."""
    country, why, confidence = _first(reading), reading.country_by, 0.9
    if country is None and len(reading.countries) > 1:
        return replace(blank, sector=reading.sector, role=reading.role, confidence=0.85,
                       reason=f"several: {', '.join(reading.countries)}")  # fmt: skip
    if country is None:
        country, why, confidence = place_country(kb, reading), "town", 0.75
    if country is None and context_country is not None:
        country, why, confidence = context_country, "context", 0.6
    if country is None and "peacekeep" in (reading.head or ""):
        country, why, confidence = "IGO", "peacekeepers", 0.7
    reason = f"sector by {reading.sector_by or 'nothing'}; " + (
        f"country by {why}" if country else "country unresolved"
    )
    return replace(
        blank, country=country, sector=reading.sector, role=reading.role, kind=_kind_of(reading, country),
        confidence=confidence if country else 0.5, reason=reason,
    )  # fmt: skip


def place_country(kb: KnowledgeBase, reading: Reading) -> str | None:
    """The country of a town or division named in the mention, where one country clearly leads."""
    for name in reading.places:
        found = kb.city_countries(normalise(name))
        if found and (len(found) == 1 or found[0][1] >= 5 * found[1][1]):
            return found[0][0]
    return None


def _link_unknown(kb: KnowledgeBase, blank: ActorLink, reading: Reading) -> ActorLink:
    if reading.shape == "proper" and reading.person:
        found = kb.city_countries(normalise(reading.person))
        if found and found[0][1] >= 100_000 and (len(found) == 1 or found[0][1] >= 5 * found[1][1]):
            return replace(blank, country=found[0][0], kind="city", confidence=0.65, reason="town by name")
        return replace(blank, kind=None, reason="unresolved: name unknown")
    return replace(blank, reason="unresolved" if reading.shape != "empty" else "not_stated")


def predict_actor(kb: KnowledgeBase, text: str, context: str | None, day: date | None) -> ActorLink:
    """The link for one mention of a scoring list: in its context where one is given, else alone."""
    return resolve_actor(kb, text, sentence_text=context, as_of=day)
