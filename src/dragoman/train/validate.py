"""What a report must satisfy beyond the form of its lines."""

from collections.abc import Iterator

from dragoman.train import codes
from dragoman.train.annotation import ActorMark, EventMark, Fault, Report
from dragoman.train.markup import MarkupFile
from dragoman.train.place import PRONOUNS, RELATIVES

Complaint = tuple[str, str, bool]


def check_file(file: str, markup: MarkupFile) -> tuple[Fault, ...]:
    """All faults of a markup file: those of form, those of content, and doubled ids."""
    faults = list(markup.faults)
    seen: set[str] = set()
    lines = dict(markup.lines)
    for report in markup.reports:
        first = min(lines[report.id], default=0)
        if report.id in seen:
            faults.append(Fault(file=file, line=first, message=f"id {report.id!r} twice", remedy="rename the second"))
        seen.add(report.id)
        for event, line in zip(report.events, lines[report.id], strict=False):
            for message, remedy, grave in check_event(event):
                faults.append(Fault(file=file, line=line, message=message, remedy=remedy, grave=grave))
        for index, message in find_doubles(report):
            line = lines[report.id][index] if index < len(lines[report.id]) else first
            faults.append(Fault(file=file, line=line, message=message, remedy="keep one record for each telling"))
        faults += [
            Fault(file=file, line=first, message=f"{report.id}: {message}", remedy=remedy)
            for message, remedy in check_others(report)
        ]
    return tuple(sorted(faults, key=lambda f: (f.file, f.line)))


def check_event(event: EventMark) -> Iterator[Complaint]:
    """Complaints about one event: message, remedy, whether it is grave."""
    yield from _check_kind(event)
    yield from _check_status(event)
    yield from _check_joint(event)
    if " " in event.trigger_text.strip():
        yield f"trigger {event.trigger_text!r} is more than one word", "keep the head word only", True
    for side in (event.sources, event.targets):
        for actor in side:
            yield from check_actor(actor)


def _check_kind(event: EventMark) -> Iterator[Complaint]:
    category, mode, cameo = event.category, event.mode, event.cameo
    if category not in codes.MODES:
        yield f"category {category!r} unknown", "use one of " + " ".join(codes.MODES), True
        return
    if mode and mode not in codes.MODES[category]:
        known = " ".join(sorted(codes.MODES[category])) or "none"
        yield f"mode {mode!r} is not one of {category}", f"use one of: {known}", True
    if not mode and category in ("PROTEST", "MOBILIZE", "SANCTION", "ACCUSE"):
        yield f"{category} without a mode", "choose a mode if the text decides it", False
    if cameo not in codes.CAMEO_CODES:
        yield f"CAMEO {cameo!r} unknown", "use a code of the CAMEO table", True
    elif not cameo.startswith(codes.ROOTS[category]) and not (len(cameo) == 2 and _root_fits(category, cameo)):
        roots = " ".join(codes.ROOTS[category])
        yield f"CAMEO {cameo} does not fit {category}", f"{category} takes codes that begin with {roots}", True
    if category == "ACCUSE" and cameo == "116":
        yield "a conviction is SANCTION.convict 116", "change the category", True
    if category == "COERCE" and cameo in ("171", "1711") and mode not in ("seize", None):
        yield f"CAMEO {cameo} is seizure but the mode is {mode}", "make mode and code agree", False


def _root_fits(category: str, cameo: str) -> bool:
    return any(root.startswith(cameo) for root in codes.ROOTS[category])


def _check_status(event: EventMark) -> Iterator[Complaint]:
    if event.status not in codes.STATUSES:
        yield f"status {event.status!r} unknown", "use one of " + " ".join(sorted(codes.STATUSES)), True
    if event.category == "AGREE" and event.status == "asserted":
        yield "AGREE is never asserted", "pledged if the promise is made, signalled or planned else (decision 1)", True
    if event.by == "report" and (event.speaker or event.cue):
        yield "by report takes no speaker and no cue", "write named: speaker / cue, or report", True
    if event.by == "named" and event.speaker and not event.cue:
        yield "named speaker without its cue", "write named: speaker / cue", False


def _check_joint(event: EventMark) -> Iterator[Complaint]:
    if event.reciprocal and not event.sources:
        yield "joint act without sources", "name the sides as sources, or write - as target", True
    if event.reciprocal and len(event.sources) == 1 and event.sources[0].text.lower() in _SINGLE:
        yield "joint act of one single actor", "add the other sides as sources, or write the target", True
    same = {(a.span, a.country, a.sector) for a in event.sources} & {
        (a.span, a.country, a.sector) for a in event.targets
    }
    if same:
        yield "the same words are source and target", "a joint act has sources and & as target", True
    if len({(a.span, a.country, a.sector) for a in event.sources}) < len(event.sources):
        yield "the same source twice", "name it once", True


_SINGLE = frozenset(("he", "she", "i", "him", "her", "it"))


def check_actor(actor: ActorMark) -> Iterator[Complaint]:
    """Complaints about one actor: codes and pronouns."""
    if actor.country and actor.country not in codes.COUNTRIES:
        yield f"country {actor.country!r} of {actor.text!r} unknown", "use ISO 3166-1 alpha-3, KOS, IGO, NGO, IMG", True
    if actor.sector and actor.sector not in codes.SECTORS:
        yield f"sector {actor.sector!r} of {actor.text!r} unknown", "use " + " ".join(sorted(codes.SECTORS)), True
    word = actor.text.lower()
    if word in RELATIVES:
        yield f"{actor.text!r} as an actor", "mark the words it stands for, in the same sentence", True
    elif word in PRONOUNS and not actor.country and not actor.sector:
        yield f"pronoun {actor.text!r} without country and sector", "say whom it means, as [COUNTRY SECTOR]", False


def find_doubles(report: Report) -> Iterator[tuple[int, str]]:
    """Events of one report that tell the same act by the same actors with the same word.

    Two sources that share a verb ("condemned the raid, as did the council") are two tellings and no double.
    """
    seen: set[tuple[object, ...]] = set()
    for index, event in enumerate(report.events):
        sources, targets = _who(event)
        keys = {
            (event.trigger, event.category, event.cameo, sources),
            (event.trigger, event.category, targets, sources),
        }
        if keys & seen:
            yield index, f"{event.category} {event.cameo} at {event.trigger_text!r} written twice for the same source"
        seen |= keys


def _who(event: EventMark) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(a.text for a in event.sources), frozenset(a.text for a in event.targets)


def check_others(report: Report) -> Iterator[tuple[str, str]]:
    """Complaints about agreements, positions, projects, memberships and actor entries."""
    if not report.sentences:
        yield "no sentence", "write at least one > line"
    for agreement in report.agreements:
        if agreement.instrument not in codes.INSTRUMENTS:
            yield f"instrument {agreement.instrument!r}", "use " + ", ".join(sorted(codes.INSTRUMENTS))
        if agreement.status not in codes.AGREEMENT_STATUSES:
            yield f"agreement status {agreement.status!r}", "use " + " ".join(sorted(codes.AGREEMENT_STATUSES))
    for position in report.positions:
        if position.stance not in codes.STANCES:
            yield f"stance {position.stance!r}", "use for, against, mixed or neutral"
    for project in report.projects:
        if project.status not in codes.PROJECT_STATUSES:
            yield f"project status {project.status!r}", "use " + " ".join(sorted(codes.PROJECT_STATUSES))
    for membership in report.memberships:
        if membership.level not in codes.LEVELS or membership.status not in codes.MEMBERSHIP_STATUSES:
            yield f"membership {membership.level} {membership.status}", "use stated/implied | member/candidate/..."
    for actor in report.actors:
        for message, remedy, grave in check_actor(
            ActorMark(text=actor.name, span=None, country=actor.country, sector=actor.sector)
        ):
            if grave:
                yield message, remedy
