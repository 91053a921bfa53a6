"""Every evaluation set: which files it needs, the hash of its gold, and how it is measured."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.coder import Coder
from dragoman.evaluate import actors, agreements, coref, dates, open_files, open_sets, places
from dragoman.evaluate.cluster_sets import cluster_figures, score_ecb, score_own
from dragoman.evaluate.events import CodedReport, code_reports, event_figures
from dragoman.evaluate.metrics import Figure, percent
from dragoman.evaluate.raw_parse import score_raw
from dragoman.evaluate.syntax import entity_figures, score_entities, score_treebank

if TYPE_CHECKING:
    from dragoman.train.annotation import Report


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What is measured and where the gold lies; each folder is None when it is not at hand. Opened and coded once.

    `data` holds the open data, `corpus` the annotated corpus, `lists` the project's own test lists; `split` is the part
    of the corpus that is scored (dev or test).
    """

    coder: Coder
    data: Path | None
    corpus: Path | None
    lists: Path | None
    split: str

    @cached_property
    def reports(self) -> tuple["Report", ...]:
        """The annotated reports of the split."""
        from dragoman.train.corpus import load_reports

        if self.corpus is None:
            return ()
        news = self.data / "news" if self.data else None
        at_hand = news if news and news.is_dir() else None
        return tuple(report for report in load_reports(self.corpus, at_hand) if report.split == self.split)

    def reports_of(self, origin: str) -> tuple["Report", ...]:
        """Those written for the corpus (`own`) or real ones (`news`)."""
        return tuple(report for report in self.reports if report.origin == origin)

    @cached_property
    def coded(self) -> dict[str, tuple[CodedReport, ...]]:
        """The reports of each origin, coded."""
        return {origin: code_reports(self.coder, self.reports_of(origin)) for origin in ("own", "news")}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSet:
    """One set. `file` is relative to the bench's folder `place`; `measure` gets the bench and the file's path."""

    name: str
    title: str
    place: str
    file: str
    measure: Callable[[Bench, Path], Iterable[Figure]]
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """The figures of one set, the hash of its gold; or why it was skipped."""

    name: str
    title: str
    gold: str | None
    figures: tuple[Figure, ...]
    skipped: str | None = None


def measure_set(bench: Bench, chosen: EvaluationSet) -> SetResult:
    """The figures of one set; a set whose files are not at hand is skipped, with the reason."""
    folder: Path | None = getattr(bench, chosen.place)
    path = folder / chosen.file if folder else None
    if path is None or not path.exists():
        return _skip(chosen, f"{path or chosen.file} is not there; name its folder with --{chosen.place}")
    if chosen.origin and not bench.reports_of(chosen.origin):
        return _skip(
            chosen, f"no {chosen.origin} reports in the {bench.split} split; real news needs --data for its texts"
        )
    gold = hash_reports(bench.reports_of(chosen.origin)) if chosen.origin else hash_file(path)
    return SetResult(name=chosen.name, title=chosen.title, gold=gold, figures=tuple(chosen.measure(bench, path)))


def _skip(chosen: EvaluationSet, reason: str) -> SetResult:
    return SetResult(name=chosen.name, title=chosen.title, gold=None, figures=(), skipped=reason)


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return sha256(path.read_bytes()).hexdigest()


def hash_reports(reports: Sequence["Report"]) -> str:
    """SHA-256 over texts and events of annotated reports: it changes when a scored annotation does."""
    digest = sha256()
    for report in reports:
        digest.update(repr((report.id, report.text, report.sentences, report.events)).encode())
    return digest.hexdigest()


def _tree_set(name: str, title: str) -> EvaluationSet:
    return EvaluationSet(
        name=name,
        title=f"{title}, gold words",
        place="data",
        file=f"treebanks/{name}.conllu.gz",
        measure=lambda bench, path: score_treebank(bench.coder, path).figures(),
    )


def _raw_set(name: str, treebank: str, title: str, genre: str | None = None) -> EvaluationSet:
    return EvaluationSet(
        name=name,
        title=f"{title}, from raw text",
        place="data",
        file=f"treebanks/{treebank}.conllu.gz",
        measure=lambda bench, path: score_raw(bench.coder, path, genre=genre).figures(),
    )


def _corpus_set(origin: str, title: str) -> EvaluationSet:
    return EvaluationSet(
        name=f"corpus_{origin}",
        title=title,
        place="corpus",
        file="",
        measure=lambda bench, path: event_figures(
            bench.coded[origin],
            threshold=bench.coder.calibration.threshold,
            widest=bench.coder.calibration.widest,
        ),
        origin=origin,
    )


def _measure_pairs(bench: Bench, path: Path) -> Iterator[Figure]:
    cases = open_files.read_pairs(path, answer="root")
    return open_sets.pair_figures(cases, open_sets.ask_pairs(bench.coder, cases))


def _measure_binary(bench: Bench, path: Path) -> Iterator[Figure]:
    cases = open_files.read_pairs(path, answer="binary")
    return open_sets.binary_figures(cases, open_sets.ask_pairs(bench.coder, cases))


def _measure_sentences(bench: Bench, path: Path) -> Iterator[Figure]:
    cases = open_files.read_sentences(path)
    return open_sets.sentence_figures(cases, open_sets.ask_events(bench.coder, [(c.id, c.text) for c in cases]))


def _measure_leads(bench: Bench, path: Path) -> Iterator[Figure]:
    cases = open_files.read_leads(path)
    return open_sets.lead_figures(cases, open_sets.ask_events(bench.coder, [(c.id, c.text) for c in cases]))


def _measure_speakers(bench: Bench, path: Path) -> Iterator[Figure]:
    cases = open_files.read_speech(path)
    return open_sets.speaker_figures(cases, open_sets.ask_speakers(bench.coder, cases))


def _measure_predicates(bench: Bench, path: Path) -> Iterator[Figure]:
    return open_sets.predicate_figures(bench.coder, open_files.read_predicates(path))


def _measure_actors(bench: Bench, path: Path) -> Iterator[Figure]:
    score, _ = actors.score_actors(bench.coder.kb, actors.load_cases(path))
    yield Figure(name="country right", value=percent(score.country_right, score.cases), cases=score.cases)
    yield Figure(name="country and sector right", value=percent(score.both_right, score.cases), cases=score.cases)
    yield Figure(name="precision of answers", value=percent(score.precise, score.answered), cases=score.answered)


def _measure_coref(bench: Bench, path: Path) -> Iterator[Figure]:
    score, _ = coref.score_coref(bench.coder.kb, coref.load_coref(path))
    yield Figure(name="country right", value=percent(score.country_right, score.cases), cases=score.cases)
    yield Figure(name="country and sector right", value=percent(score.both_right, score.cases), cases=score.cases)


def _measure_dates(bench: Bench, path: Path) -> Iterator[Figure]:
    score = dates.score_dates(list(dates.load_cases(path)))
    yield Figure(name="EDTF right", value=percent(score.right, score.total), cases=score.total)
    yield Figure(name="invented / 100", value=percent(score.invented, score.total), cases=score.total, falls=True)


def _measure_places(bench: Bench, path: Path) -> Iterator[Figure]:
    score = places.score_places(bench.coder.gazetteer, list(places.load_cases(path)))
    yield Figure(name="country right", value=percent(score.country_right, score.total), cases=score.total)
    yield Figure(name="entry right", value=percent(score.entry_right, score.total), cases=score.total)


def _measure_agreements(bench: Bench, path: Path) -> Iterator[Figure]:
    yield from agreements.measure(bench.coder, path, bench.split)


def _measure_entities(bench: Bench, path: Path) -> Iterator[Figure]:
    return entity_figures(score_entities(bench.coder, path))


def _measure_clusters(bench: Bench, path: Path) -> Iterator[Figure]:
    return cluster_figures(score_own(bench.coder, path, bench.split))


def _measure_ecb(bench: Bench, path: Path) -> Iterator[Figure]:
    docs = path.with_name(path.name.replace("event_mentions", "docs"))
    return cluster_figures(score_ecb(bench.coder, docs, path))


SETS = (
    _tree_set("ewt_test", "UD English EWT test"),
    _tree_set("gum_test", "UD English GUM test"),
    _raw_set("ewt_raw", "ewt_test", "UD English EWT test"),
    _raw_set("gum_raw", "gum_test", "UD English GUM test"),
    _raw_set("gum_news_raw", "gum_test", "GUM test, news documents", "news"),
    EvaluationSet(
        name="entities_dev",
        title="entities of Worldwide Newswire dev",
        place="data",
        file="entities/worldwide_dev.jsonl.gz",
        measure=_measure_entities,
    ),
    _corpus_set("own", "our corpus, own-written reports"),
    _corpus_set("news", "our corpus, real news reports"),
    EvaluationSet(
        name="plv_train", title="marked pairs (PLV)", place="data", file="plv_train.jsonl", measure=_measure_pairs
    ),
    EvaluationSet(
        name="wikievents",
        title="marked pairs (WikiEvents)",
        place="data",
        file="wikievents_pairs_train.jsonl",
        measure=_measure_binary,
    ),
    EvaluationSet(
        name="cameo_sentences",
        title="sentences, 5 classes with no-event",
        place="data",
        file="cameo_sentences_penta.jsonl",
        measure=_measure_sentences,
    ),
    EvaluationSet(
        name="coders_a",
        title="news leads beside human coders",
        place="data",
        file="coders_A.jsonl",
        measure=_measure_leads,
    ),
    EvaluationSet(
        name="polnear_dev",
        title="speakers of US political news",
        place="data",
        file="polnear_dev.jsonl.gz",
        measure=_measure_speakers,
    ),
    EvaluationSet(
        name="uds_factuality",
        title="factuality, held-out half",
        place="data",
        file="uds_factuality_dev.jsonl",
        measure=_measure_predicates,
    ),
    EvaluationSet(
        name="actors",
        title="actor mentions with dates",
        place="lists",
        file="actors_test.jsonl",
        measure=_measure_actors,
    ),
    EvaluationSet(
        name="actors_2",
        title="actor mentions, second list",
        place="lists",
        file="actors_test_2.jsonl",
        measure=_measure_actors,
    ),
    EvaluationSet(
        name="actors_3",
        title="actor mentions, third list",
        place="lists",
        file="actors_test_3.jsonl",
        measure=_measure_actors,
    ),
    EvaluationSet(
        name="actors_4",
        title="actor mentions, fourth list",
        place="lists",
        file="actors_test_4.jsonl",
        measure=_measure_actors,
    ),
    EvaluationSet(
        name="coref",
        title="pronouns and descriptions in short reports",
        place="lists",
        file="coref_test.jsonl",
        measure=_measure_coref,
    ),
    EvaluationSet(
        name="dates", title="time expressions", place="lists", file="dates_test.jsonl", measure=_measure_dates
    ),
    EvaluationSet(
        name="places", title="place mentions", place="lists", file="places_test.jsonl", measure=_measure_places
    ),
    EvaluationSet(
        name="agreements",
        title="agreements, slot by slot",
        place="lists",
        file="agreements_test.jsonl",
        measure=_measure_agreements,
    ),
    EvaluationSet(
        name="clusters",
        title="short reports of easily mixed happenings",
        place="lists",
        file="clusters.jsonl",
        measure=_measure_clusters,
    ),
    EvaluationSet(
        name="ecbplus_dev",
        title="ECB+ dev, gold mentions across documents",
        place="data",
        file="ecbplus_dev_event_mentions.jsonl.gz",
        measure=_measure_ecb,
    ),
)
