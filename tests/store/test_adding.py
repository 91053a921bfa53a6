"""Records that people add: they count and stay like any other, until they are taken back."""

from dataclasses import replace

import pytest

from dragoman.errors import ConflictError, InputError, RecordNotFoundError
from dragoman.store import Store
from dragoman.types.record import Event, Origin
from dragoman.types.review import Judgement, Verdict
from make_added import TALKS, addition, missed
from make_store import NEWER, coded


@pytest.fixture
def event(store: Store) -> Event:
    """The event that the coder of the only report missed, kept by ada."""
    store.add(coded(TALKS))
    found = missed(store.document("d1"))
    store.add_verdict(addition(found, TALKS))
    return found


def said(event: Event, judgement: Judgement, reviewer: str = "ben", **more: str) -> Verdict:
    return replace(
        addition(event, TALKS, id=f"v-{judgement}-{reviewer}", reviewer=reviewer),
        judgement=judgement,
        value=more.get("value"),
        undoes=more.get("undoes"),
        field=more.get("field"),
    )


def test_added_record_is_found_counted_and_read_like_any_other(store: Store, event: Event) -> None:
    entry = store.entry(event.id)
    assert (entry.review, entry.record.origin, entry.quote) == ("accepted", Origin.PERSON, "met")
    assert store.events(type="CONSULT", target="KAZ").count().happenings == 1
    assert [month.events for month in store.dyad("ARM", "KAZ").months() if month.source == "ARM"] == [1]
    (whole,) = store.coded()
    assert [record.id for record in whole.coding.records if record.origin is Origin.PERSON] == [event.id]
    assert store.check() == []


def test_added_record_survives_recoding_and_is_no_work_of_a_run(store: Store, event: Event) -> None:
    store.add(coded(TALKS, provenance=NEWER))
    assert store.entry(event.id).run == store.runs()[0].id
    assert store.events(type="CONSULT", target="KAZ").count().happenings == 1
    diff = store.diff(store.runs()[1].id, store.runs()[0].id)
    assert (diff.changes, diff.same) == ((), 1)
    assert store.runs()[0].records == 1
    store.rebuild()
    assert store.entry(event.id).review == "accepted"
    assert store.check() == []


def test_added_record_is_taken_back_and_can_be_added_again(store: Store, event: Event) -> None:
    store.add_verdict(said(event, Judgement.UNDO, "ada", undoes="v-add"))
    assert store.entry(event.id).review == "rejected"
    assert store.events(target="KAZ").count().happenings == 0
    store.add(coded(TALKS, provenance=NEWER))
    assert store.events(target="KAZ").count().happenings == 0
    store.add_verdict(addition(event, TALKS, id="v-again"))
    assert store.entry(event.id).review == "accepted"


def test_somebody_else_who_accepts_it_keeps_a_record_that_its_author_takes_back(store: Store, event: Event) -> None:
    store.add_verdict(said(event, Judgement.ACCEPT))
    store.add_verdict(said(event, Judgement.UNDO, "ada", undoes="v-add"))
    assert store.entry(event.id).review == "accepted"


def test_added_record_is_disputed_when_another_rejects_it(store: Store, event: Event) -> None:
    store.add_verdict(said(event, Judgement.REJECT))
    assert store.entry(event.id).review == "disputed"


def test_added_record_can_be_corrected(store: Store, event: Event) -> None:
    store.add_verdict(said(event, Judgement.CORRECT, field="status", value="planned"))
    entry = store.entry(event.id)
    assert (entry.record.status, entry.record.counted, entry.review) == ("planned", False, "corrected")


def test_record_that_is_there_is_not_added_twice(store: Store, event: Event) -> None:
    with pytest.raises(ConflictError, match="there already"):
        store.add_verdict(addition(event, TALKS, id="v-2", reviewer="ben"))
    visit = missed(store.document("d1"), "visited")
    with pytest.raises(ConflictError, match="correct that one"):
        store.add_verdict(addition(visit, TALKS, id="v-3"))
    assert len(store.verdicts()) == 1


def test_the_same_addition_again_changes_nothing(store: Store, event: Event) -> None:
    store.add_verdict(addition(event, TALKS))
    assert len(store.verdicts(event.id)) == 1


def test_coder_that_finds_it_later_meets_what_the_person_said(store: Store) -> None:
    store.add(coded(TALKS, id="d2"))
    found = missed(store.document("d2"))
    store.add_verdict(addition(found, TALKS))
    newer = coded(TALKS, id="d2", provenance=NEWER)
    machine = replace(found, origin=Origin.MACHINE, confidence=0.6, mode="visit")
    store.add(replace(newer, coding=replace(newer.coding, records=(*newer.coding.records, machine))))
    assert store.entry(found.id).record.mode is None
    store.add_verdict(said(found, Judgement.UNDO, "ada", undoes="v-add"))
    assert (store.entry(found.id).record.mode, store.entry(found.id).review) == ("visit", "open")


def test_correction_of_the_trigger_widens_the_evidence(store: Store, event: Event) -> None:
    value = '{"trigger":{"start":42,"end":54,"text":"met Arman in"}}'
    store.add_verdict(said(event, Judgement.CORRECT, value=value))
    record = store.entry(event.id).record
    assert (record.trigger_text, len(record.evidence)) == ("met Arman in", 2)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"origin": Origin.MACHINE}, "expected 'person'"),
        ({"evidence": ()}, "no evidence"),
        ({"trigger_text": "spoke"}, "is not what the text has"),
        ({"document": "d9"}, "the verdict's own"),
    ],
)
def test_addition_that_is_no_record_of_the_text_is_refused(
    store: Store, changes: dict[str, object], message: str
) -> None:
    store.add(coded(TALKS))
    event = missed(store.document("d1"))
    verdict = replace(addition(replace(event, **changes), TALKS), document="d1", record=event.id)
    with pytest.raises(InputError, match=message):
        store.add_verdict(verdict)
    assert store.verdicts() == ()


def test_addition_to_no_document_is_refused(store: Store) -> None:
    event = missed(coded(TALKS).document)
    with pytest.raises(RecordNotFoundError, match="document 'd1'"):
        store.add_verdict(addition(event, TALKS))


def test_addition_moves_with_the_core_of_the_store(store: Store, event: Event, tmp_path) -> None:
    from dragoman.store import open_store

    with open_store(tmp_path / "copy.dragoman", create=True) as other:
        store.copy_to(other)
        assert other.entry(event.id).record.origin is Origin.PERSON
        assert other.check() == []
