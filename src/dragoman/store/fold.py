"""Verdicts folded over a record: what reviewers make of it. Pure; records and verdicts stay as they were written.

Verdicts are applied in the order in which they were given. One that judged a value which the record no longer has
(another coding says otherwise) is not applied and the record is `stale`: it goes back to the queue.
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
from dragoman.types.review import Judgement, Verdict

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
    corrected, stale, corrections = dict(value), False, 0
    for verdict in standing:
        if verdict.judged is not None and verdict.judged != shown(corrected, verdict.field):
            stale = True
        elif verdict.judgement is Judgement.ADD:
            corrected, stale = parse_json(verdict.value or ""), False
        elif verdict.judgement is Judgement.CORRECT:
            corrected, stale, corrections = correct(corrected, verdict, follower), False, corrections + 1
        else:
            stale = False
    review = "stale" if stale else _review(standing, corrections)
    if review == "open" and value.get("origin") == Origin.PERSON and verdicts:
        review = "rejected"  # its author took it back, and nobody else vouches for it
    return Folded(value=corrected, review=review, version=version_of(standing), verdicts=tuple(standing))


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


def _review(standing: Sequence[Verdict], corrections: int) -> str:
    """The majority of the reviewers' last words on the whole record; `disputed` when there is none."""
    last: dict[str, str] = {}
    for verdict in standing:
        if verdict.judgement is Judgement.ADD:
            last[verdict.reviewer] = Judgement.ACCEPT.value
        elif verdict.field is None and verdict.judgement is not Judgement.CORRECT:
            last[verdict.reviewer] = verdict.judgement.value
        elif verdict.judgement in (Judgement.REJECT, Judgement.UNSURE):
            last.setdefault(
                verdict.reviewer, Judgement.UNSURE.value
            )  # one field is wrong, and nobody said what is right
    if not last:
        return "corrected" if corrections else "open"
    said = {"accept": "corrected" if corrections else "accepted", "reject": "rejected", "unsure": "unsure"}
    counts = Counter(last.values()).most_common(2)
    if len(counts) == 2 and counts[0][1] == counts[1][1]:
        return "disputed"
    return said[counts[0][0]]
