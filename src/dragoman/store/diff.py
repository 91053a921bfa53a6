"""What one run says otherwise than another about the same documents, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.codec import parse_json
from dragoman.store.engine import Engine
from dragoman.store.fold import shown
from dragoman.store.runs import RunInfo, find_run
from dragoman.types.record import Origin

Json = Any
_NOT_COMPARED = ("reason", "codebook", "model", "kb", "cluster", "decisions")
# Both runs coded the same kept documents, whatever they were read with.
_OF_READING = {"format", "published", "publisher", "url", "language"}
_CLOSE = 0.05  # confidences nearer than this count as the same


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field with both values as text or JSON, and the reason that the second coding gives."""

    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """One record that was added, withdrawn or changed. `instead` names the record that took its place, if one did."""

    what: str
    id: str
    kind: str
    document: str
    label: str
    quote: str
    why: str
    instead: str | None = None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDiff:
    """The difference of two runs in the documents that both coded; `causes`: versions and settings that differ."""

    before: str
    after: str
    documents: int
    only_before: int
    only_after: int
    same: int
    causes: tuple[str, ...]
    changes: tuple[RecordChange, ...]

    def count(self, what: str) -> int:
        """How many records were `added`, `changed` or `withdrawn`."""
        return sum(change.what == what for change in self.changes)


def compare_runs(engine: Engine, before: str, after: str) -> RunDiff:
    """The difference of two runs. Raises RecordNotFoundError for a run that is not there."""
    old, new = find_run(engine, before), find_run(engine, after)
    shared = _documents(engine, old.key, new.key)
    causes = tuple(_causes(old, new))
    changes: list[RecordChange] = []
    same = 0
    for document, id in shared:
        was, now = _records(engine, old.key, document), _records(engine, new.key, document)
        found = list(_compare(id, was, now, causes))
        changes += found
        same += len(was.keys() & now.keys()) - sum(change.what == "changed" for change in found)
    return RunDiff(
        before=old.id,
        after=new.id,
        documents=len(shared),
        only_before=old.documents - len(shared),
        only_after=new.documents - len(shared),
        same=same,
        causes=causes,
        changes=tuple(changes),
    )


def _documents(engine: Engine, old: int, new: int) -> list[tuple[int, str]]:
    rows = engine.read(
        "SELECT o.key, o.id FROM document o JOIN coding a ON a.document = o.key AND a.run = ?"
        " JOIN coding b ON b.document = o.key AND b.run = ? ORDER BY o.key",
        (old, new),
    )
    return [(int(key or 0), str(id)) for key, id in rows]


def _records(engine: Engine, run: int, document: int) -> dict[str, Json]:
    rows = engine.read(
        "SELECT b.id, b.body FROM record b JOIN coding c ON c.key = b.coding WHERE c.run = ? AND c.document = ?"
        " ORDER BY b.key",
        (run, document),
    )
    found = {str(id): parse_json(str(body)) for id, body in rows}
    # What people added is no work of a run.
    return {id: value for id, value in found.items() if value.get("origin") != Origin.PERSON}


def _causes(old: RunInfo, new: RunInfo) -> Iterator[str]:
    one, other = old.manifest.provenance, new.manifest.provenance
    for name in ("codebook", "model", "kb"):
        if getattr(one, name) != getattr(other, name):
            yield f"{name} {getattr(one, name)} → {getattr(other, name)}"
    was, now = dict(old.manifest.settings), dict(new.manifest.settings)
    for name in sorted((was.keys() | now.keys()) - _OF_READING):
        if was.get(name) != now.get(name):
            yield f"setting {name} {was.get(name, 'not set')} → {now.get(name, 'not set')}"
    if old.manifest.dragoman != new.manifest.dragoman:
        yield f"dragoman {old.manifest.dragoman} → {new.manifest.dragoman}"


def _compare(
    document: str, was: Mapping[str, Json], now: Mapping[str, Json], causes: tuple[str, ...]
) -> Iterator[RecordChange]:
    because = "; ".join(causes) or "no version or setting differs"
    gone = {id: value for id, value in was.items() if id not in now}
    come = {id: value for id, value in now.items() if id not in was}
    for value in gone.values():
        other = _instead(value, come)
        why = f"now read as {_label(other)}: {other['reason']}" if other else f"no longer found by {because}"
        yield _change("withdrawn", value, document, why, instead=other)
    for value in come.values():
        other = _instead(value, gone)
        why = f"{value['reason']} (before: {_label(other)})" if other else f"{value['reason']} ({because})"
        yield _change("added", value, document, why, instead=other)
    for id in was.keys() & now.keys():
        if fields := tuple(_fields(was[id], now[id])):
            yield _change("changed", now[id], document, because, fields=fields)


def _change(
    what: str, value: Json, document: str, why: str, *, instead: Json = None, fields: tuple[FieldChange, ...] = ()
) -> RecordChange:
    return RecordChange(
        what=what,
        id=value["id"],
        kind=value["kind"],
        document=document,
        label=_label(value),
        quote=" … ".join(" ".join(span["text"].split()) for span in value["evidence"]),
        why=why,
        instead=instead["id"] if instead else None,
        fields=fields,
    )


def _instead(value: Json, others: Mapping[str, Json]) -> Json | None:
    """The record of the same kind that rests on the same words."""
    for other in others.values():
        if other["kind"] == value["kind"] and _core(other) == _core(value):
            return other
    return None


def _core(value: Json) -> tuple[int, int]:
    spans = [value[key] for key in ("trigger", "topic", "content") if value.get(key)] or value["evidence"]
    return min(span["start"] for span in spans), max(span["end"] for span in spans)


def _label(value: Json) -> str:
    label = value.get("category") or value.get("instrument") or value.get("stance") or value["kind"]
    mode = value.get("mode") or value.get("agreement_status")
    return f"{label} {mode}" if mode else str(label)


def _fields(was: Json, now: Json) -> Iterator[FieldChange]:
    reasons = {decision["field"]: decision["reason"] for decision in now.get("decisions", ())}
    for field in now:
        if field in _NOT_COMPARED or was.get(field) == now[field] or field not in was:
            continue
        if field == "confidence" and abs(was[field] - now[field]) < _CLOSE:
            continue
        before, after = _brief(was, field), _brief(now, field)
        if before != after:
            yield FieldChange(
                field=field, before=before, after=after, reason=reasons.get(field.rstrip("s"), now["reason"])
            )


def _brief(value: Json, field: str) -> str:
    """Participants by their names: a candidate's score that moved is no change of the record."""
    found = value[field]
    if isinstance(found, list) and found and isinstance(found[0], dict) and "actor" in found[0]:
        return "; ".join(_party(link) for link in found)
    if isinstance(found, dict) and "actor" in found:
        return _party(found)
    if isinstance(found, dict) and ("edtf" in found or "geonames" in found):
        return str(found.get("edtf") or f"{found.get('name') or found['text']} ({found.get('country') or '?'})")
    return shown(value, field)


def _party(link: Json) -> str:
    code = " ".join(part for part in (link["country"], link["sector"]) if part)
    return f"{link['name'] or link['text']}" + (f" ({code})" if code else "")
