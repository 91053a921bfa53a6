import pytest

from dragoman.coding.positions import PositionDraft, assemble_position, find_positions
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Status
from dragoman.types.text import Span
from make_records import PLOVER, link_in, origin_of, read, words

OPPOSES = """
Wekesa Wekesa PROPN NNP 3 nsubj Person
firmly firmly ADV RB 3 advmod
opposes oppose VERB VBZ 0 root
the the DET DT 5 det
levy levy NOUN NN 3 obj
on on ADP IN 7 case
salt salt NOUN NN 5 nmod
"""
STATEMENTS = """
Wekesa Wekesa PROPN NNP 3 nmod:poss Person
's 's PART POS 1 case
statements statement NOUN NNS 7 nsubj
opposing oppose VERB VBG 3 acl
the the DET DT 6 det
levy levy NOUN NN 4 obj
matter matter VERB VBP 0 root
"""
REJECTION = """
Chad Chad PROPN NNP 3 nmod:poss Location
's 's PART POS 1 case
stance stance NOUN NN 10 nsubj
, , PUNCT , 7 punct
including include VERB VBG 7 case
its its PRON PRP$ 7 nmod:poss
rejection rejection NOUN NN 3 nmod
of of ADP IN 9 case
raids raid NOUN NNS 7 nmod
holds hold VERB VBZ 0 root
"""
FEEDS = """
Wekesa Wekesa PROPN NNP 2 nsubj Person
supports support VERB VBZ 0 root
a a DET DT 4 det
family family NOUN NN 2 obj
"""
PERCEIVED = """
Chad Chad PROPN NNP 4 nmod:poss Location
's 's PART POS 1 case
perceived perceived ADJ JJ 4 amod
support support NOUN NN 7 nsubj
for for ADP IN 6 case
secession independence NOUN NN 4 nmod
worries worry VERB VBZ 0 root
Mali Mali PROPN NNP 7 obj Location
"""
# Chad voted against the quota.
VOTED = """
Chad Chad PROPN NNP 2 nsubj Location
voted vote VERB VBD 0 root
against against ADP IN 5 case
the the DET DT 5 det
quota quota NOUN NN 2 obl
. . PUNCT . 2 punct
"""
# Chad refuses to recognise the ruling.
RECOGNISE = """
Chad Chad PROPN NNP 2 nsubj Location
refuses refuse VERB VBZ 0 root
to to PART TO 4 mark
recognise recognise VERB VB 2 xcomp
the the DET DT 6 det
ruling ruling NOUN NN 4 obj
. . PUNCT . 2 punct
"""
# Chad objects to the levy.
OBJECTS = """
Chad Chad PROPN NNP 2 nsubj Location
objects object VERB VBZ 0 root
to to ADP IN 5 case
the the DET DT 5 det
levy levy NOUN NN 2 obl
. . PUNCT . 2 punct
"""
# Chad called for calm.
CALLED = """
Chad Chad PROPN NNP 2 nsubj Person
called call VERB VBD 0 root
for for ADP IN 4 case
calm calm NOUN NN 2 obl
. . PUNCT . 2 punct
"""
# Chad rejected the award.
AWARD = """
Chad Chad PROPN NNP 2 nsubj Person
rejected reject VERB VBD 0 root
the the DET DT 4 det
award award NOUN NN 2 obj
. . PUNCT . 2 punct
"""
# Chad rejected the allegation.
CHARGE = """
Chad Chad PROPN NNP 2 nsubj Person
rejected reject VERB VBD 0 root
the the DET DT 4 det
allegation allegation NOUN NN 2 obj
. . PUNCT . 2 punct
"""


def find(text: str) -> tuple[ParsedDocument, tuple[PositionDraft, ...]]:
    parsed = read(text)
    return parsed, find_positions(parsed, (), PLOVER)


@pytest.mark.parametrize(
    ("text", "holder", "topic", "stance", "status"),
    [
        (OPPOSES, "Wekesa", "the levy on salt", "against", Status.ASSERTED),
        (STATEMENTS, "Wekesa", "the levy", "against", Status.BACKGROUND),
        (REJECTION, "its", "raids", "against", Status.BACKGROUND),
    ],
)
def test_holder_topic_and_stance(text: str, holder: str, topic: str, stance: str, status: Status):
    parsed, (draft,) = find(text)
    assert (words(parsed, draft.holder), words(parsed, draft.topic)) == (holder, topic)
    assert (draft.stance, draft.ground.status) == (stance, status)


@pytest.mark.parametrize("text", [FEEDS, PERCEIVED])
def test_no_position(text: str):
    assert find(text)[1] == ()


def test_its_is_looked_up_by_the_name_before_it():
    parsed, (draft,) = find(REJECTION)
    assert assemble_position(draft, link_in(parsed), origin_of(parsed)).holder.text == "Chad"


def test_reservations_make_a_stance_mixed():
    parsed = read(
        OPPOSES.replace("opposes oppose", "backs back")
        + "with with ADP IN 9 case\nreservations reservation NOUN NNS 3 obl"
    )
    assert [draft.stance for draft in find_positions(parsed, (), PLOVER)] == ["mixed"]


def test_strength_is_that_of_the_adverb():
    assert find(OPPOSES)[1][0].strength == "strong"
    assert find(STATEMENTS)[1][0].strength is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [(VOTED, "the quota"), (RECOGNISE, "the ruling"), (OBJECTS, "the levy"), (AWARD, "the award")],
)
def test_votes_objections_and_refusals_are_positions(text: str, topic: str):
    parsed, (draft,) = find(text)
    assert (words(parsed, draft.holder), words(parsed, draft.topic), draft.stance) == ("Chad", topic, "against")


@pytest.mark.parametrize("text", [CALLED, CHARGE], ids=["a call for calm", "an allegation denied"])
def test_calls_for_calm_and_denials_are_no_positions(text: str):
    assert find(text)[1] == ()


def test_noun_of_a_stance_names_it_and_its_holder_does_not() -> None:
    parsed, (draft,) = find(REJECTION)
    sentence = parsed.document.text
    start = sentence.index("rejection")
    assert draft.names(Span(start, start + len("rejection")))
    assert not draft.names(draft.topic)
    assert not draft.names(draft.holder)


def test_verb_of_a_stance_is_an_act_of_its_own() -> None:
    parsed, (draft,) = find(OPPOSES)
    start = parsed.document.text.index("opposes")
    assert not draft.names(Span(start, start + len("opposes")))
