"""What a reviewer may change on a card, and the changes read back from its form."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.errors import CodebookError, InputError
from dragoman.store import Entry
from dragoman.types.record import Record, Status
from dragoman.web.forms import Form

Json = Any


def _words(written: str) -> tuple[str, ...]:
    return tuple(written.split())


# Fields with a fixed set of names, beside the codebook's, by kind of record.
_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "agreement": {
        "instrument": _words("treaty agreement memorandum joint_statement protocol contract twinning ceasefire other"),
        "agreement_status": _words(
            "proposed under_negotiation announced agreed initialled signed approved ratified in_force suspended "
            "denounced expired"
        ),
    },
    "position": {"stance": ("for", "against", "mixed", "neutral")},
    "claim": {"speaker_kind": ("named", "unnamed", "collective")},
    "project": {"project_status": _words("proposed promoted agreed under_construction operating cancelled")},
    "membership": {
        "level": ("stated", "implied"),
        "membership_status": ("member", "candidate", "suspended", "left"),
    },
}
_TEXTS = {"agreement": ("title", "description"), "project": ("name", "canonical_name")}
ROLES = {
    "event": (("sources", "who"), ("targets", "to whom")),
    "agreement": (("parties", "parties"), ("signatories", "signed by")),
    "position": (("holder", "holder"),),
    "claim": (("speaker", "speaker"),),
    "project": (("proponents", "of whom"),),
    "membership": (("member", "member"), ("organization", "organisation")),
}
_SINGLE = ("holder", "speaker", "member", "organization")
_CODE = re.compile(r"\(([A-Z]{3})(?: ([A-Z]{3}))?\)\s*$")
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A field with a set of names; `now` is its value, `names` hold it too."""

    field: str
    now: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A field of free text."""

    field: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An actor that can be chosen: `key` stands for it in the form."""

    key: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChoice:
    """Who can take a role: actors of the same report, and one more by name."""

    field: str
    title: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Everything that a card's form offers. `numbered` are the categories on the keys 1 to 9."""

    choices: tuple[Choice, ...]
    words: tuple[Words, ...]
    roles: tuple[RoleChoice, ...]
    numbered: tuple[str, ...]


def make_editor(entry: Entry[Record], near: Iterable[Entry[Record]], numbered: tuple[str, ...]) -> Editor:
    """What can be changed on this record; `near` are the other records of its report."""
    value = parse_json(entry.json)
    kind, book = value["kind"], _book(entry.provenance.codebook)
    choices = [_choice("status", value, tuple(Status))]
    if kind == "event":
        categories = tuple(sorted(book.categories)) if book else ()
        modes = book.modes_of(value["category"]) if book else ()
        choices = [_choice("category", value, categories), _choice("mode", value, ("", *modes)), *choices]
    choices += [_choice(field, value, names) for field, names in _NAMES.get(kind, {}).items()]
    people = known_people([value, *(parse_json(one.json) for one in near)])
    return Editor(
        choices=tuple(choices),
        words=tuple(Words(field=field, now=value.get(field) or "") for field in _TEXTS.get(kind, ())),
        roles=tuple(_role(field, title, value, people) for field, title in ROLES.get(kind, ())),
        numbered=tuple(code for code in numbered if kind == "event")[:9],
    )


@lru_cache(maxsize=8)
def _book(name: str) -> Codebook | None:
    try:
        return load_codebook(name.rpartition("-")[0] or name)
    except CodebookError:
        return None


def _choice(field: str, value: Json, names: Iterable[str]) -> Choice:
    now = value.get(field) or ""
    return Choice(field=field, now=now, names=tuple(dict.fromkeys((*names, now))))


def known_people(values: Iterable[Json]) -> dict[str, Json]:
    """Actors of these records by key, the same one once."""
    people: dict[str, Json] = {}
    for value in values:
        for field, _ in ROLES.get(value["kind"], ()):
            for link in _several(value.get(field)):
                people.setdefault(key_of(link), link)
    return people


def _several(found: Json) -> list[Json]:
    return found if isinstance(found, list) else [] if found is None else [found]


def key_of(link: Json) -> str:
    """What stands for an actor in a form: depends on whom it means, or else on its words."""
    meant = [link["actor"], link["name"], link["country"], link["sector"], None if link["actor"] else link["text"]]
    return hashlib.sha256(format_json(meant).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _role(field: str, title: str, value: Json, people: dict[str, Json]) -> RoleChoice:
    chosen = {key_of(link) for link in _several(value.get(field))}
    return RoleChoice(
        field=field,
        title=title,
        people=tuple(Person(key=key, label=label_of(link), chosen=key in chosen) for key, link in people.items()),
    )


def label_of(link: Json) -> str:
    """An actor in few words."""
    code = " ".join(part for part in (link["country"], link["sector"]) if part)
    return f"{link['name'] or link['text']}{f' ({code})' if code else ''}"


def read_changes(form: Form, entry: Entry[Record], near: Iterable[Entry[Record]]) -> dict[str, Json]:
    """The fields that the form changes, with their new values."""
    value = parse_json(entry.json)
    editor = make_editor(entry, near := list(near), ())
    people = known_people([value, *(parse_json(one.json) for one in near)])
    changes: dict[str, Json] = {}
    for choice in editor.choices:
        given = form.one(choice.field, choice.now)
        if given != choice.now:
            changes[choice.field] = given or None
    for words in editor.words:
        given = form.one(words.field, words.now)
        if given != words.now:
            changes[words.field] = given[:_LONGEST] or None
    for role in editor.roles:
        if form.has(f"{role.field}_shown"):
            found = _read_role(form, role, people)
            if found != _several(value.get(role.field)):
                changes[role.field] = found if role.field not in _SINGLE else (found[0] if found else None)
    return changes


def _read_role(form: Form, role: RoleChoice, people: dict[str, Json]) -> list[Json]:
    found = [people[key] for key in form.all(role.field) if key in people]
    added = form.one(f"{role.field}_added")
    if added:
        found.append(_new_link(added))
    return found


def _new_link(written: str) -> Json:
    """An actor that a reviewer names: `Ministry of Health (ARM GOV)`; no knowledge base is asked."""
    if len(written) > _LONGEST:
        raise InputError(f"actor: expected at most {_LONGEST} characters, found {len(written)}")
    code = _CODE.search(written)
    words = (written[: code.start()].strip() if code else "") or written
    blank = dict.fromkeys(("start", "end", "actor", "name", "country", "sector", "kind", "role", "as_of"))
    coded = {"country": code[1] if code else None, "sector": code[2] if code else None}
    # Without an id the words stand for the actor (RECORD.md section 2): a name would claim that it was found.
    return {"text": words, **blank, **coded, "confidence": 1.0, "reason": "named by a reviewer", "candidates": []}


def swapped(entry: Entry[Record]) -> dict[str, Json]:
    """Who and to whom exchanged."""
    value = parse_json(entry.json)
    if value["kind"] != "event":
        raise InputError(f"record {value['id']}: a {value['kind']} has no sides to swap")
    return {"sources": value["targets"], "targets": value["sources"]}
