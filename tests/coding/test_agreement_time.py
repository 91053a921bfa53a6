"""When an agreement was or will be signed."""

from datetime import date

import pytest

from dragoman.coding.agreement_time import read_agreement_time
from dragoman.coding.agreements import find_agreements
from make_records import PLOVER, read

# Chad signed a pact on 2 May 2019.
SIGNED = """
Chad Chad PROPN NNP 2 nsubj Person
signed sign VERB VBD 0 root
a a DET DT 4 det
pact pact NOUN NN 2 obj
on on ADP IN 6 case
2 2 NUM CD 2 obl Date
May May PROPN NNP 6 nmod:unmarked Date-
2019 2019 NUM CD 6 nmod:unmarked Date-
. . PUNCT . 2 punct
"""
# Chad will sign a pact on Friday.
WILL = """
Chad Chad PROPN NNP 3 nsubj Location
will will AUX MD 3 aux
sign sign VERB VB 0 root
a a DET DT 5 det
pact pact NOUN NN 3 obj
on on ADP IN 7 case
Friday Friday PROPN NNP 3 obl Date
. . PUNCT . 3 punct
"""
# Talks on a pact resumed on Friday.
TALKS = """
Talks talk NOUN NNS 5 nsubj
on on ADP IN 4 case
a a DET DT 4 det
pact pact NOUN NN 1 nmod
resumed resume VERB VBD 0 root
on on ADP IN 7 case
Friday Friday PROPN NNP 5 obl Date
. . PUNCT . 5 punct
"""
# Under the 2009 treaty, Chad buys salt.
OLD = """
Under under ADP IN 4 case
the the DET DT 4 det
2009 2009 NUM CD 4 compound Date
treaty treaty NOUN NN 7 obl
, , PUNCT , 4 punct
Chad Chad PROPN NNP 7 nsubj Location
buys buy VERB VBZ 0 root
salt salt NOUN NN 7 obj
. . PUNCT . 7 punct
"""


def time_of(text: str, published: date | None = date(2024, 5, 7)):
    parsed = read(text)
    (draft,) = find_agreements(parsed, (), PLOVER)
    found = read_agreement_time(draft.time, draft.agreement_status, parsed.document.text, published)
    return found.edtf if found else None


@pytest.mark.parametrize(("text", "edtf"), [(SIGNED, "2019-05-02"), (WILL, "2024-05-10")])
def test_the_time_is_that_of_the_signing(text: str, edtf: str):
    assert time_of(text) == edtf


@pytest.mark.parametrize("text", [TALKS, OLD], ids=["talks resumed on Friday", "the 2009 treaty"])
def test_other_times_of_the_sentence_are_not_taken(text: str):
    assert time_of(text) is None


def test_without_a_date_of_the_report_a_weekday_stays_open():
    assert time_of(WILL, None) is None
