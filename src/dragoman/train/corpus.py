"""Read the whole corpus into frozen values: markup of own reports, stand-off annotation of news, JSON lines."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dragoman.train.annotation import (
    ActorEntry,
    ActorMark,
    AgreementMark,
    ClaimMark,
    CorpusError,
    EventMark,
    Fault,
    MembershipMark,
    PositionMark,
    ProjectMark,
    Report,
)
from dragoman.train.guide_json import read_guide_json
from dragoman.train.markup import read_markup
from dragoman.train.news_texts import NewsTexts, open_texts
from dragoman.train.splits import group_of, read_splits, split_by_hash
from dragoman.train.standoff import read_standoff

__all__ = [
    "ActorEntry",
    "ActorMark",
    "AgreementMark",
    "ClaimMark",
    "CorpusError",
    "EventMark",
    "Fault",
    "MembershipMark",
    "PositionMark",
    "ProjectMark",
    "Report",
    "load_reports",
]


def load_reports(
    corpus_dir: Path, news_dir: Path | None, *, newswire: Path | None = None, splits: Path | None = None
) -> tuple[Report, ...]:
    """Read all reports under `corpus_dir`, in the order of their file names.

    Files in the folder itself and in `own`, `news` and `news_more` are read: `*.txt` as markup, `*.jsonl` as JSON
    lines. `news_dir` holds the texts of real news (`ID.txt`), `newswire` is the public newswire file
    (without it: looked for beside `news_dir`); with neither, real news is left out. Splits come from
    the file `splits` (without it: `splits.json` in `corpus_dir`); an id that it does not name goes by its hash.

    Raises CorpusError when `corpus_dir` holds no report or a file cannot be read.
    """
    reports: list[Report] = []
    texts = open_texts(news_dir, newswire)
    for file in _find_files(Path(corpus_dir)):
        if texts is not None or file.suffix == ".txt" or not _is_news(file):
            reports += load_file(file, texts)
    if not reports:
        raise CorpusError(f"{corpus_dir}: no report found; expected *.txt or *.jsonl there or in own, news, news_more")
    return tuple(_with_splits(reports, read_splits(splits or Path(corpus_dir) / "splits.json")))


def load_file(file: Path, texts: NewsTexts | None) -> tuple[Report, ...]:
    """Read one file of the corpus in whichever form it is; all its reports are in the training split.

    Raises CorpusError when the texts of real news are needed and missing.
    """
    if file.suffix == ".txt":
        return read_markup(file).reports
    if not _is_standoff(file):
        return read_guide_json(file, texts)
    if texts is None:
        raise CorpusError(f"{file}: annotation of texts kept elsewhere; name the folder of the news texts")
    return read_standoff(file, texts)


def _is_standoff(file: Path) -> bool:
    """Whether the lines are offsets (they carry the hash of a text) and not the JSON form with quotes."""
    with file.open(encoding="utf-8") as lines:
        return '"sha256"' in lines.readline()


def _is_news(file: Path) -> bool:
    """Whether the lines are about texts kept elsewhere."""
    with file.open(encoding="utf-8") as lines:
        return '"text": "' not in lines.readline()[:400]


def _find_files(folder: Path) -> list[Path]:
    found = []
    for place in (folder, folder / "own", folder / "news", folder / "news_more"):
        files = [f for f in place.glob("*") if f.suffix in (".txt", ".jsonl")] if place.is_dir() else []
        found += sorted(files)
    return found


def _with_splits(reports: Iterable[Report], listed: dict[str, str]) -> Iterable[Report]:
    for report in reports:
        yield replace(report, split=listed.get(report.id) or split_by_hash(group_of(report)))
