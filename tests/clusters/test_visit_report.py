"""A visit told many times in one report and again in another, through the real coder: one happening."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from dragoman.clusters import ClusterIndex, cluster_records
from dragoman.coder import Coder
from dragoman.evaluate.cluster_sets import load_own_reports
from dragoman.pipeline import Coded
from dragoman.types.cluster import Cluster
from dragoman.types.record import Event
from dragoman.types.text import Document

EVALUATION = Path(__file__).parents[2] / "evaluation"
pytestmark = pytest.mark.model

REPORT = """Daulet Serikbai and Vahan Melikyan held talks in Yerevan
President Daulet Serikbai of Kazakhstan paid an official visit to Armenia, which both capitals called overdue. \
The meeting between President Serikbai and Armenian Prime Minister Vahan Melikyan on May 6 resulted in the signing of \
a joint statement on transport.
President Serikbai praised Armenia as a reliable partner.
Opposition voices in Kazakhstan have raised concerns about the motives behind Serikbai's visit to Armenia.
"""
SECOND = (
    "President Daulet Serikbai of Kazakhstan visited Armenia on May 6 and met Prime Minister Vahan Melikyan. "
    "It was the first visit of a Kazakh president to Yerevan in nine years."
)
LATER = "Kazakhstan's President Daulet Serikbai visited Armenia on September 14 for a summit on railways."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.open()


def code(coder: Coder, name: str, text: str, published: date | None) -> Coded:
    document = Document(id=name, text=text, origin="test", language="en", published=published)
    return Coded(document=document, coding=next(coder.code_many([document])))


def consultations(coded: list[Coded]) -> dict[str, Event]:
    records = (record for one in coded for record in one.coding.records)
    return {one.id: one for one in records if isinstance(one, Event) and one.category == "CONSULT"}


def visits(coded: list[Coded]) -> list[Cluster]:
    wanted = consultations(coded)
    return [cluster for cluster in cluster_records(coded) if set(cluster.records) & wanted.keys()]


def test_visit_talks_and_meeting_of_one_undated_report_are_one_happening(coder: Coder) -> None:
    report = code(coder, "a", REPORT, None)
    (visit,) = visits([report])
    told = consultations([report])
    assert {told[record].trigger_text for record in visit.records} >= {"talks", "visit", "meeting"}


def test_another_report_of_the_visit_joins_it(coder: Coder) -> None:
    reports = [code(coder, "a", REPORT, date(2027, 5, 7)), code(coder, "b", SECOND, date(2027, 5, 8))]
    largest = max(visits(reports), key=lambda cluster: len(cluster.records))
    assert largest.documents == ("a", "b")


def test_visit_of_another_month_stays_apart(coder: Coder) -> None:
    reports = [code(coder, "b", SECOND, date(2027, 5, 8)), code(coder, "c", LATER, date(2027, 9, 15))]
    assert all(len(cluster.documents) == 1 for cluster in visits(reports))


def test_what_was_signed_is_not_the_visit(coder: Coder) -> None:
    report = code(coder, "a", REPORT, date(2027, 5, 7))
    (visit,) = visits([report])
    signed = {one.id for one in report.coding.records if isinstance(one, Event) and one.category == "SUPPORT"}
    assert signed
    assert not signed & set(visit.records)


def test_order_of_reports_does_not_matter(coder: Coder) -> None:
    reports = [
        code(coder, "a", REPORT, date(2027, 5, 7)),
        code(coder, "b", SECOND, date(2027, 5, 8)),
        code(coder, "c", LATER, date(2027, 9, 15)),
    ]
    copied = replace(reports[0].document, id="a")
    again = [reports[2], replace(reports[0], document=copied), reports[1]]
    assert cluster_records(again) == cluster_records(reports)


def test_stream_in_any_order_gives_what_the_batch_gives(coder: Coder) -> None:
    reports = load_own_reports(EVALUATION / "clusters.jsonl", "dev")[:70]
    codings = coder.code_many([report.document for report in reports])
    coded = [Coded(document=report.document, coding=one) for report, one in zip(reports, codings, strict=True)]
    expected, draw = cluster_records(coded), Random(2)
    for _ in range(3):
        draw.shuffle(coded)
        index = ClusterIndex()
        for number, one in enumerate(coded):
            index.add(one)
            if number % 9 == 0:
                index.changes()
        assert index.clusters() == expected
