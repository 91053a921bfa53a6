"""The record kept: documents, records, runs and verdicts in one file, and the questions asked of it.

    import dragoman

    store = dragoman.open("caucasus.dragoman", create=True)     # or a folder, or postgresql://…
    done = store.ingest(["news/"])                              # Ingestion: read, new, there, skipped, failed
    store.add(coded)                                            # or already coded: pipeline.Coded, one or many

    for event in store.events(source="KAZ", target="ARM", since="2024-01", type="CONSULT"):   # lazy, typed
        print(event.category, event.trigger_text)
    print(store.events(actor="Tokayev").count())                # 3 happenings told by 17 reports (21 records)
    page = store.records(q="border").order("least_sure").page(limit=50)      # page.entries, page.after
    for entry in page.entries:                                  # Entry: record, quote, document, run, cluster, review
        print(entry.record.id, entry.review, entry.version, entry.json)
    store.dyad("ARM", "KAZ").months(), store.actors("Tokayev"), store.documents(), store.agreements()
    store.coded()                                               # Iterator[Coded], for analysis, exports, clusters

    shown = store.judged_of(entry.record.id, "status")          # the value as the reviewer saw it
    store.add_verdict(Verdict(id=…, record=entry.record.id, document=entry.document, reviewer="ada", field="status",
                              judged=shown, value="planned", judgement=Judgement.CORRECT, decided_at=…),
                      seen=entry.version)                       # ConflictError when somebody was faster
    store.add_cluster_decision(ClusterDecision(…)), store.verdicts(record_id), store.cluster(entry.cluster)
    store.runs(), store.diff("r-1", "r-2"), store.status(), store.back_up("copy.dragoman"), store.rebuild()

Documents, records, verdicts, decisions and runs are only ever added. Everything asked reads the latest coding of each
document with verdicts folded in and rejected records left out; `run=` asks an older coding, `review=` the rejected.
"""

from dragoman.store.book import Adding, Status, Store, summarise
from dragoman.store.diff import RecordChange, RunDiff
from dragoman.store.dyads import Dyad, DyadMonth
from dragoman.store.filters import Filters, RecordQuery
from dragoman.store.ingesting import Ingestion, IngestOptions
from dragoman.store.opening import open_store, upgrade_store
from dragoman.store.questions import Count, Entry, Page, Records
from dragoman.store.registry import ActorEntry
from dragoman.store.runs import RunInfo
from dragoman.store.writing import Added

__all__ = [
    "ActorEntry",
    "Added",
    "Adding",
    "Count",
    "Dyad",
    "DyadMonth",
    "Entry",
    "Filters",
    "IngestOptions",
    "Ingestion",
    "Page",
    "RecordChange",
    "RecordQuery",
    "Records",
    "RunDiff",
    "RunInfo",
    "Status",
    "Store",
    "open",
    "open_store",
    "summarise",
    "upgrade_store",
]

open = open_store  # `dragoman.open`
