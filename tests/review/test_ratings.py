"""Verdicts read as ratings."""

from dragoman.review.ratings import Change, Coded, ratings_of
from dragoman.types.review import Judgement, Verdict

CODED = Coded(record="r1", values=(("category", "CONSULT"), ("status", "asserted")))


def verdict(id: str, by: str, judgement: Judgement, **more: str) -> Verdict:
    return Verdict(
        id=id, record="r1", document="d1", reviewer=by, decided_at="2024-05-01T00:00:00Z", judgement=judgement, **more
    )


def rated(*verdicts: Verdict, changes: tuple[Change, ...] = ()) -> set[tuple[str, str, str]]:
    return {(one.coder, one.field, one.value) for one in ratings_of(CODED, verdicts, changes)}


def test_accepting_agrees_with_every_field() -> None:
    assert rated(verdict("v1", "ada", Judgement.ACCEPT)) == {
        ("ada", "category", "CONSULT"),
        ("ada", "status", "asserted"),
        ("ada", "record is right", "yes"),
    }


def test_rejecting_rates_the_record_alone() -> None:
    assert rated(verdict("v1", "ada", Judgement.REJECT)) == {("ada", "record is right", "no")}


def test_correcting_gives_the_field_its_new_value_and_keeps_the_others() -> None:
    change = Change(verdict="v1", values=(("category", "AGREE"),))
    found = rated(verdict("v1", "ada", Judgement.CORRECT, value="{}"), changes=(change,))
    assert found == {
        ("ada", "category", "AGREE"),
        ("ada", "status", "asserted"),
        ("ada", "record is right", "corrected"),
    }


def test_a_later_acceptance_keeps_the_correction() -> None:
    change = Change(verdict="v1", values=(("category", "AGREE"),))
    found = rated(
        verdict("v1", "ada", Judgement.CORRECT, value="{}"), verdict("v2", "ada", Judgement.ACCEPT), changes=(change,)
    )
    assert ("ada", "category", "AGREE") in found


def test_what_was_taken_back_does_not_count() -> None:
    assert rated(verdict("v1", "ada", Judgement.ACCEPT), verdict("v2", "ada", Judgement.UNDO, undoes="v1")) == set()


def test_coders_are_kept_apart() -> None:
    found = rated(verdict("v1", "ada", Judgement.ACCEPT), verdict("v2", "ben", Judgement.REJECT))
    assert {coder for coder, _, _ in found} == {"ada", "ben"}
