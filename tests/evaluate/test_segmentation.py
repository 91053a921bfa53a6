from pathlib import Path

import pytest

from dragoman.errors import OriginError
from dragoman.evaluate.raw_text import read_documents, rebuild_text
from dragoman.evaluate.segmentation import Matches, main, score_text
from dragoman.language.split import Segmenter


def row(number: str, form: str, misc: str = "_", upos: str = "NOUN") -> str:
    return "\t".join((number, form, "_", upos, "_", "_", "_", "_", "_", misc))


TREEBANK = "\n".join(
    [
        "# newdoc id = GUM_news_made",
        *("# newpar", row("1", "Talks"), row("2", "fail"), ""),
        *("# newpar", row("1-2", "Don't"), row("1", "Do"), row("2", "n't"), row("3", "go", "SpaceAfter=No")),
        *(row("3.1", "there"), row("4", "."), ""),
        *(row("1", "Yes", "SpaceAfter=No"), row("2", ".", "X=1|SpaceAfter=No"), ""),
        *(row("1", "No"), ""),
        *("# newdoc id = weblog-made", row("1", "Bye"), "", ""),
    ]
)


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "made.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def test_text_is_rebuilt_with_spaces_and_paragraphs(treebank: Path) -> None:
    first, second = [rebuild_text(document) for document in read_documents(treebank)]
    assert first.text == "Talks fail\n\nDon't go. Yes.No"
    assert second.text == "Bye"


def test_paragraph_break_can_be_a_space(treebank: Path) -> None:
    document = next(read_documents(treebank))
    assert rebuild_text(document, " ").text == "Talks fail Don't go. Yes.No"


def test_gold_ranges_point_at_their_forms(treebank: Path) -> None:
    raw = rebuild_text(next(read_documents(treebank)))
    assert [raw.text[start:end] for start, end in raw.sentences] == ["Talks fail", "Don't go.", "Yes.", "No"]
    assert [raw.text[start:end] for start, end in raw.tokens][2:5] == ["Don't", "go", "."]
    assert [raw.text[start:end] for start, end in raw.words][2:5] == ["Do", "n't", "go"]


def test_genre_is_read_from_the_document_id(treebank: Path) -> None:
    assert [document.genre for document in read_documents(treebank)] == ["news", "weblog"]


def test_missing_treebank_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OriginError, match=r"absent\.conllu"):
        list(read_documents(tmp_path / "absent.conllu"))


def test_f1_counts_both_sides() -> None:
    assert Matches(gold=4, found=2, both=2).f1 == pytest.approx(200 * 2 / 6)


def test_only_ranges_equal_on_both_sides_match(treebank: Path) -> None:
    raw = rebuild_text(next(read_documents(treebank)))
    found = Segmenter.load().segment(raw.text)
    assert score_text(raw, found).words == Matches(gold=9, found=9, both=9)
    assert score_text(raw, found[:1]).sentences == Matches(gold=4, found=1, both=1)
    assert score_text(raw, found[:1]).tokens == Matches(gold=8, found=2, both=2)


def test_scores_are_printed_for_each_genre(treebank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(treebank)])
    printed = capsys.readouterr().out
    assert "made.conllu" in printed
    assert "  news" in printed
    assert "paragraphs by a space" in printed
