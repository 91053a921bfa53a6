"""Where the records of one cluster say different things: shown, not merged away."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.clusters.words import split_words
from dragoman.types.cluster import Disagreement
from dragoman.types.record import Agreement, Event, Membership, Project, Record, Status

Said = tuple[str, str]
"""A field and what a record says of it."""
# What a report holds as having happened, at whatever distance, is no contradiction.
_HAPPENED = frozenset({Status.ASSERTED, Status.BACKGROUND})
_COUNTED = re.compile(
    r"\b(\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)\s+"
    r"(?:\w+\s+){0,2}?(?:were\s+|are\s+|have\s+)?(dead|deaths?|die[ds]?|killed|wounded|injured|hurt|arrested|detained|missing|abducted|kidnapped)\b",
    re.IGNORECASE,
)
_DIGITS = {
    word: str(number)
    for number, word in enumerate(split_words("one two three four five six seven eight nine ten eleven twelve"), 1)
}
_SAME = {
    "death": "dead", "deaths": "dead", "die": "dead", "dies": "dead", "died": "dead", "killed": "dead",
    "injured": "hurt", "wounded": "hurt", "detained": "arrested", "kidnapped": "abducted",
}  # fmt: skip


def find_disagreements(records: Iterable[tuple[str, Sequence[Said]]]) -> tuple[Disagreement, ...]:
    """Fields on which the records differ; each id comes with what its record says. Sorted by field."""
    held: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record, said in records:
        for field, value in said:
            held[field][value].append(record)
    return tuple(
        Disagreement(field=field, values=tuple((value, tuple(sorted(ids))) for value, ids in sorted(values.items())))
        for field, values in sorted(held.items())
        if len(values) > 1
    )


def says(record: Record, sentence: str) -> tuple[Said, ...]:
    """What a record says, with the words of its sentence: fields and values.

    Asked are status (whether it happened), time, place's country, category, status of an agreement, project or
    membership, and stated numbers of people ("number dead", from the sentence's words).
    """
    claims = [("status", "asserted" if record.status in _HAPPENED else record.status.value)]
    match record:
        case Event():
            claims.append(("category", record.category))
            if record.place and record.place.country:
                claims.append(("country", record.place.country))
            claims += [(f"number {what}", number) for number, what in stated_numbers(sentence)]
        case Agreement():
            claims.append(("agreement_status", record.agreement_status))
            if record.number_stated is not None:
                claims.append(("number", str(record.number_stated)))
        case Project():
            claims.append(("project_status", record.project_status))
        case Membership():
            claims.append(("membership_status", record.membership_status))
        case _:
            pass
    if isinstance(record, Event | Agreement) and record.time:
        claims.append(("time", record.time.edtf))
    return tuple(claims)


def stated_numbers(sentence: str) -> list[tuple[str, str]]:
    """Numbers of people with what befell them.

    >>> stated_numbers("Seven people died and 1,200 were wounded.")
    [('7', 'dead'), ('1200', 'hurt')]
    """
    found = []
    for number, what in _COUNTED.findall(sentence):
        low = what.lower()
        digits = _DIGITS.get(number.lower(), number.lower().replace(",", "").rstrip("."))
        found.append((digits, _SAME.get(low, low)))
    return found
