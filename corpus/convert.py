"""Convert annotation between its forms: convert.py markup|json|standoff FILE... [--texts DIR] [--out FILE].

The first word is the form wanted. Input is recognized: *.txt is markup, *.jsonl the JSON form or stand-off lines.
`--texts` names the folder of the texts (ID.txt) or the newswire file, needed for annotation of real news: to write
stand-off lines the sentences of the markup are looked up there, so they must be copied unchanged and in order (of a
newswire article, the first sentences may be annotated alone).
"""

import argparse
import sys
from pathlib import Path

from dragoman.train.annotation import Report
from dragoman.train.corpus import load_file
from dragoman.train.guide_json import write_guide_json
from dragoman.train.markup_writer import write_markup
from dragoman.train.news_texts import NewsTexts, open_texts
from dragoman.train.rebase import rebase
from dragoman.train.standoff import write_standoff


def render(form: str, reports: list[Report], texts: NewsTexts | None) -> str:
    """The reports in the form wanted."""
    if form == "markup":
        return write_markup(reports)
    if form == "json":
        return "".join(line + "\n" for line in write_guide_json(reports))
    if texts is None:
        sys.exit("standoff needs --texts FOLDER or --texts NEWSWIRE.jsonl.gz")
    return write_standoff(move_report(report, texts) for report in reports)


def move_report(report: Report, texts: NewsTexts) -> Report:
    """The report with offsets into its text; a newswire article is cut after the last annotated sentence."""
    text = texts.get(report.id, report.part)
    return rebase(report, text, cut=report.id in texts.articles)


def main() -> None:
    """Read all files, write one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("form", choices=("markup", "json", "standoff"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    texts = open_texts(given.texts)
    reports = [r for file in given.files for r in load_file(file, texts)]
    result = render(given.form, reports, texts)
    if given.out:
        given.out.write_text(result, encoding="utf-8", newline="")
    else:
        sys.stdout.write(result)


if __name__ == "__main__":
    main()
