from itertools import permutations

import make_registers as make
from dragoman.registers import build_agreement_register

TALKS = "Kenya and Somalia are negotiating a treaty on shared fish."
SIGNED = "Kenya and Somalia signed the treaty on shared fish."
RATIFIED = "Kenya has ratified the treaty on shared fish."


def told_thrice():
    words = "treaty on shared fish"
    return (
        make.report(
            "r1", TALKS, make.agreement("r1", TALKS, words, "Kenya Somalia", "under_negotiation"),
            published="2024-03-01",
        ),
        make.report(
            "r2", SIGNED, make.agreement("r2", SIGNED, words, "Kenya Somalia", "signed", time="2024-05-02"),
            published="2024-05-03",
        ),
        make.report(
            "r3", RATIFIED, make.agreement("r3", RATIFIED, words, "Kenya", "ratified"), published="2024-08-01"
        ),
    )  # fmt: skip


def one_each(first, second, published=("2024-05-01", "2024-06-01")):
    """The register over two reports with one agreement each, given as (text, words, parties, status, options)."""
    reports = []
    for number, (text, words, parties, status, options) in enumerate((first, second)):
        record = make.agreement(f"r{number}", text, words, parties, status, **options)
        reports.append(make.report(f"r{number}", text, record, published=published[number]))
    return build_agreement_register(reports)


def test_later_reports_are_attached_and_the_status_has_a_history():
    (entry,) = build_agreement_register(told_thrice())
    assert [(step.value, str(step.day)) for step in entry.history] == [
        ("under_negotiation", "2024-03-01"),
        ("signed", "2024-05-02"),
        ("ratified", "2024-08-01"),
    ]
    assert entry.status == "ratified"
    assert [telling.document for telling in entry.tellings] == ["r1", "r2", "r3"]


def test_the_order_of_the_reports_does_not_matter():
    expected = build_agreement_register(told_thrice())
    assert all(build_agreement_register(order) == expected for order in permutations(told_thrice()))


def test_a_later_report_keeps_the_id():
    first, *_ = told_thrice()
    (before,) = build_agreement_register([first])
    (after,) = build_agreement_register(told_thrice())
    assert before.id == after.id


def test_each_telling_keeps_its_quote():
    (entry,) = build_agreement_register(told_thrice())
    assert {telling.quote for telling in entry.tellings} == {"treaty on shared fish"}


def test_other_parties_are_another_agreement():
    text = "the treaty on shared fish"
    first = (text, "treaty on shared fish", "Kenya Somalia", "signed", {})
    second = (text, "treaty on shared fish", "Chad Mali", "signed", {})
    assert len(one_each(first, second)) == 2


def test_another_subject_is_another_agreement():
    first = ("a treaty on fish", "treaty on fish", "Kenya Somalia", "signed", {})
    second = ("a treaty on wool", "treaty on wool", "Kenya Somalia", "signed", {})
    assert all(not entry.may_overlap for entry in one_each(first, second))


def test_two_days_of_signing_are_two_agreements():
    first = ("a treaty on fish", "treaty on fish", "Kenya Somalia", "signed", {"time": "2024-01-02"})
    second = ("a treaty on fish", "treaty on fish", "Kenya Somalia", "signed", {"time": "2024-02-02"})
    assert len(one_each(first, second)) == 2


def test_one_title_is_one_agreement():
    title = {"titled": True}
    first = ("the Gao Pact", "Gao Pact", "Chad Mali", "signed", title)
    second = ("the Gao Pact", "Gao Pact", "", "denounced", title)
    (entry,) = one_each(first, second)
    assert (entry.title, entry.status) == ("Gao Pact", "denounced")


def test_several_agreements_are_never_joined_but_may_overlap():
    first = ("agreements on fish", "agreements on fish", "Kenya Somalia", "signed", {"instrument": "agreement"})
    second = ("an agreement on fish", "agreement on fish", "Kenya Somalia", "signed", {"instrument": "agreement"})
    one, other = one_each(first, second)
    assert (one.may_overlap, other.may_overlap) == ((other.id,), (one.id,))


def test_overlap_inside_a_report_is_kept_open():
    text = "a memorandum and cooperation agreements"
    first = make.agreement("r", text, "memorandum", "", "announced", instrument="memorandum")
    second = make.agreement(
        "r", text, "cooperation agreements", "", "announced", instrument="agreement", overlap=(first.id,)
    )
    one, other = build_agreement_register([make.report("r", text, first, second)])
    assert (one.may_overlap, other.may_overlap) == ((other.id,), (one.id,))


def test_a_decided_cluster_joins():
    first = ("a pact", "pact", "Chad Mali", "agreed", {"cluster": "cl_1", "instrument": "agreement"})
    second = ("the accord", "accord", "Chad Mali", "signed", {"cluster": "cl_1", "instrument": "agreement"})
    (entry,) = one_each(first, second)
    assert entry.reason == "2 tellings in one cluster"


def test_recalled_talks_do_not_undo_a_signature():
    words = "treaty on shared fish"
    late = make.report(
        "r9", TALKS, make.agreement("r9", TALKS, words, "Kenya Somalia", "announced"), published="2024-09-01"
    )
    (entry,) = build_agreement_register([*told_thrice()[:2], late])
    assert entry.status == "signed"


def test_disagreeing_times_stand_side_by_side():
    first = ("the Gao Pact", "Gao Pact", "Chad Mali", "announced", {"titled": True, "time": "2024-01-02"})
    second = ("the Gao Pact", "Gao Pact", "Chad Mali", "announced", {"titled": True, "time": "2024-01-09"})
    (entry,) = one_each(first, second)
    assert entry.times == ("2024-01-02", "2024-01-09")


def test_an_undated_report_comes_first_and_says_no_day():
    words = "treaty on shared fish"
    undated = make.report("r0", TALKS, make.agreement("r0", TALKS, words, "Kenya Somalia", "proposed"), published=None)
    (entry,) = build_agreement_register([*told_thrice()[:2], undated])
    assert (entry.history[0].value, entry.history[0].day) == ("proposed", None)


def test_no_reports_make_no_entries():
    assert build_agreement_register([]) == ()
