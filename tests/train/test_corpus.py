"""The corpus: markup, JSON form and stand-off lines read into the same values, and the splits."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.train.agreement import compare_readings, krippendorff_alpha
from dragoman.train.annotation import CorpusError, Report
from dragoman.train.corpus import load_file, load_reports
from dragoman.train.guide_json import write_guide_json
from dragoman.train.markup import MarkupFile, read_markup
from dragoman.train.markup_writer import write_markup
from dragoman.train.news_texts import NewsTexts
from dragoman.train.rebase import rebase
from dragoman.train.sentences import split_sentences
from dragoman.train.splits import draw_splits, group_of, split_by_hash
from dragoman.train.standoff import write_standoff
from dragoman.train.validate import check_file

MARKUP = """== riv-001 | wire | 2019-05-07
@ Amina Wekesa | KEN GOV | foreign minister | Foreign Minister Amina Wekesa
> Kenya and Uganda sign river pact
e sign | SUPPORT 057 | Kenya [KEN]; Uganda [UGA] | & | asserted | report | - | - | c1
a Kenya and Uganda sign river pact | treaty | Kenya; Uganda | signed | - | river pact | a1
>
> Foreign Minister Amina Wekesa said on Tuesday that gunmen had attacked two posts near Busia, and that no post would close.
e attacked | ASSAULT.firearms 193 | gunmen [UGA UAF] | two posts [KEN GOV] | asserted | named: Foreign Minister Amina Wekesa / said | on Tuesday = 2019-05-07 | near Busia | c2
c Foreign Minister Amina Wekesa | said | gunmen had attacked two posts near Busia
p Foreign Minister Amina Wekesa | ~closing of posts | against
e close | COERCE.restrict 172 | - | post#1 [KEN GOV] | negated | report | - | - | c3
> Rain fell on the hills all week.
"""  # noqa: E501


def read(tmp_path: Path, markup: str = MARKUP) -> MarkupFile:
    file = tmp_path / "riv.txt"
    file.write_text(markup, encoding="utf-8")
    return read_markup(file)


def read_one(tmp_path: Path, markup: str = MARKUP) -> Report:
    return read(tmp_path, markup).reports[0]


def faults_of(tmp_path: Path, event: str) -> list[str]:
    lines = MARKUP.replace("e sign | SUPPORT 057 | Kenya [KEN]; Uganda [UGA] | & | asserted", event)
    return [str(f) for f in check_file("riv.txt", read(tmp_path, lines)) if f.grave]


def test_valid_markup_has_no_faults(tmp_path: Path) -> None:
    assert check_file("riv.txt", read(tmp_path)) == ()


def test_every_span_covers_the_words_marked(tmp_path: Path) -> None:
    report = read_one(tmp_path)
    event = report.events[1]
    assert event.trigger is not None
    assert event.speaker is not None
    assert event.place is not None
    assert event.trigger.of(report.text) == "attacked"
    assert event.speaker.of(report.text) == "Foreign Minister Amina Wekesa"
    assert event.place.of(report.text) == "near Busia"
    assert [(a.text, a.country, a.sector) for a in event.sources] == [("gunmen", "UGA", "UAF")]


def test_word_boundaries_and_order_choose_the_occurrence(tmp_path: Path) -> None:
    report = read_one(tmp_path)
    target = report.events[2].targets[0]
    assert target.span is not None
    assert report.text[target.span.start - 3 : target.span.end] == "no post"


def test_headline_and_paragraphs_shape_the_text(tmp_path: Path) -> None:
    report = read_one(tmp_path)
    assert report.headline
    assert report.text.startswith("Kenya and Uganda sign river pact\nForeign Minister")
    assert report.sentences is not None
    assert len(report.sentences) == 3


def test_joint_act_has_sources_only(tmp_path: Path) -> None:
    event = read_one(tmp_path).events[0]
    assert event.reciprocal
    assert event.targets == ()


def test_own_words_have_no_span(tmp_path: Path) -> None:
    position = read_one(tmp_path).positions[0]
    assert (position.topic, position.topic_text) == (None, "closing of posts")


def test_markup_is_written_as_it_was_read(tmp_path: Path) -> None:
    written = write_markup(read(tmp_path).reports)
    assert read_one(tmp_path, written) == read_one(tmp_path)


def test_json_form_keeps_the_events(tmp_path: Path) -> None:
    report = read_one(tmp_path)
    file = tmp_path / "riv.jsonl"
    file.write_text("\n".join(write_guide_json([report])), encoding="utf-8")
    back = load_file(file, None)[0]
    assert [(e.trigger, e.category, e.sources, e.time, e.cue) for e in back.events] == [
        (e.trigger, e.category, e.sources, e.time, e.cue if e.by == "named" else None) for e in report.events
    ]


def test_standoff_lines_hold_no_word_of_the_text(tmp_path: Path) -> None:
    line = write_standoff([read_one(tmp_path)])
    assert not [w for w in ("Wekesa", "Busia", "gunmen", "river", "posts") if w in line]


def test_standoff_lines_are_read_back_with_their_text(tmp_path: Path) -> None:
    report = replace(read_one(tmp_path), origin="news")
    (tmp_path / "riv-001.txt").write_text(report.text, encoding="utf-8")
    file = tmp_path / "news_01.jsonl"
    file.write_text(write_standoff([report]), encoding="utf-8")
    back = load_file(file, NewsTexts(folder=tmp_path))[0]
    assert (back.events, back.claims, back.sentences) == (report.events, report.claims, report.sentences)


def test_changed_text_is_refused(tmp_path: Path) -> None:
    report = read_one(tmp_path)
    (tmp_path / "riv-001.txt").write_text(report.text.replace("Kenya", "Congo"), encoding="utf-8")
    file = tmp_path / "news_01.jsonl"
    file.write_text(write_standoff([report]), encoding="utf-8")
    with pytest.raises(CorpusError, match="not the one annotated"):
        load_file(file, NewsTexts(folder=tmp_path))


def test_missing_text_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        NewsTexts(folder=Path("nowhere")).get("riv-001", "news_01.jsonl:1")


def test_rebase_moves_spans_to_other_spacing(tmp_path: Path) -> None:
    report = read_one(tmp_path)
    text = "  " + report.text.replace("\n", "\n\n\n")
    moved = rebase(report, text)
    assert [e.trigger.of(text) for e in moved.events if e.trigger] == ["sign", "attacked", "close"]


def test_rebase_refuses_changed_sentences(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="sentence not in the text"):
        rebase(read_one(tmp_path), "Something else.")


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("e sign | SUPPORT 057 | Kenia [KEN] | - | asserted", "'Kenia' stands not in the sentence"),
        ("e signs | SUPPORT 057 | Kenya [KEN] | - | asserted", "trigger 'signs' stands not"),
        ("e sign | SUPPORT 057 | Kenya | - | asserted", "has no [COUNTRY SECTOR]"),
        ("e sign | SUPPORT 173 | Kenya [KEN] | - | asserted", "CAMEO 173 does not fit SUPPORT"),
        ("e sign | SUPPORT.visit 057 | Kenya [KEN] | - | asserted", "mode 'visit' is not one of SUPPORT"),
        ("e sign | PRAISE 057 | Kenya [KEN] | - | asserted", "category 'PRAISE' unknown"),
        ("e sign | SUPPORT 057 | Kenya [KNY] | - | asserted", "country 'KNY'"),
        ("e sign | SUPPORT 057 | Kenya [KEN XXX] | - | asserted", "sector 'XXX'"),
        ("e sign | SUPPORT 057 | Kenya [KEN] | - | certain", "status 'certain' unknown"),
        ("e sign | AGREE 030 | Kenya [KEN] | - | asserted", "AGREE is never asserted"),
        ("e sign | SUPPORT 057 | - | & | asserted", "joint act without sources"),
        ("e sign | SUPPORT 057 | Kenya [KEN] | Kenya [KEN] | asserted", "same words are source and target"),
        ("e sign river | SUPPORT 057 | Kenya [KEN] | - | asserted", "more than one word"),
    ],
)
def test_fault_is_found(tmp_path: Path, event: str, message: str) -> None:
    assert [f for f in faults_of(tmp_path, event) if message in f]


def test_fault_names_file_and_line(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, "e sign | SUPPORT 057 | Kenia [KEN] | - | asserted")
    assert faults[0].split("riv.txt")[1].startswith(":4: fault:")


def test_double_record_is_found(tmp_path: Path) -> None:
    line = MARKUP.split("\n")[3]
    faults = check_file("riv.txt", read(tmp_path, MARKUP.replace(line, line + "\n" + line)))
    assert "written twice" in str(faults[0])


def test_listed_split_wins_over_the_hash(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "riv.txt").write_text(MARKUP, encoding="utf-8")
    by_hash = split_by_hash("riv-001")
    other = "dev" if by_hash != "dev" else "test"
    assert load_reports(tmp_path, None)[0].split == by_hash
    (tmp_path / "splits.json").write_text(json.dumps({other: ["riv-001"]}), encoding="utf-8")
    assert load_reports(tmp_path, None)[0].split == other


def test_neighbouring_leads_stay_together(tmp_path: Path) -> None:
    lead = "== led-{:03} | lead | -\n>\n> Rain fell on the hills.\n"
    reports = read(tmp_path, "".join(lead.format(n) for n in range(1, 41))).reports
    assert len({group_of(r) for r in reports[:10]}) == 1
    drawn = draw_splits(reports)
    assert all(len({drawn[r.id] for r in reports[n : n + 10]}) == 1 for n in range(0, 40, 10))
    assert set(drawn.values()) == {"train", "dev", "test"}


def test_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no report found"):
        load_reports(tmp_path, None)


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Rain ends\nGen. Okoth met Mr. Sowe in St. Ives. He left."
    split = split_sentences(text)
    assert [s.of(text) for s in split.spans] == ["Rain ends", "Gen. Okoth met Mr. Sowe in St. Ives.", "He left."]
    assert split.headline


def test_a_reading_agrees_with_itself(tmp_path: Path) -> None:
    reports = read(tmp_path).reports
    found = compare_readings(reports, reports)
    assert {value for _, value in found.f1} == {100.0}
    assert {value for _, value in found.alpha} == {1.0}


def test_other_status_lowers_agreement(tmp_path: Path) -> None:
    reports = read(tmp_path).reports
    other = read(tmp_path, MARKUP.replace("| negated |", "| planned |")).reports
    figures = dict(compare_readings(reports, other).f1)
    assert figures["category"] == 100.0
    assert figures["category and status"] == pytest.approx(200 / 3)


def test_alpha_of_the_textbook_case() -> None:
    pairs = [("a", "a")] * 5 + [("b", "b")] * 3 + [("a", "b")] * 2
    assert krippendorff_alpha(pairs) == pytest.approx(1 - 0.2 / (2 * 12 * 8 / (20 * 19)))


CORPUS = Path(__file__).parents[2] / "corpus"
OWN = sorted((CORPUS / "own").glob("*.txt"))
STANDOFF = sorted([*(CORPUS / "news").glob("*.jsonl"), *(CORPUS / "news_more").glob("*.jsonl")])
in_repository = pytest.mark.skipif(not OWN, reason="the corpus is not part of this distribution")


@in_repository
def test_own_reports_have_no_faults() -> None:
    found = [str(f) for file in OWN for f in check_file(file.name, read_markup(file)) if f.grave]
    assert found == []


@in_repository
def test_ids_are_unique_in_the_corpus() -> None:
    ids = [r.id for file in OWN for r in read_markup(file).reports]
    ids += [json.loads(line)["id"] for file in STANDOFF for line in file.read_text().splitlines()]
    assert len(set(ids)) == len(ids)


@in_repository
def test_splits_are_disjoint() -> None:
    listed = json.loads((CORPUS / "splits.json").read_text())
    names = [name for split in ("train", "dev", "test") for name in listed[split]]
    assert len(set(names)) == len(names)


@in_repository
def test_real_news_is_kept_as_labels_and_offsets() -> None:
    """No string of a stand-off line is longer than a label, a date or a hash, and none has a space."""

    def strings(value: object) -> list[str]:
        if isinstance(value, dict):
            return [s for v in value.values() for s in strings(v)]
        if isinstance(value, list):
            return [s for v in value for s in strings(v)]
        return [value] if isinstance(value, str) else []

    known = {"joint statement"}
    for file in STANDOFF:
        for line in file.read_text().splitlines():
            assert not [s for s in strings(json.loads(line)) if (" " in s and s not in known) or len(s) > 64]
