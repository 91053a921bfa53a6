"""Learned layers for tests, where what is not named is as shipped; and reports with verdicts to learn from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from dragoman.actors.kb import open_kb
from dragoman.coder import Coder
from dragoman.coding.choose import tabulate_codes
from dragoman.coding.codebook import load_codebook
from dragoman.coding.confidence import SIGNALS, Calibration
from dragoman.coding.gazetteer import Gazetteer
from dragoman.coding.learned import Learned
from dragoman.learning.lessons import Lesson
from dragoman.learning.rows import Row, read_rows
from dragoman.pipeline import Coded
from dragoman.store import Store
from dragoman.types.record import Event
from dragoman.types.review import Judgement, Verdict
from dragoman.types.text import Document, Span
from fake_model import LABELS, make_parser

CALIBRATION = Calibration(
    weights=tuple(0.5 if name in ("trigger", "category") else 0.0 for name in SIGNALS),
    constant=0.0,
    threshold=0.5,
    widest=0.3,
)


def learned(
    *,
    version: str = "made",
    model: str = "fake-1",
    codebook: str = "plover",
    categories: Mapping[str, Mapping[str, float]] | None = None,
    calibration: Calibration = CALIBRATION,
    cues: Mapping[str, float] | None = None,
) -> Learned:
    return Learned(
        version=version,
        model=model,
        codebook=codebook,
        categories=categories or {},
        calibration=calibration,
        cues=cues or {},
    )


@cache
def fake_coder() -> Coder:
    """A coder over the look-up model; it is about as sure of every event that it writes."""
    book = load_codebook("plover")
    return Coder(
        parser=make_parser(),
        codebook=book,
        kb=open_kb(),
        gazetteer=Gazetteer.open(),
        table=tabulate_codes(LABELS, book),
        calibration=replace(CALIBRATION, weights=tuple(weight / 4 for weight in CALIBRATION.weights)),
    )


def report(number: int) -> Document:
    """A report of an attack and a visit, in words of its own beside these."""
    own = " ".join(f"w{number}x{place}" for place in range(20))
    return Document(
        id=f"d{number}", text=f"Kenya attacked Chad. Wekesa visited Mali. {own}.", origin="made", language="en"
    )


def fill(store: Store, count: int) -> list[Event]:
    """Puts so many reports in, coded by `fake_coder`; the events in text order."""
    store.add([Coded(document=report(number), coding=fake_coder()(report(number))) for number in range(count)])
    return [record for coded in store.coded() for record in coded.coding.records if isinstance(record, Event)]


def judge(store: Store, event: Event, judgement: Judgement, *, reviewer: str = "ada", **given: str | None) -> None:
    """One verdict on the event."""
    store.add_verdict(
        Verdict(
            id=f"{event.id}-{reviewer}-{judgement}-{len(store.verdicts(event.id))}",
            record=event.id,
            document=event.document,
            reviewer=reviewer,
            decided_at="2026-01-01T00:00:00+00:00",
            judgement=judgement,
            field=given.get("field"),
            value=given.get("value"),
        )
    )


LESSON_TEXT = "Chad said maybe. Kenya attacked Chad. Wekesa visited Mali."
ATTACK, VISIT = Span(23, 31), Span(45, 52)
KENYA, CHAD, MALI = Span(17, 22), Span(32, 36), Span(53, 57)


def lesson(trigger: Span = ATTACK, **given: object) -> Lesson:
    base = Lesson(
        document="d1",
        trigger=trigger,
        model="fake-1",
        judged="ASSAULT",
        category="ASSAULT",
        sources=(KENYA,),
        targets=(CHAD,),
        sides_right=True,
        rejected=False,
        added=False,
    )
    return replace(base, **given)  # type: ignore[arg-type]


def read(*lessons: Lesson, stories: dict[str, str] | None = None, text: str = LESSON_TEXT) -> Sequence[Row]:
    document = Document(id="d1", text=text, origin="made")
    return tuple(read_rows(fake_coder(), lessons, lambda _: document, stories or {}))
