"""Which records train: those that two reviewers or more judged, and on which no difference is open."""

from collections.abc import Sequence

from dragoman.review import Rating, sample_place
from dragoman.store import Store
from dragoman.types.review import Judgement
from dragoman.web.pages.agree import agreement_in, ratings_in
from dragoman.web.queueing import rows_of, standing
from dragoman.web.site import Site

_SETTLED = ("accepted", "rejected", "corrected")


def records_for(site: Site, reviewer: str) -> list[str]:
    """Agreed records that this reviewer did not judge, in the random order, the same one for everybody."""
    coders = site.pulse.recall("agreed", lambda: _agreed(site))
    return [record for record, who in coders if reviewer not in who]


def _agreed(site: Site) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each agreed record with those who judged it."""
    coders = _coders_of(ratings_in(site))
    disputed = {record for record, _ in agreement_in(site).disputed}
    settled = {str(id) for id, _, review in rows_of(site.store, sorted(coders)) if review in _SETTLED}
    kept = [
        record
        for record in sorted(settled, key=lambda id: (sample_place(id), id))
        if record not in disputed or _was_adjudicated(site.store, record)
    ]
    return tuple((record, coders[record]) for record in kept if not _was_added(site.store, record))


def _coders_of(ratings: Sequence[Rating]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for rating in ratings:
        found.setdefault(rating.record, set()).add(rating.coder)
    return {record: frozenset(coders) for record, coders in found.items() if len(coders) > 1}


def _was_adjudicated(store: Store, record: str) -> bool:
    """True when the last word came from somebody who saw what the others had said: blind verdicts name no value."""
    last = standing(store.verdicts(record))[-1]
    return last.judged is not None


def _was_added(store: Store, record: str) -> bool:
    """True for a record that a person added: there is no coding of the machine to judge."""
    return any(verdict.judgement is Judgement.ADD for verdict in store.verdicts(record))
