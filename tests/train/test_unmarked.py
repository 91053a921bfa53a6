"""What the teacher reads: different sentences of fitting length, none of an annotated article, in a seeded order."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dragoman.train.unmarked import unmarked_sentences


def words_of_lines(text: str) -> Sequence[Sequence[tuple[int, int]]]:
    sentences, start = [], 0
    for line in text.splitlines(keepends=True):
        ranges, place = [], start
        for word in line.split():
            place = text.index(word, place)
            ranges.append((place, place + len(word)))
            place += len(word)
        sentences.append(ranges)
        start += len(line)
    return sentences


def write_lines(path: Path, rows: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    articles = [
        {"id": "known.txt", "sentences": [{"tokens": ["The", "envoy", "left", "the", "port", "today", "."]}]},
        {
            "id": "other.txt",
            "sentences": [{"tokens": ["Two", "ferries", "left", "the", "isle", "at", "noon", "."]}],
        },
    ]
    write_lines(tmp_path / "entities" / "worldwide_train.jsonl.gz", articles)
    write_lines(tmp_path / "ngec_synthetic.jsonl.gz", [{"text": "Farmers closed the road to Ostrava on Monday."}])
    causal = [{"text": "The strike ended because wages rose ."}, {"text": "Too short ."}]
    write_lines(tmp_path / "muc4_train.jsonl.gz", [])
    write_lines(tmp_path / "causal_news_corpus.jsonl.gz", [*causal, causal[0]])
    return tmp_path


def test_annotated_articles_short_sentences_and_repetitions_are_left_out(data: Path) -> None:
    found = unmarked_sentences(data, words_of_lines, annotated={"known"}, most=99, seed=1)
    assert sorted(" ".join(words) for words in found) == [
        "Farmers closed the road to Ostrava on Monday.",
        "The strike ended because wages rose .",
        "Two ferries left the isle at noon.",
    ]


def test_a_part_is_drawn_by_the_seed(data: Path) -> None:
    drawn = [unmarked_sentences(data, words_of_lines, annotated=(), most=2, seed=5) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2


def test_reports_sent_in_capitals_come_with_small_letters(data: Path) -> None:
    text = "FARMERS LEFT THE PORT. (PASSAGE OMITTED)\n\n   FERRIES [AS HEARD] LEFT\nTHE ISLE."
    write_lines(data / "muc4_train.jsonl.gz", [{"text": text}])
    found = {" ".join(words) for words in unmarked_sentences(data, words_of_lines, annotated=(), most=99, seed=1)}
    assert {"Farmers left the port.", "Ferries left the isle."} <= found
