"""Which keys and columns carry what, for JSON, JSON Lines, CSV and front matter. Pure."""

from collections.abc import Mapping

from dragoman.ingest.options import Found

# NGEC's names (event_text, pub_date) are accepted beside our own, so that its input files work as they are.
KEYS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "document_id", "story_id", "docid"),
    "text": ("text", "event_text", "body", "content", "article", "full_text", "story"),
    "title": ("title", "headline"),
    "date": ("date", "published", "pub_date", "publication_date", "date_published", "published_at"),
    "publisher": ("publisher", "outlet", "sitename", "source", "newspaper"),
    "url": ("url", "link"),
    "language": ("lang", "language"),
}


def found_in(row: Mapping[str, object]) -> Found | None:
    """What the row says, by the names above in that order; None when it has no text.

    >>> found_in({"event_text": "They met.", "pub_date": "2024-04-16"}).date
    '2024-04-16'
    """
    lowered = {key.strip().lower(): value for key, value in row.items() if isinstance(key, str)}
    values = {name: _first(lowered, names) for name, names in KEYS.items()}
    if values["text"] is None:
        return None
    return Found(
        text=values["text"],
        id=values["id"],
        title=values["title"],
        date=values["date"],
        publisher=values["publisher"],
        url=values["url"],
        language=values["language"],
    )


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return None


def list_text_keys() -> str:
    """The accepted names of the text, for messages."""
    return ", ".join(KEYS["text"])
