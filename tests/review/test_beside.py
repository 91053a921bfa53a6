"""Codings beside each other: what is one record, and what differs."""

from dragoman.review import CodingColumn, State, Told, lay_beside, only_differences
from dragoman.types.text import Span


def told(record: str, start: int, end: int, *, kind: str = "event", rejected: bool = False, **fields: str) -> Told:
    return Told(record=record, kind=kind, place=Span(start, end), fields=tuple(fields.items()), rejected=rejected)


def run(name: str, *found: Told) -> CodingColumn:
    return CodingColumn(name=name, told=found, whole=True)


def person(name: str, *found: Told) -> CodingColumn:
    return CodingColumn(name=name, told=found, whole=False)


def test_record_of_one_id_stands_in_one_row_with_its_changed_fields() -> None:
    (row,) = lay_beside(
        [
            run("a", told("e1", 0, 5, status="asserted", mode="visit")),
            run("b", told("e1", 0, 5, status="planned", mode="visit")),
        ]
    )
    assert (row.differing, row.found_by, row.agrees) == (("status",), (0, 1), False)


def test_record_under_another_id_at_the_same_words_is_the_same() -> None:
    (row,) = lay_beside([run("a", told("e1", 0, 5, category="AGREE")), run("b", told("e2", 2, 6, category="SUPPORT"))])
    assert [cell.told.record for cell in row.cells] == ["e1", "e2"]
    assert row.differing == ("category",)


def test_the_larger_overlap_is_joined_and_the_other_stays_alone() -> None:
    rows = lay_beside([run("a", told("e1", 0, 10)), run("b", told("e2", 8, 12), told("e3", 0, 9))])
    assert [[cell.told.record if cell.told else None for cell in row.cells] for row in rows] == [
        ["e1", "e3"],
        [None, "e2"],
    ]


def test_other_kinds_and_other_words_are_other_records() -> None:
    rows = lay_beside([run("a", told("e1", 0, 5)), run("b", told("p1", 0, 5, kind="position"), told("e9", 5, 8))])
    assert len(rows) == 3


def test_run_that_has_it_not_found_nothing_and_a_person_who_has_it_not_did_not_judge_it() -> None:
    (row,) = lay_beside([run("a", told("e1", 0, 5)), run("b"), person("ada")])
    assert [cell.state for cell in row.cells] == [State.THERE, State.ABSENT, State.UNJUDGED]
    assert not row.agrees


def test_rejection_is_a_difference_and_its_fields_are_not_compared() -> None:
    (row,) = lay_beside(
        [run("a", told("e1", 0, 5, mode="x")), person("ada", told("e1", 0, 5, mode="y", rejected=True))]
    )
    assert (row.cells[1].state, row.differing, row.agrees) == (State.REJECTED, (), False)


def test_rows_come_in_the_order_of_the_text_and_agreement_can_be_left_out() -> None:
    rows = lay_beside([run("a", told("e2", 9, 12), told("e1", 0, 5)), run("b", told("e1", 0, 5))])
    assert [row.place.start for row in rows] == [0, 9]
    assert [row.place.start for row in only_differences(rows)] == [9]


def test_what_only_a_person_added_beside_people_is_no_difference() -> None:
    (row,) = lay_beside([person("ada", told("e1", 0, 5)), person("ben")])
    assert row.agrees
