import pytest

import make_analysis as make
from dragoman.analysis.actors import canonical, labels_of, name_of, parts_of, ties_of
from dragoman.analysis.values import By, Side


@pytest.mark.parametrize(
    ("sources", "targets", "reciprocal", "ties"),
    [
        (["KAZ"], ["ARM"], False, {("KAZ", "ARM")}),
        (["KAZ", "RUS"], ["ARM"], False, {("KAZ", "ARM"), ("RUS", "ARM")}),
        (["KAZ"], [], False, set()),
        (["KAZ OPP"], ["KAZ GOV"], False, {("KAZ", "KAZ")}),
        (["?"], ["ARM"], False, set()),
        (["KAZ", "ARM"], [], True, {("KAZ", "ARM"), ("ARM", "KAZ")}),
        (["KAZ GOV", "KAZ", "ARM"], [], True, {("KAZ", "ARM"), ("ARM", "KAZ")}),
        (["KAZ GOV", "KAZ OPP"], [], True, {("KAZ", "KAZ")}),
        (["KAZ", "?"], [], True, set()),
        (["KAZ"], ["ARM"], True, {("KAZ", "ARM"), ("ARM", "KAZ")}),
    ],
)
def test_event_is_expanded_to_dyads(
    sources: list[str], targets: list[str], reciprocal: bool, ties: set[tuple[str, str]]
) -> None:
    assert ties_of(make.event("e", sources, targets, reciprocal=reciprocal), By.COUNTRY) == ties


def test_joint_act_of_three_has_six_dyads() -> None:
    assert len(ties_of(make.event("e", ["KAZ", "ARM", "AZE"], [], reciprocal=True), By.COUNTRY)) == 6


def test_everybody_in_a_joint_act_is_on_both_sides() -> None:
    assert parts_of(make.event("e", ["KAZ"], ["ARM"], reciprocal=True), By.COUNTRY) == {
        (name, side) for name in ("KAZ", "ARM") for side in (Side.SOURCE, Side.TARGET)
    }


def test_actor_without_a_target_still_has_its_part() -> None:
    assert parts_of(make.event("e", ["KAZ"], []), By.COUNTRY) == {("KAZ", Side.SOURCE)}


@pytest.mark.parametrize(
    ("by", "name"), [(By.COUNTRY, "KAZ"), (By.SECTOR, "KAZ GOV"), (By.ACTOR, "id-KAZ GOV")]
)  # fmt: skip
def test_actor_is_called_by_the_level_asked_for(by: By, name: str) -> None:
    assert name_of(make.link("KAZ GOV"), by) == name


@pytest.mark.parametrize("by", list(By))
def test_unresolved_actor_has_no_name(by: By) -> None:
    assert name_of(make.link("?"), by) is None


def test_labels_are_the_names_met_most_often() -> None:
    assert labels_of([make.event("e")]) == (("id-ARM", "ARM"), ("id-KAZ", "KAZ"))


@pytest.mark.parametrize(
    ("written", "meant"), [("kaz", "KAZ"), ("KAZ:GOV", "KAZ GOV"), ("Q200881", "Q200881"), ("ub_12", "ub_12")]
)  # fmt: skip
def test_name_is_understood_as_typed(written: str, meant: str) -> None:
    assert canonical(written) == meant
