"""From events and clusters to what is counted: happenings.

One cluster is one happening. Its category is the one told by most documents among its counted records (then the surer,
then the first by alphabet), its scores are those of the surest record with that category, its time is the exactest
one, its dyads are those of all counted records of that category. A dyad is as sure as the surest record telling it:
near-copies are not independent, so being told twice adds nothing to the confidence.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.analysis.actors import parts_of, ties_of
from dragoman.analysis.edtf import UNDATED, bounds_of
from dragoman.analysis.values import By, Dated, Happening, Part, Side, Tie, When
from dragoman.types.cluster import Cluster
from dragoman.types.record import Coding, Event, Status
from dragoman.types.text import Document
from dragoman.types.when import TimeBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule:
    """What counts as what. `statuses` None means the records that count by default (RECORD.md section 3).

    With `publication` a happening without any time stands where the first report of it was published, and is marked.
    """

    by: By = By.COUNTRY
    statuses: frozenset[Status] | None = None
    publication: bool = True

    def counts(self, event: Event) -> bool:
        """True when the event is counted under this rule."""
        return event.counted if self.statuses is None else event.status in self.statuses


def events_of(codings: Iterable[Coding]) -> Iterator[Event]:
    """Yields the events of the codings."""
    for coding in codings:
        yield from (record for record in coding.records if isinstance(record, Event))


def collect_happenings(
    events: Iterable[Event],
    clusters: Iterable[Cluster] = (),
    documents: Iterable[Document] = (),
    rule: CountingRule | None = None,
) -> tuple[Happening, ...]:
    """The happenings that count, sorted by id.

    Args:
        events: records, each once.
        clusters: what joins them; a record that is in none belongs with those of the same `cluster` field, and is a
            happening of its own without one.
        documents: the reports, for their dates of publication; documents that are not given have none.
        rule: what counts, and what actors are called.
    """
    rule = rule or CountingRule()
    published = {document.id: document.published for document in documents if document.published}
    joined = {record: cluster for cluster in clusters for record in cluster.records}
    groups: dict[str, list[Event]] = {}
    for event in events:
        cluster = joined.get(event.id)
        groups.setdefault(cluster.id if cluster else event.cluster or event.id, []).append(event)
    disputed = {cluster.id for cluster in joined.values() if cluster.disagreements}
    found = (_happening(name, group, rule, published) for name, group in sorted(groups.items()))
    return tuple(replace(one, contested=True) if one.id in disputed else one for one in found if one is not None)


def _happening(
    name: str, group: Sequence[Event], rule: CountingRule, published: Mapping[str, date]
) -> Happening | None:
    counted = [event for event in group if rule.counts(event)]
    if not counted:
        return None
    category = _category(counted)
    telling = [event for event in counted if event.category == category]
    best = min(telling, key=lambda event: (-event.confidence, event.id))
    return Happening(
        id=name,
        records=tuple(sorted(event.id for event in counted)),
        documents=tuple(sorted({event.document for event in counted})),
        category=category,
        quad=best.quad,
        goldstein=best.goldstein,
        plover_score=best.plover_score,
        confidence=best.confidence,
        when=_when(counted, published if rule.publication else {}),
        ties=_ties(telling, rule.by),
        parts=_parts(telling, rule.by),
        contested=any(event.status is Status.NEGATED for event in group if event not in counted),
    )


def _category(events: Sequence[Event]) -> str:
    told: dict[str, set[str]] = {}
    surest: dict[str, float] = {}
    for event in events:
        told.setdefault(event.category, set()).add(event.document)
        surest[event.category] = max(surest.get(event.category, 0.0), event.confidence)
    return min(told, key=lambda category: (-len(told[category]), -surest[category], category))


def _ties(events: Sequence[Event], by: By) -> tuple[Tie, ...]:
    surest: dict[tuple[str, str], float] = {}
    for event in events:
        for tie in ties_of(event, by):
            surest[tie] = max(surest.get(tie, 0.0), event.confidence)
    return tuple(Tie(source=one, target=other, confidence=p) for (one, other), p in sorted(surest.items()))


def _parts(events: Sequence[Event], by: By) -> tuple[Part, ...]:
    surest: dict[tuple[str, Side], float] = {}
    for event in events:
        for part in parts_of(event, by):
            surest[part] = max(surest.get(part, 0.0), event.confidence)
    return tuple(Part(actor=actor, side=side, confidence=p) for (actor, side), p in sorted(surest.items()))


def _when(events: Sequence[Event], published: Mapping[str, date]) -> When:
    """The time that most documents give of the exactest; of days, a stated one before an inherited one."""
    given: dict[tuple[int, int, When], set[str]] = {}
    for event in events:
        if event.time is not None:
            bounds = bounds_of(event.time.edtf)
            if event.time.basis is TimeBasis.PUBLISHED:
                bounds = replace(bounds, published=True)
            key = (_days(bounds), _rank(event.time.basis) if bounds.first == bounds.last else 0, bounds)
            given.setdefault(key, set()).add(event.document)
    if given:
        return min(given, key=lambda key: (key[:2], -len(given[key]), key[2].first or date.max))[2]
    return _publication(events, published)


def _publication(events: Sequence[Event], published: Mapping[str, date]) -> When:
    days = [published[event.document] for event in events if event.document in published]
    return When(dated=Dated.DATED, first=min(days), last=min(days), published=True) if days else UNDATED


def _rank(basis: TimeBasis) -> int:
    return (TimeBasis.STATED, TimeBasis.RELATIVE, TimeBasis.INHERITED, TimeBasis.PUBLISHED).index(basis) // 2


def _days(when: When) -> int:
    """Length in days, so that exact times come first, open ones after them, and those without a year last."""
    if when.first and when.last:
        return (when.last - when.first).days
    return 10**7 if when.dated is Dated.DATED else 10**8


def select(happenings: Iterable[Happening], documents: Collection[str]) -> tuple[Happening, ...]:
    """The happenings that only these documents tell."""
    return tuple(one for one in happenings if all(document in documents for document in one.documents))
