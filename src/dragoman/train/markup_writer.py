"""Write reports in the corpus markup; reading it back gives the same records."""

from collections.abc import Iterable, Sequence

from dragoman.train.annotation import (
    ActorEntry,
    ActorMark,
    AgreementMark,
    ClaimMark,
    EventMark,
    MembershipMark,
    PositionMark,
    ProjectMark,
    Report,
)
from dragoman.train.markup import OWN_WORDS
from dragoman.train.place import escape, find_occurrences
from dragoman.types.text import Span

_Mark = EventMark | AgreementMark | ClaimMark | PositionMark | ProjectMark | MembershipMark


def write_markup(reports: Iterable[Report]) -> str:
    """All reports, an empty line after each."""
    return "".join(_ReportWriter(report).write() + "\n" for report in reports)


class _ReportWriter:
    """Writes one report; records stand under the sentence that holds their first words."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sentences = report.sentences or (Span(0, len(report.text)),)

    def write(self) -> str:
        """The report's lines."""
        report = self.report
        lines = [f"== {report.id} | {report.style or '-'} | {report.published or '-'}"]
        lines += [self._actor_line(actor) for actor in report.actors]
        if not report.headline:
            lines.append(">")
        records = self._record_lines()
        for number, sentence in enumerate(self.sentences):
            if number in report.paragraphs and number > int(report.headline):
                lines.append(">")
            lines += [f"> {sentence.of(report.text)}", *records.get(number, [])]
        return "\n".join(lines) + "\n"

    def _record_lines(self) -> dict[int, list[str]]:
        """Record lines by the number of their sentence, in the order of the text."""
        report = self.report
        marks: list[tuple[Span | None, str]] = [(e.trigger, self._event(e)) for e in report.events if e.trigger]
        marks += [(a.evidence, self._agreement(a)) for a in report.agreements]
        marks += [(c.content, self._claim(c)) for c in report.claims if c.content]
        marks += [(p.topic or p.evidence, self._position(p)) for p in report.positions]
        marks += [(p.name or p.evidence, self._project(p)) for p in report.projects]
        marks += [(m.member or m.evidence, self._membership(m)) for m in report.memberships]
        lines: dict[int, list[str]] = {}
        order = {kind: n for n, kind in enumerate("eacpjm")}
        for span, line in sorted(marks, key=lambda m: (order[m[1][0]], m[0] or Span(0, 0))):
            lines.setdefault(self._number(span), []).append(line)
        return lines

    def _number(self, span: Span | None) -> int:
        return next((n for n, s in enumerate(self.sentences) if span and s.overlaps(span)), 0)

    def _quote(self, span: Span | None) -> str:
        """The words of a span, with `#n` where the sentence has them several times."""
        if span is None:
            return "-"
        sentence = self.sentences[self._number(span)]
        words = Span(span.start, min(span.end, sentence.end)).of(self.report.text)
        places = find_occurrences(sentence.of(self.report.text), words)
        at = span.start - sentence.start
        order = places.index(at) + 1 if at in places else 1
        return escape(words) + (f"#{order}" if order > 1 else "")

    def _actor(self, actor: ActorMark) -> str:
        codes = f"{actor.country or '-'} {actor.sector}" if actor.sector else actor.country or "-"
        return f"{self._quote(actor.span)} [{codes}]"

    def _actors(self, actors: Sequence[ActorMark]) -> str:
        return "; ".join(self._actor(a) for a in actors if a.span) or "-"

    def _actor_line(self, actor: ActorEntry) -> str:
        codes = f"{actor.country or '-'} {actor.sector}" if actor.sector else actor.country or "-"
        mentions = "; ".join(escape(m.text) for m in actor.mentions)
        return f"@ {escape(actor.name)} | {codes} | {escape(actor.role or '-')} | {mentions}"

    def _event(self, event: EventMark) -> str:
        kind = f"{event.category}.{event.mode}" if event.mode else event.category
        by = event.by + (f": {self._quote(event.speaker)}" if event.speaker else "")
        by += f" / {self._quote(event.cue)}" if event.cue else ""
        time = self._quote(event.time) + (f" = {event.edtf or '-'}" if event.time else "")
        fields = [
            self._quote(event.trigger),
            f"{kind} {event.cameo}",
            self._actors(event.sources),
            "&" if event.reciprocal else self._actors(event.targets),
            event.status,
            by,
            time,
            self._quote(event.place),
            event.cluster or "-",
        ]
        return "e " + " | ".join(fields)

    def _agreement(self, mark: AgreementMark) -> str:
        parties = "; ".join(self._party(p) for p in mark.parties) or "-"
        texts = [escape(t or "-") for t in (mark.title, mark.description)]
        fields = [self._quote(mark.evidence), mark.instrument, parties, mark.status, *texts, mark.cluster or "-"]
        return "a " + " | ".join(fields)

    def _party(self, party: ActorMark) -> str:
        """A party inside the sentence as quoted words, any other in `~` words."""
        inside = party.span and any(s.contains(party.span) for s in self.sentences)
        if not inside or not self._same_sentence(party):
            return OWN_WORDS + escape(party.text)
        return self._actor(party) if party.country or party.sector else self._quote(party.span)

    def _same_sentence(self, party: ActorMark) -> bool:
        home = next(a.evidence for a in self.report.agreements if party in a.parties)
        return self._number(home) == self._number(party.span)

    def _claim(self, mark: ClaimMark) -> str:
        home = self._number(mark.content)
        sides = [self._quote(s) if s and self._number(s) == home else "-" for s in (mark.speaker, mark.cue)]
        return f"c {sides[0]} | {sides[1]} | {self._quote(mark.content)}"

    def _worded(self, span: Span | None, words: str) -> str:
        return self._quote(span) if span else OWN_WORDS + escape(words)

    def _position(self, mark: PositionMark) -> str:
        home = self._number(mark.topic or mark.evidence)
        holder = self._quote(mark.holder) if mark.holder and self._number(mark.holder) == home else "-"
        return f"p {holder} | {self._worded(mark.topic, mark.topic_text)} | {mark.stance}"

    def _project(self, mark: ProjectMark) -> str:
        return f"j {self._worded(mark.name, mark.name_text)} | {mark.status}"

    def _membership(self, mark: MembershipMark) -> str:
        home = self._number(mark.member or mark.evidence)
        there = mark.organization if self._number(mark.organization) == home else None
        sides = self._worded(mark.member, mark.member_text), self._worded(there, mark.organization_text)
        return f"m {sides[0]} | {sides[1]} | {mark.level} | {mark.status}"
