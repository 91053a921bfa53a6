from pathlib import Path

import pytest

from dragoman.errors import ResourceError
from dragoman.language.shapes import LOWER, NONE, TITLE
from dragoman.language.subwords import MAXIMUM_SUBWORDS, encode_words, open_tokenizer
from fake_model import VOCABULARY, make_tokenizer

TOKENIZER = make_tokenizer()


def test_word_points_at_its_first_subword() -> None:
    (encoded,) = encode_words(TOKENIZER, [["Kenya", "aaa", "said"]])
    expected = [VOCABULARY[piece] for piece in ("[CLS]", "kenya", "a", "##a", "##a", "said", "[SEP]")]
    assert list(encoded.ids) == expected
    assert encoded.firsts == (0, 1, 2, 5)


def test_subword_has_the_shape_of_its_word() -> None:
    (encoded,) = encode_words(TOKENIZER, [["Kenya", "aa"]])
    assert encoded.shapes == (NONE, TITLE, LOWER, LOWER, NONE)


def test_word_without_a_subword_reads_the_classifier_token() -> None:
    (encoded,) = encode_words(TOKENIZER, [["Kenya", "\u200d", "said"]])
    assert encoded.firsts == (0, 1, 0, 2)


def test_long_sentence_is_cut_and_its_later_words_are_missing() -> None:
    (encoded,) = encode_words(TOKENIZER, [["kenya"] * 600])
    assert len(encoded.ids) == MAXIMUM_SUBWORDS
    assert encoded.ids[-1] == VOCABULARY["[SEP]"]
    assert len(encoded.firsts) == MAXIMUM_SUBWORDS - 2  # the word at the cut may have lost its end


def test_word_longer_than_the_network_keeps_its_beginning() -> None:
    (encoded,) = encode_words(TOKENIZER, [["a" * 900]])
    assert len(encoded.ids) == MAXIMUM_SUBWORDS
    assert encoded.firsts == (0, 1)


def test_sentence_does_not_depend_on_its_neighbours() -> None:
    sentences = [["Kenya", "said"], ["aaaaaa"], ["troops", "."] * 9]
    assert encode_words(TOKENIZER, sentences) == [encode_words(TOKENIZER, [words])[0] for words in sentences]


def test_stored_padding_and_truncation_are_off(tmp_path: Path) -> None:
    stored = make_tokenizer()
    stored.enable_padding(length=64)
    stored.enable_truncation(4)
    stored.save(str(tmp_path / "tokenizer.json"))
    (encoded,) = encode_words(open_tokenizer(tmp_path / "tokenizer.json"), [["Kenya", "said", "aaaaa"]])
    assert len(encoded.ids) == 9


def test_broken_tokenizer_names_file_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ResourceError, match=r"tokenizer\.json.*install dragoman again"):
        open_tokenizer(tmp_path / "tokenizer.json")
