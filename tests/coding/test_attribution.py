import pytest

import make
from dragoman.coding.attribution import AttributionReading, find_attribution
from dragoman.coding.codebook import load_codebook
from dragoman.language.tree import grow_tree
from dragoman.types.record import AttributedTo

PLOVER = load_codebook("plover")
SAID = """
{0} {1} {2} 2 nsubj {3}
said say VERB VBD 0 root
rebels rebel NOUN NNS 4 nsubj
attacked attack VERB VBD 2 ccomp
"""
INVERTED = """
Rebels rebel NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
, , PUNCT , 4 punct
said say VERB VBD 2 parataxis
Wekesa Wekesa PROPN NNP 4 nsubj Person
"""
ACCORDING = """
According according VERB VBG 3 case
to to ADP IN 1 fixed
Wekesa Wekesa PROPN NNP 6 obl Person
, , PUNCT , 3 punct
rebels rebel NOUN NNS 6 nsubj
attacked attack VERB VBD 0 root
"""
REPORTEDLY = "Rebels rebel NOUN NNS 3 nsubj\nreportedly reportedly ADV RB 3 advmod\nattacked attack VERB VBD 0 root"
ACCUSED = """
Chad Chad PROPN NNP 2 nsubj Location
accused accuse VERB VBD 0 root
Mali Mali PROPN NNP 2 obj Location
of of SCONJ IN 5 mark
attacked attack VERB VBG 2 advcl
"""
CLAIMS = """
Chad Chad PROPN NNP 3 nmod:poss Location
's 's PART POS 1 case
claims claim NOUN NNS 7 nsubj
that that SCONJ IN 6 mark
rebels rebel NOUN NNS 6 nsubj
attacked attack VERB VBD 3 acl
spread spread VERB VBD 0 root
"""
CLAIMS_ALONE = """
claims claim NOUN NNS 5 nsubj
that that SCONJ IN 4 mark
rebels rebel NOUN NNS 4 nsubj
attacked attack VERB VBD 1 acl
spread spread VERB VBD 0 root
"""
IT_WAS_SAID = """
It it PRON PRP 3 expl
was be AUX VBD 3 aux:pass
said say VERB VBN 0 root
rebels rebel NOUN NNS 5 nsubj
attacked attack VERB VBD 3 ccomp
"""
COLON = """
Minister minister NOUN NN 4 nsubj
: : PUNCT : 4 punct
rebels rebel NOUN NNS 4 nsubj
attacked attack VERB VBD 0 root
"""
PLAIN = "Rebels rebel NOUN NNS 2 nsubj\nattacked attack VERB VBD 0 root"


def read(text: str) -> AttributionReading:
    tree = make.tree(text, PLOVER)
    return find_attribution(tree, make.at(tree, "attacked"), PLOVER)


@pytest.mark.parametrize(
    ("text", "by", "speaker"),
    [
        (PLAIN, AttributedTo.REPORT, None),
        (SAID.format("Wekesa", "Wekesa", "PROPN NNP", "Person"), AttributedTo.NAMED, 0),
        (SAID.format("ministry", "ministry", "NOUN NN", ""), AttributedTo.NAMED, 0),
        (SAID.format("officials", "official", "NOUN NNS", ""), AttributedTo.UNNAMED, 0),
        (SAID.format("surveyors", "surveyor", "NOUN NNS", ""), AttributedTo.UNNAMED, 0),
        (SAID.format("It", "it", "PRON PRP", ""), AttributedTo.NAMED, 0),
        (INVERTED, AttributedTo.NAMED, 4),
        (ACCORDING, AttributedTo.NAMED, 2),
        (REPORTEDLY, AttributedTo.UNNAMED, None),
        (ACCUSED, AttributedTo.NAMED, 0),
        (CLAIMS, AttributedTo.NAMED, 0),
        (CLAIMS_ALONE, AttributedTo.UNNAMED, None),
        (IT_WAS_SAID, AttributedTo.UNNAMED, None),
        (COLON, AttributedTo.NAMED, 0),
    ],
)
def test_who_says_so(text: str, by: AttributedTo, speaker: int | None):
    reading = read(text)
    assert (reading.by, reading.speaker) == (by, speaker)
    assert reading.reason


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        (SAID.format("Wekesa", "Wekesa", "PROPN NNP", "Person"), "rebels attacked"),
        (INVERTED, "Rebels attacked"),
        (CLAIMS, "rebels attacked"),
        (COLON, "rebels attacked"),
    ],
)
def test_extent_covers_what_is_said(text: str, extent: str):
    parsed = make.parsed(text)
    tree = grow_tree(parsed.sentences[0], PLOVER.known)
    found = find_attribution(tree, make.at(tree, "attacked"), PLOVER).extent
    assert found is not None
    assert found.of(parsed.document.text) == extent


def test_a_verb_of_saying_is_not_attributed_to_its_own_speaker():
    tree = make.tree(INVERTED, PLOVER)
    assert find_attribution(tree, make.at(tree, "said"), PLOVER).by is AttributedTo.REPORT


def test_the_cue_is_the_word_of_saying():
    assert read(INVERTED).cue == 3
