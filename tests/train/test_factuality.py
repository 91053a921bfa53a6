import json
from pathlib import Path

from dragoman.train.factuality import is_held_out, read_factuality


def rows(*names: str) -> str:
    made = [{"sent_id": f"{name}-0001", "tokens": ["They", "left"], "token_index": 1, "label": 1} for name in names]
    return "".join(json.dumps(row) + "\n" for row in (*made, *made))


def test_half_of_the_documents_is_never_read(tmp_path: Path) -> None:
    names = [f"doc-{number}" for number in range(40)]
    file = tmp_path / "judged.jsonl"
    file.write_text(rows(*names), "utf-8")
    read = {sentence.report for sentence in read_factuality(file)}
    held = {f"{name}-0001" for name in names if is_held_out(f"{name}-0001")}
    assert read.isdisjoint(held)
    assert len(read | held) == 40
    assert 8 < len(held) < 32


def test_sentences_of_one_document_stay_together() -> None:
    assert len({is_held_out(f"weblog-9-{number:04}") for number in range(20)}) == 1


def test_judgement_given_twice_counts_once(tmp_path: Path) -> None:
    name = next(f"doc-{number}" for number in range(40) if not is_held_out(f"doc-{number}-0001"))
    file = tmp_path / "judged.jsonl"
    file.write_text(rows(name), "utf-8")
    (sentence,) = read_factuality(file)
    assert (sentence.words, sentence.happened, sentence.triggers) == (("They", "left"), ((1, 1),), ())
