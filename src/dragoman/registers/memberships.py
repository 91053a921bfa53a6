"""The register of memberships: who belongs to what, stated or only implied, over time."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.registers.tellings import Told, entry_id, group, history_of, key_of, party_of, tell, telling_of
from dragoman.types.record import Membership
from dragoman.types.register import MembershipEntry

if TYPE_CHECKING:
    from dragoman.pipeline import Coded


def build_membership_register(coded: Iterable["Coded"]) -> tuple[MembershipEntry, ...]:
    """The entries, by first telling: one for each member and organization."""
    return tuple(_entry(members) for members in group(tell(coded, Membership), _is_same, _keys))


def _keys(told: Told[Membership]) -> list[tuple[str, str]]:
    return [(key_of(told.record.member), key_of(told.record.organization))]


def _is_same(one: Told[Membership], other: Told[Membership]) -> bool:
    a, b = one.record, other.record
    return key_of(a.member) == key_of(b.member) and key_of(a.organization) == key_of(b.organization)


def _entry(members: Sequence[Told[Membership]]) -> MembershipEntry:
    """The entry; what is only implied makes no step where some report states it."""
    first = members[0].record
    stated = [told for told in members if told.record.level == "stated"]
    steps = [telling_of(told, told.record.membership_status) for told in stated or members]
    history = history_of(steps)
    return MembershipEntry(
        id=entry_id("mr", members),
        member=party_of(first.member),
        organization=party_of(first.organization),
        level="stated" if stated else "implied",
        status=history[-1].value,
        history=history,
        tellings=tuple(telling_of(told, told.record.membership_status) for told in members),
        reason="stated" if stated else "only implied, nobody states it",
    )
