"""A record that a person adds: the empty form over selected words, and the record that a filled one gives."""

from collections.abc import Iterable
from typing import Any

from dragoman.codec import decode_record, format_json
from dragoman.coding.ids import record_id
from dragoman.errors import InputError
from dragoman.store.derived import Follower
from dragoman.types.record import AttributedTo, Origin, Provenance, Status
from dragoman.types.text import Document, Span, cover
from dragoman.web.changes import read_changes
from dragoman.web.editing import CORES, NAMES, ROLES, SINGLE, Ground, key_of, several
from dragoman.web.forms import Form
from dragoman.web.quoting import sentence_at

Json = Any
REASON = "added by a reviewer"
_PREFIXES = {"event": "ev", "agreement": "ag", "position": "po", "claim": "cm", "project": "pr", "membership": "me"}
_TRIGGER_WORDS = 4  # more than these are a clause that shows an event, not the word that tells it
# What a record of the kind cannot do without.
_NEEDED = {
    "event": ("category", "trigger"),
    "position": ("holder", "topic"),
    "claim": ("content",),
    "project": ("name",),
    "membership": ("member", "organization"),
}


def blank_value(kind: str, document: Document, by: Provenance, selected: Span | None) -> Json:
    """A record of the kind in which nothing is filled but what the selected words give.

    Raises InputError for a kind that is none.
    """
    if kind not in NAMES:
        raise InputError(f"kind {kind[:40]!r} is not one of {', '.join(NAMES)}")
    words = _quoted(selected, document.text)
    return {
        "kind": kind,
        "id": "",
        "document": document.id,
        "sentence": sentence_at(document.text, selected.start)[0] if selected else 0,
        "evidence": [words] if words else [],
        **_OWN[kind](words),
        **{name: None if name in SINGLE else [] for name, _ in ROLES[kind]},
        **{name: names[0] for name, names in NAMES[kind].items()},
        "status": Status.ASSERTED.value,
        "attribution": {"by": AttributedTo.REPORT.value, "speaker": None, "cue": None, "extent": None},
        "confidence": 1.0,
        "reason": REASON,
        "codebook": by.codebook,
        "model": by.model,
        "kb": by.kb,
        "cluster": None,
        "origin": Origin.PERSON.value,
    }


def _event(words: Json) -> Json:
    short = words if words and len(words["text"].split()) <= _TRIGGER_WORDS else None
    codes: Json = {"category": "", "mode": None, "contexts": [], "cameo": "", "quad": "", "goldstein": None}
    more: Json = {"reciprocal": False, "time": None, "place": None, "counted": True, "decisions": []}
    return {"trigger": short, **codes, "plover_score": None, **more}


def _agreement(words: Json) -> Json:
    named = {"title": None, "description": words["text"] if words else None}
    return {**named, "subjects": [], "time": None, "number_stated": None, "may_overlap": []}


def _position(words: Json) -> Json:
    return {"topic": words, "strength": None}


def _claim(words: Json) -> Json:
    return {"cue": None, "content": words, "about": []}


def _project(words: Json) -> Json:
    return {"name": words["text"] if words else None, "canonical_name": None, "sort": None, "places": []}


def _membership(words: Json) -> Json:
    return {}


_OWN = {
    "event": _event,
    "agreement": _agreement,
    "position": _position,
    "claim": _claim,
    "project": _project,
    "membership": _membership,
}


def make_addition(form: Form, ground: Ground, follower: Follower) -> Json:
    """The record that the form gives over an empty ground, as JSON value.

    Raises InputError when something is missing without which it says nothing, or does not fit.
    """
    changes = read_changes(form, ground)
    value = {**ground.value, **changes}
    for name in _NEEDED.get(ground.kind, ()):
        if not value[name]:
            raise InputError(f"{_name_of(ground.kind, name)}: is needed for this {ground.kind}")
    if ground.kind == "agreement" and not (value["title"] or value["description"]):
        raise InputError("title or description: one of them is needed for this agreement")
    value = _follow(value, ground, follower, frozenset(changes))
    core = value[CORES[ground.kind][0]] if ground.kind in CORES else value["evidence"][0] if value["evidence"] else None
    if core is None:
        raise InputError("words: select those that show the record")
    place = Span(core["start"], core["end"])
    value["sentence"], sentence = sentence_at(ground.text, place.start)
    value["evidence"] = [_quoted(_evidence(value, place, sentence), ground.text)]
    value["id"] = _id_of(value, place, ground)
    decode_record(format_json(value))
    return value


def _follow(value: Json, ground: Ground, follower: Follower, changed: frozenset[str]) -> Json:
    """The record with what the codebook makes of its category: codes and scores, contexts, a done promise a pledge."""
    if ground.kind != "event" or ground.book is None:
        return follower.follow(value, changed=changed)
    category = ground.book.categories[value["category"]]
    if category.status is not None and value["status"] == Status.ASSERTED:
        value = {**value, "status": category.status}
    value = follower.follow(value, changed=changed)
    return value if value["contexts"] else {**value, "contexts": list(ground.book.contexts_of_cameo(value["cameo"]))}


def _name_of(kind: str, field: str) -> str:
    cores = (CORES[kind],) if kind in CORES else ()
    names: dict[str, str] = dict((*ROLES[kind], *cores))
    return names.get(field, field)


def _evidence(value: Json, core: Span, sentence: Span) -> Span:
    """The shortest stretch of the sentence with what was selected, the core, and those who take part."""
    spans = [core, *(_span(one) for one in value["evidence"])]
    named: Iterable[Json] = (
        one for name, _ in ROLES[value["kind"]] for one in several(value[name]) if one["start"] is not None
    )
    timed = [one for one in (value.get("time"), value.get("place")) if one and one["start"] is not None]
    spans += [span for one in (*named, *timed) if sentence.contains(span := _span(one))]
    return cover(*spans)


def _id_of(value: Json, core: Span, ground: Ground) -> str:
    """The id that the coder would give an event at these words, so that it meets the one that a later coder finds."""
    kind, book = ground.kind, value["codebook"].rpartition("-")[0] or value["codebook"]
    parts: tuple[object, ...] = (value["document"], kind, book, core.start, core.end)
    more = (value["category"],) if kind == "event" else ("person", *_roles(value))
    return record_id(_PREFIXES[kind], *parts, *more)


def _roles(value: Json) -> Iterable[str]:
    return (key_of(one) for name, _ in ROLES[value["kind"]] for one in several(value[name]))


def _span(found: Json) -> Span:
    return Span(int(found["start"]), int(found["end"]))


def _quoted(span: Span | None, text: str) -> Json:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.of(text)}
