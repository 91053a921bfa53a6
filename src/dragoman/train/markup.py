"""Read the corpus markup (`corpus/MARKUP.md`) into reports, with a fault for everything that does not fit."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.train.annotation import (
    ActorEntry,
    ActorMark,
    AgreementMark,
    ClaimMark,
    EventMark,
    Fault,
    MembershipMark,
    PositionMark,
    ProjectMark,
    Report,
)
from dragoman.train.place import find_occurrences, place_mentions, split_fields, unescape
from dragoman.types.text import Span

OWN_WORDS = "~"
_ACTOR = re.compile(r"^(?P<text>.+?)\s*\[\s*(?P<country>[A-Z]{3}|-)?\s*(?P<sector>[A-Z]{3}|-)?\s*\]$")
_KIND = re.compile(r"^(?P<category>[A-Z]+)(?:\.(?P<mode>[a-z-]+))?\s+(?P<cameo>\d{2,4})$")


@dataclass(slots=True, kw_only=True)
class _Sentence:
    """One `>` line with its record lines; `start` is its place in the report's text."""

    line: int
    text: str
    paragraph: bool
    start: int = 0
    records: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Block:
    """One report as lines."""

    line: int
    id: str
    style: str | None
    published: str | None
    headline: bool = True
    actors: list[tuple[int, str]] = field(default_factory=list)
    sentences: list[_Sentence] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Found:
    """The records of one report while they are read."""

    events: list[EventMark] = field(default_factory=list)
    agreements: list[AgreementMark] = field(default_factory=list)
    claims: list[ClaimMark] = field(default_factory=list)
    positions: list[PositionMark] = field(default_factory=list)
    projects: list[ProjectMark] = field(default_factory=list)
    memberships: list[MembershipMark] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkupFile:
    """The reports of one markup file, the faults, and by report id the line numbers of its events."""

    reports: tuple[Report, ...]
    faults: tuple[Fault, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]


def read_markup(path: Path) -> MarkupFile:
    """Read one markup file. Faulty records are left out and reported; a report with a faulty header is skipped.

    Raises OSError when the file cannot be read, UnicodeDecodeError when it is not UTF-8.
    """
    faults: list[Fault] = []
    blocks = _read_blocks(path.read_text(encoding="utf-8").split("\n"), str(path), faults)
    reports, lines = [], []
    for block in blocks:
        reader = _ReportReader(block, str(path), path.stem, faults)
        reports.append(reader.read())
        lines.append((block.id, tuple(reader.event_lines)))
    return MarkupFile(reports=tuple(reports), faults=tuple(faults), lines=tuple(lines))


def _read_blocks(lines: list[str], file: str, faults: list[Fault]) -> list[_Block]:
    """Group lines by report and sentence."""
    blocks: list[_Block] = []
    paragraph = False
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        head, _, rest = line.partition(" ")
        if head == "==":
            block = _read_header(number, rest, file, faults)
            blocks.append(block)
            paragraph = False
        elif not blocks:
            faults.append(Fault(file=file, line=number, message="line before the first report", remedy="start with =="))
        elif head == ">":
            paragraph = _add_sentence(blocks[-1], number, rest.strip(), paragraph)
        else:
            _add_record(blocks[-1], number, head, rest.strip(), file, faults)
    return blocks


def _read_header(number: int, rest: str, file: str, faults: list[Fault]) -> _Block:
    parts = split_fields(rest, "|")
    if len(parts) != 3 or not parts[0] or " " in parts[0]:
        message = f"header has {len(parts)} fields: {rest[:60]!r}"
        faults.append(Fault(file=file, line=number, message=message, remedy="write == id | style | published"))
        parts = [*parts, "", "-", "-"][:3]
    date = parts[2]
    if not re.fullmatch(r"-|\d{4}(-\d{2}(-\d{2})?)?", date):
        message = f"published {date!r} is not an ISO date"
        faults.append(Fault(file=file, line=number, message=message, remedy="write YYYY-MM-DD or -"))
    style = None if parts[1] in ("-", "") else parts[1]
    return _Block(line=number, id=parts[0].split(" ")[0], style=style, published=None if date == "-" else date)


def _add_sentence(block: _Block, number: int, text: str, paragraph: bool) -> bool:
    """Add a sentence, or take a lone `>`; returns whether the next sentence begins a paragraph."""
    if not text:
        if not block.sentences:
            block.headline = False
        return True
    first = not block.sentences or (block.headline and len(block.sentences) == 1)
    block.sentences.append(_Sentence(line=number, text=text, paragraph=paragraph or first))
    return False


def _add_record(block: _Block, number: int, head: str, rest: str, file: str, faults: list[Fault]) -> None:
    if head == "@":
        block.actors.append((number, rest))
    elif head not in tuple("eacpjm"):
        message = f"line begins with {head[:20]!r}"
        remedy = "begin with ==, @, >, e, a, c, p, j or m and a space"
        faults.append(Fault(file=file, line=number, message=message, remedy=remedy))
    elif not block.sentences:
        faults.append(Fault(file=file, line=number, message="record before any sentence", remedy="put it after its >"))
    else:
        block.sentences[-1].records.append((number, head, rest))


class _LineError(Exception):
    """One line cannot be read: message and remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


class _ReportReader:
    """Turns one block into a report, keeping faults."""

    def __init__(self, block: _Block, file: str, part: str, faults: list[Fault]) -> None:
        self.block, self.file, self.part, self.faults = block, file, part, faults
        self.found = _Found()
        self.event_lines: list[int] = []
        self.readers: dict[str, Callable[[list[str], _Sentence, int], None]] = {
            "e": self._read_event,
            "a": self._read_agreement,
            "c": self._read_claim,
            "p": self._read_position,
            "j": self._read_project,
            "m": self._read_membership,
        }

    def read(self) -> Report:
        """The report with all records that could be read."""
        text = self._join_text()
        for number, sentence in enumerate(self.block.sentences):
            for line, kind, rest in sentence.records:
                self._read_record(kind, rest, sentence, number, line)
        block, found = self.block, self.found
        return Report(
            id=block.id,
            origin="own",
            part=self.part,
            split="train",
            style=block.style,
            published=block.published,
            text=text,
            sentences=tuple(Span(s.start, s.start + len(s.text)) for s in block.sentences),
            headline=block.headline,
            paragraphs=tuple(n for n, s in enumerate(block.sentences) if s.paragraph),
            actors=tuple(a for line, rest in block.actors if (a := self._read_actor_line(rest, text, line))),
            events=tuple(found.events),
            agreements=tuple(found.agreements),
            claims=tuple(found.claims),
            positions=tuple(found.positions),
            projects=tuple(found.projects),
            memberships=tuple(found.memberships),
            unresolved=tuple(found.unresolved),
        )

    def _join_text(self) -> str:
        """Headline, newline, paragraphs parted by an empty line; sets where each sentence starts."""
        text = ""
        for number, sentence in enumerate(self.block.sentences):
            if number:
                after_headline = number == 1 and self.block.headline
                text += "\n" if after_headline else "\n\n" if sentence.paragraph else " "
            sentence.start = len(text)
            text += sentence.text
        return text

    def _read_record(self, kind: str, rest: str, sentence: _Sentence, number: int, line: int) -> None:
        try:
            self.readers[kind](split_fields(rest, "|"), sentence, number)
        except _LineError as bad:
            self._report(line, bad.message, bad.remedy)
        else:
            if kind == "e":
                self.event_lines.append(line)

    def _report(self, line: int, message: str, remedy: str) -> None:
        self.faults.append(Fault(file=self.file, line=line, message=message, remedy=remedy))

    def _find(self, words: str, sentence: _Sentence, what: str) -> Span:
        """The place of `words` (with `#n` for the n-th occurrence) in the sentence."""
        plain, _, order = words.rpartition("#") if re.search(r"(?<!\\)#\d+$", words) else (words, "", "1")
        plain = unescape(plain)
        places = find_occurrences(sentence.text, plain) if plain else []
        if len(places) < int(order) or int(order) < 1:
            at = f"{len(places)} times" if places else "not"
            raise _LineError(
                f"{what} {words!r} stands {at} in the sentence", "copy the words exactly from the > line above"
            )
        start = sentence.start + places[int(order) - 1]
        return Span(start, start + len(plain))

    def _find_or_none(self, words: str, sentence: _Sentence, what: str) -> Span | None:
        return None if words in ("-", "") else self._find(words, sentence, what)

    def _read_actors(self, words: str, sentence: _Sentence, what: str) -> tuple[ActorMark, ...]:
        if words in ("-", "&", ""):
            return ()
        return tuple(self._read_actor(part, sentence, what) for part in split_fields(words, ";"))

    def _read_actor(self, part: str, sentence: _Sentence, what: str) -> ActorMark:
        match = _ACTOR.match(part)
        if not match:
            raise _LineError(
                f"{what} {part!r} has no [COUNTRY SECTOR]", "write words [COUNTRY SECTOR], - for what is unknown"
            )
        span = self._find(match["text"], sentence, what)
        text = sentence.text[span.start - sentence.start : span.end - sentence.start]
        country, sector = (None if x in ("-", None) else x for x in (match["country"], match["sector"]))
        return ActorMark(text=text, span=span, country=country, sector=sector)

    def _need(self, parts: list[str], counts: tuple[int, ...], form: str) -> None:
        if len(parts) not in counts:
            raise _LineError(f"{len(parts)} fields where {counts[-1]} belong", f"write {form}")

    def _read_event(self, parts: list[str], sentence: _Sentence, number: int) -> None:
        form = "e trigger | CATEGORY.mode CAMEO | sources | targets | status | by | time | place | cluster"
        self._need(parts, (9,), form)
        kind = _KIND.match(parts[1])
        if not kind:
            raise _LineError(
                f"{parts[1]!r} is not a category with code", "write CATEGORY.mode CAMEO, as in ASSAULT.drone 195"
            )
        trigger = self._find(parts[0], sentence, "trigger")
        by, speaker, cue = self._read_by(parts[5], sentence)
        time, edtf = self._read_time(parts[6], sentence)
        self.found.events.append(
            EventMark(
                sentence=number,
                trigger=trigger,
                trigger_text=sentence.text[trigger.start - sentence.start : trigger.end - sentence.start],
                category=kind["category"],
                mode=kind["mode"],
                cameo=kind["cameo"],
                sources=self._read_actors(parts[2], sentence, "source"),
                targets=self._read_actors(parts[3], sentence, "target"),
                reciprocal=parts[3] == "&",
                status=parts[4],
                by=by,
                speaker=speaker,
                cue=cue,
                time=time,
                edtf=edtf,
                place=self._find_or_none(parts[7], sentence, "place"),
                cluster=None if parts[8] in ("-", "") else parts[8],
            )
        )

    def _read_by(self, words: str, sentence: _Sentence) -> tuple[str, Span | None, Span | None]:
        match = re.fullmatch(r"(report|named|unnamed)(?:\s*:\s*(.+?))??(?:\s+/\s+(.+))?", words)
        if not match:
            raise _LineError(
                f"by {words!r} not understood", "write report, unnamed, unnamed / cue or named: speaker / cue"
            )
        speaker = self._find(match[2], sentence, "speaker") if match[2] and match[2] != "-" else None
        return match[1], speaker, self._find(match[3], sentence, "cue") if match[3] else None

    def _read_time(self, words: str, sentence: _Sentence) -> tuple[Span | None, str | None]:
        if words in ("-", ""):
            return None, None
        said, mark, edtf = words.rpartition(" = ")
        if not mark:
            return self._find(words, sentence, "time"), None
        return self._find(said.strip(), sentence, "time"), None if edtf.strip() == "-" else edtf.strip()

    def _read_agreement(self, parts: list[str], sentence: _Sentence, number: int) -> None:
        form = "a quote | instrument | parties | status | title or - | description | cluster"
        self._need(parts, (6, 7), form)
        names = [] if parts[2] in ("-", "") else split_fields(parts[2], ";")
        parties = tuple(self._read_party(name, sentence) for name in names)
        title, description = (None if p in ("-", "") else unescape(p) for p in parts[4:6])
        self.found.agreements.append(
            AgreementMark(
                evidence=self._find(parts[0], sentence, "quote"),
                instrument=parts[1],
                parties=parties,
                status=parts[3],
                title=title,
                description=description,
                cluster=parts[6] if len(parts) > 6 and parts[6] not in ("-", "") else None,
            )
        )

    def _read_party(self, name: str, sentence: _Sentence) -> ActorMark:
        """A party: its words, with or without [COUNTRY SECTOR]; `~` before words that the sentence does not have."""
        if name.startswith(OWN_WORDS):
            return ActorMark(text=unescape(name[1:].strip()), span=None)
        if _ACTOR.match(name):
            return self._read_actor(name, sentence, "party")
        span = self._find(name, sentence, "party")
        return ActorMark(text=sentence.text[span.start - sentence.start : span.end - sentence.start], span=span)

    def _read_claim(self, parts: list[str], sentence: _Sentence, number: int) -> None:
        self._need(parts, (3,), "c speaker or - | cue | content")
        self.found.claims.append(
            ClaimMark(
                speaker=self._find_or_none(parts[0], sentence, "speaker"),
                cue=self._find_or_none(parts[1], sentence, "cue"),
                content=self._find(parts[2], sentence, "content"),
            )
        )

    def _find_worded(self, words: str, sentence: _Sentence, what: str) -> tuple[Span | None, str]:
        """Place and words; `~` before words that the sentence does not have (a normal form)."""
        if words.startswith(OWN_WORDS):
            return None, unescape(words[1:].strip())
        span = self._find(words, sentence, what)
        return span, sentence.text[span.start - sentence.start : span.end - sentence.start]

    def _read_position(self, parts: list[str], sentence: _Sentence, number: int) -> None:
        self._need(parts, (3,), "p holder | topic | stance")
        topic, topic_text = self._find_worded(parts[1], sentence, "topic")
        self.found.positions.append(
            PositionMark(
                holder=self._find_or_none(parts[0], sentence, "holder"),
                topic=topic,
                topic_text=topic_text,
                stance=parts[2],
                evidence=Span(sentence.start, sentence.start + len(sentence.text)),
            )
        )

    def _read_project(self, parts: list[str], sentence: _Sentence, number: int) -> None:
        self._need(parts, (2,), "j name | status")
        name, name_text = self._find_worded(parts[0], sentence, "project name")
        evidence = Span(sentence.start, sentence.start + len(sentence.text))
        self.found.projects.append(ProjectMark(name=name, name_text=name_text, status=parts[1], evidence=evidence))

    def _read_membership(self, parts: list[str], sentence: _Sentence, number: int) -> None:
        self._need(parts, (4,), "m member | organization | level | status")
        member, member_text = self._find_worded(parts[0], sentence, "member")
        organization, organization_text = self._find_worded(parts[1], sentence, "organization")
        self.found.memberships.append(
            MembershipMark(
                member=member,
                organization=organization,
                member_text=member_text,
                organization_text=organization_text,
                level=parts[2],
                status=parts[3],
                evidence=Span(sentence.start, sentence.start + len(sentence.text)),
            )
        )

    def _read_actor_line(self, rest: str, text: str, line: int) -> ActorEntry | None:
        parts = split_fields(rest, "|")
        codes = re.fullmatch(r"([A-Z]{3}|-)(?:\s+([A-Z]{3}|-))?", parts[1]) if len(parts) == 4 else None
        if not codes:
            self._report(line, f"actor line {rest[:60]!r}", "write @ name | COUNTRY SECTOR | role or - | mentions")
            return None
        country, sector = (None if c in (None, "-") else c for c in codes.groups())
        mentions = [unescape(m) for m in split_fields(parts[3], ";") if m]
        for mention in mentions:
            if mention not in text:
                self._report(line, f"mention {mention!r} not in the report", "copy the mention from the text")
        role = None if parts[2] in ("-", "") else unescape(parts[2])
        marks = place_mentions(text, mentions, country, sector)
        return ActorEntry(name=unescape(parts[0]), country=country, sector=sector, role=role, mentions=marks)
