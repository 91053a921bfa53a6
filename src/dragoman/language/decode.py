"""Scores to decisions: trees from arc scores, spans from entity scores. Pure functions on numpy arrays."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_FORBIDDEN = np.float32(-1e4)


def decode_heads(arcs: Floats, lengths: Ints) -> Ints:
    """The best single-root tree of each sentence.

    Args:
        arcs: (sentences, words + 1, words + 1); row i, column j scores j as the head of i; index 0 is the root.
        lengths: (sentences,) number of words, at most words.

    Returns:
        (sentences, words): the head of each word, counted from 1, 0 being the root; 0 at padding.
    """
    size = arcs.shape[1]
    scores = np.array(arcs, dtype=np.float32)
    index = np.arange(size)
    scores[:, index, index] = _FORBIDDEN
    padding = index[None, :] > lengths[:, None]
    scores += (padding * _FORBIDDEN)[:, None, :]
    heads = scores[:, 1:].argmax(-1)
    heads[padding[:, 1:]] = 0
    for row in np.flatnonzero(~_are_trees(heads, lengths)):
        length = int(lengths[row])
        heads[row, :length] = _best_tree(scores[row, : length + 1, : length + 1])
    return np.asarray(heads, dtype=np.int64)


def _are_trees(heads: Ints, lengths: Ints) -> NDArray[np.bool_]:
    """True for rows with exactly one root word in which every word leads to the root (pointer jumping)."""
    sentences, size = heads.shape
    real = np.arange(size)[None, :] < lengths[:, None]
    single = ((heads == 0) & real).sum(1) == 1
    jump = np.concatenate([np.zeros((sentences, 1), heads.dtype), heads], 1)
    rows = np.arange(sentences)[:, None]
    for _ in range(max(1, int(size).bit_length())):
        jump = jump[rows, jump]
    return np.asarray(single & (jump == 0).all(1))


def _best_tree(scores: Floats) -> Ints:
    """Maximum spanning arborescence (Chu and Liu 1965, Edmonds 1967) with one child of the root; heads from 1."""
    weights = scores.astype(np.float64)
    heads = _contract(weights)[1:]
    if np.count_nonzero(heads == 0) > 1:
        # A cost for each arc from the root that no gain can outweigh leaves exactly one of them.
        weights[1:, 0] -= 1e6
        heads = _contract(weights)[1:]
    return np.asarray(heads, dtype=np.int64)


def _contract(weights: NDArray[np.float64]) -> Ints:
    size = len(weights)
    best = weights.copy()
    np.fill_diagonal(best, -np.inf)
    heads = best.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return np.asarray(heads, dtype=np.int64)
    inside = np.zeros(size, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = best[cycle, heads[cycle]]
    # Entering the cycle at a node replaces the arc that the node has in it.
    entering = best[np.ix_(cycle, outside)] - kept[:, None]
    leaving = best[np.ix_(outside, cycle)]
    count = len(outside)
    smaller = np.full((count + 1, count + 1), -np.inf)
    smaller[:count, :count] = best[np.ix_(outside, outside)]
    smaller[count, :count] = entering.max(0)
    smaller[:count, count] = leaving.max(1)
    smaller[0] = -np.inf
    solved = _contract(smaller)
    result = heads.copy()
    for place in range(1, count):
        head = solved[place]
        node = outside[place]
        result[node] = cycle[leaving[place].argmax()] if head == count else outside[head]
    entry = outside[solved[count]]
    first = cycle[entering[:, solved[count]].argmax()]
    result[first] = entry
    return np.asarray(result, dtype=np.int64)


def _find_cycle(heads: Ints) -> Ints | None:
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :], dtype=np.int64)
        state[path] = 2
    return None


def allowed_transitions(tags: tuple[str, ...]) -> Floats:
    """(tags, tags): 0 where the column may follow the row, a large negative number where `I-X` would not continue X."""
    size = len(tags)
    table = np.zeros((size, size), np.float32)
    for column, tag in enumerate(tags):
        if tag.startswith("I-"):
            kind = tag[2:]
            table[:, column] = _FORBIDDEN
            for row, before in enumerate(tags):
                if before in {f"B-{kind}", f"I-{kind}"}:
                    table[row, column] = 0
    return table


def decode_tags(scores: Floats, lengths: Ints, transitions: Floats) -> Ints:
    """The best allowed tag sequence of each sentence.

    The best tag of every word is the answer where those follow one another legally; other sentences are searched.

    Args:
        scores: (sentences, words, tags) log scores.
        lengths: (sentences,) number of words.
        transitions: (tags, tags) from `allowed_transitions`; tag 0 must be `O`.

    Returns:
        (sentences, words) tag numbers, 0 at padding.
    """
    tags = scores.argmax(2)
    tags[np.arange(tags.shape[1]) >= lengths[:, None]] = 0
    before = np.zeros_like(tags)
    before[:, 1:] = tags[:, :-1]
    broken = np.flatnonzero((transitions[before, tags] < 0).any(1))
    if len(broken):
        tags[broken] = _search_tags(scores[broken], lengths[broken], transitions)
    return np.asarray(tags, dtype=np.int64)


def _search_tags(scores: Floats, lengths: Ints, transitions: Floats) -> Ints:
    """The allowed sequences of the highest sums (Viterbi over all sentences at once)."""
    sentences, words, tags = scores.shape
    back = np.zeros((sentences, words, tags), np.int64)
    best = scores[:, 0] + transitions[0][None]
    for word in range(1, words):
        reach = best[:, :, None] + transitions[None]
        back[:, word] = reach.argmax(1)
        following = reach.max(1) + scores[:, word]
        # Past its end a sentence keeps its last scores.
        best = np.where((word < lengths)[:, None], following, best)
    result = np.zeros((sentences, words), np.int64)
    current = best.argmax(1)
    rows = np.arange(sentences)
    for word in range(words - 1, -1, -1):
        real = word < lengths
        result[real, word] = current[real]
        if word:
            current = np.where(real, back[rows, word, current], current)
    return result


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    """The (start, end, kind) spans of a legal BIO sequence, half-open.

    >>> spans_of(["B-Person", "I-Person", "O", "B-Date"])
    [(0, 2, 'Person'), (3, 4, 'Date')]
    """
    spans: list[tuple[int, int, str]] = []
    for place, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((place, place + 1, tag[2:]))
        elif tag.startswith("I-"):
            start, _, kind = spans[-1]
            spans[-1] = (start, place + 1, kind)
    return spans
