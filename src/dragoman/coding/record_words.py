"""The word lists of the five kinds of record that are no events, from `codebooks/records.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.errors import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """Lemmas by list, and lemmas with the value that they decide ("ratify" → "ratified") by table."""

    lists: Mapping[str, frozenset[str]]
    senses: Mapping[str, Mapping[str, str]]


@cache
def record_words() -> RecordWords:
    """The shipped lists, read once."""
    source = files("dragoman") / "codebooks" / "records.toml"
    return read_record_words(source.read_text(encoding="utf-8"), str(source))


def read_record_words(text: str, origin: str) -> RecordWords:
    """The lists written in TOML `text`; `origin` names the file in messages.

    Raises:
        CodebookError: the text is no TOML, a value is no string, or a word has two values in one table.
    """
    try:
        stored = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{origin}: {error}; expected TOML with [lists] and [senses.NAME] tables") from None
    lists = {name: frozenset(_split(words, f"{origin}: lists.{name}")) for name, words in stored["lists"].items()}
    spoken = ("claim_verb", "denying_verb", "accusing_verb", "naming_verb", "direct_only")
    lists["spoken"] = frozenset().union(*(lists.get(name, frozenset()) for name in spoken))
    nouns = ("undertaking", "undertaking_if_before", "scheme_noun")
    lists["project_noun"] = frozenset().union(*(lists.get(name, frozenset()) for name in nouns))
    return RecordWords(
        lists=lists,
        senses={name: _invert(table, f"{origin}: senses.{name}") for name, table in stored["senses"].items()},
    )


def _split(words: object, place: str) -> list[str]:
    if not isinstance(words, str):
        raise CodebookError(f"{place}: found {type(words).__name__}; expected words in one string, with spaces between")
    return words.split()


def _invert(table: Mapping[str, object], place: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, words in table.items():
        for word in _split(words, f"{place}.{value}"):
            if word in found:
                raise CodebookError(f"{place}: '{word}' is under '{found[word]}' and '{value}'; keep it in one of them")
            found[word] = value
    return found
