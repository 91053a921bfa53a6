from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dragoman.coder import Coder
from dragoman.coding.learned import Learned
from dragoman.errors import InputError
from dragoman.learning import learn
from dragoman.learning.heads import fit_threshold, fit_widest, taught
from dragoman.store import Store, open_store
from dragoman.types.record import Coding, Event
from dragoman.types.review import Judgement
from make_learned import CALIBRATION, fake_coder, fill, judge, learned, report


def reject_visits(store: Store, count: int = 30) -> None:
    for event in fill(store, count):
        judge(store, event, Judgement.REJECT if event.trigger_text == "visited" else Judgement.ACCEPT)


def retype_visits(store: Store, count: int = 30) -> None:
    for event in fill(store, count):
        if event.trigger_text == "visited":
            judge(store, event, Judgement.CORRECT, field="category", value="ASSAULT")
        else:
            judge(store, event, Judgement.ACCEPT)


def told(coding: Coding) -> list[tuple[str, str]]:
    return [(record.trigger_text, record.category) for record in coding.records if isinstance(record, Event)]


def sure_of_visit(layer: Learned | None) -> float:
    coder = fake_coder() if layer is None else taught(fake_coder(), layer)
    _, visit = coder.find_sightings(coder.parse(report(9999)))
    return coder.choose(visit).confidence


def code_new(coder: Coder) -> list[tuple[str, str]]:
    """What a coder makes of a report that nobody judged."""
    return told(coder(report(9999)))


def test_kind_that_a_reviewer_always_rejects_is_no_longer_written(store: Store) -> None:
    reject_visits(store)
    learning = learn(store, fake_coder())
    assert learning.layer is not None
    assert code_new(fake_coder()) == [("attacked", "ASSAULT"), ("visited", "CONSULT")]
    assert code_new(taught(fake_coder(), learning.layer)) == [("attacked", "ASSAULT")]


def test_gain_is_measured_on_reports_that_were_held_out(store: Store) -> None:
    reject_visits(store)
    found = {measure.name: measure for measure in learn(store, fake_coder()).measures}
    precision = found["right among those written"]
    assert (precision.before, precision.after, precision.gains) == (0.5, 1.0, True)
    assert found["judged rows right and written"].after == 0.5
    assert found["calibration error"].after < 0.1 < found["calibration error"].before


def test_category_that_reviewers_always_correct_is_learned(store: Store) -> None:
    retype_visits(store)
    learning = learn(store, fake_coder())
    assert learning.layer is not None
    assert learning.heads.typing
    assert code_new(taught(fake_coder(), learning.layer)) == [("attacked", "ASSAULT"), ("visited", "ASSAULT")]


def test_same_verdicts_give_the_same_layer_whatever_their_order(store: Store) -> None:
    reject_visits(store)
    assert learn(store, fake_coder()).layer == learn(store, fake_coder()).layer


def test_reviewer_who_decides_by_chance_teaches_nothing(store: Store) -> None:
    for number, event in enumerate(fill(store, 40)):
        judge(store, event, Judgement.REJECT if number * 7919 % 31 < 6 else Judgement.ACCEPT)
    learning = learn(store, fake_coder())
    assert learning.layer is None
    assert "confidence: no gain on held-out reports" in learning.refused


def test_reviewer_who_accepts_everything_has_nothing_to_tell_apart(store: Store) -> None:
    for event in fill(store, 40):
        judge(store, event, Judgement.ACCEPT)
    learning = learn(store, fake_coder())
    assert learning.layer is None
    assert learning.refused == (
        "typing: 0 events whose category the shipped heads get wrong; at least 8 are needed",
        "confidence: 80 events judged right and 0 wrong; at least 8 of each are needed",
    )


def test_too_few_verdicts_say_how_many_are_needed(store: Store) -> None:
    reject_visits(store, 6)
    learning = learn(store, fake_coder())
    assert (learning.layer, learning.measures) == (None, ())
    assert learning.refused == ("12 usable verdicts on events of 6 reports; at least 60 on 10 reports are needed",)


def test_few_verdicts_with_force_change_less_than_many(store: Store, tmp_path: Path) -> None:
    reject_visits(store, 3)
    few = learn(store, fake_coder(), force=True)
    with open_store(tmp_path / "many.dragoman", create=True) as other:
        reject_visits(other)
        many = learn(other, fake_coder())
    assert few.measures
    shipped, after_few, after_many = (sure_of_visit(layer) for layer in (None, few.layer, many.layer))
    assert shipped > after_few > after_many
    assert after_few > 0.3 > 0.1 > after_many


def test_one_report_teaches_nothing_even_with_force(store: Store) -> None:
    reject_visits(store, 1)
    assert learn(store, fake_coder(), force=True).layer is None


def test_layer_names_the_model_and_codebook_over_which_it_was_learned(store: Store) -> None:
    reject_visits(store)
    layer = learn(store, fake_coder()).layer
    assert layer is not None
    assert layer.suits("fake-1", "plover")
    assert taught(fake_coder(), layer).provenance.model == f"fake-1+learned.{layer.version}"


def test_verdicts_on_what_the_layer_coded_still_teach(store: Store) -> None:
    retype_visits(store)
    first = learn(store, fake_coder()).layer
    assert first is not None
    store.recode(coder=taught(fake_coder(), first))
    for coded in list(store.coded()):
        for event in coded.coding.records:
            if isinstance(event, Event) and event.trigger_text == "visited":
                judge(store, event, Judgement.ACCEPT)
    second = learn(store, fake_coder())
    assert second.rows == 90
    assert second.layer is not None
    assert code_new(taught(fake_coder(), second.layer))[1] == ("visited", "ASSAULT")


@pytest.mark.parametrize("wrong", [replace(fake_coder(), learned=learned()), replace(fake_coder(), engine="rules")])
def test_coder_that_learned_or_has_no_heads_is_refused(store: Store, wrong: Coder) -> None:
    with pytest.raises(InputError, match="expected a coder with the shipped heads"):
        learn(store, wrong)


def test_threshold_stays_where_enough_is_right_and_rises_where_not() -> None:
    sure, right = np.linspace(0.4, 0.8, 41), np.arange(41) % 2 * 1.0
    assert fit_threshold(sure, np.ones(41), lowest=0.4) == 0.4
    assert fit_threshold(sure, (np.arange(41) >= 20) * 1.0, lowest=0.4) == pytest.approx(0.47, abs=0.02)
    assert fit_threshold(sure, right, lowest=0.4) == 0.4


def test_widest_threshold_is_fitted_only_where_rows_below_were_judged() -> None:
    sure = np.linspace(0.2, 0.8, 61)
    right = (sure > 0.4) * 1.0
    calibration = replace(CALIBRATION, threshold=0.6)
    assert fit_widest(sure, right, calibration) == pytest.approx(0.41, abs=0.01)
    assert fit_widest(sure[45:], right[45:], calibration) == 0.3
