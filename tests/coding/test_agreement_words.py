"""Which words name an agreement, and what it is about."""

import pytest

from dragoman.coding.agreements import find_agreements
from make_records import PLOVER, read, words

# The memorandum of understanding and cooperation agreements lay the groundwork for more.
SHARED = """
The the DET DT 2 det
memorandum memorandum NOUN NN 8 nsubj
of of ADP IN 4 case
understanding understanding NOUN NN 2 nmod
and and CCONJ CC 6 cc
cooperation cooperation NOUN NN 7 compound
agreements agreement NOUN NNS 2 nmod
lay lay VERB VBP 0 root
the the DET DT 10 det
groundwork groundwork NOUN NN 8 obj
for for ADP IN 12 case
more more ADJ JJR 8 obl
. . PUNCT . 8 punct
"""
# Chad and Mali signed the Treaty of Gao at a small market hall on Tuesday.
TITLE = """
Chad Chad PROPN NNP 4 nsubj Location
and and CCONJ CC 3 cc
Mali Mali PROPN NNP 1 conj Location
signed sign VERB VBD 0 root
the the DET DT 6 det
Treaty Treaty PROPN NNP 4 obj Misc
of of ADP IN 8 case Misc-
Gao Gao PROPN NNP 6 nmod Misc-
at at ADP IN 13 case
a a DET DT 13 det
small small ADJ JJ 13 amod
market market NOUN NN 13 compound
hall hall NOUN NN 4 obl
on on ADP IN 15 case
Tuesday Tuesday PROPN NNP 4 obl Date
. . PUNCT . 4 punct
"""
# Chad signed agreements ranging from customs to textbooks.
RANGING = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
agreements agreement NOUN NNS 2 obj
ranging range VERB VBG 3 acl
from from ADP IN 6 case
customs custom NOUN NNS 4 obl
to to ADP IN 8 case
textbooks textbook NOUN NNS 4 obl
. . PUNCT . 2 punct
"""
# The memorandum covers tourism and crafts.
COVERS = """
The the DET DT 2 det
memorandum memorandum NOUN NN 3 nsubj
covers cover VERB VBZ 0 root
tourism tourism NOUN NN 3 obj
and and CCONJ CC 6 cc
crafts craft NOUN NNS 4 conj
. . PUNCT . 3 punct
"""
# Chad signed a pact with Mali on wells.
BEHIND = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
a a DET DT 4 det
pact pact NOUN NN 2 obj
with with ADP IN 6 case
Mali Mali PROPN NNP 4 nmod Location
on on ADP IN 8 case
wells well PROPN NNP 2 obl Person
. . PUNCT . 2 punct
"""
# Chad signed a health accord.
HEALTH = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
a a DET DT 5 det
health health NOUN NN 5 compound
accord accord NOUN NN 2 obj
. . PUNCT . 2 punct
"""
# Chad signed a health protocol.
PROTOCOL = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
a a DET DT 5 det
health health NOUN NN 5 compound
protocol protocol NOUN NN 2 obj
. . PUNCT . 2 punct
"""
# Chad signed a memorandum of understanding (MoU).
SHORT = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
a a DET DT 4 det
memorandum memorandum NOUN NN 2 obj
of of ADP IN 6 case
understanding understanding NOUN NN 4 nmod
( ( PUNCT -LRB- 8 punct
MoU mou NOUN NN 4 appos
) ) PUNCT -RRB- 8 punct
. . PUNCT . 2 punct
"""
# Chad signed a declaration of intent on wells.
INTENT = """
Chad Chad PROPN NNP 2 nsubj Person
signed sign VERB VBD 0 root
a a DET DT 4 det
declaration declaration NOUN NN 2 obj
of of ADP IN 6 case
intent intent NOUN NN 4 nmod
on on ADP IN 8 case
wells wells PROPN NNP 6 nmod Organization
. . PUNCT . 2 punct
"""
# Chad signed several agreements.
SEVERAL = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
several several ADJ JJ 4 amod
agreements agreement NOUN NNS 2 obj
. . PUNCT . 2 punct
"""


def find(text: str):
    parsed = read(text)
    return parsed, find_agreements(parsed, (), PLOVER)


def test_a_shared_phrase_is_cut_into_its_two_names():
    parsed, drafts = find(SHARED)
    assert [words(parsed, draft.name) for draft in drafts] == [
        "memorandum of understanding",
        "cooperation agreements",
    ]


def test_small_words_inside_a_title_belong_to_it():
    parsed, (draft,) = find(TITLE)
    assert (words(parsed, draft.name), draft.titled) == ("Treaty of Gao", True)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (RANGING, ["customs", "textbooks"]),
        (COVERS, ["tourism", "crafts"]),
        (BEHIND, ["wells"]),
        (INTENT, ["wells"]),
        (HEALTH, []),
    ],
)
def test_subjects(text: str, subjects: list[str]):
    parsed, (draft,) = find(text)
    assert [words(parsed, span) for span in draft.subjects] == subjects


def test_a_health_protocol_is_no_agreement_though_a_health_accord_is():
    assert find(PROTOCOL)[1] == ()
    assert len(find(HEALTH)[1]) == 1


def test_the_short_form_in_brackets_is_no_second_memorandum():
    assert len(find(SHORT)[1]) == 1


def test_quantities_are_no_part_of_the_name():
    parsed, (draft,) = find(SEVERAL)
    assert words(parsed, draft.name) == "agreements"
