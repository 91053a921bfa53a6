import pytest

import make
from dragoman.coding.slots import is_passive, own_subject, read_slots, surface_subject

PASSIVE = """
Editors editor NOUN NNS 3 nsubj:pass
were be AUX VBD 3 aux:pass
arrested arrest VERB VBN 0 root
by by ADP IN 5 case
police police NOUN NN 3 obl:agent
and and CCONJ CC 7 cc
charged charge VERB VBN 3 conj
"""
CONTROL = """
Chad Chad PROPN NNP 2 nsubj
asked ask VERB VBD 0 root
Mali Mali PROPN NNP 2 obj
to to PART TO 5 mark
send send VERB VB 2 xcomp
troops troop NOUN NNS 5 obj
"""
PLAN = """
Chad Chad PROPN NNP 3 nmod:poss
's 's PART POS 1 case
plan plan NOUN NN 6 nsubj
to to PART TO 5 mark
leave leave VERB VB 3 acl
failed fail VERB VBD 0 root
"""
RELATIVE = """
rebels rebel NOUN NNS 5 nsubj
who who PRON WP 3 nsubj
fled flee VERB VBD 1 acl:relcl
yesterday yesterday NOUN NN 3 obl:unmarked
returned return VERB VBD 0 root
"""
BARE_RELATIVE = """
men man NOUN NNS 4 nsubj
police police NOUN NN 3 nsubj
arrested arrest VERB VBD 1 acl:relcl
fled flee VERB VBD 0 root
"""
REDUCED = """
Troops troop NOUN NNS 0 root
sent send VERB VBN 1 acl
to to ADP IN 4 case
border border NOUN NN 2 obl
"""
LOST = """
Chad Chad PROPN NNP 2 nsubj
warned warn VERB VBD 0 root
Mali Mali PROPN NNP 6 nsubj
that that SCONJ IN 6 mark
it it PRON PRP 6 nsubj
pays pay VERB VBZ 2 ccomp
"""
ACCUSED = """
Chad Chad PROPN NNP 2 nsubj
accused accuse VERB VBD 0 root
Mali Mali PROPN NNP 2 obj
of of SCONJ IN 5 mark
arming arm VERB VBG 2 advcl
rebels rebel NOUN NNS 5 obj
"""


def test_a_passive_is_turned_round():
    slots = read_slots(make.tree(PASSIVE), 2)
    assert (slots.of("obj"), slots.of("subj"), slots.passive) == ((0,), (4,), True)


def test_a_coordinated_passive_shares_its_subject():
    slots = read_slots(make.tree(PASSIVE), 6)
    assert (slots.of("obj"), slots.inherited) == ((0,), True)


@pytest.mark.parametrize(
    ("text", "form", "subject"),
    [
        (CONTROL, "send", "Mali"),
        (CONTROL.replace("asked ask", "promised promise"), "send", "Chad"),
        (PLAN, "leave", "Chad"),
        (RELATIVE, "fled", "rebels"),
        (ACCUSED, "arming", "Mali"),
        (LOST, "pays", "it"),
    ],
)
def test_surface_subject_follows_the_syntax(text: str, form: str, subject: str):
    tree = make.tree(text)
    found = surface_subject(tree, make.at(tree, form))
    assert found == make.at(tree, subject)


def test_nobody_stands_as_subject_of_a_bare_infinitive():
    assert surface_subject(make.tree("To to PART TO 2 mark\nleave leave VERB VB 0 root"), 1) is None


def test_a_relative_clause_without_pronoun_has_its_antecedent_as_object():
    assert read_slots(make.tree(BARE_RELATIVE), 2).of("obj") == (0,)


def test_a_reduced_passive_has_its_noun_as_object():
    slots = read_slots(make.tree(REDUCED), 1)
    assert (slots.of("obj"), slots.of("to")) == ((0,), (3,))


def test_an_object_lost_to_a_clause_comes_back():
    slots = read_slots(make.tree(LOST), 1)
    assert (slots.of("obj"), slots.of("compsubj")) == ((2,), (4,))


def test_a_preposition_on_the_object_is_found_behind_the_verbs_own():
    tree = make.tree(
        "Chad Chad PROPN NNP 2 nsubj\nput put VERB VBD 0 root\ntariffs tariff NOUN NNS 2 obj\n"
        "on on ADP IN 5 case\nMali Mali PROPN NNP 3 nmod"
    )
    assert read_slots(tree, 1).of("on") == (4,)


def test_a_dateline_does_not_hide_the_subject():
    tree = make.tree(
        "SUVA SUVA PROPN NNP 4 nsubj\n- - PUNCT HYPH 1 punct\nFiji Fiji PROPN NNP 1 appos\nagreed agree VERB VBD 0 root"
    )
    assert own_subject(tree, 3) == 2


@pytest.mark.parametrize(
    ("text", "form", "passive"), [(REDUCED, "sent", True), (CONTROL, "asked", False), (REDUCED, "Troops", False)]
)
def test_is_passive(text: str, form: str, passive: bool):
    tree = make.tree(text)
    assert is_passive(tree, make.at(tree, form)) is passive
