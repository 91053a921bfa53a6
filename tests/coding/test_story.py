import json
from pathlib import Path

import pytest

from dragoman.coding.story import NO_STORY_WORDS, StoryWords, read_story_words, story_words
from dragoman.errors import ResourceError

WORDS = StoryWords(weights={"goal": -6.0, "troops": 6.0}, constant=0.0)


def test_names_and_very_short_words_do_not_count() -> None:
    assert set(story_words("Chad sent troops to a border. The border, it said.")) == {
        "sent",
        "troops",
        "border",
        "said",
    }


def test_words_have_length_one() -> None:
    assert sum(share**2 for share in story_words("tea and tea and more tea").values()) == pytest.approx(1.0)


def test_quiet_is_the_probability_of_no_event() -> None:
    assert WORDS.quiet("a late goal") > 0.9
    assert WORDS.quiet("the troops") < 0.1
    assert WORDS.quiet("") == WORDS.quiet("Chad") == 0.5


def test_without_weights_no_story_is_quiet(tmp_path: Path) -> None:
    assert read_story_words(tmp_path / "story.json") is NO_STORY_WORDS
    assert NO_STORY_WORDS.quiet("a late goal") == 0.0


def test_stored_words_are_read(tmp_path: Path) -> None:
    (tmp_path / "story.json").write_text(json.dumps({"constant": 0.0, "weights": {"goal": -6.0, "troops": 6}}))
    assert read_story_words(tmp_path / "story.json") == WORDS


@pytest.mark.parametrize("stored", ["{", "[]", '{"constant": 1}', '{"constant": 1, "weights": [1]}'])
def test_broken_file_names_place_and_remedy(tmp_path: Path, stored: str) -> None:
    (tmp_path / "story.json").write_text(stored)
    with pytest.raises(ResourceError, match=r"story\.json: .*expected a constant .*install dragoman again"):
        read_story_words(tmp_path / "story.json")
