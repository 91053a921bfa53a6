"""Full text: FTS5 on SQLite, tsvector on PostgreSQL. Where the dialects differ most, so it has a file of its own."""

import re
from collections.abc import Iterable, Sequence

from dragoman.errors import InputError
from dragoman.store.engine import Transaction, Value

_SHORTEST_TRIGRAM = 3


def index_documents(writing: Transaction, dialect: str, rows: Iterable[tuple[int, str | None, str]]) -> None:
    """Adds (key, title, text) of new documents to the index; PostgreSQL does so by itself."""
    if dialect == "sqlite":
        writing.write_many("INSERT INTO document_search(rowid, title, text) VALUES (?, ?, ?)", rows)


def index_actors(writing: Transaction, dialect: str, rows: Iterable[tuple[int, str]]) -> None:
    """Adds (key, name) of new names to the index of names."""
    if dialect == "sqlite":
        writing.write_many("INSERT INTO actor_search(rowid, name) VALUES (?, ?)", rows)


def rebuild_search(writing: Transaction, dialect: str) -> None:
    """Makes both indexes anew from the tables."""
    if dialect == "sqlite":
        for table in ("document_search", "actor_search"):
            writing.write(f"INSERT INTO {table}({table}) VALUES ('rebuild')")


def documents_matching(dialect: str, words: str) -> tuple[str, list[Value]]:
    """SQL for the keys of documents that hold all the words, accents and case aside; "…" keeps words together.

    Raises InputError when nothing is asked for.
    """
    terms = _terms(words)
    if dialect == "sqlite":
        asked = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
        return "SELECT rowid FROM document_search WHERE document_search MATCH ?", [asked]
    asked = " & ".join("(" + " <-> ".join(_lexemes(term)) + ")" for term in terms)
    return "SELECT key FROM document WHERE search @@ to_tsquery('simple', ?)", [asked]


def names_matching(dialect: str, part: str) -> tuple[str, list[Value]]:
    """SQL for the keys of `actor_name` whose name holds this part; three letters or more use the index."""
    if dialect == "sqlite" and len(part) >= _SHORTEST_TRIGRAM:
        return "SELECT rowid FROM actor_search WHERE actor_search MATCH ?", ['"' + part.replace('"', '""') + '"']
    escaped = part.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return "SELECT key FROM actor_name WHERE lower(name) LIKE ? ESCAPE '\\'", [f"%{escaped}%"]


def _terms(words: str) -> Sequence[str]:
    found = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', words)]
    usable = [term for term in found if re.search(r"\w", term)]
    if not usable:
        raise InputError(f"search {words!r}: expected at least one word")
    return usable


def _lexemes(term: str) -> Sequence[str]:
    return re.findall(r"\w+", term)
