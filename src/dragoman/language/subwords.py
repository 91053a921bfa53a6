"""Words to the subwords that the network reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Encoding, Tokenizer

from dragoman.errors import ResourceError
from dragoman.language.shapes import NONE, shape_of

MAXIMUM_SUBWORDS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedWords:
    """Subword ids, the shape of each subword's word, and each word's first subword (entry 0: the classifier token)."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    firsts: tuple[int, ...]


def open_tokenizer(path: Path) -> Tokenizer:
    """The subword tokenizer without its stored padding and truncation.

    Raises:
        ResourceError: the file is not a tokenizer.
    """
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception
        raise ResourceError(
            f"tokenizer {path}: cannot be read ({error}); expected a tokenizer in JSON; install dragoman again"
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode_words(tokenizer: Tokenizer, sentences: Sequence[Sequence[str]]) -> list[EncodedWords]:
    """The subwords of each sentence, cut at 512; words at and past the cut are missing in `firsts`."""
    encodings = tokenizer.encode_batch([list(words) for words in sentences], is_pretokenized=True)
    return [_read_encoding(encoding, words) for encoding, words in zip(encodings, sentences, strict=True)]


def _read_encoding(encoding: Encoding, words: Sequence[str]) -> EncodedWords:
    ids, owners = encoding.ids, encoding.word_ids
    if len(ids) > MAXIMUM_SUBWORDS:
        ids, owners = [*ids[: MAXIMUM_SUBWORDS - 1], ids[-1]], [*owners[: MAXIMUM_SUBWORDS - 1], None]
    word_shapes = [shape_of(word) for word in words]
    # A word without a subword (a lone variation selector) reads the classifier token.
    firsts = [0] * (1 + len(words))
    last = 0
    for place, owner in enumerate(owners):
        if owner is not None and owner >= last:
            firsts[owner + 1] = place
            last = owner + 1
    complete = len(encoding.ids) <= MAXIMUM_SUBWORDS
    return EncodedWords(
        ids=tuple(ids),
        shapes=tuple([NONE if owner is None else word_shapes[owner] for owner in owners]),
        firsts=tuple(firsts if complete else firsts[: max(last, 2)]),
    )
