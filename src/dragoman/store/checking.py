"""Is the store sound: the file, the rows that belong together, texts and quotes, and what is derived from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.codec import hash_text, parse_json
from dragoman.errors import InputError
from dragoman.store.decisions import list_decisions
from dragoman.store.derived import Follower
from dragoman.store.documents import iterate_coded
from dragoman.store.engine import Engine, Row, SqliteEngine, Transaction, Value
from dragoman.store.rebuilding import MONTHS, project_batch
from dragoman.store.reviewing import ROWS_OF_RECORDS
from dragoman.store.rows import ENTRY_COLUMNS

_BATCH = 2000
_NAMED = 5  # examples in a message
# A key that more documents share is not looked up whole, so clusters formed at once may differ.
_MOST_SHARED = 1000
REBUILD = "run dragoman rebuild"
RESTORE = "take a copy made by `dragoman backup`, or ingest the reports again into a new store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at, how much of it, and what is wrong and what to do; `note` says what was left out."""

    name: str
    looked_at: str
    wrong: tuple[str, ...] = ()
    note: str = ""


# Each statement counts rows that should not be there. The core first, then what is derived.
_CORE_ROWS = (
    ("documents without a coding", "SELECT count(*) FROM document WHERE key NOT IN (SELECT document FROM coding)"),
    ("codings without their document or run",
     "SELECT count(*) FROM coding WHERE document NOT IN (SELECT key FROM document)"
     " OR run NOT IN (SELECT key FROM run)"),
    ("codings whose records are not all there",
     "SELECT count(*) FROM coding c WHERE c.records > (SELECT count(*) FROM record b WHERE b.coding = c.key)"),
    ("records without a coding", "SELECT count(*) FROM record WHERE coding NOT IN (SELECT key FROM coding)"),
    ("verdicts on records that are not there",
     "SELECT count(*) FROM verdict WHERE record NOT IN (SELECT id FROM record)"),
)  # fmt: skip
_DERIVED_ROWS = (
    ("records without an entry", "SELECT count(*) FROM record WHERE key NOT IN (SELECT record FROM entry)"),
    ("entries without a record", "SELECT count(*) FROM entry WHERE record NOT IN (SELECT key FROM record)"),
    *((f"rows of {table} without a record",
       f"SELECT count(*) FROM {table} WHERE record NOT IN (SELECT key FROM record)")
      for table in ("corrected", "involved", "dyad")),
    ("documents whose latest coding is not the one that is asked",
     "SELECT count(*) FROM (SELECT document, max(key) AS coding FROM coding GROUP BY document) l"
     " LEFT JOIN current u ON u.document = l.document WHERE u.coding IS NULL OR u.coding <> l.coding"),
    ("latest codings of documents that are not there",
     "SELECT count(*) FROM current WHERE document NOT IN (SELECT key FROM document)"),
    ("members of clusters that are no records",
     "SELECT count(*) FROM cluster_member WHERE record NOT IN (SELECT id FROM record)"),
    ("members of clusters that are not there",
     "SELECT count(*) FROM cluster_member WHERE cluster NOT IN (SELECT id FROM cluster)"),
    ("clusters without members", "SELECT count(*) FROM cluster WHERE id NOT IN (SELECT cluster FROM cluster_member)"),
    ("documents of stories that are not there",
     "SELECT count(*) FROM story_member WHERE document NOT IN (SELECT id FROM document)"),
    ("keys of documents that are not there",
     "SELECT count(*) FROM block WHERE document NOT IN (SELECT key FROM document)"),
)  # fmt: skip


def check_rows(engine: Engine) -> list[str]:
    """What the database and a look at rows that belong together find wrong; quick enough after every copy."""
    return [*(engine.check() if isinstance(engine, SqliteEngine) else []), *_links(engine)]


def check_all(engine: Engine, follower: Follower, *, clusters: bool = True) -> Iterator[Check]:
    """Everything, one check after the other. It reads the whole store; others may go on using it."""
    file = _check_file(engine)
    yield file
    if file.wrong:
        yield Check(name="the rest", looked_at="none", note="not looked at, because the file is damaged")
        return
    yield Check(
        name="rows", looked_at=f"{len(_CORE_ROWS) + len(_DERIVED_ROWS)} kinds of links", wrong=tuple(_links(engine))
    )
    yield _check_search(engine)
    core = [_check_texts(engine), *_check_records(engine, follower)]
    yield from core
    yield _check_months(engine)
    if any(check.wrong for check in core if check.name in ("texts", "quotes")):
        yield Check(name="clusters", looked_at="none", note="not looked at, because texts or records are damaged")
    elif clusters:
        yield _check_clusters(engine)


def _links(engine: Engine) -> Iterator[str]:
    if isinstance(engine, SqliteEngine):
        yield from engine.check_links()
    yield from _orphans(engine)


def _orphans(engine: Engine) -> Iterator[str]:
    for statements, remedy in ((_CORE_ROWS, RESTORE), (_DERIVED_ROWS, REBUILD)):
        for what, sql in statements:
            if count := int(engine.read(sql)[0][0] or 0):
                yield f"{count:,} {what}; {remedy}"


def _check_file(engine: Engine) -> Check:
    if not isinstance(engine, SqliteEngine):
        return Check(name="file", looked_at="none", note="the server keeps its own: see its tools")
    wrong = engine.check(thorough=True)
    pages = int(engine.read("PRAGMA page_count")[0][0] or 0)
    remedy = (f"the file is damaged; {RESTORE}",) if wrong else ()
    return Check(name="file", looked_at=f"{pages:,} pages", wrong=(*wrong, *remedy))


def _check_search(engine: Engine) -> Check:
    if not isinstance(engine, SqliteEngine):
        missing = int(
            engine.read("SELECT count(*) FROM document WHERE key NOT IN (SELECT document FROM document_search)")[0][0]
            or 0
        )
        said = (f"{missing:,} documents that are not searched; {REBUILD}",) if missing else ()
        return Check(name="full text", looked_at="documents that are searched", wrong=said)
    wrong = tuple(
        f"the index {table} does not hold the words of its table; {REBUILD}" for table in engine.check_search()
    )
    return Check(name="full text", looked_at="words of texts and names", wrong=wrong)


def _check_texts(engine: Engine) -> Check:
    count, bad = 0, list[str]()
    for id, text_hash, text in engine.stream("SELECT id, text_hash, text FROM document ORDER BY key"):
        count += 1
        if hash_text(str(text)) != text_hash:
            bad.append(str(id))
    wrong = (f"{_few(bad, 'documents')} whose text is not the one that was kept; {RESTORE}",) if bad else ()
    return Check(name="texts", looked_at=f"{count:,} documents", wrong=wrong)


# ---- records against what is derived from them


def _check_records(engine: Engine, follower: Follower) -> Iterator[Check]:
    count, after = 0, 0
    unreadable: list[str] = []
    moved: list[str] = []
    apart: dict[str, list[str]] = {table: [] for table in _TABLES}
    judged = {str(row[0]) for row in engine.read("SELECT DISTINCT record FROM verdict")}
    while True:
        # One transaction: writers keep a record and what is derived from it in one, so both are as of one moment.
        with engine.transaction(durable=False) as reading:
            batch = reading.read(f"{ROWS_OF_RECORDS} WHERE b.key > ? ORDER BY b.key LIMIT {_BATCH}", (after,))
            if not batch:
                break
            sound = [row for row in batch if _is_readable(row, unreadable)]
            _compare(reading, engine.dialect, follower, sound, judged, apart)
            moved += _misquoted(reading, sound)
        count, after = count + len(batch), int(batch[-1][0] or 0)
    said = f"{count:,} records"
    yield Check(
        name="quotes",
        looked_at=said,
        wrong=(
            *((f"{_few(unreadable, 'records')} that cannot be read; {RESTORE}",) if unreadable else ()),
            *((f"{_few(moved, 'records')} whose quotes are not in the text; {RESTORE}",) if moved else ()),
        ),
    )
    yield Check(
        name="projections",
        looked_at=said,
        wrong=tuple(
            f"{_few(found, 'records')} whose rows in {table} are not what a rebuild gives; {REBUILD}"
            for table, found in apart.items()
            if found
        ),
    )


_TABLES = ("entry", "corrected", "involved", "dyad")
_COLUMNS = {
    "entry": ", ".join(ENTRY_COLUMNS),
    "corrected": "record, body",
    "involved": "record, role, actor, name, country, sector, day",
    "dyad": "source, target, day, record",
}


def _is_readable(row: Row, unreadable: list[str]) -> bool:
    try:
        value = parse_json(str(row[5]))
        if value["evidence"] and value["id"]:
            return True
    except (InputError, KeyError, TypeError):
        pass
    unreadable.append(f"number {row[0]}")
    return False


def _compare(
    reading: Transaction,
    dialect: str,
    follower: Follower,
    batch: list[Row],
    judged: set[str],
    apart: dict[str, list[str]],
) -> None:
    if not batch:
        return
    made = project_batch(reading, dialect, follower, batch, judged)
    expected: dict[str, Iterable[tuple[Value, ...]]] = {
        "entry": made.entries,
        "corrected": made.corrected,
        "involved": made.involved,
        "dyad": made.dyads,
    }
    ids = {int(row[0] or 0): str(parse_json(str(row[5]))["id"]) for row in batch}
    for table, rows in expected.items():
        number = _COLUMNS[table].split(", ").index("record")
        sql = f"SELECT {_COLUMNS[table]} FROM {table} WHERE record BETWEEN ? AND ?"
        kept = {row for row in reading.read(sql, (batch[0][0], batch[-1][0])) if int(row[number] or 0) in ids}
        differing = {int(row[number] or 0) for row in kept ^ set(rows)}
        apart[table] += [ids[record] for record in sorted(differing)]


def _misquoted(reading: Transaction, batch: list[Row]) -> Iterator[str]:
    texts: dict[int, str] = {}
    for row in batch:
        document, value = int(row[3] or 0), parse_json(str(row[5]))
        if document not in texts:
            texts[document] = str(reading.read("SELECT text FROM document WHERE key = ?", (document,))[0][0])
        text = texts[document]
        if any(text[span["start"] : span["end"]] != span["text"] for span in value["evidence"]):
            yield str(value["id"])


# ---- months and clusters


def _check_months(engine: Engine) -> Check:
    kept = "SELECT source, target, month, quad, events, reports FROM dyad_month"
    waiting = "SELECT source, target, month FROM dyad_dirty"
    sql = f"SELECT source, target, month FROM ({{}}) months WHERE (source, target, month) NOT IN ({waiting})"
    with engine.transaction(durable=False) as reading:
        late = int(reading.read("SELECT count(*) FROM dyad_dirty")[0][0] or 0)
        count = int(reading.read("SELECT count(*) FROM dyad_month")[0][0] or 0)
        apart = {
            f"{row[0]}-{row[1]} {row[2]}"
            for one, other in ((kept, MONTHS), (MONTHS, kept))
            for row in reading.read(sql.format(f"{one} EXCEPT {other}"))
        }
    wrong = (f"{_few(sorted(apart), 'months')} whose counts are not those of their events; {REBUILD}",) if apart else ()
    note = f"{late:,} months wait to be counted, which the next ingest does" if late else ""
    return Check(name="months", looked_at=f"{count:,} counts of dyads", wrong=wrong, note=note)


def _check_clusters(engine: Engine) -> Check:
    # Here and not above: it brings numpy, which a question does not need.
    from dragoman.clusters import cluster_records, find_stories

    shared = f"SELECT count(*) FROM (SELECT block FROM block GROUP BY block HAVING count(*) > {_MOST_SHARED}) hot"
    rows = engine.read("SELECT record, cluster FROM cluster_member")
    waiting = int(
        engine.read(
            "SELECT count(*) FROM current u LEFT JOIN clustered k ON k.document = u.document AND k.coding = u.coding"
            " WHERE k.document IS NULL"
        )[0][0]
        or 0
    )
    said = f"{len({cluster for _, cluster in rows}):,} clusters of {len(rows):,} records"
    if waiting:
        return Check(
            name="clusters", looked_at="none", note=f"{waiting:,} documents wait to be compared: ingest or {REBUILD}"
        )
    if int(engine.read(shared)[0][0] or 0):
        note = f"not formed anew: a key is shared by more than {_MOST_SHARED:,} documents"
        return Check(name="clusters", looked_at=said, note=note)
    coded = list(iterate_coded(engine, rejected=True))
    found = cluster_records(coded, find_stories(one.document for one in coded), list_decisions(engine))
    now = {(record, cluster.id) for cluster in found for record in cluster.records}
    apart = sorted({str(record) for record, _ in now ^ {(str(record), str(cluster)) for record, cluster in rows}})
    wrong = (f"{_few(apart, 'records')} in other clusters than forming them anew gives; {REBUILD}",) if apart else ()
    return Check(name="clusters", looked_at=said, wrong=wrong)


def _few(found: list[str], what: str) -> str:
    named = ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "")
    return f"{len(found):,} {what} ({named})"
