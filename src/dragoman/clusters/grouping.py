"""Records of one happening: clusters, from pair scores, stories and decisions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.clusters.blocks import keys_of_telling
from dragoman.clusters.decisions import Rulings, apply_joins, weigh_decisions
from dragoman.clusters.disagreements import find_disagreements
from dragoman.clusters.linking import Pair, link_groups
from dragoman.clusters.score import THRESHOLD, reasons_for, score_pair
from dragoman.clusters.telling import Telling, sentence_bounds, tellings_of
from dragoman.coding.ids import record_id
from dragoman.types.cluster import Cluster, ClusterDecision, Story
from dragoman.types.record import Record

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

_MOST_REASONS = 4
# The same word of two near-copies.
_COPIED = 0.9
# Of a large cluster the first records speak for all.
_MOST_ASKED = 12
# Larger parts are hot dyads in busy weeks, whose records share keys anyway.
_MOST_COMPARED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterChanges:
    """Clusters that came into being, and the ids of those that no longer exist."""

    came: tuple[Cluster, ...]
    went: tuple[str, ...]


class ClusterIndex:
    """Coded documents, stories and decisions to which more are added; the clusters do not depend on the order."""

    def __init__(self) -> None:
        self._tellings: dict[str, Telling] = {}
        self._records: dict[str, tuple[Record, str]] = {}
        self._documents: dict[str, tuple[str, ...]] = {}
        self._blocks: dict[str, dict[str, None]] = defaultdict(dict)
        self._scores: dict[str, dict[str, float]] = defaultdict(dict)
        self._story_of: dict[str, str] = {}
        self._decisions: dict[str, ClusterDecision] = {}
        self._rulings: Rulings = weigh_decisions(())
        self._stale: set[str] = set()
        self._cluster_of: dict[str, Cluster] = {}
        self._told: dict[str, Cluster] = {}

    def add(self, coded: "Coded") -> None:
        """Adds a coded document; one that is known is replaced."""
        self.remove(coded.document.id)
        text = coded.document.text
        for record in coded.coding.records:
            self._records[record.id] = (record, sentence_bounds(text, record.evidence[0]).of(text))
        tellings = tellings_of(coded)
        self._documents[coded.document.id] = tuple(telling.id for telling in tellings)
        for telling in tellings:
            self._add_telling(telling)

    def remove(self, document: str) -> None:
        """Takes the records of a document out; a document that is not known is no error."""
        records = self._documents.pop(document, ())
        for gone in records:
            telling = self._tellings.pop(gone)
            del self._records[gone]
            for key in keys_of_telling(telling).kept:
                self._blocks[key].pop(gone, None)
            for near in self._scores.pop(gone, {}):
                self._scores[near].pop(gone, None)
                self._stale.add(near)
            old = self._cluster_of.pop(gone, None)
            self._stale.update(old.records if old else ())
        self._stale.difference_update(records)

    def _add_telling(self, telling: Telling) -> None:
        keys = keys_of_telling(telling)
        near = {other for key in keys.asked for other in self._blocks.get(key, ())}
        near.update(self._documents[telling.document])
        self._tellings[telling.id] = telling
        for other in near:
            if other in self._tellings and other != telling.id:
                self._compare(telling, self._tellings[other])
        for key in keys.kept:
            self._blocks[key][telling.id] = None
        self._stale.add(telling.id)

    def _compare(self, one: Telling, other: Telling) -> None:
        score = score_pair(*((one, other) if one.id < other.id else (other, one)))
        if score:
            self._scores[one.id][other.id] = self._scores[other.id][one.id] = score

    def add_stories(self, stories: Iterable[Story]) -> None:
        """Adds stories; a document belongs to the story that was added last."""
        for story in stories:
            for document in story.documents:
                if self._story_of.get(document) != story.id:
                    self._story_of[document] = story.id
                    self._mark(self._documents.get(document, ()))

    def decide(self, decision: ClusterDecision) -> None:
        """Adds a decision. Records that are not in the index are remembered until they are."""
        self._decisions[decision.id] = decision
        self._rulings = weigh_decisions(self._decisions.values())
        self._mark(decision.records)

    def _mark(self, records: Iterable[str]) -> None:
        """Has these records, and those of their clusters, grouped anew."""
        for record in records:
            old = self._cluster_of.get(record)
            self._stale.update((record, *(old.records if old else ())) if record in self._tellings else ())

    def clusters(self) -> tuple[Cluster, ...]:
        """All clusters, sorted by id."""
        self._refresh()
        return tuple(sorted({one.id: one for one in self._cluster_of.values()}.values(), key=lambda one: one.id))

    def changes(self) -> ClusterChanges:
        """What changed since the last call, or since the index was made."""
        now = {one.id: one for one in self.clusters()}
        came = tuple(one for name, one in now.items() if self._told.get(name) != one)
        went = tuple(sorted(self._told.keys() - now.keys()))
        self._told = now
        return ClusterChanges(came=came, went=went)

    def _refresh(self) -> None:
        """Groups anew what is connected with something stale."""
        joined = {record: group for group in self._rulings.together for record in group}
        for start in sorted(self._stale):
            if start in self._stale:
                part = self._connected(start, joined)
                self._stale -= part
                for cluster in self._group(part):
                    self._cluster_of.update(dict.fromkeys(cluster.records, cluster))

    def _connected(self, start: str, joined: Mapping[str, frozenset[str]]) -> set[str]:
        """Ids that alike pairs or joins connect with the start."""
        seen, waiting = {start}, [start]
        while waiting:
            one = waiting.pop()
            near = {*self._alike(one), *joined.get(one, ())}
            fresh = {other for other in near - seen if other in self._tellings}
            seen |= fresh
            waiting += fresh
        return seen

    def _alike(self, one: str) -> Iterator[str]:
        """Those that may share a group with it: groups are joined only where some pair of theirs is alike enough."""
        for other, score in self._scores.get(one, {}).items():
            if score >= THRESHOLD or self._with_story((one, other), score) >= THRESHOLD:
                yield other

    def _group(self, part: set[str]) -> Iterator[Cluster]:
        if len(part) == 1:
            yield self._cluster(tuple(part))
            return
        values = {pair: self._with_story(pair, score) for pair, score in self._pair_scores(part)}
        groups = link_groups(sorted(part), values, threshold=THRESHOLD, apart=self._rulings.apart)
        for group in apply_joins(groups, self._rulings):
            yield self._cluster(group)

    def _pair_scores(self, part: set[str]) -> Iterator[tuple[Pair, float]]:
        """The scores inside a part; in a small one also of pairs that share no key but are linked through others."""
        if len(part) > _MOST_COMPARED:
            for one in part:
                near = ((other, score) for other, score in self._scores[one].items() if one < other and other in part)
                yield from (((one, other), score) for other, score in near)
            return
        for one, other in combinations(sorted(part), 2):
            known = self._scores[one].get(other)
            score = score_pair(self._tellings[one], self._tellings[other]) if known is None else known
            if score:
                yield (one, other), score

    def _with_story(self, pair: Pair, score: float) -> float:
        """The score, raised when the two are the same word of two near-copies."""
        one, other = (self._tellings[name] for name in pair)
        story = self._story_of.get(one.document)
        copied = story is not None and one.document != other.document and story == self._story_of.get(other.document)
        alike = one.trigger == other.trigger and one.category == other.category
        return max(score, _COPIED) if copied and alike else score

    def _cluster(self, records: tuple[str, ...]) -> Cluster:
        return Cluster(
            id=record_id("cl", *records),
            kind=self._tellings[records[0]].kind,
            records=records,
            documents=tuple(sorted({self._tellings[record].document for record in records})),
            reason=self._reason(records),
            disagreements=find_disagreements([self._records[record] for record in records]) if records[1:] else (),
        )

    def _reason(self, records: tuple[str, ...]) -> str:
        if len(records) == 1:
            return "told once"
        told = [self._tellings[record] for record in records[:_MOST_ASKED]]
        pairs = [reasons_for(one, other) for one, other in combinations(told, 2) if other.id in self._scores[one.id]]
        counts = Counter(reason for pair in pairs for reason in pair)
        ranks = Counter(dict.fromkeys(counts, 0))
        for pair in pairs:
            ranks.update({name: rank for rank, name in enumerate(pair)})
        best = sorted(counts, key=lambda name: (-counts[name], ranks[name], name))[:_MOST_REASONS]
        parts = [f"{counts[name]} of {len(told) * (len(told) - 1) // 2} pairs: {name}" for name in best]
        stories = Counter(
            self._story_of[d] for d in {self._tellings[r].document for r in records} if d in self._story_of
        )
        parts += [f"{count} near-copies" for _, count in sorted(stories.items()) if count > 1]
        decided = sorted({one for record in records for one in self._rulings.by_record.get(record, ())})
        return "; ".join([*parts, *(f"decision {one}" for one in decided)]) or "joined"


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
    return tuple(sorted({key for telling in tellings_of(coded) for key in _all_keys(telling)}))


def _all_keys(telling: Telling) -> tuple[str, ...]:
    keys = keys_of_telling(telling)
    return (*keys.kept, *keys.asked)
