from random import Random

from dragoman.clusters.linking import link_groups, ordered


def test_weak_link_does_not_pull_a_chain_together() -> None:
    scores = {("a", "b"): 0.9, ("c", "d"): 0.9, ("b", "c"): 0.7}
    assert link_groups("abcd", scores, threshold=0.5) == (("a", "b"), ("c", "d"))


def test_pair_held_apart_is_never_joined() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.9}
    found = link_groups("abc", scores, threshold=0.5, apart=frozenset({("a", "c")}))
    assert found == (("a", "b"), ("c",))


def test_nothing_alike_stays_alone() -> None:
    assert link_groups("ab", {("a", "b"): 0.4}, threshold=0.5) == (("a",), ("b",))


def test_groups_do_not_depend_on_the_order_of_pairs() -> None:
    draw = Random(5)
    names = [f"r{n}" for n in range(12)]
    pairs = [(ordered(a, b), draw.choice((0.0, 0.1, 0.6, 0.9, 0.9))) for a in names for b in names if a < b]
    expected = link_groups(names, dict(pairs), threshold=0.5)
    for _ in range(10):
        draw.shuffle(pairs)
        draw.shuffle(names)
        assert link_groups(names, dict(pairs), threshold=0.5) == expected
    assert 1 < len(expected) < 12
