import json
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.predict import TASKS, predict
from make_coder import MadeCoder

GOOD = {
    "events": {"id": "a", "text": "Arman visited Armenia.", "date": "2024-04-16"},
    "pairs": {"id": "a", "text": "Arman visited Armenia.", "source": "Arman", "target": "Armenia"},
    "actors": {"id": "a", "text": "President Arman", "context": "President Arman spoke.", "date": None},
    "attribution": {"id": "a", "text": "Arman said it rained.", "content": [11, 20]},
    "factuality": {"id": "a", "text": "It never rained.", "start": 9, "end": 15},
}
KEYS = {
    "events": ["id", "events"],
    "pairs": ["id", "label", "cameo", "confidence"],
    "actors": ["id", "country", "sector", "name", "kind", "confidence"],
    "attribution": ["id", "speaker", "start", "end"],
    "factuality": ["id", "status", "happened"],
}

EVENT_KEYS = [
    *("category", "mode", "cameo", "root", "source", "target", "source_country", "source_sector"),
    *("target_country", "target_sector", "status", "confidence"),
]


def answers(task: str, *rows: Any) -> list[Any]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    return [json.loads(answer.line) for answer in predict(task, lines, MadeCoder())]


@pytest.mark.parametrize("task", TASKS)
def test_answer_has_the_keys_of_the_contract(task: str) -> None:
    (row,) = answers(task, GOOD[task])
    assert list(row) == KEYS[task]


def test_event_has_the_keys_of_the_contract() -> None:
    (row,) = answers("events", GOOD["events"])
    assert list(row["events"][0]) == EVENT_KEYS


def test_happened_is_one_or_zero() -> None:
    assert answers("factuality", GOOD["factuality"])[0]["happened"] == 0


@pytest.mark.parametrize("task", TASKS)
def test_every_line_gives_its_line_in_order_with_the_same_id(task: str) -> None:
    rows = [GOOD[task] | {"id": 1}, {"id": "bad"}, "not json", GOOD[task] | {"id": "z"}]
    found = answers(task, *rows)
    assert [row["id"] for row in found] == [1, "bad", None, "z"]
    assert ["error" in row for row in found] == [False, True, True, False]


@pytest.mark.parametrize("task", TASKS)
def test_bad_line_carries_the_empty_answer(task: str) -> None:
    (row,) = answers(task, {"id": "bad"})
    assert list(row) == [*KEYS[task], "error"]


@pytest.mark.parametrize(
    ("task", "change", "message"),
    [
        ("events", {"text": " "}, "line 1: text is ' '; expected words"),
        ("events", {"date": "16.4."}, "date is '16.4.'"),
        ("events", {"id": None}, "id is None"),
        ("pairs", {"target": 3}, "target is 3"),
        ("attribution", {"content": [5]}, "characters None to None"),
        ("attribution", {"content": [5, 99]}, "characters 5 to 99; expected two whole numbers inside the text of 21"),
        ("factuality", {"start": 9, "end": 9}, "characters 9 to 9"),
    ],
)
def test_error_says_what_was_found_and_expected(task: str, change: dict[str, Any], message: str) -> None:
    (row,) = answers(task, GOOD[task] | change)
    assert message in row["error"]


def test_text_that_breaks_the_coder_costs_its_own_answer_only() -> None:
    found = answers("events", GOOD["events"], {"id": "b", "text": "Breaks."}, GOOD["events"])
    assert [len(row["events"]) for row in found] == [1, 0, 1]
    assert found[1]["error"] == "id 'b': not answered: KeyError: 'made to break'"


def test_more_lines_than_are_asked_at_once_all_come_back() -> None:
    found = answers("pairs", *(GOOD["pairs"] | {"id": number} for number in range(300)))
    assert [row["id"] for row in found] == list(range(300))


def test_blank_lines_are_no_questions() -> None:
    assert answers("pairs", "", GOOD["pairs"], "  ")[0]["id"] == "a"


def test_unknown_task_is_refused() -> None:
    with pytest.raises(InputError, match="task 'rumours' is not one of events, pairs"):
        list(predict("rumours", [], MadeCoder()))
