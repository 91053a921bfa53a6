"""A small record for the tests of exports: three reports, two of which tell of one visit, with every kind."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import make_store
from dragoman.export import Dataset, ExportOptions, FileFormat, FolderFormat, Written, find_format
from dragoman.pipeline import Coded
from dragoman.types.cluster import Cluster, Disagreement, Story
from dragoman.types.record import Event, Record, Status
from dragoman.types.text import Span
from dragoman.types.where import PlaceLink, PlacePrecision
from make_coder import others

FIRST = "Arman visited Armenia on 2024-04-15. Sona threatened Georgia. Arman visited Georgia. Sona visited Kazakhstan."
SECOND = "Late news: Arman visited Armenia on 2024-04-15."
YEREVAN = PlaceLink(
    text="Armenia",
    span=Span(14, 21),
    name="Yerevan",
    geonames=616052,
    country="ARM",
    admin1="Yerevan",
    latitude=40.1776,
    longitude=44.5126,
    precision=PlacePrecision.CITY,
    confidence=0.9,
    reason="made",
)
EVERY = ExportOptions(every_status=True)


def first() -> Coded:
    """A visit with a place, a threat, a planned visit that is not counted, a statement."""
    coded = make_store.coded(FIRST, id="d1", published="2024-04-16", publisher="The Daily & Co")
    visit, threat, plan, statement = events(coded)
    document = replace(coded.document, url="https://example.org/a?b={c}", title='=HYPERLINK("x")', language="en")
    records = (
        replace(visit, place=YEREVAN),
        threat,
        replace(plan, status=Status.PLANNED, counted=False),
        replace(statement, category="STATEMENT", mode=None, cameo="010"),
    )
    return Coded(document=document, coding=replace(coded.coding, records=records))


def second() -> Coded:
    """Another telling of the visit, without a place."""
    coded = make_store.coded(SECOND, id="d2", published="2024-04-17", publisher="Weekly")
    (visit,) = events(coded)
    return Coded(document=coded.document, coding=replace(coded.coding, records=(replace(visit, place=None),)))


def third() -> Coded:
    """A report without a date, with a threat of both to each other and one record of every other kind."""
    coded = make_store.coded("Sona threatened Georgia.", id="d3", published=None)
    (threat,) = events(coded)
    joint = replace(threat, reciprocal=True, sources=(*threat.sources, *threat.targets), targets=())
    kinds = tuple(replace(record, id=f"{record.id}_d3") for record in others(coded.document))
    return Coded(document=coded.document, coding=replace(coded.coding, records=(joint, *kinds)))


def events(coded: Coded) -> tuple[Event, ...]:
    """The events of a report."""
    return tuple(record for record in coded.coding.records if isinstance(record, Event))


def data() -> Dataset:
    """The three reports; the coded documents come from an iterator, as those of a store do."""
    reports = (first(), second(), third())
    visits = tuple(sorted((events(reports[0])[0].id, events(reports[1])[0].id)))
    where = Disagreement(field="place", values=(("Yerevan", (visits[0],)), ("none", (visits[1],))))
    visit = Cluster(
        id="cl_visit", kind="event", records=visits, documents=("d1", "d2"), reason="same", disagreements=(where,)
    )
    story = Story(id="st_1", documents=("d1", "d2"))
    return Dataset(coded=iter(reports), clusters=(visit,), stories=(story,))


def records() -> tuple[Record, ...]:
    """All records of the three reports."""
    return tuple(record for coded in (first(), second(), third()) for record in coded.coding.records)


def write(name: str, options: ExportOptions = EVERY, source: Dataset | None = None) -> tuple[str, Written]:
    """The export of the record, or of another data set, in a format of one file."""
    found = find_format(name)
    assert isinstance(found, FileFormat)
    out = io.StringIO(newline="")
    done = found.write(source or data(), out, options)
    return out.getvalue(), done


def write_folder(name: str, folder: Path, options: ExportOptions = EVERY) -> Written:
    """The export of the record in a format of a folder."""
    found = find_format(name)
    assert isinstance(found, FolderFormat)
    return found.write(data(), folder, options)


def rows(text: str) -> list[list[str]]:
    """The cells of tab-separated lines."""
    return [line.split("\t") for line in text.splitlines()]


DAY = date(2024, 4, 15)
