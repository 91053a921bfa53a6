"""Phrases with a meaning for the resolver, held in memory: state names, demonyms, organizations, role nouns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.actors.names import Word, phrase_key


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a phrase.

    `use` is name, adjective, people, capital, place, disputed (all about a state), org (an organization, institution
    or metonym), or role. `country` and `sector` are empty where the phrase does not give them. `weight` is for roles:
    strong (gives its sector), weak (takes the sector of its companion) or mod (only modifies). `case` is any, cap (a
    capital letter needed) or upper (all capitals needed).
    """

    use: str
    country: str = ""
    sector: str = ""
    weight: str = ""
    actor_id: str = ""
    name: str = ""
    kind: str = ""
    case: str = "any"
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: word positions `[start, end)` and its senses."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class Lexicon:
    """Longest-match lookup of phrases by normalised key."""

    def __init__(self, entries: Iterable[tuple[str, Sense]]) -> None:
        self._senses: dict[str, tuple[Sense, ...]] = {}
        self._longest: dict[str, int] = {}
        for key, sense in entries:
            self._add(key, sense)

    def _add(self, key: str, sense: Sense) -> None:
        known = self._senses.get(key, ())
        if sense not in known:
            self._senses[key] = (*known, sense)
        words = key.split(" ")
        if self._longest.get(words[0], 0) < len(words):
            self._longest[words[0]] = len(words)

    def __len__(self) -> int:
        return len(self._senses)

    def senses(self, phrase: str) -> tuple[Sense, ...]:
        """All senses of a phrase, whatever its capitals."""
        return self._senses.get(phrase_key(phrase), ())

    def match(self, words: Sequence[Word], start: int) -> Match | None:
        """The longest phrase that begins at word `start`, or None."""
        longest = self._longest.get(words[start].key, 0)
        if not longest:
            return None
        for end in range(min(len(words), start + longest), start, -1):
            senses = self._senses.get(" ".join([word.key for word in words[start:end]]))
            if senses:
                fitting = tuple(sense for sense in senses if _fits_case(words, start, end, sense.case))
                if fitting:
                    return Match(start, end, fitting)
        return None


def _fits_case(words: Sequence[Word], start: int, end: int, case: str) -> bool:
    """True when the words are written with the capitals that the sense asks for."""
    if case == "any":
        return True
    if case == "upper":
        return (
            all(word.text.isupper() or word.text.istitle() is False for word in words[start:end])
            and words[start].text[:2].isupper()
        )
    return any(word.text[:1].isupper() for word in words[start:end])


def plural_keys(term: str) -> tuple[str, ...]:
    """The lookup keys of a role noun: as given and in the plural.

    >>> plural_keys("minister of state")
    ('minister of state', 'ministers of state')
    """
    key = phrase_key(term)
    words = key.split(" ")
    at = words.index("of") - 1 if "of" in words[1:] else len(words) - 1
    if at == len(words) - 1 and words[-1] in ("general", "elect", "designate") and len(words) > 1:
        at -= 1
    plural = [*words[:at], _plural(words[at]), *words[at + 1 :]]
    return tuple(dict.fromkeys((key, " ".join(plural))))


def _plural(word: str) -> str:
    if word.endswith("man") and word not in ("german", "roman", "human"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("ch", "sh", "x", "ss")):
        return word + "es"
    return word if word.endswith(("s", "men")) else word + "s"
