"""Treebanks and entity files as training sentences.

Sources (never shipped): UD English EWT and GUM in CoNLL-U, and tokenised newswire with BIO tags as JSON Lines.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.language.lemma import rule_for

ENTITY_KINDS = ("Person", "Organization", "Location", "NORP", "Date", "Money", "Misc")
# Too rare to learn (under 400 spans each); folded as LANGUAGE.md measured.
FOLDED_KINDS = {"Facility": "Location", "Product": "Misc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeSentence:
    """Gold words of one treebank sentence; `heads` are indexes of the governing word, -1 for the root."""

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    rules: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSentence:
    """Gold words and repaired BIO tags of one newswire sentence."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


def read_treebank(path: Path) -> Iterator[TreeSentence]:
    """The sentences of a gzipped CoNLL-U file, in file order; multi-word ranges and empty nodes are left out."""
    document = ""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                document = line.rpartition("=")[2].strip()
            elif line[0].isdigit():
                row = line.rstrip("\n").split("\t")
                if row[0].isdigit():
                    rows.append(row)
            elif line == "\n" and rows:
                yield _sentence(rows, document)
                rows = []
    if rows:
        yield _sentence(rows, document)


def _sentence(rows: list[list[str]], document: str) -> TreeSentence:
    return TreeSentence(
        words=tuple(row[1] for row in rows),
        lemmas=tuple(row[2] for row in rows),
        rules=tuple(rule_for(row[1], row[2]) for row in rows),
        upos=tuple(row[3] for row in rows),
        xpos=tuple(row[4] for row in rows),
        heads=tuple(int(row[6]) - 1 for row in rows),
        deprels=tuple(row[7] for row in rows),
        document=document,
    )


def read_entities(path: Path) -> Iterator[TaggedSentence]:
    """The sentences of a gzipped JSON Lines entity file with folded and repaired BIO tags."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for sentence in json.loads(line)["sentences"]:
                if sentence["tokens"]:
                    yield TaggedSentence(words=tuple(sentence["tokens"]), tags=repair_tags(sentence["tags"]))


def repair_tags(tags: list[str]) -> tuple[str, ...]:
    """BIO tags in which every `I-` continues a span of its kind; unknown tags become `O`.

    >>> repair_tags(["I-Person", "I-Person", "O", "B-Facility", "I-Misc", "?"])
    ('B-Person', 'I-Person', 'O', 'B-Location', 'B-Misc', 'O')
    """
    repaired: list[str] = []
    previous = "O"
    for tag in tags:
        prefix, _, kind = tag.partition("-")
        kind = FOLDED_KINDS.get(kind, kind)
        if prefix not in {"B", "I"} or kind not in ENTITY_KINDS:
            repaired.append("O")
        elif prefix == "I" and previous == kind:
            repaired.append(f"I-{kind}")
        else:
            repaired.append(f"B-{kind}")
        previous = kind if repaired[-1] != "O" else "O"
    return tuple(repaired)
