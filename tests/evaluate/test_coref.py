import json
from pathlib import Path

import pytest

import make_actors
from dragoman.errors import InputError
from dragoman.evaluate.coref import load_coref, score_coref

TEXT = "Peru's President Alma Quispe spoke. She left. It rained."


def write(path: Path, *mentions: tuple[str, list[str], list[str | None]]) -> Path:
    rows = [{"text": word, "start": TEXT.index(word), "end": TEXT.index(word) + len(word), "countries": countries,
             "sectors": sectors} for word, countries, sectors in mentions]  # fmt: skip
    path.write_text(json.dumps({"id": "k1", "text": TEXT, "mentions": rows}) + "\n")
    return path


def test_right_and_wrong_mentions_are_counted(tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.jsonl", ("She", ["PER"], ["GOV"]), ("She left", ["KEN"], ["GOV"]), ("It", ["PER"], [None])
    )
    kb = make_actors.open_made(tmp_path)
    score, wrong = score_coref(kb, load_coref(path))
    kb.close()
    assert (score.cases, score.country_right, score.both_right) == (3, 1, 1)
    assert [case.span.of(TEXT) for case, _ in wrong] == ["She left", "It"]


def test_span_that_does_not_hold_its_words_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "list.jsonl", ("She", ["PER"], ["GOV"]))
    path.write_text(path.read_text().replace('"She"', '"He"'))
    with pytest.raises(InputError, match="line 1: the span holds 'She', not 'He'"):
        load_coref(path)
