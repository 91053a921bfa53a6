"""W3C Web Annotation (JSON-LD): each record as an annotation of the words that show it, with PROV for what made it."""

from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from dragoman.codec import format_json, hash_text, kind_of
from dragoman.export.columns import Entry
from dragoman.export.options import QUOTE, Dataset, ExportOptions, Written
from dragoman.export.select import select
from dragoman.export.tables import participants_of
from dragoman.types.record import Agreement, Claim, Event, Membership, Position, Project, Provenance, Record
from dragoman.types.text import Document, Span

Json = Any  # whatever JSON can hold
CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {"prov": "http://www.w3.org/ns/prov#", "dragoman": "urn:dragoman:", "sha256": "dragoman:sha256"},
)
_AROUND = 32  # characters before and after a quote, enough to find it again in a changed page
_END = 60  # characters quoted at each end of a span too long to quote


def write_annotations(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes one AnnotationPage, an annotation a line. Positions count characters (code points) of the text as read."""
    written = Written()
    head = format_json({"@context": list(CONTEXT), "id": "urn:dragoman:annotations", "type": "AnnotationPage"})
    out.write(head[:-1] + ',"items":[')
    for entry in _entries(data, options, written):
        out.write((",\n" if written.rows["annotations"] else "\n") + format_json(_annotation(entry)))
        written.rows["annotations"] += 1
    out.write("\n]}\n")
    return written


def _entries(data: Dataset, options: ExportOptions, written: Written) -> Iterator[Entry[Record]]:
    for selected in select(data, options, written.left_out):
        yield from selected.entries


def _annotation(entry: Entry[Record]) -> dict[str, Json]:
    record = entry.record
    return {
        "id": f"urn:dragoman:{record.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": _label(record)},
            {"type": "TextualBody", "purpose": "describing", "value": _describe(entry), "language": "en"},
        ],
        "target": [_target(span, entry.document) for span in record.evidence],
        "dragoman:kind": kind_of(record),
        "dragoman:status": record.status.value,
        "dragoman:confidence": record.confidence,
        "dragoman:cluster": entry.cluster,
        "prov:wasDerivedFrom": {"id": _source(entry.document)},
        "prov:wasGeneratedBy": _activity(entry.provenance),
    }


def _label(record: Record) -> str:
    match record:
        case Event():
            return f"{record.category}-{record.mode}" if record.mode else record.category
        case Agreement():
            return f"{record.instrument} {record.agreement_status}"
        case Position():
            return record.stance
        case Claim():
            return f"claim {record.speaker_kind}"
        case Project():
            return f"project {record.project_status}"
        case Membership():
            return f"membership {record.membership_status}"


def _describe(entry: Entry[Record]) -> str:
    """Who takes part, by role, and how the report holds it."""
    parts = (f"{role}: {link.name or link.text}" for role, link in participants_of(entry))
    return "; ".join([*parts, f"status: {entry.record.status.value}"])


def _source(document: Document) -> str:
    return document.url or f"urn:dragoman:{document.id}"


def _target(span: Span, document: Document) -> dict[str, Json]:
    return {
        "type": "SpecificResource",
        "source": {"id": _source(document), "type": "Text", "format": "text/plain", "sha256": hash_text(document.text)},
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            _quote_selector(span, document.text),
        ],
    }


def _quote_selector(span: Span, text: str) -> dict[str, Json]:
    """The words with those around them; of a long span only its two ends, as a range between two quotes."""
    if len(span) <= QUOTE:
        return {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        }
    return {
        "type": "RangeSelector",
        "startSelector": {"type": "TextQuoteSelector", "exact": text[span.start : span.start + _END]},
        # The end of a range is where its second selector begins.
        "endSelector": {
            "type": "TextQuoteSelector",
            "prefix": text[span.end - _END : span.end],
            "exact": text[span.end : span.end + _AROUND],
        },
    }


def _activity(provenance: Provenance) -> Mapping[str, Json]:
    """PROV's activity: the coding, the software that did it, and what it used."""
    used = (("codebook", provenance.codebook), ("model", provenance.model), ("kb", provenance.kb))
    return {
        "type": "prov:Activity",
        "prov:wasAssociatedWith": {"type": "prov:SoftwareAgent", "dragoman:name": "dragoman"},
        "prov:used": [{"type": "prov:Entity", f"dragoman:{name}": value} for name, value in used],
    }
