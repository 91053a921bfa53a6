"""Sets of clustered mentions: our own short reports, and ECB+ with its gold mentions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from dragoman.clusters import cluster_records
from dragoman.clusters.linking import link_groups, ordered
from dragoman.clusters.score import THRESHOLD, score_pair
from dragoman.clusters.telling import Telling, make_side, sentence_bounds, tellings_of
from dragoman.clusters.words import is_small, stem, weigh
from dragoman.coder import Coder
from dragoman.evaluate.clusters import ClusterScores, Key, score_clusters
from dragoman.evaluate.metrics import Figure, percent
from dragoman.evaluate.open_files import Row, read_rows
from dragoman.language.tree import grow_tree
from dragoman.pipeline import Coded
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Event, Status
from dragoman.types.text import Document, Span

_NAME = re.compile(r"\b[A-Z][\w'-]+")
_LEAD = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A word that tells a happening, with the happening's id."""

    id: str
    span: Span
    happening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedReport:
    """A report with its gold mentions."""

    document: Document
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterResult:
    """Measures of the clustering and of the same-head-lemma baseline on the same mentions.

    `mentions` are all gold mentions, `found` those that the coder has an event for: our set clusters only these.
    """

    scores: ClusterScores
    baseline: ClusterScores
    mentions: int
    found: int


def cluster_figures(result: ClusterResult) -> Iterator[Figure]:
    """The measures as figures; the baseline's as points of reference."""
    cases = result.scores.mentions
    if result.found < result.mentions:
        yield Figure(name="mentions coded", value=percent(result.found, result.mentions), cases=result.mentions)
    for name, value in _named(result.scores):
        yield Figure(name=name, value=value, cases=cases, pinned=name in ("pairs F1", "CoNLL F1"))
    for name, value in _named(result.baseline):
        yield Figure(name=f"same lemma: {name}", value=value, cases=cases, pinned=False)


def _named(scores: ClusterScores) -> tuple[tuple[str, float], ...]:
    return (
        ("pairs precision", scores.pairs.precision),
        ("pairs recall", scores.pairs.recall),
        ("pairs F1", scores.pairs.f1),
        ("MUC F1", scores.muc.f1),
        ("B3 F1", scores.b3.f1),
        ("CEAF-e F1", scores.ceafe.f1),
        ("CoNLL F1", scores.conll),
    )


def load_own_reports(path: Path, split: str) -> tuple[MarkedReport, ...]:
    """The reports of `evaluation/clusters.jsonl` of one split (dev or test)."""
    return tuple(_own_report(row) for row in read_rows(path) if row["split"] == split)


def _own_report(row: Row) -> MarkedReport:
    return MarkedReport(
        document=Document(
            id=row["id"],
            text=row["text"],
            origin="clusters",
            language="en",
            published=date.fromisoformat(row["published"]),
        ),
        mentions=tuple(
            GoldMention(
                id=f"{row['id']}:{mention['start']}",
                span=Span(mention["start"], mention["end"]),
                happening=mention["happening"],
            )
            for mention in row["mentions"]
        ),
    )


def score_own(coder: Coder, path: Path, split: str) -> ClusterResult:
    """Clusters what the coder makes of the reports, and compares on the gold mentions that it has an event for."""
    reports = load_own_reports(path, split)
    codings = coder.code_many([report.document for report in reports])
    coded = [Coded(document=report.document, coding=coding) for report, coding in zip(reports, codings, strict=True)]
    cluster_of = {record: cluster.id for cluster in cluster_records(coded) for record in cluster.records}
    gold: dict[str, str] = {}
    ours: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    for report, one in zip(reports, coded, strict=True):
        heads = _lemmas(coder.parse(report.document))
        for mention in report.mentions:
            event = _event_at(one, mention.span)
            if event is not None:
                gold[mention.id], ours[mention.id] = mention.happening, cluster_of[event.id]
                lemmas[mention.id] = _lemma_at(heads, mention.span)
    total = sum(len(report.mentions) for report in reports)
    return _result(gold, ours, lemmas, total)


def _result(gold: Key, ours: Key, lemmas: Key, mentions: int) -> ClusterResult:
    return ClusterResult(
        scores=score_clusters(gold, ours), baseline=score_clusters(gold, lemmas), mentions=mentions, found=len(gold)
    )


def _event_at(coded: Coded, span: Span) -> Event | None:
    events = (record for record in coded.coding.records if isinstance(record, Event))
    return next((event for event in events if event.trigger.overlaps(span)), None)


_Words = dict[Span, tuple[str, str, Span | None]]
"""Word span → lemma, part of speech, span of the word that governs it."""


def _lemmas(parsed: ParsedDocument) -> _Words:
    found: _Words = {}
    for sentence in parsed.sentences:
        tree = grow_tree(sentence)
        for token in sentence.tokens:
            head = sentence.tokens[token.head].span if token.head >= 0 else None
            found[token.span] = (tree.lemmas[token.index], token.upos, head)
    return found


def _head_at(words: _Words, span: Span) -> tuple[str, str] | None:
    """Lemma and part of speech of the word of the span that is governed from outside it."""
    inside = [word for word in words if word.overlaps(span)]
    for word in inside:
        lemma, upos, head = words[word]
        if head is None or not head.overlaps(span):
            return lemma, upos
    return words[inside[0]][:2] if inside else None


def _lemma_at(words: _Words, span: Span) -> str:
    found = _head_at(words, span)
    return found[0] if found else ""


def load_ecb(docs: Path, mentions: Path) -> tuple[MarkedReport, ...]:
    """The annotated sentences of ECB+ as documents, one line a sentence, with their gold event mentions.

    A mention of words that do not stand together is marked from its first to its last word.
    """
    by_document: dict[str, list[Row]] = {}
    for row in read_rows(mentions):
        by_document.setdefault(row["doc"], []).append(row)
    return tuple(_ecb_report(row, by_document[row["id"]]) for row in read_rows(docs) if row["id"] in by_document)


def _ecb_report(row: Row, mentions: Iterable[Row]) -> MarkedReport:
    text, places = "", {}
    for number, words in sorted(row["sents"].items(), key=lambda item: int(item[0])):
        for index, word in enumerate(words):
            places[int(number), index] = Span(len(text), len(text) + len(word))
            text += word + " "
        text = text[:-1] + "\n"
    found = []
    for mention in mentions:
        spans = [places[mention["sent"], index] for index in sorted(mention["tokens"])]
        span = Span(spans[0].start, spans[-1].end)
        found.append(GoldMention(id=mention["id"], span=span, happening=mention["cluster"]))
    document = Document(id=row["id"], text=text, origin="ecb+", language="en")
    return MarkedReport(document=document, mentions=tuple(found))


def score_ecb(coder: Coder, docs: Path, mentions: Path) -> ClusterResult:
    """Clusters the gold mentions of the part as a whole; its topics are not told."""
    reports = load_ecb(docs, mentions)
    gold: dict[str, str] = {}
    lemmas: dict[str, str] = {}
    tellings: list[Telling] = []
    for report, coding in zip(reports, coder.code_many([report.document for report in reports]), strict=True):
        coded = Coded(document=report.document, coding=coding)
        words = _lemmas(coder.parse(report.document))
        for mention in report.mentions:
            gold[mention.id] = mention.happening
            lemmas[mention.id] = _lemma_at(words, mention.span)
            tellings.append(_tell_mention(coder, coded, mention, _head_at(words, mention.span)))
    return _result(gold, group_tellings(tellings), lemmas, len(gold))


def group_tellings(tellings: Iterable[Telling]) -> dict[str, str]:
    """Telling id → its group, by the scores and the linking of `dragoman.clusters`; all that share a name compare."""
    tellings = tuple(tellings)
    scores = {}
    for one, other in combinations(tellings, 2):
        if one.names & other.names:
            score = score_pair(one, other)
            if score:
                scores[ordered(one.id, other.id)] = score
    groups = link_groups((telling.id for telling in tellings), scores, threshold=THRESHOLD)
    return {name: group[0] for group in groups for name in group}


def _tell_mention(coder: Coder, coded: Coded, mention: GoldMention, head: tuple[str, str] | None) -> Telling:
    """What tells of a gold mention: the coder's event there, else its word, names near it, its codebook category."""
    text = coded.document.text
    names = frozenset(stem(name) for name in _NAME.findall(text[:_LEAD]) if not is_small(name))
    sentence = sentence_bounds(text, mention.span).of(text)
    event = _event_at(coded, mention.span)
    trigger = stem(head[0]) if head else ""
    if event is not None:
        told = next(telling for telling in tellings_of(coded) if telling.id == event.id)
        # The mention's group inside its report is part of what is measured.
        return replace(
            told, id=mention.id, inner=None, trigger=trigger, names=names | told.names, sentence=weigh(sentence)
        )
    entries = coder.codebook.entries_for(*head) if head else ()
    near = make_side(words=frozenset(name.lower() for name in _NAME.findall(sentence) if not is_small(name)))
    return Telling(
        id=mention.id,
        document=coded.document.id,
        number=0,
        kind="event",
        category=entries[0].rule.category if entries else "",
        mode="",
        cameo=entries[0].rule.cameo if entries else "",
        status=Status.ASSERTED,
        joint=True,
        first=near,
        second=make_side(),
        both=near,
        window=None,
        day=None,
        published=None,
        place=None,
        exact_place=False,
        country=None,
        trigger=trigger,
        inner=None,
        sentence=weigh(sentence),
        lead=weigh(text[:_LEAD]),
        names=names,
    )
