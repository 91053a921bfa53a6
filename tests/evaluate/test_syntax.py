import gzip
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import make
from dragoman.errors import OriginError
from dragoman.evaluate.syntax import (
    entity_figures,
    group_blocks,
    parse_words,
    read_blocks,
    score_entities,
    score_parse,
    score_treebank,
)
from dragoman.language.split import SentenceTokens
from dragoman.types.parse import EntityMention, ParsedDocument, Sentence, Token
from dragoman.types.text import Document, Span

GOLD = """
Envoys envoy NOUN NNS 2 nsubj
met meet VERB VBD 0 root
twice _ ADV RB 2 advmod
. . PUNCT . 2 punct
"""
FOUND = GOLD.replace("_ ADV RB 2 advmod", "twice ADV NN 1 advmod").replace("2 punct", "2 dep").replace("NOUN", "PROPN")


def row(number: int, form: str, head: int, deprel: str) -> str:
    return "\t".join((str(number), form, form, "X", "Y", "_", str(head), deprel, "_", "_"))


TREEBANK = "\n".join(
    [
        *("# newdoc id = a", row(1, "Rain", 2, "nsubj"), row(2, "falls", 0, "root"), ""),
        *(row(1, "Enough", 0, "root"), ""),
        *("# newdoc id = b", row(1, "Snow", 0, "root"), "", ""),
    ]
)


@dataclass(frozen=True)
class GuessParser:
    """Every word is a root of its own and a person."""

    def parse_sentences(
        self, document: Document, sentences: list[SentenceTokens], *, with_events: bool
    ) -> ParsedDocument:
        made = tuple(self._sentence(number, one) for number, one in enumerate(sentences))
        return ParsedDocument(document=document, sentences=made, model="guess")

    def _sentence(self, number: int, given: SentenceTokens) -> Sentence:
        tokens = tuple(
            Token(
                index=i, span=Span(w.start, w.end), text=w.form, lemma=w.form, upos="X", xpos="Y", head=-1,
                deprel="root", space_after=w.space_after,
            )
            for i, w in enumerate(given.words)
        )  # fmt: skip
        mentions = tuple(
            EntityMention(kind="Person", span=t.span, start=t.index, end=t.index + 1, head=t.index, confidence=1.0)
            for t in tokens
        )
        return Sentence(number=number, span=given.span, tokens=tokens, mentions=mentions)


class GuessCoder:
    parser = GuessParser()

    def parse_tokens(self, parsed: ParsedDocument) -> ParsedDocument:
        guessed = [
            replace(one, tokens=tuple(replace(token, head=-1, deprel="root") for token in one.tokens))
            for one in parsed.sentences
        ]
        return replace(parsed, sentences=tuple(guessed))


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "made.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def test_words_right_are_counted_in_each_respect() -> None:
    score = score_parse(make.parsed(GOLD), make.parsed(FOUND))
    assert (score.words, score.upos, score.xpos, score.lemma, score.head, score.labelled) == (4, 3, 3, 4, 3, 2)


def test_gold_lemma_that_is_not_given_accepts_every_one() -> None:
    assert score_parse(make.parsed(GOLD), make.parsed(GOLD.replace("_ ADV", "other ADV"))).lemma == 4


def test_figures_are_in_percent_of_words() -> None:
    figures = {one.name: one.value for one in score_parse(make.parsed(GOLD), make.parsed(FOUND)).figures()}
    assert figures == {"UPOS": 75.0, "XPOS": 75.0, "lemma": 100.0, "UAS": 75.0, "LAS": 50.0}


def test_documents_start_at_their_comment(treebank: Path) -> None:
    assert [len(group) for group in group_blocks(read_blocks(treebank))] == [2, 1]


def test_treebank_is_read_compressed(tmp_path: Path) -> None:
    path = tmp_path / "made.conllu.gz"
    path.write_bytes(gzip.compress(TREEBANK.encode()))
    assert len(list(read_blocks(path))) == 3


def test_missing_treebank_is_named(tmp_path: Path) -> None:
    with pytest.raises(OriginError, match=r"none\.conllu"):
        list(read_blocks(tmp_path / "none.conllu"))


def test_treebank_is_scored_over_all_documents(treebank: Path) -> None:
    score = score_treebank(GuessCoder(), treebank)  # type: ignore[arg-type]
    assert (score.words, score.head) == (4, 3)


def test_given_words_stand_with_spaces_in_the_text() -> None:
    parsed = parse_words(GuessCoder(), [["Rain", "falls"], ["Snow"]])  # type: ignore[arg-type]
    assert parsed.document.text == "Rain falls Snow"
    assert [t.span.of(parsed.document.text) for s in parsed.sentences for t in s.tokens] == ["Rain", "falls", "Snow"]


@pytest.fixture
def entities(tmp_path: Path) -> Path:
    sentence = {"tokens": ["Mina", "flew", "to", "Quito"], "tags": ["B-Person", "O", "O", "B-Facility"]}
    path = tmp_path / "made.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"id": "a", "sentences": [sentence]}).encode()))
    return path


def test_entities_are_counted_by_kind_with_rare_kinds_folded(entities: Path) -> None:
    totals = score_entities(GuessCoder(), entities)  # type: ignore[arg-type]
    assert (totals["Person"].gold, totals["Person"].found, totals["Person"].both) == (1, 4, 1)
    assert (totals["Location"].gold, totals["Location"].both) == (1, 0)


def test_entity_figures_cover_all_kinds_first(entities: Path) -> None:
    figures = list(entity_figures(score_entities(GuessCoder(), entities)))  # type: ignore[arg-type]
    assert [(one.name, round(one.value, 1)) for one in figures[:3]] == [
        ("entity precision", 25.0),
        ("entity recall", 50.0),
        ("entity F1", 33.3),
    ]
