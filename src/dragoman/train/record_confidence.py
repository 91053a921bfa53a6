"""Fits how sure the rules for the five other kinds of record are: shares of right records, by rule.

Run: `python -m dragoman.train.record_confidence CORPUS_DIR NEWS_DIR MODEL_DIR evaluation/record_verdicts.jsonl`, and
keep what it prints as `src/dragoman/codebooks/record_confidence.toml`.

A record is right when a reader marked one in its place with the same main value (status, stance). The readers of the
corpus marked events first and left many of the other kinds out: a drawn sample of the records that nobody marked was
judged one by one (`record_verdicts.jsonl`), and the share of right ones among them is counted in. Train and dev reports
are used, each share drawn towards that of its kind by four records' weight.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dragoman.coding.codebook import load_codebook
from dragoman.evaluate.records import Row, match_rows, share_of
from dragoman.language.model import open_model
from dragoman.language.parser import open_parser
from dragoman.train.corpus import load_reports
from dragoman.train.score_records import expect_rows, find_rows
from dragoman.types.text import Document

_WEIGHT = 4.0
_CLOSE = 0.8
# Claims were judged by what is said, not by its bounds; of the marked ones this share has them right.
_BOUNDS = 0.8
_MAIN = ("status", "stance")
# A reader who marked "agreed" where the rules say the least they can did not find the record wrong.
_CAUTIOUS = frozenset({"agreement.bare", "agreement.bare titled"})


def count_right(found: Iterable[Row], expected: Iterable[Row]) -> tuple[Counter[str], Counter[str]]:
    """How many records each rule found, and how many of them are right."""
    rows, gold = list(found), list(expected)
    right: Counter[str] = Counter()
    for kind in sorted({row.kind for row in rows}):
        met = match_rows([r for r in rows if r.kind == kind], [r for r in gold if r.kind == kind]).met
        right.update(one.rule for one, other in met if _is_right(one, other))
    return Counter(row.rule for row in rows), right


def _is_right(one: Row, other: Row) -> bool:
    """True for the same main value; a claim is right when most of its content is the marked one's."""
    if one.kind == "claim":
        return share_of(one.anchors[0][0], other.anchors[0][0]) >= _CLOSE
    return one.rule in _CAUTIOUS or _main(one) == _main(other)


def _main(row: Row) -> tuple[str, ...]:
    return tuple(value for name, value in row.values if name in _MAIN)


def read_verdicts(path: Path) -> dict[str, float]:
    """Of the records that nobody had marked, the share judged right, by kind; one right and one wrong are added."""
    judged = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    total = Counter(row["kind"] for row in judged)
    right = Counter(row["kind"] for row in judged if row["right"])
    shares = {kind: (right[kind] + 1) / (count + 2) for kind, count in total.items()}
    return {kind: share * (_BOUNDS if kind == "claim" else 1.0) for kind, share in shares.items()}


def fit_shares(found: Counter[str], right: Counter[str], unmarked: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The share of each rule, drawn towards that of its kind; `unmarked` is what `read_verdicts` gives."""
    for rule in sorted(found):
        kind = rule.split(".")[0]
        peers = [other for other in found if other.split(".")[0] == kind]
        mean = sum(right[other] for other in peers) / sum(found[other] for other in peers)
        share = (right[rule] + _WEIGHT * mean) / (found[rule] + _WEIGHT)
        yield rule, share + (1.0 - share) * unmarked.get(kind, 0.0)


def format_shares(found: Counter[str], right: Counter[str], unmarked: Mapping[str, float]) -> str:
    """The table as TOML."""
    lines = [
        "# Share of each rule's records that are right, on train and dev reports: those that a reader had marked with",
        "# the same main value (`right` of `found`), and the judged share of those that nobody had marked.",
        "# Written by `python -m dragoman.train.record_confidence`; do not edit.",
    ]
    for rule, share in fit_shares(found, right, unmarked):
        lines.append(f'["{rule}"]\nshare = {share:.3f}\nright = {right[rule]}\nfound = {found[rule]}\n')
    return "\n".join(lines)


def main() -> None:
    """Parse the reports, find the records, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("news", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("verdicts", type=Path)
    given = parser.parse_args()
    codebook, reader = load_codebook("plover"), open_parser(open_model(given.model))
    reports = [report for report in load_reports(given.corpus, given.news) if report.split in ("train", "dev")]
    found: list[Row] = []
    for report in reports:
        document = Document(id=report.id, text=report.text, origin=report.part)
        found.extend(find_rows(reader.parse(document, with_events=False), codebook))
    rows = [row for report in reports for row in expect_rows(report)]
    print(format_shares(*count_right(found, rows), read_verdicts(given.verdicts)))


if __name__ == "__main__":
    main()
