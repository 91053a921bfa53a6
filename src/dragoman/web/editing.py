"""What a person may set on a record: the fields of its form, with what they hold now."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dragoman.codec import format_json, parse_json
from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.errors import CodebookError
from dragoman.store import Entry
from dragoman.types.record import AttributedTo, Record, Status
from dragoman.types.when import TimeBasis
from dragoman.web.forms import Form

Json = Any


def _words(written: str) -> tuple[str, ...]:
    return tuple(written.split())


# Fields with a fixed set of names, beside the codebook's, by kind of record.
NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "event": {},
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
TEXTS = {
    "agreement": ("title", "description"),
    "position": ("strength",),
    "project": ("name", "canonical_name", "sort"),
}
ROLES = {
    "event": (("sources", "who"), ("targets", "to whom")),
    "agreement": (("parties", "parties"), ("signatories", "signed by")),
    "position": (("holder", "holder"),),
    "claim": (("speaker", "speaker"),),
    "project": (("proponents", "of whom"),),
    "membership": (("member", "member"), ("organization", "organisation")),
}
# The words that a record is about: field, and what the form calls it.
CORES = {
    "event": ("trigger", "word that tells it"),
    "position": ("topic", "what it is about"),
    "claim": ("content", "what is said"),
}
SINGLE = ("holder", "speaker", "member", "organization", "said_speaker")
TIMED = ("event", "agreement")
NOBODY, ELSEWHERE = "nobody", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value that a field can take; `group` gathers some under a heading."""

    value: str
    label: str
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form.

    `sort` is choice (one of `options`), several (any of them), people (any, or somebody else by name), person (one of
    them), or text; `taken` is True for words of the report, whose place is `at`. `now` is the value of a text, and for
    people the one who is named besides. `rare` fields stand behind a disclosure.
    """

    name: str
    label: str
    sort: str
    options: tuple[Option, ...] = ()
    now: str = ""
    hint: str = ""
    taken: bool = False
    at: str = ""
    rare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Everything that a card's form offers. `numbered` are the categories on the keys 1 to 9."""

    groups: tuple[Group, ...]
    numbered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a form is laid over: the record's JSON value, its report's text, and who and where the report names.

    `book` is None for a codebook that is not at hand.
    """

    value: Json
    text: str
    people: Mapping[str, Json]
    places: Mapping[str, Json]
    book: Codebook | None

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return str(self.value["kind"])

    @property
    def near(self) -> int:
        """Where the record stands in the text."""
        return int(self.value["evidence"][0]["start"]) if self.value["evidence"] else 0


def lay_ground(value: Json, text: str, near: Iterable[Entry[Record]]) -> Ground:
    """The ground of a record; `near` are the other records of its report."""
    values = [value, *(parse_json(one.json) for one in near)]
    here = int(value["evidence"][0]["start"]) if value["evidence"] else 0
    return Ground(
        value=value,
        text=text,
        people=_nearest(known_people(values), here),
        places=_nearest(known_places(values), here),
        book=_book(value["codebook"]),
    )


def _nearest(found: Mapping[str, Json], here: int) -> dict[str, Json]:
    """Those whose words stand nearest come first; those without words last."""
    order = sorted(found, key=lambda key: abs(found[key]["start"] - here) if found[key]["start"] is not None else 1e9)
    return {key: found[key] for key in order}


@lru_cache(maxsize=8)
def _book(name: str) -> Codebook | None:
    try:
        return load_codebook(name.rpartition("-")[0] or name)
    except CodebookError:
        return None


def known_people(values: Iterable[Json]) -> dict[str, Json]:
    """Actors of these records by key, the same one once."""
    people: dict[str, Json] = {}
    for value in values:
        for field, _ in ROLES.get(value["kind"], ()):
            for link in several(value.get(field)):
                people.setdefault(key_of(link), link)
        for link in several(value["attribution"]["speaker"]):
            people.setdefault(key_of(link), link)
    return people


def known_places(values: Iterable[Json]) -> dict[str, Json]:
    """Places of these records by key, the same one once."""
    places: dict[str, Json] = {}
    for value in values:
        for place in (*several(value.get("place")), *several(value.get("places"))):
            places.setdefault(place_key(place), place)
    return places


def several(found: Json) -> list[Json]:
    """The value of a field as a list, whether it holds several or one or none."""
    return found if isinstance(found, list) else [] if found is None else [found]


def key_of(link: Json) -> str:
    """What stands for an actor in a form: depends on whom it means, or else on its words."""
    meant = [link["actor"], link["name"], link["country"], link["sector"], None if link["actor"] else link["text"]]
    return _short([*meant])


def place_key(place: Json) -> str:
    """What stands for a place in a form."""
    return _short([place["geonames"], place["name"] or place["text"], place["country"]])


def _short(meant: list[Json]) -> str:
    return hashlib.sha256(format_json(meant).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def label_of(link: Json) -> str:
    """An actor or a place in few words."""
    code = " ".join(part for part in (link["country"], link.get("sector")) if part)
    return f"{link['name'] or link['text']}{f' ({code})' if code else ''}"


def make_editor(ground: Ground, numbered: tuple[str, ...] = ()) -> Editor:
    """Every field of the record that can be set."""
    groups = (
        Group(title="what", fields=tuple(_what(ground))),
        Group(title="who", fields=tuple(_who(ground))),
        Group(title="how the report holds it", fields=tuple(_how(ground))),
        Group(title="when and where", fields=tuple(_when_and_where(ground))),
    )
    return Editor(
        groups=tuple(group for group in groups if group.fields),
        numbered=tuple(code for code in numbered if ground.kind == "event")[:9],
    )


def refill(editor: Editor, form: Form) -> Editor:
    """The form as somebody filled it, so that an error loses nothing."""
    return replace(
        editor,
        groups=tuple(
            replace(group, fields=tuple(_refilled(field, form) for field in group.fields)) for group in editor.groups
        ),
    )


def _refilled(field: Field, form: Form) -> Field:
    name = f"{field.name}_added" if field.sort in ("people", "person") else field.name
    given = set(form.all(field.name)) or {""}
    return replace(
        field,
        options=tuple(replace(option, chosen=option.value in given) for option in field.options),
        now=form.one(name),
        at=form.one(f"{name}_at"),
    )


def _what(ground: Ground) -> Iterable[Field]:
    value, kind = ground.value, ground.kind
    if kind in CORES:
        yield _taken(*CORES[kind], value[CORES[kind][0]])
    if kind == "event":
        yield from _codes(ground)
    for name, names in NAMES[kind].items():
        yield _choice(name, value[name], names)
    for name in TEXTS.get(kind, ()):
        yield Field(name=name, label=name.replace("_", " "), sort="text", now=value[name] or "")
    if kind == "agreement":
        subjects = ", ".join(value["subjects"])
        yield Field(name="subjects", label="about", sort="text", now=subjects, hint="subjects with commas between")
        number = "" if value["number_stated"] is None else str(value["number_stated"])
        yield Field(name="number_stated", label="how many the report says", sort="text", now=number, hint="a number")
    if kind == "claim":
        yield _taken("cue", "word that reports it", value["cue"])


def _codes(ground: Ground) -> Iterable[Field]:
    value, book = ground.value, ground.book
    categories = tuple(sorted(book.categories)) if book else ()
    if book is None:
        yield Field(name="category", label="category", sort="text", now=value["category"], hint="of the codebook")
    else:
        yield _choice("category", value["category"], categories if value["category"] else ("", *categories))
    modes = [(code, mode) for code in categories for mode in (book.modes_of(code) if book else ())]
    options = [Option(value="", label="none", chosen=not value["mode"])]
    options += [
        Option(value=mode, label=mode, group=code, chosen=(code, mode) == (value["category"], value["mode"]))
        for code, mode in modes
    ]
    yield Field(name="mode", label="mode", sort="choice", options=tuple(options), hint="one of the category")
    yield Field(
        name="cameo",
        label="CAMEO code",
        sort="text",
        now=value["cameo"],
        hint="follows a new category by itself",
        rare=True,
    )
    contexts = tuple(sorted({*(book.contexts if book else ()), *value["contexts"]}))
    yield Field(
        name="contexts",
        label="contexts",
        sort="several",
        options=tuple(Option(value=one, label=_plain(one), chosen=one in value["contexts"]) for one in contexts),
        rare=True,
    )


def _who(ground: Ground) -> Iterable[Field]:
    for name, title in ROLES[ground.kind]:
        yield _people(name, title, ground.value[name], ground.people)
    if ground.kind == "event":
        yield _choice("reciprocal", _yes(ground.value["reciprocal"]), ("no", "yes"), "done jointly, all of them who")


def _how(ground: Ground) -> Iterable[Field]:
    value = ground.value
    yield _choice("status", value["status"], tuple(Status))
    if ground.kind == "event":
        yield replace(_choice("counted", _yes(value["counted"]), ("no", "yes"), "counted in series"), rare=True)
    said = value["attribution"]
    yield _choice("said_by", said["by"], tuple(AttributedTo), "according to")
    yield replace(_people("said_speaker", "speaker", said["speaker"], ground.people), rare=True)
    yield replace(_taken("said_cue", "word that reports it", said["cue"]), rare=True)


def _when_and_where(ground: Ground) -> Iterable[Field]:
    if ground.kind in TIMED:
        time = ground.value["time"]
        hint = "2024-04-15, 2024-04, XXXX-04-15, 2024-04-01/2024-04-15"
        yield Field(name="time_edtf", label="when", sort="text", now=time["edtf"] if time else "", hint=hint)
        yield replace(_taken("time_words", "words that say when", time), rare=True)
        basis = time["basis"] if time else TimeBasis.STATED
        yield replace(_choice("time_basis", basis, tuple(TimeBasis), "known because"), rare=True)
    if ground.kind in ("event", "project"):
        single = ground.kind == "event"
        now = {place_key(one) for one in several(ground.value["place" if single else "places"])}
        options = [Option(value=ELSEWHERE, label="not stated", chosen=not now)] if single else []
        options += [Option(value=key, label=label_of(place), chosen=key in now) for key, place in ground.places.items()]
        name, sort = ("place", "person") if single else ("places", "people")
        yield Field(name=name, label="where", sort=sort, options=tuple(options), hint="Gyumri (ARM)")


def _choice(name: str, now: str, names: Iterable[str], label: str = "") -> Field:
    values = tuple(dict.fromkeys((*names, now)))
    options = tuple(Option(value=one, label=_plain(one) or "choose", chosen=one == now) for one in values)
    return Field(name=name, label=label or _plain(name), sort="choice", options=options)


def _taken(name: str, label: str, found: Json) -> Field:
    now = (found["text"] or "") if found else ""
    at = f"{found['start']}-{found['end']}" if found and found["start"] is not None else ""
    return Field(name=name, label=label, sort="text", now=now, taken=True, at=at)


def _people(name: str, title: str, found: Json, people: Mapping[str, Json]) -> Field:
    chosen = {key_of(link) for link in several(found)}
    single = name in SINGLE
    options = [Option(value=NOBODY, label=NOBODY, chosen=not chosen)] if single else []
    options += [Option(value=key, label=label_of(link), chosen=key in chosen) for key, link in people.items()]
    return Field(
        name=name,
        label=title,
        sort="person" if single else "people",
        options=tuple(options),
        hint="Ministry of Health (ARM GOV)",
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _plain(name: str) -> str:
    return name.replace("_", " ")
