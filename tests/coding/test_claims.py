from dataclasses import replace

import pytest

from dragoman.coding.claims import ClaimDraft, assemble_claim, find_claims
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import AttributedTo, Status
from dragoman.types.text import Span
from make_records import PLOVER, link_in, origin_of, read, words

SAID = """
Wekesa Wekesa PROPN NNP 2 nsubj Person
said say VERB VBD 0 root
that that SCONJ IN 5 mark
wells well NOUN NNS 5 nsubj
dried dry VERB VBD 2 ccomp
"""
QUOTED = """
" " PUNCT `` 4 punct
Wells well NOUN NNS 4 nsubj
have have AUX VBP 4 aux
dried dry VERB VBN 7 ccomp
, , PUNCT , 4 punct
" " PUNCT '' 4 punct
said say VERB VBD 0 root
Wekesa Wekesa PROPN NNP 7 nsubj Person
"""
ACCORDING = """
According accord VERB VBG 3 case
to to ADP IN 1 fixed
officials official NOUN NNS 6 obl
, , PUNCT , 3 punct
wells well NOUN NNS 6 nsubj
dried dry VERB VBD 0 root
"""
CONCERNS = """
Opposition opposition NOUN NN 2 compound
voices voice NOUN NNS 3 nsubj
raised raise VERB VBD 0 root
concerns concern NOUN NNS 3 obj
about about ADP IN 7 case
the the DET DT 7 det
motives motive NOUN NNS 4 nmod
"""
ACCUSATIONS = """
Accusations accusation NOUN NNS 4 nsubj
of of ADP IN 3 case
meddling meddling NOUN NN 1 nmod
spread spread VERB VBD 0 root
"""
REPORTEDLY = "Wells well NOUN NNS 3 nsubj\nreportedly reportedly ADV RB 3 advmod\ndried dry VERB VBD 0 root"
NOT_SAID = SAID.replace("said say VERB VBD 0 root", "said say VERB VBD 0 root\nnever never ADV RB 2 advmod").replace(
    "that that SCONJ IN 5 mark\nwells well NOUN NNS 5 nsubj\ndried dry VERB VBD 2 ccomp",
    "that that SCONJ IN 6 mark\nwells well NOUN NNS 6 nsubj\ndried dry VERB VBD 2 ccomp",
)
WHETHER = SAID.replace("that that SCONJ", "whether whether SCONJ")
NARRATOR = """
The the DET DT 2 det
visit visit NOUN NN 3 nsubj
marked mark VERB VBD 0 root
a a DET DT 6 det
pivotal pivotal ADJ JJ 6 amod
moment moment NOUN NN 3 obj
"""


def find(text: str) -> tuple[ParsedDocument, tuple[ClaimDraft, ...]]:
    parsed = read(text)
    return parsed, find_claims(parsed, (), PLOVER)


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "cue", "content"),
    [
        (SAID, "Wekesa", "named", "said", "wells dried"),
        (QUOTED, "Wekesa", "named", "said", "Wells have dried"),
        (ACCORDING, "officials", "collective", "According to", "wells dried"),
        (CONCERNS, "Opposition voices", "collective", "concerns", "the motives"),
        (ACCUSATIONS, None, "collective", "Accusations", "meddling"),
        (REPORTEDLY, None, "unnamed", "reportedly", "Wells reportedly dried"),
    ],
)
def test_speaker_cue_and_content(text: str, speaker: str | None, kind: str, cue: str, content: str):
    parsed, (draft,) = find(text)
    assert words(parsed, draft.speaker) == speaker
    assert draft.speaker_kind == kind
    assert (words(parsed, draft.cue), words(parsed, draft.content)) == (cue, content)


@pytest.mark.parametrize("text", [NOT_SAID, WHETHER, NARRATOR])
def test_no_claim(text: str):
    assert find(text)[1] == ()


def test_accusations_are_alleged_and_sayings_asserted():
    assert find(ACCUSATIONS)[1][0].ground.status is Status.ALLEGED
    assert find(SAID)[1][0].ground.status is Status.ASSERTED


def test_collective_speaker_is_kept_in_the_attribution_only():
    parsed, (draft,) = find(CONCERNS)
    record = assemble_claim(draft, link_in(parsed), origin_of(parsed))
    assert (record.speaker, record.speaker_kind) == (None, "collective")
    assert record.attribution.by is AttributedTo.UNNAMED
    assert [link.text for link in (record.attribution.speaker,) if link] == ["Opposition voices"]


def test_about_names_the_records_inside_the_content():
    parsed, (draft,) = find(SAID)
    link, origin = link_in(parsed), origin_of(parsed)
    record = assemble_claim(draft, link, origin)
    inside = replace(record, id="cm_inside", evidence=(record.content,))
    outside = replace(record, id="cm_outside", evidence=(Span(0, 6),))
    assert assemble_claim(draft, link, origin, [inside, outside]).about == ("cm_inside",)
