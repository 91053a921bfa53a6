import pytest

import make
from dragoman.coding.choose import ChosenEvent, CodeTable, choose_event, tabulate_codes, vote_on_status
from dragoman.coding.codebook import load_codebook
from dragoman.coding.confidence import SIGNALS
from dragoman.coding.heads import ModelTrigger
from dragoman.coding.status import StatusReading
from dragoman.coding.triggers import propose_trigger
from dragoman.types.record import AttributedTo, Status
from fake_model import LABELS, make_trigger

PLOVER = load_codebook("plover")
TABLE = tabulate_codes(LABELS, PLOVER)
ATTACKED = make.parsed("""
Kenya Kenya PROPN NNP 2 nsubj Location
attacked attack VERB VBD 0 root
Chad Chad PROPN NNP 2 obj Location
said say VERB VBD 2 parataxis
Wekesa Wekesa PROPN NNP 4 nsubj Person
""")
TREE = make.grow_tree(ATTACKED.sentences[0])


def choose(trigger: ModelTrigger, table: CodeTable = TABLE) -> ChosenEvent:
    return choose_event(TREE, trigger, LABELS, table, PLOVER)


def test_table_follows_the_codebooks_edition() -> None:
    by_category = {
        category: {code for code, member in zip(LABELS.cameo, row, strict=True) if member}
        for category, row in zip(LABELS.categories, TABLE.members, strict=True)
    }
    assert by_category == {"none": set(), "ASSAULT": {"18", "19", "190"}, "CONSULT": {"04", "042"}}


def test_category_is_the_one_that_its_codes_bear_out() -> None:
    trigger = make_trigger(5, categories=(0.1, 0.4, 0.5), cameo=(0.0, 0.05, 0.05, 0.0, 0.1, 0.8))
    assert choose(trigger).category == "ASSAULT"


def test_nothing_is_never_chosen() -> None:
    assert choose(make_trigger(5, categories=(0.98, 0.015, 0.005))).category == "ASSAULT"


@pytest.mark.parametrize(
    ("cameo", "code"),
    [
        ((0.0, 0.0, 0.0, 0.0, 0.1, 0.9), "190"),
        ((0.0, 0.0, 0.0, 0.0, 0.7, 0.3), "19"),
        ((0.0, 0.0, 0.0, 0.9, 0.0, 0.1), "18"),
        ((0.0, 0.0, 0.9, 0.0, 0.0, 0.1), "190"),
    ],
)
def test_code_is_the_surest_that_fits_the_category(cameo: tuple[float, ...], code: str) -> None:
    assert choose(make_trigger(5, categories=(0.0, 0.999, 0.001), cameo=cameo)).cameo == code


def test_code_that_fits_nowhere_gives_way_to_the_codebooks_own() -> None:
    trigger = make_trigger(5, categories=(0.0, 1.0, 0.0), cameo=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    assert choose(trigger).cameo == PLOVER.categories["ASSAULT"].cameo


def test_mode_is_one_of_the_category() -> None:
    assert choose(make_trigger(5, modes=(0.1, 0.2, 0.7))).mode == "firearms"


def test_no_mode_where_none_is_likelier() -> None:
    assert choose(make_trigger(5, modes=(0.6, 0.4, 0.0))).mode is None


@pytest.mark.parametrize(
    ("statuses", "status"), [((0.6, 0.4, 0.0, 0.0), Status.ASSERTED), ((0.2, 0.1, 0.7, 0.0), Status.PLANNED)]
)
def test_status_is_the_likeliest(statuses: tuple[float, ...], status: Status) -> None:
    assert choose(make_trigger(5, statuses=statuses)).status is status


def test_spans_are_characters_of_the_document() -> None:
    event = choose(make_trigger(5, roles={"source": {0: 0.9}, "target": {2: 0.8}}))
    text = ATTACKED.document.text
    assert (event.trigger.of(text), [s.of(text) for s in event.sources], [s.of(text) for s in event.targets]) == (
        "attacked",
        ["Kenya"],
        ["Chad"],
    )


@pytest.mark.parametrize(
    ("roles", "reciprocal"),
    [
        ({"source": {0: 0.9, 2: 0.9}}, True),
        ({"source": {0: 0.9}, "target": {2: 0.9}}, False),
        ({}, False),
    ],
)
def test_joint_act_has_sources_and_no_targets(roles: dict[str, dict[int, float]], reciprocal: bool) -> None:
    assert choose(make_trigger(5, reciprocal=0.9, roles=roles)).reciprocal is reciprocal


SPOKEN = {"speaker": {4: 0.9}, "cue": {3: 0.9}}


def test_named_speaker_and_cue_are_kept() -> None:
    event = choose(make_trigger(5, attributions=(0.1, 0.8, 0.1), roles=SPOKEN))
    text = ATTACKED.document.text
    assert event.by is AttributedTo.NAMED
    assert event.speaker is not None
    assert event.speaker.of(text) == "Wekesa"
    assert event.cue is not None
    assert event.cue.of(text) == "said"


def test_report_has_neither_speaker_nor_cue() -> None:
    event = choose(make_trigger(5, attributions=(0.8, 0.1, 0.1), roles=SPOKEN))
    assert (event.by, event.speaker, event.cue) == (AttributedTo.REPORT, None, None)


def test_named_speaker_who_is_not_found_is_unnamed() -> None:
    assert choose(make_trigger(5, attributions=(0.1, 0.8, 0.1))).by is AttributedTo.UNNAMED


def test_every_choice_has_a_decision() -> None:
    event = choose(make_trigger(5, roles={"source": {0: 0.9}, "target": {2: 0.8}}))
    assert [(decision.field, decision.value) for decision in event.decisions] == [
        ("trigger", "attacked"),
        ("category", "ASSAULT"),
        ("cameo", "190"),
        ("mode", "none"),
        ("status", "asserted"),
        ("attribution", "report"),
        ("source", "Kenya"),
        ("target", "Chad"),
    ]


def test_signals_are_those_that_calibration_weighs() -> None:
    event = choose(make_trigger(5, roles={"source": {0: 0.9}, "target": {2: 0.3}}))
    assert event.signals is not None
    signals = dict(zip(SIGNALS, event.signals, strict=True))
    assert signals["has_source"] == 1.0
    assert signals["weakest_source"] == pytest.approx(2.197, abs=0.01)
    assert (signals["has_target"], signals["weakest_target"]) == (0.0, 0.0)
    assert signals["doubtful_target"] == pytest.approx(0.6, abs=0.01)


def test_same_scores_give_the_same_event() -> None:
    assert choose(make_trigger(5, roles=SPOKEN)) == choose(make_trigger(5, roles=SPOKEN))


def vote(trigger: ModelTrigger, category: str) -> ChosenEvent:
    candidate = propose_trigger(PLOVER, trigger.token, category, None, "", confidence=0.6, reason="rule of the test")
    return choose_event(TREE, trigger, LABELS, TABLE, PLOVER, candidate)


def test_rule_tips_a_close_choice_of_category() -> None:
    trigger = make_trigger(5, categories=(0.0, 0.45, 0.55), cameo=(0.0, 0.25, 0.25, 0.0, 0.0, 0.5))
    other = {"ASSAULT": "CONSULT", "CONSULT": "ASSAULT"}[choose(trigger).category]
    assert vote(trigger, other).category == other


def test_rule_does_not_overrule_a_clear_choice() -> None:
    trigger = make_trigger(5, categories=(0.0, 0.999, 0.001), cameo=(0.0, 0.0, 0.0, 0.0, 0.1, 0.9))
    assert vote(trigger, "CONSULT").category == "ASSAULT"


@pytest.mark.parametrize(("category", "expected"), [("ASSAULT", (1.0, 1.0)), ("CONSULT", (1.0, 0.0))])
def test_signals_say_whether_a_rule_found_the_word_and_agrees(category: str, expected: tuple[float, float]) -> None:
    event = vote(make_trigger(5, categories=(0.0, 0.999, 0.001)), category)
    assert dict(zip(SIGNALS, event.signals or (), strict=True))["rule"] == expected[0]
    assert dict(zip(SIGNALS, event.signals or (), strict=True))["rule_agrees"] == expected[1]


def test_reason_of_the_category_names_the_rule_that_agrees() -> None:
    event = vote(make_trigger(5, categories=(0.0, 0.999, 0.001)), "ASSAULT")
    assert "rule of the test" in next(d.reason for d in event.decisions if d.field == "category")


def test_doubtful_target_is_taken_where_a_doubtful_speaker_is_not() -> None:
    roles = {"source": {0: 0.9}, "target": {2: 0.45}, "speaker": {4: 0.45}}
    event = choose(make_trigger(5, roles=roles, attributions=(0.0, 1.0, 0.0)))
    assert len(event.targets) == 1
    assert event.speaker is None


def settled(statuses: tuple[float, ...], by_rule: Status, *, beside: bool = False) -> ChosenEvent:
    trigger = make_trigger(5, categories=(0.0, 0.999, 0.001), statuses=statuses)
    reading = StatusReading(status=by_rule, cue=None, reason="cue of the test", confidence=0.8, beside=beside)
    return vote_on_status(choose(trigger), trigger, reading, LABELS, PLOVER)


def test_rule_tips_a_close_choice_of_status() -> None:
    first, second = LABELS.statuses[:2]
    event = settled((0.55, 0.45, 0.0, 0.0), Status(second))
    assert event.status == second
    assert settled((0.55, 0.45, 0.0, 0.0), Status(first)).status == first
    decision = next(d for d in event.decisions if d.field == "status")
    assert (decision.value, "cue of the test" in decision.reason) == (second, True)


def test_rule_does_not_overrule_a_clear_status() -> None:
    first, second = LABELS.statuses[:2]
    event = settled((0.95, 0.05, 0.0, 0.0), Status(second))
    assert event.status == first
    assert "cue of the test" not in next(d.reason for d in event.decisions if d.field == "status")


def test_adjective_of_the_word_itself_weighs_more() -> None:
    first, second = LABELS.statuses[:2]
    assert settled((0.9, 0.1, 0.0, 0.0), Status(second)).status == first
    assert settled((0.9, 0.1, 0.0, 0.0), Status(second), beside=True).status == second
    assert settled((0.99, 0.01, 0.0, 0.0), Status(second), beside=True).status == first
