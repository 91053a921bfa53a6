import json
from pathlib import Path

from dragoman.clusters import cluster_records
from dragoman.clusters.telling import tellings_of
from dragoman.evaluate.cluster_sets import ClusterResult, cluster_figures, group_tellings, load_ecb, load_own_reports
from dragoman.evaluate.clusters import score_clusters
from make_coded import coded, event

EVALUATION = Path(__file__).parents[2] / "evaluation"


def test_own_set_has_happenings_enough_in_both_halves() -> None:
    for split in ("dev", "test"):
        reports = load_own_reports(EVALUATION / "clusters.jsonl", split)
        assert len({mention.happening for report in reports for mention in report.mentions}) >= 30


def test_own_mentions_are_the_marked_words() -> None:
    rows = [json.loads(line) for line in (EVALUATION / "clusters.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [
        mention for row in rows for mention in row["mentions"]
        if row["text"][mention["start"] : mention["end"]] != mention["text"]
    ]  # fmt: skip
    assert wrong == []


def test_halves_share_no_happening() -> None:
    halves = [load_own_reports(EVALUATION / "clusters.jsonl", split) for split in ("dev", "test")]
    dev, test = ({mention.happening for report in half for mention in report.mentions} for half in halves)
    assert not dev & test


def test_ecb_mention_is_found_in_its_sentence(tmp_path: Path) -> None:
    docs, mentions = tmp_path / "docs.jsonl", tmp_path / "mentions.jsonl"
    docs.write_text(
        '{"id": "1", "topic": "1", "sents": {"10": ["He", "left", "."], "2": ["She", "took", "it", "over"]}}\n'
    )
    mentions.write_text(
        '{"id": "m1", "doc": "1", "sent": 2, "tokens": [1, 3], "text": "took over", "cluster": "c"}\n'
        '{"id": "m2", "doc": "1", "sent": 10, "tokens": [1], "text": "left", "cluster": "d"}\n'
    )
    (report,) = load_ecb(docs, mentions)
    assert report.document.text == "She took it over\nHe left .\n"
    assert [mention.span.of(report.document.text) for mention in report.mentions] == ["took it over", "left"]


def test_tellings_are_grouped_as_their_records_are() -> None:
    reports = [
        coded(
            "a", "President Wekesa of Kenya visited Ethiopia.", event("visited", "CONSULT", "KEN", "ETH", cameo="042")
        ),
        coded("b", "Kenya and Ethiopia held talks.", event("talks", "CONSULT", "KEN ETH", cameo="042")),
        coded("c", "Chile sent doctors to Peru.", event("sent", "AID", "CHL", "PER")),
    ]
    grouped = group_tellings(telling for report in reports for telling in tellings_of(report))
    clusters = {record: cluster.records[0] for cluster in cluster_records(reports) for record in cluster.records}
    assert grouped == clusters
    assert len(set(grouped.values())) == 2


def test_figures_tell_the_baseline_beside() -> None:
    gold = {"a": "1", "b": "1", "c": "2"}
    result = ClusterResult(
        scores=score_clusters(gold, gold),
        baseline=score_clusters(gold, {"a": "x", "b": "y", "c": "z"}),
        mentions=4,
        found=3,
    )
    figures = {figure.name: figure.value for figure in cluster_figures(result)}
    assert (figures["mentions coded"], figures["CoNLL F1"], figures["same lemma: pairs F1"]) == (75.0, 100.0, 0.0)
