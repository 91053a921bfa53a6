"""Scores of the whole way from raw text to tags, lemmas and trees, by aligned words.

As the CoNLL 2018 shared task scored it (https://universaldependencies.org/conll18/evaluation.html; written anew here): a
word found and a gold word are aligned when they cover the same characters; where either side writes several words as
one surface word, the words inside are aligned by the longest common run of equal forms. An aligned word is right in its
head when the heads are aligned too. F1 is over all words of both sides. Labels count with subtypes; `LAS main` is the
shared task's own measure, without them.
"""  # noqa: E501

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.coder import Coder
from dragoman.evaluate.metrics import Counts, Figure
from dragoman.evaluate.raw_text import GoldDocument, RawText, read_documents, rebuild_text
from dragoman.evaluate.segmentation import SegmentationScore, score_text
from dragoman.evaluate.syntax import group_blocks, read_blocks, same_lemma
from dragoman.language.conllu import document_of
from dragoman.language.split import SentenceTokens, Word
from dragoman.types.parse import ParsedDocument, Sentence, Token
from dragoman.types.text import Document, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWord:
    """A word of either side. `outer` is its surface word's range, equal to `span` unless it shares one.

    `head` is the number of its head in the document's words, -1 for a root.
    """

    span: Span
    outer: Span
    joined: bool
    token: Token
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RawScore:
    """Words of a treebank from raw text: aligned ones, and those right in each respect; and the segmentation."""

    segmentation: SegmentationScore = SegmentationScore()  # noqa: RUF009
    words: Counts = Counts()  # noqa: RUF009
    upos: Counts = Counts()  # noqa: RUF009
    lemma: Counts = Counts()  # noqa: RUF009
    head: Counts = Counts()  # noqa: RUF009
    labelled: Counts = Counts()  # noqa: RUF009
    labelled_main: Counts = Counts()  # noqa: RUF009

    def __add__(self, other: "RawScore") -> "RawScore":
        return RawScore(
            segmentation=self.segmentation + other.segmentation,
            words=self.words + other.words,
            upos=self.upos + other.upos,
            lemma=self.lemma + other.lemma,
            head=self.head + other.head,
            labelled=self.labelled + other.labelled,
            labelled_main=self.labelled_main + other.labelled_main,
        )

    def figures(self) -> Iterator[Figure]:
        """F1 of sentences, tokens, words, and of words right in each respect."""
        yield Figure(name="sentence F1", value=self.segmentation.sentences.f1, cases=self.segmentation.sentences.gold)
        yield Figure(name="token F1", value=self.segmentation.tokens.f1, cases=self.segmentation.tokens.gold)
        rest = {
            "word F1": self.words,
            "UPOS F1": self.upos,
            "lemma F1": self.lemma,
            "UAS F1": self.head,
            "LAS F1": self.labelled,
            "LAS main F1": self.labelled_main,
        }
        for name, counts in rest.items():
            yield Figure(name=name, value=counts.f1, cases=counts.gold)


def score_raw(coder: Coder, path: Path, *, genre: str | None = None) -> RawScore:
    """The coder's parse of each document's rebuilt text against the treebank; of one genre when it is named."""
    total = RawScore()
    groups = group_blocks(read_blocks(path))
    for document, blocks in zip(read_documents(path), groups, strict=True):
        if genre in (None, document.genre):
            gold = document_of(blocks, document_id=document.name, origin=str(path))
            raw = rebuild_text(document)
            found = coder.parser.parse(Document(id=document.name, text=raw.text, origin="raw"), with_events=False)
            total += score_document(document, gold, raw, found)
    return total


def score_document(document: GoldDocument, gold: ParsedDocument, raw: RawText, found: ParsedDocument) -> RawScore:
    """Compare one parse from raw text with the gold sentences of that text."""
    own, theirs = place_gold(document, gold, raw), place_found(found)
    pairs = align_words(own, theirs)
    partner = dict(pairs)

    def count(right: int) -> Counts:
        return Counts(gold=len(own), found=len(theirs), both=right)

    heads = [(i, j) for i, j in pairs if _same_head(own[i].head, theirs[j].head, partner)]
    labels = [(own[i].token.deprel, theirs[j].token.deprel) for i, j in heads]
    return RawScore(
        segmentation=score_text(raw, [_as_tokens(sentence) for sentence in found.sentences]),
        words=count(len(pairs)),
        upos=count(sum(own[i].token.upos == theirs[j].token.upos for i, j in pairs)),
        lemma=count(sum(same_lemma(own[i].token, theirs[j].token) for i, j in pairs)),
        head=count(len(heads)),
        labelled=count(sum(one == other for one, other in labels)),
        labelled_main=count(sum(_main(one) == _main(other) for one, other in labels)),
    )


def _same_head(gold: int, found: int, partner: dict[int, int]) -> bool:
    return found == -1 if gold == -1 else partner.get(gold) == found


def _main(deprel: str) -> str:
    return deprel.partition(":")[0]


def place_gold(document: GoldDocument, gold: ParsedDocument, raw: RawText) -> list[PlacedWord]:
    """The gold words at their places in the rebuilt text."""
    heads = _document_heads(gold)
    tokens = [token for sentence in gold.sentences for token in sentence.tokens]
    sizes = [len(token.parts) for sentence in document.sentences for token in sentence.tokens]
    outers = [(outer, size) for outer, size in zip(raw.tokens, sizes, strict=True) for _ in range(size)]
    return [
        PlacedWord(span=Span(*span), outer=Span(*outer), joined=size > 1, token=token, head=head)
        for span, (outer, size), token, head in zip(raw.words, outers, tokens, heads, strict=True)
    ]


def place_found(found: ParsedDocument) -> list[PlacedWord]:
    """The words of a parse at their places in its text."""
    placed: list[PlacedWord] = []
    heads = iter(_document_heads(found))
    for sentence in found.sentences:
        outer = {index: span for span, (first, last) in _surfaces(sentence) for index in range(first, last)}
        placed += [
            PlacedWord(
                span=token.span,
                outer=outer.get(token.index, token.span),
                joined=token.index in outer,
                token=token,
                head=next(heads),
            )
            for token in sentence.tokens
        ]
    return placed


def _surfaces(sentence: Sentence) -> Iterator[tuple[Span, tuple[int, int]]]:
    for first, last in sentence.multiwords:
        yield Span(sentence.tokens[first].span.start, sentence.tokens[last - 1].span.end), (first, last)


def _document_heads(parsed: ParsedDocument) -> list[int]:
    """Head numbers counted through the document."""
    heads: list[int] = []
    for sentence in parsed.sentences:
        offset = len(heads)
        heads += [token.head + offset if token.head >= 0 else -1 for token in sentence.tokens]
    return heads


def align_words(gold: Sequence[PlacedWord], found: Sequence[PlacedWord]) -> list[tuple[int, int]]:
    """Numbers of aligned words, in text order."""
    regions = _regions([word.outer for word in (*gold, *found) if word.joined])
    own, theirs = _locate(gold, regions), _locate(found, regions)
    free = {found[j].span: j for j in theirs.get(None, [])}
    pairs = [(i, free[gold[i].span]) for i in own.get(None, []) if gold[i].span in free]
    for region in regions:
        inside, other = own.get(region, []), theirs.get(region, [])
        forms = [[words[k].token.text.lower() for k in part] for words, part in ((gold, inside), (found, other))]
        pairs += [(inside[a], other[b]) for a, b in common_run(forms[0], forms[1])]
    return sorted(pairs)


def _regions(outers: Sequence[Span]) -> list[Span]:
    """The characters that shared surface words cover, overlapping ones as one."""
    merged: list[Span] = []
    for span in sorted(set(outers)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _locate(words: Sequence[PlacedWord], regions: Sequence[Span]) -> dict[Span | None, list[int]]:
    """Numbers of the words wholly inside each region, and under None of those outside all."""
    located: dict[Span | None, list[int]] = {}
    at = 0
    for number, word in enumerate(words):
        while at < len(regions) and regions[at].end <= word.outer.start:
            at += 1
        inside = at < len(regions) and regions[at].contains(word.outer)
        located.setdefault(regions[at] if inside else None, []).append(number)
    return located


def common_run(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Numbers of the items of a longest common subsequence.

    >>> common_run(["do", "n't", "go"], ["do", "go"])
    [(0, 0), (2, 1)]
    """
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            longer = max(lengths[i + 1][j], lengths[i][j + 1])
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if one[i] == other[j] else longer
    pairs, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _as_tokens(sentence: Sentence) -> SentenceTokens:
    words = tuple(
        Word(start=t.span.start, end=t.span.end, form=t.text, space_after=t.space_after) for t in sentence.tokens
    )
    return SentenceTokens(span=sentence.span, words=words, multiwords=sentence.multiwords)
