"""Whatever the order, the sizes of batches and what is replaced in between: the clusters are those of one full run."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.clusters import ClusterIndex, StoryIndex, cluster_records, find_stories
from dragoman.pipeline import Coded
from dragoman.types.cluster import Cluster, ClusterDecision
from make_streams import choices, streams


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_order_and_any_batches_give_the_clusters_of_one_run(data: st.DataObject) -> None:
    stream = data.draw(streams())
    decisions = data.draw(choices([record.id for one in stream for record in one.coding.records]))
    expected = cluster_records(stream, find_stories(one.document for one in stream), decisions)
    given_ = [*data.draw(st.permutations(stream)), *data.draw(st.lists(st.sampled_from(stream), max_size=3))]
    assert _one_after_the_other(data, given_, decisions) == expected


def _one_after_the_other(
    data: st.DataObject, stream: list[Coded], decisions: tuple[ClusterDecision, ...]
) -> tuple[Cluster, ...]:
    """Added with questions, stories and decisions at random moments in between."""
    index, stories = ClusterIndex(), StoryIndex()
    moments = data.draw(st.lists(st.integers(0, len(stream)), min_size=len(decisions), max_size=len(decisions)))
    for number, one in enumerate(stream):
        stories.add(one.document)
        if data.draw(st.booleans()):
            index.add_stories(stories.grown())
        index.add(one)
        index.decide(*(decision for decision, moment in zip(decisions, moments, strict=True) if moment == number))
        if data.draw(st.booleans()):
            index.clusters()
    index.add_stories(stories.grown())
    index.decide(*decisions)
    return index.clusters()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_document_taken_out_again_leaves_nothing_behind(data: st.DataObject) -> None:
    stream = data.draw(streams())
    gone = data.draw(st.sampled_from(stream))
    index = ClusterIndex()
    index.add_stories(find_stories(one.document for one in stream))
    for one in stream:
        index.add(one)
    index.clusters()
    index.remove(gone.document.id)
    stories = find_stories(one.document for one in stream)
    rest = [one for one in stream if one is not gone]
    assert [one.records for one in index.clusters()] == [one.records for one in cluster_records(rest, stories)]
