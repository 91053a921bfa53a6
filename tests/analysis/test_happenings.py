from datetime import date

import make_analysis as make
from dragoman.analysis import CountingRule, Dated, Happening, Tie, collect_happenings, events_of
from dragoman.types.cluster import Cluster, Disagreement
from dragoman.types.record import Coding, Event, Provenance, Status
from dragoman.types.when import TimeBasis


def collect(*events: Event, **given: object) -> tuple[Happening, ...]:
    return collect_happenings(events, **given)  # type: ignore[arg-type]


def test_no_events_are_no_happenings() -> None:
    assert collect() == ()


def test_record_without_a_cluster_is_a_happening_of_its_own() -> None:
    assert [one.id for one in collect(make.event("a"), make.event("b"))] == ["a", "b"]


def test_records_of_one_cluster_are_one_happening_with_all_its_reports() -> None:
    events = [make.event("a"), make.event("b", document="d2"), make.event("c", document="d2")]
    (one,) = collect(*events, clusters=[make.cluster("cl", "a", "b", "c")])
    assert (one.id, one.records, one.documents) == ("cl", ("a", "b", "c"), ("d1", "d2"))


def test_cluster_field_joins_where_no_cluster_is_given() -> None:
    (one,) = collect(make.event("a", cluster="hp"), make.event("b", cluster="hp"))
    assert one.id == "hp"


def test_cluster_given_outranks_the_field() -> None:
    events = [make.event("a", cluster="hp"), make.event("b", cluster="hp")]
    found = collect(*events, clusters=[make.cluster("x", "a"), make.cluster("y", "b")])
    assert [one.id for one in found] == ["x", "y"]


def test_being_told_twice_makes_nothing_surer() -> None:
    (one,) = collect(make.event("a", confidence=0.6, cluster="h"), make.event("b", confidence=0.7, cluster="h"))
    assert (one.confidence, one.ties) == (0.7, (Tie(source="KAZ", target="ARM", confidence=0.7),))


def test_category_is_the_one_told_by_most_documents() -> None:
    (one,) = collect(
        make.event("a", category="AGREE", score=2.5, confidence=0.99, cluster="h"),
        make.event("b", category="CONSULT", score=4.0, document="d2", confidence=0.5, cluster="h"),
        make.event("c", category="CONSULT", score=4.5, document="d3", confidence=0.6, cluster="h"),
    )
    assert (one.category, one.plover_score, one.confidence) == ("CONSULT", 4.5, 0.6)


def test_uncounted_records_are_left_out() -> None:
    assert collect(make.event("a", status=Status.PLANNED), make.event("b", status=Status.NEGATED)) == ()


def test_pledge_that_counts_is_counted() -> None:
    assert len(collect(make.event("a", status=Status.PLEDGED, counted=True))) == 1


def test_other_statuses_can_be_asked_for() -> None:
    rule = CountingRule(statuses=frozenset({Status.PLANNED}))
    found = collect(make.event("a"), make.event("b", status=Status.PLANNED), rule=rule)
    assert [one.id for one in found] == ["b"]


def test_report_that_denies_makes_a_happening_contested() -> None:
    events = [make.event("a", cluster="h"), make.event("b", document="d2", status=Status.NEGATED, cluster="h")]
    (one,) = collect(*events)
    assert (one.contested, one.documents) == (True, ("d1",))


def test_disagreement_of_a_cluster_makes_it_contested() -> None:
    cluster = Cluster(id="cl", kind="event", records=("a",), documents=("d1",), reason="",
                      disagreements=(Disagreement(field="time", values=(("2024", ("a",)),)),))  # fmt: skip
    assert [one.contested for one in collect(make.event("a"), make.event("b"), clusters=[cluster])] == [False, True]


def test_exact_time_outranks_coarse_ones_however_many_tell_them() -> None:
    (one,) = collect(
        make.event("a", when="2024", cluster="h"),
        make.event("b", when="2024", document="d2", cluster="h"),
        make.event("c", when="2024-04-15", document="d3", cluster="h"),
    )
    assert (one.when.first, one.when.last) == (date(2024, 4, 15), date(2024, 4, 15))


def test_of_two_days_the_one_told_by_more_documents_is_taken() -> None:
    (one,) = collect(
        make.event("a", when="2024-04-14", cluster="h"),
        make.event("b", when="2024-04-15", document="d2", cluster="h"),
        make.event("c", when="2024-04-15", document="d3", cluster="h"),
    )
    assert one.when.first == date(2024, 4, 15)


def test_stated_day_outranks_an_inherited_one() -> None:
    (one,) = collect(
        make.event("a", when="2024-04-14", basis=TimeBasis.INHERITED, cluster="h"),
        make.event("b", when="2024-04-15", cluster="h"),
    )
    assert one.when.first == date(2024, 4, 15)


def test_happening_without_a_time_stands_where_it_was_published_and_says_so() -> None:
    (one,) = collect(make.event("a", when=None), documents=[make.document("d1", "2024-04-16")])
    assert (one.when.first, one.when.published) == (date(2024, 4, 16), True)


def test_first_publication_dates_a_happening_told_again_later() -> None:
    events = [make.event("a", when=None, cluster="h"), make.event("b", when=None, document="d2", cluster="h")]
    (one,) = collect(*events, documents=[make.document("d1", "2024-04-18"), make.document("d2", "2024-04-16")])
    assert one.when.first == date(2024, 4, 16)


def test_dates_of_publication_can_be_refused() -> None:
    rule = CountingRule(publication=False)
    (one,) = collect(make.event("a", when=None), documents=[make.document("d1", "2024-04-16")], rule=rule)
    assert one.when.dated is Dated.UNDATED


def test_unknown_year_is_not_filled_from_the_publication() -> None:
    (one,) = collect(make.event("a", when="XXXX-04-15"), documents=[make.document("d1", "2024-04-16")])
    assert one.when.dated is Dated.YEAR_UNKNOWN


def test_order_of_records_does_not_matter() -> None:
    events = [make.event(name, document=f"d{n}", cluster="h", when=f"2024-04-1{n}") for n, name in enumerate("abcd")]
    assert collect(*events) == collect(*reversed(events))


def test_events_are_taken_from_codings() -> None:
    event = make.event("a")
    coding = Coding(document="d1", records=(event, make.agreement("g", "Treaty")), issues=(),
                    provenance=Provenance(codebook="c", model="m", kb="k"))  # fmt: skip
    assert list(events_of([coding])) == [event]
