"""The scoring tasks of RECORD.md section 8, answered with a coder's parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.actors.resolve import predict_actor
from dragoman.coding.attribution import find_attribution
from dragoman.coding.heads import read_tokens
from dragoman.coding.pairs import read_pair
from dragoman.coding.speech import find_speaker
from dragoman.coding.status import judge_status
from dragoman.language.split import SentenceTokens, Word
from dragoman.language.tree import Tree, characters_of, grow_tree, head_of
from dragoman.types.actor import ActorLink
from dragoman.types.parse import ParsedDocument, Sentence
from dragoman.types.predict import (
    ActorsPrediction,
    ActorsQuery,
    AttributionPrediction,
    AttributionQuery,
    EventsPrediction,
    EventsQuery,
    FactualityPrediction,
    FactualityQuery,
    PairsPrediction,
    PairsQuery,
    PredictedEvent,
)
from dragoman.types.record import Event, Status
from dragoman.types.text import Document, Span

if TYPE_CHECKING:
    from dragoman.coder import Coder

_HAPPENED = (Status.ASSERTED, Status.BACKGROUND)
# A sentence longer than this is not joined with its neighbours for a pair that stands in two of them.
_LONGEST_JOINED = 160


def answer_events(coder: "Coder", queries: Iterable[EventsQuery]) -> Iterator[EventsPrediction]:
    """The events of each text, down to the widest confidence: whoever asks sees the confidence and can cut."""
    calibration = coder.calibration
    coder = replace(coder, calibration=replace(calibration, threshold=calibration.widest))
    for query in queries:
        document = Document(id=str(query.id), text=query.text, origin="predict", published=query.published)
        records = coder(document).records
        events = tuple(_predicted(record) for record in records if isinstance(record, Event))
        yield EventsPrediction(id=query.id, events=events)


def _predicted(event: Event) -> PredictedEvent:
    sources, targets = event.sources, event.targets
    if event.reciprocal and not targets and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    first, second = (sources[0] if sources else None), (targets[0] if targets else None)
    return PredictedEvent(
        category=event.category,
        mode=event.mode,
        cameo=event.cameo,
        root=int(event.cameo[:2]),
        source=_texts(sources),
        target=_texts(targets),
        source_country=first.country if first else None,
        source_sector=first.sector if first else None,
        target_country=second.country if second else None,
        target_sector=second.sector if second else None,
        status=event.status,
        confidence=event.confidence,
    )


def _texts(links: Sequence[ActorLink]) -> str | None:
    return "; ".join(dict.fromkeys(link.text for link in links)) or None


def answer_pairs(coder: "Coder", queries: Iterable[PairsQuery]) -> Iterator[PairsPrediction]:
    """What each source does to each target; the best category even when "nothing" is likelier."""
    for query in queries:
        yield _answer_pair(coder, query)


def _answer_pair(coder: "Coder", query: PairsQuery) -> PairsPrediction:
    document = Document(id=str(query.id), text=query.text, origin="predict")
    places = _nearest_pair(query.text, query.source, query.target)
    sentence = _sentence_with(coder, document, [place for place in places if place is not None])
    reading = None
    sides = [_tokens_of(sentence, place) if sentence and place else () for place in places]
    # A side that the text names, but too far from the other, is not the same as one that it does not name.
    if sentence is not None and all(tokens or not place for tokens, place in zip(sides, places, strict=True)):
        source, target = sides
        tree = grow_tree(sentence, coder.codebook.known)
        reading = read_pair(coder.model, coder.table, tree, coder.codebook, source, target)
    if reading is None:
        return PairsPrediction(id=query.id, label=None, cameo=None, confidence=0.0)
    return PairsPrediction(
        id=query.id,
        label=reading.category,
        cameo=reading.cameo or None,
        confidence=round(reading.confidence * (1.0 - reading.nothing), 4),
    )


def _nearest_pair(text: str, source: str, target: str) -> tuple[Span | None, Span | None]:
    """The occurrences of the two that do not overlap and stand nearest; None for one that the text does not name."""
    sources, targets = _occurrences(text, source), _occurrences(text, target)
    if not (sources and targets):
        return next(iter(sources), None), next(iter(targets), None)
    pairs = [(a, b) for a in sources for b in targets]
    return min(pairs, key=lambda pair: (pair[0].overlaps(pair[1]), abs(pair[0].start - pair[1].start)))


def _occurrences(text: str, part: str) -> list[Span]:
    """Where the words stand; in other capitals where they do not stand as they are."""
    wanted = part.strip()
    small = text.lower()
    if wanted not in text and len(small) == len(text):
        text, wanted = small, wanted.lower()
    found: list[Span] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(Span(at, at + len(wanted)))
        at = text.find(wanted, at + 1)
    return found


def _sentence_with(coder: "Coder", document: Document, places: Sequence[Span]) -> Sentence | None:
    """The sentence that holds the places, neighbours joined when they stand in different ones.

    None when there is no place, or they hold nothing that is a word (invisible marks).
    """
    cut = coder.parser.segmenter.segment(document.text)
    touched = [s for s in cut if any(s.span.overlaps(place) for place in places)]
    if not touched:
        return None
    first, last = cut.index(touched[0]), cut.index(touched[-1])
    joined = join_sentences(cut[first : last + 1])
    if len(joined.words) > _LONGEST_JOINED:
        joined = touched[0]
    return coder.parser.parse_sentences(document, [joined]).sentences[0]


def join_sentences(sentences: Sequence[SentenceTokens]) -> SentenceTokens:
    """Neighbouring sentences as one."""
    words: list[Word] = []
    multiwords: list[tuple[int, int]] = []
    for sentence in sentences:
        multiwords += [(start + len(words), end + len(words)) for start, end in sentence.multiwords]
        words += sentence.words
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    return SentenceTokens(span=span, words=tuple(words), multiwords=tuple(multiwords))


def _tokens_of(sentence: Sentence, place: Span) -> tuple[int, ...]:
    return tuple(token.index for token in sentence.tokens if token.span.overlaps(place))


def answer_actors(coder: "Coder", queries: Iterable[ActorsQuery]) -> Iterator[ActorsPrediction]:
    """Who each mention is."""
    for query in queries:
        link = predict_actor(coder.kb, query.text, query.context, query.as_of)
        yield ActorsPrediction(
            id=query.id,
            country=link.country,
            sector=link.sector,
            name=link.name,
            kind=link.kind,
            confidence=round(link.confidence, 4),
        )


def answer_attribution(coder: "Coder", queries: Iterable[AttributionQuery]) -> Iterator[AttributionPrediction]:
    """Who says each content: by the speech head, else by the codebook's rules over the tree."""
    for query in queries:
        document = Document(id=str(query.id), text=query.text, origin="predict")
        span = _find_speaker(coder, document, query.content)
        yield AttributionPrediction(id=query.id, speaker=None if span is None else span.of(query.text), span=span)


def _find_speaker(coder: "Coder", document: Document, content: Span) -> Span | None:
    cut = coder.parser.segmenter.segment(document.text)
    touched = [number for number, sentence in enumerate(cut) if sentence.span.overlaps(content)]
    if not touched:
        return None
    for first, last in _windows(cut, touched, content):
        sentence = coder.parser.parse_sentences(document, [join_sentences(cut[first : last + 1])]).sentences[0]
        tokens = _tokens_of(sentence, content)
        if not tokens:
            continue
        tree = grow_tree(sentence, coder.codebook.known)
        found = find_speaker(coder.model, tree, tokens, threshold=0.3)
        span = _speaker_by_rule(coder, tree, tokens) if found is None else characters_of(tree, found.start, found.end)
        if span is not None and not content.overlaps(span):
            return span
    return None


def _windows(cut: Sequence[SentenceTokens], touched: Sequence[int], content: Span) -> Iterator[tuple[int, int]]:
    """The sentence where the content leaves its speaker room, then with the one after it, then with the one before."""
    first, last = touched[0], touched[-1]
    outside = [number for number in touched if not content.contains(cut[number].span)]
    if outside:
        yield outside[0], outside[0]
    if first != last and sum(len(cut[number].words) for number in touched) <= _LONGEST_JOINED:
        yield first, last
    if not outside:
        yield last, min(last + 1, len(cut) - 1)
        yield max(first - 1, 0), first


def _speaker_by_rule(coder: "Coder", tree: Tree, tokens: Sequence[int]) -> Span | None:
    said = find_attribution(tree, head_of(tree, tokens[0], tokens[-1] + 1), coder.codebook)
    if said.start is None or said.end is None:
        return None
    return characters_of(tree, said.start, said.end)


def answer_factuality(coder: "Coder", queries: Iterable[FactualityQuery]) -> Iterator[FactualityPrediction]:
    """How the report holds each predicate, and whether it happened by the report's account."""
    for query in queries:
        document = Document(id=str(query.id), text=query.text, origin="predict")
        yield _answer_factuality(coder, query, coder.parse(document))


def _answer_factuality(coder: "Coder", query: FactualityQuery, parsed: ParsedDocument) -> FactualityPrediction:
    for sentence in parsed.sentences:
        tokens = _tokens_of(sentence, query.span)
        if tokens:
            tree = grow_tree(sentence, coder.codebook.known)
            token = head_of(tree, tokens[0], tokens[-1] + 1)
            return _judge(coder, query, tree, token)
    return FactualityPrediction(id=query.id, status=Status.ASSERTED, happened=True)


def _judge(coder: "Coder", query: FactualityQuery, tree: Tree, token: int) -> FactualityPrediction:
    read = read_tokens(coder.model, tree.sentence, (token,))
    if not read:
        status = judge_status(tree, token, coder.codebook).status
        return FactualityPrediction(id=query.id, status=status, happened=status in _HAPPENED)
    happened = read[0].happened >= 0.5
    shares = dict(zip(coder.model.labels.statuses, read[0].statuses.tolist(), strict=True))
    # The status that fits the answer: a thing that happened is asserted or background.
    fitting = [Status(name) for name in shares if (Status(name) in _HAPPENED) is happened]
    return FactualityPrediction(id=query.id, status=max(fitting, key=lambda name: shares[name]), happened=happened)
