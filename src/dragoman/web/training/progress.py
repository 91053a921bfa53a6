"""How far somebody has come in training, as the session keeps it, and the score."""

from dataclasses import dataclass
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.errors import InputError
from dragoman.web.training.marking import DECISION, Marked

SET = 20  # records of one round


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScore:
    """How often the answers had the agreed value of a field."""

    field: str
    same: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Answers of one round. `right` and `wrong` are records; `after` is the last record of the round before."""

    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    fields: tuple[FieldScore, ...] = ()
    after: str = ""

    @property
    def done(self) -> tuple[str, ...]:
        """Records that were answered."""
        return (*self.right, *self.wrong)

    @property
    def decisions(self) -> FieldScore:
        """How often the decision was the agreed one."""
        found = next((one for one in self.fields if one.field == DECISION), None)
        return found or FieldScore(field=DECISION, same=0, of=0)


def add_answer(progress: Progress, record: str, marked: Marked) -> Progress:
    """The progress with one more answer; a record counts once, with its first answer."""
    if record in progress.done:
        return progress
    tally = {one.field: (one.same, one.of) for one in progress.fields}
    for field, same in marked.outcomes:
        before = tally.get(field, (0, 0))
        tally[field] = (before[0] + same, before[1] + 1)
    return Progress(
        right=(*progress.right, record) if marked.same else progress.right,
        wrong=progress.wrong if marked.same else (*progress.wrong, record),
        fields=tuple(FieldScore(field=field, same=same, of=of) for field, (same, of) in tally.items()),
        after=progress.after,
    )


def write_progress(progress: Progress) -> str:
    """The progress as the text that a session keeps."""
    fields = [[one.field, one.same, one.of] for one in progress.fields]
    return format_json([list(progress.right), list(progress.wrong), fields, progress.after])


def read_progress(written: str) -> Progress:
    """The progress of a session; none at all when there is no text, or one of another version."""
    try:
        right, wrong, fields, after = _read(written)
        scores = tuple(FieldScore(field=field, same=same, of=of) for field, same, of in fields)
        return Progress(right=tuple(right), wrong=tuple(wrong), fields=scores, after=after)
    except (InputError, TypeError, ValueError):
        return Progress()


def _read(written: str) -> Any:
    return parse_json(written) if written else ([], [], [], "")


def next_of(records: list[str], progress: Progress) -> list[str]:
    """What is still to be answered in this round, the next one first: records in their order, from `after` on."""
    start = records.index(progress.after) + 1 if progress.after in records else 0
    turned = [*records[start:], *records[:start]]
    left = [record for record in turned if record not in progress.done]
    return left[: max(0, SET - len(progress.done))]
