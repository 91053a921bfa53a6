"""Score the actor resolver on a list of mentions: country, country and sector, precision of the answers given.

Run: `python -m dragoman.evaluate.actors evaluation/actors_test.jsonl [--errors]`.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.actors import KnowledgeBase, open_kb, predict_actor
from dragoman.errors import InputError
from dragoman.types.actor import ActorLink


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorCase:
    """One mention of the list. Several accepted countries or sectors are alternatives; None stands for "no code"."""

    id: str
    group: str
    text: str
    context: str | None
    day: date | None
    countries: tuple[str | None, ...]
    sectors: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorScore:
    """Counts over a list. An answer is given when a country is named; `precise` counts those with the right one.

    `coverage_at_95` is the largest share of the list that can be answered, the most confident first, 95 of 100 right.
    """

    cases: int
    country_right: int
    both_right: int
    answered: int
    precise: int
    coverage_at_95: float

    def lines(self) -> tuple[str, ...]:
        """The figures, one a line."""
        return (
            f"mentions {self.cases}",
            f"country right {self.country_right / self.cases:.1%}",
            f"country and sector right {self.both_right / self.cases:.1%}",
            f"answered {self.answered / self.cases:.1%}",
            f"precision of answers {self.precise / max(1, self.answered):.1%}",
            f"coverage at 95 % precision {self.coverage_at_95:.1%}",
        )


def load_cases(path: Path) -> tuple[ActorCase, ...]:
    """The mentions of a JSON-lines file.

    Raises:
        InputError: a line is no JSON object or lacks a key.
    """
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            day = date.fromisoformat(row["date"]) if row.get("date") else None
            cases.append(
                ActorCase(
                    id=row["id"], group=row["group"], text=row["text"], context=row.get("context"), day=day,
                    countries=tuple(row["countries"]), sectors=tuple(row["sectors"]),
                )
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"list '{path}', line {number}: {error}; expected id, group, text, date, countries, sectors"
            ) from None
    return tuple(cases)


def judge(case: ActorCase, link: ActorLink) -> tuple[bool, bool]:
    """Whether the country is right, and whether country and sector are."""
    country = link.country in case.countries
    return country, country and link.sector in case.sectors


def score_actors(
    kb: KnowledgeBase, cases: Iterable[ActorCase]
) -> tuple[ActorScore, tuple[tuple[ActorCase, ActorLink], ...]]:
    """The counts, and the cases that are not wholly right with the links given."""
    judged = [(case, link, judge(case, link)) for case in cases
              for link in (predict_actor(kb, case.text, case.context, case.day),)]  # fmt: skip
    answered = [item for item in judged if item[1].country is not None]
    covered = cover_at([(link.confidence, right[0]) for _, link, right in answered], 0.95)
    score = ActorScore(
        cases=len(judged),
        country_right=sum(right[0] for _, _, right in judged),
        both_right=sum(right[1] for _, _, right in judged),
        answered=len(answered),
        precise=sum(right[0] for _, _, right in answered),
        coverage_at_95=covered / max(1, len(judged)),
    )
    return score, tuple((case, link) for case, link, right in judged if not right[1])


def cover_at(answers: Sequence[tuple[float, bool]], precision: float) -> int:
    """How many answers can be given, the most confident first, so that this share of them is right."""
    right, most = 0, 0
    for count, (_, is_right) in enumerate(sorted(answers, key=lambda answer: -answer[0]), start=1):
        right += is_right
        if right >= precision * count:
            most = count
    return most


def main(arguments: list[str]) -> int:
    """Print the figures of a list, and with --errors every case that is not wholly right."""
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if len(paths) != 1:
        print("usage: python -m dragoman.evaluate.actors LIST.jsonl [--errors]", file=sys.stderr)
        return 2
    score, wrong = score_actors(open_kb(), load_cases(Path(paths[0])))
    print("\n".join(score.lines()))
    if "--errors" in arguments:
        for case, link in wrong:
            expected = f"{'/'.join(map(str, case.countries))} {'/'.join(map(str, case.sectors))}"
            print(f"{case.group}: {case.text} [{case.day}] expected {expected}, got {link.country} {link.sector} "
                  f"({link.name}; {link.reason})")  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
