"""Records of one happening: clusters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.types.cluster import Cluster, ClusterDecision, Story

if TYPE_CHECKING:
    from dragoman.pipeline import Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterChanges:
    """Clusters that came into being, and the ids of those that no longer exist."""

    came: tuple[Cluster, ...]
    went: tuple[str, ...]


class ClusterIndex:
    """Coded documents, stories and decisions to which more are added; the clusters do not depend on the order."""

    def add(self, coded: "Coded") -> None:
        """Adds a coded document; one that is known is replaced."""
        raise NotImplementedError

    def add_stories(self, stories: Iterable[Story]) -> None:
        """Adds stories; a story that shares a document with a known one replaces it."""
        raise NotImplementedError

    def decide(self, decision: ClusterDecision) -> None:
        """Adds a decision. Records that are not in the index are remembered until they are."""
        raise NotImplementedError

    def clusters(self) -> tuple[Cluster, ...]:
        """All clusters, sorted by id."""
        raise NotImplementedError

    def changes(self) -> ClusterChanges:
        """What changed since the last call, or since the index was made."""
        raise NotImplementedError


def cluster_records(
    coded: Iterable["Coded"], stories: Iterable[Story] = (), decisions: Iterable[ClusterDecision] = ()
) -> tuple[Cluster, ...]:
    """The clusters of all records, sorted by id."""
    index = ClusterIndex()
    for one in coded:
        index.add(one)
    index.add_stories(stories)
    for decision in decisions:
        index.decide(decision)
    return index.clusters()


def block_keys(coded: "Coded") -> tuple[str, ...]:
    """The keys by which the records of the document are compared with others, sorted."""
    raise NotImplementedError
