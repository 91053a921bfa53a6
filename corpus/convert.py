"""Convert annotation between its forms: convert.py markup|json|standoff FILE... [--texts DIR] [--out FILE].

The first word is the form wanted. Input is recognized: *.txt is markup, *.jsonl the JSON form or stand-off lines.
`--texts` names the folder of the texts (ID.txt), needed for annotation of real news: to write stand-off lines the
sentences of the markup are looked up there, so they must be copied unchanged and in order.
"""

import argparse
import sys
from pathlib import Path

from dragoman.train.annotation import Report
from dragoman.train.corpus import load_file
from dragoman.train.guide_json import write_guide_json
from dragoman.train.markup_writer import write_markup
from dragoman.train.rebase import rebase
from dragoman.train.standoff import write_standoff


def render(form: str, reports: list[Report], texts: Path | None) -> str:
    """The reports in the form wanted."""
    if form == "markup":
        return write_markup(reports)
    if form == "json":
        return "".join(line + "\n" for line in write_guide_json(reports))
    if texts is None:
        sys.exit("standoff needs --texts DIR")
    return write_standoff(rebase(r, (texts / f"{r.id}.txt").read_bytes().decode("utf-8")) for r in reports)


def main() -> None:
    """Read all files, write one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("form", choices=("markup", "json", "standoff"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    reports = [r for file in given.files for r in load_file(file, given.texts)]
    result = render(given.form, reports, given.texts)
    if given.out:
        given.out.write_text(result, encoding="utf-8", newline="")
    else:
        sys.stdout.write(result)


if __name__ == "__main__":
    main()
