import json
import re

import make_export
from dragoman.export.cite import escape_latex


def test_bibtex_has_an_entry_for_every_report() -> None:
    text, done = make_export.write("bibtex")
    entries = re.findall(r"^@(\w+)\{(\w+),$", text, re.MULTILINE)
    assert entries == [("online", "thedailyco2024d1"), ("misc", "weekly2024d2"), ("misc", "reportndd3")]
    assert done.rows == {"references": 3}


def test_bibtex_fields_are_escaped_and_balanced() -> None:
    text, _ = make_export.write("bibtex")
    assert r"organization = {The Daily \& Co}" in text
    assert "url = {https://example.org/a?b=%7Bc%7D}" in text
    assert text.count("{") == text.count("}")


def test_latex_specials_are_escaped() -> None:
    assert escape_latex("50% of\n{a}_b~\\") == r"50\% of \{a\}\_b\textasciitilde{}\textbackslash{}"


def test_report_without_a_title_is_cited_by_its_first_words_in_brackets() -> None:
    references = json.loads(make_export.write("csl")[0])
    assert references[2]["title"] == "[Sona threatened Georgia.]"


def test_csl_gives_what_the_input_gave_and_no_more() -> None:
    references = json.loads(make_export.write("csl")[0])
    assert references[0]["issued"] == {"date-parts": [[2024, 4, 16]]}
    assert (references[0]["container-title"], references[0]["type"]) == ("The Daily & Co", "article-newspaper")
    assert not {"issued", "URL", "container-title"} & references[2].keys()
