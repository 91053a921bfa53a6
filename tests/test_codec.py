import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import codec
from dragoman.errors import InputError
from dragoman.types.actor import ActorLink, Candidate
from dragoman.types.record import (
    Agreement,
    AttributedTo,
    Attribution,
    Claim,
    Coding,
    Decision,
    Event,
    Issue,
    Membership,
    Position,
    Project,
    Provenance,
    Record,
    Status,
)
from dragoman.types.text import Document, Furniture, Span
from dragoman.types.where import PlaceLink

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 50), st.integers(0, 20))
DATES = st.dates()

for kind, strategy in {str: WORDS, float: NUMBERS, Span: SPANS, date: DATES}.items():
    st.register_type_strategy(kind, strategy)

CANDIDATES = st.builds(Candidate)
ACTORS = st.builds(
    ActorLink,
    span=st.none() | SPANS,
    actor_id=st.none() | WORDS,
    name=st.none() | WORDS,
    country=st.none() | WORDS,
    sector=st.none() | WORDS,
    kind=st.none() | WORDS,
    role=st.none() | WORDS,
    as_of=st.none() | DATES,
    confidence=NUMBERS,
    reason=WORDS,
    candidates=st.lists(CANDIDATES, max_size=2).map(tuple),
)
PLACES = st.builds(
    PlaceLink,
    name=st.none() | WORDS,
    geonames=st.none() | st.integers(),
    latitude=st.none() | NUMBERS,
    longitude=st.none() | NUMBERS,
    disputed=st.lists(WORDS, max_size=2).map(tuple),
    confidence=NUMBERS,
)
st.register_type_strategy(ActorLink, ACTORS)
st.register_type_strategy(PlaceLink, PLACES)
RECORDS: st.SearchStrategy[Record] = st.one_of(
    st.builds(Event, decisions=st.lists(st.builds(Decision), max_size=2).map(tuple), counted=st.booleans()),
    *(st.builds(kind) for kind in (Agreement, Position, Claim, Project, Membership)),
)
PROVENANCE = Provenance(codebook="plover 2.0", model="small 1", kb="none")
TEXT = "The president of Kazakhstan visited Armenia on April 15. " * 2


@settings(max_examples=100, deadline=None)
@given(RECORDS)
def test_record_comes_back_from_its_json_line(record: Record) -> None:
    line = codec.encode_record(record, text=TEXT, provenance=PROVENANCE)
    assert codec.decode_record(line) == (record, PROVENANCE)


@settings(max_examples=20, deadline=None)
@given(st.lists(RECORDS, max_size=3), st.lists(st.builds(Issue), max_size=2))
def test_coding_comes_back_from_its_json_object(records: list[Record], issues: list[Issue]) -> None:
    document = Document(
        id="d",
        text=TEXT,
        origin="made.txt",
        published=date(2024, 4, 16),
        furniture=(Furniture(span=Span(1, 2), reason="share buttons"),),
        notes=("read as Windows-1252",),
    )
    coding = Coding(document="d", records=tuple(records), issues=tuple(issues), provenance=PROVENANCE)
    decoded = codec.decode_coding(codec.encode_coding(coding, document))
    assert (decoded.document, decoded.coding) == (document, coding)


def made_event() -> Event:
    link = ActorLink(text="The president", span=Span(0, 13), country="KAZ", sector="GOV", confidence=0.9, reason="r")
    return Event(
        id="ev_1",
        document="d",
        sentence=0,
        evidence=(Span(28, 43),),
        trigger=Span(28, 35),
        trigger_text="visited",
        category="CONSULT",
        mode="visit",
        contexts=("diplomatic",),
        cameo="042",
        quad="verbal_cooperation",
        goldstein=1.9,
        plover_score=4.0,
        sources=(link,),
        targets=(),
        reciprocal=False,
        status=Status.ASSERTED,
        attribution=Attribution(by=AttributedTo.REPORT),
        time=None,
        place=None,
        confidence=0.91,
        reason="verb visit",
    )


def event_line() -> str:
    return codec.encode_record(made_event(), text=TEXT, provenance=PROVENANCE)


def test_kind_comes_first_and_keys_keep_their_order() -> None:
    keys = list(json.loads(event_line()))
    assert keys[:5] == ["kind", "id", "document", "sentence", "evidence"]
    assert keys[-8:] == ["status", "attribution", "confidence", "reason", "codebook", "model", "kb", "cluster"]


def test_event_has_the_keys_of_the_contract() -> None:
    value = json.loads(event_line())
    contract = "category mode contexts cameo quad goldstein plover_score reciprocal sources targets trigger time place"
    assert set(contract.split()) <= set(value)
    assert {"text", "start", "end", "actor", "name", "country", "sector", "role", "confidence", "reason"} <= set(
        value["sources"][0]
    )


def test_evidence_quotes_the_document() -> None:
    assert json.loads(event_line())["evidence"] == [{"start": 28, "end": 43, "text": "visited Armenia"}]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not valid JSON at column 2"),
        ('{"kind":"rumour"}', "kind 'rumour' is not one of event, agreement"),
        ('{"kind":"event"}', "key 'id' is missing"),
        ("[1]", "not a dragoman record"),
        ('{"a":NaN}', "NaN is not a JSON value"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 5000, "not valid JSON"),
    ],
)
def test_bad_line_is_refused_with_the_reason(line: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        codec.decode_record(line)


def test_status_of_another_codebook_is_refused() -> None:
    with pytest.raises(InputError, match="'certain' is not a valid Status"):
        codec.decode_record(event_line().replace('"status":"asserted"', '"status":"certain"'))


def test_json_is_written_in_its_own_characters_on_one_line() -> None:
    assert codec.format_json({"text": "Türkiye\n"}) == '{"text":"Türkiye\\n"}'


def test_not_a_number_is_never_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        codec.format_json({"confidence": float("nan")})
