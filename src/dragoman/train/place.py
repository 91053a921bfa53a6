"""Where words stand in a text, and the small syntax of quoted words."""

import re

from dragoman.train.annotation import ActorMark
from dragoman.types.text import Span

PRONOUNS = frozenset(
    [
        *("he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "we", "us", "our", "i", "me", "my"),
        *("you", "your", "who", "whom", "whose", "which", "that", "this", "these", "those", "himself", "herself"),
        *("itself", "themselves", "ourselves", "both", "each", "other"),
    ]
)
RELATIVES = frozenset(
    ["who", "whom", "whose", "which", "that", "himself", "herself", "itself", "themselves", "ourselves", "myself"]
)


def split_fields(line: str, mark: str) -> list[str]:
    """Cut `line` at each `mark` that no backslash precedes; the parts are stripped and their backslashes kept."""
    return [part.strip() for part in re.split(r"(?<!\\)" + re.escape(mark), line)]


def unescape(text: str) -> str:
    """`\\|` and `\\;` stand for the plain characters."""
    return re.sub(r"\\([|;#~])", r"\1", text)


def escape(text: str) -> str:
    """The inverse of `unescape`."""
    return re.sub(r"([|;])", r"\\\1", text)


def find_occurrences(text: str, words: str) -> list[int]:
    """Every place where `words` stand in `text` as whole words; where there is none, every place as characters."""
    return find_whole(text, words) or [m.start() for m in re.finditer(re.escape(words), text)]


def find_whole(text: str, words: str) -> list[int]:
    """Every place where `words` stand in `text` as whole words."""
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return [m.start() for m in re.finditer(left + re.escape(words) + right, text)]


def place_mentions(text: str, mentions: list[str], country: str | None, sector: str | None) -> tuple[ActorMark, ...]:
    """Give each mention its place where the text leaves no doubt.

    A mention that stands several times is placed at its first occurrence; a pronoun that stands several times has no
    span.
    """
    marks = []
    for mention in mentions:
        places = find_occurrences(text, mention)
        doubtful = not places or (len(places) > 1 and mention.lower() in PRONOUNS)
        span = None if doubtful else Span(places[0], places[0] + len(mention))
        marks.append(ActorMark(text=mention, span=span, country=country, sector=sector))
    return tuple(marks)
