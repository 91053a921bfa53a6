from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.evaluate.raw_parse import PlacedWord, align_words, common_run, score_raw
from dragoman.language.conllu import document_of, read_conllu
from dragoman.types.parse import ParsedDocument, Token
from dragoman.types.text import Document, Span

GOLD = """# newdoc id = GUM_news_made
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVBP\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

1\tSnow\tsnow\tNOUN\tNN\t_\t2\tnsubj:outer\t_\t_
2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_

# newdoc id = GUM_speech_made
1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\t_

"""


def parse_of(conllu: str) -> ParsedDocument:
    return document_of(read_conllu(conllu.splitlines(), origin="made"), document_id="made", origin="made")


@dataclass(frozen=True)
class Answering:
    """A coder whose parser answers with one stored parse for each document."""

    answers: tuple[str, ...]

    @property
    def parser(self) -> "Answering":
        return self

    def parse(self, document: Document, *, with_events: bool) -> ParsedDocument:
        found = next(one for one in map(parse_of, self.answers) if one.document.text == document.text)
        assert not with_events
        return found


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "made.conllu"
    path.write_text(GOLD, encoding="utf-8")
    return path


FIRST, SECOND = GOLD.split("# newdoc id = GUM_speech_made\n")


def figures(treebank: Path, *answers: str, genre: str | None = None) -> dict[str, float]:
    score = score_raw(Answering(answers), treebank, genre=genre)  # type: ignore[arg-type]
    return {one.name: round(one.value, 2) for one in score.figures()}


def test_gold_parse_scores_full(treebank: Path) -> None:
    assert set(figures(treebank, FIRST, SECOND).values()) == {100.0}


def test_one_genre_can_be_scored_alone(treebank: Path) -> None:
    assert figures(treebank, SECOND, genre="speech")["word F1"] == 100.0


def test_shared_surface_word_that_was_not_split_loses_its_words(treebank: Path) -> None:
    whole = FIRST.replace("1-2\tDon't" + "\t_" * 8 + "\n", "").replace("1\tDo\t", "1\tDon't\t")
    whole = whole.replace("2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n", "").replace("3\tgo", "2\tgo")
    whole = whole.replace("4\t.", "3\t.").replace("_\t3\taux", "_\t2\taux").replace("_\t3\tpunct", "_\t2\tpunct")
    found = figures(treebank, whole, genre="news")
    assert found["word F1"] == round(200 * 4 / 11, 2)
    assert found["token F1"] == 100.0


def test_head_counts_only_where_the_heads_are_aligned(treebank: Path) -> None:
    moved = FIRST.replace("punct\t_\t_", "punct\t_\t_").replace("_\t3\tpunct", "_\t1\tpunct")
    found = figures(treebank, moved, genre="news")
    assert found["UAS F1"] == found["LAS F1"] == round(100 * 5 / 6, 2)


def test_subtypes_count_in_las_but_not_in_the_main_relation(treebank: Path) -> None:
    found = figures(treebank, FIRST.replace("nsubj:outer", "nsubj"), genre="news")
    assert found["LAS F1"] == round(100 * 5 / 6, 2)
    assert found["LAS main F1"] == 100.0


def test_joined_sentences_keep_their_words(treebank: Path) -> None:
    joined = FIRST.replace("_\t3\tpunct\t_\t_\n\n1\tSnow", "_\t3\tpunct\t_\t_\n5\tSnow").replace("2\tfell", "6\tfell")
    joined = joined.replace("_\t2\tnsubj", "_\t6\tnsubj").replace("VBD\t_\t0\troot", "VBD\t_\t3\tparataxis")
    found = figures(treebank, joined, genre="news")
    assert (found["sentence F1"], found["word F1"], found["UAS F1"]) == (0.0, 100.0, round(100 * 5 / 6, 2))


def word(form: str, start: int, outer: tuple[int, int] | None = None) -> PlacedWord:
    span = Span(start, start + len(form))
    token = Token(
        index=0, span=span, text=form, lemma="", upos="", xpos="", head=-1, deprel="root", space_after=True
    )  # fmt: skip
    return PlacedWord(span=span, outer=Span(*outer) if outer else span, joined=bool(outer), token=token, head=-1)


def test_words_of_a_shared_surface_word_are_aligned_by_form() -> None:
    gold = [word("can", 0, (0, 6)), word("not", 3, (0, 6)), word("go", 7)]
    found = [word("can", 0, (0, 6)), word("no", 3, (0, 6)), word("t", 5, (0, 6)), word("go", 7)]
    assert align_words(gold, found) == [(0, 0), (2, 3)]


def test_plain_word_inside_the_other_sides_surface_word_can_be_aligned() -> None:
    assert align_words([word("Go", 0, (0, 5)), word("na", 2, (0, 5))], [word("go", 0), word("nna", 2)]) == [(0, 0)]


def test_word_that_reaches_out_of_a_surface_word_is_not_aligned() -> None:
    assert align_words([word("a", 0, (0, 2)), word("b", 1, (0, 2)), word("c", 2)], [word("abc", 0)]) == []


def test_common_run_keeps_order() -> None:
    assert common_run(["a", "b", "c"], ["c", "a", "c"]) == [(0, 1), (2, 2)]
