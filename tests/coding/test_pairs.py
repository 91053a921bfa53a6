import pytest

from dragoman.coding.choose import tabulate_codes
from dragoman.coding.codebook import load_codebook
from dragoman.coding.pairs import PairReading, read_pair, word_roles
from dragoman.language.tree import grow_tree
from dragoman.types.text import Document
from fake_model import LABELS, make_parser

PARSER = make_parser()
PLOVER = load_codebook("plover")
TABLE = tabulate_codes(LABELS, PLOVER)


def read(
    text: str, source: tuple[int, ...], target: tuple[int, ...], *, with_events: bool = True
) -> PairReading | None:
    sentence = PARSER.parse(Document(id="d", text=text, origin="t"), with_events=with_events).sentences[0]
    return read_pair(PARSER.model, TABLE, grow_tree(sentence, PLOVER.known), PLOVER, source, target)


@pytest.mark.parametrize(
    ("text", "category", "cameo"),
    [("Kenya attacked Chad.", "ASSAULT", "190"), ("Kenya visited Chad.", "CONSULT", "042")],
)
def test_pair_has_category_and_code(text: str, category: str, cameo: str) -> None:
    reading = read(text, (0,), (2,))
    assert reading is not None
    assert (reading.category, reading.cameo) == (category, cameo)
    assert reading.nothing < 0.1 < reading.confidence


def test_pair_with_nothing_between_says_so_and_still_names_the_best() -> None:
    reading = read("Kenya said Chad.", (0,), (2,))
    assert reading is not None
    assert reading.nothing > 0.9
    assert reading.category != "none"


def test_pair_without_words_is_not_read() -> None:
    assert read("Kenya attacked Chad.", (), ()) is None


@pytest.mark.parametrize(("source", "target"), [((0,), ()), ((), (2,))])
def test_side_that_is_not_named_leaves_the_reading_to_the_other(
    source: tuple[int, ...], target: tuple[int, ...]
) -> None:
    reading = read("Kenya attacked Chad.", source, target)
    assert reading is not None
    assert (reading.category, reading.cameo) == ("ASSAULT", "190")
    assert reading.nothing < 0.1


def test_event_of_others_is_not_the_named_sides() -> None:
    own, others = read("Kenya attacked Chad.", (0,), ()), read("Kenya attacked Chad.", (2,), ())
    assert own is not None
    assert others is not None
    assert own.nothing < 0.1 < others.nothing


def test_pair_without_states_is_not_read() -> None:
    assert read("Kenya attacked Chad.", (0,), (2,), with_events=False) is None


def test_words_know_on_which_side_of_the_pair_they_stand() -> None:
    assert word_roles(9, (2, 3), (5,)).tolist() == [[0, 3, 3, 1, 1, 4, 2, 5, 5]]


def test_sides_do_not_follow_from_order() -> None:
    assert word_roles(5, (3,), (0,)).tolist() == [[0, 2, 4, 4, 1]]


def test_shared_word_is_the_targets() -> None:
    assert word_roles(4, (0, 1), (1,)).tolist() == [[0, 1, 2, 5]]


def test_events_and_rules_that_join_the_pair_make_the_reading_surer() -> None:
    forth, back = read("Kenya attacked Chad.", (0,), (2,)), read("Kenya attacked Chad.", (2,), (0,))
    assert forth is not None
    assert back is not None
    assert forth.category == back.category == "ASSAULT"
    assert forth.confidence > back.confidence
