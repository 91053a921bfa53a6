import pytest

from dragoman.coding.memberships import MembershipDraft, assemble_membership, find_memberships
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Status
from make_records import PLOVER, link_in, origin_of, read, words

IS_MEMBER = """
Chad Chad PROPN NNP 4 nsubj Location
is be AUX VBZ 4 cop
a a DET DT 4 det
member member NOUN NN 0 root
of of ADP IN 8 case
the the DET DT 8 det
Sahara Sahara PROPN NNP 8 compound Organization
Bloc Bloc PROPN NNP 4 nmod Organization-
"""
JOINED = """
Chad Chad PROPN NNP 2 nsubj Location
joined join VERB VBD 0 root
the the DET DT 5 det
Sahara Sahara PROPN NNP 5 compound Organization
Bloc Bloc PROPN NNP 2 obj Organization-
"""
WANTS = """
Chad Chad PROPN NNP 2 nsubj Location
wants want VERB VBZ 0 root
to to PART TO 4 mark
join join VERB VB 2 xcomp
the the DET DT 7 det
Sahara Sahara PROPN NNP 7 compound Organization
Bloc Bloc PROPN NNP 4 obj Organization-
"""
TIES = """
Alliances alliance NOUN NNS 9 nsubj
within within ADP IN 3 case
organizations organization NOUN NNS 1 nmod
such such ADJ JJ 8 case
as as ADP IN 4 fixed
the the DET DT 8 det
Sahara Sahara PROPN NNP 8 compound Organization
Bloc Bloc PROPN NNP 3 nmod Organization-
shape shape VERB VBP 0 root
Chad Chad PROPN NNP 12 nmod:poss Location
's 's PART POS 10 case
policy policy NOUN NN 9 obj
"""
LEFT_HOME = """
Chad Chad PROPN NNP 2 nsubj Location
left leave VERB VBD 0 root
the the DET DT 4 det
room room NOUN NN 2 obj
"""
SUSPENDED = """
The the DET DT 3 det
Sahara Sahara PROPN NNP 3 compound Organization
Bloc Bloc PROPN NNP 4 nsubj Organization-
suspended suspend VERB VBD 0 root
Chad Chad PROPN NNP 4 obj Location
"""
# Leaders of the Sahel League suspended Chad.
LEADERS_SUSPENDED = """
Leaders leader NOUN NNS 6 nsubj
of of ADP IN 5 case
the the DET DT 5 det
Sahel Sahel PROPN NNP 5 compound Organization
League League PROPN NNP 1 nmod Organization-
suspended suspend VERB VBD 0 root
Chad Chad PROPN NNP 6 obj Location
. . PUNCT . 6 punct
"""
# Ada Obi, chair of the Unity Party, spoke.
CHAIR = """
Ada Ada PROPN NNP 10 nsubj Person
Obi Obi PROPN NNP 1 flat Person-
, , PUNCT , 4 punct
chair chair NOUN NN 1 appos
of of ADP IN 8 case
the the DET DT 8 det
Unity Unity PROPN NNP 8 compound Organization
Party Party PROPN NNP 4 nmod Organization-
, , PUNCT , 1 punct
spoke speak VERB VBD 0 root
. . PUNCT . 10 punct
"""
# Chad threatened to leave the Sahel League.
THREAT = """
Chad Chad PROPN NNP 2 nsubj Person
threatened threaten VERB VBD 0 root
to to PART TO 4 mark
leave leave VERB VB 2 xcomp
the the DET DT 7 det
Sahel Sahel PROPN NNP 7 compound Location
League League PROPN NNP 4 obj Organization
. . PUNCT . 2 punct
"""


def find(text: str) -> tuple[ParsedDocument, tuple[MembershipDraft, ...]]:
    parsed = read(text)
    return parsed, find_memberships(parsed, (), PLOVER)


@pytest.mark.parametrize(
    ("text", "level", "value"),
    [
        (IS_MEMBER, "stated", "member"),
        (JOINED, "stated", "member"),
        (WANTS, "stated", "candidate"),
        (SUSPENDED, "stated", "suspended"),
        (TIES, "implied", "member"),
    ],
)
def test_level_and_status(text: str, level: str, value: str):
    parsed, (draft,) = find(text)
    assert (words(parsed, draft.member), words(parsed, draft.organization)) == ("Chad", "Sahara Bloc")
    assert (draft.level, draft.membership_status) == (level, value)


def test_an_organization_alone_makes_no_membership():
    assert find(LEFT_HOME)[1] == ()


def test_an_implied_membership_is_not_asserted():
    parsed, (draft,) = find(TIES)
    record = assemble_membership(draft, link_in(parsed), origin_of(parsed))
    assert record.status is Status.PERCEIVED
    assert record.confidence < 0.5


@pytest.mark.parametrize(
    ("text", "member", "body", "status"),
    [(LEADERS_SUSPENDED, "Chad", "Sahel League", "suspended"), (CHAIR, "Ada Obi", "Unity Party", "member")],
)
def test_leaders_act_for_their_body_and_chairs_belong_to_it(text: str, member: str, body: str, status: str):
    parsed, (draft,) = find(text)
    assert (words(parsed, draft.member), words(parsed, draft.organization)) == (member, body)
    assert draft.membership_status == status


def test_a_threat_to_leave_leaves_nothing():
    assert find(THREAT)[1] == ()
