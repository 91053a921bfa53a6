from pathlib import Path

import pytest

from dragoman.errors import ResourceError
from dragoman.language.lexicon import Lemmatizer, bases_of, needs_entry, read_lexicon

LEMMATIZER = Lemmatizer(
    forms={("met", "VBD"): "meet", ("found", "VBD"): "find", ("data", "NNS"): "datum"},
    lemmas=frozenset({"meet", "find", "datum", "stop", "agree"}),
    words=frozenset({"shell", "party", "court"}),
)


@pytest.mark.parametrize(
    ("form", "xpos", "rule", "lemma"),
    [
        ("Met", "VBD", "k|0|", "meet"),
        ("found", "VBD", "k|9|", "find"),
        ("stopped", "VBD", "k|0|", "stop"),
        ("agreed", "VBN", "k|2|", "agree"),
        ("shelling", "VBG", "k|0|", "shell"),
        ("parties", "NNS", "k|1|", "party"),
        ("Court", "NN", "k|0|", "court"),
        ("Zarvan", "NN", "k|0|", "Zarvan"),
        ("Talks", "NNPS", "k|0|", "Talks"),
        ("sprung", "VBN", "k|4|ring", "spring"),
    ],
)
def test_lemma(form: str, xpos: str, rule: str, lemma: str) -> None:
    assert LEMMATIZER.lemma_of(form, xpos, rule) == lemma


def test_unknown_inflection_takes_its_likeliest_base() -> None:
    assert LEMMATIZER.lemma_of("droned", "VBD", "k|0|") == "dron"


@pytest.mark.parametrize(
    ("form", "xpos", "bases"),
    [
        ("clashes", "NNS", ["clash", "clashe"]),
        ("ties", "NNS", ["tie"]),
        ("denied", "VBD", ["deny"]),
        ("making", "VBG", ["mak", "make"]),
        ("bigger", "JJR", ["big", "bigg", "bigge"]),
        ("latest", "JJS", ["lat", "late"]),
        ("talk", "VB", []),
        ("red", "VBD", []),
    ],
)
def test_bases(form: str, xpos: str, bases: list[str]) -> None:
    assert list(bases_of(form, xpos)) == bases


def test_written_list_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "lemmas.tsv"
    path.write_text("met\tVBD\tmeet\nMen\tNNS\tman\n", encoding="utf-8")
    read = read_lexicon(path, ["talk"])
    assert read.forms == {("met", "VBD"): "meet", ("Men", "NNS"): "man"}
    assert read.lemmas == {"meet", "man"}
    assert read.words == {"talk"}


@pytest.mark.parametrize("text", [b"met\tVBD\tmeet\nbroken\n", b"met\tVBD\tmeet\n\xff\t\t\n"])
def test_broken_list_names_file_and_remedy(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "lemmas.tsv"
    path.write_bytes(text)
    with pytest.raises(ResourceError, match=r"lemmas\.tsv.*install dragoman again"):
        read_lexicon(path, [])


@pytest.mark.parametrize(
    ("form", "xpos", "lemma", "needed"),
    [
        ("talks", "NNS", "talk", True),
        ("put", "VBD", "put", True),
        ("talk", "NN", "talk", False),
        ("'s", "VBZ", "be", True),
        ("n't", "RB", "not", True),
        ("Astana", "NNP", "astana", False),
        ("a\tb", "NN", "ab", False),
    ],
)
def test_what_the_list_must_hold(form: str, xpos: str, lemma: str, needed: bool) -> None:
    assert needs_entry(form, xpos, lemma) is needed
