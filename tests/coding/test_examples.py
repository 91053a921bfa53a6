from pathlib import Path

import pytest

import make
from dragoman.coding.codebook import load_codebook
from dragoman.coding.triggers import find_triggers

FOLDER = Path(__file__).parents[2] / "examples" / "codebooks"

DIVERTED = "Chad Chad PROPN NNP 2 nsubj Location\ndiverted divert VERB VBD 0 root\nrivers river NOUN NNS 2 obj"
TAP = """
Chad Chad PROPN NNP 2 nsubj Location
turned turn VERB VBD 0 root
off off ADP RP 2 compound:prt
the the DET DT 5 det
tap tap NOUN NN 2 obj
"""
JAILED = "Chad Chad PROPN NNP 2 nsubj Location\njailed jail VERB VBD 0 root\neditors editor NOUN NNS 2 obj"
MINER = JAILED.replace("editors editor", "miners miner")


@pytest.mark.parametrize(("name", "categories"), [("water", 10), ("media", 10)])
def test_an_example_has_its_own_categories_with_descriptions(name: str, categories: int):
    own = [one for one in load_codebook(FOLDER / f"{name}.toml").categories.values() if one.code[1] == "_"]
    assert len(own) == categories
    assert all(one.description for one in own)


@pytest.mark.parametrize(
    ("name", "text", "category"),
    [
        ("water", DIVERTED, "W_DIVERT"),
        ("water", TAP, "W_DIVERT"),
        ("media", JAILED, "M_ARREST"),
        ("media", MINER, "COERCE"),
    ],
)
def test_an_examples_phrases_win_where_they_fit(name: str, text: str, category: str):
    codebook = load_codebook(FOLDER / f"{name}.toml")
    (found,) = find_triggers(make.tree(text, codebook), codebook).candidates
    assert found.category == category
