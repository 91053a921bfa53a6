"""The vocabulary that ships: pieces that news never uses are left out of the tokenizer and of the vector table.

MiniLM's 30,522 pieces hold placeholders, other scripts and words that none of the texts that we may read contains. A word
that needs a missing piece is cut into shorter ones; every single letter stays.
"""  # noqa: E501

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer

_GROUP = 5000
# Latin letters with marks, and punctuation, in which names are written.
_LAST_LATIN, _PUNCTUATION = "\u024f", range(0x2000, 0x20D0)


def count_pieces(tokenizer: Tokenizer, sentences: Iterable[Sequence[str]]) -> Counter[int]:
    """How often each piece is used in sentences given as words."""
    counts: Counter[int] = Counter()
    group: list[list[str]] = []
    for words in sentences:
        group.append(list(words))
        if len(group) == _GROUP:
            _count(tokenizer, group, counts)
            group = []
    _count(tokenizer, group, counts)
    return counts


def _count(tokenizer: Tokenizer, group: list[list[str]], counts: Counter[int]) -> None:
    for encoding in tokenizer.encode_batch(group, is_pretokenized=True):
        counts.update(encoding.ids)


def kept_pieces(tokenizer: Tokenizer, counts: Counter[int], *, most: int) -> list[str]:
    """The pieces that ship, `most` of them or a few more, in the old order.

    Special pieces and single Latin letters stay; then come pieces used at least twice, those used once, and the others;
    among equals the first in the old order, which is roughly that of their frequency in books and encyclopedias.
    """
    special = {str(token) for token in tokenizer.get_added_tokens_decoder().values()}
    vocabulary = tokenizer.get_vocab()
    kept = {piece for piece in vocabulary if piece in special or _is_letter(piece)}
    rest = sorted(vocabulary.keys() - kept, key=lambda piece: (-min(counts[vocabulary[piece]], 2), vocabulary[piece]))
    kept.update(rest[: max(0, most - len(kept))])
    return sorted(kept, key=vocabulary.__getitem__)


def _is_letter(piece: str) -> bool:
    letter = piece.removeprefix("##")
    return len(letter) == 1 and (letter <= _LAST_LATIN or ord(letter) in _PUNCTUATION)


def prune_tokenizer(source: Path, target: Path, kept: Sequence[str]) -> None:
    """Write the tokenizer file `source` with the pieces of `kept` alone, numbered in their order."""
    stored = json.loads(source.read_text(encoding="utf-8"))
    numbers = {piece: number for number, piece in enumerate(kept)}
    stored["model"]["vocab"] = numbers
    for token in stored["added_tokens"]:
        token["id"] = numbers[token["content"]]
    for name, token in stored["post_processor"]["special_tokens"].items():
        token["ids"] = [numbers[name]]
    stored["padding"], stored["truncation"] = None, None
    target.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
