import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.errors import InputError
from dragoman.ingest import ReadOptions, read
from dragoman.types.text import Document, Rejected, Rejection

Write = Callable[[str, bytes | str], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def documents(*origins: str, format: str = "auto", options: ReadOptions | None = None) -> list[Document]:
    found = list(read(origins, format=format, options=options))
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def rejections(*origins: str, options: ReadOptions | None = None) -> list[Rejected]:
    return [item for item in read(origins, options=options) if isinstance(item, Rejected)]


def test_text_file_is_read_with_its_headline(write: Write) -> None:
    (document,) = documents(write("a.txt", "Ministers meet in the capital\nThey met on Monday."))
    assert document.title == "Ministers meet in the capital"
    assert document.text == "Ministers meet in the capital\nThey met on Monday."


@pytest.mark.parametrize(
    "text", ["They met on Monday.\nThen they left.", "Only one line", "Word " * 60 + "\nThey met."]
)
def test_first_line_that_is_no_headline_gives_no_title(write: Write, text: str) -> None:
    (document,) = documents(write("a.txt", text))
    assert document.title is None


def test_markdown_loses_its_marks_and_gives_its_front_matter(write: Write) -> None:
    source = (
        "---\ntitle: 'Ministers meet'\ndate: 2024-04-16\npublisher: Daily\n---\n\n"
        "# Ministers meet\n\nThey **met** in [the capital](https://example.org) on _Monday_.\n"
    )
    (document,) = documents(write("a.md", source))
    assert document.text == "Ministers meet\n\nThey met in the capital on Monday.\n"
    assert (document.title, str(document.published), document.publisher) == ("Ministers meet", "2024-04-16", "Daily")


PAGE = """<html><head><title>Envoys meet - Daily</title><meta property="og:site_name" content="Daily">
<meta property="article:published_time" content="2024-04-16T09:00:00Z">
<link rel="canonical" href="https://example.org/envoys"></head><body><nav><a href="/">Start</a></nav>
<article><h1>Envoys meet</h1><p>The two envoys met on Monday in the old town hall, where they spoke about trade.</p>
<p>They signed a protocol on transport, the ministry said in a statement on its website.</p></article>
<footer>Copyright 2024 Daily</footer></body></html>"""


def test_web_page_gives_report_and_metadata(write: Write) -> None:
    (document,) = documents(write("a.html", PAGE))
    assert document.text.startswith("Envoys meet\n")
    assert "signed a protocol" in document.text
    assert "Start" not in document.text
    assert (document.title, str(document.published)) == ("Envoys meet", "2024-04-16")
    assert (document.publisher, document.url) == ("Daily", "https://example.org/envoys")


def test_web_page_is_read_in_its_declared_charset(write: Write) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1254">').replace("town hall", "Gençlik hall, İzmir")
    (document,) = documents(write("a.html", page.encode("windows-1254")))
    assert "Gençlik hall, İzmir" in document.text
    assert document.notes == ()


def test_web_page_without_a_report_is_rejected(write: Write) -> None:
    (rejected,) = rejections(write("a.html", "<html><body></body></html>"))
    assert rejected.reason == "no report text found in this web page"


def test_json_lines_are_read_by_our_names_and_those_of_ngec(write: Write) -> None:
    lines = [
        {"id": "a", "text": "They met.", "date": "2024-04-16", "publisher": "Daily", "headline": "Talks", "lang": "en"},
        {"id": 2, "event_text": "They left.", "pub_date": "2024-04-17", "url": "https://example.org"},
    ]
    first, second = documents(write("a.jsonl", "\n".join(json.dumps(line) for line in lines)))
    assert (first.id, first.title, first.publisher, first.language) == ("a", "Talks", "Daily", "en")
    assert (second.id, second.text, str(second.published)) == ("2", "They left.", "2024-04-17")


def test_bad_json_lines_are_rejected_with_their_numbers_and_the_rest_is_read(write: Write) -> None:
    origin = write("a.jsonl", '{"text": "One met."}\n{"id": 7}\n\nnot json\n[1]\n{"text": "Two met."}\n')
    found = list(read([origin]))
    assert [item.line for item in found if isinstance(item, Rejected)] == [2, 4, 5]
    assert [item.text for item in found if isinstance(item, Document)] == ["One met.", "Two met."]


def test_json_line_without_text_names_the_keys_found_and_expected(write: Write) -> None:
    (rejected,) = rejections(write("a.jsonl", '{"id": 7, "note": ""}\n'))
    assert rejected.reason.startswith("no text: keys are id, note; expected one of text, event_text")


def test_documents_of_lines_name_file_and_line_as_origin(write: Write) -> None:
    origin = write("a.jsonl", '\n{"text": "They met."}\n')
    assert documents(origin)[0].origin == f"{origin}:2"


def test_overlong_line_is_rejected_and_the_next_one_read(write: Write) -> None:
    origin = write("a.jsonl", '{"text": "' + "They met. " * 100 + '"}\n{"text": "They left."}\n')
    found = list(read([origin], options=ReadOptions(report_bytes=100)))
    assert [getattr(item, "reason", None) for item in found] == ["line longer than 200 bytes", None]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_json_lines_are_read_in_other_encodings(write: Write, encoding: str) -> None:
    (document,) = documents(write("a.jsonl", '{"text": "Türkiye said."}\n'.encode(encoding)))
    assert document.text == "Türkiye said."


def test_json_list_gives_one_report_each(write: Write) -> None:
    origin = write("a.json", '[{"text": "One met."}, {"note": 1}]')
    document, rejected = read([origin])
    assert isinstance(document, Document)
    assert isinstance(rejected, Rejected)
    assert (document.origin, rejected.origin) == (f"{origin}[1]", f"{origin}[2]")


def test_json_object_is_one_report(write: Write) -> None:
    assert documents(write("a.json", '{\n "text": "They met."\n}'))[0].text == "They met."


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_line_breaks_inside_quotes(write: Write, delimiter: str) -> None:
    rows = [["Text", "date"], ['"They met.\nThey left."', "2024-04-16"], ["They stayed.", ""]]
    origin = write("a.csv", "\n".join(delimiter.join(row) for row in rows))
    first, second = documents(origin)
    assert (first.text, str(first.published)) == ("They met.\nThey left.", "2024-04-16")
    assert (second.text, second.origin) == ("They stayed.", f"{origin}:4")


def test_csv_without_text_column_is_rejected(write: Write) -> None:
    (rejected,) = rejections(write("a.csv", "id,note\n1,x\n"))
    assert rejected.reason.startswith("no text column in the header ['id', 'note']")


def test_csv_line_with_nul_is_rejected_and_the_rest_read(write: Write) -> None:
    origin = write("a.csv", b"id,text\n1,One met.\n2,Two\0met.\n3,Three met.\n")
    found = list(read([origin]))
    assert [item.line for item in found if isinstance(item, Rejected)] == [3]
    assert [item.id for item in found if isinstance(item, Document)] == ["1", "3"]


def test_gzip_is_unpacked(write: Write) -> None:
    assert documents(write("a.jsonl.gz", gzip.compress(b'{"text": "They met."}\n')))[0].text == "They met."


def test_broken_gzip_is_rejected(write: Write) -> None:
    (rejected,) = rejections(write("a.txt.gz", gzip.compress(b"They met. " * 99)[:30]))
    assert rejected.reason.startswith("a broken gzip file")


def test_gzip_that_unpacks_beyond_the_limit_is_rejected(write: Write) -> None:
    origin = write("a.txt.gz", gzip.compress(b"They met. " * 1000))
    (rejected,) = rejections(origin, options=ReadOptions(report_bytes=1000))
    assert rejected.reason.startswith("more than 1,000 bytes")


def test_fifty_megabytes_are_rejected_without_being_coded(write: Write) -> None:
    (rejected,) = rejections(write("a.txt", b"They met. " * 5_000_000))
    assert rejected.reason == (
        "more than 10,000,000 bytes, the most for one report; if it holds several, give them as JSON Lines or CSV"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \n", "empty"), (b"They\0met.", "NUL byte"), (b"\x89PNG....", "a PNG image")],
)
def test_file_that_is_no_text_is_rejected_with_the_reason(write: Write, content: bytes, reason: str) -> None:
    (rejected,) = rejections(write("a.txt", content))
    assert rejected.reason.startswith(reason)


def test_wrong_encoding_is_noted(write: Write) -> None:
    (document,) = documents(write("a.txt", "Türkiye said so.".encode("cp1252")))
    assert document.notes == ("not valid UTF-8 (byte 2): read as Windows-1252",)


def test_folder_is_read_in_name_order_and_other_files_are_ignored(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden/d.txt", "e.png"):
        write(name, f"{name} met.")
    found = list(read(str(tmp_path)))
    assert [item.text for item in found if isinstance(item, Document)] == ["a/c.txt met.", "b.txt met."]
    assert [item.kind for item in found if isinstance(item, Rejected)] == [Rejection.IGNORED]


def test_folder_without_reports_is_rejected(write: Write, tmp_path: Path) -> None:
    write("a.png", "x")
    (rejected,) = rejections(str(tmp_path))
    assert rejected.reason.startswith("a folder without reports: it has 1 × .png")


def test_pattern_is_expanded_and_a_file_named_twice_is_read_once(write: Write, tmp_path: Path) -> None:
    first = write("a.txt", "One met.")
    write("b.txt", "Two met.")
    assert [item.text for item in documents(first, str(tmp_path / "*.txt"))] == ["One met.", "Two met."]


@pytest.mark.parametrize(("name", "reason"), [("none.txt", "no such file"), ("*.txt", "no file matches")])
def test_origin_that_is_not_there_is_rejected(tmp_path: Path, name: str, reason: str) -> None:
    (rejected,) = rejections(str(tmp_path / name))
    assert rejected.reason.startswith(reason)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"They met.", "They met."),
        (b'{"text": "They met."}\n{"text": "They left."}', "They met."),
        (b'[{"text": "They met."}]', "They met."),
        (b'{\n"text": "They met."}', "They met."),
    ],
)
def test_standard_input_is_read_by_its_beginning(monkeypatch: pytest.MonkeyPatch, content: bytes, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    document = documents("-")[0]
    assert document.text == text
    assert document.origin.startswith("standard input")


def test_format_given_wins_over_the_name(write: Write) -> None:
    assert documents(write("a.txt", '{"text": "They met."}\n'), format="jsonl")[0].text == "They met."


def test_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="format 'pdf' is not one of auto, text"):
        list(read("a", format="pdf"))


def test_second_text_under_one_id_is_rejected(write: Write) -> None:
    lines = [json.dumps({"id": 1, "text": text}) for text in ("One met.", "Two met.", "One met.")]
    origin = write("a.jsonl", "\n".join(lines))
    found = list(read([origin]))
    assert [getattr(item, "reason", None) for item in found] == [None, "id '1' was given to another text before", None]
