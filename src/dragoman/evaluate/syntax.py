"""Scores of the language analysis on gold words: tags, lemmas, trees and entity mentions.

Gold words are given to the parser, so that only the analysis is judged. Labels count with subtypes (`nmod:poss`),
punctuation counts, and a gold lemma `_` (the second half of a word torn apart) accepts every lemma.
"""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dragoman.coder import Coder
from dragoman.errors import OriginError
from dragoman.evaluate.metrics import Counts, Figure, percent
from dragoman.language.conllu import Block, document_of, read_conllu
from dragoman.language.split import SentenceTokens, Word
from dragoman.types.parse import ParsedDocument, Token
from dragoman.types.text import Document, Span

_SENTENCES_AT_A_TIME = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxScore:
    """Numbers of words, and of words right in each respect; `labelled` means head and relation."""

    words: int = 0
    upos: int = 0
    xpos: int = 0
    lemma: int = 0
    head: int = 0
    labelled: int = 0

    def __add__(self, other: "SyntaxScore") -> "SyntaxScore":
        return SyntaxScore(
            words=self.words + other.words,
            upos=self.upos + other.upos,
            xpos=self.xpos + other.xpos,
            lemma=self.lemma + other.lemma,
            head=self.head + other.head,
            labelled=self.labelled + other.labelled,
        )

    def figures(self) -> Iterator[Figure]:
        """UPOS, XPOS, lemma, UAS and LAS, in percent of words."""
        right = (self.upos, self.xpos, self.lemma, self.head, self.labelled)
        for name, count in zip(("UPOS", "XPOS", "lemma", "UAS", "LAS"), right, strict=True):
            yield Figure(name=name, value=percent(count, self.words), cases=self.words)


def read_blocks(path: Path) -> Iterator[Block]:
    """Yields the sentences of a CoNLL-U file, plain or `.gz`; `OriginError` when it cannot be opened."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from read_conllu(lines, origin=str(path))
    except OSError as error:
        message = f"{path}: cannot be read as a treebank ({error}); give a .conllu or .conllu.gz file"
        raise OriginError(message) from error


def group_blocks(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Yields the sentences of each document; a document starts at a `# newdoc` line."""
    group: list[Block] = []
    for block in blocks:
        if group and any(comment.startswith("# newdoc") for comment in block.comments):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def score_treebank(coder: Coder, path: Path) -> SyntaxScore:
    """The parser's answers on the gold words of a treebank, document by document."""
    total = SyntaxScore()
    for group in group_blocks(read_blocks(path)):
        gold = document_of(group, document_id=path.name, origin=str(path))
        total += score_parse(gold, coder.parse_tokens(gold))
    return total


def score_parse(gold: ParsedDocument, found: ParsedDocument) -> SyntaxScore:
    """Compare two parses of the same words."""
    pairs = [
        pair
        for one, other in zip(gold.sentences, found.sentences, strict=True)
        for pair in zip(one.tokens, other.tokens, strict=True)
    ]
    return SyntaxScore(
        words=len(pairs),
        upos=sum(one.upos == other.upos for one, other in pairs),
        xpos=sum(one.xpos == other.xpos for one, other in pairs),
        lemma=sum(same_lemma(one, other) for one, other in pairs),
        head=sum(one.head == other.head for one, other in pairs),
        labelled=sum(one.head == other.head and one.deprel == other.deprel for one, other in pairs),
    )


def same_lemma(gold: Token, found: Token) -> bool:
    """Equal lemmas; a gold lemma `_` accepts every one."""
    return gold.lemma in ("_", found.lemma)


Entity = tuple[int, int, str]


def score_entities(coder: Coder, path: Path) -> dict[str, Counts]:
    """Mentions of a newswire file by kind: exact first and last word and kind, rare kinds folded as in training."""
    from dragoman.language.decode import spans_of
    from dragoman.train.treebank import read_entities

    totals: dict[str, Counts] = {}
    sentences = iter(read_entities(path))
    while chunk := list(islice(sentences, _SENTENCES_AT_A_TIME)):
        parsed = parse_words(coder, [sentence.words for sentence in chunk])
        for sentence, answer in zip(chunk, parsed.sentences, strict=True):
            gold = set(spans_of(list(sentence.tags)))
            found = {(mention.start, mention.end, mention.kind) for mention in answer.mentions}
            totals = _add(totals, gold, found)
    return totals


def _add(totals: dict[str, Counts], gold: set[Entity], found: set[Entity]) -> dict[str, Counts]:
    result = dict(totals)
    for kind in {kind for *_, kind in gold | found}:
        own, theirs = ({one for one in side if one[2] == kind} for side in (gold, found))
        result[kind] = result.get(kind, Counts()) + Counts(gold=len(own), found=len(theirs), both=len(own & theirs))
    return result


def parse_words(coder: Coder, sentences: Sequence[Sequence[str]]) -> ParsedDocument:
    """The parse of sentences whose words are given, as one document with a space after every word."""
    given: list[SentenceTokens] = []
    start = 0
    for words in sentences:
        given.append(_as_tokens(words, start))
        start = given[-1].span.end + 1
    text = " ".join(" ".join(words) for words in sentences)
    return coder.parser.parse_sentences(Document(id="words", text=text, origin="words"), given, with_events=False)


def _as_tokens(words: Sequence[str], start: int) -> SentenceTokens:
    placed: list[Word] = []
    for form in words:
        placed.append(Word(start=start, end=start + len(form), form=form, space_after=True))
        start += len(form) + 1
    return SentenceTokens(span=Span(placed[0].start, placed[-1].end), words=tuple(placed))


def entity_figures(totals: dict[str, Counts]) -> Iterator[Figure]:
    """Precision, recall and F1 over all kinds, then F1 of each kind."""
    every = sum(totals.values(), Counts())
    yield Figure(name="entity precision", value=every.precision, cases=every.found, pinned=False)
    yield Figure(name="entity recall", value=every.recall, cases=every.gold, pinned=False)
    yield Figure(name="entity F1", value=every.f1, cases=every.gold)
    for kind, counts in sorted(totals.items()):
        yield Figure(name=f"  {kind} F1", value=counts.f1, cases=counts.gold, pinned=False)
