from itertools import permutations

import pytest

from dragoman.clusters import ClusterIndex, cluster_records
from dragoman.types.cluster import Cluster, ClusterDecision, Joining, Story
from dragoman.types.record import Status
from make_coded import coded, coded_agreement, event

VISITED = coded(
    "a", "President Wekesa of Kenya visited Ethiopia on Tuesday.",
    event("visited", "CONSULT", "KEN", "ETH", time="2027-03-09", cameo="042"),
)  # fmt: skip
MET = coded(
    "b", "The leaders of Kenya and Ethiopia met in Addis Ababa on Tuesday.",
    event("met", "CONSULT", "KEN ETH", time="2027-03-09", cameo="042"),
)  # fmt: skip
TALKS = coded(
    "c", "Talks between Wekesa of Kenya and Ethiopia on March 9 touched on Somalia.",
    event("Talks", "CONSULT", "KEN ETH", time="2027-03-09", status=Status.BACKGROUND, cameo="046"),
    published="2027-03-11",
)  # fmt: skip
AGAIN = coded(
    "d", "President Wekesa of Kenya visited Ethiopia on Sunday.",
    event("visited", "CONSULT", "KEN", "ETH", time="2027-06-20", cameo="042"),
    published="2027-06-21",
)  # fmt: skip
SIGNED = coded(
    "e", "Kenya and Ethiopia signed a power deal on Tuesday.",
    event("signed", "SUPPORT", "KEN ETH", time="2027-03-09", cameo="057"),
)  # fmt: skip
ALL = (VISITED, MET, TALKS, AGAIN, SIGNED)


def groups(clusters: tuple[Cluster, ...]) -> set[tuple[str, ...]]:
    return {cluster.records for cluster in clusters}


def decision(joining: Joining, *records: str, at: str = "2027-04-01T00:00:00Z", name: str = "d1") -> ClusterDecision:
    return ClusterDecision(id=name, joining=joining, records=records, by="ada", decided_at=at)


def test_tellings_of_one_visit_are_one_cluster() -> None:
    assert ("a:0", "b:0", "c:0") in groups(cluster_records(ALL))


def test_same_dyad_on_another_date_is_another_cluster() -> None:
    assert ("d:0",) in groups(cluster_records(ALL))


def test_what_was_signed_on_a_visit_is_another_cluster() -> None:
    assert ("e:0",) in groups(cluster_records(ALL))


def test_visit_announced_is_not_the_visit_made() -> None:
    announced = coded(
        "f", "Wekesa of Kenya will visit Ethiopia next week.",
        event("visit", "CONSULT", "KEN", "ETH", status=Status.PLANNED, cameo="042"), published="2027-03-02",
    )  # fmt: skip
    assert ("f:0",) in groups(cluster_records([announced, VISITED]))


def test_every_record_is_in_exactly_one_cluster() -> None:
    records = [record for cluster in cluster_records(ALL) for record in cluster.records]
    assert sorted(records) == ["a:0", "b:0", "c:0", "d:0", "e:0"]


def test_order_does_not_matter() -> None:
    results = {cluster_records(order) for order in permutations(ALL)}
    assert len(results) == 1


def test_adding_one_by_one_and_asking_between_gives_the_same() -> None:
    index = ClusterIndex()
    for one in ALL:
        index.add(one)
        index.clusters()
    assert index.clusters() == cluster_records(ALL)


def test_removed_document_leaves_nothing_behind() -> None:
    index = ClusterIndex()
    for one in ALL:
        index.add(one)
    index.clusters()
    index.remove("c")
    assert index.clusters() == cluster_records([VISITED, MET, AGAIN, SIGNED])


def test_removed_bridge_parts_what_it_joined() -> None:
    index = ClusterIndex()
    for one in ALL:
        index.add(one)
    index.decide(decision(Joining.JOIN, "a:0", "c:0", "d:0"))
    index.clusters()
    index.remove("a")
    index.add(VISITED)
    index.clusters()
    index.remove("d")
    assert index.clusters() == cluster_records(
        [VISITED, MET, TALKS, SIGNED], decisions=[decision(Joining.JOIN, "a:0", "c:0", "d:0")]
    )


def test_report_of_several_records_can_be_replaced() -> None:
    report = coded(
        "g", "Wekesa visited Ethiopia. His stay was short.",
        event("visited", "CONSULT", "KEN", "ETH", inner="hp_1"), event("stay", "CONSULT", "KEN", inner="hp_1"),
    )  # fmt: skip
    index = ClusterIndex()
    index.add(report)
    index.clusters()
    index.add(report)
    assert index.clusters() == cluster_records([report])


def test_later_decision_undoes_an_earlier_join_in_the_index() -> None:
    index = ClusterIndex()
    for one in ALL:
        index.add(one)
    index.decide(decision(Joining.JOIN, "a:0", "d:0"))
    index.clusters()
    index.decide(decision(Joining.SPLIT, "d:0", "a:0", at="2027-04-05T00:00:00Z", name="d2"))
    assert ("d:0",) in groups(index.clusters())
    assert ("a:0", "b:0", "c:0") in groups(index.clusters())


def test_document_added_again_is_replaced() -> None:
    index = ClusterIndex()
    for one in (VISITED, MET, VISITED):
        index.add(one)
    assert index.clusters() == cluster_records([VISITED, MET])


def test_changes_name_what_came_and_went() -> None:
    index = ClusterIndex()
    index.add(VISITED)
    first = index.changes()
    index.add(MET)
    second = index.changes()
    assert second.went == tuple(cluster.id for cluster in first.came)
    assert [cluster.records for cluster in second.came] == [("a:0", "b:0")]


def test_changes_are_told_once() -> None:
    index = ClusterIndex()
    index.add(VISITED)
    index.changes()
    assert (index.changes().came, index.changes().went) == ((), ())


def test_reason_says_what_is_alike() -> None:
    (cluster,) = cluster_records([VISITED, MET])
    assert "1 of 1 pairs: same kind of act" in cluster.reason


def test_record_told_once_says_so() -> None:
    (cluster,) = cluster_records([VISITED])
    assert cluster.reason == "told once"


def test_join_puts_records_together() -> None:
    joined = cluster_records(ALL, decisions=[decision(Joining.JOIN, "a:0", "d:0")])
    assert ("a:0", "b:0", "c:0", "d:0") in groups(joined)


def test_join_is_named_in_the_reason() -> None:
    joined = cluster_records([VISITED, AGAIN], decisions=[decision(Joining.JOIN, "a:0", "d:0")])
    assert "decision d1" in joined[0].reason


def test_split_takes_the_first_record_out() -> None:
    found = groups(cluster_records(ALL, decisions=[decision(Joining.SPLIT, "c:0", "a:0", "b:0")]))
    assert {("a:0", "b:0"), ("c:0",)} <= found


def test_latest_decision_wins() -> None:
    split = decision(Joining.SPLIT, "c:0", "a:0", "b:0")
    join = decision(Joining.JOIN, "a:0", "c:0", at="2027-04-02T00:00:00Z", name="d2")
    for order in ((split, join), (join, split)):
        assert ("a:0", "c:0") in {
            tuple(sorted(set(one) & {"a:0", "c:0"})) for one in groups(cluster_records(ALL, decisions=order))
        }


def test_decision_may_come_before_its_records() -> None:
    index = ClusterIndex()
    index.decide(decision(Joining.JOIN, "a:0", "d:0"))
    index.add(VISITED)
    index.clusters()
    index.add(AGAIN)
    assert groups(index.clusters()) == {("a:0", "d:0")}


def test_decisions_and_documents_in_any_order_give_the_same() -> None:
    choice = decision(Joining.JOIN, "b:0", "e:0")
    index = ClusterIndex()
    index.add(VISITED)
    index.decide(choice)
    for one in ALL[1:]:
        index.add(one)
        index.clusters()
    assert index.clusters() == cluster_records(ALL, decisions=[choice])


def test_coder_groups_inside_a_report_are_kept() -> None:
    report = coded(
        "g", "Wekesa visited Ethiopia. His stay was short.",
        event("visited", "CONSULT", "KEN", "ETH", inner="hp_1"), event("stay", "CONSULT", "KEN", inner="hp_1"),
    )  # fmt: skip
    assert groups(cluster_records([report])) == {("g:0", "g:1")}


def test_split_also_parts_what_the_coder_joined() -> None:
    report = coded(
        "g", "Wekesa visited Ethiopia. His stay was short.",
        event("visited", "CONSULT", "KEN", "ETH", inner="hp_1"), event("stay", "CONSULT", "KEN", inner="hp_1"),
    )  # fmt: skip
    found = cluster_records([report], decisions=[decision(Joining.SPLIT, "g:0", "g:1")])
    assert groups(found) == {("g:0",), ("g:1",)}


def test_same_word_of_near_copies_is_one_happening() -> None:
    text = "A spokesman in Nairobi praised the plan of the neighbours."
    first = coded("h", text, event("praised", "SUPPORT", "KEN", "ETH"), published="2027-03-05")
    second = coded("i", "Later: " + text, event("praised", "SUPPORT", "ETH", "KEN", cameo="051"))
    story = Story(id="st", documents=("h", "i"))
    assert groups(cluster_records([first, second])) == {("h:0",), ("i:0",)}
    assert groups(cluster_records([first, second], [story])) == {("h:0", "i:0")}


@pytest.mark.parametrize(
    ("status", "shown"), [(Status.NEGATED, ("asserted", "negated")), (Status.ALLEGED, ("alleged", "asserted"))]
)
def test_denial_is_in_the_cluster_and_shown(status: Status, shown: tuple[str, ...]) -> None:
    told = coded("j", "Pakistan shelled Kunar.", event("shelled", "ASSAULT", "PAK", "AFG", time="2027-03-09"))
    denied = coded(
        "k", "Pakistan did not shell Kunar.",
        event("shell", "ASSAULT", "PAK", "AFG", time="2027-03-09", status=status),
    )  # fmt: skip
    (cluster,) = cluster_records([told, denied])
    (found,) = [one for one in cluster.disagreements if one.field == "status"]
    assert tuple(value for value, _ in found.values) == shown


def test_agreements_of_two_reports_are_one_and_their_status_is_shown() -> None:
    one = coded_agreement("l", "a trade agreement signed by Kenya and Ethiopia", "KEN ETH", "signed")
    other = coded_agreement("m", "the trade agreement of Kenya and Ethiopia was initialled", "KEN ETH", "initialled")
    (cluster,) = cluster_records([one, other])
    assert [(found.field, [value for value, _ in found.values]) for found in cluster.disagreements] == [
        ("agreement_status", ["initialled", "signed"])
    ]


def test_kinds_are_never_mixed() -> None:
    agreement = coded_agreement("n", "the power deal that Kenya and Ethiopia signed", "KEN ETH", "signed")
    assert {cluster.kind for cluster in cluster_records([agreement, SIGNED])} == {"agreement", "event"}


def test_records_compared_share_a_key() -> None:
    index = ClusterIndex()
    for one in ALL:
        index.add(one)
    assert set(index.keys_of("a").kept) & set(index.keys_of("b").asked)
    assert not set(index.keys_of("a").kept) & set(index.keys_of("d").asked)
