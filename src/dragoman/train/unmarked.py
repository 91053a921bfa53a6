"""Unmarked news sentences: what the teacher reads to the small encoder.

Only files that may train are read: Worldwide Newswire (articles that the corpus does not annotate), the synthetic
stories of NGEC, the sentences of the Causal News Corpus, and the reports of MUC-4, which were sent in capitals. Their
labels are not used.
"""

import gzip
import json
import random
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from dragoman.train.event_data import Segment
from dragoman.train.newswire import document_text, read_newswire
from dragoman.train.truecase import Truecaser

Words = tuple[str, ...]
_SHORTEST, _LONGEST = 4, 70
# Editors' remarks of the wire: "(passage omitted)", "[as heard]".
_OMITTED = re.compile(r"\([A-Z ]{0,30}OMITTED\)|\[[^\]]{1,40}\]")


def unmarked_sentences(
    data: Path, segment: Segment, *, annotated: Collection[str], most: int, seed: int
) -> list[Words]:
    """At most `most` different sentences of 4 to 70 words, in a seeded random order.

    `annotated` holds the names of the newswire articles that the corpus annotates; they are left out.
    """
    cased = [*_newswire(data, segment, annotated), *_causal(data), *_stories(data, segment)]
    found = dict.fromkeys(
        words
        for words in (*cased, *_capitals(data, segment, Truecaser.learn(cased)))
        if _SHORTEST <= len(words) <= _LONGEST
    )
    sentences = list(found)
    random.Random(seed).shuffle(sentences)
    return sentences[:most]


def _newswire(data: Path, segment: Segment, annotated: Collection[str]) -> Iterator[Words]:
    for row in read_newswire(data / "entities" / "worldwide_train.jsonl.gz"):
        if row.id not in annotated:
            yield from _cut(document_text(row), segment)


def _stories(data: Path, segment: Segment) -> Iterator[Words]:
    for record in _records(data / "ngec_synthetic.jsonl.gz"):
        yield from _cut(record["text"], segment)


def _causal(data: Path) -> Iterator[Words]:
    for record in _records(data / "causal_news_corpus.jsonl.gz"):
        yield tuple(record["text"].split())


def _capitals(data: Path, segment: Segment, truecaser: Truecaser) -> Iterator[Words]:
    for record in _records(data / "muc4_train.jsonl.gz"):
        text = truecaser.restore(_OMITTED.sub(" ", record["text"]))
        for paragraph in re.split(r"\n\s*\n", text):
            yield from _cut(" ".join(paragraph.split()), segment)


def _records(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _cut(text: str, segment: Segment) -> Iterator[Words]:
    sentences: Sequence[Sequence[tuple[int, int]]] = segment(text)
    for ranges in sentences:
        yield tuple(text[first:last] for first, last in ranges)
