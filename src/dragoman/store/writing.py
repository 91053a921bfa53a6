"""Writing into the append-only core, with the projections of the same rows in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dragoman._codec_out import document_json, issue_json, provenance_json, record_json
from dragoman.codec import format_json, hash_text, parse_json
from dragoman.errors import InputError
from dragoman.pipeline import Coded
from dragoman.store.derived import Follower
from dragoman.store.engine import Transaction, Value
from dragoman.store.fold import fold
from dragoman.store.rows import ENTRY_COLUMNS, Party, Sketch, Where, project, sketch
from dragoman.store.search import index_actors, index_documents
from dragoman.store.verdicts import additions_to, verdicts_on
from dragoman.types.review import Verdict

Json = Any
_PRONOUNS = "he him his she her hers it its they them their theirs who whom whose which that i we us"
_NO_NAMES = frozenset(_PRONOUNS.split())
_PLACES = 400  # values in one IN (…); well under every database's limit


class Added(StrEnum):
    """What became of a coded document that was given to the store."""

    NEW = "new"
    RECODED = "recoded"
    THERE = "there"
    CLASH = "clash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A coded document, ready to be stored: bodies as JSON text with their sketches, and the hash of the text.

    All that can be worked out without the database is worked out here, before the write lock is taken. The last `added`
    of the bodies are not the coder's: people added them to an earlier coding.
    """

    document: Json
    bodies: tuple[str, ...]
    sketches: tuple[Sketch, ...]
    issues: Json
    provenance: Json
    text_hash: str
    added: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document, and how many records it gave."""

    document: str
    added: Added
    records: int


@dataclass(slots=True, kw_only=True)
class Keys:
    """The next free key of each table; taken under the write lock, so nobody else takes the same."""

    document: int
    coding: int
    record: int
    actor_name: int

    @classmethod
    def take(cls, writing: Transaction) -> "Keys":
        """The keys after the largest ones in use."""
        found = {name: _largest(writing, name) + 1 for name in ("document", "coding", "record", "actor_name")}
        return cls(**found)


def _largest(writing: Transaction, table: str) -> int:
    return int(writing.read(f"SELECT coalesce(max(key), 0) FROM {table}")[0][0] or 0)


def pack(coded: Coded) -> Parcel:
    """A coded document, ready to be stored."""
    document, coding = coded.document, coded.coding
    return _parcel(
        document_json(document),
        [record_json(record, document.text, coding.provenance) for record in coding.records],
        [issue_json(issue, document.text) for issue in coding.issues],
        provenance_json(coding.provenance),
    )


def unpack_line(line: str) -> Parcel:
    """A parcel from one line as `codec.encode_coding` writes it. Raises InputError naming what is wrong."""
    value = parse_json(line)
    try:
        return _parcel(value["document"], value["records"], value["issues"], value["provenance"])
    except KeyError as error:
        raise InputError(f"not a coded document: key {error} is missing") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise InputError(f"not a coded document: {error}") from error


def _parcel(document: Json, records: Iterable[Json], issues: Json, provenance: Json) -> Parcel:
    unique = _unique(records)
    return Parcel(
        document=document,
        bodies=tuple(map(format_json, unique)),
        sketches=tuple(map(sketch, unique)),
        issues=issues,
        provenance=provenance,
        text_hash=hash_text(document["text"]),
    )


def _with_additions(parcel: Parcel, added: Mapping[str, str]) -> Parcel:
    """The parcel with the records that people added, but for those that the coder finds by now."""
    found = {drawn.id for drawn in parcel.sketches}
    more = [body for id, body in added.items() if id not in found]
    return replace(
        parcel,
        bodies=(*parcel.bodies, *more),
        sketches=(*parcel.sketches, *(sketch(parse_json(body)) for body in more)),
        added=len(more),
    )


@dataclass(slots=True)
class Rows:
    """Rows gathered for one transaction, written table by table."""

    documents: list[tuple[Value, ...]]
    codings: list[tuple[Value, ...]]
    records: list[tuple[Value, ...]]
    searched: list[tuple[int, str | None, str]]
    entries: list[tuple[Value, ...]]
    corrected: list[tuple[Value, ...]]
    involved: list[tuple[Value, ...]]
    dyads: list[tuple[Value, ...]]
    names: dict[tuple[str, str], tuple[int, str, str, int]]

    @classmethod
    def none(cls) -> "Rows":
        """No rows yet."""
        return cls([], [], [], [], [], [], [], [], {})


class Committer:
    """Adds parcels, a batch a transaction. One for each run; knows which actor names it has already written."""

    def __init__(self, dialect: str, run: int, follower: Follower) -> None:
        self._dialect = dialect
        self._run = run
        self._follower = follower
        self._named: set[tuple[str, str]] = set()

    def add(self, writing: Transaction, parcels: Sequence[Parcel], *, recode: bool) -> list[Outcome]:
        """Writes what is new; one outcome for each parcel, in order.

        A document that is there with the same versions is left as it is unless `recode`; one that is there with other
        text is a clash and is not written.
        """
        keys, rows = Keys.take(writing), Rows.none()
        known = _known_documents(writing, [parcel.document["id"] for parcel in parcels])
        added = additions_to(writing.read, list(known))
        parcels = [_with_additions(parcel, added.get(parcel.document["id"], {})) for parcel in parcels]
        outcomes = [self._take(writing, parcel, keys, rows, known, recode=recode) for parcel in parcels]
        self._write(writing, rows, keys)
        return outcomes

    def _take(
        self,
        writing: Transaction,
        parcel: Parcel,
        keys: Keys,
        rows: Rows,
        known: dict[str, tuple[int, str]],
        *,
        recode: bool,
    ) -> Outcome:
        document = str(parcel.document["id"])
        there = known.get(document)
        if there is not None and there[1] != parcel.text_hash:
            return Outcome(document=document, added=Added.CLASH, records=0)
        if there is not None and self._is_coded(writing, there[0], parcel.provenance, rows, recode=recode):
            return Outcome(document=document, added=Added.THERE, records=0)
        key = there[0] if there else keys.document
        if there is None:
            self._take_document(parcel, key, rows)
            known[document] = (key, parcel.text_hash)
            keys.document += 1
        records = self._take_records(writing, parcel, key, keys, rows, judged=there is not None)
        added = Added.NEW if there is None else Added.RECODED
        return Outcome(document=document, added=added, records=records)

    def _is_coded(self, writing: Transaction, document: int, by: Json, rows: Rows, *, recode: bool) -> bool:
        """By this run, or by the same versions when the same need not be done again."""
        if any(row[1] == document for row in rows.codings):
            return True
        clause = "run = ?" if recode else "(run = ? OR (codebook = ? AND model = ? AND kb = ?))"
        values = () if recode else (by["codebook"], by["model"], by["kb"])
        found = writing.read(f"SELECT 1 FROM coding WHERE document = ? AND {clause}", (document, self._run, *values))
        return bool(found)

    def _take_document(self, parcel: Parcel, key: int, rows: Rows) -> None:
        found = parcel.document
        rows.documents.append(
            (
                *(key, found["id"], parcel.text_hash, self._run, found["origin"], found["title"], found["published"]),
                *(found["publisher"], found["url"], found["language"], format_json(found["furniture"])),
                *(format_json(found["notes"]), found["text"]),
            )
        )
        rows.searched.append((key, found["title"], found["text"]))

    def _take_records(
        self, writing: Transaction, parcel: Parcel, document: int, keys: Keys, rows: Rows, *, judged: bool
    ) -> int:
        coding, by = keys.coding, parcel.provenance
        keys.coding += 1
        size = len(parcel.bodies) - parcel.added
        rows.codings.append(
            (coding, document, self._run, by["codebook"], by["model"], by["kb"], format_json(parcel.issues), size)
        )
        for body, drawn in zip(parcel.bodies, parcel.sketches, strict=True):
            where = Where(
                record=keys.record,
                coding=coding,
                run=self._run,
                document=document,
                published=parcel.document["published"],
            )
            keys.record += 1
            rows.records.append((where.record, coding, drawn.id, drawn.kind, body))
            verdicts = verdicts_on(writing.read, drawn.id, parcel.document["id"]) if judged else ()
            self.take_projection(body, drawn, where, rows, verdicts=verdicts)
        return size

    def take_projection(
        self,
        body: str,
        drawn: Sketch,
        where: Where,
        rows: Rows,
        *,
        verdicts: Sequence[Verdict] = (),
        cluster: str | None = None,
    ) -> None:
        """Gathers the projected rows of one record."""
        review, version = "open", ""
        if verdicts:
            value = parse_json(body)
            folded = fold(value, verdicts, self._follower)
            review, version = folded.review, folded.version
            if folded.value != value:
                rows.corrected.append((where.record, format_json(folded.value)))
                drawn = sketch(folded.value)
        found = project(drawn, where, review=review, version=version, cluster=cluster)
        rows.entries.append(found.entry)
        rows.involved.extend(found.involved)
        rows.dyads.extend(found.dyads)
        for party in drawn.parties:
            self._take_name(party, where.record, rows)

    def _take_name(self, party: Party, record: int, rows: Rows) -> None:
        if not party.actor or party.role == "speaker":
            return
        for name in (party.name, party.text):
            if name.lower() not in _NO_NAMES and (party.actor, name) not in self._named:
                self._named.add((party.actor, name))
                rows.names[party.actor, name] = (int(name == party.name), party.country, party.kind, record)

    def _write(self, writing: Transaction, rows: Rows, keys: Keys) -> None:
        writing.write_many(_insert("document", 13), rows.documents)
        writing.write_many(_insert("coding", 8), rows.codings)
        writing.write_many(_insert("record", 5), rows.records)
        index_documents(writing, self._dialect, rows.searched)
        latest = [(document, coding) for coding, document, *_ in rows.codings]
        writing.write_many(
            "INSERT INTO current (document, coding) VALUES (?, ?)"
            " ON CONFLICT (document) DO UPDATE SET coding = excluded.coding",
            latest,
        )
        self.write_projections(writing, rows, keys)

    def write_projections(self, writing: Transaction, rows: Rows, keys: Keys) -> None:
        """Writes the gathered rows of everything but the core."""
        writing.write_many(_insert("entry", len(ENTRY_COLUMNS)), rows.entries)
        writing.write_many(_insert("corrected", 2), rows.corrected)
        writing.write_many(_insert("involved", 7), rows.involved)
        writing.write_many(_insert("dyad", 4), rows.dyads)
        months = {(source, target, str(day)[:7]) for source, target, day, _ in rows.dyads}
        writing.write_many(_insert("dyad_dirty", 3) + " ON CONFLICT DO NOTHING", sorted(map(_texts, months)))
        self._write_names(writing, rows.names, keys)

    def _write_names(
        self, writing: Transaction, names: Mapping[tuple[str, str], tuple[int, str, str, int]], keys: Keys
    ) -> None:
        there = _known_names(writing, {actor for actor, _ in names})
        fresh = [(actor, name, *rest) for (actor, name), rest in names.items() if (actor, name) not in there]
        numbered = [(keys.actor_name + number, *row) for number, row in enumerate(fresh)]
        writing.write_many(_insert("actor_name", 7), numbered)
        index_actors(writing, self._dialect, [(int(row[0]), str(row[2])) for row in numbered])
        keys.actor_name += len(numbered)


def _texts(row: tuple[Value, ...]) -> tuple[str, ...]:
    return tuple(str(value) for value in row)


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


def _unique(records: Iterable[Json]) -> list[Json]:
    """One record for each id: a coder that writes one twice is surer of one of them."""
    kept: dict[str, Json] = {}
    for value in records:
        before = kept.get(value["id"])
        if before is None or value["confidence"] > before["confidence"]:
            kept[value["id"]] = value
    return list(kept.values())


def chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    """The values in runs that fit into one IN (…)."""
    return (values[start : start + _PLACES] for start in range(0, len(values), _PLACES))


def marks(values: Sequence[object]) -> str:
    """`?, ?, ?` for so many values."""
    return ", ".join("?" * len(values))


def _known_documents(writing: Transaction, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    known: dict[str, tuple[int, str]] = {}
    for some in chunks(list(dict.fromkeys(ids))):
        sql = f"SELECT id, key, text_hash FROM document WHERE id IN ({marks(some)})"
        known |= {str(id): (int(key or 0), str(text_hash)) for id, key, text_hash in writing.read(sql, some)}
    return known


def _known_names(writing: Transaction, actors: set[str]) -> set[tuple[str, str]]:
    known: set[tuple[str, str]] = set()
    for some in chunks(sorted(actors)):
        sql = f"SELECT actor, name FROM actor_name WHERE actor IN ({marks(some)})"
        known |= {(str(actor), str(name)) for actor, name in writing.read(sql, some)}
    return known
