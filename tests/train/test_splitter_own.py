"""Own reports as training texts of the splitter: sentences, paragraphs and ends are those of the report."""

import random

import pytest

from dragoman.evaluate.raw_text import rebuild_text
from dragoman.train.annotation import Report
from dragoman.train.splitter_own import as_document
from dragoman.train.splitter_texts import lay_out
from dragoman.types.text import Span

_SENTENCES = ("Lima thanks Quito", "The minister didn't go.", "He sent a note.", "Talks resume in May.")


def _report() -> Report:
    text = f"{_SENTENCES[0]}\n{_SENTENCES[1]} {_SENTENCES[2]}\n{_SENTENCES[3]}"
    spans = tuple(Span(text.index(one), text.index(one) + len(one)) for one in _SENTENCES)
    return Report(
        id="t-1",
        origin="own",
        part="t",
        split="train",
        style=None,
        published=None,
        text=text,
        sentences=spans,
        headline=True,
        paragraphs=(1, 3),
    )


def test_paragraphs_and_spaces_are_kept() -> None:
    raw = rebuild_text(as_document(_report()))
    assert raw.text == f"{_SENTENCES[0]}\n\n{_SENTENCES[1]} {_SENTENCES[2]}\n\n{_SENTENCES[3]}"
    assert tuple(raw.text[start:end] for start, end in raw.sentences) == _SENTENCES


@pytest.mark.parametrize("seed", range(12))
def test_press_layouts_keep_lines_apart_and_stops(seed: int) -> None:
    laid = lay_out(as_document(_report()), random.Random(seed), 0.0, press=True)
    firsts = (0, *laid.ends[:-1])
    found = [" ".join(laid.text[first:end].split()) for first, end in zip(firsts, laid.ends, strict=True)]
    assert [one.lower().replace("’", "'") for one in found] == [one.lower() for one in _SENTENCES]
    assert laid.text[laid.ends[0]] == "\n"
