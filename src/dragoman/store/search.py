"""Full text: FTS5 on SQLite, tsvector on PostgreSQL. Where the dialects differ most, so it has a file of its own.

FTS5 takes words as runs of letters and digits, case and Latin accents aside. PostgreSQL would need an extension for
accents, knows the case of ASCII letters alone in some databases, and takes "and/or" for a file name: so it is given
words that were folded here.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from dragoman.errors import InputError
from dragoman.store.engine import Transaction, Value

_SHORTEST_TRIGRAM = 3
_WORD = re.compile(r"[^\W_]+")
# FTS5 leaves the accents of Greek and Cyrillic letters alone.
_ACCENTS = re.compile(r"(?<=[a-z\u00c0-\u024f\u1e00-\u1eff])[\u0300-\u036f]+")
# Of a longer text the beginning is searched: PostgreSQL takes a megabyte of words and places, as a book has.
_MOST = 500_000
_AT_ONCE = 500


def index_documents(writing: Transaction, dialect: str, rows: Iterable[tuple[int, str | None, str]]) -> None:
    """Adds (key, title, text) of new documents to the index."""
    if dialect == "sqlite":
        writing.write_many("INSERT INTO document_search(rowid, title, text) VALUES (?, ?, ?)", rows)
    else:
        folded = [(key, " ".join(_fold(f"{title or ''} {text}"[:_MOST]))) for key, title, text in rows]
        writing.write_many("INSERT INTO document_search VALUES (?, to_tsvector('simple', ?))", folded)


def index_actors(writing: Transaction, dialect: str, rows: Iterable[tuple[int, str]]) -> None:
    """Adds (key, name) of new names to the index of names."""
    if dialect == "sqlite":
        writing.write_many("INSERT INTO actor_search(rowid, name) VALUES (?, ?)", rows)


def rebuild_search(writing: Transaction, dialect: str) -> None:
    """Makes both indexes anew from the tables."""
    if dialect == "sqlite":
        for table in ("document_search", "actor_search"):
            writing.write(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
        return
    writing.write("DELETE FROM document_search")
    after = 0
    sql = f"SELECT key, title, text FROM document WHERE key > ? ORDER BY key LIMIT {_AT_ONCE}"
    while rows := writing.read(sql, (after,)):
        after = int(rows[-1][0] or 0)
        index_documents(
            writing,
            dialect,
            [(int(key or 0), None if title is None else str(title), str(text)) for key, title, text in rows],
        )


def documents_matching(dialect: str, words: str) -> tuple[str, list[Value]]:
    """SQL for the keys of documents that hold all the words, accents and case aside; "…" keeps words together.

    Raises InputError when nothing is asked for.
    """
    terms = _terms(words)
    if dialect == "sqlite":
        asked = " ".join('"' + term.replace('"', '""') + '"' for term in terms)
        return "SELECT rowid FROM document_search WHERE document_search MATCH ?", [asked]
    asked = " & ".join("(" + " <-> ".join(_fold(term)) + ")" for term in terms)
    return "SELECT document FROM document_search WHERE words @@ to_tsquery('simple', ?)", [asked]


def names_matching(dialect: str, part: str) -> tuple[str, list[Value]]:
    """SQL for the keys of `actor_name` whose name holds this part; three letters or more use the index."""
    if dialect == "sqlite" and len(part) >= _SHORTEST_TRIGRAM:
        return "SELECT rowid FROM actor_search WHERE actor_search MATCH ?", ['"' + part.replace('"', '""') + '"']
    escaped = part.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return "SELECT key FROM actor_name WHERE lower(name) LIKE ? ESCAPE '\\'", [f"%{escaped}%"]


def _terms(words: str) -> Sequence[str]:
    found = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', words)]
    usable = [term for term in found if _WORD.search(term)]
    if not usable:
        raise InputError(f"search {words!r}: expected at least one word")
    return usable


def _fold(text: str) -> Sequence[str]:
    """The words of a text, case and accents aside."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))
    return _WORD.findall(unicodedata.normalize("NFC", bare))
