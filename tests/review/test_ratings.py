"""Verdicts read as ratings."""

from dragoman.review.ratings import Change, Coded, ratings_of, settlement_of
from dragoman.types.review import AS_CODED, Judgement, Verdict

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


def blind(id: str, by: str, judgement: Judgement) -> Verdict:
    return verdict(id, by, judgement, judged=f"{AS_CODED}0123")


def coders(*verdicts: Verdict) -> set[str]:
    return {coder for coder, _, _ in rated(*verdicts)}


def test_coders_are_kept_apart() -> None:
    found = rated(verdict("v1", "ada", Judgement.ACCEPT), blind("v2", "ben", Judgement.REJECT))
    assert {coder for coder, _, _ in found} == {"ada", "ben"}


def test_whoever_saw_what_another_decided_settles_the_record_and_does_not_rate_it() -> None:
    both = (blind("v1", "ada", Judgement.ACCEPT), blind("v2", "ben", Judgement.REJECT))
    third = verdict("v3", "cy", Judgement.ACCEPT)
    assert coders(*both, third) == {"ada", "ben"}
    assert settlement_of((*both, third)) == third
    assert settlement_of(both) is None


def test_coder_who_comes_round_on_seeing_the_other_keeps_the_first_rating() -> None:
    both = (blind("v1", "ada", Judgement.ACCEPT), blind("v2", "ben", Judgement.REJECT))
    assert ("ben", "record is right", "no") in rated(*both, verdict("v3", "ben", Judgement.ACCEPT))


def test_blind_coder_rates_after_anybody() -> None:
    assert coders(verdict("v1", "ada", Judgement.ACCEPT), blind("v2", "ben", Judgement.ACCEPT)) == {"ada", "ben"}


def test_settlement_that_was_taken_back_is_none() -> None:
    given = (
        blind("v1", "ada", Judgement.ACCEPT),
        blind("v2", "ben", Judgement.REJECT),
        verdict("v3", "cy", Judgement.ACCEPT),
        verdict("v4", "cy", Judgement.UNDO, undoes="v3"),
    )
    assert settlement_of(given) is None
