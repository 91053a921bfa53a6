"""How far an agreement has come, by the words around it."""

import pytest

from dragoman.coding.agreements import find_agreements
from dragoman.types.record import Status
from make_records import PLOVER, read

# Oman denied that a pact had been signed.
DENIED = """
Oman Oman PROPN NNP 2 nsubj Location
denied deny VERB VBD 0 root
that that SCONJ IN 8 mark
a a DET DT 5 det
pact pact NOUN NN 8 nsubj:pass
had have AUX VBD 8 aux
been be AUX VBN 8 aux:pass
signed sign VERB VBN 2 ccomp
. . PUNCT . 2 punct
"""
# The truce brokered by Oman collapsed.
COLLAPSED = """
The the DET DT 3 det
truce truce NOUN NN 3 compound
brokered broker VERB VBN 6 nsubj
by by ADP IN 5 case
Oman Oman PROPN NNP 3 nmod Location
collapsed collapse VERB VBD 0 root
. . PUNCT . 6 punct
"""
# Chad must still ratify the treaty.
MUST = """
Chad Chad PROPN NNP 4 nsubj Location
must must AUX MD 4 aux
still still ADV RB 4 advmod
ratify ratify VERB VB 0 root
the the DET DT 6 det
treaty treaty NOUN NN 4 obj
. . PUNCT . 4 punct
"""
# Ministers put the finishing touches to a rail pact.
FINISHING = """
Ministers minister NOUN NNS 2 nsubj
put put VERB VBP 0 root
the the DET DT 5 det
finishing finishing VERB NN 5 amod
touches touch NOUN NNS 2 obj
to to ADP IN 9 case
a a DET DT 9 det
rail rail NOUN NN 9 compound
pact pact NOUN NN 2 obl
. . PUNCT . 2 punct
"""
# Officials deny rumours of a pact between Chad and Mali.
RUMOURS = """
Officials official NOUN NNS 2 nsubj
deny deny VERB VBP 0 root
rumours rumour NOUN NNS 2 obj
of of ADP IN 6 case
a a DET DT 6 det
pact pact NOUN NN 3 nmod
between between ADP IN 8 case
Chad Chad PROPN NNP 6 nmod Location
and and CCONJ CC 10 cc
Mali Mali PROPN NNP 8 conj Location
. . PUNCT . 2 punct
"""
# An accord between Chad and Mali gave the valley new roads.
BARE = """
An a DET DT 2 det
accord accord NOUN NN 7 nsubj
between between ADP IN 4 case
Chad Chad PROPN NNP 2 nmod Location
and and CCONJ CC 6 cc
Mali Mali PROPN NNP 4 conj Location
gave give VERB VBD 0 root
the the DET DT 9 det
valley valley NOUN NN 7 iobj
new new ADJ JJ 11 amod
roads road NOUN NNS 7 obj
. . PUNCT . 7 punct
"""
# Chad threatened to scrap the accord with Mali.
SCRAP = """
Chad Chad PROPN NNP 2 nsubj Person
threatened threaten VERB VBD 0 root
to to PART TO 4 mark
scrap scrap VERB VB 2 xcomp
the the DET DT 6 det
accord accord NOUN NN 4 obj
with with ADP IN 8 case
Mali Mali PROPN NNP 6 nmod Location
. . PUNCT . 2 punct
"""
# Oman urged both sides to sign a truce.
URGED = """
Oman Oman PROPN NNP 2 nsubj Location
urged urge VERB VBD 0 root
both both DET DT 4 det
sides side NOUN NNS 2 obj
to to PART TO 6 mark
sign sign VERB VB 2 xcomp
a a DET DT 8 det
truce truce NOUN NN 6 obj
. . PUNCT . 2 punct
"""
# The alleged pact between Chad and Mali was never found.
ALLEGED = """
The the DET DT 3 det
alleged alleged ADJ JJ 3 amod
pact pact NOUN NN 10 nsubj:pass
between between ADP IN 5 case
Chad Chad PROPN NNP 3 nmod Location
and and CCONJ CC 7 cc
Mali Mali PROPN NNP 5 conj Location
was be AUX VBD 10 aux:pass
never never ADV RB 10 advmod
found find VERB VBN 0 root
. . PUNCT . 10 punct
"""
# Chad signed five documents, including a treaty on wool.
INCLUDING = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
five five NUM CD 4 nummod
documents document NOUN NNS 2 obj
, , PUNCT , 8 punct
including include VERB VBG 8 case
a a DET DT 8 det
treaty treaty NOUN NN 4 nmod
on on ADP IN 10 case
wool wool NOUN NN 8 nmod
. . PUNCT . 2 punct
"""
# In a joint statement, Chad and Mali urged calm.
STATEMENT = """
In in ADP IN 4 case
a a DET DT 4 det
joint joint ADJ JJ 4 amod
statement statement NOUN NN 9 obl
, , PUNCT , 4 punct
Chad Chad PROPN NNP 9 nsubj Location
and and CCONJ CC 8 cc
Mali Mali PROPN NNP 6 conj Location
urged urge VERB VBD 0 root
calm calm NOUN NN 9 obj
. . PUNCT . 9 punct
"""
# The treaty with Mali does not exist.
GONE = """
The the DET DT 2 det
treaty treaty NOUN NN 7 nsubj
with with ADP IN 4 case
Mali Mali PROPN NNP 2 nmod Location
does do AUX VBZ 7 aux
not not PART RB 7 advmod
exist exist VERB VB 0 root
. . PUNCT . 7 punct
"""


def find(text: str):
    return find_agreements(read(text), (), PLOVER)


@pytest.mark.parametrize(
    ("text", "status", "held"),
    [
        (DENIED, "proposed", Status.NEGATED),
        (COLLAPSED, "denounced", Status.ASSERTED),
        (MUST, "proposed", Status.PROPOSED),
        (FINISHING, "under_negotiation", Status.PROPOSED),
        (RUMOURS, "proposed", Status.NEGATED),
        (URGED, "proposed", Status.PROPOSED),
        (ALLEGED, "announced", Status.ALLEGED),
        (STATEMENT, "announced", Status.ASSERTED),
    ],
)
def test_the_nearest_word_decides_and_no_more_is_claimed(text: str, status: str, held: Status):
    (draft,) = find(text)
    assert (draft.agreement_status, draft.ground.status) == (status, held)


def test_without_a_word_the_least_is_claimed_and_said():
    (draft,) = find(BARE)
    assert draft.agreement_status == "announced"
    assert "no word says how far it is" in draft.ground.reason


def test_a_threat_to_end_it_does_not_end_it():
    (draft,) = find(SCRAP)
    assert (draft.agreement_status, draft.ground.status) == ("in_force", Status.ASSERTED)


def test_an_example_has_the_status_of_the_whole():
    assert [draft.agreement_status for draft in find(INCLUDING)] == ["signed", "signed"]


def test_what_does_not_exist_is_no_agreement():
    assert find(GONE) == ()
