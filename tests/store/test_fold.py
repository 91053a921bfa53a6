from typing import Any

import pytest

from dragoman._codec_out import record_json
from dragoman.errors import InputError
from dragoman.store.derived import Follower
from dragoman.store.fold import Folded, fold, shown
from dragoman.types.record import Provenance
from dragoman.types.review import AS_CODED, Judgement, Verdict
from make_store import PROVENANCE, coded

GIVEN = coded("Arman visited Armenia.")


def value(provenance: Provenance = PROVENANCE) -> dict[str, Any]:
    return record_json(GIVEN.coding.records[0], GIVEN.document.text, provenance)


def verdict(id: str, judgement: Judgement, **given: str | None) -> Verdict:
    values = {"reviewer": "ada", **given}
    return Verdict(
        id=id, record="ev", document="d1", judgement=judgement, decided_at="2026-01-01T00:00:00+00:00", **values
    )  # type: ignore[arg-type]  # texts


def folded(*verdicts: Verdict, of: dict[str, Any] | None = None) -> Folded:
    return fold(of or value(), verdicts, Follower())


def test_record_without_verdicts_stays_as_it_is() -> None:
    found = folded()
    assert (found.value, found.review, found.version) == (value(), "open", "")


def test_value_given_to_fold_is_not_changed() -> None:
    given = value()
    folded(verdict("1", Judgement.CORRECT, field="status", value="planned"), of=given)
    assert given == value()


def test_corrections_build_on_each_other() -> None:
    found = folded(
        verdict("1", Judgement.CORRECT, field="status", judged="asserted", value="planned"),
        verdict("2", Judgement.CORRECT, field="status", judged="planned", value="negated", reviewer="bo"),
    )
    assert (found.value["status"], found.value["counted"], found.review) == ("negated", False, "corrected")


def test_category_brings_its_quad_score_and_code() -> None:
    found = folded(verdict("1", Judgement.CORRECT, field="category", value="THREATEN")).value
    assert (found["quad"], found["cameo"], found["mode"]) == ("verbal_conflict", "13", None)
    assert found["goldstein"] < 0 > found["plover_score"]


def test_code_given_with_the_category_is_kept() -> None:
    given = '{"category":"ASSAULT","mode":"heavy-weapons","cameo":"194"}'
    found = folded(verdict("1", Judgement.CORRECT, value=given)).value
    assert (found["category"], found["mode"], found["cameo"]) == ("ASSAULT", "heavy-weapons", "194")


def test_scores_of_a_codebook_that_is_not_at_hand_are_emptied() -> None:
    of = value(Provenance(codebook="mine-1", model="m", kb="k"))
    found = folded(verdict("1", Judgement.CORRECT, field="category", value="THREATEN"), of=of).value
    assert (found["goldstein"], found["plover_score"]) == (None, None)


def test_actors_can_be_swapped_in_one_decision() -> None:
    import json

    given = value()
    swap = json.dumps({"sources": given["targets"], "targets": given["sources"]})
    found = folded(verdict("1", Judgement.CORRECT, value=swap), of=given).value
    assert found["sources"][0]["name"] == "Armenia"
    assert found["targets"][0]["name"] == "Arman Seitov"


def test_field_can_be_emptied() -> None:
    assert folded(verdict("1", Judgement.CORRECT, field="mode", value="null")).value["mode"] is None


def test_verdict_on_a_value_that_is_gone_makes_the_record_stale() -> None:
    found = folded(verdict("1", Judgement.CORRECT, field="status", judged="planned", value="negated"))
    assert (found.value["status"], found.review) == ("asserted", "stale")


def test_later_verdict_on_what_is_there_ends_that() -> None:
    found = folded(verdict("1", Judgement.ACCEPT, field="status", judged="planned"), verdict("2", Judgement.ACCEPT))
    assert found.review == "accepted"


@pytest.mark.parametrize(
    ("said", "review"),
    [
        ([("ada", "accept")], "accepted"),
        ([("ada", "accept"), ("ada", "reject")], "rejected"),
        ([("ada", "accept"), ("bo", "reject")], "disputed"),
        ([("ada", "accept"), ("bo", "reject"), ("cy", "reject")], "rejected"),
        ([("ada", "unsure")], "unsure"),
    ],
)
def test_last_word_of_each_reviewer_counts(said: list[tuple[str, str]], review: str) -> None:
    verdicts = [verdict(str(n), Judgement(word), reviewer=who) for n, (who, word) in enumerate(said)]
    assert folded(*verdicts).review == review


def test_rejected_field_without_a_right_value_leaves_doubt() -> None:
    assert folded(verdict("1", Judgement.REJECT, field="mode")).review == "unsure"


def test_undone_undo_brings_the_verdict_back() -> None:
    found = folded(
        verdict("1", Judgement.REJECT),
        verdict("2", Judgement.UNDO, undoes="1"),
        verdict("3", Judgement.UNDO, undoes="2"),
    )
    assert found.review == "rejected"


def test_what_was_judged_does_not_depend_on_confidence_or_versions() -> None:
    later = {**value(), "confidence": 0.1, "model": "another", "cluster": "another", "reason": "another"}
    assert shown(later, None) == shown(value(), None)
    assert shown({**value(), "mode": None}, None) != shown(value(), None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"field": "id", "value": "x"}, "field 'id' of this event cannot be corrected; these can: attribution, cameo"),
        ({"field": "stance", "value": "x"}, "field 'stance' of this event cannot be corrected"),
        ({"field": "status"}, "needs the value that is right"),
        ({"value": "[]"}, "expected a JSON object of fields"),
        ({"field": "sources", "value": "nobody"}, "not a dragoman record"),
    ],
)
def test_correction_that_makes_no_sense_is_refused(given: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        folded(verdict("1", Judgement.CORRECT, **given))


SEEN = shown(value(), None)


def blind(id: str, judgement: Judgement, reviewer: str, seen: str = SEEN, **given: str) -> Verdict:
    return verdict(id, judgement, reviewer=reviewer, judged=AS_CODED + seen, **given)


def says(id: str, reviewer: str, status: str) -> Verdict:
    """A blind correction of the status."""
    return blind(id, Judgement.CORRECT, reviewer, value=f'{{"status":"{status}"}}')


NEGATED, ACCEPTED = says("1", "ada", "negated"), blind("2", Judgement.ACCEPT, "bo")


def stand(*verdicts: Verdict) -> tuple[str, str]:
    found = folded(*verdicts)
    return found.value["status"], found.review


@pytest.mark.parametrize("order", [(NEGATED, ACCEPTED), (ACCEPTED, NEGATED)])
def test_blind_coders_who_leave_different_records_dispute_it_and_it_stands_as_coded(
    order: tuple[Verdict, Verdict],
) -> None:
    assert stand(*order) == ("asserted", "disputed")


def test_blind_coders_who_leave_the_same_record_agree() -> None:
    assert stand(NEGATED, says("2", "bo", "negated")) == ("negated", "corrected")
    assert stand(blind("1", Judgement.ACCEPT, "ada"), ACCEPTED) == ("asserted", "accepted")


def test_blind_corrections_of_different_fields_do_not_build_on_each_other() -> None:
    other = blind("2", Judgement.CORRECT, "bo", value='{"category":"THREATEN"}')
    found = folded(NEGATED, other)
    assert (found.value["category"], found.value["status"], found.review) == ("CONSULT", "asserted", "disputed")


def test_version_that_most_blind_coders_left_holds() -> None:
    assert stand(NEGATED, ACCEPTED, says("3", "cy", "negated")) == ("negated", "corrected")
    assert stand(NEGATED, ACCEPTED, says("3", "cy", "planned")) == ("asserted", "disputed")


def test_whoever_saw_what_both_said_settles_it() -> None:
    assert stand(NEGATED, ACCEPTED, verdict("3", Judgement.ACCEPT, reviewer="cy", judged=SEEN)) == (
        "asserted",
        "accepted",
    )
    correction = verdict("3", Judgement.CORRECT, reviewer="cy", judged=SEEN, value='{"status":"planned"}')
    assert stand(NEGATED, ACCEPTED, correction) == ("planned", "corrected")


def test_a_blind_coder_who_comes_later_does_not_reopen_what_was_settled() -> None:
    settled = verdict("3", Judgement.ACCEPT, reviewer="cy", judged=SEEN)
    assert stand(NEGATED, ACCEPTED, settled, says("4", "di", "planned")) == ("asserted", "accepted")


def test_taking_back_the_settlement_opens_the_dispute_again() -> None:
    settled = verdict("3", Judgement.ACCEPT, reviewer="cy", judged=SEEN)
    assert stand(NEGATED, ACCEPTED, settled, verdict("4", Judgement.UNDO, undoes="3", reviewer="cy"))[1] == "disputed"


def test_blind_coder_after_one_who_corrected_openly_disputes_too() -> None:
    first = verdict("1", Judgement.CORRECT, judged=SEEN, value='{"status":"negated"}')
    assert stand(first, ACCEPTED) == ("asserted", "disputed")


def test_blind_correction_against_a_rejection_is_disputed() -> None:
    assert stand(NEGATED, blind("2", Judgement.REJECT, "bo")) == ("negated", "disputed")


def test_blind_coder_has_the_last_of_their_own_words() -> None:
    assert stand(NEGATED, blind("2", Judgement.ACCEPT, "ada")) == ("asserted", "accepted")


def test_blind_verdict_on_another_coding_makes_the_record_stale() -> None:
    assert stand(blind("1", Judgement.ACCEPT, "ada", seen="another")) == ("asserted", "stale")


def test_correction_that_was_corrected_back_leaves_the_record_as_coded() -> None:
    back = verdict("2", Judgement.CORRECT, field="status", value="asserted", reviewer="bo")
    assert stand(verdict("1", Judgement.CORRECT, field="status", value="planned"), back) == ("asserted", "accepted")
