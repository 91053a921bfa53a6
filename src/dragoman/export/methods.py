"""The paragraph for the paper: what was coded, with what, what is counted, and how to cite it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from typing import TextIO

from dragoman.codec import kind_of
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.select import CodedDocument, select
from dragoman.types.record import Event, Provenance

_PLURALS = {"agreement": "agreements", "position": "positions", "claim": "claims", "project": "projects",
            "membership": "memberships"}  # fmt: skip


@dataclass(slots=True)
class Summary:
    """What has been seen of a data set."""

    documents: int = 0
    undated: int = 0
    days: tuple[date, date] | None = None
    publishers: set[str] = field(default_factory=set)
    provenances: set[Provenance] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    counted: int = 0
    happenings: set[str] = field(default_factory=set)
    lowest: float = 1.0

    def add(self, selected: CodedDocument) -> None:
        """One more document."""
        document = selected.coded.document
        self.documents += 1
        self._add_day(document.published)
        if document.publisher:
            self.publishers.add(document.publisher)
        self.provenances.add(selected.coded.coding.provenance)
        for entry in selected.entries:
            self.kinds[kind_of(entry.record)] += 1
            self.lowest = min(self.lowest, entry.record.confidence)
            if isinstance(entry.record, Event):
                self.statuses[entry.record.status.value] += 1
                if entry.record.counted:
                    self.counted += 1
                    self.happenings.add(entry.cluster)

    def _add_day(self, day: date | None) -> None:
        if day is None:
            self.undated += 1
        elif self.days is None:
            self.days = (day, day)
        else:
            self.days = (min(day, self.days[0]), max(day, self.days[1]))


def write_methods(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes the paragraph in Markdown."""
    written, summary = Written(), Summary()
    every = ExportOptions(every_status=True, threshold=options.threshold)
    for selected in select(data, every, written.left_out):
        summary.add(selected)
    out.write(describe(summary, threshold=options.threshold, snapshot=None))
    written.rows["paragraphs"] = 1
    return written


def describe(summary: Summary, *, threshold: float, snapshot: str | None) -> str:
    """The paragraph and the citation. No figures of accuracy: they depend on the texts, and stand in the docs."""
    sentences = (
        _reports(summary),
        *(_versions(provenance) for provenance in sorted(summary.provenances, key=str)),
        _threshold(summary, threshold),
        _events(summary),
        _others(summary),
        "Every record points to the characters of the report that show it.",
    )
    return "\n".join(
        (
            "## Data and coding",
            "",
            " ".join(sentence for sentence in sentences if sentence),
            "",
            "Please cite: " + cite(snapshot),
            "",
        )
    )


def cite(snapshot: str | None) -> str:
    """How to cite the software and, where there is one, the frozen data."""
    software = f"dragoman, version {version('dragoman')} [computer software]"
    return f"{software}; data: snapshot {snapshot}." if snapshot else f"{software}."


def _reports(summary: Summary) -> str:
    days = summary.days
    span = _span(*days) if days else ""
    outlets = f" by {_number(len(summary.publishers), 'outlet')}" if summary.publishers else ""
    undated = f" ({summary.undated} without a date of publication)" if summary.undated else ""
    reports = _number(summary.documents, "news report")
    return f"We coded {reports}{span}{outlets}{undated} with dragoman {version('dragoman')}."


def _span(first: date, last: date) -> str:
    if first == last:
        return f" published on {first.isoformat()}"
    return f" published from {first.isoformat()} to {last.isoformat()}"


def _versions(provenance: Provenance) -> str:
    return (
        f"The codebook was {provenance.codebook}, the language model {provenance.model}, "
        f"the knowledge base of actors {provenance.kb}."
    )


def _threshold(summary: Summary, threshold: float) -> str:
    if threshold:
        return f"Records with a calibrated confidence below {threshold:g} were left out."
    if not summary.kinds:
        return "No record was found."
    return f"All records of the coder were kept; the lowest calibrated confidence is {summary.lowest:.2f}."


def _events(summary: Summary) -> str:
    events = summary.kinds["event"]
    if not events:
        return ""
    statuses = _list(f"{count} {status}" for status, count in summary.statuses.most_common())
    return (
        f"There are {_number(events, 'telling')} of events ({statuses}). Series count the {summary.counted} that "
        f"reports assert or that bind somebody to an agreement, each happening once however many reports tell of it: "
        f"{_number(len(summary.happenings), 'happening')}."
    )


def _others(summary: Summary) -> str:
    found = [_number(count, kind, _PLURALS[kind]) for kind, count in sorted(summary.kinds.items()) if kind in _PLURALS]
    return f"The other records are {_list(found)}." if found else ""


def _number(count: int, singular: str, plural: str | None = None) -> str:
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def _list(parts: Iterable[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
