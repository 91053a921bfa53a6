from dataclasses import replace

from dragoman.learning.lessons import Lesson, Lessons, read_lessons
from dragoman.store import Store
from dragoman.types.record import Claim, Event, Provenance
from dragoman.types.review import Judgement, Verdict
from make_added import TALKS, addition, missed
from make_learned import judge
from make_store import PROVENANCE, coded

TEXT = "Arman visited Armenia. Sona threatened Georgia."


def fill(store: Store, provenance: Provenance = PROVENANCE) -> tuple[Event, Event]:
    store.add(coded(TEXT, provenance=provenance), recode=True)
    visit, threat = store.coded_document("d1").coding.records
    assert isinstance(visit, Event)
    assert isinstance(threat, Event)
    return visit, threat


def only(found: Lessons) -> Lesson:
    (lesson,) = found.lessons
    return lesson


def test_accepted_event_teaches_its_own_category(store: Store) -> None:
    visit, _ = fill(store)
    judge(store, visit, Judgement.ACCEPT)
    lesson = only(read_lessons(store, codebook="plover"))
    assert (lesson.trigger, lesson.category, lesson.judged) == (visit.trigger, "CONSULT", "CONSULT")
    assert (lesson.sides_right, lesson.rejected, lesson.added, lesson.model) == (True, False, False, "made 1")


def test_rejected_event_teaches_no_category(store: Store) -> None:
    visit, _ = fill(store)
    judge(store, visit, Judgement.REJECT)
    lesson = only(read_lessons(store, codebook="plover"))
    assert (lesson.rejected, lesson.category, lesson.judged) == (True, None, "CONSULT")


def test_corrected_category_is_the_right_one(store: Store) -> None:
    visit, _ = fill(store)
    judge(store, visit, Judgement.CORRECT, field="category", value="COOPERATE")
    lesson = only(read_lessons(store, codebook="plover"))
    assert (lesson.category, lesson.judged, lesson.sides_right) == ("COOPERATE", "CONSULT", True)


def test_corrected_target_makes_the_sides_wrong(store: Store) -> None:
    visit, _ = fill(store)
    judge(store, visit, Judgement.CORRECT, field="targets", value="[]")
    lesson = only(read_lessons(store, codebook="plover"))
    assert (lesson.sides_right, lesson.targets, lesson.category) == (False, (), "CONSULT")


def test_corrected_status_leaves_category_and_sides_right(store: Store) -> None:
    visit, _ = fill(store)
    judge(store, visit, Judgement.CORRECT, field="status", value="planned")
    lesson = only(read_lessons(store, codebook="plover"))
    assert (lesson.sides_right, lesson.category) == (True, "CONSULT")


def test_undecided_events_are_counted_and_teach_nothing(store: Store) -> None:
    visit, threat = fill(store)
    judge(store, visit, Judgement.ACCEPT)
    judge(store, visit, Judgement.REJECT, reviewer="bo")
    judge(store, threat, Judgement.UNSURE)
    found = read_lessons(store, codebook="plover")
    assert (found.lessons, found.undecided) == ((), 2)


def test_verdict_taken_back_teaches_nothing(store: Store) -> None:
    visit, _ = fill(store)
    judge(store, visit, Judgement.REJECT)
    (first,) = store.verdicts()
    store.add_verdict(replace(first, id="back", judgement=Judgement.UNDO, undoes=first.id))
    assert read_lessons(store, codebook="plover").lessons == ()


def test_verdict_on_an_older_coding_teaches_with_that_codings_model(store: Store) -> None:
    visit, _ = fill(store, replace(PROVENANCE, model="older+learned.ab12"))
    judge(store, visit, Judgement.ACCEPT)
    newer = coded(TEXT, provenance=PROVENANCE, categories={"visited": "threatened"})
    store.add(newer, recode=True)
    lesson = only(read_lessons(store, codebook="plover"))
    assert (lesson.model, lesson.category) == ("older", "CONSULT")


def test_stale_verdict_teaches_from_the_coding_that_it_judged(store: Store) -> None:
    visit, _ = fill(store, replace(PROVENANCE, model="older"))
    seen = store.judged_of(visit.id)
    store.add_verdict(
        Verdict(
            id="1",
            record=visit.id,
            document="d1",
            reviewer="ada",
            decided_at="2026-01-01T00:00:00+00:00",
            judgement=Judgement.ACCEPT,
            judged=seen,
        )
    )
    again = coded(TEXT)
    changed = tuple(replace(record, reciprocal=True) for record in again.coding.records if isinstance(record, Event))
    store.add(replace(again, coding=replace(again.coding, records=changed)), recode=True)
    assert store.entry(visit.id).review == "stale"
    assert only(read_lessons(store, codebook="plover")).model == "older"


def test_other_kinds_and_other_codebooks_are_counted(store: Store) -> None:
    store.add(coded("Arman claimed that Sona threatened Georgia."))
    claim, threat = sorted(store.coded_document("d1").coding.records, key=lambda record: isinstance(record, Event))
    assert isinstance(claim, Claim)
    judge(store, claim, Judgement.ACCEPT)  # type: ignore[arg-type]  # any record has an id and a document
    judge(store, threat, Judgement.ACCEPT)  # type: ignore[arg-type]
    found = read_lessons(store, codebook="cameo")
    assert (found.lessons, found.other_kinds, found.other_codebooks) == ((), 1, 1)


def test_added_event_teaches_as_added(store: Store) -> None:
    store.add(coded(TALKS))
    event = missed(store.document("d1"))
    store.add_verdict(addition(event, TALKS))
    lesson = only(read_lessons(store, codebook="plover"))
    assert (lesson.added, lesson.category, lesson.trigger) == (True, "CONSULT", event.trigger)
