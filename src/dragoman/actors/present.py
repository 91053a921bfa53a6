"""What the knowledge base holds about a name, as lines to read."""

from datetime import date

from dragoman.actors.entries import ActorEntry, RoleTerm
from dragoman.actors.kb import KnowledgeBase


def present_name(kb: KnowledgeBase, name: str, as_of: date | None) -> tuple[str, ...]:
    """One block of lines for each actor that the name may mean; empty where none does."""
    return tuple(line for entry in kb.search(name) for line in _present(kb, entry, as_of))


def _present(kb: KnowledgeBase, entry: ActorEntry, as_of: date | None) -> list[str]:
    codes = " ".join(code for code in (entry.country, entry.sector) if code)
    lines = [f"{entry.name}  {entry.kind} {codes}  [{entry.id}, {entry.source}]"]
    others = kb.names_of(entry.id)[1:6]
    if others:
        lines.append(f"  also: {', '.join(others)}")
    terms = kb.roles(entry.id)
    lines += [_present_role(term, as_of) for term in terms if as_of is None or term.holds_on(as_of)]
    if as_of is not None and terms and len(lines) == 1 + bool(others):
        lines.append(f"  no known office on {as_of}")
    found = kb.memberships_of(entry.id, as_of)
    lines += [f"  member of {term.organization}  ({term.source})" for term in found]
    return lines


def _present_role(term: RoleTerm, as_of: date | None) -> str:
    end = term.valid_to or ("open" if term.open else "unknown")
    stale = "  stale: the source ends before" if as_of is not None and term.is_stale_on(as_of) else ""
    codes = " ".join(code for code in (term.country, term.sector) if code)
    return f"  {term.title}, {codes}, {term.valid_from or 'unknown'} to {end} ({term.precision}; {term.source}){stale}"
