from collections import Counter
from pathlib import Path

import pytest

from dragoman.evaluate.records import Row
from dragoman.train.record_confidence import count_right, fit_shares, format_shares, read_verdicts
from dragoman.types.text import Span


def row(kind: str, start: int, rule: str = "", end: int | None = None, **values: str) -> Row:
    span = Span(start, end or start + 10)
    return Row(document="d", kind=kind, anchors=((span,),), values=tuple(values.items()), rule=rule)


def test_a_record_is_right_with_its_main_value():
    found = [
        row("agreement", 0, "agreement.verb", status="signed"),
        row("agreement", 50, "agreement.verb", status="signed"),
    ]
    expected = [row("agreement", 0, status="signed"), row("agreement", 50, status="agreed")]
    counts = count_right(found, expected)
    assert counts == (Counter({"agreement.verb": 2}), Counter({"agreement.verb": 1}))


def test_a_cautious_status_is_not_wrong():
    found = [row("agreement", 0, "agreement.bare", status="announced")]
    assert count_right(found, [row("agreement", 0, status="signed")])[1]["agreement.bare"] == 1


def test_a_claim_needs_most_of_the_content():
    found = [row("claim", 0, "claim.clause", end=100), row("claim", 200, "claim.clause", end=300)]
    expected = [row("claim", 0, end=95), row("claim", 200, end=220)]
    assert count_right(found, expected)[1]["claim.clause"] == 1


def test_shares_are_drawn_towards_their_kind_and_count_what_nobody_marked():
    found, right = Counter({"a.x": 4, "a.y": 4}), Counter({"a.x": 4})
    assert dict(fit_shares(found, right, {})) == {"a.x": 0.75, "a.y": 0.25}
    assert dict(fit_shares(found, right, {"a": 0.5})) == {"a.x": 0.875, "a.y": 0.625}


def test_verdicts_give_the_share_of_right_ones(tmp_path: Path):
    path = tmp_path / "verdicts.jsonl"
    path.write_text('{"kind": "claim", "right": true}\n{"kind": "position", "right": false}\n')
    assert read_verdicts(path) == {"claim": pytest.approx(0.8 * 2 / 3), "position": pytest.approx(1 / 3)}


def test_the_table_says_what_was_counted():
    assert '["a.x"]\nshare = 1.000\nright = 2\nfound = 2' in format_shares(Counter({"a.x": 2}), Counter({"a.x": 2}), {})
