"""A record's fields as text, so that codings of it can be compared: by people, and by Krippendorff's alpha."""

from typing import Any

from dragoman.review import Told
from dragoman.types.text import Span
from dragoman.web.editing import CORES, ROLES, label_of, several

Json = Any
_PLAIN = ("category", "mode", "status", "agreement_status", "instrument", "stance", "project_status", "level")
_MORE = ("title", "description", "strength", "name", "canonical_name", "sort", "membership_status", "speaker_kind")
NONE, NOBODY = "none", "nobody"


def fields_of(value: Json) -> dict[str, str]:
    """The rated fields of a record's JSON value, as text."""
    rated = {name: str(value[name] or NONE) for name in _PLAIN if name in value}
    for field, _ in ROLES.get(value["kind"], ()):
        rated[field] = ", ".join(sorted(label_of(link) for link in several(value.get(field)))) or NOBODY
    return rated


def all_fields_of(value: Json) -> dict[str, str]:
    """Every field that people compare, as text, by the name that pages print."""
    rated, titles = fields_of(value), dict(ROLES.get(value["kind"], ()))
    said = value["attribution"]
    found = {titles.get(name, name.replace("_", " ")): text for name, text in rated.items()}
    found |= {name.replace("_", " "): str(value[name] or NONE) for name in _MORE if name in value}
    if value["kind"] in CORES:
        name, title = CORES[value["kind"]]
        found[title] = str(value[name]["text"])
    if value["kind"] == "event":
        found |= {"CAMEO code": value["cameo"], "jointly": "yes" if value["reciprocal"] else "no"}
    found["according to"] = label_of(said["speaker"]) if said["speaker"] else said["by"]
    if "time" in value:
        found["when"] = value["time"]["edtf"] if value["time"] else "not stated"
    if "place" in value:
        found["where"] = label_of(value["place"]) if value["place"] else "not stated"
    return found


def told_of(value: Json, *, rejected: bool = False) -> Told:
    """The record as a coding tells it."""
    core = value[CORES[value["kind"]][0]] if value["kind"] in CORES else value["evidence"][0]
    return Told(
        record=value["id"],
        kind=value["kind"],
        place=Span(int(core["start"]), int(core["end"])),
        fields=tuple(all_fields_of(value).items()),
        rejected=rejected,
    )
