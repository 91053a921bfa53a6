import pytest

import make
from dragoman.language.base_forms import find_base
from dragoman.language.tree import (
    ancestors,
    cases_of,
    characters_of,
    children_by,
    conjuncts,
    first_conjunct,
    grow_tree,
    head_of,
    is_relation,
    mention_at,
    mention_headed_by,
    path,
    phrase_range,
    subtree,
    text_of,
)

MET = """
Kenya Kenya PROPN NNP 5 nsubj Location
, , PUNCT , 3 punct
Uganda Uganda PROPN NNP 1 conj Location
and and CCONJ CC 3 cc
met meet VERB VBD 0 root
envoys envoy NOUN NNS 5 obj
who who PRON WP 8 nsubj
left leave VERB VBD 6 acl:relcl
from from ADP IN 10 case
Oslo Oslo PROPN NNP 8 obl Location
"""
MINISTER = """
the the DET DT 3 det
foreign foreign ADJ JJ 3 amod
minister minister NOUN NN 10 nsubj
of of ADP IN 5 case
Kenya Kenya PROPN NNP 3 nmod Location
, , PUNCT , 7 punct
Amina Amina PROPN NNP 3 appos Person
Wekesa Wekesa PROPN NNP 7 flat Person-
, , PUNCT , 7 punct
spoke speak VERB VBD 0 root
"""


def test_children_by_takes_subtypes():
    tree = make.tree(MET)
    assert children_by(tree, make.at(tree, "envoys"), "acl") == (make.at(tree, "left"),)


def test_is_relation_does_not_widen_a_subtype():
    assert not is_relation("nsubj", "nsubj:pass")


def test_subtree_is_in_text_order():
    tree = make.tree(MET)
    assert subtree(tree, 5) == (5, 6, 7, 8, 9)


def test_ancestors_end_on_a_damaged_tree():
    tree = make.tree("a a NOUN NN 2 dep\nb b NOUN NN 1 dep")
    assert list(ancestors(tree, 0)) == [1]


def test_head_of_is_the_token_governed_from_outside():
    tree = make.tree(MINISTER)
    assert head_of(tree, 0, 5) == 2


def test_path_runs_over_the_common_governor():
    tree = make.tree(MET)
    assert path(tree, 0, 5) == (0, 4, 5)


def test_path_of_unconnected_tokens_is_empty():
    tree = make.tree("a a NOUN NN 0 root\nb b NOUN NN 0 root")
    assert path(tree, 0, 1) == ()


def test_conjuncts_and_first_conjunct_agree():
    tree = make.tree(MET)
    assert conjuncts(tree, 0) == (0, 2)
    assert first_conjunct(tree, 2) == 0


def test_conjuncts_leave_out_a_clause_hung_on_a_noun():
    tree = make.tree(
        "Kenya Kenya PROPN NNP 2 nsubj\nleft leave VERB VBD 0 root\nUganda Uganda PROPN NNP 2 obj\n"
        "and and CCONJ CC 6 cc\nMali Mali PROPN NNP 6 nsubj\nstayed stay VERB VBD 3 conj"
    )
    assert conjuncts(tree, 2) == (2,)


def test_cases_join_fixed_words():
    tree = make.tree(
        "according accord VERB VBG 3 case\nto to ADP IN 1 fixed\n"
        "Kenya Kenya PROPN NNP 4 obl\nleft leave VERB VBD 0 root"
    )
    assert cases_of(tree, 2) == ("accord_to",)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [(MET, "envoys", "envoys"), (MET, "Kenya", "Kenya"), (MINISTER, "minister", "the foreign minister of Kenya")],
)
def test_phrase_range_cuts_what_only_hangs_on_the_head(text: str, form: str, expected: str):
    tree = make.tree(text)
    assert text_of(tree, *phrase_range(tree, make.at(tree, form))) == expected


def test_characters_of_points_into_the_document():
    parsed = make.parsed(MINISTER)
    tree = grow_tree(parsed.sentences[0])
    assert characters_of(tree, 6, 8).of(parsed.document.text) == "Amina Wekesa"


def test_mention_at_and_headed_by():
    tree = make.tree(MINISTER)
    mention = mention_at(tree, 7)
    assert mention is not None
    assert mention_headed_by(tree, 6) == mention
    assert mention_headed_by(tree, 7) is None


@pytest.mark.parametrize(
    ("form", "lemma", "upos", "base"),
    [
        ("initialled", "initialle", "VERB", "initial"),
        ("stoned", "ston", "VERB", "stone"),
        ("carried", "carri", "VERB", "carry"),
        ("shot", "shot", "VERB", "shoot"),
        ("tribesmen", "tribesme", "NOUN", "tribesman"),
        ("unknowns", "unknown", "NOUN", "unknown"),
    ],
)
def test_find_base_leads_into_the_known_words(form: str, lemma: str, upos: str, base: str):
    known = frozenset({"initial", "stone", "carry", "shoot", "shot", "tribesman"})
    assert find_base(form, lemma, upos, known) == base
