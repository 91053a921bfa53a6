"""Projections made anew from the append-only core, and the monthly counts kept up to date."""

from collections.abc import Iterator, Sequence

from dragoman.codec import parse_json
from dragoman.store.derived import Follower
from dragoman.store.engine import Engine, Row, Transaction
from dragoman.store.reviewing import ROWS_OF_RECORDS, where_of
from dragoman.store.rows import sketch
from dragoman.store.schema import PROJECTED_TABLES
from dragoman.store.search import rebuild_search
from dragoman.store.verdicts import verdicts_on
from dragoman.store.writing import Committer, Keys, Rows

_BATCH = 2000
_KEPT = ("cluster", "cluster_member", "story_member", "block", "clustered")  # their own rebuild follows


def rebuild(engine: Engine, follower: Follower) -> int:
    """Makes all projections but the clusters anew, in one transaction; returns the number of records."""
    count = 0
    with engine.transaction(durable=True) as writing:
        for table in PROJECTED_TABLES:
            if table not in _KEPT:
                writing.write(f"DELETE FROM {table}")
        writing.write("INSERT INTO current SELECT document, max(key) FROM coding GROUP BY document")
        judged = {str(row[0]) for row in writing.read("SELECT DISTINCT record FROM verdict")}
        committer = Committer(engine.dialect, 0, follower)
        for batch in _batches(writing):
            committer.write_projections(writing, _project(writing, committer, batch, judged), Keys.take(writing))
            count += len(batch)
        rebuild_search(writing, engine.dialect)
    refresh_months(engine)
    return count


def _batches(writing: Transaction) -> Iterator[Sequence[Row]]:
    after = 0
    while rows := writing.read(f"{ROWS_OF_RECORDS} WHERE b.key > ? ORDER BY b.key LIMIT {_BATCH}", (after,)):
        yield rows
        after = int(rows[-1][0] or 0)


def project_batch(
    reading: Transaction, dialect: str, follower: Follower, batch: Sequence[Row], judged: set[str]
) -> Rows:
    """The projected rows of a batch of ROWS_OF_RECORDS as a rebuild would write them; `judged` have verdicts."""
    return _project(reading, Committer(dialect, 0, follower), batch, judged)


def _project(writing: Transaction, committer: Committer, batch: Sequence[Row], judged: set[str]) -> Rows:
    rows = Rows.none()
    members = {str(record): str(cluster) for record, cluster in _members(writing, batch)}
    for row in batch:
        body = str(row[5])
        drawn = sketch(parse_json(body))
        verdicts = verdicts_on(writing.read, drawn.id, str(row[6])) if drawn.id in judged else ()
        committer.take_projection(body, drawn, where_of(row), rows, verdicts=verdicts, cluster=members.get(drawn.id))
    return rows


def _members(writing: Transaction, batch: Sequence[Row]) -> list[Row]:
    sql = (
        "SELECT m.record, m.cluster FROM record b JOIN cluster_member m ON m.record = b.id WHERE b.key BETWEEN ? AND ?"
    )
    return writing.read(sql, (batch[0][0], batch[-1][0]))


_COUNTED = "e.kind = 'event' AND e.counted = 1 AND e.review <> 'rejected'"
_JOINED = "FROM dyad d JOIN entry e ON e.record = d.record JOIN current c ON c.coding = e.coding"
_MONTH = f"""
INSERT INTO dyad_month
SELECT ?, ?, ?, quad, count(*), sum(reports), sum(goldstein), sum(plover_score), avg(confidence)
FROM (
    SELECT coalesce(e.quad, '') AS quad, e.cluster AS cluster, count(DISTINCT e.document) AS reports,
           coalesce(avg(e.goldstein), 0) AS goldstein, coalesce(avg(e.plover_score), 0) AS plover_score,
           max(e.confidence) AS confidence
    {_JOINED} WHERE d.source = ? AND d.target = ? AND d.day >= ? AND d.day <= ? AND {_COUNTED}
    GROUP BY coalesce(e.quad, ''), e.cluster
) happening GROUP BY quad
"""
# What `dyad_month` should hold, scores aside: happenings and reports of all dyads by month and quad class.
MONTHS = f"""
SELECT source, target, month, quad, count(*) AS events, sum(reports) AS reports FROM (
    SELECT d.source AS source, d.target AS target, substr(d.day, 1, 7) AS month, coalesce(e.quad, '') AS quad,
           count(DISTINCT e.document) AS reports
    {_JOINED} WHERE d.day <> '' AND {_COUNTED}
    GROUP BY d.source, d.target, substr(d.day, 1, 7), coalesce(e.quad, ''), e.cluster
) happening GROUP BY source, target, month, quad
"""


def refresh_months(engine: Engine) -> int:
    """Counts the months of dyads that changed anew; returns how many. A happening counts once, with its mean score."""
    if not engine.read("SELECT 1 FROM dyad_dirty LIMIT 1"):
        return 0
    with engine.transaction(durable=False) as writing:
        dirty = writing.read("SELECT source, target, month FROM dyad_dirty")
        for source, target, month in dirty:
            writing.write(
                "DELETE FROM dyad_month WHERE source = ? AND target = ? AND month = ?", (source, target, month)
            )
            if month:
                days = (f"{month}-01", f"{month}-31")
                writing.write(_MONTH, (source, target, month, source, target, *days))
        writing.write("DELETE FROM dyad_dirty")
    return len(dirty)
