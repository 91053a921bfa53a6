"""An event as pairs of who acts and who is acted upon. Pure."""

from collections.abc import Iterator
from itertools import permutations, product

from dragoman.types.actor import ActorLink
from dragoman.types.record import Event


def list_pairs(event: Event) -> Iterator[tuple[ActorLink | None, ActorLink | None]]:
    """Every source with every target; in a joint act every participant with every other, in both directions.

    One side is None when nobody is named for it.
    """
    if event.reciprocal and len(event.sources) > 1 and not event.targets:
        yield from permutations(event.sources, 2)
    else:
        yield from product(event.sources or (None,), event.targets or (None,))


def name_of(link: ActorLink | None) -> str | None:
    """The canonical name, or the words of the text."""
    return (link.name or link.text) if link else None
