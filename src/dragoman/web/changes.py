"""A card's form read back: the fields that it changes, with their new values."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.store.days import bounds_of
from dragoman.types.record import AttributedTo, Status
from dragoman.types.text import Span
from dragoman.types.when import Granularity, TimeBasis
from dragoman.web.editing import (
    CORES,
    NAMES,
    ROLES,
    SINGLE,
    TEXTS,
    TIMED,
    Ground,
    key_of,
    place_key,
    several,
)
from dragoman.web.forms import Form
from dragoman.web.quoting import find_words

Json = Any
_CODE = re.compile(r"\(([A-Z]{3})(?: ([A-Z]{3}))?\)\s*$")
_LONGEST = 500
_DAY = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[?~%]?", re.ASCII)
_GIVEN = {"confidence": 1.0, "reason": "named by a reviewer"}


def read_changes(form: Form, ground: Ground) -> dict[str, Json]:
    """The fields that the form changes, with their new values; a field that the form does not have stays.

    Raises InputError for a value that its field does not take.
    """
    return dict(
        (
            *_read_core(form, ground),
            *_read_codes(form, ground),
            *_read_names(form, ground),
            *_read_texts(form, ground),
            *_read_roles(form, ground),
            *_read_attribution(form, ground),
            *_read_time(form, ground),
            *_read_places(form, ground),
        )
    )


Changes = Iterator[tuple[str, Json]]


def _read_core(form: Form, ground: Ground) -> Changes:
    if ground.kind in CORES:
        name, title = CORES[ground.kind]
        if form.has(name) and not form.one(name):
            raise InputError(f"{title}: is needed for this {ground.kind}")
        found = _words(form, name, ground, ground.value[name])
        if found is not None and found != _bounds(ground.value[name]):
            yield name, _quoted(found, ground.text)
    if ground.kind == "claim":
        yield from _changed_quote(form, "cue", ground, ground.value["cue"])


def _read_codes(form: Form, ground: Ground) -> Changes:
    if ground.kind != "event":
        return
    value, book = ground.value, ground.book
    category = form.one("category", value["category"])
    if category != value["category"]:
        if book is not None and category not in book.categories:
            raise InputError(f"category {category[:40]!r} is not one of {', '.join(sorted(book.categories))}")
        yield "category", category
    mode = form.one("mode", value["mode"] or "") or None
    if mode is not None and book is not None and mode not in book.modes_of(category):
        if mode != value["mode"]:
            raise InputError(f"mode {mode[:40]!r}: {category} has {', '.join(book.modes_of(category)) or 'none'}")
        mode = None  # the old category's, left standing in the form
    if mode != value["mode"]:
        yield "mode", mode
    yield from _read_cameo(form, ground)
    if form.has("contexts_shown"):
        chosen = [one for one in form.all("contexts") if book is None or one in book.contexts]
        if set(chosen) != set(value["contexts"]):
            yield "contexts", chosen
    for name in ("reciprocal", "counted"):
        given = form.one(name, "yes" if value[name] else "no") == "yes"
        if given != value[name]:
            yield name, given


def _read_cameo(form: Form, ground: Ground) -> Changes:
    given, book = form.one("cameo", ground.value["cameo"]), ground.book
    if not given or given == ground.value["cameo"]:
        return
    if not re.fullmatch(r"\d{2,4}", given, re.ASCII) or (book is not None and given not in book.cameo):
        raise InputError(f"CAMEO code {given[:20]!r}: expected one of the table, two to four digits such as 042")
    yield "cameo", given


def _read_names(form: Form, ground: Ground) -> Changes:
    for name, names in (("status", tuple(Status)), *NAMES[ground.kind].items()):
        now = ground.value[name]
        given = form.one(name, now)
        if given != now:
            if given not in names:
                raise InputError(f"{name} {given[:40]!r} is not one of {', '.join(names)}")
            yield name, given


def _read_texts(form: Form, ground: Ground) -> Changes:
    for name in TEXTS.get(ground.kind, ()):
        now = ground.value[name] or ""
        given = form.one(name, now)[:_LONGEST]
        if given != now:
            if name == "name" and not given:
                raise InputError("name: a project needs one, as the report writes it")
            yield name, given or None
    if ground.kind == "agreement":
        subjects = [one.strip() for one in form.one("subjects", ", ".join(ground.value["subjects"])).split(",")]
        if (kept := [one[:_LONGEST] for one in subjects if one]) != list(ground.value["subjects"]):
            yield "subjects", kept
        if (number := _read_number(form, ground.value["number_stated"])) != ground.value["number_stated"]:
            yield "number_stated", number


def _read_number(form: Form, now: int | None) -> int | None:
    given = form.one("number_stated", "" if now is None else str(now))
    if given and (not given.isascii() or not given.isdigit() or len(given) > 4):
        raise InputError(f"how many {given[:20]!r}: expected a number, or nothing when the report gives none")
    return int(given) if given else None


def _read_roles(form: Form, ground: Ground) -> Changes:
    for name, _ in ROLES[ground.kind]:
        if form.has(f"{name}_shown"):
            found = _read_people(form, name, ground, several(ground.value[name]))
            if [key_of(link) for link in found] != [key_of(link) for link in several(ground.value[name])]:
                yield name, found if name not in SINGLE else (found[0] if found else None)


def _read_people(form: Form, name: str, ground: Ground, now: Sequence[Json]) -> list[Json]:
    """Those who were chosen, in the order of the report but for those that had the role already."""
    keys = [key for key in form.all(name) if key in ground.people]
    mine = {key_of(link): link for link in now}
    found = [mine.get(key, ground.people[key]) for key in sorted(keys, key=lambda key: key not in mine)]
    if added := form.one(f"{name}_added"):
        link = _new_link(added, form.one(f"{name}_added_at"), ground)
        return [link] if name in SINGLE else [*found, link]
    return found


def _new_link(written: str, at: str, ground: Ground) -> Json:
    """An actor that a reviewer names: `Ministry of Health (ARM GOV)`; no knowledge base is asked.

    Without a code, words that the report's other records resolve mean the same actor.
    """
    if len(written) > _LONGEST:
        raise InputError(f"actor: expected at most {_LONGEST} characters, found {len(written)}")
    code = _CODE.search(written)
    words = (written[: code.start()].strip() if code else "") or written
    span = _span_or_none(ground, words, at)
    place = {"start": span.start if span else None, "end": span.end if span else None}
    known = next((one for one in ground.people.values() if words in (one["text"], one["name"])), None)
    if known is not None and code is None:
        return {**known, **place, "text": words}
    blank = dict.fromkeys(("actor", "name", "country", "sector", "kind", "role", "as_of"))
    coded = {"country": code[1] if code else None, "sector": code[2] if code else None}
    # Without an id the words stand for the actor (RECORD.md section 2): a name would claim that it was found.
    return {"text": words, **place, **blank, **coded, **_GIVEN, "candidates": []}


def _span_or_none(ground: Ground, words: str, at: str) -> Span | None:
    try:
        return find_words(ground.text, words, at=at, near=ground.near)
    except InputError:
        return None  # somebody whom the report does not name


def _read_attribution(form: Form, ground: Ground) -> Changes:
    now = ground.value["attribution"]
    by = form.one("said_by", now["by"])
    if by not in tuple(AttributedTo):
        raise InputError(f"according to {by[:40]!r}: expected one of {', '.join(AttributedTo)}")
    if by == AttributedTo.REPORT:
        found: Json = {"by": by, "speaker": None, "cue": None, "extent": None}
    else:
        speaker, cue = now["speaker"], now["cue"]
        if form.has("said_speaker_shown"):
            speaker = next(iter(_read_people(form, "said_speaker", ground, several(speaker))), None)
        for _, changed in _changed_quote(form, "said_cue", ground, cue):
            cue = changed
        found = {**now, "by": by, "speaker": speaker if by == AttributedTo.NAMED else None, "cue": cue}
    if found != now:
        yield "attribution", found


def _read_time(form: Form, ground: Ground) -> Changes:
    if ground.kind not in TIMED or not form.has("time_edtf"):
        return
    now = ground.value["time"]
    edtf = form.one("time_edtf")
    if not edtf:
        if now is not None:
            yield "time", None
        return
    basis = form.one("time_basis", now["basis"] if now else TimeBasis.STATED)
    if basis not in tuple(TimeBasis):
        raise InputError(f"known because {basis[:40]!r}: expected one of {', '.join(TimeBasis)}")
    span = _words(form, "time_words", ground, now)
    kept = (now["edtf"], now["basis"], _bounds(now)) if now else None
    if (edtf, basis, span) != kept:
        yield (
            "time",
            {
                "edtf": edtf,
                "precision": granularity_of(edtf).value,
                "basis": basis,
                "start": span.start if span else None,
                "end": span.end if span else None,
                "text": span.of(ground.text) if span else None,
                "reason": "given by a reviewer",
            },
        )


def granularity_of(edtf: str) -> Granularity:
    """How exactly an EDTF time is given. Raises InputError for one that is none, or that says nothing.

    >>> granularity_of("XXXX-04-15").value
    'day'
    """
    begin, slash, end = edtf.partition("/")
    if slash:
        for part in (begin, end):
            if part not in ("", ".."):
                granularity_of(part)
        if not {begin, end} - {"", ".."}:
            raise _no_time(edtf)
        return Granularity.INTERVAL
    match = _DAY.fullmatch(edtf)
    if match is None:
        raise _no_time(edtf)
    year, month, day = match["year"], match["month"], match["day"]
    if month is None:
        return _granularity_of_year(year, edtf)
    if day is not None:
        _check_day(edtf, year, month, day)
        return Granularity.DAY
    if not (1 <= int(month) <= 12 or 21 <= int(month) <= 24 or 33 <= int(month) <= 36):
        raise _no_time(edtf)
    if year.isdigit() and bounds_of(edtf) is None:
        raise _no_time(edtf)
    return Granularity.MONTH if int(month) <= 12 else Granularity.SEASON if int(month) < 33 else Granularity.QUARTER


def _granularity_of_year(year: str, edtf: str) -> Granularity:
    open_digits = year.count("X")
    if open_digits == 4 or year == "0000":
        raise _no_time(edtf)
    return (Granularity.YEAR, Granularity.DECADE, Granularity.CENTURY)[open_digits]


def _check_day(edtf: str, year: str, month: str, day: str) -> None:
    try:  # an open year may be a leap year
        date(int(year) if year.isdigit() else 2024, int(month), int(day))
    except ValueError as error:
        raise _no_time(edtf) from error


def _no_time(edtf: str) -> InputError:
    return InputError(
        f"when {edtf[:40]!r}: expected a time such as 2024-04-15, 2024-04, 2024, XXXX-04-15 or 2024-04-01/2024-04-15"
    )


def _read_places(form: Form, ground: Ground) -> Changes:
    name = {"event": "place", "project": "places"}.get(ground.kind)
    if name is None or not form.has(f"{name}_shown"):
        return
    now = several(ground.value[name])
    found = [ground.places[key] for key in form.all(name) if key in ground.places]
    if added := form.one(f"{name}_added"):
        place = _new_place(added, form.one(f"{name}_added_at"), ground)
        found = [place] if name == "place" else [*found, place]
    if [place_key(one) for one in found] != [place_key(one) for one in now]:
        yield name, found if name == "places" else (found[0] if found else None)


def _new_place(written: str, at: str, ground: Ground) -> Json:
    """A place in words of the report, with a country where the reviewer gives one; the gazetteer is not asked."""
    code = _CODE.search(written)
    words = (written[: code.start()].strip() if code else "") or written
    span = find_words(ground.text, words, at=at, near=ground.near)
    known = next((one for one in ground.places.values() if words in (one["text"], one["name"])), None)
    place = {"text": span.of(ground.text), "start": span.start, "end": span.end}
    if known is not None and code is None:
        return {**known, **place}
    blank = dict.fromkeys(("name", "admin1", "precision", "geonames", "lat", "lon"))
    return {**blank, **place, "country": code[1] if code else None, "disputed": [], **_GIVEN}


def _words(form: Form, name: str, ground: Ground, now: Json) -> Span | None:
    """The stretch that a field of words names; the one that stands when the form says the same, None for none."""
    given = form.one(name, (now["text"] or "") if now else "")
    if not given:
        return None
    kept = _bounds(now)
    if kept is not None and given.split() == (now["text"] or "").split() and not form.one(f"{name}_at"):
        return kept
    return find_words(ground.text, given, at=form.one(f"{name}_at"), near=kept.start if kept else ground.near)


def _changed_quote(form: Form, name: str, ground: Ground, now: Json) -> Changes:
    found = _words(form, name, ground, now)
    if found != _bounds(now):
        yield name.removeprefix("said_"), None if found is None else _quoted(found, ground.text)


def _bounds(now: Json) -> Span | None:
    return None if now is None or now["start"] is None else Span(int(now["start"]), int(now["end"]))


def _quoted(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def swapped(value: Json) -> dict[str, Json]:
    """Who and to whom exchanged."""
    if value["kind"] != "event":
        raise InputError(f"record {value['id']}: a {value['kind']} has no sides to swap")
    return {"sources": value["targets"], "targets": value["sources"]}
