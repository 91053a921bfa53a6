"""The tables, as ordered steps, in SQL that SQLite and PostgreSQL both read.

Append-only core: `run`, `run_end`, `document`, `coding`, `record`, `verdict`, `cluster_decision`. Rows there are only
inserted. Everything else is a projection that `rebuild` makes anew from the core: `current` (the latest coding of each
document), `entry` and `corrected` (what filters ask, and what reviewers made of a record), `involved` and `dyad` (who),
`actor_name`, `cluster`, `cluster_member`, `story_member`, `dyad_month`, `block` and the full-text indexes.

Plain SQL instead of a toolkit: the statements differ in four places only (see `Words`), SQLAlchemy would add 0.65 s
to every command that touches the store, and bulk loading through it is seven times slower than through sqlite3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

APPLICATION_ID = 0x44524147  # "DRAG": tells `file` and us that a SQLite file is a store


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One migration: statements that lead from the version before to `version`.

    `only` are statements of one dialect, run after the shared ones; with `search` the full text is indexed anew after
    them.
    """

    version: int
    title: str
    statements: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]]
    search: bool = False


_CORE = (
    "CREATE TABLE run (key $key, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, started TEXT NOT NULL,"
    " codebook TEXT NOT NULL, model TEXT NOT NULL, kb TEXT NOT NULL, manifest TEXT NOT NULL)",
    "CREATE TABLE run_end (run BIGINT PRIMARY KEY REFERENCES run(key), finished TEXT NOT NULL, outcome TEXT NOT NULL)",
    "CREATE TABLE document (key $key, id TEXT NOT NULL UNIQUE, text_hash TEXT NOT NULL, run BIGINT NOT NULL"
    " REFERENCES run(key), origin TEXT NOT NULL, title TEXT, published TEXT, publisher TEXT, url TEXT, language TEXT,"
    " furniture TEXT NOT NULL, notes TEXT NOT NULL, text TEXT NOT NULL)",
    "CREATE INDEX document_text_hash ON document(text_hash)",
    "CREATE TABLE coding (key $key, document BIGINT NOT NULL REFERENCES document(key), run BIGINT NOT NULL"
    " REFERENCES run(key), codebook TEXT NOT NULL, model TEXT NOT NULL, kb TEXT NOT NULL, issues TEXT NOT NULL,"
    " records INTEGER NOT NULL, UNIQUE (document, run))",
    "CREATE INDEX coding_run ON coding(run)",
    "CREATE TABLE record (key $key, coding BIGINT NOT NULL REFERENCES coding(key), id TEXT NOT NULL, kind TEXT"
    " NOT NULL, body TEXT NOT NULL, UNIQUE (id, coding))",
    "CREATE INDEX record_coding ON record(coding)",
    "CREATE TABLE verdict (key $key, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL, document TEXT NOT NULL, reviewer"
    " TEXT NOT NULL, decided_at TEXT NOT NULL, judgement TEXT NOT NULL, field TEXT, judged TEXT, value TEXT, undoes"
    " TEXT, note TEXT NOT NULL)",
    "CREATE INDEX verdict_record ON verdict(record)",
    "CREATE TABLE cluster_decision (key $key, id TEXT NOT NULL UNIQUE, joining TEXT NOT NULL, records TEXT NOT NULL,"
    " by TEXT NOT NULL, decided_at TEXT NOT NULL, note TEXT NOT NULL)",
)

_PROJECTIONS = (
    "CREATE TABLE current (document BIGINT PRIMARY KEY, coding BIGINT NOT NULL UNIQUE)",
    "CREATE TABLE entry (record $projected_key, coding BIGINT NOT NULL, run BIGINT NOT NULL, document BIGINT NOT NULL,"
    " kind TEXT NOT NULL, id TEXT NOT NULL, sentence INTEGER NOT NULL, category TEXT, mode TEXT, cameo TEXT,"
    " quad TEXT, goldstein DOUBLE PRECISION, plover_score DOUBLE PRECISION, status TEXT NOT NULL, counted INTEGER"
    " NOT NULL, reciprocal INTEGER NOT NULL, attributed_to TEXT NOT NULL, speaker TEXT, confidence DOUBLE PRECISION"
    " NOT NULL, edtf TEXT, time_basis TEXT, day TEXT NOT NULL, last_day TEXT NOT NULL, place TEXT, country TEXT,"
    " latitude DOUBLE PRECISION, longitude DOUBLE PRECISION, quote TEXT NOT NULL, cluster TEXT NOT NULL, review TEXT"
    " NOT NULL, version TEXT NOT NULL)",
    "CREATE TABLE corrected (record $projected_key, body TEXT NOT NULL)",
    "CREATE INDEX entry_document ON entry(document)",
    "CREATE INDEX entry_day ON entry(kind, day, record)",
    "CREATE INDEX entry_category ON entry(category, day, record)",
    "CREATE INDEX entry_cluster ON entry(cluster)",
    # Counting happenings reads this alone, in the order in which it was written.
    "CREATE INDEX entry_count ON entry(kind, coding, review, counted, cluster, document)",
    "CREATE INDEX entry_queue ON entry(review, confidence, record)",
    "CREATE TABLE involved (record BIGINT NOT NULL, role TEXT NOT NULL, actor TEXT NOT NULL, name TEXT NOT NULL,"
    " country TEXT NOT NULL, sector TEXT NOT NULL, day TEXT NOT NULL)",
    "CREATE INDEX involved_record ON involved(record)",
    "CREATE INDEX involved_country ON involved(country, role, day, record)",
    "CREATE INDEX involved_actor ON involved(actor, role, day, record)",
    "CREATE TABLE dyad (source TEXT NOT NULL, target TEXT NOT NULL, day TEXT NOT NULL, record BIGINT NOT NULL,"
    " PRIMARY KEY (source, target, day, record))$compact",
    "CREATE INDEX dyad_record ON dyad(record)",
    "CREATE TABLE dyad_month (source TEXT NOT NULL, target TEXT NOT NULL, month TEXT NOT NULL, quad TEXT NOT NULL,"
    " events INTEGER NOT NULL, reports INTEGER NOT NULL, goldstein DOUBLE PRECISION NOT NULL, plover_score DOUBLE"
    " PRECISION NOT NULL, confidence DOUBLE PRECISION NOT NULL, PRIMARY KEY (source, target, month, quad))$compact",
    "CREATE TABLE dyad_dirty (source TEXT NOT NULL, target TEXT NOT NULL, month TEXT NOT NULL,"
    " PRIMARY KEY (source, target, month))$compact",
    "CREATE TABLE actor_name (key $key, actor TEXT NOT NULL, name TEXT NOT NULL, canonical INTEGER NOT NULL, country"
    " TEXT NOT NULL, kind TEXT NOT NULL, record BIGINT NOT NULL, UNIQUE (actor, name))",
    "CREATE INDEX actor_name_name ON actor_name(name)",
    "CREATE TABLE cluster (id TEXT PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE TABLE cluster_member (record TEXT PRIMARY KEY, cluster TEXT NOT NULL)",
    "CREATE INDEX cluster_member_cluster ON cluster_member(cluster)",
    "CREATE TABLE story_member (document TEXT PRIMARY KEY, story TEXT NOT NULL)",
    "CREATE INDEX story_member_story ON story_member(story)",
    "CREATE TABLE block (block TEXT NOT NULL, document BIGINT NOT NULL, PRIMARY KEY (block, document))$compact",
    "CREATE INDEX block_document ON block(document)",
    "CREATE TABLE clustered (document BIGINT PRIMARY KEY, coding BIGINT NOT NULL)",
)

_SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE document_search USING fts5(title, text, content='document', content_rowid='key',"
        ' tokenize="unicode61 remove_diacritics 2")',
        "CREATE VIRTUAL TABLE actor_search USING fts5(name, content='actor_name', content_rowid='key',"
        " tokenize='trigram')",
    ),
    "postgresql": (
        "ALTER TABLE document ADD COLUMN search tsvector GENERATED ALWAYS AS"
        " (to_tsvector('simple', coalesce(title, '') || ' ' || text)) STORED",
        "CREATE INDEX document_search ON document USING gin(search)",
    ),
}

# SQLite counts by reading one narrow index from end to end, in its order and nothing else; `filters` names these two.
_COUNTING = {
    "sqlite": (
        "DROP INDEX entry_count",
        "CREATE INDEX entry_happening ON entry(kind, cluster, coding, review, counted, document, category, status,"
        " latitude)",
        "CREATE INDEX entry_facets ON entry(kind, review, status, attributed_to, category, country, substr(day, 1, 4),"
        " coding, counted, mode, day, last_day, confidence, document, cluster)",
        "CREATE INDEX entry_place ON entry(kind, place, latitude, longitude, review, coding, cluster)"
        " WHERE latitude IS NOT NULL",
    )
}

# Clusters are formed anew, by part; `block` holds the keys under which documents are kept, not those that they ask.
_PARTS = (
    "DROP TABLE cluster_member",
    "CREATE TABLE cluster_member (record TEXT PRIMARY KEY, cluster TEXT NOT NULL, part TEXT NOT NULL)",
    "CREATE INDEX cluster_member_cluster ON cluster_member(cluster)",
    "CREATE INDEX cluster_member_part ON cluster_member(part)",
    *(f"DELETE FROM {table}" for table in ("cluster", "story_member", "block", "clustered")),
)

# Words folded as FTS5 folds them (see `search`), in a table of their own, as on SQLite.
_FOLDED = {
    "postgresql": (
        "ALTER TABLE document DROP COLUMN search",
        "CREATE TABLE document_search (document BIGINT PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX document_search_words ON document_search USING gin(words)",
    )
}

STEPS: tuple[Step, ...] = (
    Step(version=1, title="the first tables", statements=(*_CORE, *_PROJECTIONS), only=_SEARCH),
    Step(version=2, title="indexes that counts read alone", statements=(), only=_COUNTING),
    Step(version=3, title="parts of clusters", statements=_PARTS, only={}),
    Step(version=4, title="words searched whatever their accents", statements=(), only=_FOLDED, search=True),
)

CORE_TABLES = ("run", "run_end", "document", "coding", "record", "verdict", "cluster_decision")
PROJECTED_TABLES = (
    *(
        "current",
        "entry",
        "corrected",
        "involved",
        "dyad",
        "dyad_month",
        "dyad_dirty",
        "actor_name",
        "cluster",
        "cluster_member",
    ),
    *("story_member", "block", "clustered"),
)

_WORDS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"key": "INTEGER PRIMARY KEY", "projected_key": "INTEGER PRIMARY KEY", "compact": " WITHOUT ROWID"},
    "postgresql": {"key": "BIGINT PRIMARY KEY", "projected_key": "BIGINT PRIMARY KEY", "compact": ""},
}


def statements_of(step: Step, dialect: str) -> tuple[str, ...]:
    """The statements of a step as the dialect writes them."""
    words = _WORDS[dialect]
    shared = tuple(Template(statement).substitute(words) for statement in step.statements)
    return (*shared, *step.only.get(dialect, ()))
