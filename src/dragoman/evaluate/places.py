"""Scores the choice among places of one name: `python -m dragoman.evaluate.places evaluation/places_test.jsonl`.

One line a case: `id`, `text`, `start`, `end` (characters of the mention), `country` (alpha-3, null for what belongs to
no single country), `precision` (null where several are right) and `admin1` (null where the country decides). The entry
is right when country, precision and, where given, the division are the ones expected.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from dragoman.coding.places import Gazetteer, gather_context, resolve_place
from dragoman.errors import InputError
from dragoman.types.text import Span
from dragoman.types.where import PlaceLink


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCase:
    """A mention in its text, and the place it should be."""

    id: str
    text: str
    span: Span
    country: str | None
    precision: str | None
    admin1: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceScore:
    """Counts of `total` cases; `wrong` are lines for people; `microseconds` a word, context included."""

    total: int
    country_right: int
    entry_right: int
    wrong: tuple[str, ...]
    microseconds: float


def load_cases(path: Path) -> Iterator[PlaceCase]:
    """The cases of a file.

    Raises:
        InputError: a line is not a case, with file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            yield PlaceCase(
                id=row["id"],
                text=row["text"],
                span=Span(row["start"], row["end"]),
                country=row["country"],
                precision=row["precision"],
                admin1=row["admin1"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}, line {number}: not a place case ({error}); expected id, text, start, end, country, "
                "precision, admin1"
            ) from error


def score_places(gazetteer: Gazetteer, cases: list[PlaceCase]) -> PlaceScore:
    """The score over the cases."""
    begin = perf_counter()
    links = [_resolve(gazetteer, case) for case in cases]
    taken = perf_counter() - begin
    pairs = list(zip(cases, links, strict=True))
    words = sum(len(case.text.split()) for case in cases)
    return PlaceScore(
        total=len(cases),
        country_right=sum(_has_country(case, link) for case, link in pairs),
        entry_right=sum(_is_entry(case, link) for case, link in pairs),
        wrong=tuple(_line(case, link) for case, link in pairs if not _is_entry(case, link)),
        microseconds=1e6 * taken / max(1, words),
    )


def _resolve(gazetteer: Gazetteer, case: PlaceCase) -> PlaceLink | None:
    context = gather_context(gazetteer, case.text)
    return resolve_place(gazetteer, case.span.of(case.text), case.span, context=context)


def _has_country(case: PlaceCase, link: PlaceLink | None) -> bool:
    return link is not None and link.name is not None and link.country == case.country


def _is_entry(case: PlaceCase, link: PlaceLink | None) -> bool:
    if link is None or not _has_country(case, link):
        return False
    return case.precision in (None, link.precision) and case.admin1 in (None, link.admin1)


def _line(case: PlaceCase, link: PlaceLink | None) -> str:
    got = "nothing" if link is None else f"{link.name}, {link.admin1}, {link.country}, {link.precision}: {link.reason}"
    wanted = f"{case.country}, {case.precision}, {case.admin1}"
    return f"{case.id} {case.span.of(case.text)!r} in {case.text!r}: expected {wanted}; got {got}"


def main(arguments: list[str]) -> None:
    """Prints the score and the wrong cases."""
    gazetteer = Gazetteer.open(Path(arguments[1]) if len(arguments) > 1 else None)
    score = score_places(gazetteer, list(load_cases(Path(arguments[0]))))
    print("\n".join(score.wrong))
    print(
        f"country right {score.country_right} of {score.total} ({score.country_right / score.total:.1%}), "
        f"entry right {score.entry_right} ({score.entry_right / score.total:.1%}); "
        f"{score.microseconds:.1f} microseconds a word"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
