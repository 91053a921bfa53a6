"""Every kind of damage is found and named, and a sound store has none."""

from pathlib import Path

import pytest

from dragoman.store import Store, open_store
from dragoman.types.review import Judgement, Verdict
from make_store import coded

TEXTS = (
    "Arman visited Armenia on 2024-04-15.",
    "Sona threatened Georgia. Arman visited Georgia on 2024-05-02.",
    "Arman agreed on a treaty with Armenia. Sona claimed that it rained.",
)


def fill(store: Store) -> None:
    store.add([coded(text, id=f"d{number}", published="2024-05-03") for number, text in enumerate(TEXTS)])
    (event, *_) = store.events(type="THREATEN").entries()
    store.add_verdict(
        Verdict(
            id="v1", record=event.record.id, document="d1", reviewer="ada", decided_at="2024-06-01T00:00:00Z",
            judgement=Judgement.CORRECT, field="status", judged="asserted", value="planned",
        )
    )  # fmt: skip
    store.update_new_clusters()


def wrong(store: Store) -> dict[str, str]:
    return {check.name: " ".join(check.wrong) for check in store.examine() if check.wrong}


def test_sound_store_has_nothing_wrong(store: Store) -> None:
    fill(store)
    checks = list(store.examine())
    assert " ".join(check.name for check in checks) == "file rows full text texts quotes projections months clusters"
    assert [(check.name, check.wrong) for check in checks if check.wrong] == []
    looked_at = {check.name: check.looked_at for check in checks}
    assert (looked_at["texts"], looked_at["months"][0] > "0") == ("3 documents", True)


def test_empty_store_is_sound(store: Store) -> None:
    assert wrong(store) == {}


@pytest.mark.parametrize(
    ("damage", "name", "said"),
    [
        ("UPDATE document SET text = 'Something else.' WHERE id = 'd0'", "texts", "1 documents (d0) whose text is not"),
        ("UPDATE document SET text = 'Something else.' WHERE id = 'd0'", "quotes", "whose quotes are not in the text"),
        ("UPDATE record SET body = '{broken' WHERE key = 1", "quotes", "1 records (number 1) that cannot be read"),
        ("UPDATE entry SET confidence = 0.123 WHERE record = 1", "projections", "1 records (ev_"),
        ("UPDATE entry SET confidence = 0.123 WHERE record = 1", "projections", "rows in entry are not what a rebuild"),
        ("DELETE FROM corrected", "projections", "rows in corrected"),
        ("DELETE FROM involved WHERE record = 1", "projections", "rows in involved"),
        ("UPDATE dyad SET target = 'XXX' WHERE record = 1", "projections", "rows in dyad"),
        ("DELETE FROM entry WHERE record = 1", "rows", "1 records without an entry; run dragoman rebuild"),
        ("INSERT INTO dyad VALUES ('KAZ', 'ARM', '2024-01-01', 999)", "rows", "1 rows of dyad without a record"),
        ("UPDATE coding SET records = records + 1 WHERE key = 1", "rows", "1 codings whose records are not all there"),
        ("DELETE FROM current WHERE document = 1", "rows", "1 documents whose latest coding is not the one"),
        ("DELETE FROM cluster_member", "rows", "clusters without members"),
        ("DELETE FROM cluster WHERE id IN (SELECT cluster FROM cluster_member)", "rows", "clusters that are not there"),
        ("UPDATE dyad_month SET events = events + 1", "months", "whose counts are not those of their events"),
        ("DELETE FROM dyad_month", "months", "whose counts are not those of their events"),
        ("UPDATE cluster_member SET cluster = (SELECT min(id) FROM cluster)", "clusters", "in other clusters than"),
    ],
)
def test_damage_is_found_and_named(store: Store, damage: str, name: str, said: str) -> None:
    fill(store)
    with store.engine.transaction(durable=False) as writing:
        writing.write(damage)
    assert said in wrong(store)[name]


@pytest.mark.parametrize("table", ["entry", "involved", "corrected", "dyad", "dyad_month", "cluster_member", "current"])
def test_rebuild_mends_what_is_derived(store: Store, table: str) -> None:
    fill(store)
    with store.engine.transaction(durable=False) as writing:
        writing.write(f"DELETE FROM {table}")
    assert wrong(store)
    store.rebuild()
    assert wrong(store) == {}


def test_full_text_that_lost_step_is_found(store: Store) -> None:
    fill(store)
    sqlite = store.engine.dialect == "sqlite"
    all_gone = "INSERT INTO document_search(document_search) VALUES ('delete-all')"
    with store.engine.transaction(durable=False) as writing:
        writing.write(all_gone if sqlite else "DELETE FROM document_search")
    said = (
        "index document_search does not hold the words of its table" if sqlite else "3 documents that are not searched"
    )
    assert said in wrong(store)["full text"]
    store.rebuild()
    assert wrong(store) == {}


def test_overwritten_pages_are_found(tmp_path: Path) -> None:
    path = tmp_path / "a.dragoman"
    with open_store(path, create=True) as store:
        fill(store)
        store.engine.read("PRAGMA wal_checkpoint(TRUNCATE)")
        (pages,) = [
            int(row[0] or 0) for row in store.engine.read("SELECT rootpage FROM sqlite_master WHERE name = 'entry'")
        ]
    with path.open("r+b") as file:
        file.seek((pages - 1) * 4096 + 2000)
        file.write(b"\x5a" * 1500)
    with open_store(path) as store:
        file, rest = store.examine()
    assert "the file is damaged; take a copy" in file.wrong[-1]
    assert rest.note == "not looked at, because the file is damaged"


def test_what_waits_is_said_and_is_not_wrong(local: Store) -> None:
    fill(local)
    with local.engine.transaction(durable=False) as writing:
        writing.write("DELETE FROM clustered")
        writing.write("INSERT INTO dyad_dirty VALUES ('KAZ', 'ARM', '2024-04')")
        writing.write("DELETE FROM dyad_month WHERE month = '2024-04'")
    notes = {check.name: check.note for check in local.examine()}
    assert "3 documents wait to be compared" in notes["clusters"]
    assert "1 months wait to be counted" in notes["months"]
    assert wrong(local) == {}
