"""Whether a report tells of political actors at all, by the words of the whole text.

Events are read sentence by sentence; that a firm "rejects" a bid and a striker "attacks" shows in the rest of the
story. A logistic model over the words gives the probability that the story tells no event; the confidence of each of
its events weighs it (`confidence.SIGNALS`).
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path

from dragoman.errors import ResourceError

# Words in small letters: names, which would tell who and not what, begin with a capital.
_WORD = re.compile(r"\b[a-z]{3,}\b")


def story_words(text: str) -> dict[str, float]:
    """The words in small letters, each with 1 and the logarithm of its count, scaled to length 1.

    >>> {word: round(share, 2) for word, share in story_words("Tea, more tea and Ceylon tea").items()}
    {'more': 0.4, 'tea': 0.83, 'and': 0.4}
    """
    counts = Counter(_WORD.findall(text))
    shares = {word: 1.0 + log(count) for word, count in counts.items()}
    length = sqrt(sum(share * share for share in shares.values()))
    return {word: share / length for word, share in shares.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWords:
    """Weights of words and a constant: the log odds that a story tells an event."""

    weights: Mapping[str, float]
    constant: float

    def quiet(self, text: str) -> float:
        """The probability that the story tells no event; 0 when there are no weights."""
        if not self.weights:
            return 0.0
        total = self.constant + sum(share * self.weights.get(word, 0.0) for word, share in story_words(text).items())
        return 1.0 / (1.0 + exp(max(-30.0, min(30.0, total))))


NO_STORY_WORDS = StoryWords(weights={}, constant=0.0)


def read_story_words(path: Path) -> StoryWords:
    """The weights of a model folder; none without a file.

    Raises:
        ResourceError: the file is broken.
    """
    if not path.is_file():
        return NO_STORY_WORDS
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(word): float(weight) for word, weight in stored["weights"].items()}
        return StoryWords(weights=weights, constant=float(stored["constant"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(
            f"words of stories {path}: {error!r}; expected a constant and the weights of words; install dragoman again"
        ) from error
