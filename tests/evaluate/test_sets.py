from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dragoman.evaluate.metrics import Figure
from dragoman.evaluate.sets import SETS, Bench, EvaluationSet, hash_file, hash_reports, measure_set
from dragoman.train.annotation import Report
from dragoman.types.record import Coding
from dragoman.types.text import Document, Span
from make_coder import MadeCoder


def report(name: str, text: str = "Peru visited Chile.", split: str = "dev") -> Report:
    return Report(
        id=name, origin="own", part="p", split=split, style=None, published=None, text=text,
        sentences=(Span(0, len(text)),), headline=False,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Calibration:
    threshold: float = 0.5
    widest: float = 0.5


@dataclass(frozen=True, kw_only=True)
class CallableCoder:
    calibration: Calibration = Calibration()

    def __call__(self, document: Document) -> Coding:
        return next(MadeCoder().code_many([document]))


@dataclass(frozen=True, kw_only=True)
class MadeBench(Bench):
    """A bench whose reports are given."""

    given: tuple[Report, ...] = ()

    @property
    def reports(self) -> tuple[Report, ...]:  # type: ignore[override]
        return self.given


def bench(tmp_path: Path, *given: Report) -> Bench:
    coder = CallableCoder()
    return MadeBench(coder=coder, data=tmp_path, corpus=tmp_path, lists=None, split="dev", given=given)  # type: ignore[arg-type]


def count_bytes(bench: Bench, path: Path) -> Iterable[Figure]:
    yield Figure(name="bytes", value=len(path.read_bytes()), cases=1)


MADE = EvaluationSet(name="made", title="a made set", place="data", file="made.txt", measure=count_bytes)


def test_set_is_measured_with_the_hash_of_its_gold(tmp_path: Path) -> None:
    (tmp_path / "made.txt").write_text("four")
    result = measure_set(bench(tmp_path), MADE)
    assert (result.skipped, result.gold, result.figures[0].value) == (None, hash_file(tmp_path / "made.txt"), 4)


def test_absent_file_is_skipped_and_said(tmp_path: Path) -> None:
    result = measure_set(bench(tmp_path), MADE)
    assert result.gold is None
    assert result.skipped is not None
    assert "made.txt is not there" in result.skipped
    assert "--data" in result.skipped


def test_folder_that_was_not_named_is_skipped(tmp_path: Path) -> None:
    nowhere = replace(bench(tmp_path), data=None)
    assert "--data" in (measure_set(nowhere, MADE).skipped or "")


OWN = next(one for one in SETS if one.name == "corpus_own")
NEWS = next(one for one in SETS if one.name == "corpus_news")


def test_corpus_is_measured_by_origin(tmp_path: Path) -> None:
    here = bench(tmp_path, report("a"))
    figures = {one.name: one.value for one in measure_set(here, OWN).figures}
    assert figures["events / 100 no-event sentences"] == 100.0
    assert "news" in (measure_set(here, NEWS).skipped or "")


def test_hash_of_reports_changes_with_the_annotation() -> None:
    changed = replace(report("a"), sentences=(Span(0, 4),))
    assert hash_reports([report("a")]) == hash_reports([report("a", split="test")])
    assert hash_reports([report("a")]) != hash_reports([changed])


def test_reports_of_the_split_are_read_from_the_corpus() -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    nowhere = corpus / "none"
    here = Bench(coder=CallableCoder(), data=nowhere, corpus=corpus, lists=None, split="dev")  # type: ignore[arg-type]
    assert {one.split for one in here.reports} == {"dev"}
    assert here.reports_of("own") == here.reports


def test_without_a_corpus_there_are_no_reports() -> None:
    assert Bench(coder=CallableCoder(), data=None, corpus=None, lists=None, split="dev").reports == ()  # type: ignore[arg-type]


def test_names_of_sets_are_unique() -> None:
    assert len({one.name for one in SETS}) == len(SETS)


@pytest.mark.parametrize("name", ["ewt_test", "ewt_raw", "entities_dev", "plv_train", "actors"])
def test_known_sets_are_there(name: str) -> None:
    assert any(one.name == name for one in SETS)
