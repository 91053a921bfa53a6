"""Scores the reading of time expressions: `python -m dragoman.evaluate.dates evaluation/dates_test.jsonl`.

One line a case: `id`, `text`, `date` (the document's, or null), `tense` (past, future or null), `edtf` (null where the
words give no time). A case is right when the EDTF is exactly the one expected.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from dragoman.coding.dates import read_time
from dragoman.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCase:
    """One expression and what it should give."""

    id: str
    text: str
    published: date | None
    tense: str | None
    edtf: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateScore:
    """`right` of `total`; `invented` counts times given where none is stated. `wrong` are lines for people."""

    total: int
    right: int
    invented: int
    wrong: tuple[str, ...]
    microseconds: float

    @property
    def accuracy(self) -> float:
        """The share that is right."""
        return self.right / self.total if self.total else 0.0


def load_cases(path: Path) -> Iterator[DateCase]:
    """The cases of a file.

    Raises:
        InputError: a line is not a case, with file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            published = date.fromisoformat(row["date"]) if row["date"] else None
            yield DateCase(id=row["id"], text=row["text"], published=published, tense=row["tense"], edtf=row["edtf"])
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}, line {number}: not a date case ({error}); expected id, text, date, tense, edtf"
            ) from error


def score_dates(cases: list[DateCase]) -> DateScore:
    """The score over the cases, and the mean time of one reading."""
    begin = perf_counter()
    readings = [read_time(case.text, case.published, tense=case.tense) for case in cases]
    taken = perf_counter() - begin
    pairs = list(zip(cases, readings, strict=True))
    return DateScore(
        total=len(cases),
        right=sum(case.edtf == reading.edtf for case, reading in pairs),
        invented=sum(case.edtf is None and reading.edtf is not None for case, reading in pairs),
        wrong=tuple(
            f"{case.id} {case.text!r} ({case.published}, {case.tense}): expected {case.edtf}, got {reading.edtf}"
            f" ({reading.reason})"
            for case, reading in pairs
            if case.edtf != reading.edtf
        ),
        microseconds=1e6 * taken / max(1, len(cases)),
    )


def main(arguments: list[str]) -> None:
    """Prints the score and the wrong cases."""
    score = score_dates(list(load_cases(Path(arguments[0]))))
    print("\n".join(score.wrong))
    print(
        f"{score.right} of {score.total} right ({score.accuracy:.1%}), {score.invented} invented; "
        f"{score.microseconds:.0f} microseconds an expression"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
