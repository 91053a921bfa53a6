"""A document as the resolver sees it: words and pieces by sentence, the states it speaks of, the persons it describes."""  # noqa: E501

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.actors.antecedents import Told, find_told
from dragoman.actors.facts import INTERNATIONAL
from dragoman.actors.kb import KnowledgeBase
from dragoman.actors.lexicon import Lexicon
from dragoman.actors.names import Word, split_words, word_set
from dragoman.actors.phrase import STATE_USES, Reading, read_clause, read_phrase
from dragoman.actors.pieces import Piece, cut
from dragoman.types.parse import ParsedDocument
from dragoman.types.text import Span

_USE_WEIGHT = {"name": 1.0, "adjective": 0.9, "people": 0.9, "capital": 0.9, "place": 0.7, "disputed": 0.5, "org": 0.6}
_NO_PERSON = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)


@dataclass(frozen=True, slots=True)
class StateMention:
    """A state told in the text: code, place in the text, sentence number, and how much it says of the topic."""

    code: str
    start: int
    sentence: int
    weight: float


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A name in the text with what the words around it say of the person."""

    name: str
    keys: tuple[str, ...]
    start: int
    sentence: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class SentenceView:
    """Words and pieces of one sentence."""

    number: int
    span: Span
    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything read from a document before spans are resolved. `weights` are shares of the states, adding up to 1."""

    text: str
    sentences: tuple[SentenceView, ...]
    states: tuple[StateMention, ...]
    persons: tuple[PersonMention, ...]
    weights: tuple[tuple[str, float], ...]
    told: tuple[Told, ...] = ()

    def sentence_at(self, position: int) -> SentenceView | None:
        """The sentence that holds the character position."""
        index = bisect_right([sentence.span.start for sentence in self.sentences], position) - 1
        return self.sentences[index] if index >= 0 else None

    def share(self, code: str) -> float:
        """The state's share of the document, 0 where it is not told."""
        return next((weight for known, weight in self.weights if known == code), 0.0)


def view_document(parsed: ParsedDocument, kb: KnowledgeBase) -> DocumentView:
    """Read a parsed document."""
    return view_text(parsed.document.text, [sentence.span for sentence in parsed.sentences], kb)


def view_text(text: str, spans: Sequence[Span], kb: KnowledgeBase) -> DocumentView:
    """Read a text whose sentences lie at `spans`."""
    sentences = tuple(_view_sentence(number, span, text, kb.lexicon) for number, span in enumerate(spans))
    states = tuple(mention for sentence in sentences for mention in _find_states(sentence))
    persons = tuple(mention for sentence in sentences for mention in _find_persons(sentence, kb.lexicon))
    told = tuple(one for sentence in sentences for one in find_told(sentence.pieces, sentence.number))
    return DocumentView(text, sentences, states, persons, _weigh(states), told)


def _view_sentence(number: int, span: Span, text: str, lexicon: Lexicon) -> SentenceView:
    words = split_words(span.of(text), span.start)
    return SentenceView(number, span, words, cut(words, lexicon))


def _find_states(sentence: SentenceView) -> list[StateMention]:
    found = []
    for index, piece in enumerate(sentence.pieces):
        if piece.use not in (*STATE_USES, "org"):
            continue
        code = piece.sense.country
        if not code or code in INTERNATIONAL:
            continue
        following = sentence.pieces[index + 1].use if index + 1 < len(sentence.pieces) else ""
        weight = _USE_WEIGHT[piece.use] * (0.4 if following == "attached" else 1.0)
        found.append(StateMention(code, piece.words[0].start, sentence.number, weight))
    return found


def _weigh(states: tuple[StateMention, ...]) -> tuple[tuple[str, float], ...]:
    """Share of each state; the first sentences count double, for they say what the report is about."""
    sums: dict[str, float] = {}
    for mention in states:
        sums[mention.code] = sums.get(mention.code, 0.0) + mention.weight * (2.0 if mention.sentence < 2 else 1.0)
    total = sum(sums.values()) or 1.0
    return tuple(
        sorted(((code, weight / total) for code, weight in sums.items()), key=lambda item: (-item[1], item[0]))
    )


def _find_persons(sentence: SentenceView, lexicon: Lexicon) -> list[PersonMention]:
    found = []
    for index, piece in enumerate(sentence.pieces):
        if piece.use != "proper" or (piece.possessive and len(piece.words) == 1 and index == 0):
            continue
        keys = tuple(word.key for word in piece.words if word.key != "'s")
        if not keys or keys[0] in _NO_PERSON:
            continue
        reading = _describe(sentence.pieces, index)
        found.append(PersonMention(piece.text, keys, piece.words[0].start, sentence.number, reading))
    return found


def _describe(pieces: tuple[Piece, ...], index: int) -> Reading:
    """What the words before and after a name say: "Cambodia's foreign minister, X" and "X, the mayor of Y,"."""
    left = _left_of(pieces, index)
    reading = read_clause((*left, pieces[index])) if left else Reading()
    if reading.sector_by:
        return reading
    right = _right_of(pieces, index)
    if right:
        apposed = read_clause(right)
        if apposed.shape == "role" and (apposed.sector_by or apposed.countries):
            return apposed
    return reading


_BEFORE = (*STATE_USES, "role", "org", "owner", "article", "honorific", "attached", "number")


def _left_of(pieces: tuple[Piece, ...], index: int) -> tuple[Piece, ...]:
    start = index
    if index >= 2 and pieces[index - 1].key == "," and pieces[index - 2].use in ("role", *STATE_USES):
        start = index - 1
    end = start
    while start > 0 and _may_describe(pieces, start - 1):
        start -= 1
    return pieces[start:end]


def _may_describe(pieces: tuple[Piece, ...], at: int) -> bool:
    piece = pieces[at]
    if piece.use in _BEFORE:
        return True
    if piece.use == "link":
        return piece.key == "of" and at > 0 and pieces[at - 1].use == "role"
    if piece.use == "conj":
        return at > 0 and pieces[at - 1].use == "role" and pieces[at + 1].use in ("role", "word")
    return (
        piece.use == "word"
        and at > 0
        and pieces[at - 1].use in ("article", *STATE_USES)
        and pieces[at + 1].use == "role"
    )


def _right_of(pieces: tuple[Piece, ...], index: int) -> tuple[Piece, ...]:
    if index + 2 >= len(pieces) or pieces[index + 1].key not in (",", "("):
        return ()
    if pieces[index + 2].use not in ("article", "role", "owner", "org", *STATE_USES):
        return ()
    end = index + 2
    while end < len(pieces) and end < index + 14 and pieces[end].use != "mark":
        end += 1
    return pieces[index + 2 : end]


def read_span(view: DocumentView, span: Span, lexicon: Lexicon) -> Reading:
    """The reading of a span of the document."""
    sentence = view.sentence_at(span.start)
    if sentence is None:
        return Reading()
    inside = tuple(word for word in sentence.words if word.start >= span.start and word.end <= span.end)
    return read_phrase(inside or split_words(span.of(view.text), span.start), lexicon)
