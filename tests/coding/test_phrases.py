import pytest

import make
from dragoman.coding.phrases import Fit, PatternError, fit_pattern, fits_head, match_words, read_pattern, spellings
from dragoman.coding.slots import read_slots

WORDS = {"sanction": frozenset({"sanction", "embargo", "arms embargo"}), "talk": frozenset({"talk"})}
IMPOSED = """
Kenya Kenya PROPN NNP 2 nsubj Location
imposed impose VERB VBD 0 root
a a DET DT 4 det
series series NOUN NN 2 obj
of of ADP IN 6 case
sanctions sanction NOUN NNS 4 nmod
on on ADP IN 8 case
Mali Mali PROPN NNP 2 obl Location
"""
CALLED = """
Kenya Kenya PROPN NNP 2 nsubj
called call VERB VBD 0 root
off off ADP RP 2 compound:prt
talks talk NOUN NNS 2 obj
"""
EMBARGO = """
an a DET DT 3 det
arms arm NOUN NNS 3 compound
embargo embargo NOUN NN 4 nsubj
holds hold VERB VBZ 0 root
"""


def fit(text: str, form: str, pattern: str, actors: frozenset[int] = frozenset()) -> Fit | str:
    tree = make.tree(text)
    index = make.at(tree, form)
    compiled = read_pattern(pattern, WORDS)
    return fit_pattern(tree, index, read_slots(tree, index), compiled, actors, frozenset({"series"}))


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("impose obj:@sanction", True),
        ("impose obj:sanction,fine on", True),
        ("impose obj:fine", False),
        ("impose obj:*", True),
        ("impose iobj:*", False),
        ("impose upon", False),
        ("impose -on", False),
        ("impose -obj:fine", True),
        ("impose on:Mali", False),
        ("impose near:kenya", True),
        ("impose any:sanction", True),
        ("impose to>target", True),
    ],
)
def test_items_of_a_pattern(pattern: str, fits: bool):
    assert isinstance(fit(IMPOSED, "imposed", pattern), Fit) is fits


def test_a_measure_is_looked_through_and_the_word_used_up():
    found = fit(IMPOSED, "imposed", "impose obj:@sanction")
    assert isinstance(found, Fit)
    assert found.used == frozenset({5})


def test_an_actor_item_asks_for_somebody():
    assert fit(IMPOSED, "imposed", "impose on:ACTOR") == "on:ACTOR is missing"
    assert isinstance(fit(IMPOSED, "imposed", "impose on:ACTOR", frozenset({7})), Fit)


def test_words_and_actor_may_be_mixed():
    assert isinstance(fit(IMPOSED, "imposed", "impose obj:ACTOR,@sanction"), Fit)


def test_an_arrow_gives_a_role():
    found = fit(IMPOSED, "imposed", "impose on:ACTOR>target subj>source", frozenset({0, 7}))
    assert isinstance(found, Fit)
    assert (found.sources, found.targets) == ((0,), (7,))


def test_a_refusal_names_the_item():
    assert fit(IMPOSED, "imposed", "impose -obj:@sanction") == "refused by obj:arms embargo,embargo,sanction"


def test_a_particle_is_a_word_of_its_own():
    assert isinstance(fit(CALLED, "called", "call off obj:@talk"), Fit)


def test_words_of_several_tokens_are_found_at_their_head():
    tree = make.tree(EMBARGO)
    assert fits_head(tree, 2, read_pattern("arms_embargo", WORDS))
    assert not fits_head(tree, 3, read_pattern("arms_embargo", WORDS))
    assert isinstance(fit(EMBARGO, "holds", "hold subj:arms_embargo"), Fit)


def test_hyphens_are_closed_up():
    tree = make.tree("sit sit NOUN NN 0 root\n- - PUNCT HYPH 1 punct\nin in ADP IN 1 dep")
    assert fits_head(tree, 0, read_pattern("sit-in", WORDS))


def test_weight_counts_what_must_be_there():
    assert read_pattern("impose obj:@sanction on -by subj>source", WORDS).weight == 3


@pytest.mark.parametrize(("pattern", "told"), [("x y:@z", "@z"), ("x Y", "'Y'"), ("x y>here", "y>here")])
def test_a_broken_pattern_tells_the_item(pattern: str, told: str):
    with pytest.raises(PatternError, match=told):
        read_pattern(pattern, WORDS)


@pytest.mark.parametrize(
    ("word", "twins"), [("criticise", ("criticise", "criticize")), ("honour", ("honour", "honor")), ("rise", ("rise",))]
)
def test_spellings(word: str, twins: tuple[str, ...]):
    assert spellings(word) == twins


def test_match_words_allows_two_words_between():
    tree = make.tree(IMPOSED)
    assert match_words(tree, 1, ("impose", "series")) == (1, 3)
    assert match_words(tree, 1, ("impose", "mali")) is None


def test_match_words_takes_words_as_written_too():
    assert match_words(make.tree(IMPOSED), 1, ("imposed", "a", "series")) == (1, 2, 3)
