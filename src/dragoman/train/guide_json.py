"""Read and write the JSON form of the starting corpus, where a quote from the text says which words are meant."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman.train.annotation import (
    ActorEntry,
    ActorMark,
    AgreementMark,
    ClaimMark,
    CorpusError,
    EventMark,
    MembershipMark,
    PositionMark,
    ProjectMark,
    Report,
)
from dragoman.train.news_texts import NewsTexts
from dragoman.train.place import find_occurrences, find_whole, place_mentions
from dragoman.train.sentences import Split, split_sentences
from dragoman.types.text import Span

Json = dict[str, Any]


def read_guide_json(path: Path, texts: NewsTexts | None) -> tuple[Report, ...]:
    """Read one JSON lines file. A line without `text` is about a text of `texts`.

    Raises CorpusError for a line that is not JSON, or whose text is missing.
    """
    reports = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(f"{path}:{number}: not JSON ({error}); one object a line belongs here") from error
        reports.append(_Resolver(data, _text_of(data, f"{path}:{number}", texts), path.stem).resolve())
    return tuple(reports)


def _text_of(data: Json, where: str, texts: NewsTexts | None) -> str:
    if data.get("text"):
        return str(data["text"])
    if texts is None:
        raise CorpusError(f"{where}: {data.get('id')!r} has no text; name the folder of the news texts")
    return texts.get(data["id"], where)


class _Resolver:
    """Finds the place of every string of one report."""

    def __init__(self, data: Json, text: str, part: str) -> None:
        self.data, self.text, self.part = data, text, part
        self.split: Split = split_sentences(text)
        self.unresolved: list[str] = []

    def resolve(self) -> Report:
        """The report with spans; strings without a certain place are listed in `unresolved`."""
        data = self.data
        by_kind: dict[str, list[Json]] = {}
        for record in data["records"]:
            by_kind.setdefault(record["kind"], []).append(record)
        read = by_kind.get
        return Report(
            id=data["id"],
            origin="own" if data.get("text") else "news",
            part=self.part,
            split="train",
            style=data.get("style"),
            published=data.get("published"),
            text=self.text,
            sentences=self.split.spans,
            headline=self.split.headline,
            paragraphs=self.split.paragraphs,
            actors=tuple(self._actor_entry(a) for a in data.get("actors", [])),
            events=tuple(e for r in read("event", []) if (e := self._event(r))),
            agreements=tuple(self._agreement(r) for r in read("agreement", [])),
            claims=tuple(self._claim(r) for r in read("claim", [])),
            positions=tuple(self._position(r) for r in read("position", [])),
            projects=tuple(self._project(r) for r in read("project", [])),
            memberships=tuple(self._membership(r) for r in read("membership", [])),
            unresolved=tuple(self.unresolved),
        )

    def _miss(self, what: str, words: str) -> None:
        self.unresolved.append(f"{self.data['id']}: {what} {words!r}")

    def _quote(self, record: Json) -> Span:
        start = self.text.find(record["quote"])
        if start < 0:
            self._miss("quote", record["quote"])
            return Span(0, len(self.text))
        return Span(start, start + len(record["quote"]))

    def _sentence(self, span: Span) -> Span:
        """The stretch of sentences that `span` touches."""
        touched = [s for s in self.split.spans if s.overlaps(span)] or [Span(0, len(self.text))]
        return Span(touched[0].start, touched[-1].end)

    def _find(self, words: str | None, quote: Span, near: Span, what: str) -> Span | None:
        """The place of `words`: in the quote, else in its sentence; of several, the one nearest to `near`."""
        if not words:
            return None
        areas = (quote, self._sentence(quote))
        for find, area in ((f, a) for f in (find_whole, find_occurrences) for a in areas):
            places = [area.start + p for p in find(area.of(self.text), words)]
            if places:
                start = min(places, key=lambda p: (_distance(Span(p, p + len(words)), near), p))
                return Span(start, start + len(words))
        self._miss(what, words)
        return None

    def _actors(self, entries: Sequence[Json], quote: Span, near: Span, what: str) -> tuple[ActorMark, ...]:
        marks = []
        for entry in entries:
            span = self._find(entry["text"], quote, near, what)
            marks.append(ActorMark(text=entry["text"], span=span, country=entry["country"], sector=entry["sector"]))
        return tuple(marks)

    def _event(self, record: Json) -> EventMark | None:
        quote = self._quote(record)
        places = find_occurrences(quote.of(self.text), record["trigger"])
        if not places:
            self._miss("trigger", record["trigger"])
            return None
        trigger = Span(quote.start + places[0], quote.start + places[0] + len(record["trigger"]))
        number = next((n for n, s in enumerate(self.split.spans) if s.overlaps(trigger)), None)
        speaker = self._find(record["speaker"], quote, trigger, "speaker")
        return EventMark(
            sentence=number,
            trigger=trigger,
            trigger_text=record["trigger"],
            category=record["category"],
            mode=record["mode"],
            cameo=str(record["cameo"]),
            sources=self._actors(record["sources"], quote, trigger, "source"),
            targets=self._actors(record["targets"], quote, trigger, "target"),
            reciprocal=bool(record["reciprocal"]),
            status=record["status"],
            by=record["by"],
            speaker=speaker,
            cue=self._cue_of(speaker, quote),
            time=self._find(record["time"], quote, trigger, "time"),
            edtf=record["edtf"],
            place=self._find(record["place"], quote, trigger, "place"),
            cluster=record.get("cluster"),
        )

    def _cue_of(self, speaker: Span | None, quote: Span) -> Span | None:
        """The cue of a claim of the same sentence by the same speaker."""
        if speaker is None:
            return None
        sentence = self._sentence(quote)
        for record in self.data["records"]:
            if record["kind"] == "claim" and record["speaker"] == speaker.of(self.text):
                claim = self._quote(record)
                if claim.overlaps(sentence):
                    return self._find(record["cue"], claim, speaker, "cue")
        return None

    def _agreement(self, record: Json) -> AgreementMark:
        quote = self._quote(record)
        parties = []
        for name in record["parties"]:
            span = self._find(name, quote, quote, "party")
            parties.append(ActorMark(text=name, span=span))
        return AgreementMark(
            evidence=quote,
            instrument=record["instrument"],
            parties=tuple(parties),
            status=record["status"],
            title=record["title"],
            description=record["description"],
            cluster=record.get("cluster"),
        )

    def _claim(self, record: Json) -> ClaimMark:
        quote = self._quote(record)
        content = self._find(record["content"], quote, quote, "content")
        speaker = self._find(record["speaker"], quote, content or quote, "speaker")
        cue = self._find(record["cue"], quote, speaker or quote, "cue")
        return ClaimMark(speaker=speaker, cue=cue, content=content)

    def _position(self, record: Json) -> PositionMark:
        quote = self._quote(record)
        return PositionMark(
            holder=self._find(record["holder"], quote, quote, "holder"),
            topic=self._find(record["topic"], quote, quote, "topic"),
            topic_text=record["topic"],
            stance=record["stance"],
            evidence=quote,
        )

    def _project(self, record: Json) -> ProjectMark:
        quote = self._quote(record)
        name = self._find(record["name"], quote, quote, "project")
        return ProjectMark(name=name, name_text=record["name"], status=record["status"], evidence=quote)

    def _membership(self, record: Json) -> MembershipMark:
        quote = self._quote(record)
        return MembershipMark(
            member=self._find(record["member"], quote, quote, "member"),
            organization=self._find(record["organization"], quote, quote, "organization"),
            member_text=record["member"],
            organization_text=record["organization"],
            level=record["level"],
            status=record["status"],
            evidence=quote,
        )

    def _actor_entry(self, entry: Json) -> ActorEntry:
        marks = place_mentions(self.text, entry["mentions"], entry["country"], entry["sector"])
        return ActorEntry(
            name=entry["name"], country=entry["country"], sector=entry["sector"], role=entry["role"], mentions=marks
        )


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def write_guide_json(reports: Sequence[Report]) -> Iterator[str]:
    """One JSON line for each report, in the form of the starting guide; the quote is the event's sentence."""
    for report in reports:
        yield json.dumps(_report_json(report), ensure_ascii=False)


def _report_json(report: Report) -> Json:
    text = report.text
    records: list[Json] = [_event_json(e, report) for e in report.events]
    records += [
        {
            "kind": "agreement",
            "quote": _words(a.evidence, text),
            "title": a.title,
            "description": a.description,
            "instrument": a.instrument,
            "parties": [p.text for p in a.parties],
            "status": a.status,
            "cluster": a.cluster,
        }
        for a in report.agreements
    ]
    records += [
        {
            "kind": "claim",
            "quote": _sentence_words(c.content, report),
            "speaker": _words(c.speaker, text),
            "cue": _words(c.cue, text),
            "content": _words(c.content, text),
        }
        for c in report.claims
    ]
    records += [
        {
            "kind": "position",
            "quote": _words(p.evidence, text),
            "holder": _words(p.holder, text),
            "topic": p.topic_text,
            "stance": p.stance,
        }
        for p in report.positions
    ]
    records += [
        {"kind": "project", "quote": _words(p.evidence, text), "name": p.name_text, "status": p.status}
        for p in report.projects
    ]
    records += [
        {
            "kind": "membership",
            "quote": _words(m.evidence, text),
            "member": m.member_text,
            "organization": m.organization_text,
            "level": m.level,
            "status": m.status,
        }
        for m in report.memberships
    ]
    actors = [
        {
            "name": a.name,
            "country": a.country,
            "sector": a.sector,
            "role": a.role,
            "mentions": [m.text for m in a.mentions],
        }
        for a in report.actors
    ]
    head = {"id": report.id, "style": report.style, "published": report.published}
    return {**head, **({"text": text} if report.origin == "own" else {}), "actors": actors, "records": records}


def _event_json(event: EventMark, report: Report) -> Json:
    sides = {
        name: [{"text": a.text, "country": a.country, "sector": a.sector} for a in actors]
        for name, actors in (("sources", event.sources), ("targets", event.targets))
    }
    return {
        "kind": "event",
        "quote": _sentence_words(event.trigger, report),
        "trigger": event.trigger_text,
        "category": event.category,
        "mode": event.mode,
        "cameo": event.cameo,
        **sides,
        "reciprocal": event.reciprocal,
        "status": event.status,
        "by": event.by,
        "speaker": _words(event.speaker, report.text),
        "time": _words(event.time, report.text),
        "edtf": event.edtf,
        "place": _words(event.place, report.text),
        "cluster": event.cluster,
    }


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None


def _sentence_words(span: Span | None, report: Report) -> str | None:
    """The shortest stretch from `span` on that occurs once: its sentence."""
    for sentence in report.sentences or ():
        if span and sentence.overlaps(span):
            return sentence.of(report.text)
    return _words(span, report.text)
