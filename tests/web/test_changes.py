"""Every field of a record can be set, and takes nothing that does not fit it."""

from typing import Any

import pytest

from dragoman.codec import parse_json
from dragoman.errors import InputError
from dragoman.store import Store
from dragoman.store.fold import CORRECTABLE
from dragoman.web.changes import granularity_of, read_changes, swapped
from dragoman.web.editing import Ground, Option, lay_ground, make_editor
from dragoman.web.forms import Form
from make_web import VISIT, event_of


@pytest.fixture
def ground(store: Store) -> Ground:
    """The visit of the first report."""
    entry = store.entry(event_of(store))
    others = [one for one in store.records(document="d1").entries() if one.key != entry.key]
    return lay_ground(parse_json(entry.json), VISIT, others)


def changed(ground: Ground, **fields: str) -> dict[str, Any]:
    return read_changes(Form(fields=tuple(fields.items())), ground)


def key_of(ground: Ground, name: str, among: str = "people") -> str:
    return next(key for key, one in getattr(ground, among).items() if one["name"] == name)


def test_form_as_it_was_shown_changes_nothing(ground: Ground) -> None:
    fields = [("time_words_at", "")]
    for one in (field for group in make_editor(ground).groups for field in group.fields):
        chosen = [option.value for option in one.options if option.chosen]
        fields += [(one.name, value) for value in (chosen if one.options else [one.now])]
        fields += [(f"{one.name}_shown", "1"), (f"{one.name}_added", "")]
    assert read_changes(Form(fields=tuple(fields)), ground) == {}


def test_every_field_that_a_verdict_can_correct_has_a_place_in_the_form(store: Store) -> None:
    for kind in ("event", "agreement", "claim"):
        entry = next(iter(store.records(kind=kind).entries()))
        value = parse_json(entry.json)
        names = {
            field.name
            for group in make_editor(lay_ground(value, store.document(entry.document).text, [])).groups
            for field in group.fields
        }
        renamed = {"attribution": "said_by", "time": "time_edtf"}
        assert {renamed.get(name, name) for name in CORRECTABLE & set(value)} <= names


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"category": "THREATEN"}, {"category": "THREATEN", "mode": None}),
        ({"category": "COERCE", "mode": "arrest"}, {"category": "COERCE", "mode": "arrest"}),
        ({"mode": "phone"}, {"mode": "phone"}),
        ({"mode": ""}, {"mode": None}),
        ({"cameo": "043"}, {"cameo": "043"}),
        ({"cameo": ""}, {}),
        ({"status": "planned"}, {"status": "planned"}),
        ({"reciprocal": "yes"}, {"reciprocal": True}),
        ({"counted": "no"}, {"counted": False}),
        ({"contexts_shown": "1", "contexts": "military"}, {"contexts": ["military"]}),
        ({"trigger": "visited  Armenia"}, {"trigger": {"start": 6, "end": 21, "text": "visited Armenia"}}),
        ({"time_edtf": ""}, {"time": None}),
        ({"place_shown": "1", "place": "none"}, {"place": None}),
        ({"targets_shown": "1"}, {"targets": []}),
        (
            {"said_by": "unnamed", "said_cue": "threatened"},
            {
                "attribution": {
                    "by": "unnamed",
                    "speaker": None,
                    "cue": {"start": 42, "end": 52, "text": "threatened"},
                    "extent": None,
                }
            },
        ),
    ],
)
def test_field_is_set(ground: Ground, fields: dict[str, str], expected: dict[str, Any]) -> None:
    assert changed(ground, **fields) == expected


def test_time_is_read_with_its_words_and_how_exactly_it_is_known(ground: Ground) -> None:
    time = changed(ground, time_edtf="2024-04", time_words="2024-04-20", time_basis="relative")["time"]
    assert (time["edtf"], time["precision"], time["basis"]) == ("2024-04", "month", "relative")
    assert VISIT[time["start"] : time["end"]] == time["text"] == "2024-04-20"


def test_speaker_is_named(ground: Ground) -> None:
    sona = key_of(ground, "Sona Martirosyan")
    said = changed(ground, said_by="named", said_speaker=sona, said_speaker_shown="1")["attribution"]
    assert said["speaker"]["name"] == "Sona Martirosyan"
    other = changed(ground, said_by="named", said_speaker_shown="1", said_speaker_added="Leave (ARM MED)")
    assert (other["attribution"]["speaker"]["text"], other["attribution"]["speaker"]["sector"]) == ("Leave", "MED")


def test_place_is_known_from_the_report_or_in_its_words(ground: Ground) -> None:
    place = changed(ground, place_shown="1", place_added="Georgia (GEO)")["place"]
    assert (place["text"], place["country"], VISIT[place["start"] : place["end"]]) == ("Georgia", "GEO", "Georgia")
    with pytest.raises(InputError, match="does not say this"):
        changed(ground, place_shown="1", place_added="Atlantis")


def test_words_of_somebody_whom_another_record_resolves_mean_the_same(ground: Ground) -> None:
    (link,) = changed(ground, targets_shown="1", targets_added="Georgia")["targets"]
    assert (link["actor"], link["start"]) == ("Q9230", VISIT.index("Georgia"))


def test_somebody_new_is_named_with_a_code(ground: Ground) -> None:
    (_, link) = changed(
        ground, targets_shown="1", targets=key_of(ground, "Armenia"), targets_added="Ministry of Roads (ARM GOV)"
    )["targets"]
    assert (link["text"], link["country"], link["sector"], link["start"]) == ("Ministry of Roads", "ARM", "GOV", None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"category": "NONSENSE"}, "is not one of"),
        ({"mode": "arrest"}, "CONSULT has"),
        ({"cameo": "999"}, "one of the table"),
        ({"status": "true"}, "is not one of"),
        ({"said_by": "me"}, "expected one of"),
        ({"time_edtf": "yesterday"}, "expected a time"),
        ({"time_edtf": "2024", "time_basis": "felt"}, "expected one of"),
        ({"trigger": "sang"}, "does not say this"),
        ({"sources_shown": "1", "sources_added": "x" * 600}, "at most 500"),
    ],
)
def test_value_that_does_not_fit_is_refused(ground: Ground, fields: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        changed(ground, **fields)


@pytest.mark.parametrize(
    ("edtf", "precision"),
    [
        *[("2024-04-15", "day"), ("XXXX-04-15", "day"), ("XXXX-02-29", "day"), ("2024-04", "month"), ("2024", "year")],
        *[("2024-22", "season"), ("2024-34", "quarter"), ("199X", "decade"), ("19XX", "century"), ("2024?", "year")],
        *[("2024-04-01/2024-05", "interval"), ("1994/..", "interval")],
    ],
)
def test_granularity_of_a_time(edtf: str, precision: str) -> None:
    assert granularity_of(edtf).value == precision


@pytest.mark.parametrize(
    "edtf", ["", "../..", "/", "2024-13", "2024-02-30", "0000", "XXXX", "24-04-15", "2024-04-15T10"]
)
def test_time_that_is_none_is_refused(edtf: str) -> None:
    with pytest.raises(InputError, match="expected a time"):
        granularity_of(edtf)


def test_fields_of_other_kinds_are_set(store: Store) -> None:
    entry = next(iter(store.agreements().entries()))
    ground = lay_ground(parse_json(entry.json), store.document(entry.document).text, [])
    made = changed(ground, title="Trade pact", subjects="trade, roads", number_stated="2", agreement_status="signed")
    assert made == {
        "title": "Trade pact",
        "subjects": ["trade", "roads"],
        "number_stated": 2,
        "agreement_status": "signed",
    }
    with pytest.raises(InputError, match="how many"):
        changed(ground, number_stated="many")
    entry = next(iter(store.claims().entries()))
    ground = lay_ground(parse_json(entry.json), store.document(entry.document).text, [])
    made = changed(
        ground, content="Arman perhaps visited Georgia", cue="claimed that", speaker="nobody", speaker_shown="1"
    )
    assert (made["content"]["text"], made["cue"]["text"], made["speaker"]) == (
        "Arman perhaps visited Georgia",
        "claimed that",
        None,
    )


def test_only_events_have_sides(store: Store) -> None:
    with pytest.raises(InputError, match="no sides"):
        swapped(parse_json(next(iter(store.claims().entries())).json))


def test_options_say_what_stands_now(ground: Ground) -> None:
    fields = {field.name: field for group in make_editor(ground).groups for field in group.fields}
    assert Option(value="visit", label="visit", chosen=True, group="CONSULT") in fields["mode"].options
    assert [one.label for one in fields["targets"].options if one.chosen] == ["Armenia (ARM)"]
    assert (fields["trigger"].now, fields["trigger"].at) == ("visited", "6-13")
