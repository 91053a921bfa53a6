from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.store import Store, open_store
from dragoman.types.cluster import ClusterDecision, Joining
from dragoman.types.review import Judgement, Verdict
from make_store import NEWER, coded


def fill(store: Store) -> None:
    """Two reports, one of them coded twice, a verdict and a decision."""
    text = "Arman visited Armenia on 2024-04-15. Sona threatened Georgia. They agreed on trade."
    store.add([coded(text, id="d1"), coded("Sona visited Türkiye's neighbour, 'Georgia'.\tSo it was.", id="d2")])
    store.add(coded(text, id="d1", provenance=NEWER, categories={"threatened": "shelled"}))
    (visit,) = store.events(type="CONSULT", document="d1")
    store.add_verdict(
        Verdict(
            id="v1",
            record=visit.id,
            document="d1",
            reviewer="ada",
            decided_at="2026-01-01T00:00:00+00:00",
            judgement=Judgement.CORRECT,
            field="status",
            judged="asserted",
            value="planned",
        )
    )
    records = tuple(event.id for event in store.events())
    store.add_cluster_decision(
        ClusterDecision(
            id="c1", joining=Joining.SPLIT, records=records[:2], by="ada", decided_at="2026-01-01T00:00:00+00:00"
        )
    )


def everything(store: Store) -> list[object]:
    """All that can be asked, for comparing two stores."""
    return [
        list(store.documents()),
        [entry.json for run in store.runs() for entry in store.records(run=run.id).order("text").entries()],
        list(store.coded()),
        store.verdicts(),
        store.cluster_decisions(),
        store.runs(),
        list(store.clusters()),
        store.actors(),
        store.dyad("KAZ", "ARM").months(),
    ]


def test_copy_answers_everything_as_the_store_does(local: Store, tmp_path: Path) -> None:
    fill(local)
    with open_store(tmp_path / "copy.dragoman", create=True) as copy:
        assert local.copy_to(copy)["record"] == 7
        assert everything(copy) == everything(local)


@pytest.mark.postgres
def test_way_to_postgresql_and_back_changes_nothing(database: str, local: Store, tmp_path: Path) -> None:
    fill(local)
    with open_store(database, create=True) as store, open_store(tmp_path / "back.dragoman", create=True) as back:
        local.copy_to(store)
        store.copy_to(back)
        assert everything(store) == everything(local)
        assert everything(back) == everything(local)
        assert back.check() == []


def test_store_that_is_not_empty_is_no_target(local: Store, tmp_path: Path) -> None:
    fill(local)
    with open_store(tmp_path / "copy.dragoman", create=True) as copy:
        copy.add(coded("Arman visited Armenia.", id="d9"))
        with pytest.raises(InputError, match="not empty; a store can only be moved into a new"):
            local.copy_to(copy)
