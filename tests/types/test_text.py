import pytest

from dragoman.types.text import Rejected


@pytest.mark.parametrize(("line", "place"), [(None, "news.jsonl"), (7, "news.jsonl, line 7")])
def test_place_of_a_rejected_input_has_its_line_where_there_is_one(line: int | None, place: str) -> None:
    assert Rejected(origin="news.jsonl", reason="no text", line=line).place == place
