import pytest

import make
from dragoman.coding.codebook import load_codebook
from dragoman.coding.status import is_own_commitment, judge_status
from dragoman.types.record import Status

PLOVER = load_codebook("plover")
SIGN = "Kenya Kenya PROPN NNP {verb} nsubj Location\n"


def clause(*lines: str) -> str:
    return "\n".join(lines)


def aux(word: str, lemma: str) -> str:
    return clause("Kenya Kenya PROPN NNP 3 nsubj", f"{word} {lemma} AUX MD 3 aux", "signed sign VERB VB 0 root")


NOT = clause(
    "Kenya Kenya PROPN NNP 4 nsubj", "did do AUX VBD 4 aux", "not not PART RB 4 advmod", "signed sign VERB VB 0 root"
)
NOBODY = clause("No no DET DT 2 det", "state state NOUN NN 3 nsubj", "signed sign VERB VBD 0 root")
IF = clause(
    "Kenya Kenya PROPN NNP 2 nsubj", "waits wait VERB VBZ 0 root", "if if SCONJ IN 5 mark",
    "Mali Mali PROPN NNP 5 nsubj", "signed sign VERB VBD 2 advcl",
)  # fmt: skip


def under(verb: str, lemma: str, relation: str = "xcomp", mark: str = "to", xpos: str = "VB") -> str:
    return clause(
        "Kenya Kenya PROPN NNP 2 nsubj", f"{verb} {lemma} VERB VBD 0 root", f"{mark} {mark} PART TO 4 mark",
        f"signed sign VERB {xpos} 2 {relation}",
    )  # fmt: skip


PASSIVE_VIEW = clause(
    "Kenya Kenya PROPN NNP 3 nsubj:pass", "is be AUX VBZ 3 aux:pass", "seen see VERB VBN 0 root",
    "as as SCONJ IN 5 mark", "signed sign VERB VBG 3 advcl",
)  # fmt: skip
PASSIVE_VIEW = PASSIVE_VIEW.replace("3 advcl", "3 xcomp")
ALLEGED = clause("Kenya Kenya PROPN NNP 3 nsubj", "allegedly allegedly ADV RB 3 advmod", "signed sign VERB VBD 0 root")
ACCUSED = clause(
    "Mali Mali PROPN NNP 2 nsubj", "accused accuse VERB VBD 0 root", "Kenya Kenya PROPN NNP 2 obj",
    "of of SCONJ IN 5 mark", "signed sign VERB VBG 2 advcl",
)  # fmt: skip
ASIDE = clause(
    "Kenya Kenya PROPN NNP 2 nsubj",
    "signed sign VERB VBD 0 root",
    "Mali Mali PROPN NNP 4 nsubj",
    "alleged allege VERB VBD 2 parataxis",
)
YEAR = clause(
    "Kenya Kenya PROPN NNP 2 nsubj", "signed sign VERB VBD 0 root", "in in ADP IN 4 case", "1994 1994 NUM CD 2 obl"
)
LONG = clause(
    "Kenya Kenya PROPN NNP 4 nsubj",
    "has have AUX VBZ 4 aux",
    "long long ADV RB 4 advmod",
    "signed sign VERB VBN 0 root",
)
REDUCED = clause(
    "a a DET DT 2 det", "treaty treaty NOUN NN 4 nsubj", "signed sign VERB VBN 2 acl", "lapsed lapse VERB VBD 0 root"
)
HEADLINE = clause("Kenya Kenya PROPN NNP 3 nsubj", "to to PART TO 3 mark", "signed sign VERB VB 0 root")
PROPOSED = clause(
    "the the DET DT 3 det",
    "proposed proposed ADJ JJ 3 amod",
    "signed signing NOUN NN 4 nsubj",
    "stalled stall VERB VBD 0 root",
)
READY = clause(
    "Kenya Kenya PROPN NNP 3 nsubj", "is be AUX VBZ 3 cop", "ready ready ADJ JJ 0 root", "to to PART TO 5 mark",
    "signed sign VERB VB 3 xcomp",
)  # fmt: skip
CARRIED = clause(
    "Kenya Kenya PROPN NNP 3 nsubj",
    "will will AUX MD 3 aux",
    "hold hold VERB VB 0 root",
    "signed signing NOUN NN 3 obj",
)
NO_PART = clause(
    "Kenya Kenya PROPN NNP 2 nsubj", "had have VERB VBD 0 root", "no no DET DT 4 det", "part part NOUN NN 2 obj",
    "in in ADP IN 7 case", "the the DET DT 7 det", "signed signing NOUN NN 4 nmod",
)  # fmt: skip
SHARED_NOT = clause(
    "Kenya Kenya PROPN NNP 4 nsubj", "did do AUX VBD 4 aux", "not not PART RB 4 advmod", "wait wait VERB VB 0 root",
    "and and CCONJ CC 6 cc", "signed sign VERB VBD 4 conj",
)  # fmt: skip
SHARED_WILL = SHARED_NOT.replace("did do AUX VBD", "will will AUX MD").replace(
    "not not PART RB 4 advmod", "then then ADV RB 4 advmod"
)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Kenya Kenya PROPN NNP 2 nsubj\nsigned sign VERB VBD 0 root", Status.ASSERTED),
        (NOT, Status.NEGATED),
        (NOBODY, Status.NEGATED),
        (NO_PART, Status.NEGATED),
        (under("failed", "fail"), Status.NEGATED),
        (aux("will", "will"), Status.PLANNED),
        (under("plans", "plan"), Status.PLANNED),
        (HEADLINE, Status.PLANNED),
        (CARRIED, Status.PLANNED),
        (SHARED_WILL, Status.PLANNED),
        (SHARED_NOT, Status.ASSERTED),
        (under("pledged", "pledge"), Status.PLEDGED),
        (under("discussed", "discuss", relation="ccomp", mark="about", xpos="VBG"), Status.PROPOSED),
        (PROPOSED, Status.PROPOSED),
        (READY, Status.SIGNALLED),
        (aux("would", "would"), Status.HYPOTHETICAL),
        (IF, Status.HYPOTHETICAL),
        (ALLEGED, Status.ALLEGED),
        (ACCUSED, Status.ALLEGED),
        (ASIDE, Status.ALLEGED),
        (PASSIVE_VIEW, Status.PERCEIVED),
        (YEAR, Status.BACKGROUND),
        (LONG, Status.BACKGROUND),
        (REDUCED, Status.BACKGROUND),
    ],
)
def test_status_by_cue(text: str, status: Status):
    tree = make.tree(text, PLOVER)
    reading = judge_status(tree, make.at(tree, "signed"), PLOVER)
    assert reading.status is status
    assert reading.reason


@pytest.mark.parametrize(("text", "beside"), [(ALLEGED, True), (aux("will", "will"), False), (PASSIVE_VIEW, False)])
def test_reading_tells_whether_the_cue_stands_beside_the_word(text: str, beside: bool):
    tree = make.tree(text, PLOVER)
    assert judge_status(tree, make.at(tree, "signed"), PLOVER).beside is beside


def test_the_year_of_the_report_is_no_background():
    tree = make.tree(YEAR, PLOVER)
    assert judge_status(tree, 1, PLOVER, year=1994).status is Status.ASSERTED


def test_a_done_agree_is_a_pledge_by_the_codebook():
    tree = make.tree("Kenya Kenya PROPN NNP 2 nsubj\nsigned sign VERB VBD 0 root", PLOVER)
    assert judge_status(tree, 1, PLOVER, category="AGREE").status is Status.PLEDGED


def test_the_rules_own_status_comes_before_the_categorys():
    tree = make.tree("Kenya Kenya PROPN NNP 2 nsubj\nsigned sign VERB VBD 0 root", PLOVER)
    assert judge_status(tree, 1, PLOVER, category="AGREE", usual="signalled").status is Status.SIGNALLED


SAID = clause(
    "Kenya Kenya PROPN NNP 2 nsubj", "said say VERB VBD 0 root", "it it PRON PRP 5 nsubj", "would would AUX MD 5 aux",
    "signed sign VERB VB 2 ccomp",
)  # fmt: skip


@pytest.mark.parametrize(("category", "status"), [("SUPPORT", Status.PLEDGED), ("ASSAULT", Status.PLANNED)])
def test_a_speaker_that_says_it_would_binds_itself(category: str, status: Status):
    tree = make.tree(SAID, PLOVER)
    assert is_own_commitment(tree, 4, PLOVER)
    assert judge_status(tree, 4, PLOVER, category=category).status is status


def test_what_somebody_else_would_do_is_no_commitment():
    tree = make.tree(SAID.replace("it it PRON PRP", "Mali Mali PROPN NNP"), PLOVER)
    assert not is_own_commitment(tree, 4, PLOVER)
