"""Precision and recall of agreements and of each of their slots, over `evaluation/agreements_test.jsonl`.

Run: `dragoman evaluate --sets agreements --split dev`, or with the errors shown
`python -m dragoman.evaluate.agreements evaluation/agreements_test.jsonl --split dev --errors`.

One line a text: `id`, `split`, `text`, `date`, `agreements` (each with `name`, `titled`, `instrument`, `status`,
`parties`, `signatories`, `subjects`, `time`, `number`) and `optional` (`name`, `status`). A place in the text is
`{text, start}`. Several instruments or statuses mean that each of them is right. A found entry meets an expected one
when their names overlap. One that meets an optional entry with an allowed status is neither right nor wrong: texts that
deny or rumour an agreement may be told of or not, but never as signed.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from dragoman.coder import Coder
from dragoman.errors import InputError
from dragoman.evaluate.metrics import Counts, Figure, percent
from dragoman.types.actor import ActorLink
from dragoman.types.record import Agreement
from dragoman.types.text import Document, Span

MADE = frozenset({"signed", "initialled", "agreed", "approved", "ratified", "in_force"})
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAgreement:
    """One expected agreement. Each of `instruments` and `statuses` is right; `time` is EDTF, None when not stated."""

    name: Span
    titled: bool
    instruments: tuple[str, ...]
    statuses: tuple[str, ...]
    parties: tuple[Span, ...]
    signatories: tuple[Span, ...]
    subjects: tuple[Span, ...]
    time: str | None
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionalAgreement:
    """One that may be found or not, with the statuses that are not wrong."""

    name: Span
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCase:
    """One text with what is to be found in it."""

    id: str
    split: str
    text: str
    published: date | None
    agreements: tuple[GoldAgreement, ...]
    optional: tuple[OptionalAgreement, ...]

    @property
    def has_made(self) -> bool:
        """True when some agreement of the text may rightly be told as made."""
        entries = chain((gold.statuses for gold in self.agreements), (gold.statuses for gold in self.optional))
        return any(MADE.intersection(statuses) for statuses in entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementScore:
    """Counts of entries and of slots by name, and the texts in which something was told as made that is not.

    `unmade` is the number of texts without a made agreement, `lines` say the errors.
    """

    entries: Counts
    slots: tuple[tuple[str, Counts], ...]
    cases: int
    unmade: int
    invented: int
    confidences: tuple[tuple[float, bool], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    met: tuple[tuple[Agreement, GoldAgreement], ...]
    wrong: tuple[Agreement, ...]
    missed: tuple[GoldAgreement, ...]
    spared: tuple[Agreement, ...]


def load_cases(path: Path) -> Iterator[AgreementCase]:
    """The cases of a file.

    Raises:
        InputError: a line is not a case, or a place is not where it says, with file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield _case(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}, line {number}: not an agreement case ({error}); expected id, split, text, date, agreements, "
                f"optional"
            ) from error


def _case(row: Mapping[str, Any]) -> AgreementCase:
    text = row["text"]
    return AgreementCase(
        id=row["id"],
        split=row["split"],
        text=text,
        published=date.fromisoformat(row["date"]) if row["date"] else None,
        agreements=tuple(_gold(text, entry) for entry in row["agreements"]),
        optional=tuple(
            OptionalAgreement(name=_place(text, entry["name"]), statuses=tuple(entry["status"]))
            for entry in row["optional"]
        ),
    )


def _gold(text: str, entry: Mapping[str, Any]) -> GoldAgreement:
    return GoldAgreement(
        name=_place(text, entry["name"]),
        titled=entry["titled"],
        instruments=tuple(entry["instrument"]),
        statuses=tuple(entry["status"]),
        parties=tuple(_place(text, place) for place in entry["parties"]),
        signatories=tuple(_place(text, place) for place in entry["signatories"]),
        subjects=tuple(_place(text, place) for place in entry["subjects"]),
        time=entry["time"],
        number=entry["number"],
    )


def _place(text: str, place: Mapping[str, Any]) -> Span:
    span = Span(place["start"], place["start"] + len(place["text"]))
    if span.of(text) != place["text"]:
        raise ValueError(f"{place['text']!r} does not stand at {place['start']}")
    return span


def find_all(coder: Coder, cases: Sequence[AgreementCase]) -> tuple[tuple[Agreement, ...], ...]:
    """The agreements that the coder finds in each text."""
    documents = [Document(id=c.id, text=c.text, origin=c.id, published=c.published, language="en") for c in cases]
    return tuple(
        tuple(record for record in coding.records if isinstance(record, Agreement))
        for coding in coder.code_many(documents)
    )


def score_agreements(cases: Sequence[AgreementCase], found: Sequence[Sequence[Agreement]]) -> AgreementScore:
    """The score of what was found in each case."""
    entries, slots = Counts(), dict.fromkeys(SLOTS, Counts())
    lines: list[str] = []
    sure: list[tuple[float, bool]] = []
    unmade = invented = 0
    for case, records in zip(cases, found, strict=True):
        outcome = _match(case, records)
        entries += Counts(gold=len(case.agreements), found=len(outcome.met) + len(outcome.wrong), both=len(outcome.met))
        for one, gold in outcome.met:
            for name, count in count_slots(case.text, one, gold):
                slots[name] += count
        sure += [(one.confidence, True) for one, _ in outcome.met]
        sure += [(one.confidence, False) for one in outcome.wrong]
        if not case.has_made:
            unmade += 1
            invented += any(record.agreement_status in MADE for record in records)
        lines.extend(_tell(case, outcome))
    return AgreementScore(
        entries=entries,
        slots=tuple(slots.items()),
        cases=len(cases),
        unmade=unmade,
        invented=invented,
        confidences=tuple(sure),
        lines=tuple(lines),
    )


def _match(case: AgreementCase, records: Sequence[Agreement]) -> _Outcome:
    left = list(records)
    met, missed, spared = [], [], []
    for gold in case.agreements:
        fits = [one for one in left if name_of(case.text, one).overlaps(gold.name)]
        if not fits:
            missed.append(gold)
            continue
        best = max(fits, key=lambda one: (one.agreement_status in gold.statuses, -left.index(one)))
        left.remove(best)
        met.append((best, gold))
    for allowed in case.optional:
        for one in [one for one in left if name_of(case.text, one).overlaps(allowed.name)]:
            if one.agreement_status in allowed.statuses:
                left.remove(one)
                spared.append(one)
    return _Outcome(met=tuple(met), wrong=tuple(left), missed=tuple(missed), spared=tuple(spared))


def name_of(text: str, record: Agreement) -> Span:
    """Where the title or description stands."""
    words = record.title or record.description or ""
    start = text.find(words, record.evidence[0].start)
    return Span(start, start + len(words)) if start >= 0 else record.evidence[0]


SLOTS = ("name", "titled", "instrument", "status", "parties", "signatories", "subjects", "time", "number")


def count_slots(text: str, one: Agreement, gold: GoldAgreement) -> Iterator[tuple[str, Counts]]:
    """Each slot's counts for a found entry and the expected one that it meets."""
    yield "name", _value(_share(name_of(text, one), gold.name) >= _SAME_WORDS)
    yield "titled", Counts(gold=gold.titled, found=one.title is not None, both=gold.titled and one.title is not None)
    yield "instrument", _value(one.instrument in gold.instruments)
    yield "status", _value(one.agreement_status in gold.statuses)
    yield "parties", _places(_spans(one.parties), gold.parties)
    yield "signatories", _places(_spans(one.signatories), gold.signatories)
    yield "subjects", _texts(one.subjects, [span.of(text) for span in gold.subjects])
    time = one.time.edtf if one.time else None
    yield (
        "time",
        Counts(gold=gold.time is not None, found=time is not None, both=time is not None and time == gold.time),
    )
    number = one.number_stated
    yield (
        "number",
        Counts(
            gold=gold.number is not None, found=number is not None, both=number is not None and number == gold.number
        ),
    )


def _value(right: bool) -> Counts:
    return Counts(gold=1, found=1, both=int(right))


def _spans(links: Iterable[ActorLink]) -> tuple[Span, ...]:
    return tuple(link.span for link in links if link.span is not None)


def _places(found: Sequence[Span], gold: Sequence[Span]) -> Counts:
    """Places that meet, each once. "Kenya and Chad" as one span meets one of two."""
    left, both = list(dict.fromkeys(found)), 0
    total = len(left)
    for mark in gold:
        fit = next((span for span in left if span.overlaps(mark)), None)
        if fit is not None:
            left.remove(fit)
            both += 1
    return Counts(gold=len(gold), found=total, both=both)


def _texts(found: Sequence[str], gold: Sequence[str]) -> Counts:
    both = sum(any(mark in words or words in mark for words in found) for mark in gold)
    return Counts(gold=len(gold), found=len(found), both=min(both, len(found)))


def _share(one: Span, other: Span) -> float:
    """Shared characters over all characters of both."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (len(one) + len(other) - shared)


def _tell(case: AgreementCase, outcome: _Outcome) -> Iterator[str]:
    for one in outcome.wrong:
        yield f"{case.id} WRONG {one.title or one.description!r} {one.agreement_status}: {one.reason} | {case.text}"
    for gold in outcome.missed:
        yield f"{case.id} MISSED {gold.name.of(case.text)!r} | {case.text}"
    for one, gold in outcome.met:
        bad = [name for name, count in count_slots(case.text, one, gold) if count.both < max(count.gold, count.found)]
        if bad:
            yield f"{case.id} SLOTS {', '.join(bad)}: {_told(one)} | {case.text}"


def _told(one: Agreement) -> str:
    parties = "; ".join(link.text for link in one.parties)
    signers = "; ".join(link.text for link in one.signatories)
    time = one.time.edtf if one.time else "-"
    name = one.title or one.description
    return (
        f"{name!r} {one.instrument} {one.agreement_status} [{parties}] signed by [{signers}] on {list(one.subjects)} "
        f"{time} {one.number_stated}"
    )


def figures(score: AgreementScore) -> Iterator[Figure]:
    """The figures that are reported: entries, each slot's F1, and made agreements that the text does not have."""
    yield Figure(name="entries precision", value=score.entries.precision, cases=score.entries.found, pinned=False)
    yield Figure(name="entries recall", value=score.entries.recall, cases=score.entries.gold, pinned=False)
    yield Figure(name="entries F1", value=score.entries.f1, cases=score.entries.gold)
    for name, count in score.slots:
        yield Figure(name=f"{name} precision", value=count.precision, cases=count.found, pinned=False)
        yield Figure(name=f"{name} recall", value=count.recall, cases=count.gold, pinned=False)
        yield Figure(name=f"{name} F1", value=count.f1, cases=count.gold)
    yield Figure(
        name="made, where none is / 100", value=percent(score.invented, score.unmade), cases=score.unmade, falls=True
    )


def measure(coder: Coder, path: Path, split: str) -> tuple[Figure, ...]:
    """The figures of one split of a file."""
    cases = [case for case in load_cases(path) if case.split == split]
    return tuple(figures(score_agreements(cases, find_all(coder, cases))))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, and the errors where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args(arguments)
    cases = [case for case in load_cases(given.file) if case.split == given.split]
    score = score_agreements(cases, find_all(Coder.open(), cases))
    if given.errors:
        print("\n".join(score.lines))
    print("\n".join(f"{figure.name:<28} {figure.value:6.1f}  of {figure.cases}" for figure in figures(score)))


if __name__ == "__main__":
    main()
