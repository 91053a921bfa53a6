"""A record as clustering sees it: who, what, when, where, and the words around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

from dragoman.clusters.times import Window, month_and_day, window_of
from dragoman.clusters.words import Weights, name_words, split_words, stem, weigh
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Record, Status
from dragoman.types.text import Document, Span
from dragoman.types.when import EventTime
from dragoman.types.where import PlaceLink, PlacePrecision

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

# A country code of the knowledge base that is no state says little: "IGO" may be any organisation.
_NO_STATE = frozenset({"IGO", "NGO", "IMG", "MNC"})
_TITLES = frozenset(
    split_words(
        """
    president prime minister foreign minister king queen general leader leaders government governments officials court
    army troops forces soldiers police parliament ministry ministers state states people men its his her their former
    """
    )
)
_EXACT_PLACES = frozenset({PlacePrecision.POINT, PlacePrecision.CITY, PlacePrecision.DISTRICT})
_ENDS = (". ", "\n", "? ", "! ")
_LEAD = 600


@dataclass(frozen=True, slots=True)
class Side:
    """Who stands on one side: countries, ids of the knowledge base, words of names, and `keys`, what two sides share.

    Made by `make_side`, which fills `keys` from the others.
    """

    countries: frozenset[str]
    ids: frozenset[str]
    words: frozenset[str]
    keys: frozenset[str]


_NOTHING: frozenset[str] = frozenset()


def make_side(
    countries: frozenset[str] = _NOTHING, ids: frozenset[str] = _NOTHING, words: frozenset[str] = _NOTHING
) -> Side:
    """A side; its keys are the countries and the words that are no numbers."""
    return Side(countries, ids, words, countries | frozenset(word for word in words if not word.isdigit()))


def _both_sides(first: Side, second: Side) -> Side:
    if not second.keys and not second.ids:
        return first
    return make_side(first.countries | second.countries, first.ids | second.ids, first.words | second.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One record, with what is compared. `cameo`, `category` and `mode` are "" where the record has none.

    `first` and `second` are the two sides of the act (holder and topic, speaker and content for other kinds), `both` is
    the two as one, `window`
    the days on which it may have happened, `day` month and day without a year, `place` a gazetteer id and `country` the
    place's country. `inner` is the group that the coder gave it inside its document. `sentence` and `lead` are weights
    of words, shared by the records of a sentence or document. `names` are keys of all actors of the document.
    """

    id: str
    document: str
    number: int
    kind: str
    category: str
    mode: str
    cameo: str
    status: Status
    joint: bool
    first: Side
    second: Side
    both: Side
    window: Window | None
    day: str | None
    published: int | None
    place: int | None
    exact_place: bool
    country: str | None
    trigger: str
    inner: str | None
    sentence: Weights
    lead: Weights
    names: frozenset[str]


def tellings_of(coded: "Coded") -> tuple[Telling, ...]:
    """The records of a coded document as tellings, in text order."""
    document, records = coded.document, coded.coding.records
    sides = [_sides(record) for record in records]
    names = frozenset(key for pair in sides for side in pair for key in side.keys)
    around = _Around(document, names)
    return tuple(_tell(record, first, second, around) for record, (first, second) in zip(records, sides, strict=True))


class _Around:
    """What the tellings of one document share, made once."""

    def __init__(self, document: Document, names: frozenset[str]) -> None:
        self.document = document
        self.names = names
        self.lead = weigh(document.text[:_LEAD])
        self._sentences: dict[Span, Weights] = {}

    def sentence(self, span: Span) -> Weights:
        """Weights of the words of the lines' sentence that holds the span."""
        bounds = sentence_bounds(self.document.text, span)
        if bounds not in self._sentences:
            self._sentences[bounds] = weigh(bounds.of(self.document.text))
        return self._sentences[bounds]


def sentence_bounds(text: str, span: Span) -> Span:
    """The stretch of text between sentence ends around the span; abbreviations may cut it short, which does no harm.

    >>> sentence_bounds("He left. She came home. They ate.", Span(13, 17)).of("He left. She came home. They ate.")
    'She came home.'
    """
    starts = [found + len(mark) for mark in _ENDS if (found := text.rfind(mark, 0, span.start)) >= 0]
    ends = [found + 1 for mark in _ENDS if (found := text.find(mark, span.end)) >= 0]
    return Span(min(max(starts, default=0), span.start), min(ends, default=len(text)))


def _tell(record: Record, first: Side, second: Side, around: _Around) -> Telling:
    time, place, head = _time(record), _place(record), _head(record)
    published = around.document.published
    event = record if isinstance(record, Event) else None
    return Telling(
        id=record.id,
        document=around.document.id,
        number=record.sentence,
        kind=intern(type(record).__name__.lower()),
        category=event.category if event else _category(record),
        mode=(event.mode or "") if event else "",
        cameo=event.cameo if event else "",
        status=record.status,
        joint=(event.reciprocal or event.category == "CONSULT") if event else isinstance(record, Agreement),
        first=first,
        second=second,
        both=_both_sides(first, second),
        window=window_of(time, record.status, published),
        day=month_and_day(time),
        published=published.toordinal() if published else None,
        place=place.geonames if place else None,
        exact_place=place is not None and place.precision in _EXACT_PLACES,
        country=place.country if place else None,
        trigger=intern(stem(head.of(around.document.text))),
        inner=record.cluster,
        sentence=around.sentence(head),
        lead=around.lead,
        names=around.names,
    )


def _category(record: Record) -> str:
    if isinstance(record, Agreement):
        return record.instrument
    if isinstance(record, Position):
        return record.stance
    return record.membership_status if isinstance(record, Membership) else ""


def _time(record: Record) -> EventTime | None:
    return record.time if isinstance(record, Event | Agreement) else None


def _place(record: Record) -> PlaceLink | None:
    if isinstance(record, Event):
        return record.place
    return record.places[0] if isinstance(record, Project) and record.places else None


def _head(record: Record) -> Span:
    if isinstance(record, Event):
        return record.trigger
    if isinstance(record, Claim) and record.cue:
        return record.cue
    return record.topic if isinstance(record, Position) else record.evidence[0]


def _sides(record: Record) -> tuple[Side, Side]:
    match record:
        case Event():
            return side_of(record.sources), side_of(record.targets)
        case Agreement():
            return side_of(record.parties or record.signatories), _said(" ".join(record.subjects))
        case Position():
            return side_of((record.holder,)), _said(record.topic_text)
        case Claim():
            return side_of((record.speaker,) if record.speaker else ()), _said(record.content_text)
        case Project():
            return _said(record.canonical_name or record.name), side_of(record.proponents)
        case Membership():
            return side_of((record.member,)), side_of((record.organization,))


def _said(words: str) -> Side:
    return make_side(words=frozenset(stem(word) for word in name_words(words)))


def side_of(links: Sequence[ActorLink]) -> Side:
    """The side made of these actors."""
    return make_side(
        frozenset(link.country for link in links if link.country and link.country not in _NO_STATE),
        frozenset(link.actor_id for link in links if link.actor_id),
        frozenset(word for link in links for word in _words(link)),
    )


def _words(link: ActorLink) -> Iterator[str]:
    known = link.country and link.country not in _NO_STATE
    for word in name_words(link.name or link.text):
        if word not in _TITLES and not (known and link.kind in ("state", "government", "people")):
            yield word
