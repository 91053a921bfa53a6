"""The report that the project began with, coded by the shipped model and kept."""

from pathlib import Path

import pytest

from dragoman.store import Store, open_store
from dragoman.types.record import Agreement, Event

pytestmark = pytest.mark.model
REPORT = Path(__file__).parents[2] / "examples" / "visit.txt"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("first") / "first.dragoman", create=True)
    store.ingest(REPORT)
    return store


def test_all_tellings_of_the_visit_are_one_happening(kept: Store) -> None:
    visits = list(kept.events(source="KAZ", target="ARM", mode="visit", counted=True).entries())
    assert len(visits) >= 2
    assert len({entry.cluster for entry in visits}) == 1


def test_accusations_are_claims_and_nothing_alleged_or_perceived_is_counted(kept: Store) -> None:
    assert len(kept.claims()) >= 1
    held = [event.status.value for event in kept.events(counted=True)]
    assert not {"alleged", "perceived", "hypothetical", "proposed"} & set(held)


def test_no_agreement_of_armenia_and_azerbaijan_is_signed(kept: Store) -> None:
    found: list[Agreement] = list(kept.dyad("ARM", "AZE").agreements())
    assert [agreement for agreement in found if agreement.agreement_status in ("signed", "in_force", "ratified")] == []
    assert len(kept.agreements()) <= 8


def test_year_that_the_report_does_not_give_is_not_guessed(kept: Store) -> None:
    times = {event.time.edtf for event in kept.events() if isinstance(event, Event) and event.time}
    assert "XXXX-04-15" in times
    assert all(entry.day == "" for entry in kept.events(mode="visit").entries())


def test_coding_again_writes_nothing(kept: Store) -> None:
    again = kept.ingest(REPORT)
    assert (again.new, again.there, again.run) == (0, 1, None)
