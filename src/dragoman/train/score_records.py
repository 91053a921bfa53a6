"""Score the five kinds of record that are no events against the annotated corpus.

Run: `python -m dragoman.train.score_records CORPUS_DIR NEWS_DIR MODEL_DIR [--split dev] [--errors KIND]`.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.coding.agreements import find_agreements
from dragoman.coding.by_rule import choose_by_rule
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.claims import find_claims
from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.coding.drafts import grow_trees
from dragoman.coding.memberships import find_memberships
from dragoman.coding.positions import find_positions
from dragoman.coding.projects import find_projects
from dragoman.coding.triggers import find_triggers
from dragoman.evaluate.records import Row, match_rows, rows_of, score_rows
from dragoman.language.model import open_model
from dragoman.language.parser import open_parser
from dragoman.language.tree import Tree
from dragoman.train.corpus import Report, load_reports
from dragoman.types.parse import ParsedDocument
from dragoman.types.text import Document, Span


def expect_rows(report: Report) -> Iterator[Row]:
    """The rows that a reader marked in a report; marks without any place in the text are left out."""
    for a in report.agreements:
        if a.evidence is not None:
            yield Row(
                document=report.id, kind="agreement", anchors=((a.evidence,),),
                places=(("parties", tuple(p.span for p in a.parties if p.span is not None)),),
                values=(("instrument", a.instrument), ("status", a.status)),
            )  # fmt: skip
    for c in report.claims:
        if c.content is not None:
            places = (("speaker", _one(c.speaker)), ("cue", _one(c.cue)), ("content_exact", (c.content,)))
            yield Row(document=report.id, kind="claim", anchors=((c.content,),), places=places)
    for p in report.positions:
        if p.holder is not None:
            anchors = (_one(p.holder), _one(p.topic or p.evidence))
            yield Row(document=report.id, kind="position", anchors=anchors, values=(("stance", p.stance),))
    for j in report.projects:
        if j.name is not None:
            yield Row(document=report.id, kind="project", anchors=((j.name,),), values=(("status", j.status),))
    for m in report.memberships:
        if m.member is not None:
            values = (("level", m.level), ("status", m.status))
            anchors = ((m.member,), _one(m.organization or m.evidence))
            yield Row(document=report.id, kind="membership", anchors=anchors, values=values)


def _one(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span is not None else ()


def choose_events(trees: Sequence[Tree], codebook: Codebook) -> tuple[ChosenEvent, ...]:
    """The events by the codebook's rules alone."""
    found = (
        choose_by_rule(tree, candidate, codebook, year=None)
        for tree in trees
        for candidate in find_triggers(tree, codebook).candidates
    )
    return tuple(event for event in found if event)


def find_rows(parsed: ParsedDocument, codebook: Codebook) -> tuple[Row, ...]:
    """The rows of all five kinds found in a document."""
    trees = grow_trees(parsed, codebook)
    events = choose_events(trees, codebook)
    finders = (find_agreements, find_claims, find_positions, find_projects, find_memberships)
    return tuple(row for find in finders for row in rows_of(parsed.document.id, find(parsed, events, codebook, trees)))


def show_errors(kind: str, found: Iterable[Row], expected: Iterable[Row], texts: dict[str, str]) -> Iterator[str]:
    """One line for each row of `kind` that was wrong, missed or met with other values."""
    outcome = match_rows([row for row in found if row.kind == kind], [row for row in expected if row.kind == kind])
    for label, rows in (("WRONG", outcome.wrong), ("MISSED", outcome.missed)):
        yield from (f"{label} {_told(row, texts)}" for row in rows)
    for one, other in outcome.met:
        if one.values != other.values:
            yield f"VALUES {one.values} for {other.values} {_told(other, texts)}"


def _told(row: Row, texts: dict[str, str]) -> str:
    text = texts[row.document]
    words = " + ".join(span.of(text) for anchor in row.anchors for span in anchor)
    start = row.anchors[0][0].start if row.anchors[0] else 0
    around = text[max(0, text.rfind("\n", 0, start), start - 160) : start + 160].replace("\n", " ")
    return f"{row.document} [{words}] {row.values} ... {around}"


def main() -> None:
    """Parse the reports of a split, find the records and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("news", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--errors", default="")
    given = parser.parse_args()
    codebook, reader = load_codebook("plover"), open_parser(open_model(given.model))
    reports = [report for report in load_reports(given.corpus, given.news) if report.split == given.split]
    found: list[Row] = []
    for report in reports:
        document = Document(id=report.id, text=report.text, origin=report.part)
        found.extend(find_rows(reader.parse(document, with_events=False), codebook))
    expected = [row for report in reports for row in expect_rows(report)]
    print(f"{given.split}: {len(reports)} reports")
    print("\n".join(score.line() for score in score_rows(found, expected)))
    if given.errors:
        print("\n".join(show_errors(given.errors, found, expected, {report.id: report.text for report in reports})))


if __name__ == "__main__":
    main()
