"""Text made safe to look at: characters that hide or turn what is written are shown. Jinja escapes HTML."""

import re
from typing import Any

from markupsafe import Markup

# Controls other than tab and line ends; directional marks, embeddings, overrides and isolates; zero-width characters
# that carry nothing between Latin letters; line and paragraph separators; lone surrogates; tags.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def reveal(text: str) -> str:
    """The text with every character that cannot be seen shown by its number.

    >>> reveal("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def finish(value: Any) -> Any:
    """What Jinja does to every value before it is escaped; markup of our own passes."""
    if value is None:
        return ""
    return reveal(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def count_words(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> count_words(1, "report"), count_words(2000, "report")
    ('1 report', '2,000 reports')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
