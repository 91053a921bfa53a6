from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dragoman.language.decode import allowed_transitions, decode_heads, decode_tags, spans_of

TAGS = ("O", "B-Person", "I-Person", "B-Date", "I-Date")
TABLE = allowed_transitions(TAGS)

Scores = NDArray[np.float32]


def scores_of(seed: int, *shape: int, spread: float = 1.0) -> Scores:
    return (np.random.default_rng(seed).normal(size=shape) * spread).astype(np.float32)


def leads_to_root(heads: tuple[int, ...]) -> bool:
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


def best_score_by_trial(arcs: Scores) -> float:
    """The score of the best tree with one root word, all heads tried."""
    words = len(arcs) - 1
    trees = (
        heads
        for heads in product(range(words + 1), repeat=words)
        if heads.count(0) == 1 and all(head != word for word, head in enumerate(heads, 1)) and leads_to_root(heads)
    )
    return max(score_of(arcs, heads) for heads in trees)


def score_of(arcs: Scores, heads: Any) -> float:
    return float(sum(arcs[word, int(head)] for word, head in enumerate(heads, 1)))


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), words=st.integers(1, 5))
def test_tree_is_the_best_of_all_trees(seed: int, words: int) -> None:
    arcs = scores_of(seed, words + 1, words + 1)
    heads = decode_heads(arcs[None], np.array([words]))[0]
    assert score_of(arcs, heads) == pytest.approx(best_score_by_trial(arcs), abs=1e-4)


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), words=st.integers(1, 40), spread=st.floats(0.01, 50))
def test_tree_has_one_root_and_no_circle(seed: int, words: int, spread: float) -> None:
    arcs = scores_of(seed, words + 1, words + 1, spread=spread)
    heads = tuple(decode_heads(arcs[None], np.array([words]))[0].tolist())
    assert heads.count(0) == 1
    assert leads_to_root(heads)


def test_equal_scores_still_give_a_tree() -> None:
    heads = tuple(decode_heads(np.zeros((1, 7, 7), np.float32), np.array([6]))[0].tolist())
    assert heads.count(0) == 1
    assert leads_to_root(heads)


def test_second_root_is_given_up_where_it_costs_least() -> None:
    arcs = np.full((1, 4, 4), -9, np.float32)
    arcs[0, 1, 0], arcs[0, 2, 0], arcs[0, 3, 0] = 5, 4, 3
    arcs[0, 2, 1], arcs[0, 3, 1] = 1, 2
    assert decode_heads(arcs, np.array([3]))[0].tolist() == [0, 1, 1]


def test_circle_is_broken_at_its_weakest_place() -> None:
    arcs = np.full((1, 3, 3), -9, np.float32)
    arcs[0, 1, 2], arcs[0, 2, 1] = 5, 5
    arcs[0, 1, 0], arcs[0, 2, 0] = 1, 2
    assert decode_heads(arcs, np.array([2]))[0].tolist() == [2, 0]


def test_short_sentence_has_no_heads_at_padding() -> None:
    heads = decode_heads(scores_of(3, 2, 7, 7), np.array([3, 6]))
    assert heads[0, 3:].tolist() == [0, 0, 0]
    assert heads[0, :3].max() <= 3


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), lengths=st.lists(st.integers(1, 8), min_size=2, max_size=5))
def test_trees_do_not_depend_on_the_batch(seed: int, lengths: list[int]) -> None:
    size = max(lengths) + 1
    arcs = scores_of(seed, len(lengths), size, size)
    together = decode_heads(arcs, np.array(lengths))
    for row, length in enumerate(lengths):
        alone = decode_heads(arcs[row : row + 1, : length + 1, : length + 1], np.array([length]))
        assert together[row, :length].tolist() == alone[0].tolist()


def test_scores_are_not_changed() -> None:
    arcs = scores_of(5, 1, 5, 5)
    before = arcs.copy()
    decode_heads(arcs, np.array([4]))
    assert (arcs == before).all()


def is_legal(tags: list[str]) -> bool:
    return all(
        not tag.startswith("I-") or before in (f"B-{tag[2:]}", tag)
        for before, tag in zip(["O", *tags], tags, strict=False)
    )


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("O", "I-Person", False),
        ("B-Person", "I-Person", True),
        ("I-Person", "I-Person", True),
        ("B-Date", "I-Person", False),
        ("I-Person", "B-Person", True),
        ("I-Date", "O", True),
    ],
)
def test_only_a_begun_span_goes_on(before: str, after: str, allowed: bool) -> None:
    assert bool(TABLE[TAGS.index(before), TAGS.index(after)] == 0) is allowed


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), words=st.integers(1, 5))
def test_tags_are_the_best_legal_ones(seed: int, words: int) -> None:
    scores = scores_of(seed, 1, words, len(TAGS), spread=3.0)
    found = decode_tags(scores, np.array([words]), TABLE)[0]
    legal = [row for row in product(range(len(TAGS)), repeat=words) if is_legal([TAGS[tag] for tag in row])]
    best = max(float(sum(scores[0, word, tag] for word, tag in enumerate(row))) for row in legal)
    assert is_legal([TAGS[tag] for tag in found])
    assert float(sum(scores[0, word, tag] for word, tag in enumerate(found))) == pytest.approx(best, abs=1e-4)


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), lengths=st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_tags_do_not_depend_on_the_batch(seed: int, lengths: list[int]) -> None:
    scores = scores_of(seed, len(lengths), max(lengths), len(TAGS), spread=3.0)
    together = decode_tags(scores, np.array(lengths), TABLE)
    for row, length in enumerate(lengths):
        alone = decode_tags(scores[row : row + 1, :length], np.array([length]), TABLE)
        assert together[row].tolist() == [*alone[0].tolist(), *([0] * (max(lengths) - length))]


def test_spans_next_to_each_other_stay_apart() -> None:
    assert spans_of(["B-Date", "B-Date", "I-Date", "O", "B-Person"]) == [
        (0, 1, "Date"),
        (1, 3, "Date"),
        (4, 5, "Person"),
    ]


def test_no_tags_no_spans() -> None:
    assert spans_of(["O", "O"]) == []
