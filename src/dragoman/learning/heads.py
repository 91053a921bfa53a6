"""Rows to a learned layer: first what reviewers say of categories, then how sure the coder may be.

Both heads start from the shipped ones and move away from them only as far as verdicts pull: ten verdicts change little.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from dragoman.codec import format_json
from dragoman.coder import Coder, Sighting
from dragoman.coding.choose import ChosenEvent, weigh_categories
from dragoman.coding.confidence import SIGNALS, Calibration
from dragoman.coding.learned import Learned, confidence_cues, typing_cues
from dragoman.learning.fit import Floats, Prior, fit_categories, fit_logistic
from dragoman.learning.folds import part_rows
from dragoman.learning.rows import Row

# How far weights are let go: priors of the cues, and the precision with which the signals' weights and the constant are
# held at the shipped ones. Chosen on simulated reviewers over training reports.
_TYPING, _CUE = Prior(scale=0.45, freedom=1.0), Prior(scale=0.45, freedom=1.0)
_HOLD_SIGNAL, _HOLD_CONSTANT = 50.0, 4.0
_REPORTS_OF_A_CUE = 2  # a cue of one report alone says more of the report than of the word
_LEAST_WEIGHT = 0.01
# What `code` promises (dragoman.train.calibrate): this share of the rows that it writes is right.
_WANTED_PRECISION = 0.6
_HIGHEST = 0.9
_ROWS_BELOW = 30  # judged rows under the default threshold from which the widest one can be fitted


Parts = frozenset[int]  # by number


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Which heads are to be learned."""

    typing: bool = True
    confidence: bool = True


class Teaching:
    """Rows dealt into parts, and what the typing head learns without some of the parts, each worked out once."""

    def __init__(self, rows: Sequence[Row], coder: Coder) -> None:
        self.rows = tuple(rows)
        self.coder = coder
        self.parts = part_rows(rows)
        self._known: dict[Parts, Mapping[str, Mapping[str, float]]] = {}

    def without(self, left_out: Parts) -> list[int]:
        """The numbers of the rows that are in none of the parts left out."""
        return sorted(number for part, numbers in enumerate(self.parts) if part not in left_out for number in numbers)

    def categories(self, left_out: Parts) -> Mapping[str, Mapping[str, float]]:
        """What the typing head learns from the other rows."""
        if left_out not in self._known:
            self._known[left_out] = learn_categories([self.rows[n] for n in self.without(left_out)], self.coder)
        return self._known[left_out]


def learn_layer(teaching: Teaching, heads: Heads, left_out: Parts = frozenset()) -> Learned:
    """The layer that the rows, but for the parts left out, teach; a head that is not wanted stays as shipped."""
    coder = teaching.coder
    categories = teaching.categories(left_out) if heads.typing else {}
    calibration, cues = coder.calibration, dict[str, float]()
    if heads.confidence:
        rows = [teaching.rows[number] for number in teaching.without(left_out)]
        events = _read_unseen(teaching, left_out) if heads.typing else [row.shipped for row in rows]
        judged = [(row, event) for row, event in zip(rows, events, strict=True) if not row.lesson.added]
        calibration, cues = learn_confidence(judged, calibration)
    return _lay(coder, categories, calibration, cues)


def _lay(
    coder: Coder, categories: Mapping[str, Mapping[str, float]], calibration: Calibration, cues: Mapping[str, float]
) -> Learned:
    return name_layer(
        Learned(
            version="",
            model=coder.model.version,
            codebook=coder.codebook.name,
            categories=categories,
            calibration=calibration,
            cues=cues,
        )
    )


def name_layer(layer: Learned) -> Learned:
    """The layer with the hash of its content for a version."""
    numbers = map(str, _numbers(layer.calibration))
    content = [layer.model, layer.codebook, layer.categories, dict(layer.cues), *layer.signals, *numbers]
    return replace(layer, version=sha256(format_json(content).encode()).hexdigest()[:8])


def _numbers(calibration: Calibration) -> tuple[float, ...]:
    return (*calibration.weights, calibration.constant, calibration.threshold, calibration.widest)


def taught(coder: Coder, layer: Learned) -> Coder:
    """The coder with the layer."""
    return replace(coder, learned=layer, calibration=layer.calibration)


def learn_categories(rows: Sequence[Row], coder: Coder) -> Mapping[str, Mapping[str, float]]:
    """What each cue adds to the log odds of each category, from the rows whose right category somebody said."""
    names = coder.model.labels.categories
    known = [row for row in rows if row.lesson.category in names[1:]]
    shares = [_log_shares(row.sighting, coder) for row in known]
    told = [typing_cues(row.lemma, row.shipped.category) for row in known]
    vocabulary = _common(told, known)
    if not vocabulary:
        return {}
    wanted = np.array([names.index(row.lesson.category or "") for row in known], np.int64)
    weights = fit_categories(np.array(shares), _mark(told, vocabulary), wanted, _TYPING)
    learned = {
        cue: {name: round(float(w), 4) for name, w in zip(names, line, strict=True) if abs(w) >= _LEAST_WEIGHT}
        for cue, line in zip(vocabulary, weights, strict=True)
    }
    return {cue: found for cue, found in learned.items() if found}


def _log_shares(sighting: Sighting, coder: Coder) -> Floats:
    by_rule = sighting.candidate.category if sighting.candidate else None
    shares = weigh_categories(sighting.trigger, coder.model.labels, coder.table, by_rule)
    logs: Floats = np.log(np.maximum(shares, 1e-9))
    return logs


def _read_unseen(teaching: Teaching, left_out: Parts) -> list[ChosenEvent]:
    """Each row that is not left out as the typing head reads it when it was learned without the row's part.

    The confidence is to be learned from readings as good as those of new reports, not of reports learned by heart.
    """
    coder, read = teaching.coder, dict[int, ChosenEvent]()
    for part, numbers in enumerate(teaching.parts):
        if part not in left_out:
            categories = teaching.categories(left_out | {part})
            reader = taught(coder, _lay(coder, categories, coder.calibration, {}))
            read.update({number: teaching.rows[number].read_by(reader) for number in numbers})
    return [read[number] for number in teaching.without(left_out)]


def learn_confidence(
    judged: Sequence[tuple[Row, ChosenEvent]], shipped: Calibration
) -> tuple[Calibration, dict[str, float]]:
    """The calibration and the weights of the cues, from how often rows read so were right."""
    rows = [row for row, _ in judged]
    told = [cues_of(row, event) for row, event in judged]
    vocabulary = _common(told, rows)
    right = np.array([row.is_right(event) for row, event in judged], float)
    signals = np.array([event.signals for _, event in judged], float).reshape(len(rows), len(SIGNALS))
    design = np.concatenate([np.ones((len(rows), 1)), signals, _mark(told, vocabulary)], 1)
    centre = np.array([shipped.constant, *shipped.weights])
    hold = np.array([_HOLD_CONSTANT, *([_HOLD_SIGNAL] * len(SIGNALS))])
    weights = fit_logistic(design, right, centre, hold, _CUE)
    sureness = 1.0 / (1.0 + np.exp(-(design @ weights)))
    constant, *numbers = (round(float(w), 4) for w in weights)
    calibration = Calibration(
        weights=tuple(numbers[: len(SIGNALS)]),
        constant=constant,
        threshold=fit_threshold(sureness, right, lowest=shipped.threshold),
        widest=shipped.widest,
    )
    calibration = replace(calibration, widest=fit_widest(sureness, right, calibration))
    cues = zip(vocabulary, numbers[len(SIGNALS) :], strict=True)
    return calibration, {cue: weight for cue, weight in cues if abs(weight) >= _LEAST_WEIGHT}


def cues_of(row: Row, event: ChosenEvent) -> tuple[str, ...]:
    """The cues of a row's reading that the confidence looks at."""
    return confidence_cues(row.lemma, event.category, event.mode, event.status, event.by)


def fit_threshold(sureness: Floats, right: Floats, *, lowest: float) -> float:
    """The lowest threshold from `lowest` on, in steps of 0.01, at which the wanted share of judged rows is right.

    It never falls under the shipped one: a calibrated confidence means the same in every project, so the rows that a
    lower threshold would add are those that are more often wrong; and nobody judged what was not written. Where the
    wanted share would cost half of the right rows, it stays as shipped.

    >>> fit_threshold(np.array([0.5, 0.6, 0.7, 0.8]), np.array([0.0, 0.0, 1.0, 1.0]), lowest=0.4)
    0.51
    """
    for threshold in np.arange(lowest, _HIGHEST, 0.01):
        kept = sureness >= threshold
        if right[kept].sum() < 0.5 * right.sum():
            break
        if kept.any() and right[kept].mean() >= _WANTED_PRECISION:
            return round(float(threshold), 2)
    return lowest


def fit_widest(sureness: Floats, right: Floats, calibration: Calibration) -> float:
    """The threshold at which precision and recall of judged rows balance best; as shipped when few lie that low."""
    if int((sureness < calibration.threshold).sum()) < _ROWS_BELOW:
        return min(calibration.widest, calibration.threshold)
    tried = np.arange(min(0.15, calibration.threshold), calibration.threshold + 0.001, 0.01)
    scores = [right[sureness >= t].sum() / ((sureness >= t).sum() + right.sum() + 1e-9) for t in tried]
    return round(float(tried[int(np.argmax(scores))]), 2)


def _common(told: Sequence[tuple[str, ...]], rows: Sequence[Row]) -> list[str]:
    """The cues that occur in several stories, sorted."""
    groups: dict[str, set[str]] = defaultdict(set)
    for cues, row in zip(told, rows, strict=True):
        for cue in cues:
            groups[cue].add(row.group)
    return sorted(cue for cue, found in groups.items() if len(found) >= _REPORTS_OF_A_CUE)


def _mark(told: Sequence[tuple[str, ...]], vocabulary: Sequence[str]) -> NDArray[np.float64]:
    place = {cue: column for column, cue in enumerate(vocabulary)}
    marks = np.zeros((len(told), len(vocabulary)))
    for number, cues in enumerate(told):
        marks[number, [place[cue] for cue in cues if cue in place]] = 1.0
    return marks
