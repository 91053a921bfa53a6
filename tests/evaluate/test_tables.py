import json

from dragoman.evaluate import tables
from dragoman.evaluate.events import Confusion, ThresholdRow
from dragoman.evaluate.gate import pin_floors
from dragoman.evaluate.metrics import Bin, Counts, Figure
from dragoman.evaluate.sets import SetResult

RESULT = SetResult(
    name="made",
    title="a made set",
    gold="abc",
    figures=(Figure(name="LAS", value=88.123, cases=900), Figure(name="errors", value=2.0, cases=50, falls=True)),
)
SKIPPED = SetResult(name="other", title="another", gold=None, figures=(), skipped="no file")


def test_table_has_value_cases_and_floor() -> None:
    floors = pin_floors(None, [RESULT], model="m", split="test")
    lines = [line.split() for line in tables.table_lines([RESULT, SKIPPED], floors)]
    assert lines[2:4] == [["LAS", "88.12", "900", "88.12"], ["errors", "2.00", "50", "≤2.00"]]
    assert lines[-1] == ["skipped:", "no", "file"]


def test_table_without_floors_leaves_them_out() -> None:
    assert list(tables.table_lines([RESULT], None))[2].split() == ["LAS", "88.12", "900"]


def test_markdown_has_a_row_for_each_figure() -> None:
    assert list(tables.markdown_lines([RESULT, SKIPPED]))[2] == "| made | LAS | 88.1 | 900 |"


def test_json_lines_name_model_set_and_gold() -> None:
    first = json.loads(next(tables.json_lines([RESULT], "m1")))
    assert first == {"model": "m1", "set": "made", "gold": "abc", "figure": "LAS", "value": 88.123, "cases": 900}


def test_thresholds_become_rows() -> None:
    row = ThresholdRow(
        threshold=0.5, rows=4, row=Counts(gold=8, found=4, both=2), category=Counts(gold=8, found=4, both=4)
    )
    assert list(tables.threshold_lines([row]))[-1] == "| 0.50 | 4 | 50.0 | 25.0 | 33.3 | 100.0 | 50.0 |"


def test_reliability_becomes_rows() -> None:
    assert list(tables.reliability_lines([Bin(rows=3, confidence=0.55, right=0.5)]))[-1] == "| 0.55 | 0.50 | 3 |"


def test_errors_are_said_in_words_up_to_a_number() -> None:
    errors = [Confusion(gold=g, found=f, times=2) for g, f in (("AID", "REJECT"), ("AID", None), (None, "AID"))]
    assert [line.split(maxsplit=1)[1] for line in tables.confusion_lines(errors)] == [
        "AID coded as REJECT",
        "AID missed",
        "AID invented",
    ]
    assert len(list(tables.confusion_lines(errors, most=1))) == 1


def test_categories_have_their_scores() -> None:
    lines = list(tables.category_lines({"AID": Counts(gold=4, found=2, both=1)}))
    assert lines[-1].split() == ["AID", "50.0", "25.0", "33.3", "4", "2"]
