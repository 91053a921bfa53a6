"""Orders of the queue."""

from dragoman.review.queue import Order, Waiting, arrange, draw_sample

NOBODY = frozenset[str]()


def waiting(name: str, sure: float, review: str = "open", place: int = 0, by: str | None = None) -> Waiting:
    judged = frozenset([by] if by else [])
    return Waiting(record=name, confidence=sure, review=review, place=place, judged_by=judged)


def names(found: list[Waiting]) -> list[str]:
    return [one.record for one in found]


def test_least_sure_comes_first_and_decided_ones_are_done() -> None:
    given = [waiting("a", 0.9), waiting("b", 0.2), waiting("c", 0.1, "accepted"), waiting("d", 0.5, "stale")]
    assert names(arrange(given, Order.LEAST_SURE, reviewer="ada", skipped=NOBODY)) == ["b", "d", "a"]


def test_skipped_ones_come_last() -> None:
    given = [waiting("a", 0.9), waiting("b", 0.2)]
    assert names(arrange(given, Order.LEAST_SURE, reviewer="ada", skipped=frozenset("b"))) == ["a", "b"]


def test_disputed_ones_come_before_differing_reports() -> None:
    given = [waiting("a", 0.1), waiting("b", 0.9, "disputed", by="ada"), waiting("c", 0.2, by="ada")]
    assert names(arrange(given, Order.DISAGREEMENT, reviewer="ada", skipped=NOBODY)) == ["b", "a"]


def test_report_keeps_the_order_of_the_text() -> None:
    given = [waiting("a", 0.1, place=2), waiting("b", 0.9, place=1)]
    assert names(arrange(given, Order.REPORT, reviewer="ada", skipped=NOBODY)) == ["b", "a"]


def test_double_coding_asks_everyone_the_same_whatever_others_said() -> None:
    given = [waiting(name, 0.5, "accepted", by="ada") for name in ("r1", "r2", "r3")]
    assert names(arrange(given, Order.BLIND, reviewer="ben", skipped=NOBODY)) == draw_sample(["r1", "r2", "r3"], 3)
    assert arrange(given, Order.BLIND, reviewer="ada", skipped=NOBODY) == []


def test_random_order_is_not_the_order_of_ids_and_stays() -> None:
    ids = [f"ev_{number:03}" for number in range(50)]
    drawn = draw_sample(ids, 50)
    assert drawn != ids
    assert draw_sample(reversed(ids), 50) == drawn


def test_a_new_record_does_not_move_the_others() -> None:
    ids = [f"ev_{number:03}" for number in range(50)]
    before = draw_sample(ids, 60)
    assert [one for one in draw_sample([*ids, "ev_new"], 60) if one != "ev_new"] == before


def test_sample_is_even_over_confidence() -> None:
    ids = [f"ev_{number:05}" for number in range(10_000)]
    low_half = sum(one < "ev_05000" for one in draw_sample(ids, 1000))
    assert 440 < low_half < 560


def test_every_order_says_what_it_is_and_why() -> None:
    assert all(order.label and order.reason for order in Order)
