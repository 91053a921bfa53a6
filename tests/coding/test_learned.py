import numpy as np
import pytest

from dragoman.coding.learned import base_model, confidence_cues, typing_cues
from make_learned import learned

CATEGORIES = ("none", "ASSAULT", "CONSULT")


def test_categories_of_a_cue_become_likelier_by_the_weight() -> None:
    layer = learned(categories={"word:attack": {"CONSULT": np.log(4.0)}})
    shares = layer.retype(np.array([0.0, 0.6, 0.2]), CATEGORIES, ("word:attack", "as:ASSAULT"))
    assert shares == pytest.approx([0.0, 0.6, 0.8])


def test_shares_without_a_known_cue_stay_as_they_are() -> None:
    before = np.array([0.0, 0.6, 0.2])
    after = learned(categories={"word:visit": {"CONSULT": 2.0}}).retype(before, CATEGORIES, ("word:attack",))
    assert after.tolist() == before.tolist()


def test_shift_is_the_sum_over_the_cues() -> None:
    layer = learned(cues={"word:visit": -2.0, "category:CONSULT": 0.5, "by:named": 1.0})
    cues = confidence_cues("Visit", "CONSULT", "visit", "asserted", "report")
    assert layer.shift(cues) == pytest.approx(-1.5)


def test_cues_fold_case_and_leave_out_a_missing_mode() -> None:
    assert typing_cues("Visit", "CONSULT") == ("word:visit", "as:CONSULT")
    assert not [cue for cue in confidence_cues("x", "AID", None, "asserted", "report") if cue.startswith("mode")]


@pytest.mark.parametrize(("model", "codebook", "fits"), [("fake-1", "plover", True), ("fake-2", "plover", False)])
def test_layer_suits_its_own_model_and_codebook(model: str, codebook: str, fits: bool) -> None:
    assert learned().suits(model, codebook) is fits
    assert learned().suits(model, "cameo") is False


def test_base_model_is_the_version_without_the_layer() -> None:
    assert base_model("m-1+learned.ab12") == base_model("m-1") == "m-1"
