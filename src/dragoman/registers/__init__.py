"""Registers over coded reports: pure functions from any iterable of `Coded` to frozen entries.

    entries = build_agreement_register(store.coded())

The order of the reports never matters; ids stay when later reports are added.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from dragoman.registers.agreements import build_agreement_register
from dragoman.registers.claims import build_claim_register
from dragoman.registers.memberships import build_membership_register
from dragoman.registers.positions import build_position_register
from dragoman.registers.projects import build_project_register
from dragoman.registers.promises import build_promise_register
from dragoman.types.register import Entry

if TYPE_CHECKING:
    from dragoman.pipeline import Coded

REGISTERS: Mapping[str, Callable[[Iterable["Coded"]], tuple[Entry, ...]]] = {
    "agreements": build_agreement_register,
    "claims": build_claim_register,
    "positions": build_position_register,
    "projects": build_project_register,
    "memberships": build_membership_register,
    "promises": build_promise_register,
}

__all__ = [
    "REGISTERS",
    "build_agreement_register",
    "build_claim_register",
    "build_membership_register",
    "build_position_register",
    "build_project_register",
    "build_promise_register",
]
