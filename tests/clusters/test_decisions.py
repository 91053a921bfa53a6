from itertools import permutations

from dragoman.clusters.decisions import apply_joins, weigh_decisions
from dragoman.types.cluster import ClusterDecision, Joining


def join(at: int, *records: str) -> ClusterDecision:
    return ClusterDecision(id=f"j{at}", joining=Joining.JOIN, records=records, by="ada", decided_at=f"2027-01-0{at}")


def split(at: int, *records: str) -> ClusterDecision:
    return ClusterDecision(id=f"s{at}", joining=Joining.SPLIT, records=records, by="ada", decided_at=f"2027-01-0{at}")


def test_split_concerns_the_first_record_only() -> None:
    assert weigh_decisions([split(1, "c", "a", "b")]).apart == {("a", "c"), ("b", "c")}


def test_later_split_undoes_a_join_of_the_pair() -> None:
    rulings = weigh_decisions([join(1, "a", "b", "c"), split(2, "c", "a", "b")])
    assert (rulings.together, rulings.apart) == ((frozenset("ab"),), {("a", "c"), ("b", "c")})


def test_later_join_undoes_a_split() -> None:
    rulings = weigh_decisions([split(1, "a", "b"), join(2, "a", "b")])
    assert (rulings.together, rulings.apart) == ((frozenset("ab"),), frozenset())


def test_what_follows_from_joins_yields_to_a_later_split() -> None:
    rulings = weigh_decisions([join(1, "a", "b"), join(2, "b", "c"), split(3, "a", "c")])
    assert (rulings.together, rulings.apart) == ((frozenset("bc"),), {("a", "c")})


def test_order_of_arrival_does_not_matter() -> None:
    decisions = [join(1, "a", "b"), split(2, "b", "c"), join(3, "c", "a"), split(4, "d", "a")]
    assert len({(r.together, r.apart) for r in map(weigh_decisions, permutations(decisions))}) == 1


def test_join_moves_whole_groups() -> None:
    rulings = weigh_decisions([join(1, "a", "c")])
    assert apply_joins([("a", "b"), ("c", "d")], rulings) == (("a", "b", "c", "d"),)


def test_join_moves_only_the_named_where_groups_must_stay_apart() -> None:
    rulings = weigh_decisions([split(1, "b", "d"), join(2, "a", "c")])
    groups = apply_joins([("a", "b"), ("c", "d")], rulings)
    (together,) = [group for group in groups if "a" in group]
    assert "c" in together
    assert not any({"b", "d"} <= set(group) for group in groups)


def test_join_of_records_that_are_not_there_does_nothing() -> None:
    assert apply_joins([("a",)], weigh_decisions([join(1, "a", "z")])) == (("a",),)
