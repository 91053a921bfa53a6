"""Annotation of texts that are kept elsewhere: labels and character offsets only, never the text itself."""

import hashlib
import json
from collections.abc import Iterable, Sequence
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
from dragoman.types.text import Span

Json = dict[str, Any]
Pair = list[int] | None


def hash_text(text: str) -> str:
    """The SHA-256 of a text, as stand-off files keep it to recognize the text they are about."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def write_standoff(reports: Iterable[Report]) -> str:
    """JSON lines with offsets, labels and the hash of each text."""
    return "".join(json.dumps(_report_json(report), separators=(",", ":")) + "\n" for report in reports)


def _pair(span: Span | None) -> Pair:
    return [span.start, span.end] if span else None


def _actor_json(actor: ActorMark) -> Json:
    return {"span": _pair(actor.span), "country": actor.country, "sector": actor.sector}


def _event_json(event: EventMark) -> Json:
    return {
        "sentence": event.sentence,
        "trigger": _pair(event.trigger),
        "category": event.category,
        "mode": event.mode,
        "cameo": event.cameo,
        "sources": [_actor_json(a) for a in event.sources if a.span],
        "targets": [_actor_json(a) for a in event.targets if a.span],
        "reciprocal": event.reciprocal,
        "status": event.status,
        "by": event.by,
        "speaker": _pair(event.speaker),
        "cue": _pair(event.cue),
        "time": _pair(event.time),
        "edtf": event.edtf,
        "place": _pair(event.place),
        "cluster": event.cluster,
    }


def _agreement_json(mark: AgreementMark, text: str) -> Json:
    """Title and description become offsets too: the nearest place of these words in or after the evidence."""
    return {
        "evidence": _pair(mark.evidence),
        "instrument": mark.instrument,
        "parties": [_actor_json(p) for p in mark.parties if p.span],
        "status": mark.status,
        "title": _pair(_locate(mark.title, mark.evidence, text)),
        "description": _pair(_locate(mark.description, mark.evidence, text)),
        "cluster": mark.cluster,
    }


def _locate(words: str | None, near: Span | None, text: str) -> Span | None:
    start = text.find(words, near.start if near else 0) if words else -1
    start = text.find(words) if words and start < 0 else start
    return Span(start, start + len(words)) if words and start >= 0 else None


def _report_json(report: Report) -> Json:
    return {
        "id": report.id,
        "characters": len(report.text),
        "sha256": hash_text(report.text),
        "published": report.published,
        "headline": report.headline,
        "sentences": [_pair(s) for s in report.sentences or ()],
        "paragraphs": list(report.paragraphs),
        "actors": [_entry_json(a) for a in report.actors],
        "events": [_event_json(e) for e in report.events if e.trigger],
        "agreements": [_agreement_json(a, report.text) for a in report.agreements],
        "claims": [
            {"speaker": _pair(c.speaker), "cue": _pair(c.cue), "content": _pair(c.content)}
            for c in report.claims
            if c.content
        ],
        "positions": [
            {"holder": _pair(p.holder), "topic": _pair(p.topic), "stance": p.stance, "evidence": _pair(p.evidence)}
            for p in report.positions
        ],
        "projects": [
            {"name": _pair(p.name), "status": p.status, "evidence": _pair(p.evidence)} for p in report.projects
        ],
        "memberships": [
            {
                "member": _pair(m.member),
                "organization": _pair(m.organization),
                "level": m.level,
                "status": m.status,
                "evidence": _pair(m.evidence),
            }
            for m in report.memberships
        ],
    }


def _entry_json(actor: ActorEntry) -> Json:
    mentions = [_pair(m.span) for m in actor.mentions if m.span]
    return {"country": actor.country, "sector": actor.sector, "mentions": mentions}


def read_standoff(path: Path, texts: NewsTexts) -> tuple[Report, ...]:
    """Read one stand-off file; the annotation covers the first `characters` of each text.

    Raises CorpusError when a text is missing, or is not the text that was annotated (its hash differs).
    """
    reports = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            data = json.loads(line)
            where = f"{path}:{number}"
            text = texts.get(data["id"], where)[: data["characters"]]
            if hash_text(text) != data["sha256"]:
                found = hash_text(text)[:12]
                message = f"{where}: the text of {data['id']!r} is not the one annotated"
                raise CorpusError(f"{message} (sha256 {found}, expected {data['sha256'][:12]}); get the same edition")
            reports.append(_Reader(data, text).read(path.stem))
    return tuple(reports)


class _Reader:
    """Makes a report of one stand-off line and its text."""

    def __init__(self, data: Json, text: str) -> None:
        self.data, self.text = data, text

    def read(self, part: str) -> Report:
        """The report; every text field is cut from the text by its offsets."""
        data = self.data
        return Report(
            id=data["id"],
            origin="news",
            part=part,
            split="train",
            style=None,
            published=data["published"],
            text=self.text,
            sentences=tuple(Span(*s) for s in data["sentences"]),
            headline=data["headline"],
            paragraphs=tuple(data["paragraphs"]),
            actors=tuple(self._entry(a) for a in data["actors"]),
            events=tuple(self._event(e) for e in data["events"]),
            agreements=tuple(self._agreement(a) for a in data["agreements"]),
            claims=tuple(
                ClaimMark(speaker=_span(c["speaker"]), cue=_span(c["cue"]), content=_span(c["content"]))
                for c in data["claims"]
            ),
            positions=tuple(self._position(p) for p in data["positions"]),
            projects=tuple(self._project(p) for p in data["projects"]),
            memberships=tuple(self._membership(m) for m in data["memberships"]),
        )

    def _words(self, pair: Pair) -> str:
        return self.text[pair[0] : pair[1]] if pair else ""

    def _actor(self, entry: Json) -> ActorMark:
        span = _span(entry["span"])
        words = self._words(entry["span"])
        return ActorMark(text=words, span=span, country=entry["country"], sector=entry["sector"])

    def _actors(self, entries: Sequence[Json]) -> tuple[ActorMark, ...]:
        return tuple(self._actor(e) for e in entries)

    def _entry(self, entry: Json) -> ActorEntry:
        country, sector = entry["country"], entry["sector"]
        marks = [
            ActorMark(text=self._words(m), span=_span(m), country=country, sector=sector) for m in entry["mentions"]
        ]
        name = marks[0].text if marks else ""
        return ActorEntry(name=name, country=country, sector=sector, role=None, mentions=tuple(marks))

    def _event(self, entry: Json) -> EventMark:
        return EventMark(
            sentence=entry["sentence"],
            trigger=_span(entry["trigger"]),
            trigger_text=self._words(entry["trigger"]),
            category=entry["category"],
            mode=entry["mode"],
            cameo=entry["cameo"],
            sources=self._actors(entry["sources"]),
            targets=self._actors(entry["targets"]),
            reciprocal=entry["reciprocal"],
            status=entry["status"],
            by=entry["by"],
            speaker=_span(entry["speaker"]),
            cue=_span(entry["cue"]),
            time=_span(entry["time"]),
            edtf=entry["edtf"],
            place=_span(entry["place"]),
            cluster=entry["cluster"],
        )

    def _agreement(self, entry: Json) -> AgreementMark:
        return AgreementMark(
            evidence=_span(entry["evidence"]),
            instrument=entry["instrument"],
            parties=self._actors(entry["parties"]),
            status=entry["status"],
            title=self._words(entry["title"]) or None,
            description=self._words(entry["description"]) or None,
            cluster=entry["cluster"],
        )

    def _position(self, entry: Json) -> PositionMark:
        return PositionMark(
            holder=_span(entry["holder"]),
            topic=_span(entry["topic"]),
            topic_text=self._words(entry["topic"]),
            stance=entry["stance"],
            evidence=_span(entry["evidence"]),
        )

    def _project(self, entry: Json) -> ProjectMark:
        words = self._words(entry["name"])
        evidence = _span(entry["evidence"])
        return ProjectMark(name=_span(entry["name"]), name_text=words, status=entry["status"], evidence=evidence)

    def _membership(self, entry: Json) -> MembershipMark:
        return MembershipMark(
            member=_span(entry["member"]),
            organization=_span(entry["organization"]),
            member_text=self._words(entry["member"]),
            organization_text=self._words(entry["organization"]),
            level=entry["level"],
            status=entry["status"],
            evidence=_span(entry["evidence"]),
        )


def _span(pair: Pair) -> Span | None:
    return Span(*pair) if pair else None
