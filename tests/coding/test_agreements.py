import pytest

from dragoman.coding.agreements import AgreementDraft, assemble_agreement, find_agreements
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Status
from make_records import PLOVER, link_in, origin_of, read, words

SIGNED = """
Chad Chad PROPN NNP 4 nsubj Location
and and CCONJ CC 3 cc
Mali Mali PROPN NNP 1 conj Location
signed sign VERB VBD 0 root
two two NUM CD 6 nummod
memoranda memorandum NOUN NNS 4 obj
on on ADP IN 8 case
grain grain NOUN NN 6 nmod
"""
TALKS = """
Talks talk NOUN NNS 9 nsubj
on on ADP IN 4 case
a a DET DT 4 det
treaty treaty NOUN NN 1 nmod
between between ADP IN 6 case
Chad Chad PROPN NNP 4 nmod Location
and and CCONJ CC 8 cc
Mali Mali PROPN NNP 6 conj Location
drag drag VERB VBP 0 root
on on ADP RP 9 compound:prt
"""
TWINNED = """
The the DET DT 2 det
signing signing NOUN NN 13 nsubj
of of ADP IN 5 case
a a DET DT 5 det
document document NOUN NN 2 nmod
twinning twin VERB VBG 5 acl
the the DET DT 8 det
cities city NOUN NNS 6 obj
of of ADP IN 10 case
Bardai Bardai PROPN NNP 8 nmod Location
and and CCONJ CC 12 cc
Timia Timia PROPN NNP 10 conj Location
pleased please VERB VBD 0 root
"""
WILL_SIGN = """
Chad Chad PROPN NNP 3 nsubj Location
will will AUX MD 3 aux
sign sign VERB VB 0 root
a a DET DT 5 det
pact pact NOUN NN 3 obj
with with ADP IN 7 case
Mali Mali PROPN NNP 3 obl Location
"""
DID_NOT_SIGN = """
Chad Chad PROPN NNP 4 nsubj Location
did do AUX VBD 4 aux
not not PART RB 4 advmod
sign sign VERB VB 0 root
the the DET DT 6 det
pact pact NOUN NN 4 obj
"""
UNDER = """
Under under ADP IN 3 case
the the DET DT 3 det
accord accord NOUN NN 5 obl
Chad Chad PROPN NNP 5 nsubj Location
buys buy VERB VBZ 0 root
salt salt NOUN NN 5 obj
"""
AGREED = """
Chad Chad PROPN NNP 4 nsubj Location
and and CCONJ CC 3 cc
Mali Mali PROPN NNP 1 conj Location
agreed agree VERB VBD 0 root
to to PART TO 6 mark
reopen reopen VERB VB 4 xcomp
wells well NOUN NNS 6 obj
"""
TITLE = """
They they PRON PRP 2 nsubj
ratified ratify VERB VBD 0 root
the the DET DT 5 det
Tibesti Tibesti PROPN NNP 5 compound Misc
Accord accord PROPN NNP 2 obj Misc-
"""
BODY = """
The the DET DT 3 det
Treaty treaty PROPN NNP 3 compound Organization
Council Council PROPN NNP 4 nsubj Organization-
met meet VERB VBD 0 root
"""
STATEMENT = """
Chad Chad PROPN NNP 2 nsubj Location
signed sign VERB VBD 0 root
a a DET DT 4 det
statement statement NOUN NN 2 obj
"""


def find(text: str) -> tuple[ParsedDocument, tuple[AgreementDraft, ...]]:
    parsed = read(text)
    return parsed, find_agreements(parsed, (), PLOVER)


@pytest.mark.parametrize(
    ("text", "instrument", "status", "held"),
    [
        (SIGNED, "memorandum", "signed", Status.ASSERTED),
        (TALKS, "treaty", "under_negotiation", Status.PROPOSED),
        (TWINNED, "twinning", "signed", Status.ASSERTED),
        (WILL_SIGN, "agreement", "announced", Status.PLANNED),
        (UNDER, "agreement", "in_force", Status.ASSERTED),
        (AGREED, "agreement", "agreed", Status.ASSERTED),
        (TITLE, "agreement", "ratified", Status.ASSERTED),
    ],
)
def test_instrument_and_status(text: str, instrument: str, status: str, held: Status):
    _, (draft,) = find(text)
    assert (draft.instrument, draft.agreement_status, draft.ground.status) == (instrument, status, held)


@pytest.mark.parametrize("text", [BODY, STATEMENT, DID_NOT_SIGN])
def test_no_agreement(text: str):
    assert find(text)[1] == ()


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (SIGNED, ["Chad", "Mali"]),
        (TALKS, ["Chad", "Mali"]),
        (TWINNED, ["Bardai", "Timia"]),
        (WILL_SIGN, ["Chad", "Mali"]),
        (UNDER, []),
    ],
)
def test_parties_are_those_that_the_words_give(text: str, parties: list[str]):
    parsed, (draft,) = find(text)
    assert [words(parsed, span) for span in draft.parties] == parties


def test_title_only_where_the_text_names_one():
    parsed, (draft,) = find(TITLE)
    record = assemble_agreement(draft, link_in(parsed), origin_of(parsed))
    assert (record.title, record.description) == ("Tibesti Accord", None)
    parsed, (draft,) = find(TALKS)
    record = assemble_agreement(draft, link_in(parsed), origin_of(parsed))
    assert (record.title, record.description) == (None, "treaty between Chad and Mali")


def test_description_of_a_twinning_names_what_is_twinned():
    parsed, (draft,) = find(TWINNED)
    assert words(parsed, draft.name) == "document twinning the cities of Bardai and Timia"


def test_number_and_subject_as_stated():
    parsed, (draft,) = find(SIGNED)
    record = assemble_agreement(draft, link_in(parsed), origin_of(parsed))
    assert (record.number_stated, record.subjects) == (2, ("grain",))
    assert find(WILL_SIGN)[1][0].number_stated is None


def test_unnamed_agreements_made_may_overlap_but_not_with_one_under_negotiation():
    parsed = read(WILL_SIGN + "\n" + UNDER + "\n" + TALKS)
    drafts = find_agreements(parsed, (), PLOVER)
    records = [assemble_agreement(draft, link_in(parsed), origin_of(parsed)) for draft in drafts]
    assert [record.may_overlap for record in records] == [(records[1].id,), (records[0].id,), ()]


def test_ids_are_the_same_on_every_run():
    parsed, (draft,) = find(SIGNED)
    record = assemble_agreement(draft, link_in(parsed), origin_of(parsed))
    assert record.id.startswith("ag_")
    assert len(record.id) == 19
    assert record == assemble_agreement(draft, link_in(parsed), origin_of(parsed))
