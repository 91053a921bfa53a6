import gzip
import json
from pathlib import Path

import pytest

from dragoman.errors import InputError, OriginError
from dragoman.evaluate.open_files import (
    read_leads,
    read_pairs,
    read_predicates,
    read_rows,
    read_sentences,
    read_speech,
)
from dragoman.train.factuality import is_held_out
from dragoman.types.text import Span


def write(path: Path, *rows: object) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_compressed_file_is_read(tmp_path: Path) -> None:
    assert list(read_rows(write(tmp_path / "a.jsonl.gz", {"id": 1}))) == [{"id": 1}]


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OriginError, match=r"none\.jsonl"):
        list(read_rows(tmp_path / "none.jsonl"))


@pytest.mark.parametrize("line", ["{", "[1]"])
def test_line_that_is_no_object_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        list(read_rows(path))


def test_pairs_take_the_answer_asked_for(tmp_path: Path) -> None:
    row = {"id": "p1", "text": "Peru aids Chile.", "source": "Peru", "target": "Chile", "root": "AID", "binary": 0}
    path = write(tmp_path / "a.jsonl", row)
    assert [read_pairs(path, answer=key)[0].answer for key in ("root", "binary")] == ["AID", 0]


def test_sentences_have_a_class(tmp_path: Path) -> None:
    assert read_sentences(write(tmp_path / "a.jsonl", {"id": "s", "text": "Rain.", "penta": 0}))[0].answer == 0


def test_leads_hold_each_coders_events(tmp_path: Path) -> None:
    event = {"root": 4, "source": [["The Peruvian envoy", 0]], "target": []}
    coders = [
        {"coder": 1, "relevant": True, "events": [event]},
        {"coder": 2, "relevant": False, "events": [event]},
    ]
    (lead,) = read_leads(write(tmp_path / "a.jsonl", {"id": "l", "text": "x", "coders": coders}))
    (number, marks), (_, nothing) = lead.coders
    assert (number, marks[0].root, marks[0].source, marks[0].target) == (1, 4, {"peruvian", "envoy"}, frozenset())
    assert nothing == ()


TEXT = "He left. Rain fell, he said. Then he slept."


def test_speaker_is_the_occurrence_nearest_to_the_content(tmp_path: Path) -> None:
    mark = {"content": ["Rain fell"], "source": ["he"], "cue": ["said"], "content_spans": [[9, 18]]}
    (case,) = read_speech(write(tmp_path / "a.jsonl", {"id": "d", "text": TEXT, "attributions": [mark]}))
    assert (case.content, case.place) == (Span(9, 18), Span(20, 22))


def test_speaker_inside_the_content_is_no_place(tmp_path: Path) -> None:
    mark = {"content": [], "source": ["Rain"], "cue": [], "content_spans": [[9, 18]]}
    (case,) = read_speech(write(tmp_path / "a.jsonl", {"id": "d", "text": TEXT, "attributions": [mark]}))
    assert (case.speaker, case.place) == ("Rain", None)


def test_attribution_without_speaker_is_kept_and_without_content_left_out(tmp_path: Path) -> None:
    marks = [
        {"content": [], "source": [], "cue": [], "content_spans": [[9, 18]]},
        {"content": [], "source": ["he"], "cue": [], "content_spans": []},
    ]
    (case,) = read_speech(write(tmp_path / "a.jsonl", {"id": "d", "text": TEXT, "attributions": marks}))
    assert (case.id, case.speaker) == ("d#0", None)


def test_only_predicates_of_held_out_documents_are_asked(tmp_path: Path) -> None:
    names = [f"doc{number}-0001" for number in range(12)]
    rows = [
        {"id": name, "sent_id": name, "text": "It rains, it pours.", "tokens": ["It", "rains", ",", "it", "pours", "."],
         "token_index": 4, "label": 1}
        for name in names
    ]  # fmt: skip
    cases = read_predicates(write(tmp_path / "a.jsonl", *rows))
    assert [case.id for case in cases] == [name for name in names if is_held_out(name)]
    assert {case.span.of(case.text) for case in cases} == {"pours"}
