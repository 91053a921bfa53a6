from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from dragoman.coding.spans import find_arguments

TREE = make.tree("""
the the DET DT 4 det
two two NUM CD 4 nummod
armed armed ADJ JJ 4 amod
rebels rebel NOUN NNS 6 nsubj
who who PRON WP 6 nsubj
attacked attack VERB VBD 0 root
Ana Ana PROPN NNP 6 obj Person
Maria Maria PROPN NNP 7 flat Person-
and and CCONJ CC 10 cc
Chad Chad PROPN NNP 7 conj Location
in in ADP IN 12 case
Mali Mali PROPN NNP 6 obl Location
""")
WORDS = len(TREE.sentence.tokens)


def spans(chosen: dict[int, float], threshold: float = 0.5) -> list[tuple[int, int, int]]:
    probabilities = np.full(WORDS, 0.01, np.float32)
    for word, share in chosen.items():
        probabilities[word] = share
    return [(span.start, span.end, span.head) for span in find_arguments(TREE, probabilities, threshold=threshold)]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, []),
        ({3: 0.9}, [(0, 4, 3)]),
        ({0: 0.9}, [(0, 4, 3)]),
        ({1: 0.9, 2: 0.9, 3: 0.9}, [(0, 4, 3)]),
        ({6: 0.9}, [(6, 8, 6)]),
        ({6: 0.9, 7: 0.9, 8: 0.9}, [(6, 8, 6)]),
        ({6: 0.9, 7: 0.9, 9: 0.9}, [(6, 8, 6), (9, 10, 9)]),
        ({10: 0.9, 11: 0.9}, [(11, 12, 11)]),
        ({10: 0.9}, []),
    ],
)
def test_words_grow_to_phrases(chosen: dict[int, float], found: list[tuple[int, int, int]]) -> None:
    assert spans(chosen) == found


@given(shares=st.lists(st.floats(0, 1, width=32), min_size=WORDS, max_size=WORDS))
def test_phrases_never_overlap_and_hold_their_heads(shares: list[float]) -> None:
    found = find_arguments(TREE, np.array(shares, np.float32))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(span.start <= span.head < span.end for span in found)


def test_threshold_is_reached_by_equality() -> None:
    assert spans({11: 0.5}) == [(11, 12, 11)]
    assert spans({11: 0.3}, threshold=0.25) == [(11, 12, 11)]
    assert spans({11: 0.3}) == []


def test_probability_is_the_mean_of_the_chosen_words() -> None:
    probabilities = np.zeros(WORDS, np.float32)
    probabilities[6], probabilities[7] = 0.6, 0.8
    (span,) = find_arguments(TREE, probabilities)
    assert span.probability == pytest.approx(0.7)
