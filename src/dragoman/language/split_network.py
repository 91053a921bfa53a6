"""The splitter's network at run time: convolutions over token features, in numpy.

    x  = embeddings of the columns, side by side        (n, width)
    for each of the branches, which share the embeddings only:
        h1 = relu(conv5(x))                             (n, hidden)
        h2 = h1 + relu(conv5, step 2 (h1))
        h3 = h2 + relu(conv3, step 4 (h2))
        h4 = h3 + relu(conv3, step 6 (h3))
        score = h4 . out + bias                         (n,)  log-odds that a sentence ends with the token

The score is the mean over the branches, which were trained together from different first weights: several small
opinions are steadier than a large one. It looks sixteen tokens to each side. Weights are float16, the word table int8
with one scale a column.
"""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ResourceError
from dragoman.language.split_features import COLUMNS

FORMAT = 2
STEPS = (1, 2, 4, 6)
WIDTHS = (5, 5, 3, 3)
REACH = sum(step * (width // 2) for step, width in zip(STEPS, WIDTHS, strict=True))
# Tokens scored at once: large enough for fast products, small enough for the cache.
_BLOCK = 2048

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class SplitWeights:
    """Tables (one a column) and decision threshold; of each branch its kernels, biases, output vector with bias.

    Kernels, one a layer: (branches, taps, in, out); biases (branches, out); `out` (branches, hidden + 1).
    """

    tables: tuple[Floats, ...]
    kernels: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    out: Floats
    threshold: float


def load_split_weights(path: Path) -> SplitWeights:
    """Read the weights from an `.npz` file; `ResourceError` when it is missing, damaged or of another format."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return _unpack(path, stored)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise ResourceError(
            f"{path}: not a readable splitter file ({error}); reinstall dragoman or run dragoman.train.splitter"
        ) from error


def _unpack(path: Path, stored: "np.lib.npyio.NpzFile") -> SplitWeights:
    if int(stored["format"]) != FORMAT:
        found = int(stored["format"])
        raise ResourceError(f"{path}: splitter format {found}, expected {FORMAT}; install the matching dragoman")
    words = stored["words"].astype(np.float32) * stored["word_scale"].astype(np.float32)
    others = tuple(stored[f"table{number}"].astype(np.float32) for number in range(1, len(COLUMNS)))
    return SplitWeights(
        tables=(words, *others),
        kernels=tuple(stored[f"kernel{number}"].astype(np.float32) for number in range(len(STEPS))),
        biases=tuple(stored[f"bias{number}"].astype(np.float32) for number in range(len(STEPS))),
        out=stored["out"].astype(np.float32),
        threshold=float(stored["threshold"]),
    )


def score_ends(weights: SplitWeights, features: NDArray[np.int32]) -> Floats:
    """Log-odds minus the threshold, (tokens,): above 0 a sentence ends with the token."""
    scores = np.empty(len(features), np.float32)
    for start in range(0, len(features), _BLOCK):
        first, last = max(0, start - REACH), min(len(features), start + _BLOCK + REACH)
        block = _score_block(weights, features[first:last])
        scores[start : start + _BLOCK] = block[start - first : start - first + _BLOCK]
    return scores


def _score_block(weights: SplitWeights, features: NDArray[np.int32]) -> Floats:
    states = np.concatenate([table[features[:, column]] for column, table in enumerate(weights.tables)], axis=1)
    beside = _lay_beside(states, WIDTHS[0], STEPS[0])
    branches = [_score_branch(weights, beside, branch) for branch in range(len(weights.out))]
    return np.asarray(np.mean(branches, axis=0) - weights.threshold, np.float32)


def _score_branch(weights: SplitWeights, beside: Floats, branch: int) -> Floats:
    """The branch's scores from the first layer's windows, which all branches share."""
    states = _convolve(beside, weights.kernels[0][branch], weights.biases[0][branch])
    for layer in range(1, len(STEPS)):
        beside = _lay_beside(states, WIDTHS[layer], STEPS[layer])
        fresh = _convolve(beside, weights.kernels[layer][branch], weights.biases[layer][branch])
        states = np.add(fresh, states, out=fresh)
    out = weights.out[branch]
    return np.asarray(states @ out[:-1] + out[-1], np.float32)


def _lay_beside(states: Floats, taps: int, step: int) -> Floats:
    """(n, taps x width): each row's neighbours side by side, zeros beyond the ends."""
    size, width = states.shape
    margin = taps // 2 * step
    padded = np.zeros((size + 2 * margin, width), np.float32)
    padded[margin : margin + size] = states
    row, column = padded.strides
    windows = np.lib.stride_tricks.as_strided(padded, (size, taps, width), (row, step * row, column), writeable=False)
    return windows.reshape(size, taps * width)


def _convolve(beside: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Convolution over the windows of `_lay_beside`, then relu, in one product."""
    total: Floats = beside @ kernel.reshape(beside.shape[1], -1)
    total += bias
    return np.maximum(total, 0, out=total)
