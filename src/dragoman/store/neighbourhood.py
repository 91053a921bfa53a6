"""What must be in memory to cluster new documents: those that share a key with them, and those of their stories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.store.cluster_rows import documents_of_records, documents_under, keys_of_documents, stories_of
from dragoman.store.decisions import list_decisions
from dragoman.store.documents import iterate_coded
from dragoman.store.engine import Engine
from dragoman.types.cluster import Joining, Story

if TYPE_CHECKING:
    from dragoman.clusters import Part


_AT_ONCE = 500  # documents read before they are compared


@dataclass(frozen=True, slots=True)
class _Document:
    """The ids of a loaded document and of its records."""

    id: str
    records: tuple[str, ...]


class Neighbourhood:
    """Documents loaded into an index of stories and one of clusters. It may serve several batches, one after another.

    A key is looked up once: what is kept under it later was taken here, and is in memory.
    """

    def __init__(self, engine: Engine) -> None:
        # Here and not above: it brings numpy, which a question does not need.
        from dragoman.clusters import ClusterIndex, StoryIndex

        self._engine = engine
        self._index = ClusterIndex()
        self._stories = StoryIndex()
        self._loaded: dict[int, _Document] = {}
        self._looked_up: set[str] = set()
        self._formed: set[str] = set()
        self._story_of: dict[str, str] = {}
        self._bridged: set[str] = set()
        self._grown: dict[str, Story] = {}
        decisions = list_decisions(engine)
        self._index.decide(*decisions)
        self._joined = _joined(one.records for one in decisions if one.joining is Joining.JOIN)

    def __len__(self) -> int:
        return len(self._loaded)

    def take(self, batch: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Loads new documents and all that they are compared with; the keys under which each of them is to be kept."""
        self._load(batch, settled=False)
        kept = self._look_around(batch)
        # Stories that a new document joins: what was not of one story is compared again.
        while self._bridged:
            bridged = keys_of_documents(self._engine, self._bridged)
            self._bridged = set()
            self.load(bridged)
            self._look_around(bridged)
            self._touch_loaded(bridged)
        return kept

    def load(self, documents: Iterable[int]) -> None:
        """Adds kept documents that are not there yet."""
        self._load(documents, settled=True)

    def touch(self, records: Iterable[str]) -> None:
        """Has these records grouped anew."""
        self._index.touch(records)

    def reached(self) -> set[str]:
        """The records that will be grouped anew and whose parts may lie in the store."""
        return self._index.reached() - self._formed

    def form(self) -> "tuple[Part, ...]":
        """Groups what was touched."""
        parts = self._index.form()
        self._formed.update(record for part in parts for cluster in part.clusters for record in cluster.records)
        return parts

    def grown(self) -> tuple[Story, ...]:
        """The stories that came or grew since the last call."""
        found = tuple(self._grown.values())
        self._grown = {}
        return found

    def _load(self, documents: Iterable[int], *, settled: bool) -> None:
        asked = sorted(set(documents))
        if not settled:
            self._touch_loaded(asked)
        missing = [key for key in asked if key not in self._loaded]
        for start in range(0, len(missing), _AT_ONCE):
            self._add(missing[start : start + _AT_ONCE], settled=settled)

    def _touch_loaded(self, documents: Iterable[int]) -> None:
        self.touch(record for key in documents if key in self._loaded for record in self._loaded[key].records)

    def _add(self, missing: Sequence[int], *, settled: bool) -> None:
        found = dict(zip(missing, iterate_coded(self._engine, documents=tuple(missing), rejected=True), strict=True))
        self._join_kept_stories([coded.document.id for coded in found.values()])
        for key, coded in found.items():
            self._stories.add(coded.document)
            self._loaded[key] = _Document(coded.document.id, tuple(one.id for one in coded.coding.records))
            if settled:
                self._story_of.setdefault(coded.document.id, f"alone {coded.document.id}")
        self._take_stories()
        for coded in found.values():
            self._index.add(coded, settled=settled)
        mates = {
            mate for key in missing for record in self._loaded[key].records for mate in self._joined.get(record, ())
        }
        if mates:
            self.load(documents_of_records(self._engine, mates))

    def _join_kept_stories(self, documents: Sequence[str]) -> None:
        known = {document for document in documents if document in self._story_of}
        for story, members in stories_of(self._engine, sorted(set(documents) - known)).items():
            self._stories.join(members)
            self._story_of.update(dict.fromkeys(members, story))

    def _take_stories(self) -> None:
        """Tells the index of stories that grew. Those that were two are one now: the smaller is compared again."""
        grown = self._stories.grown()
        self._index.add_stories(grown)
        for story in grown:
            before: dict[str, list[str]] = defaultdict(list)
            for document in story.documents:
                if document in self._story_of:
                    before[self._story_of[document]].append(document)
            *smaller, _ = sorted(before.values(), key=len) or [[]]
            self._bridged.update(document for group in smaller for document in group)
            if len(before) != 1 or len(story.documents) != len(next(iter(before.values()))):
                self._grown = {id: one for id, one in self._grown.items() if id not in before}
                self._grown[story.id] = story
            self._story_of.update(dict.fromkeys(story.documents, story.id))

    def _look_around(self, documents: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Loads what shares a key with these; the keys under which each of them is to be kept."""
        kept: dict[int, tuple[str, ...]] = {}
        asked: set[str] = set()
        for key in documents:
            both = [index.keys_of(self._loaded[key].id) for index in (self._index, self._stories)]
            kept[key] = tuple(one for keys in both for one in keys.kept)
            asked.update(one for keys in both for one in keys.asked)
        self.load(documents_under(self._engine, asked - self._looked_up))
        self._looked_up |= asked
        return kept


def _joined(groups: Iterable[tuple[str, ...]]) -> Mapping[str, frozenset[str]]:
    """For each record those that a decision names together with it."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for group in groups:
        for record in group:
            found[record] |= frozenset(group)
    return found
