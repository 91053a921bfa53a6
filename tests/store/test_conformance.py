"""What every store does, whichever database lies below. One body, run on each."""

from dataclasses import replace

import pytest

from dragoman.errors import ConflictError, InputError, RecordNotFoundError
from dragoman.pipeline import Coded
from dragoman.store import Store
from dragoman.types.cluster import ClusterDecision, Joining
from dragoman.types.record import Agreement, Claim, Event
from dragoman.types.review import Judgement, Verdict
from make_store import NEWER, coded

VISIT = "Arman visited Armenia on 2024-04-15. Perhaps Sona threatened Georgia."


def events(store: Store, **filters: object) -> list[str]:
    return [event.trigger_text for event in store.events(**filters)]  # type: ignore[arg-type]  # names as given


def verdict(store: Store, record: str, judgement: Judgement, **given: str | None) -> Verdict:
    values = {"id": "v1", "reviewer": "ada", "decided_at": "2026-01-01T00:00:00+00:00", **given}
    return Verdict(record=record, document="d1", judgement=judgement, **values)  # type: ignore[arg-type]  # texts


def only(store: Store) -> str:
    (record,) = store.events(type="CONSULT")
    return record.id


# ---- adding


def test_document_comes_back_as_it_was_given(store: Store) -> None:
    given = coded(VISIT, publisher="Made Daily")
    store.add(given)
    assert store.document("d1") == given.document


def test_coding_comes_back_as_it_was_given(store: Store) -> None:
    given = coded(VISIT + " They agreed on trade. She claimed it.")
    store.add(given)
    (back,) = store.coded()
    assert back == given
    assert {type(record) for record in back.coding.records} == {Event, Agreement, Claim}


def test_adding_twice_writes_nothing(store: Store) -> None:
    store.add(coded(VISIT))
    again = store.add(coded(VISIT))
    assert (again.new, again.there, again.records) == (0, 1, 0)
    assert len(store.records()) == 2


def test_another_text_under_a_known_id_is_refused(store: Store) -> None:
    store.add(coded(VISIT))
    with pytest.raises(InputError, match="'d1': another text is kept under this id"):
        store.add(coded("Sona visited Georgia."))
    assert store.document("d1").text == VISIT


def test_record_written_twice_by_a_coder_is_kept_once(store: Store) -> None:
    given = coded(VISIT)
    first = given.coding.records[0]
    doubled = replace(given.coding, records=(replace(first, confidence=0.1), *given.coding.records))
    store.add(Coded(document=given.document, coding=doubled))
    assert [event.confidence for event in store.events(type="CONSULT")] == [0.9]


# ---- questions


@pytest.fixture
def told(store: Store) -> Store:
    store.add(
        [
            coded(VISIT, id="d1"),
            coded("Arman visited Georgia.", id="d2", published="2023-01-05"),
            coded("Sona shelled Kazakhstan. They agreed on trade.", id="d3", published="2022-06-01"),
            coded("Kazakhstan visited Armenia.", id="d4", published=None),
        ]
    )
    return store


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": "KAZ", "target": "ARM"}, ["visited", "visited"]),
        ({"source": "KAZ:GOV", "target": "ARM"}, ["visited"]),
        ({"source": "Q9001"}, ["visited", "visited"]),
        ({"source": "martiro"}, ["threatened", "shelled"]),
        ({"target": ["GEO", "KAZ"]}, ["threatened", "visited", "shelled"]),
        ({"actor": "Arman"}, ["visited", "visited"]),
        ({"type": "ASSAULT"}, ["shelled"]),
        ({"mode": "visit", "until": "2023"}, ["visited"]),
        ({"since": "2024-04-16"}, ["threatened"]),
        ({"since": "2024-04", "until": "2024-04-15"}, ["visited"]),
        ({"place": "arm", "since": "2020"}, ["visited"]),
        ({"place": "ARM"}, ["visited", "visited"]),
        ({"place": ["@1.5,-2", "ARM"]}, ["visited", "visited"]),
        ({"place": "@none", "type": "ASSAULT"}, ["shelled"]),
        ({"place": "@40.18,44.51"}, []),
        ({"q": "sona georgia"}, ["threatened", "visited"]),
        ({"q": '"visited georgia"'}, ["visited"]),
        ({"min_conf": 0.5, "source": "ARM"}, ["threatened", "shelled"]),
        ({"document": "d3"}, ["shelled"]),
        ({"status": "alleged"}, []),
        ({"attributed_to": "report", "source": "ARM"}, ["threatened", "shelled"]),
        ({"counted": False}, []),
    ],
    ids=str,
)
def test_filter_finds(told: Store, filters: dict[str, object], found: list[str]) -> None:
    assert events(told, **filters) == found


def test_records_are_sorted_by_day_the_undated_last(told: Store) -> None:
    assert [entry.day for entry in told.events().entries()] == [
        *("2024-04-16", "2024-04-15", "2023-01-05", "2022-06-01", "")
    ]


@pytest.mark.parametrize("order", ["newest", "oldest", "least_sure"])
def test_pages_give_everything_once_in_order(told: Store, order: str) -> None:
    whole = [entry.record.id for entry in told.records().order(order).entries()]
    paged, after = [], None
    while True:
        page = told.records().order(order).page(limit=2, after=after)
        paged += [entry.record.id for entry in page.entries]
        if page.after is None:
            break
        after = page.after
    assert paged == whole
    assert len(whole) == 6


def test_pages_of_a_dyad_give_both_directions(told: Store) -> None:
    first = told.dyad("ARM", "KAZ").events().page(limit=2)
    rest = told.dyad("ARM", "KAZ").events().page(limit=2, after=first.after)
    assert [entry.document for entry in (*first.entries, *rest.entries)] == ["d1", "d3", "d4"]
    assert rest.after is None


def test_agreement_is_found_from_both_parties(told: Store) -> None:
    assert [agreement.description for agreement in told.dyad("KAZ", "ARM").agreements()] == ["agreement on trade"]
    assert len(told.agreements(source="ARM", target="KAZ")) == 1


def test_count_is_of_happenings_and_says_so(store: Store) -> None:
    store.add(coded("Arman visited Armenia. Arman visited Georgia.", id="d1"))
    count = store.events().count()
    assert (count.happenings, count.reports, count.records) == (1, 1, 2)
    assert str(count) == "1 happening told by 1 report (2 records)"


def test_months_count_a_happening_once(store: Store) -> None:
    store.add(coded("Arman visited Armenia. Arman visited Armenia again, it is said.", id="d1"))
    (month,) = store.dyad("KAZ", "ARM").months()
    assert (month.source, month.target, month.month, month.events, month.reports) == ("KAZ", "ARM", "2024-04", 1, 1)
    assert month.goldstein == pytest.approx(1.9)


def test_series_of_a_dyad_is_that_of_the_analysis(told: Store) -> None:
    there, back = told.dyad("KAZ", "ARM").series(freq="year")
    assert [row.events for row in there.rows if row.events] == [1]
    assert [row.events for row in back.rows if row.events] == [1]


def test_actors_are_found_by_any_part_of_a_name(told: Store) -> None:
    (actor,) = told.actors("seito")
    assert (actor.actor_id, actor.name, actor.names, actor.records) == ("Q9001", "Arman Seitov", ("Arman",), 2)


def test_statement_can_be_read_and_run(told: Store) -> None:
    asked = told.events(source="KAZ", target="ARM", q="visited")
    assert len(told.engine.read(asked.sql)) == len(asked) == 2


SPELT = (
    "Président Erdoğan visited Türkiye’s neighbour. São Paulo's mayor, Łukasz Öz, spoke of peace/war and co-operation.",
    "Ελλάδα και Αθήνα; ЧЁРНОЕ МОРЕ, Київ. The U.S. paid 3.5 million on e_mail terms: www.example.org/north-sea.",
    "Naïve façade; ÉTUDES of the Ångström coöperation in Kraków and İzmir",
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("president erdogan", [0]), ("Président", [0]), ("PRESIDENT", [0]), ("turkiye", [0]), ("Sao Paulo", [0]),
        ('"sao paulo s"', [0]), ("łukasz oz", [0]), ("lukasz", []), ("peace", [0]), ("war", [0]), ("operation", [0]),
        ('"co operation"', [0]), ("co-operation", [0]), ("etudes naive facade", [2]), ("Angstrom", [2]),
        ("cooperation", [2]), ("Krakow", [2]), ("izmir", [2]), ("ελλαδα", []), ("ελλάδα", [1]), ("Чёрное море", [1]),
        ("Київ", [1]), ("киів", []), ('"U.S."', [1]), ("3.5", [1]), ("e_mail", [1]), ("mail", [1]), ("example", [1]),
        ("north", [1]), ('"north sea"', [1]), ('"sea north"', []), ("erdogan etudes", []), ("presiden", []),
    ],
)  # fmt: skip
def test_words_are_found_whatever_their_accents_and_case(spelt: Store, words: str, found: list[int]) -> None:
    asked = {int(entry.document.removeprefix("s")) for entry in spelt.events(q=words).entries()}
    assert sorted(asked) == found


@pytest.fixture
def spelt(store: Store) -> Store:
    """Three reports spelt with accents, and one event in each by which they are found."""
    store.add([coded(f"Arman visited Armenia. {text}", id=f"s{number}") for number, text in enumerate(SPELT)])
    return store


def test_book_is_kept_and_its_beginning_is_searched(store: Store) -> None:
    words = " ".join(f"w{number:x}" for number in range(300_000))
    store.add([coded(f"Arman visited Armenia. {words}", id="book")])
    assert len(store.events(q="w1f4 visited")) == 1


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"q": "_"}, "search '_': expected at least one word"),
        ({"colour": "red"}, "filter 'colour' is not one of"),
        ({"kind": "rumour"}, "kind 'rumour' is not one of event"),
        ({"status": "maybe"}, "status 'maybe' is not one of asserted"),
        ({"since": "yesterday"}, "since 'yesterday': expected a day, month or year"),
        ({"q": "..."}, "search '...': expected at least one word"),
    ],
)
def test_filter_that_is_none_is_refused(store: Store, filters: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        list(store.records(**filters))  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("order", "after"),
    [
        ("newest", ""), ("newest", "x~"), ("newest", "2024-04-15"), ("newest", "2024-04-15~"),
        ("newest", "2024-04-15~x"),
        ("newest", "2024-04-15~-1"), ("newest", "2024-04-15~²"), ("newest", "2024-04-15~" + "9" * 30),
        ("newest", "yesterday~1"), ("newest", "0.9~1"), ("oldest", "' OR 1=1 --~1"), ("oldest", "\x00~1"),
        ("least_sure", "2024-04-15~1"), ("least_sure", "nan~1"), ("least_sure", "inf~1"), ("least_sure", "~1"),
        ("text", "2024-04-15~1"),
    ],
)  # fmt: skip
def test_place_that_no_page_gave_is_refused(told: Store, order: str, after: str) -> None:
    with pytest.raises(InputError, match=r"after .*: expected what the page before gave in the same order"):
        told.records().order(order).page(limit=2, after=after)


# ---- runs


def test_newer_coding_is_asked_and_the_older_one_kept(store: Store) -> None:
    store.add(coded(VISIT))
    store.add(coded(VISIT, provenance=NEWER, categories={"threatened": "shelled"}))
    newer, older = store.runs()
    assert {event.category for event in store.events()} == {"CONSULT", "ASSAULT"}
    assert {event.category for event in store.events(run=older.id)} == {"CONSULT", "THREATEN"}
    assert newer.manifest.provenance == NEWER


def test_diff_says_what_a_newer_model_made_of_the_same_words(store: Store) -> None:
    store.add(coded(VISIT))
    store.add(coded(VISIT, provenance=NEWER, categories={"threatened": "shelled"}))
    newer, older = store.runs()
    diff = store.diff(older.id, newer.id)
    assert diff.causes == ("model made 1 → made 2",)
    assert (diff.count("added"), diff.count("withdrawn"), diff.count("changed"), diff.same) == (1, 1, 0, 1)
    withdrawn = next(change for change in diff.changes if change.what == "withdrawn")
    assert withdrawn.why == "now read as ASSAULT heavy-weapons: verb threatened"


def test_diff_names_the_changed_field(store: Store) -> None:
    first = coded(VISIT)
    store.add(first)
    event = first.coding.records[0]
    assert isinstance(event, Event)
    later = replace(first.coding, records=(replace(event, mode=None), first.coding.records[1]), provenance=NEWER)
    store.add(Coded(document=first.document, coding=later))
    newer, older = store.runs()
    (change,) = store.diff(older.id, newer.id).changes
    assert (change.what, [(f.field, f.before, f.after) for f in change.fields]) == (
        "changed",
        [("mode", "visit", "null")],
    )


def test_run_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(RecordNotFoundError, match="run 'r-none': no such run"):
        store.run("r-none")


# ---- verdicts


def test_rejected_record_is_left_out_unless_asked_for(store: Store) -> None:
    store.add(coded(VISIT))
    store.add_verdict(verdict(store, only(store), Judgement.REJECT))
    assert events(store) == ["threatened"]
    assert events(store, review="rejected") == ["visited"]
    assert [month.target for month in store.dyad("KAZ", "ARM").months()] == []


def test_rejected_record_is_left_out_of_what_analysis_and_exports_read(store: Store) -> None:
    store.add(coded(VISIT))
    store.add_verdict(verdict(store, only(store), Judgement.REJECT))
    (back,) = store.coded()
    assert [record.reason for record in back.coding.records] == ["verb threatened"]


def test_correction_is_folded_in_and_found_by_its_new_value(store: Store) -> None:
    store.add(coded(VISIT))
    id = only(store)
    entry = store.add_verdict(verdict(store, id, Judgement.CORRECT, field="category", value="THREATEN"))
    event = entry.record
    assert isinstance(event, Event)
    assert (event.category, event.mode, event.quad, event.counted) == ("THREATEN", None, "verbal_conflict", True)
    assert entry.review == "corrected"
    assert id in [found.id for found in store.events(type="THREATEN")]
    assert list(store.events(type="CONSULT")) == []


def test_what_was_coded_stays_below_a_correction(store: Store) -> None:
    store.add(coded(VISIT))
    id = only(store)
    store.add_verdict(verdict(store, id, Judgement.CORRECT, field="status", value="planned"))
    body = store.engine.read("SELECT body FROM record WHERE id = ?", (id,))[0][0]
    assert '"status":"asserted"' in str(body)


def test_second_reviewer_of_the_same_value_sees_a_conflict(store: Store) -> None:
    store.add(coded(VISIT))
    id = only(store)
    shown = store.judged_of(id, "status")
    given = verdict(store, id, Judgement.CORRECT, field="status", value="planned", judged=shown)
    store.add_verdict(given)
    with pytest.raises(ConflictError, match=r"status is 'planned' now \(ada decided correct"):
        store.add_verdict(replace(given, id="v2", reviewer="bo", value="negated"))
    assert len(store.verdicts(id)) == 1


def test_version_seen_that_is_old_is_a_conflict(store: Store) -> None:
    store.add(coded(VISIT))
    id = only(store)
    seen = store.entry(id).version
    store.add_verdict(verdict(store, id, Judgement.ACCEPT), seen=seen)
    with pytest.raises(ConflictError, match="changed since it was shown"):
        store.add_verdict(verdict(store, id, Judgement.REJECT, id="v2", reviewer="bo"), seen=seen)


def test_blind_second_coder_is_kept_and_the_dispute_shown(store: Store) -> None:
    store.add(coded(VISIT))
    id = only(store)
    store.add_verdict(verdict(store, id, Judgement.ACCEPT))
    entry = store.add_verdict(verdict(store, id, Judgement.REJECT, id="v2", reviewer="bo"), blind=True)
    assert entry.review == "disputed"
    entry = store.add_verdict(verdict(store, id, Judgement.ACCEPT, id="v3", reviewer="cy"), blind=True)
    assert entry.review == "accepted"


def test_undo_brings_back_what_was_and_the_same_verdict_again_changes_nothing(store: Store) -> None:
    store.add(coded(VISIT))
    id = only(store)
    given = verdict(store, id, Judgement.REJECT)
    store.add_verdict(given)
    store.add_verdict(given)
    entry = store.add_verdict(verdict(store, id, Judgement.UNDO, id="v2", undoes="v1"))
    assert (entry.review, entry.version, len(store.verdicts(id))) == ("open", "", 2)


def test_undo_of_no_verdict_is_refused(store: Store) -> None:
    store.add(coded(VISIT))
    with pytest.raises(RecordNotFoundError, match="verdict 'v9': there is none"):
        store.add_verdict(verdict(store, only(store), Judgement.UNDO, undoes="v9"))


def test_correction_that_fits_no_record_is_refused_and_not_kept(store: Store) -> None:
    store.add(coded(VISIT))
    with pytest.raises(InputError, match="'perhaps' is not a valid Status"):
        store.add_verdict(verdict(store, only(store), Judgement.CORRECT, field="status", value="perhaps"))
    assert store.verdicts() == ()


def test_recoding_that_changed_the_judged_value_sends_the_record_back(store: Store) -> None:
    first = coded(VISIT)
    store.add(first)
    id = only(store)
    store.add_verdict(verdict(store, id, Judgement.ACCEPT, field="mode", judged="visit"))
    event = first.coding.records[0]
    assert isinstance(event, Event)
    later = replace(first.coding, records=(replace(event, mode="meet"),), provenance=NEWER)
    store.add(Coded(document=first.document, coding=later))
    assert store.entry(id).review == "stale"


def test_verdict_holds_over_a_recoding_that_says_the_same(store: Store) -> None:
    store.add(coded(VISIT))
    id = only(store)
    store.add_verdict(verdict(store, id, Judgement.REJECT, judged=store.judged_of(id)))
    store.add(coded(VISIT, provenance=NEWER))
    assert store.entry(id).review == "rejected"


# ---- clusters


TOLD_TWICE = [
    coded("Arman visited Armenia on 2024-04-15.", id="d1"),
    coded("It rained. Arman visited Armenia on 2024-04-15, a day late.", id="d2"),
    coded("Sona shelled Georgia on 2024-04-15.", id="d3"),
]


def decision(joining: Joining, *records: str, id: str = "c1", at: int = 1) -> ClusterDecision:
    return ClusterDecision(
        id=id, joining=joining, records=records, by="ada", decided_at=f"2026-01-0{at}T00:00:00+00:00", note="seen"
    )


def visits(store: Store) -> list[str]:
    return [entry.record.id for entry in store.events(type="CONSULT").order("text").entries()]


@pytest.mark.parametrize("at_once", [True, False])
def test_one_happening_told_by_two_reports_counts_once(store: Store, at_once: bool) -> None:
    for given in [TOLD_TWICE] if at_once else [[one] for one in TOLD_TWICE]:
        store.add(given)
    assert str(store.events().count()) == "2 happenings told by 3 reports (3 records)"
    cluster = store.cluster(next(store.events(type="CONSULT").entries()).cluster)
    assert cluster.documents == ("d1", "d2")
    assert sorted(cluster.records) == sorted(visits(store))
    (month,) = store.dyad("KAZ", "ARM").months()
    assert (month.events, month.reports) == (1, 2)


def test_clusters_one_after_the_other_are_those_formed_at_once(store: Store) -> None:
    for one in TOLD_TWICE:
        store.add(one)
    before = list(store.clusters())
    assert store.update_clusters() == 3
    assert list(store.clusters()) == before
    assert len(before) == 2


def test_split_and_join_are_decisions_that_hold_and_can_be_taken_back(store: Store) -> None:
    store.add(TOLD_TWICE)
    first, second = visits(store)
    store.add_cluster_decision(decision(Joining.SPLIT, first, second))
    assert store.events().count().happenings == 3
    assert store.dyad("KAZ", "ARM").months()[0].events == 2
    store.rebuild()
    assert store.events().count().happenings == 3
    store.add_cluster_decision(decision(Joining.JOIN, first, second, id="c2", at=2))
    assert store.events().count().happenings == 2
    assert [one.id for one in store.cluster_decisions()] == ["c1", "c2"]


def test_record_that_a_newer_coding_has_no_more_leaves_its_cluster(store: Store) -> None:
    store.add(TOLD_TWICE)
    store.add(coded(TOLD_TWICE[1].document.text, id="d2", provenance=NEWER, categories={"visited": "shelled"}))
    (visit,) = visits(store)
    assert store.cluster(store.entry(visit).cluster).records == (visit,)
    current = {event.id for event in store.events()}
    assert {record for cluster in store.clusters() for record in cluster.records} == current


def test_decision_on_nothing_is_refused(store: Store) -> None:
    with pytest.raises(InputError, match="expected two records or more"):
        store.add_cluster_decision(decision(Joining.JOIN, "ev_1"))
    with pytest.raises(RecordNotFoundError, match="record 'ev_1'"):
        store.add_cluster_decision(decision(Joining.JOIN, "ev_1", "ev_2"))


# ---- care


def test_rebuild_gives_the_same_answers(told: Store) -> None:
    told.add_verdict(replace(verdict(told, _of(told, "d1"), Judgement.CORRECT), field="status", value="planned"))
    before = [entry.json for entry in told.records().entries()]
    months = told.dyad("ARM", "KAZ").months()
    actors = told.actors()
    assert told.rebuild() == 6
    assert [entry.json for entry in told.records().entries()] == before
    assert told.dyad("ARM", "KAZ").months() == months
    assert told.actors() == actors
    assert told.check() == []


def _of(store: Store, document: str) -> str:
    (record,) = store.events(document=document, type="CONSULT")
    return record.id


def test_status_counts_documents_records_and_happenings(told: Store) -> None:
    status = told.status()
    assert (status.documents, dict(status.records)) == (4, {"agreement": 1, "event": 5})
    happenings = len({entry.cluster for entry in told.events().entries()})
    assert (status.events, status.counted, status.runs, status.broken_runs) == (happenings, happenings, 1, 0)
    assert (status.first_day, status.last_day) == ("2022-06-01", "2024-04-16")


def test_thing_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(RecordNotFoundError, match="record 'ev_none'"):
        store.entry("ev_none")
    with pytest.raises(RecordNotFoundError, match="document 'doc_none'"):
        store.document("doc_none")
    with pytest.raises(RecordNotFoundError, match="cluster 'cl_none'"):
        store.cluster("cl_none")
