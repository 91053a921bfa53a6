"""A smaller vocabulary reads the kept words as before, and cuts the others into shorter pieces."""

import json
from collections import Counter
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from dragoman.language.subwords import open_tokenizer
from dragoman.train.prune import count_pieces, kept_pieces, prune_tokenizer


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    pieces = ["[PAD]", "[unused1]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##a", "##b", "ab", "ba", "##ba", "語"]
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 3), ("[SEP]", 4)]
    )
    tokenizer.save(str(tmp_path / "whole.json"))
    return tmp_path / "whole.json"


def test_used_letters_and_special_pieces_stay(stored: Path) -> None:
    tokenizer = open_tokenizer(stored)
    counts = count_pieces(tokenizer, [("ab", "a"), ("ab",)])
    assert counts[9] == 2
    always = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "##a", "##b"]
    assert kept_pieces(tokenizer, counts, most=9) == [*always, "ab"]
    assert kept_pieces(tokenizer, counts, most=3) == always


def test_among_pieces_seldom_used_the_earlier_stays(stored: Path) -> None:
    whole = open_tokenizer(stored)
    kept = kept_pieces(whole, Counter({11: 5, 10: 1}), most=10)
    assert kept[-2:] == ["ba", "##ba"]
    assert kept_pieces(whole, Counter(), most=10)[-3:] == ["##a", "##b", "ab"]


def test_pruned_tokenizer_renumbers_and_cuts_shorter(stored: Path, tmp_path: Path) -> None:
    whole = open_tokenizer(stored)
    kept = kept_pieces(whole, Counter({9: 1}), most=9)
    prune_tokenizer(stored, tmp_path / "small.json", kept)
    small = open_tokenizer(tmp_path / "small.json")
    encoding = small.encode(["ab", "ba", "語"], is_pretokenized=True)
    assert encoding.tokens == ["[CLS]", "ab", "b", "##a", "[UNK]", "[SEP]"]
    assert encoding.ids == [kept.index(piece) for piece in encoding.tokens]
    assert json.loads((tmp_path / "small.json").read_text("utf-8"))["truncation"] is None
