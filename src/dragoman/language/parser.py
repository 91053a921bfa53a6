"""Documents to parsed documents: one pass of the shared encoder a batch.

Batches are made inside one document, never across documents: int8 activations are scaled by batch, so this is what
makes a document's parse independent of what was read before or beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.language.decode import decode_heads, decode_tags, spans_of
from dragoman.language.model import CoreScores, LanguageModel, PaddedBatch, pad_batch
from dragoman.language.split import Segmenter, SentenceTokens
from dragoman.language.subwords import MAXIMUM_SUBWORDS, EncodedWords, encode_words
from dragoman.types.parse import EntityMention, ParsedDocument, Sentence, Token
from dragoman.types.text import Document, Span

# Small batches pad little: at 768, almost half of what the network read was padding.
_BATCH_SUBWORDS = 64
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStates:
    """What the event heads read of one sentence.

    `states` (words + 1, width) with row 0 for the whole sentence; `triggers` (words + 1, categories) scores.
    """

    states: Floats
    triggers: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The network's answer for one sentence."""

    upos: Sequence[int]
    xpos: Sequence[int]
    rules: Sequence[int]
    heads: Sequence[int]
    deprels: Sequence[int]
    tags: Sequence[int]
    sureness: Floats
    events: EventStates | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """Sentences, words, tags, lemmas, trees and entity mentions of documents."""

    model: LanguageModel
    segmenter: Segmenter

    def parse(self, document: Document, *, with_events: bool = True) -> ParsedDocument:
        """The parse of one document."""
        return next(self.parse_many([document], with_events=with_events))

    def parse_many(self, documents: Iterable[Document], *, with_events: bool = True) -> Iterator[ParsedDocument]:
        """The parse of each document, in order. `with_events` also runs the event layers (`Sentence.states`)."""
        for document in documents:
            sentences = self.segmenter.segment(document.text)
            yield self.parse_sentences(document, sentences, with_events=with_events)

    def parse_sentences(
        self, document: Document, sentences: Sequence[SentenceTokens], *, with_events: bool = True
    ) -> ParsedDocument:
        """The parse of a document whose sentences and words are given."""
        furniture = [mark.span for mark in document.furniture]
        forms = [tuple([word.form for word in sentence.words]) for sentence in sentences]
        rows = self._analyse(forms, with_events=with_events)
        parsed = tuple(
            self._sentence(number, sentence, row, any(mark.overlaps(sentence.span) for mark in furniture))
            for number, (sentence, row) in enumerate(zip(sentences, rows, strict=True))
        )
        return ParsedDocument(document=document, sentences=parsed, model=self.model.version)

    def _analyse(self, sentences: Sequence[Sequence[str]], *, with_events: bool) -> list[_Row]:
        encoded = encode_words(self.model.tokenizer, sentences)
        pieces: list[tuple[int, EncodedWords]] = []
        for number, (words, whole) in enumerate(zip(sentences, encoded, strict=True)):
            pieces.extend((number, piece) for piece in self._fit(words, whole))
        answers: list[_Row | None] = [None] * len(pieces)
        for group in _group_by_length([len(piece.ids) for _, piece in pieces]):
            rows = self._run([pieces[i][1] for i in group], with_events=with_events)
            for i, row in zip(group, rows, strict=True):
                answers[i] = row
        joined: list[list[_Row]] = [[] for _ in sentences]
        for (number, _), answer in zip(pieces, answers, strict=True):
            if answer:
                joined[number].append(answer)
        parataxis = self.model.labels.deprels.index("parataxis")
        return [rows[0] if len(rows) == 1 else _join(rows, parataxis) for rows in joined]

    def _fit(self, words: Sequence[str], whole: EncodedWords) -> list[EncodedWords]:
        """A sentence past the network's 512 subwords goes in halves; one word past them keeps its first 510."""
        if len(whole.ids) < MAXIMUM_SUBWORDS or len(words) < 2:
            return [whole]
        middle = len(words) // 2
        halves = (words[:middle], words[middle:])
        encoded = encode_words(self.model.tokenizer, halves)
        return [piece for half, part in zip(halves, encoded, strict=True) for piece in self._fit(half, part)]

    def _run(self, encoded: Sequence[EncodedWords], *, with_events: bool) -> list[_Row]:
        batch = pad_batch(encoded)
        core = self.model.core(batch)
        heads = decode_heads(core.arcs, batch.lengths)
        deprels = self._relations(core, heads, batch)
        tags = decode_tags(core.entities, batch.lengths, self.model.transitions)
        places = np.indices(tags.shape, sparse=True)
        sureness = np.exp(core.entities[(*places, tags)])
        events = self._events(core, batch) if with_events else [None] * len(encoded)
        upos, xpos, rules = core.upos.tolist(), core.xpos.tolist(), core.rules.tolist()
        chosen = zip(upos, xpos, rules, heads.tolist(), deprels.tolist(), tags.tolist(), strict=True)
        return [
            _Row(
                upos=upos[:length],
                xpos=xpos[:length],
                rules=rules[:length],
                heads=heads[:length],
                deprels=deprels[:length],
                tags=tags[:length],
                sureness=sureness[row, :length],
                events=events[row],
            )
            for row, (length, (upos, xpos, rules, heads, deprels, tags)) in enumerate(
                zip(batch.lengths.tolist(), chosen, strict=True)
            )
        ]

    def _events(self, core: CoreScores, batch: PaddedBatch) -> list[EventStates | None]:
        states, triggers = self.model.events(core.trunk, batch)
        return [
            EventStates(states=states[row, : length + 1], triggers=triggers[row, : length + 1])
            for row, length in enumerate(batch.lengths.tolist())
        ]

    def _relations(self, core: CoreScores, heads: NDArray[np.int64], batch: PaddedBatch) -> NDArray[np.int64]:
        sentences, words = heads.shape
        own = core.dependent[:, 1:].reshape(sentences * words, -1)
        above = core.head[np.arange(sentences)[:, None], heads].reshape(sentences * words, -1)
        deprels = self.model.relations(own, above).reshape(sentences, words)
        root = self.model.labels.deprels.index("root")
        return np.where(heads == 0, root, deprels)

    def _sentence(self, number: int, sentence: SentenceTokens, row: _Row, furniture: bool) -> Sentence:
        labels, lemmatizer = self.model.labels, self.model.lemmatizer
        words = zip(sentence.words, row.upos, row.xpos, row.rules, row.heads, row.deprels, strict=True)
        tokens = tuple(
            [
                Token(
                    index=index,
                    span=Span(word.start, word.end),
                    text=word.form,
                    lemma=lemmatizer.lemma_of(word.form, labels.xpos[xpos], labels.rules[rule]),
                    upos=labels.upos[upos],
                    xpos=labels.xpos[xpos],
                    head=head - 1,
                    deprel=labels.deprels[deprel],
                    space_after=word.space_after,
                )
                for index, (word, upos, xpos, rule, head, deprel) in enumerate(words)
            ]
        )
        return Sentence(
            number=number,
            span=sentence.span,
            tokens=tokens,
            mentions=tuple(self._mentions(tokens, row)),
            multiwords=sentence.multiwords,
            furniture=furniture,
            states=row.events,
        )

    def _mentions(self, tokens: tuple[Token, ...], row: _Row) -> Iterator[EntityMention]:
        if not any(row.tags):
            return
        for start, end, kind in spans_of([self.model.labels.entities[tag] for tag in row.tags]):
            head = next((t.index for t in tokens[start:end] if not start <= t.head < end), end - 1)
            yield EntityMention(
                kind=kind,
                span=Span(tokens[start].span.start, tokens[end - 1].span.end),
                start=start,
                end=end,
                head=head,
                confidence=round(float(row.sureness[start:end].min()), 4),
            )


def _group_by_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Index groups of like lengths, each of at most `_BATCH_SUBWORDS` padded subwords (or one sentence)."""
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if group and lengths[index] * (len(group) + 1) > _BATCH_SUBWORDS:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _join(rows: Sequence[_Row], parataxis: int) -> _Row:
    """Pieces of one long sentence as one: later roots hang on the first root."""
    first = rows[0]
    top = first.heads.index(0) + 1
    heads, deprels = list(first.heads), list(first.deprels)
    for row in rows[1:]:
        offset = len(heads)
        deprels += [parataxis if head == 0 else deprel for head, deprel in zip(row.heads, row.deprels, strict=True)]
        heads += [top if head == 0 else head + offset for head in row.heads]
    events = None
    if all(row.events for row in rows):
        parts = [row.events for row in rows if row.events]
        events = EventStates(
            states=np.concatenate([parts[0].states, *(part.states[1:] for part in parts[1:])]),
            triggers=np.concatenate([parts[0].triggers, *(part.triggers[1:] for part in parts[1:])]),
        )
    return _Row(
        upos=[tag for row in rows for tag in row.upos],
        xpos=[tag for row in rows for tag in row.xpos],
        rules=[rule for row in rows for rule in row.rules],
        heads=heads,
        deprels=deprels,
        tags=[tag for row in rows for tag in row.tags],
        sureness=np.concatenate([row.sureness for row in rows]),
        events=events,
    )


def open_parser(model: LanguageModel) -> Parser:
    """A parser over an opened model and the package's splitter."""
    return Parser(model=model, segmenter=Segmenter.load())
