"""Records of one happening: clusters, from pair scores, stories and decisions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.clusters.blocks import BlockKeys, keys_of_telling
from dragoman.clusters.copies import Copies, Profile, Shift, profiles_of
from dragoman.clusters.decisions import Rulings, apply_joins, weigh_decisions
from dragoman.clusters.disagreements import Said, find_disagreements, says
from dragoman.clusters.linking import Pair, link_groups
from dragoman.clusters.pairs import PairScores
from dragoman.clusters.reasons import find_reason
from dragoman.clusters.score import THRESHOLD
from dragoman.clusters.telling import Telling, sentence_bounds, tellings_of
from dragoman.coding.ids import record_id
from dragoman.types.cluster import Cluster, ClusterDecision, Story

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

# The same word of two near-copies.
_COPIED = 0.9
# Larger parts are hot dyads in busy weeks, whose records share keys anyway.
_MOST_COMPARED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterChanges:
    """Clusters that came into being, and the ids of those that no longer exist."""

    came: tuple[Cluster, ...]
    went: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Records that alike pairs connect, and the clusters that they form; no other record bears on these.

    `name` is the smallest of the records' ids.
    """

    name: str
    clusters: tuple[Cluster, ...]


class ClusterIndex:
    """Coded documents, stories and decisions to which more are added; the clusters do not depend on the order.

    Only what is connected with something new is grouped anew.
    """

    def __init__(self) -> None:
        self._tellings: dict[str, Telling] = {}
        self._profiles: dict[str, Profile] = {}
        self._said: dict[str, tuple[Said, ...]] = {}
        self._documents: dict[str, tuple[str, ...]] = {}
        self._pairs = PairScores()
        self._copies = Copies()
        self._stories = _Stories()
        self._decisions: dict[str, ClusterDecision] = {}
        self._rulings: Rulings = weigh_decisions(())
        self._stale: set[str] = set()
        self._cluster_of: dict[str, Cluster] = {}
        self._told: dict[str, Cluster] = {}

    # ---- what is added

    def add(self, coded: "Coded", *, settled: bool = False) -> None:
        """Adds a coded document; one that is known is replaced.

        `settled` ones were grouped before, elsewhere: they are grouped again when something new connects with them,
        and then whoever keeps their parts must have added the whole of these (see `reached`).
        """
        self.remove(coded.document.id)
        text, tellings = coded.document.text, tellings_of(coded)
        for record in coded.coding.records:
            self._said[record.id] = says(record, sentence_bounds(text, record.evidence[0]).of(text))
        self._documents[coded.document.id] = tuple(telling.id for telling in tellings)
        for telling, profile in zip(tellings, profiles_of(tellings), strict=True):
            self._tellings[telling.id], self._profiles[telling.id] = telling, profile
            self._enter(telling)
        if not settled:
            self._stale.update(self._documents[coded.document.id])

    def remove(self, document: str) -> None:
        """Takes the records of a document out; a document that is not known is no error."""
        records = self._documents.pop(document, ())
        for gone in records:
            self._leave(self._tellings[gone])
            self._mark((gone,))
            for kept in (self._tellings, self._profiles, self._said):
                del kept[gone]
        self._stale.difference_update(records)

    def add_stories(self, stories: Iterable[Story]) -> None:
        """Adds stories; a document belongs to the story that was added last."""
        for story in stories:
            for document in self._stories.add(story):
                self._enter_anew(self._documents.get(document, ()))

    def decide(self, *decisions: ClusterDecision) -> None:
        """Adds decisions. Records that are not in the index are remembered until they are."""
        self._decisions |= {decision.id: decision for decision in decisions}
        before = self._rulings.named_first
        self._rulings = weigh_decisions(self._decisions.values())
        self._enter_anew(self._rulings.named_first ^ before)
        for decision in decisions:
            self._mark(decision.records)

    def touch(self, records: Iterable[str]) -> None:
        """Has these records, and those of their clusters, grouped anew."""
        self._mark(records)

    def keys_of(self, document: str) -> BlockKeys:
        """Under which keys the document's records are kept, and under which those are that they are compared with."""
        keys = [keys_of_telling(self._tellings[record]) for record in self._documents.get(document, ())]
        return BlockKeys(
            tuple(sorted({key for one in keys for key in one.kept})),
            tuple(sorted({key for one in keys for key in one.asked})),
        )

    # ---- who is compared, and who goes with another

    def _enter(self, telling: Telling) -> None:
        """Has the telling compared; a later copy of a story that says the same as others only goes with them."""
        story = self._stories.of(telling.document)
        if story is None or telling.id in self._rulings.named_first:
            self._pairs.add(telling)
        else:
            self._move(self._copies.put(telling, (story, *self._profiles[telling.id])))
            self._stale.add(self._copies.first(telling.id))

    def _leave(self, telling: Telling) -> None:
        if telling.id in self._copies:
            first = self._copies.first(telling.id)
            self._move(self._copies.drop(telling))
            self._stale.add(first)
        else:
            self._mark(self._pairs.remove(telling.id))

    def _move(self, shift: Shift) -> None:
        for id in shift.following:
            self._mark((id, *self._pairs.remove(id)))
        for id in shift.leading:
            self._pairs.add(self._tellings[id])
            self._mark((id,))

    def _enter_anew(self, records: Iterable[str]) -> None:
        known = [self._tellings[record] for record in records if record in self._tellings]
        for telling in known:
            self._leave(telling)
            self._enter(telling)
        self._mark(telling.id for telling in known)

    def _mark(self, records: Iterable[str]) -> None:
        for record in records:
            if record in self._tellings:
                old = self._cluster_of.pop(record, None)
                self._stale.update((record, *(old.records if old else ())))

    # ---- what is asked

    def clusters(self) -> tuple[Cluster, ...]:
        """All clusters, sorted by id."""
        self.form()
        return tuple(sorted({one.id: one for one in self._cluster_of.values()}.values(), key=lambda one: one.id))

    def changes(self) -> ClusterChanges:
        """What changed since the last call, or since the index was made."""
        now = {one.id: one for one in self.clusters()}
        came = tuple(one for name, one in now.items() if self._told.get(name) != one)
        went = tuple(sorted(self._told.keys() - now.keys()))
        self._told = now
        return ClusterChanges(came=came, went=went)

    def reached(self) -> set[str]:
        """The records that would be grouped anew: the new ones and what is connected with them."""
        return {record for part in self._stale_parts() for record in self._with_followers(part)}

    def form(self) -> tuple[Part, ...]:
        """Groups anew what is connected with something new; returns the parts that were looked at, sorted by name."""
        formed = []
        for part in self._stale_parts():
            clusters = tuple(self._group(part))
            for cluster in clusters:
                self._cluster_of.update(dict.fromkeys(cluster.records, cluster))
            formed.append(Part(name=min(one.records[0] for one in clusters), clusters=clusters))
        self._stale.clear()
        return tuple(sorted(formed, key=lambda part: part.name))

    # ---- grouping

    def _stale_parts(self) -> Iterator[set[str]]:
        """The connected parts that hold something stale; of copies, only those that are compared."""
        joined = {record: group for group in self._rulings.together for record in group}
        waiting = {self._copies.first(record) for record in self._stale if record in self._tellings}
        for one in waiting:
            self._pairs.near(one)
        while waiting:
            part = self._connected(waiting.pop(), joined)
            waiting -= part
            yield part

    def _connected(self, start: str, joined: Mapping[str, frozenset[str]]) -> set[str]:
        """Ids that alike pairs or joins connect with the start."""
        seen, waiting = {start}, [start]
        while waiting:
            one = waiting.pop()
            fresh = {*self._alike(one), *(other for other in joined.get(one, ()) if other in self._tellings)} - seen
            seen |= fresh
            waiting += fresh
        return seen

    def _alike(self, one: str) -> Iterator[str]:
        """Those that may share a group with it: groups are joined only where some pair of theirs is alike enough."""
        for other, score in self._pairs.near(one).items():
            if score >= THRESHOLD or self._with_story((one, other), score) >= THRESHOLD:
                yield other

    def _with_followers(self, part: Iterable[str]) -> Iterator[str]:
        for one in part:
            yield from (one, *self._copies.followers(one))

    def _group(self, part: set[str]) -> Iterator[Cluster]:
        groups: Iterable[tuple[str, ...]] = (tuple(part),)
        if len(part) > 1:
            values = {pair: self._with_story(pair, score) for pair, score in self._pair_scores(part)}
            groups = link_groups(sorted(part), values, threshold=THRESHOLD, apart=self._rulings.apart)
            groups = apply_joins(groups, self._rulings)
        for group in groups:
            with_copies = sorted(self._with_followers(group))
            exiled = self._exiled(group, with_copies)
            yield self._cluster(tuple(one for one in with_copies if one not in exiled))
            if exiled:
                yield self._cluster(tuple(sorted(exiled)))

    def _exiled(self, group: tuple[str, ...], with_copies: list[str]) -> set[str]:
        """The copies that a decision holds apart from one of the group with which they would go."""
        apart = self._rulings.apart_from
        return {one for one in with_copies if one in apart and one not in group and not apart[one].isdisjoint(group)}

    def _pair_scores(self, part: set[str]) -> Iterator[tuple[Pair, float]]:
        """The scores inside a part; in a small one also of pairs that share no key but are linked through others."""
        if len(part) > _MOST_COMPARED:
            for one in part:
                near = ((other, score) for other, score in self._pairs.near(one).items() if one < other)
                yield from (((one, other), score) for other, score in near if other in part)
            return
        for one, other in combinations(sorted(part), 2):
            if score := self._pairs.score(one, other):
                yield (one, other), score

    def _with_story(self, pair: Pair, score: float) -> float:
        """The score, raised when the two are the same word of two near-copies."""
        if score >= _COPIED:
            return score
        one, other = (self._tellings[name] for name in pair)
        story = self._stories.of(one.document)
        copied = story is not None and one.document != other.document and story == self._stories.of(other.document)
        return _COPIED if copied and one.trigger == other.trigger and one.category == other.category else score

    def _cluster(self, records: tuple[str, ...]) -> Cluster:
        """The cluster of these records; the old one when they were one before and nothing was said of them since."""
        old = self._cluster_of.get(records[0])
        if old and old.records == records and all(self._cluster_of.get(record) is old for record in records):
            return old
        documents = {self._tellings[record].document for record in records}
        decided = {one for record in records for one in self._rulings.by_record.get(record, ())}
        stories = Counter(story for document in documents if (story := self._stories.of(document)) is not None)
        told = [self._tellings[record] for record in records]
        return Cluster(
            id=record_id("cl", *records),
            kind=told[0].kind,
            records=records,
            documents=tuple(sorted(documents)),
            reason=find_reason(told, copies=stories.values(), decisions=decided),
            disagreements=find_disagreements((one, self._said[one]) for one in records) if records[1:] else (),
        )


class _Stories:
    """Which story each document is of. A story that grows keeps its number, so that its documents are left alone."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}
        self._sizes = Counter[int]()
        self._next = 0

    def of(self, document: str) -> int | None:
        """The story's number; None for a document that has no copies."""
        return self._of.get(document)

    def add(self, story: Story) -> list[str]:
        """Adds a story; the documents that are of another one now."""
        here = Counter(self._of[document] for document in story.documents if document in self._of)
        whole = [number for number, count in here.items() if count == self._sizes[number]]
        number = max(whole, key=lambda number: here[number], default=self._next)
        self._next = max(self._next, number + 1)
        moved = [document for document in story.documents if self._of.get(document) != number]
        for document in moved:
            if document in self._of:
                self._sizes[self._of[document]] -= 1
            self._of[document] = number
            self._sizes[number] += 1
        return moved


def cluster_records(
    coded: Iterable["Coded"], stories: Iterable[Story] = (), decisions: Iterable[ClusterDecision] = ()
) -> tuple[Cluster, ...]:
    """The clusters of all records, sorted by id."""
    index = ClusterIndex()
    index.add_stories(stories)
    index.decide(*decisions)
    for one in coded:
        index.add(one)
    return index.clusters()
