"""The table of one document: what was read, what is missing, the events, the other records, the sum. Pure."""

import textwrap
from collections.abc import Callable, Iterator, Sequence

from dragoman.cli.show import quote, show_actor, show_actors, show_attribution, show_place, show_time
from dragoman.types.record import (
    Agreement,
    Claim,
    Coding,
    Event,
    Membership,
    Position,
    Project,
    Record,
)
from dragoman.types.text import Document, shorten

_HEAD = ("#", "who", "did", "what to whom", "when", "where", "status", "according to")
# The widest and the narrowest that a column may be; what does not fit wraps.
_WIDEST = (4, 40, 24, 40, 22, 28, 14, 28)
_NARROWEST = (2, 12, 8, 12, 10, 7, 8, 7)
_GAP = "  "
_BOLD, _DIM, _YELLOW, _OFF = "\033[1m", "\033[2m", "\033[33m", "\033[0m"
_SHORTEST_NAME = 100

Paint = Callable[[str, str], str]


def lines_of(document: Document, coding: Coding, *, width: int, colour: bool) -> Iterator[str]:
    """Yields the lines of the document's table; `width` in characters, colours as ANSI codes."""

    def paint(text: str, code: str) -> str:
        return f"{code}{text}{_OFF}" if colour and text else text

    yield from _header(document, coding, width, paint)
    events = [record for record in coding.records if isinstance(record, Event)]
    if events:
        yield ""
        yield from _event_lines(events, document.text, width, paint)
    yield from _other_lines(coding.records, document.text, width, paint)
    yield ""
    yield summarise(coding.records)


def _header(document: Document, coding: Coding, width: int, paint: Paint) -> Iterator[str]:
    yield paint(document.title or document.origin, _BOLD)
    known = [document.publisher, document.published.isoformat() if document.published else None, document.url]
    named = " · ".join([document.origin, *(value for value in known if value)])
    missing = [
        name
        for name, value in (
            ("publication date", document.published),
            ("publisher", document.publisher),
            ("address", document.url),
        )
        if value is None
    ]
    yield paint(named + (f" · not given: {', '.join(missing)}" if missing else ""), _DIM)
    for note in document.notes:
        yield from _wrapped(f"! {note}", width, paint, _YELLOW)
    for issue in coding.issues:
        if issue.code != "furniture":
            yield from _wrapped(f"! {issue.message}", width, paint, _YELLOW)
    yield from _furniture_lines(document, width, paint)


def _furniture_lines(document: Document, width: int, paint: Paint) -> Iterator[str]:
    marks = [mark.span.of(document.text) for mark in document.furniture]
    if marks:
        some = "1 line looks" if len(marks) == 1 else f"{len(marks)} lines look"
        were = "was" if len(marks) == 1 else "were"
        shown = ", ".join(f'"{shorten(mark, 60)}"' for mark in marks[:5]) + (", …" if len(marks) > 5 else "")
        yield from _wrapped(f"  {some} like page furniture and {were} not coded: {shown}", width, paint, _DIM)


def _event_lines(events: Sequence[Event], text: str, width: int, paint: Paint) -> Iterator[str]:
    rows = [_event_cells(number, event) for number, event in enumerate(events, start=1)]
    widths = _fit([_HEAD, *rows], width)
    yield from (paint(line, _BOLD) for line in _wrap_row(_HEAD, widths))
    clusters: dict[str, int] = {}
    for number, (event, row) in enumerate(zip(events, rows, strict=True), start=1):
        first = clusters.setdefault(event.cluster, number) if event.cluster else number
        for line in _wrap_row(row, widths):
            yield line if event.counted else paint(line, _DIM)
        yield from _quote_lines(event, text, width, paint, told=first if first != number else None)


def _event_cells(number: int, event: Event) -> tuple[str, ...]:
    return (
        f"{number:>2}",
        show_actors(event.sources) or "-",
        f"{event.category} {event.mode}" if event.mode else event.category,
        "(each other)" if event.reciprocal and not event.targets else show_actors(event.targets) or "-",
        show_time(event.time) or "-",
        show_place(event.place) or "-",
        event.status.value,
        show_attribution(event.attribution),
    )


def _quote_lines(event: Event, text: str, width: int, paint: Paint, *, told: int | None) -> Iterator[str]:
    remarks = [] if event.counted else ["not counted"]
    remarks += [f"same happening as {told}"] if told else []
    remark = f"   ← {'; '.join(remarks)}" if remarks else ""
    yield from _wrapped(f'      s{event.sentence} "{quote(event, text)}"{remark}', width, paint, _DIM)


def _other_lines(records: Sequence[Record], text: str, width: int, paint: Paint) -> Iterator[str]:
    for title, kind, show in _SECTIONS:
        found = [record for record in records if isinstance(record, kind)]
        if found:
            yield ""
            yield paint(title, _BOLD)
        for record in found:
            yield from _wrapped(f"  - {show(record)}", width, lambda line, _: line, "")
            said = f"according to {show_attribution(record.attribution)}"
            quoted = f'      s{record.sentence} "{quote(record, text)}"   {record.status.value}, {said}'
            yield from _wrapped(quoted, width, paint, _DIM)


def _show_agreement(agreement: Agreement) -> str:
    name = f'"{agreement.title}"' if agreement.title else f"{agreement.description or agreement.instrument} (unnamed)"
    parts = [f"{agreement.instrument.replace('_', ' ')}: {name}", agreement.agreement_status.replace("_", " ")]
    parts += [f"parties {show_actors(agreement.parties)}"] if agreement.parties else ["parties not stated"]
    parts += [f"on {', '.join(agreement.subjects)}"] if agreement.subjects else []
    parts += [show_time(agreement.time)] if agreement.time else []
    parts += [f"number stated: {agreement.number_stated}"] if agreement.number_stated else []
    parts += ["may be the same as another one here"] if agreement.may_overlap else []
    return " · ".join(parts)


def _show_position(position: Position) -> str:
    strength = f" ({position.strength})" if position.strength else ""
    return f"{show_actor(position.holder)}: {position.stance}{strength} {position.topic_text}"


def _show_claim(claim: Claim) -> str:
    speaker = show_actor(claim.speaker) if claim.speaker else f"{claim.speaker_kind} speaker"
    cue = f' ("{claim.cue_text}")' if claim.cue_text else ""
    return f"{speaker}{cue}: {shorten(claim.content_text, _SHORTEST_NAME)}"


def _show_project(project: Project) -> str:
    parts = [project.name, project.sort or "", project.project_status.replace("_", " ")]
    parts += [f"by {show_actors(project.proponents)}"] if project.proponents else []
    parts += [f"in {', '.join(show_place(place) for place in project.places)}"] if project.places else []
    return " · ".join(part for part in parts if part)


def _show_membership(membership: Membership) -> str:
    tie = f"{show_actor(membership.member)} in {show_actor(membership.organization)}"
    return f"{tie} · {membership.membership_status} · {membership.level}"


_SECTIONS: tuple[tuple[str, type, Callable[..., str]], ...] = (
    ("agreements", Agreement, _show_agreement),
    ("positions", Position, _show_position),
    ("claims", Claim, _show_claim),
    ("projects", Project, _show_project),
    ("memberships", Membership, _show_membership),
)


def summarise(records: Sequence[Record]) -> str:
    """The counts by kind, happenings counted once: `6 events (5 happenings, 4 counted) · 2 agreements`."""
    events = [record for record in records if isinstance(record, Event)]
    if not records:
        return "no events, agreements, positions, claims, projects or memberships found"
    happenings = len({event.cluster or event.id for event in events})
    counted = len({event.cluster or event.id for event in events if event.counted})
    shown = [f"{_count(len(events), 'event')} ({_count(happenings, 'happening')}, {counted} counted)"]
    for title, kind, _ in _SECTIONS:
        number = sum(isinstance(record, kind) for record in records)
        shown += [_count(number, title[:-1])] if number else []
    return " · ".join(shown)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


# ---- layout


def _fit(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Column widths: as wide as the longest cell, then the widest ones narrowed until the row fits."""
    widths = [min(max(len(row[column]) for row in rows), _WIDEST[column]) for column in range(len(_HEAD))]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        slack = [have - least for have, least in zip(widths, _NARROWEST, strict=True)]
        if max(slack) <= 0:
            break
        widths[slack.index(max(slack))] -= 1
    return widths


def _wrap_row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [
        textwrap.wrap(cell, limit, break_on_hyphens=False) or [""] for cell, limit in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, cells))):
        yield _join_cells([cell[number] if number < len(cell) else "" for cell in cells], widths)


def _join_cells(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(cell.ljust(limit) for cell, limit in zip(cells, widths, strict=True)).rstrip()


def _wrapped(text: str, width: int, paint: Paint, code: str) -> Iterator[str]:
    indent = " " * (len(text) - len(text.lstrip()) + 3)
    for line in textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False):
        yield paint(line, code)
