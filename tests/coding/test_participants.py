import pytest

import make
from dragoman.coding.carriers import carrier_of, content_of
from dragoman.coding.codebook import load_codebook
from dragoman.coding.participants import can_act, can_suffer, find_actors, is_concrete, is_demonym

PLOVER = load_codebook("plover")


@pytest.mark.parametrize(
    ("line", "acts"),
    [
        ("gunmen gunman NOUN NNS 0 root", True),
        ("weavers weaver NOUN NNS 0 root", True),
        ("letter letter NOUN NN 0 root", False),
        ("Tuesday Tuesday PROPN NNP 0 root Date", False),
        ("Tuesday Tuesday PROPN NNP 0 root", False),
        ("Kenya Kenya PROPN NNP 0 root Location", True),
        ("Kenya Kenya PROPN NNP 0 root", True),
        ("they they PRON PRP 0 root", True),
        ("this this PRON DT 0 root", False),
        ("it it PRON PRP 1 expl", False),
        ("Sunnis Sunni ADJ JJS 0 root", True),
        ("both both DET DT 0 root", True),
        ("five five NUM CD 0 root", False),
        ("destruction destruction NOUN NN 0 root", False),
        ("met meet VERB VBD 0 root", False),
    ],
)
def test_can_act(line: str, acts: bool):
    assert can_act(make.tree(line), 0, PLOVER) is acts


def test_a_measure_acts_when_what_it_measures_does():
    text = "dozens dozen NOUN NNS 0 root\nof of ADP IN 3 case\n{} NOUN NNS 1 nmod"
    assert can_act(make.tree(text.format("farmers farmer")), 0, PLOVER)
    assert not can_act(make.tree(text.format("letters letter")), 0, PLOVER)


def test_find_actors_lists_heads():
    text = "Rebels rebel NOUN NNS 2 nsubj\nsigned sign VERB VBD 0 root\nletters letter NOUN NNS 2 obj"
    assert find_actors(make.tree(text), PLOVER) == frozenset({0})


@pytest.mark.parametrize(
    ("line", "suffers"),
    [
        ("bridge bridge NOUN NN 0 root", True),
        ("twelve twelve NUM CD 0 root", True),
        ("Friday Friday PROPN NNP 0 root Date", False),
        ("hope hope NOUN NN 0 root", False),
    ],
)
def test_can_suffer(line: str, suffers: bool):
    assert can_suffer(make.tree(line), 0, PLOVER) is suffers


@pytest.mark.parametrize(
    ("line", "concrete"),
    [
        ("anvil anvil NOUN NN 0 root", True),
        ("weakness weakness NOUN NN 0 root", False),
        ("week week NOUN NN 0 root", False),
        ("run run VERB VB 0 root", False),
    ],
)
def test_is_concrete(line: str, concrete: bool):
    assert is_concrete(make.tree(line), 0, PLOVER) is concrete


@pytest.mark.parametrize(
    ("line", "demonym"),
    [
        ("Malian Malian ADJ JJ 2 amod", True),
        ("Malian Malian ADJ JJ 2 amod NORP", True),
        ("Monday Monday PROPN NNP 2 compound Date", False),
        ("large large ADJ JJ 2 amod", False),
    ],
)
def test_is_demonym(line: str, demonym: bool):
    assert is_demonym(make.tree(line + "\nraid raid NOUN NN 0 root"), 0) is demonym


SERIES = """
Rebels rebel NOUN NNS 2 nsubj
launched launch VERB VBD 0 root
a a DET DT 4 det
series series NOUN NN 2 obj
of of ADP IN 6 case
raids raid NOUN NNS 4 nmod
"""


def test_a_carrier_is_found_through_a_measure():
    carrier = carrier_of(make.tree(SERIES), 5, PLOVER)
    assert carrier is not None
    assert (carrier.verb, carrier.slot, carrier.light) == (1, "obj", True)


@pytest.mark.parametrize(
    "text",
    [
        "raids raid NOUN NNS 0 root",
        "fear fear NOUN NN 0 root\nof of ADP IN 3 case\nraids raid NOUN NNS 1 nmod",
        "raids raid NOUN NNS 2 dep\nrose rise VERB VBD 0 root",
    ],
)
def test_without_a_verb_there_is_no_carrier(text: str):
    tree = make.tree(text)
    assert carrier_of(tree, make.at(tree, "raids"), PLOVER) is None


def test_content_leaves_side_clauses_out():
    text = """
Chad Chad PROPN NNP 2 nsubj
agreed agree VERB VBD 0 root
to to PART TO 4 mark
meet meet VERB VB 2 xcomp
after after SCONJ IN 6 mark
talking talk VERB VBG 2 advcl
"""
    assert content_of(make.tree(text), 1, frozenset({3, 5})) == (3,)
