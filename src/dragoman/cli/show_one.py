"""`dragoman show ID`: one record, document, cluster or run."""

from collections.abc import Iterator
from dataclasses import asdict

from dragoman.cli.guard import DONE
from dragoman.cli.query import describe, entry_lines
from dragoman.cli.runs import manifest_lines
from dragoman.cli.show import show_attribution
from dragoman.codec import encode_coding, format_json
from dragoman.errors import RecordNotFoundError
from dragoman.store import Entry, Store, open_store
from dragoman.types.record import Event, Record
from dragoman.types.review import Verdict
from dragoman.types.text import Document, Span

_AROUND = 160
_WIDTH = 140


def run_show(place: str, id: str, *, json: bool) -> int:
    """Prints what the id names."""
    with open_store(place) as store:
        for find in (_show_record, _show_document, _show_cluster, _show_run):
            try:
                lines = list(find(store, id, json))
            except RecordNotFoundError:
                continue
            print("\n".join(lines))
            return DONE
    raise RecordNotFoundError(f"{place}: nothing has the id {id!r}; `dragoman query` prints the ids of records")


def _show_record(store: Store, id: str, json: bool) -> Iterator[str]:
    entry = store.entry(id)
    if json:
        yield entry.json
        return
    yield from record_lines(store, entry)


def record_lines(store: Store, entry: Entry[Record]) -> Iterator[str]:
    """The record with everything that explains it."""
    record, document = entry.record, store.document(entry.document)
    yield f"{record.id}   {describe(record)}"
    yield f"  status       {record.status.value}, according to {show_attribution(record.attribution)}"
    yield f"  confidence   {record.confidence:.2f}"
    yield f"  reason       {record.reason}"
    yield ""
    yield from context_lines(record, document)
    yield ""
    yield f"  document     {document.id}   {document.origin}" + (f", sentence {record.sentence}")
    known = [document.title, document.publisher, entry.published, document.url]
    told = " · ".join(str(value) for value in known if value)
    yield f"  said by      {told or 'no title, publisher, date or address given'}"
    yield f"  happening    {entry.cluster}" + _told(store, entry)
    yield f"  run          {entry.run}   {entry.provenance.codebook}, {entry.provenance.model}, {entry.provenance.kb}"
    if isinstance(record, Event) and record.decisions:
        yield "  decisions"
        for decision in record.decisions:
            why = f"{decision.confidence:.2f}   {decision.reason} ({decision.by})"
            yield f"    {decision.field:<12} {decision.value}   {why}"
    yield f"  review       {entry.review}"
    yield from (f"    {line}" for line in map(_verdict_line, store.verdicts(record.id)))


def context_lines(record: Record, document: Document) -> Iterator[str]:
    """The evidence with the words around it; `[` and `]` mark it."""
    for span in record.evidence:
        before = document.text[max(0, span.start - _AROUND) : span.start]
        after = document.text[span.end : span.end + _AROUND]
        quoted = f"{_tail(before)}[{span.of(document.text)}]{_head(after)}"
        yield f'  "{" ".join(quoted.split())}"   characters {span.start}-{span.end}'


def _tail(text: str) -> str:
    return text if len(text) < _AROUND else "… " + text.split(" ", 1)[-1]


def _head(text: str) -> str:
    return text if len(text) < _AROUND else text.rsplit(" ", 1)[0] + " …"


def _told(store: Store, entry: Entry[Record]) -> str:
    cluster = store.cluster(entry.cluster)
    others = len(cluster.records) - 1
    if not others:
        return "   told once"
    reports = len(cluster.documents)
    return f"   {others + 1} records in {reports} report{'' if reports == 1 else 's'}: {cluster.reason}"


def _verdict_line(verdict: Verdict) -> str:
    what = f" {verdict.field}" if verdict.field else ""
    value = f" → {verdict.value}" if verdict.value else ""
    note = f"   {verdict.note}" if verdict.note else ""
    return f"{verdict.decided_at}  {verdict.reviewer}  {verdict.judgement.value}{what}{value}{note}"


def _show_document(store: Store, id: str, json: bool) -> Iterator[str]:
    coded = store.coded_document(id)
    document = coded.document
    if json:
        yield encode_coding(coded.coding, document)
        return
    yield f"{document.id}   {document.title or document.origin}"
    yield f"  {document.origin} · {document.publisher or 'no publisher'} · {document.published or 'no date'}"
    yield ""
    yield Span(0, len(document.text)).of(document.text)
    yield ""
    for entry in store.records(document=id).order("text").entries():
        yield from entry_lines(entry, _WIDTH)


def _show_cluster(store: Store, id: str, json: bool) -> Iterator[str]:
    cluster = store.cluster(id)
    if json:
        yield format_json(asdict(cluster))
        return
    size = f"{len(cluster.records)} records in {len(cluster.documents)} reports"
    yield f"{cluster.id}   {cluster.kind}, {size}: {cluster.reason}"
    for disagreement in cluster.disagreements:
        told = "; ".join(f"{value} ({len(records)})" for value, records in disagreement.values)
        yield f"  the reports differ on {disagreement.field}: {told}"
    for entry in store.records(cluster=id).order("text").entries():
        yield from entry_lines(entry, _WIDTH)


def _show_run(store: Store, id: str, json: bool) -> Iterator[str]:
    yield from manifest_lines(store.run(id), json=json)
