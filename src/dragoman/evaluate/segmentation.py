"""Scores of sentence splitting and tokenization from raw text.

    python -m dragoman.evaluate.segmentation TREEBANK.conllu.gz ... [--splitter FILE]

The raw text is rebuilt from the treebank as `raw_text` says: surface tokens joined by one space unless
`SpaceAfter=No`, sentences of a paragraph likewise by the last token's mark, paragraphs (`# newpar`, `# newdoc`) joined
by a blank line; one text a document. Gold and predicted ranges are compared by exact match of start and end; F1 is
micro-averaged over documents. The harder variant, for information only, joins paragraphs by a single space.
"""

import argparse
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.evaluate.raw_text import GoldDocument, Range, RawText, read_documents, rebuild_text
from dragoman.language.split import Segmenter, SentenceTokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Counts of ranges: in the gold, in the prediction, in both."""

    gold: int = 0
    found: int = 0
    both: int = 0

    def __add__(self, other: "Matches") -> "Matches":
        return Matches(gold=self.gold + other.gold, found=self.found + other.found, both=self.both + other.both)

    @property
    def f1(self) -> float:
        """F1 in percent; 100 when there was nothing to find and nothing was found."""
        return 200 * self.both / (self.gold + self.found) if self.gold + self.found else 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentationScore:
    """Matches of sentences, surface tokens and words over some documents."""

    sentences: Matches = Matches()
    tokens: Matches = Matches()
    words: Matches = Matches()

    def __add__(self, other: "SegmentationScore") -> "SegmentationScore":
        return SegmentationScore(
            sentences=self.sentences + other.sentences,
            tokens=self.tokens + other.tokens,
            words=self.words + other.words,
        )


def score_documents(
    segmenter: Segmenter, documents: Iterable[GoldDocument], paragraph_break: str = "\n\n"
) -> SegmentationScore:
    """Segment the rebuilt text of each document and count what matches the gold."""
    total = SegmentationScore()
    for document in documents:
        raw = rebuild_text(document, paragraph_break)
        total += score_text(raw, segmenter.segment(raw.text))
    return total


def score_text(raw: RawText, found: Sequence[SentenceTokens]) -> SegmentationScore:
    """Compare the sentences found in one text with its gold ranges."""
    return SegmentationScore(
        sentences=_match(raw.sentences, [(one.span.start, one.span.end) for one in found]),
        tokens=_match(raw.tokens, [token for one in found for token in _surface_ranges(one)]),
        words=_match(raw.words, [(word.start, word.end) for one in found for word in one.words]),
    )


def _match(gold: Sequence[Range], found: Sequence[Range]) -> Matches:
    return Matches(gold=len(gold), found=len(found), both=len(set(gold) & set(found)))


def _surface_ranges(sentence: SentenceTokens) -> list[Range]:
    joined = dict(sentence.multiwords)
    tokens, index = list[Range](), 0
    while index < len(sentence.words):
        after = joined.get(index, index + 1)
        tokens.append((sentence.words[index].start, sentence.words[after - 1].end))
        index = after
    return tokens


def measure_rate(segmenter: Segmenter, documents: Iterable[GoldDocument]) -> float:
    """Words for each second of processor time, sentences and words together, over one long text of all documents."""
    text = "\n\n".join(rebuild_text(document).text for document in documents)
    begun = time.process_time()
    words = sum(len(sentence.words) for sentence in segmenter.segment(text))
    return words / max(time.process_time() - begun, 1e-9)


def print_scores(path: Path, segmenter: Segmenter) -> None:
    """Print the scores of one treebank file: whole, by genre, and without paragraph breaks."""
    documents = list(read_documents(path))
    print(f"{path.name:28} {'sentence':>9} {'token':>7} {'word':>7} {'gold sentences':>15}")
    _print_row("all", score_documents(segmenter, documents))
    for genre in sorted({document.genre for document in documents}):
        _print_row(f"  {genre}", score_documents(segmenter, [one for one in documents if one.genre == genre]))
    _print_row("all, paragraphs by a space", score_documents(segmenter, documents, " "))
    print(f"{measure_rate(segmenter, documents):,.0f} words for each second of processor time\n")


def _print_row(label: str, score: SegmentationScore) -> None:
    figures = f"{score.sentences.f1:9.2f} {score.tokens.f1:7.2f} {score.words.f1:7.2f}"
    print(f"{label:28} {figures} {score.sentences.gold:15}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and print the scores of each treebank."""
    parser = argparse.ArgumentParser(description="Score sentence splitting and tokenization from raw text.")
    parser.add_argument("treebanks", nargs="+", type=Path)
    parser.add_argument("--splitter", type=Path, default=None, help="splitter weights; default: the shipped ones")
    chosen = parser.parse_args(arguments)
    segmenter = Segmenter.load(chosen.splitter)
    for path in chosen.treebanks:
        print_scores(path, segmenter)


if __name__ == "__main__":
    main()
