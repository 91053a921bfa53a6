"""Words of stories without events, for those who have the `train` extra."""

import pytest

pytest.importorskip("torch")
story = pytest.importorskip("dragoman.train.story")

TOLD = ["troops crossed the river", "troops shelled the town", "envoys met", "troops left"]
QUIET = ["a late goal", "one more goal", "the goal", "the goal stood"]


def test_words_of_each_kind_of_story_are_learned() -> None:
    texts, told = [*TOLD, *QUIET], [True] * 4 + [False] * 4
    learned = story.learn_story_words(texts, told, [1.0] * 8, fewest=2)
    assert set(learned.weights) == {"troops", "the", "goal"}
    assert learned.quiet("a goal for the visitors") > 0.5 > learned.quiet("more troops")


def test_heavier_stories_count_for_more() -> None:
    texts, told = ["tea", "tea"], [True, False]
    assert story.learn_story_words(texts, told, [9.0, 1.0], fewest=1).quiet("tea") < 0.3
