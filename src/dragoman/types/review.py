"""What people decide about records. Verdicts are only appended, and folded over the records when these are read."""

from dataclasses import dataclass
from enum import StrEnum

AS_CODED = "coded:"  # begins `judged` of a blind verdict: the value that the machine gave, whatever others decided


class Judgement(StrEnum):
    """What a reviewer says of a record or of one of its fields."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"
    CORRECT = "correct"
    ADD = "add"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One decision of one reviewer. `field` is None when the whole record is judged.

    `judged` is the value that was shown, so that a later coding with another value sends the record back to the queue;
    it begins with AS_CODED when the record was shown as coded, without what others had decided. `value` is the right
    one, JSON for anything but text, and with `Judgement.ADD` the whole record that the coder missed; `undoes` is the
    verdict taken back by `Judgement.UNDO`. `decided_at` is ISO 8601 in UTC.
    """

    id: str
    record: str
    document: str
    reviewer: str
    decided_at: str
    judgement: Judgement
    field: str | None = None
    judged: str | None = None
    value: str | None = None
    undoes: str | None = None
    note: str = ""

    @property
    def blind(self) -> bool:
        """True when the reviewer was shown the record as coded, and not what others had decided."""
        return self.judged is not None and self.judged.startswith(AS_CODED)
