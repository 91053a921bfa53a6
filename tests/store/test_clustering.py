"""Clusters of a store: kept up to date batch by batch they are those of forming everything anew."""

import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.pipeline import Coded
from dragoman.store import Store, clustering, open_store
from dragoman.types.cluster import ClusterDecision, Joining
from make_coded import coded, event
from make_streams import choices, streams

_CLOSING = " The agency's reporters were told so by three people in the two capitals who asked not to be named."


def kept(store: Store) -> tuple[object, ...]:
    """All that clustering keeps, and what is asked of it."""
    tables = {
        table: store.engine.read(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("cluster_member", "story_member", "block", "clustered")
    }
    entries = store.engine.read("SELECT record, cluster FROM entry ORDER BY record")
    return list(store.clusters()), store.stories(), tables, entries


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_batches_give_the_clusters_of_one_run(data: st.DataObject) -> None:
    stream = data.draw(st.permutations(data.draw(streams())))
    decisions = list(data.draw(choices([record.id for one in stream for record in one.coding.records])))
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "a.dragoman", create=True) as store:
        rest = list(stream)
        # Few at a time and often a new start, as in a store of millions.
        with mock.patch.object(clustering, "_BATCH", 2), mock.patch.object(clustering, "_MOST", 3):
            while rest:
                size = data.draw(st.integers(1, len(rest)))
                store.add(rest[:size])
                rest = rest[size:]
        for decision in decisions:
            store.add_cluster_decision(decision)
        before = kept(store)
        store.update_clusters()
        assert kept(store) == before


def report(name: str, *, published: str = "2027-03-10") -> Coded:
    text = "President Wekesa of Kenya visited Ethiopia to speak of the river." + _CLOSING
    return coded(name, text, event("visited", "CONSULT", "KEN", "ETH", cameo="042"), published=published)


def test_a_copy_between_two_stories_joins_what_they_tell(local: Store) -> None:
    ends = [report("a", published="2027-03-01"), report("b", published="2027-03-25")]
    local.add(ends)
    assert local.stories() == ()
    local.add([report("m", published="2027-03-13")])
    (story,) = local.stories()
    assert story.documents == ("a", "b", "m")


@pytest.mark.parametrize("size", [1, 50])
def test_fifty_copies_are_one_happening(local: Store, size: int) -> None:
    copies = [report(f"c{number:02}") for number in range(50)]
    for start in range(0, len(copies), size):
        local.add(copies[start : start + size])
    (cluster,) = local.clusters()
    assert (len(cluster.records), "50 near-copies" in cluster.reason) == (50, True)
    assert local.events().count().happenings == 1


def test_record_taken_out_of_many_copies_stays_out_when_more_come(local: Store) -> None:
    local.add([report(f"c{number}") for number in range(9)])
    records = tuple(f"c{number}:0" for number in (8, 0, 1, 2, 3, 4, 5, 6, 7))
    local.add_cluster_decision(
        ClusterDecision(id="k", joining=Joining.SPLIT, records=records, by="ada", decided_at="2027-04-01T00:00:00Z")
    )
    local.add([report("d1"), report("d2")])
    assert local.cluster(local.entry("c8:0").cluster).records == ("c8:0",)
    assert len(local.cluster(local.entry("c0:0").cluster).records) == 10
