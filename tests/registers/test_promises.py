from dataclasses import replace

import pytest

import make_registers as make
from dragoman.registers import build_promise_register
from dragoman.types.record import Status
from dragoman.types.register import PromiseState

PLEDGE = "Kenya pledged to send forty water engineers to Somalia."
KEPT = "Kenya sent forty water engineers to Somalia."
BROKEN = "Kenya did not send water engineers to Somalia."
SCRAPPED = "Kenya scrapped the mission of water engineers to Somalia."


def pledge(published="2024-03-01", name="r1"):
    record = make.event(name, PLEDGE, "Kenya pledged", "AGREE", "Kenya", "Somalia", status=Status.PLEDGED)
    return make.report(name, PLEDGE, record, published=published)


def later(text, words, category, sources="Kenya", targets="Somalia", *, published="2024-06-01", name="r2", **options):
    return make.report(
        name, text, make.event(name, text, words, category, sources, targets, **options), published=published
    )


def test_a_pledge_without_an_answer_is_open():
    (entry,) = build_promise_register([pledge()])
    assert (entry.state, entry.promise) == (PromiseState.OPEN, PLEDGE)


def test_a_later_deed_may_have_kept_it_and_both_quotes_are_shown():
    (entry,) = build_promise_register([pledge(), later(KEPT, "Kenya sent", "AID")])
    assert entry.state is PromiseState.KEPT
    assert (entry.promise, [answer.quote for answer in entry.kept]) == (PLEDGE, [KEPT])


@pytest.mark.parametrize(
    ("text", "words", "category", "status"),
    [(BROKEN, "Kenya did not send", "AID", Status.NEGATED), (SCRAPPED, "Kenya scrapped", "REJECT", Status.ASSERTED)],
)
def test_a_later_refusal_may_have_broken_it(text, words, category, status):
    quad = "verbal_conflict" if category == "REJECT" else "material_cooperation"
    (entry,) = build_promise_register([pledge(), later(text, words, category, status=status, quad=quad)])
    assert (entry.state, len(entry.broken)) == (PromiseState.BROKEN, 1)


def test_contradicting_reports_leave_it_disputed():
    kept = later(KEPT, "Kenya sent", "AID")
    broken = later(BROKEN, "Kenya did not send", "AID", status=Status.NEGATED, name="r3")
    (entry,) = build_promise_register([pledge(), kept, broken])
    assert entry.state is PromiseState.DISPUTED


@pytest.mark.parametrize(
    "answer",
    [
        later(KEPT, "Kenya sent", "AID", published="2024-02-01"),
        later(KEPT, "Kenya sent", "AID", published=None),
        later(KEPT, "Kenya sent", "AID", sources="Chad", targets="Togo"),
        later(KEPT, "Kenya sent", "AID", targets="Togo"),
        later("Kenya sent maize to Somalia.", "Kenya sent", "AID"),
        later(KEPT, "Kenya sent", "AID", status=Status.PLANNED),
    ],
    ids=["earlier", "undated", "another promiser", "another receiver", "something else", "only planned"],
)
def test_what_does_not_answer_leaves_it_open(answer):
    (entry,) = build_promise_register([pledge(), answer])
    assert entry.state is PromiseState.OPEN


def test_a_pledge_told_twice_is_one_promise():
    (entry,) = build_promise_register([pledge(), pledge("2024-03-02", "r9")])
    assert [telling.document for telling in entry.tellings] == ["r1", "r9"]


def test_the_order_of_the_reports_does_not_matter():
    reports = [pledge(), later(KEPT, "Kenya sent", "AID")]
    assert build_promise_register(reports) == build_promise_register(reports[::-1])


def test_a_deed_that_was_not_promised_is_no_promise():
    assert build_promise_register([later(KEPT, "Kenya sent", "AID")]) == ()


TWO = "Kenya pledged to send forty water engineers. Kenya vowed to lower its duties on maize."
SAME = "Kenya pledges engineers. Kenya pledged to send forty water engineers."


@pytest.mark.parametrize(
    ("text", "first", "second", "count"),
    [(TWO, "Kenya pledged", "Kenya vowed", 2), (SAME, "Kenya pledges", "Kenya pledged", 1)],
    ids=["two things", "headline and body"],
)
def test_a_cluster_in_one_report_is_as_many_promises_as_things_promised(text, first, second, count):
    records = [
        replace(make.event("r1", text, words, "AGREE", "Kenya", status=Status.PLEDGED), cluster="cl_1")
        for words in (first, second)
    ]
    assert len(build_promise_register([make.report("r1", text, *records, published="2024-03-01")])) == count
