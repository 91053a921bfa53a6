import pytest

from dragoman.coding.record_words import read_record_words, record_words
from dragoman.errors import CodebookError


def test_shipped_lists_are_read_once():
    assert record_words() is record_words()
    assert record_words().senses["object_verb"]["ratify"] == "ratified"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("lists = [", "expected TOML"),
        ('[lists]\nwords = 3\n[senses.a]\nb = "c"', "lists.words"),
        ('[lists]\nwords = "x"\n[senses.a]\nb = "c"\nd = "c"', "keep it in one"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text: str, part: str):
    with pytest.raises(CodebookError, match=part):
        read_record_words(text, "here.toml")
