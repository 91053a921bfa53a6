"""What joins documents and records: stories of near-copies, clusters of one happening. Plain values, no files.

    stories  = find_stories(documents)                    # tuple[Story, ...]; only stories of two documents or more
    clusters = cluster_records(coded, stories, decisions) # tuple[Cluster, ...]; every record is in exactly one

Both results are sorted by id and do not depend on the order in which things are given. A record told once is a cluster
of its own, so that counts of clusters are counts of happenings. For a stream, keep the indexes and ask them again:

    index = StoryIndex();   index.add(document) -> ids of its near-copies so far;   index.stories()
    index = ClusterIndex(); index.add(one_coded); index.add_stories(stories); index.decide(decision); index.clusters()

`ClusterIndex.add` of a known document replaces its records. `clusters()` works anew only where something was added, and
gives what `cluster_records` gives for the same things. `changes()` gives the clusters that came and the ids of those
that went since the last call. Decisions: see `ClusterDecision`; the latest on a pair of records wins.

For a store: `keys_of(document)` of both indexes gives the keys by which documents are compared, so that just those that
share one need be loaded; `ClusterIndex.reached()` says which records are grouped with the new ones, and `form()` gives
the parts that were: clusters of one part depend on nothing outside it.
"""

from dragoman.clusters.blocks import BlockKeys
from dragoman.clusters.grouping import ClusterChanges, ClusterIndex, Part, cluster_records
from dragoman.clusters.stories import StoryIndex, find_stories

__all__ = [
    "BlockKeys",
    "ClusterChanges",
    "ClusterIndex",
    "Part",
    "StoryIndex",
    "cluster_records",
    "find_stories",
]
