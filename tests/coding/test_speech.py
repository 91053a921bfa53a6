import numpy as np

from dragoman.coding.speech import _inputs, find_speaker, read_speech
from dragoman.language.tree import Tree, grow_tree
from dragoman.types.text import Document
from fake_model import make_parser

PARSER = make_parser()


def tree(text: str, *, with_events: bool = True) -> Tree:
    return grow_tree(PARSER.parse(Document(id="d", text=text, origin="t"), with_events=with_events).sentences[0])


def test_speaker_stands_outside_the_content() -> None:
    found = find_speaker(PARSER.model, tree("Wekesa said Kenya attacked Chad."), (2, 3, 4))
    assert found is not None
    assert (found.start, found.end) == (0, 1)


def test_word_of_the_content_is_no_speaker() -> None:
    assert find_speaker(PARSER.model, tree("Wekesa said Kenya attacked Chad."), (0, 1, 2)) is None


def test_nobody_speaks() -> None:
    assert find_speaker(PARSER.model, tree("Kenya attacked Chad."), (0, 1)) is None


def test_empty_content_and_missing_states_have_no_speaker() -> None:
    assert find_speaker(PARSER.model, tree("Wekesa said."), ()) is None
    assert read_speech(PARSER.model, tree("Wekesa said.", with_events=False), (0,)) is None


def test_shares_of_speaker_and_cue_for_each_word() -> None:
    shares = read_speech(PARSER.model, tree("Wekesa said Kenya attacked Chad."), (2, 3))
    assert shares is not None
    assert shares.shape == (6, 2)
    assert np.argwhere(shares > 0.5).tolist() == [[0, 0], [1, 1]]


def test_content_is_weighed_and_words_are_placed_around_it() -> None:
    weights, place = _inputs(6, (1, 3))
    assert weights.tolist() == [[0, 0, 0.5, 0, 0.5, 0]]
    assert place.tolist() == [[0, 2, 1, 1, 1, 3]]
