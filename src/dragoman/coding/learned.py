"""What a project's reviewers taught the coder: small corrections of category and confidence over the shipped heads.

The shipped model never changes. A learned layer belongs to one model and one codebook; `dragoman learn` makes it from
verdicts (`dragoman.learning`), and whoever opens the coder with it gets records that name it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.confidence import SIGNALS, Calibration

MARK = "+learned."  # between the versions of model and layer in the provenance of records


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A learned layer. `version` is a hash of its content; it was learned over `model`, `codebook` and `signals`.

    `categories` has for a cue (see `typing_cues`) what it adds to the log odds of a category; `cues` what a cue (see
    `confidence_cues`) adds to the log odds that the row is right, beside the weights of `calibration`.
    """

    version: str
    model: str
    codebook: str
    categories: Mapping[str, Mapping[str, float]]
    calibration: Calibration
    cues: Mapping[str, float]
    signals: tuple[str, ...] = SIGNALS

    def suits(self, model: str, codebook: str) -> bool:
        """True for the model and codebook over which it was learned, when the coder still weighs the same signals."""
        return (self.model, self.codebook, self.signals) == (model, codebook, SIGNALS)

    def retype(
        self, shares: NDArray[np.float64], categories: Sequence[str], cues: Sequence[str]
    ) -> NDArray[np.float64]:
        """The shares of the categories, made larger or smaller by what was learned of the cues."""
        learned = shares.copy()
        for cue in cues:
            for category, weight in self.categories.get(cue, {}).items():
                learned[categories.index(category)] *= exp(weight)
        return learned

    def shift(self, cues: Sequence[str]) -> float:
        """What the cues add to the log odds that a row is right."""
        return sum(self.cues.get(cue, 0.0) for cue in cues)


def typing_cues(lemma: str, category: str) -> tuple[str, ...]:
    """What the typing head looks at: the word, and the category that the shipped heads would give it."""
    return f"word:{lemma.lower()}", f"as:{category}"


def confidence_cues(lemma: str, category: str, mode: str | None, status: str, by: str) -> tuple[str, ...]:
    """What the confidence looks at beside the signals: the word and what it was coded as."""
    cues = (f"word:{lemma.lower()}", f"category:{category}", f"status:{status}", f"by:{by}")
    return cues if mode is None else (*cues, f"mode:{category}.{mode}")


def base_model(version: str) -> str:
    """The model's version without that of a learned layer.

    >>> base_model("dragoman-en-1a2b+learned.3c4d"), base_model("dragoman-en-1a2b")
    ('dragoman-en-1a2b', 'dragoman-en-1a2b')
    """
    return version.partition(MARK)[0]
