from itertools import permutations
from random import Random

import pytest

from dragoman.errors import InputError
from dragoman.evaluate.clusters import assign, score_clusters


def key(*groups: str) -> dict[str, str]:
    """A clustering written as strings of one-letter mentions."""
    return {name: str(number) for number, group in enumerate(groups) for name in group}


def test_equal_clusterings_score_hundred() -> None:
    scores = score_clusters(key("abc", "de", "f"), key("f", "de", "cab"))
    assert (scores.pairs.f1, scores.conll) == (100.0, 100.0)


# Expected values written out by hand from the definitions.
def test_measures_of_a_worked_example() -> None:
    scores = score_clusters(key("abc", "defg"), key("ab", "cd", "fge"))
    assert scores.muc.recall == pytest.approx(100 * (1 + 2) / (2 + 3))
    assert scores.muc.precision == pytest.approx(100 * (1 + 0 + 2) / (1 + 1 + 2))
    assert scores.b3.recall == pytest.approx(100 * (2 * 2 / 3 + 1 / 3 + 1 / 4 + 3 * 3 / 4) / 7)
    assert scores.b3.precision == pytest.approx(100 * (2 + 1 / 2 + 1 / 2 + 3) / 7)
    assert scores.ceafe.recall == pytest.approx(100 * (4 / 5 + 6 / 7) / 2)
    assert scores.ceafe.precision == pytest.approx(100 * (4 / 5 + 6 / 7) / 3)
    assert scores.pairs.precision == pytest.approx(100 * 4 / 5)
    assert scores.pairs.recall == pytest.approx(100 * 4 / 9)


def test_one_cluster_of_all_has_full_recall() -> None:
    scores = score_clusters(key("ab", "cd"), key("abcd"))
    assert (scores.muc.recall, scores.b3.recall, scores.pairs.recall) == (100.0, 100.0, 100.0)
    assert scores.b3.precision == pytest.approx(50.0)


def test_singletons_have_no_links() -> None:
    scores = score_clusters(key("ab"), key("a", "b"))
    assert (scores.muc.f1, scores.pairs.f1) == (0.0, 0.0)


def test_other_mentions_are_refused() -> None:
    with pytest.raises(InputError, match="'b'"):
        score_clusters(key("ab"), key("a"))


def test_assignment_is_the_cheapest_of_all() -> None:
    draw = Random(4)
    for rows, columns in ((1, 1), (2, 4), (4, 4), (5, 6)):
        for _ in range(20):
            costs = [[draw.random() for _ in range(columns)] for _ in range(rows)]
            found = sum(costs[row][column] for row, column in enumerate(assign(costs)))
            best = min(
                sum(costs[row][column] for row, column in enumerate(order))
                for order in permutations(range(columns), rows)
            )
            assert found == pytest.approx(best)
