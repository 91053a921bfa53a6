"""Own reports as documents for the splitter: press text whose sentence ends are known.

The treebanks hold little press; in their mail and forums sentences often end without a mark. Our own reports teach that
a line of a report does not. Only reports of the training split with marked sentences are taken.
"""

from pathlib import Path

from dragoman.evaluate.raw_text import GoldDocument, GoldSentence, GoldToken
from dragoman.language.tokenize import find_tokens
from dragoman.train.annotation import Report
from dragoman.train.corpus import load_reports


def read_own(corpus: Path) -> list[GoldDocument]:
    """The own reports under `corpus` that may train; `CorpusError` when there is no corpus or it cannot be read."""
    reports = load_reports(corpus, None)
    return [as_document(one) for one in reports if one.origin == "own" and one.split == "train" and one.sentences]


def as_document(report: Report) -> GoldDocument:
    """The report's sentences in plain tokens without tags; a paragraph begins where the report's own does."""
    opens = {0, *report.paragraphs}
    sentences = [
        GoldSentence(tokens=_tokens_of(span.of(report.text)), opens_paragraph=number in opens)
        for number, span in enumerate(report.sentences or ())
    ]
    return GoldDocument(name=f"own-{report.id}", sentences=tuple(one for one in sentences if one.tokens))


def _tokens_of(text: str) -> tuple[GoldToken, ...]:
    ranges = find_tokens(text)
    nexts = [start for start, _ in ranges[1:]]
    # A sentence is followed by a space unless it closes its paragraph.
    nexts.append(-1)
    return tuple(
        GoldToken(form=text[start:end], parts=(end - start,), upos="", space_after=end != following)
        for (start, end), following in zip(ranges, nexts, strict=True)
    )
