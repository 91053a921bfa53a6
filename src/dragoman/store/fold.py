"""Verdicts folded over a record: what reviewers make of it. Pure; records and verdicts stay as they were written.

Verdicts are applied in the order in which they were given. One that judged a value which the record no longer has
(another coding says otherwise) is not applied and the record is `stale`: it goes back to the queue.

Blind coders are shown the record as coded, so each codes it alone. Where they leave different records, the one that
most of them left holds; without a majority the record is `disputed` and stands as coded, until somebody who saw what
they had said decides.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codec import decode_record, format_json, parse_json
from dragoman.errors import InputError
from dragoman.store.derived import Follower
from dragoman.types.record import Origin
from dragoman.types.review import AS_CODED, Judgement, Verdict

Json = Any
REVIEWS = ("open", "accepted", "rejected", "corrected", "unsure", "disputed", "stale")
# What a person judges; how sure the coder was, and by which version, is not part of it.
_NOT_JUDGED = frozenset(
    (
        *("confidence", "reason", "codebook", "model", "kb", "cluster", "decisions", "id", "document", "evidence"),
        *("run", "review", "origin"),
    )
)
_CORES = ("trigger", "topic", "content")  # the words that a record is about: evidence too
CORRECTABLE = frozenset(
    (
        *("category", "mode", "contexts", "cameo", "status", "attribution", "sources", "targets", "reciprocal", "time"),
        *("place", "title", "description", "instrument", "agreement_status", "parties", "signatories", "subjects"),
        *("number_stated", "holder", "stance", "strength", "speaker", "speaker_kind", "name", "canonical_name", "sort"),
        *("project_status", "proponents", "places", "member", "organization", "level", "membership_status", "counted"),
        *_CORES,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A record as reviewers leave it. `review` is one of REVIEWS; `version` changes with every verdict that counts."""

    value: Json
    review: str
    version: str
    verdicts: tuple[Verdict, ...]


def fold(value: Json, verdicts: Sequence[Verdict], follower: Follower) -> Folded:
    """The record's JSON value with all verdicts on it applied; `verdicts` in the order of their arrival."""
    standing = _standing(verdicts)
    reading = _Reading(value, follower)
    for verdict in standing:
        reading.take(verdict)
    review = reading.review()
    if review == "open" and value.get("origin") == Origin.PERSON and verdicts:
        review = "rejected"  # its author took it back, and nobody else vouches for it
    return Folded(value=reading.value, review=review, version=version_of(standing), verdicts=tuple(standing))


class _Reading:
    """Verdicts read one after another: what each reviewer made of the record, and how it stands by now."""

    def __init__(self, coded: Json, follower: Follower) -> None:
        self.value = dict(coded)  # what the next one to look at it sees
        self._coded = self.value
        self._follower = follower
        self._left: dict[str, Json] = {}  # the record as each reviewer left it
        self._words: dict[str, Judgement] = {}  # the last word of each on the whole record
        self._settled = False  # somebody who saw another's decision decided
        self._stale = self._differing = False

    def take(self, verdict: Verdict) -> None:
        """Applies one more verdict."""
        seen = self._coded if verdict.blind else self.value
        judged = verdict.judged
        self._stale = judged is not None and judged.removeprefix(AS_CODED) != shown(seen, verdict.field)
        if self._stale:
            return
        self._hear(verdict)
        if verdict.blind:
            before = self._coded if verdict.field is None else self._left.get(verdict.reviewer, self._coded)
            self._left[verdict.reviewer] = self._apply(verdict, before)
            if not self._settled:
                self.value, self._differing = self._most()
        else:
            self._settled = self._settled or any(reviewer != verdict.reviewer for reviewer in self._left)
            self.value = self._left[verdict.reviewer] = self._apply(verdict, self.value)
            self._differing = False

    def _hear(self, verdict: Verdict) -> None:
        if verdict.judgement in (Judgement.ADD, Judgement.CORRECT):
            self._words[verdict.reviewer] = Judgement.ACCEPT
        elif verdict.field is None:
            self._words[verdict.reviewer] = verdict.judgement
        elif verdict.judgement is not Judgement.ACCEPT:
            # One field is wrong, and nobody said what is right.
            self._words.setdefault(verdict.reviewer, Judgement.UNSURE)

    def _apply(self, verdict: Verdict, value: Json) -> Json:
        if verdict.judgement is Judgement.CORRECT:
            return correct(value, verdict, self._follower)
        if verdict.judgement is Judgement.ADD:
            self._coded = parse_json(verdict.value or "")
            return self._coded
        return value

    def _most(self) -> tuple[Json, bool]:
        """The record as most of those left it who keep it; as coded, and True, when no version has a majority."""
        kept = [left for reviewer, left in self._left.items() if self._words.get(reviewer) is Judgement.ACCEPT]
        by_version = {shown(left, None): left for left in kept}
        if len(by_version) < 2:
            return (kept[0] if kept else self._coded), False
        (most, times), (_, next_times) = Counter(shown(left, None) for left in kept).most_common(2)
        return (self._coded, True) if times == next_times else (by_version[most], False)

    def review(self) -> str:
        """One of REVIEWS: the majority of the reviewers' last words; `disputed` when there is none."""
        if self._stale:
            return "stale"
        counts = Counter(self._words.values()).most_common(2)
        if not counts:
            return "open"
        word = counts[0][0]
        if len(counts) == 2 and counts[0][1] == counts[1][1]:
            return "disputed"
        if word is not Judgement.ACCEPT:
            return {Judgement.REJECT: "rejected", Judgement.UNSURE: "unsure"}[word]
        if self._differing:
            return "disputed"
        return "accepted" if shown(self.value, None) == shown(self._coded, None) else "corrected"


def shown(value: Json, field: str | None) -> str:
    """What a reviewer was shown: the text of one field, or a digest of everything that is judged when it is None.

    >>> shown({"category": "AGREE", "mode": None}, "mode")
    'null'
    """
    if field is None:
        judged = {key: value[key] for key in sorted(value) if key not in _NOT_JUDGED}
        return hashlib.sha256(format_json(judged).encode()).hexdigest()[:16]
    if field not in value:
        raise InputError(f"field {field!r}: a record of kind {value.get('kind')} has none; it has {', '.join(value)}")
    found = value[field]
    return found if isinstance(found, str) else format_json(found)


def correct(value: Json, verdict: Verdict, follower: Follower) -> Json:
    """The value with a correction made; raises InputError when the result is no record any more.

    Without a field, the verdict's value is a JSON object with several fields, changed in one decision.
    """
    changes = _changes(value, verdict)
    for field in changes:
        if field not in CORRECTABLE or field not in value:
            known = sorted(CORRECTABLE & set(value))
            raise InputError(
                f"field {field!r} of this {value['kind']} cannot be corrected; these can: {', '.join(known)}"
            )
    corrected = {**value, **changes}
    decode_record(format_json(corrected))
    corrected["evidence"] = [
        *value["evidence"],
        *(changes[core] for core in _CORES if _is_unseen(changes, core, value)),
    ]
    return follower.follow(corrected, changed=frozenset(changes))


def _is_unseen(changes: dict[str, Json], core: str, value: Json) -> bool:
    """True when a corrected core lies outside the evidence. Raises InputError for one that is no stretch of text."""
    if core not in changes:
        return False
    start, end = int(changes[core]["start"]), int(changes[core]["end"])
    if not 0 <= start < end:
        raise InputError(f"{core} {start}-{end}: expected a stretch of the text, as start and end after it")
    return not any(span["start"] <= start and end <= span["end"] for span in value["evidence"])


def _changes(value: Json, verdict: Verdict) -> dict[str, Json]:
    if verdict.value is None:
        raise InputError(f"verdict {verdict.id}: a correction needs the value that is right")
    if verdict.field is not None:
        was_text = isinstance(value.get(verdict.field), str)
        keep = was_text and verdict.value != "null"
        return {verdict.field: verdict.value if keep else _text_or_json(verdict.value)}
    changes = parse_json(verdict.value)
    if not isinstance(changes, dict):
        raise InputError(f"verdict {verdict.id}: expected a JSON object of fields, as no single field is named")
    return changes


def _text_or_json(written: str) -> Json:
    """JSON where it is JSON; a bare word for a field that was empty is a text."""
    try:
        return parse_json(written)
    except InputError:
        return written


def version_of(standing: Sequence[Verdict]) -> str:
    """A short text that differs whenever the verdicts on a record differ; empty when there are none."""
    if not standing:
        return ""
    return hashlib.sha256("\x1f".join(verdict.id for verdict in standing).encode()).hexdigest()[:12]


def _standing(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Verdicts that nobody took back; an undo can itself be undone."""
    undone: set[str] = set()
    for verdict in reversed(verdicts):
        if verdict.judgement is Judgement.UNDO and verdict.undoes and verdict.id not in undone:
            undone.add(verdict.undoes)
    return [v for v in verdicts if v.id not in undone and v.judgement is not Judgement.UNDO]
