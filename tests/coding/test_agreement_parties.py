"""Who is bound by an agreement and who signs it."""

import pytest

from dragoman.coding.agreements import find_agreements
from make_records import PLOVER, read, words

# The talks between Chad and Mali resulted in the signing of a pact.
TALKS = """
The the DET DT 2 det
talks talk NOUN NNS 7 nsubj
between between ADP IN 4 case
Chad Chad PROPN NNP 2 nmod Location
and and CCONJ CC 6 cc
Mali Mali PROPN NNP 4 conj Location
resulted result VERB VBD 0 root
in in ADP IN 10 case
the the DET DT 10 det
signing signing NOUN NN 7 obl
of of ADP IN 13 case
a a DET DT 13 det
pact pact NOUN NN 10 nmod
. . PUNCT . 7 punct
"""
# Chad suspended its accord with Mali.
ITS = """
Chad Chad PROPN NNP 2 nsubj Location
suspended suspend VERB VBD 0 root
its its PRON PRP$ 4 nmod:poss
accord accord NOUN NN 2 obj
with with ADP IN 6 case
Mali Mali PROPN NNP 4 nmod Location
. . PUNCT . 2 punct
"""
# Chad is close to a pact with Mali.
CLOSE = """
Chad Chad PROPN NNP 3 nsubj Location
is be AUX VBZ 3 cop
close close ADJ JJ 0 root
to to ADP IN 6 case
a a DET DT 6 det
pact pact NOUN NN 3 obl
with with ADP IN 8 case
Mali Mali PROPN NNP 6 nmod Location
. . PUNCT . 3 punct
"""
# Chad signed a contract with a shipyard.
SHIPYARD = """
Chad Chad PROPN NNP 2 nsubj Person
signed sign VERB VBD 0 root
a a DET DT 4 det
contract contract NOUN NN 2 obj
with with ADP IN 7 case
a a DET DT 7 det
shipyard shipyard NOUN NN 4 nmod
. . PUNCT . 2 punct
"""
# Chad ratified the treaty on fish with Mali.
NESTED = """
Chad Chad PROPN NNP 2 nsubj Location
ratified ratify VERB VBD 0 root
the the DET DT 4 det
treaty treaty NOUN NN 2 obj
on on ADP IN 6 case
fish fish NOUN NN 4 nmod
with with ADP IN 8 case
Mali Mali PROPN NNP 6 nmod Location
. . PUNCT . 2 punct
"""
# The parliament ratified the treaty with Mali.
LAWMAKERS = """
The the DET DT 2 det
parliament parliament NOUN NN 3 nsubj
ratified ratify VERB VBD 0 root
the the DET DT 5 det
treaty treaty NOUN NN 3 obj
with with ADP IN 7 case
Mali Mali PROPN NNP 5 nmod Location
. . PUNCT . 3 punct
"""
# Minister Ada Obi and her counterpart signed a pact.
MINISTER = """
Minister Minister PROPN NNP 2 nmod:desc
Ada Ada PROPN NNP 7 nsubj Person
Obi Obi PROPN NNP 2 flat Person-
and and CCONJ CC 6 cc
her her PRON PRP$ 6 nmod:poss
counterpart counterpart NOUN NN 2 conj
signed sign VERB VBD 0 root
a a DET DT 9 det
pact pact NOUN NN 7 obj
. . PUNCT . 7 punct
"""


def find(text: str):
    parsed = read(text)
    (draft,) = find_agreements(parsed, (), PLOVER)
    return [words(parsed, span) for span in draft.parties], [words(parsed, span) for span in draft.signatories]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (TALKS, ["Chad", "Mali"]),
        (ITS, ["Mali", "Chad"]),
        (CLOSE, ["Mali", "Chad"]),
        (SHIPYARD, ["a shipyard", "Chad"]),
        (NESTED, ["Mali", "Chad"]),
        (LAWMAKERS, ["Mali"]),
    ],
    ids=["who met", "no pronoun", "an adjective's subject", "a contract's firm", "behind the subject", "no parliament"],
)
def test_parties(text: str, parties: list[str]):
    assert find(text)[0] == parties


def test_ministers_who_sign_are_signatories():
    assert find(MINISTER)[1] == ["Minister Ada Obi", "her counterpart"]


def test_a_state_signs_through_nobody_named():
    assert find(NESTED)[1] == []
