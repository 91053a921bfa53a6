import pytest

from dragoman.coding.projects import ProjectDraft, assemble_project, find_projects
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Status
from make_records import PLOVER, link_in, origin_of, read, words

PROPOSED = """
The the DET DT 3 det
proposed propose VERB VBN 3 amod
construction construction NOUN NN 9 nsubj
of of ADP IN 7 case
a a DET DT 7 det
continental continental ADJ JJ 7 amod
road road NOUN NN 3 nmod
nears near VERB VBZ 9 dep
pleases please VERB VBZ 0 root
Chad Chad PROPN NNP 9 obj Location
"""
NAMED = """
Wekesa Wekesa PROPN NNP 2 nsubj Person
praised praise VERB VBD 0 root
the the DET DT 8 det
" " PUNCT `` 5 punct
Bridge bridge PROPN NNP 8 compound
Ahead Ahead PROPN NNP 5 flat
" " PUNCT '' 5 punct
project project NOUN NN 2 obj
"""
SHELLED = """
Rebels rebel NOUN NNS 2 nsubj
shelled shell VERB VBD 0 root
a a DET DT 5 det
new new ADJ JJ 5 amod
bridge bridge NOUN NN 2 obj
"""
ROADS = """
Chad Chad PROPN NNP 2 nsubj Location
built build VERB VBD 0 root
roads road NOUN NNS 2 obj
"""
BUILDING = """
Chad Chad PROPN NNP 3 nsubj Location
is be AUX VBZ 3 aux
building build VERB VBG 0 root
a a DET DT 6 det
new new ADJ JJ 6 amod
railway railway NOUN NN 3 obj
"""
# Ministers opened a pumping station.
OPENED = """
Ministers minister NOUN NNS 2 nsubj
opened open VERB VBD 0 root
a a DET DT 5 det
pumping pumping NOUN NN 5 compound
station station NOUN NN 2 obj
. . PUNCT . 2 punct
"""
# The presidents of Chad and Mali agreed on a road link.
HANDS = """
The the DET DT 2 det
presidents president NOUN NNS 7 nsubj
of of ADP IN 4 case
Chad Chad PROPN NNP 2 nmod Location
and and CCONJ CC 6 cc
Mali Mali PROPN NNP 4 conj Location
agreed agree VERB VBD 0 root
on on ADP IN 11 case
a a DET DT 11 det
road road NOUN NN 11 compound
link link NOUN NN 7 obl
. . PUNCT . 7 punct
"""
# The new line, promoted by Mali, will shorten the trip.
PROMOTED = """
The the DET DT 3 det
new new ADJ JJ 3 amod
line line NOUN NN 10 nsubj
, , PUNCT , 5 punct
promoted promote VERB VBN 3 acl
by by ADP IN 7 case
Mali Mali PROPN NNP 5 obl:agent Location
, , PUNCT , 3 punct
will will AUX MD 10 aux
shorten shorten VERB VB 0 root
the the DET DT 12 det
trip trip NOUN NN 10 obj
. . PUNCT . 10 punct
"""


def find(text: str) -> tuple[ParsedDocument, tuple[ProjectDraft, ...]]:
    parsed = read(text)
    return parsed, find_projects(parsed, (), PLOVER)


@pytest.mark.parametrize(
    ("text", "name", "status", "sort"),
    [
        (PROPOSED, "continental road", "proposed", "transport"),
        (NAMED, "Bridge Ahead", "promoted", None),
        (BUILDING, "new railway", "under_construction", "transport"),
    ],
)
def test_name_status_and_sort(text: str, name: str, status: str, sort: str | None):
    parsed, drafts = find(text)
    found = [draft for draft in drafts if words(parsed, draft.name) == name]
    assert [(draft.project_status, draft.sort) for draft in found] == [(status, sort)]


@pytest.mark.parametrize("text", [SHELLED, ROADS])
def test_no_project(text: str):
    assert find(text)[1] == ()


def test_proponent_is_who_promotes_it_and_the_name_stays_as_written():
    parsed, drafts = find(NAMED)
    record = assemble_project(drafts[-1], link_in(parsed), origin_of(parsed))
    assert [link.text for link in record.proponents] == ["Wekesa"]
    assert (record.name, record.canonical_name) == ("Bridge Ahead", None)


def test_a_proposal_is_held_as_proposed():
    assert find(PROPOSED)[1][0].ground.status is Status.PROPOSED


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [(OPENED, "pumping station", "operating"), (HANDS, "road link", "agreed"), (PROMOTED, "new line", "promoted")],
)
def test_what_somebody_opens_agrees_on_or_promotes_is_a_project(text: str, name: str, status: str):
    parsed, (draft,) = find(text)
    assert (words(parsed, draft.name), draft.project_status) == (name, status)
