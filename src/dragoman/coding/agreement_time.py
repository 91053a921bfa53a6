"""When an agreement was or will be signed: the time expression that hangs on the word that decides its status."""

from datetime import date

from dragoman.coding.date_spans import find_time_spans
from dragoman.coding.dates import find_time
from dragoman.coding.place_syntax import shared_governors
from dragoman.language.tree import Tree, head_of
from dragoman.types.text import Span
from dragoman.types.when import EventTime

AHEAD = frozenset({"proposed", "under_negotiation", "announced"})
_FARTHEST = 2
_OPEN = frozenset({"proposed", "under_negotiation"})


def time_span(tree: Tree, word: int, status: str, text: str) -> Span | None:
    """The time expression of the deciding word, of a noun's verb too where the agreement was made ("the signing took
    place on"); None without one.
    """
    chain = list(shared_governors(tree, word))[: 1 if status in _OPEN else _FARTHEST]
    hung: list[tuple[int, Span]] = []
    for span in find_time_spans(tree.sentence, text):
        inside = [token.index for token in tree.sentence.tokens if token.span.overlaps(span)]
        above = tree.token(head_of(tree, inside[0], inside[-1] + 1)).head if inside else -1
        if above in chain:
            hung.append((chain.index(above), span))
    return min(hung)[1] if hung else None


def read_agreement_time(span: Span | None, status: str, text: str, published: date | None) -> EventTime | None:
    """The time at `span`; None when there is none or when its words have no value."""
    if span is None:
        return None
    return find_time(span.of(text), span, published, tense="future" if status in AHEAD else "past")
