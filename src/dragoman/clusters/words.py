"""Words of a text as weights, to compare sentences and documents. No word list but the small words; nothing trained."""

import math
import re
from collections.abc import Mapping
from sys import intern


def split_words(words: str) -> list[str]:
    """The words of a table that is written as running text."""
    return words.split()


Weights = Mapping[str, float]
"""Word → weight; the squares sum to 1."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# Words of grammar and of reporting: they stand in every report and say nothing of what it tells.
_SMALL = frozenset(
    split_words(
        """
    a about above after again against all also an and another any are as at be because been before being between both
    but by can could did do does during each for from had has have he her here him his how i if in into is it its itself
    just last made may me might more most much must my next no nor not now of off on once one only or other our out over
    own per same she should since so some such than that the their them then there these they this those through to
    today too two under until up upon us very was we were what when where which while who whom whose why will with
    would yesterday yet you your said say says told according monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december week month year day
    """
    )
)
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ions",
    "ion",
    "ers",
    "ed",
    "es",
    "er",
    "s",
)
_LAST_LETTERS = frozenset(ending[-1] for ending in _ENDINGS)
_NAME_WEIGHT, _NUMBER_WEIGHT, _PLAIN_WEIGHT = 2.0, 1.0, 1.0
_SHORTEST_STEM = 4


def stem(word: str) -> str:
    """A rough stem, so that "visited", "visits" and "visiting" are one word.

    >>> stem("visited"), stem("Visits"), stem("bombing"), stem("bombed")
    ('visit', 'visit', 'bomb', 'bomb')
    """
    low = word.lower().replace("’", "'").removesuffix("'s")
    # Most words end otherwise than any ending does.
    for ending in _ENDINGS if low[-1:] in _LAST_LETTERS else ():
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST_STEM:
            return low[: -len(ending)]
    return low.removesuffix("e") if len(low) > _SHORTEST_STEM else low


def is_small(word: str) -> bool:
    """True for a word of grammar, of reporting or of the calendar."""
    return word.lower() in _SMALL


def weigh(text: str) -> Weights:
    """The words of a text with weights; names weigh double.

    >>> weigh("the of") == {}
    True
    """
    found: dict[str, float] = {}
    for word in _WORD.findall(text):
        if word.lower() not in _SMALL:
            found[intern(stem(word))] = _weight(word)
    length = math.sqrt(sum(weight * weight for weight in found.values()))
    return {word: round(weight / length, 4) for word, weight in found.items()}


def _weight(word: str) -> float:
    if word[0].isdigit():
        return _NUMBER_WEIGHT
    return _NAME_WEIGHT if word[0].isupper() else _PLAIN_WEIGHT


def cosine(one: Weights, other: Weights) -> float:
    """Cosine of the two, 0 to 1.

    >>> round(cosine(weigh("Kenya signs a treaty"), weigh("Kenya signed the treaty")), 2)
    1.0
    """
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def name_words(text: str) -> frozenset[str]:
    """The words of a name that tell it from others, lower case: no small words, no one-letter words.

    >>> sorted(name_words("the Tibesti Front"))
    ['front', 'tibesti']
    """
    words = (word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return frozenset(intern(word) for word in words if word not in _SMALL and len(word) > 1)
