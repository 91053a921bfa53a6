"""Score what is meant by pronouns, descriptions and short names inside short reports.

Run: `python -m dragoman.evaluate.coref evaluation/coref_test.jsonl [--errors]`.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from dragoman.actors import KnowledgeBase, open_kb
from dragoman.actors.coref import resolve_view
from dragoman.actors.view import view_text
from dragoman.errors import InputError
from dragoman.types.actor import ActorLink
from dragoman.types.text import Span

_SENTENCE = re.compile(r"\S.*?(?<![A-Z])[.?!](?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorefCase:
    """One mention in its report. `countries` are all meant at once; several `sectors` are alternatives."""

    id: str
    text: str
    span: Span
    countries: frozenset[str]
    sectors: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorefScore:
    """Counts over a list. `answered` are the cases with a country, right or wrong."""

    cases: int
    country_right: int
    both_right: int
    answered: int

    def lines(self) -> tuple[str, ...]:
        """The figures, one a line."""
        return (
            f"mentions {self.cases}",
            f"country right {self.country_right / self.cases:.1%}",
            f"country and sector right {self.both_right / self.cases:.1%}",
            f"precision of answers {self.country_right / max(1, self.answered):.1%}",
        )


def load_coref(path: Path) -> tuple[CorefCase, ...]:
    """The mentions of a JSON-lines file.

    Raises:
        InputError: a line is no JSON object, lacks a key, or a span does not hold its words.
    """
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            for mention in row["mentions"]:
                span = Span(mention["start"], mention["end"])
                if span.of(row["text"]) != mention["text"]:
                    raise ValueError(f"the span holds {span.of(row['text'])!r}, not {mention['text']!r}")
                cases.append(
                    CorefCase(
                        id=row["id"], text=row["text"], span=span, countries=frozenset(mention["countries"]),
                        sectors=tuple(mention["sectors"]),
                    )
                )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"list '{path}', line {number}: {error}; expected id, text, mentions") from None
    return tuple(cases)


def resolve_case(kb: KnowledgeBase, case: CorefCase) -> tuple[ActorLink, ...]:
    """The links of the mention; nothing else of the report is asked for."""
    sentences = [Span(match.start(), match.end()) for match in _SENTENCE.finditer(case.text)]
    return resolve_view(kb, view_text(case.text, sentences, kb), [case.span], None)[0]


def score_coref(
    kb: KnowledgeBase, cases: tuple[CorefCase, ...]
) -> tuple[CorefScore, tuple[tuple[CorefCase, tuple[ActorLink, ...]], ...]]:
    """The counts, and the cases that are not wholly right with the links given."""
    judged = [(case, links, *_judge(case, links)) for case in cases for links in (resolve_case(kb, case),)]
    score = CorefScore(
        cases=len(judged),
        country_right=sum(country for _, _, country, _ in judged),
        both_right=sum(both for _, _, _, both in judged),
        answered=sum(any(link.country for link in links) for _, links, _, _ in judged),
    )
    return score, tuple((case, links) for case, links, _, both in judged if not both)


def _judge(case: CorefCase, links: tuple[ActorLink, ...]) -> tuple[bool, bool]:
    country = frozenset(link.country for link in links if link.country) == case.countries
    return country, country and all(link.sector in case.sectors for link in links)


def main(arguments: list[str]) -> int:
    """Print the figures of a list, and with --errors every case that is not wholly right."""
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if len(paths) != 1:
        print("usage: python -m dragoman.evaluate.coref LIST.jsonl [--errors]", file=sys.stderr)
        return 2
    score, wrong = score_coref(open_kb(), load_coref(Path(paths[0])))
    print("\n".join(score.lines()))
    for case, links in wrong if "--errors" in arguments else ():
        got = ", ".join(f"{link.country} {link.sector} ({link.reason})" for link in links)
        wanted = f"{'+'.join(sorted(case.countries))} {case.sectors}"
        print(f"{case.id} {case.span.of(case.text)}: expected {wanted}, got {got}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
