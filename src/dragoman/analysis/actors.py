"""From the participants of an event to directed dyads and sides, by a stated rule of expansion.

- A joint event ties every two of its participants in both directions; two mentions of one country are one participant,
  unless no other takes part: then it is tied to itself (two parties of one country that meet).
- Any other event ties each source to each target. "Opposition accuses the president" ties KAZ to KAZ: domestic.
- A participant that has no name at the level asked for (no country, no entry in the knowledge base) ties nothing.
"""

from collections.abc import Iterable, Sequence

from dragoman.analysis.values import By, Side
from dragoman.types.actor import ActorLink
from dragoman.types.record import Event

_COUNTRY_LENGTH = 3


def name_of(link: ActorLink, by: By) -> str | None:
    """What the actor is called in a series; None when the level asked for is not known.

    By sector, a state without a sector is called by its country alone. By actor, entries of the knowledge base are
    called by their id, and everybody else has no name.
    """
    if by is By.ACTOR:
        return link.actor_id
    if link.country is None or by is By.COUNTRY:
        return link.country
    return f"{link.country} {link.sector}" if link.sector else link.country


def ties_of(event: Event, by: By) -> frozenset[tuple[str, str]]:
    """The directed dyads of the event."""
    if not event.reciprocal:
        sources, targets = _names(event.sources, by), _names(event.targets, by)
        return frozenset((source, target) for source in sources for target in targets)
    names = _names((*event.sources, *event.targets), by)
    distinct = frozenset(names)
    if len(distinct) == 1 and len(names) > 1:
        return frozenset((name, name) for name in distinct)
    return frozenset((one, other) for one in distinct for other in distinct if one != other)


def parts_of(event: Event, by: By) -> frozenset[tuple[str, Side]]:
    """Who stands on which side; in a joint event everybody stands on both."""
    if event.reciprocal:
        names = _names((*event.sources, *event.targets), by)
        return frozenset((name, side) for name in names for side in (Side.SOURCE, Side.TARGET))
    return frozenset((name, Side.SOURCE) for name in _names(event.sources, by)) | frozenset(
        (name, Side.TARGET) for name in _names(event.targets, by)
    )


def labels_of(events: Iterable[Event]) -> tuple[tuple[str, str], ...]:
    """Ids of actors with the name to show for each, sorted; the name met most often, then the first by alphabet."""
    met: dict[str, dict[str, int]] = {}
    for event in events:
        for link in (*event.sources, *event.targets):
            if link.actor_id and link.name:
                names = met.setdefault(link.actor_id, {})
                names[link.name] = names.get(link.name, 0) + 1
    return tuple((key, min(names, key=lambda name: (-names[name], name))) for key, names in sorted(met.items()))


def canonical(written: str) -> str:
    """What a user typed, as series write it: "kaz" and "KAZ:GOV" become "KAZ" and "KAZ GOV"; ids stay as they are.

    >>> canonical("kaz:gov"), canonical("Q399")
    ('KAZ GOV', 'Q399')
    """
    words = written.replace(":", " ").split()
    if words and all(len(word) == _COUNTRY_LENGTH and word.isalpha() for word in words):
        return " ".join(words).upper()
    return written.strip()


def _names(links: Sequence[ActorLink], by: By) -> tuple[str, ...]:
    return tuple(name for name in (name_of(link, by) for link in links) if name)
