"""What the knowledge base holds about a name, as lines to read."""

from datetime import date

from dragoman.actors.entries import ActorEntry, MemberTerm, RoleTerm
from dragoman.actors.kb import KnowledgeBase

_MOST_MEMBERS = 12


def present_name(kb: KnowledgeBase, name: str, as_of: date | None) -> tuple[str, ...]:
    """One block of lines for each actor that the name may mean, then the attribution owed; empty where none does."""
    entries = kb.search(name)
    lines = [line for entry in entries for line in _present(kb, entry, as_of)]
    used = {entry.source for entry in entries} | {term.source for entry in entries for term in kb.roles(entry.id)}
    owed = [note.attribution for note in kb.sources() if note.id in used and note.attribution]
    return (*lines, *(f"attribution: {line}" for line in owed))


def _present(kb: KnowledgeBase, entry: ActorEntry, as_of: date | None) -> list[str]:
    codes = " ".join(code for code in (entry.country, entry.sector) if code)
    lines = [f"{entry.name}  {entry.kind} {codes}  [{entry.id}, {entry.source}]"]
    if entry.aliases:
        lines.append(f"  also: {', '.join(entry.aliases[:5])}")
    terms = tuple(sorted(kb.roles(entry.id), key=lambda term: term.valid_from or date.min))
    held = [term for term in terms if as_of is None or term.holds_on(as_of)]
    lines += [_present_role(term, as_of) for term in held]
    if terms and not held:
        lines.append(f"  no known office on {as_of}, {_nearest(terms, as_of)}")
    lines += _present_members(
        "member of", [(kb, term, term.organization) for term in kb.memberships_of(entry.id, as_of)]
    )
    return lines + _present_members("members:", [(kb, term, term.member) for term in kb.members_of(entry.id, as_of)])


def _nearest(terms: tuple[RoleTerm, ...], day: date | None) -> str:
    """The last term before the day, else the first after it."""
    past = [term for term in terms if day is not None and term.valid_from is not None and term.valid_from <= day]
    term = past[-1] if past else terms[0]
    return f"{'last' if past else 'first'}: {_present_role(term, None).strip()}"


def _present_members(label: str, terms: "list[tuple[KnowledgeBase, MemberTerm, str]]") -> list[str]:
    """One line for all memberships of a kind; a status other than member is told."""
    if not terms:
        return []
    names = []
    for kb, term, other in terms:
        entry = kb.entry(other)
        status = "" if term.status == "member" else f" ({term.status})"
        names.append(f"{entry.name if entry else other}{status}")
    more = f" and {len(names) - _MOST_MEMBERS} more" if len(names) > _MOST_MEMBERS else ""
    return [f"  {label} {', '.join(names[:_MOST_MEMBERS])}{more}  ({terms[0][1].source})"]


def _present_role(term: RoleTerm, as_of: date | None) -> str:
    end = term.valid_to or ("open" if term.open else "unknown")
    stale = as_of is not None and term.is_stale_on(as_of)
    note = f"  stale: the source speaks up to {term.horizon}" if stale else ""
    codes = " ".join(code for code in (term.country, term.sector) if code)
    return f"  {term.title}, {codes}, {term.valid_from or 'unknown'} to {end} ({term.precision}; {term.source}){note}"
