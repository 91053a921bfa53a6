import pytest

import make
from dragoman.coding.arguments import Arguments, fills_needs, find_arguments
from dragoman.coding.codebook import load_codebook
from dragoman.coding.triggers import find_triggers

PLOVER = load_codebook("plover")

VISIT = """
Wekesa Wekesa PROPN NNP 3 nmod:poss Person
's 's PART POS 1 case
visit visit NOUN NN 6 nsubj
to to ADP IN 5 case
Armenia Armenia PROPN NNP 3 nmod Location
ended end VERB VBD 0 root
"""
EMBARKED = """
Wekesa Wekesa PROPN NNP 2 nsubj Person
embarked embark VERB VBD 0 root
on on ADP IN 5 case
a a DET DT 5 det
visit visit NOUN NN 2 obl
to to ADP IN 7 case
Armenia Armenia PROPN NNP 5 nmod Location
"""
BETWEEN = """
Talks talk NOUN NNS 6 nsubj
between between ADP IN 3 case
Kenya Kenya PROPN NNP 1 nmod Location
and and CCONJ CC 5 cc
Uganda Uganda PROPN NNP 3 conj Location
opened open VERB VBD 0 root
"""
MET = """
Kenya Kenya PROPN NNP 2 nsubj Location
met meet VERB VBD 0 root
Uganda Uganda PROPN NNP 2 obj Location
on on ADP IN 5 case
Tuesday Tuesday PROPN NNP 2 obl Date
"""
ATTACK = """
Rebels rebel NOUN NNS 2 nsubj
launched launch VERB VBD 0 root
an a DET DT 4 det
attack attack NOUN NN 2 obj
on on ADP IN 7 case
the the DET DT 7 det
barracks barracks NOUN NN 4 nmod
"""
ARRESTED = """
The the DET DT 2 det
editor editor NOUN NN 7 nsubj:pass
, , PUNCT , 5 punct
who who PRON WP 5 nsubj
laughed laugh VERB VBD 2 acl:relcl
was be AUX VBD 7 aux:pass
arrested arrest VERB VBN 0 root
by by ADP IN 9 case
police police NOUN NN 7 obl:agent
"""
ACCUSED = """
Chad Chad PROPN NNP 2 nsubj Location
accused accuse VERB VBD 0 root
Mali Mali PROPN NNP 2 obj Location
of of SCONJ IN 5 mark
shelling shell VERB VBG 2 advcl
villages village NOUN NNS 5 obj
"""
PLAN = """
Chad Chad PROPN NNP 2 nsubj Location
criticised criticise VERB VBD 0 root
Mali Mali PROPN NNP 5 nmod:poss Location
's 's PART POS 3 case
plan plan NOUN NN 2 obj
on on ADP IN 7 case
Monday Monday PROPN NNP 2 obl Date
"""
AGREED = """
Iceland Iceland PROPN NNP 2 nsubj Location
agreed agree VERB VBD 0 root
to to PART TO 4 mark
lend lend VERB VB 2 xcomp
Greenland Greenland PROPN NNP 4 iobj Location
ships ship NOUN NNS 4 obj
"""
DEMANDED = """
Chad Chad PROPN NNP 2 nsubj Location
demanded demand VERB VBD 0 root
that that SCONJ IN 5 mark
Mali Mali PROPN NNP 5 nsubj Location
leave leave VERB VB 2 ccomp
"""
RUSSIAN = """
Russian Russian ADJ JJ 2 amod NORP
shelling shelling NOUN NN 5 nsubj
of of ADP IN 4 case
villages village NOUN NNS 2 nmod
continued continue VERB VBD 0 root
"""
REDUCED = """
Troops troop NOUN NNS 2 nsubj:pass
sent send VERB VBN 0 root
to to ADP IN 4 case
border border NOUN NN 2 obl
"""
STONES = """
Youths youth NOUN NNS 2 nsubj
threw throw VERB VBD 0 root
stones stone NOUN NNS 2 obj
at at ADP IN 5 case
police police NOUN NN 2 obl
"""
ALONG = """
Kenya Kenya PROPN NNP 6 nsubj Location
along along ADP IN 4 case
with with ADP IN 2 fixed
Uganda Uganda PROPN NNP 6 obl Location
, , PUNCT , 6 punct
condemned condemn VERB VBD 0 root
Mali Mali PROPN NNP 6 obj Location
"""
HEADLINE_HOST = """
Kenya Kenya PROPN NNP 2 nsubj Location
hosts host VERB VBZ 0 root
premier premier NOUN NN 2 obj
of of ADP IN 5 case
Uganda Uganda PROPN NNP 3 nmod Location
"""


def read(text: str, form: str) -> Arguments:
    tree = make.tree(text, PLOVER)
    index = make.at(tree, form)
    (trigger,) = [one for one in find_triggers(tree, PLOVER).candidates if one.index == index]
    return find_arguments(tree, trigger, PLOVER)


@pytest.mark.parametrize(
    ("text", "form", "sources", "targets", "reciprocal"),
    [
        (VISIT, "visit", ["Wekesa"], ["Armenia"], False),
        (EMBARKED, "visit", ["Wekesa"], ["Armenia"], False),
        (BETWEEN, "Talks", ["Kenya", "Uganda"], [], True),
        (MET, "met", ["Kenya", "Uganda"], [], True),
        (ATTACK, "attack", ["Rebels"], ["the barracks"], False),
        (ARRESTED, "arrested", ["police"], ["The editor"], False),
        (ACCUSED, "accused", ["Chad"], ["Mali"], False),
        (ACCUSED, "shelling", ["Mali"], ["villages"], False),
        (PLAN, "criticised", ["Chad"], ["Mali"], False),
        (AGREED, "agreed", ["Iceland"], ["Greenland"], False),
        (DEMANDED, "demanded", ["Chad"], ["Mali"], False),
        (RUSSIAN, "shelling", ["Russian"], ["villages"], False),
        (REDUCED, "sent", ["Troops"], [], False),
        (STONES, "threw", ["Youths"], ["police"], False),
        (ALONG, "condemned", ["Kenya", "Uganda"], ["Mali"], False),
        (HEADLINE_HOST, "hosts", ["premier of Uganda"], ["Kenya"], False),
    ],
)
def test_sources_and_targets(text: str, form: str, sources: list[str], targets: list[str], reciprocal: bool):
    found = read(text, form)
    assert [one.text for one in found.sources] == sources
    assert [one.text for one in found.targets] == targets
    assert found.reciprocal is reciprocal


def test_a_day_is_never_an_actor_and_the_reason_says_so():
    text = "Chad Chad PROPN NNP 2 nsubj Location\n"
    text += "clashed clash VERB VBD 0 root\nwith with ADP IN 4 case\nTuesday Tuesday PROPN NNP 2 obl Date"
    found = read(text, "clashed")
    assert [one.text for one in found.sources] == ["Chad"]
    assert "'Tuesday' (with) is nobody who can act" in found.reason


def test_an_empty_side_says_not_stated():
    assert (
        "source not_stated"
        in read("Police police NOUN NNS 2 nsubj:pass\nattacked attack VERB VBN 0 root", "attacked").reason
    )


def test_a_plural_subject_alone_is_reciprocal():
    assert read("Ministers minister NOUN NNS 2 nsubj\nmet meet VERB VBD 0 root", "met").reciprocal


def test_one_participant_alone_is_not_reciprocal():
    assert not read("Kenya Kenya PROPN NNP 2 nsubj Location\nmet meet VERB VBD 0 root", "met").reciprocal


def test_a_name_in_apposition_belongs_to_the_mention():
    text = """
The the DET DT 2 det
minister minister NOUN NN 6 nsubj
, , PUNCT , 4 punct
Amina Amina PROPN NNP 2 appos Person
Wekesa Wekesa PROPN NNP 4 flat Person-
resigned resign VERB VBD 0 root
"""
    assert [one.text for one in read(text, "resigned").sources] == ["The minister, Amina Wekesa"]


def test_participants_carry_their_slot_and_characters():
    (source,) = read(ATTACK, "attack").sources
    assert (source.slot, source.span.start, source.span.end) == ("subject of launch", 0, 6)


@pytest.mark.parametrize(
    ("text", "form", "filled"),
    [
        ("Talks talk NOUN NNS 2 nsubj\nopened open VERB VBD 0 root", "Talks", False),
        (BETWEEN, "Talks", True),
        ("Somebody somebody PRON NN 2 nsubj\nresigned resign VERB VBD 0 root", "resigned", True),
        ("Curfew curfew NOUN NN 0 root", "Curfew", True),
    ],
)
def test_fills_needs(text: str, form: str, filled: bool):
    tree = make.tree(text, PLOVER)
    (trigger,) = [one for one in find_triggers(tree, PLOVER).candidates if one.index == make.at(tree, form)]
    assert fills_needs(find_arguments(tree, trigger, PLOVER), trigger) is filled
