"""Which time expression of the sentence is the event's, and its value."""

from collections.abc import Sequence
from datetime import date

from dragoman.coding.choose import ChosenEvent
from dragoman.coding.date_spans import find_time_spans
from dragoman.coding.dates import find_time
from dragoman.coding.place_syntax import shared_governors
from dragoman.language.tree import Tree, head_of
from dragoman.types.record import Status
from dragoman.types.text import Span
from dragoman.types.when import EventTime

_AHEAD = frozenset({Status.PLANNED, Status.PLEDGED, Status.PROPOSED, Status.SIGNALLED, Status.HYPOTHETICAL})


def choose_time(tree: Tree, event: ChosenEvent, text: str, published: date | None) -> EventTime | None:
    """The time of the event; None when the sentence gives none that belongs to it, or none that has a value."""
    spans = find_time_spans(tree.sentence, text)
    if not spans:
        return None
    tense = "future" if event.status in _AHEAD else "past"
    for span in _own_spans(tree, event, spans):
        found = find_time(span.of(text), span, published, tense=tense)
        if found is not None:
            return found
    return None


def _own_spans(tree: Tree, event: ChosenEvent, spans: Sequence[Span]) -> list[Span]:
    """The expressions that belong to the event: what the model marked, then what hangs on the trigger or its clause."""
    marked = [span for span in spans if event.time is not None and span.overlaps(event.time)]
    chain = list(shared_governors(tree, event.token))
    hung = [(chain.index(place), span) for span in spans if (place := _governor(tree, span)) in chain]
    return [*marked, *(span for _, span in sorted(hung) if span not in marked)]


def _governor(tree: Tree, span: Span) -> int:
    """The token that the expression hangs on, past the noun of "in the week of"; -1 for the root."""
    inside = [token.index for token in tree.sentence.tokens if token.span.overlaps(span)]
    if not inside:
        return -1
    return tree.token(head_of(tree, inside[0], inside[-1] + 1)).head
