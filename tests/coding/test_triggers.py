from pathlib import Path

import pytest

import make
from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.coding.triggers import (
    TriggerCandidate,
    Triggers,
    default_rule,
    find_triggers,
    propose_trigger,
    shift_by_status,
)

PLOVER = load_codebook("plover")

SIGNED = """
Kenya Kenya PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
a a DET DT 4 det
treaty treaty NOUN NN 2 obj
"""
AGREED = """
Kenya Kenya PROPN NNP 2 nsubj Location
agreed agree VERB VBD 0 root
to to PART TO 4 mark
hold hold VERB VB 2 xcomp
talks talk NOUN NNS 4 obj
"""
WITHDRAW = """
Chad Chad PROPN NNP 2 nsubj Location
threatened threaten VERB VBD 0 root
to to PART TO 4 mark
expel expel VERB VB 2 xcomp
diplomats diplomat NOUN NNS 4 obj
"""
BOTH = """
Kenya Kenya PROPN NNP 2 nsubj Location
called call VERB VBD 0 root
off off ADP RP 2 compound:prt
talks talk NOUN NNS 2 obj
with with ADP IN 6 case
Mali Mali PROPN NNP 4 nmod Location
"""
LIFTED = """
Kenya Kenya PROPN NNP 2 nsubj Location
lifted lift VERB VBD 0 root
a a DET DT 4 det
{0} {0} NOUN NN 2 obj
"""
KILLING = """
Rebels rebel NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
a a DET DT 4 det
post post NOUN NN 2 obj
, , PUNCT , 6 punct
killing kill VERB VBG 2 advcl
two two NUM CD 6 obj
"""
GAME = """
Strikers striker NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
in in ADP IN 5 case
the the DET DT 5 det
match match NOUN NN 2 obl
"""


def find(text: str, codebook: Codebook = PLOVER) -> Triggers:
    return find_triggers(make.tree(text, codebook), codebook)


def codes(found: Triggers) -> list[tuple[int, str, str | None, str]]:
    return [(one.index, one.category, one.mode, one.cameo) for one in found.candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SIGNED, [(1, "SUPPORT", None, "057")]),
        (AGREED, [(1, "AGREE", None, "036")]),
        (WITHDRAW, [(1, "THREATEN", "expel", "136")]),
        (BOTH, [(1, "REJECT", "meet", "125")]),
        (LIFTED.format("curfew"), [(1, "CONCEDE", None, "081")]),
        (LIFTED.format("embargo"), [(1, "RETREAT", None, "085")]),
        (KILLING, [(1, "ASSAULT", None, "190")]),
        (GAME, []),
    ],
)
def test_triggers_and_codes(text: str, expected: list[tuple[int, str, str | None, str]]):
    assert codes(find(text)) == expected


@pytest.mark.parametrize(
    ("text", "index", "reason"),
    [
        (AGREED, 4, "content of AGREE 'agreed'"),
        (BOTH, 3, "part of 'cancel|call_off"),
        (LIFTED.format("lid"), 1, "nothing that it could bring about or end"),
        (KILLING, 5, "result of 'attacked'"),
        (GAME, 1, "does not fit: refused by near"),
    ],
)
def test_what_is_refused_has_a_reason(text: str, index: int, reason: str):
    assert any(one.index == index and reason in one.reason for one in find(text).refused)


def test_a_candidate_names_its_rule_and_pattern():
    (found,) = find(SIGNED).candidates
    assert found.rule.id == "sign"
    assert "sign obj:@agreement" in found.reason


def test_a_pattern_that_asks_for_more_is_surer():
    (found,) = find(SIGNED).candidates
    (bare,) = find("Kenya Kenya PROPN NNP 2 nsubj\ninitialled initial VERB VBD 0 root").candidates
    assert bare.confidence < found.confidence


def test_furniture_has_no_triggers():
    tree = make.tree(SIGNED, PLOVER)
    from dataclasses import replace

    marked = replace(tree, sentence=replace(tree.sentence, furniture=True))
    assert find_triggers(marked, PLOVER) == Triggers(candidates=(), refused=())


def test_a_wrong_lemma_is_mended_by_the_codebooks_words():
    assert codes(find(SIGNED.replace("signed sign", "signed signe"))) == [(1, "SUPPORT", None, "057")]


@pytest.fixture
def water(tmp_path: Path) -> Codebook:
    path = tmp_path / "water.toml"
    path.write_text(
        '[codebook]\nname = "water"\nedition = "1"\nextends = "plover"\n[categories.DAM]\n'
        'phrases = ["sign treaty", "close the gates", "closed every gate"]\nverbs = ["attack"]\n',
        encoding="utf-8",
    )
    return load_codebook(path)


def test_a_users_phrase_wins_over_the_shipped_rule(water: Codebook):
    assert [(one.category, one.user) for one in find(SIGNED, water).candidates] == [("DAM", True)]


def test_a_users_phrase_may_be_written_in_any_form(water: Codebook):
    text = SIGNED.replace("signed sign", "closed close").replace("treaty treaty NOUN NN", "gates gate NOUN NNS")
    assert [one.category for one in find(text.replace("a a DET", "the the DET"), water).candidates] == ["DAM"]


def test_a_users_word_is_not_swallowed_by_another_rule(water: Codebook):
    text = "Kenya Kenya PROPN NNP 2 nsubj Location\nthreatened threaten VERB VBD 0 root\n"
    text += "to to PART TO 4 mark\nattack attack VERB VB 2 xcomp"
    assert [one.category for one in find(text, water).candidates] == ["THREATEN", "DAM"]


@pytest.mark.parametrize(
    ("category", "mode", "cameo", "status", "expected"),
    [
        ("CONSULT", "visit", "042", "planned", ("AGREE", "036")),
        ("CONSULT", "visit", "042", "asserted", ("CONSULT", "042")),
        ("RETREAT", "withdraw", "087", "pledged", ("CONCEDE", "0356")),
        ("ASSAULT", None, "190", "planned", ("ASSAULT", "190")),
    ],
)
def test_shift_by_status(category: str, mode: str | None, cameo: str, status: str, expected: tuple[str, str]):
    proposed = propose_trigger(PLOVER, 0, category, mode, cameo, confidence=0.5, reason="model")
    shifted = shift_by_status(proposed, status, PLOVER)
    assert (shifted.category, shifted.cameo) == expected


def test_a_proposed_trigger_takes_the_slots_of_the_fitting_rule():
    proposed = propose_trigger(PLOVER, 3, "SUPPORT", None, "057", confidence=0.5, reason="model")
    assert isinstance(proposed, TriggerCandidate)
    assert (proposed.rule.id, proposed.rule.joint) == ("sign", True)


@pytest.mark.parametrize(
    ("category", "mode", "cameo", "rule"),
    [("CONSULT", "phone", "999", "phone"), ("AID", "no-mode", "999", "give-aid"), ("NOPE", None, "01", "default-NOPE")],
)
def test_default_rule_falls_back_step_by_step(category: str, mode: str | None, cameo: str, rule: str):
    assert default_rule(PLOVER, category, mode, cameo).id == rule
