from datetime import date

import make_analysis as make
from dragoman.analysis import Happening, digest
from dragoman.analysis.digest import Departure
from dragoman.analysis.tables import digest_lines
from dragoman.analysis.values import Estimate


def year(score: float = 4.0) -> list[Happening]:
    """One sure event in each month of 2024, scores going up and down by one."""
    return [
        make.happening(f"m{n:02}", day=f"2024-{n:02}-10", confidence=1.0, score=score + n % 2, documents=(f"old{n}",))
        for n in range(1, 13)
    ]


def test_nothing_new_is_an_empty_digest() -> None:
    found = digest(year(), [])
    assert (found.events, found.dyads, found.departures, found.agreements) == (0, (), (), ())


def test_empty_record_is_no_error() -> None:
    assert digest([], ["d1"]).events == 0


def test_new_events_are_counted_by_pair_whatever_the_direction() -> None:
    told = [
        make.happening("a", documents=("n1", "n2")),
        make.happening("b", "ARM", "KAZ", documents=("n2",)),
        make.happening("c", "ARM", "AZE", documents=("n3",)),
    ]
    found = digest(told, ["n1", "n2", "n3"])
    assert [(pair.one, pair.other, pair.events, pair.reports) for pair in found.dyads] == [
        ("ARM", "KAZ", 2, 2),
        ("ARM", "AZE", 1, 1),
    ]


def test_joint_event_is_one_event_of_its_pair() -> None:
    event = make.event("a", ["KAZ", "ARM"], [], reciprocal=True)
    from dragoman.analysis import collect_happenings

    (pair,) = digest(collect_happenings([event]), ["d1"]).dyads
    assert pair.events == 1


def test_known_event_told_again_is_not_new() -> None:
    found = digest([make.happening("a", documents=("old", "n1"))], ["n1"])
    assert (found.events, found.grown) == (0, 1)


def test_month_outside_the_band_is_said() -> None:
    found = digest(
        [*year(), make.happening("x", day="2025-01-03", confidence=1.0, score=-9.0, documents=("n",))], ["n"]
    )
    # sums 5, 4, 5, 4 ...: mean 4.5, deviation sqrt(12 * .25 / 11) = .522
    assert found.departures == (
        Departure(source="KAZ", target="ARM", month=date(2025, 1, 1), score=Estimate(value=-9.0, low=-9.0, high=-9.0),
                  low=3.455534, high=5.544466, clusters=("x",)),
    )  # fmt: skip


def test_month_whose_event_may_be_a_mistake_does_not_leave_the_band() -> None:
    doubtful = make.happening("x", day="2025-01-03", confidence=0.6, score=-9.0, documents=("n",))
    silent = [make.happening("m", day="2024-01-10", source="GEO", documents=("old",))]
    assert digest([*silent, doubtful], ["n"]).departures == ()


def test_month_inside_the_band_is_not_said() -> None:
    told = [*year(), make.happening("x", day="2025-01-03", confidence=1.0, score=5.0, documents=("n",))]
    assert digest(told, ["n"]).departures == ()


def test_short_history_draws_no_band_and_says_so() -> None:
    told = [*year()[6:], make.happening("x", day="2025-01-03", confidence=1.0, score=-9.0, documents=("n",))]
    found = digest(told, ["n"])
    assert (found.departures, found.short) == ((), (("KAZ", "ARM"),))


def test_dyad_silent_for_a_year_has_a_band_of_zeros() -> None:
    told = [*year(), make.happening("x", "GEO", "ARM", day="2025-01-03", confidence=1.0, score=2.5, documents=("n",))]
    (departure,) = digest(told, ["n"]).departures
    assert (departure.source, departure.low, departure.high) == ("GEO", 0.0, 0.0)


def test_new_agreements_are_told_once_for_each_cluster() -> None:
    told = [
        make.agreement("g1", "Trade treaty", document="n1"),
        make.agreement("g2", "The trade treaty", document="n2"),
        make.agreement("g3", "Old pact", document="old"),
        make.agreement("g4", "Old pact again", document="n1"),
    ]
    clusters = [make.cluster("x", "g1", "g2", kind="agreement"), make.cluster("y", "g3", "g4", kind="agreement")]
    (one,) = digest([], ["n1", "n2"], told, clusters).agreements
    assert (one.agreement.id, one.records, one.documents) == ("g1", 2, 2)


def test_digest_is_written_in_lines() -> None:
    told = [*year(), make.happening("x", day="2025-01-03", confidence=1.0, score=-9.0, documents=("n",))]
    lines = digest_lines(digest(told, ["n"], [make.agreement("g", "Trade treaty", document="n")]), "new")
    assert lines == (
        "new: 1 new event from 1 report in 1 new document; 0 known events told again",
        "  ARM - KAZ: 1 event (1 report)",
        "left its 12-month band: KAZ to ARM in 2025-01, PLOVER sum -9.0 [-9.0, -9.0], band [+3.5, +5.5]",
        "new agreement: Trade treaty · signed · KAZ, ARM (1 report)",
    )
