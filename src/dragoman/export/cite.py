"""The source articles as BibTeX and CSL-JSON. An entry has what the input gave: nothing is guessed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TextIO
from unicodedata import normalize

from dragoman.codec import format_json, hash_text
from dragoman.export.options import Dataset, ExportOptions, Written
from dragoman.export.quotes import cut
from dragoman.export.select import select
from dragoman.types.text import Document

Json = Any  # whatever JSON can hold
UNUSED = "reports without a record that the export takes"
_SPECIAL = {
    **{character: "\\" + character for character in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TITLE = 200


def write_bibtex(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes an `@online` or `@misc` entry for each report that a record of the export rests on."""
    written = Written()
    for document in _cited(data, options, written):
        out.write(_bibtex(document) + "\n\n")
        written.rows["references"] += 1
    return written


def write_csl(data: Dataset, out: TextIO, options: ExportOptions) -> Written:
    """Writes a CSL-JSON list of the same reports, one a line."""
    written = Written()
    out.write("[")
    for document in _cited(data, options, written):
        out.write((",\n" if written.rows["references"] else "\n") + format_json(_csl(document)))
        written.rows["references"] += 1
    out.write("\n]\n")
    return written


def _cited(data: Dataset, options: ExportOptions, written: Written) -> Iterator[Document]:
    for selected in select(data, options, written.left_out):
        if selected.entries:
            yield selected.coded.document
        else:
            written.left_out[UNUSED] += 1


def _bibtex(document: Document) -> str:
    fields = {
        "title": "{" + escape_latex(_title(document)) + "}",
        "organization": escape_latex(document.publisher or ""),
        "date": document.published.isoformat() if document.published else "",
        "year": str(document.published.year) if document.published else "",
        "month": str(document.published.month) if document.published else "",
        "url": (document.url or "").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "note": f"SHA-256 of the text {hash_text(document.text)}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{'online' if document.url else 'misc'}{{{cite_key(document)},", *lines, "}"])


def escape_latex(text: str) -> str:
    """The text on one line with LaTeX's special characters escaped."""
    return "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))


def cite_key(document: Document) -> str:
    """Publisher, or `report`, with year and id in plain letters: `daily2024bf36994ff79aa8e1`."""
    plain = normalize("NFKD", document.publisher or "").encode("ascii", "ignore").decode().lower()
    year = str(document.published.year) if document.published else "nd"
    return (
        (re.sub(r"[^a-z]", "", plain)[:20] or "report")
        + year
        + re.sub(r"[^A-Za-z0-9-]", "", document.id.removeprefix("doc_"))
    )


def _title(document: Document) -> str:
    """The headline, or the first words of the text in brackets, as citation styles write titles that are not there."""
    return cut(document.title, _TITLE) if document.title else f"[{cut(document.text, 60)}]"


def _csl(document: Document) -> Mapping[str, Json]:
    published = document.published
    value = {
        "id": cite_key(document),
        "type": "article-newspaper",
        "title": _title(document),
        "container-title": document.publisher,
        "issued": {"date-parts": [[published.year, published.month, published.day]]} if published else None,
        "URL": document.url,
        "language": document.language,
        "note": f"SHA-256 of the text {hash_text(document.text)}",
    }
    return {key: item for key, item in value.items() if item}
