"""Types to JSON and back, by RECORD.md section 7. The only file that knows the JSON library.

Keys come in a fixed order, `kind` first; numbers and characters are written as they are, so that the same record always
gives the same bytes. The standard library's json is kept on purpose: encoding is a small part of the time of coding.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NoReturn, TypeVar

from dragoman._codec_in import read_document, read_provenance, read_record, read_span
from dragoman._codec_out import document_json, issue_json, kind_of, provenance_json, record_json
from dragoman.errors import InputError
from dragoman.types.record import Coding, Issue, Provenance, Record
from dragoman.types.text import Document

__all__ = [
    "CodedDocument",
    "decode_coding",
    "decode_record",
    "encode_coding",
    "encode_record",
    "format_json",
    "hash_text",
    "kind_of",
    "parse_json",
]

T = TypeVar("T")
Json = Any  # whatever JSON can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedDocument:
    """A document and its coding, as one JSON object holds them."""

    document: Document
    coding: Coding


def hash_text(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: one for store and exports, so that copies can be compared."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def format_json(value: Json) -> str:
    """The value as JSON on one line, without spaces, in UTF-8's own characters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def parse_json(text: str) -> Json:
    """The value that the JSON text holds. Raises InputError saying where it breaks; NaN and Infinity are refused."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise InputError(f"not valid JSON at {place}: {error.msg}") from error
    except RecursionError as error:
        raise InputError("not usable JSON: nested too deeply") from error
    except ValueError as error:
        raise InputError(f"not valid JSON: {error}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def encode_record(record: Record, *, text: str, provenance: Provenance) -> str:
    """One JSON line for the record; `text` is the document's, from which the words of spans are quoted."""
    return format_json(record_json(record, text, provenance))


def encode_coding(coding: Coding, document: Document) -> str:
    """One JSON object for the document with all its records and issues."""
    return format_json(
        {
            "document": document_json(document),
            "records": [record_json(record, document.text, coding.provenance) for record in coding.records],
            "issues": [issue_json(issue, document.text) for issue in coding.issues],
            "provenance": provenance_json(coding.provenance),
        }
    )


def decode_record(line: str) -> tuple[Record, Provenance]:
    """The record that a JSON line holds and the versions that made it.

    Raises InputError naming what is missing or of the wrong type.
    """
    value = parse_json(line)
    return _checked(lambda: (read_record(value), read_provenance(value)))


def decode_coding(text: str) -> CodedDocument:
    """The document and coding that a JSON object holds. Raises InputError as `decode_record` does."""
    value = parse_json(text)
    return _checked(lambda: _read_coded(value))


def _checked(read: Callable[[], T]) -> T:
    try:
        return read()
    except KeyError as error:
        raise InputError(f"not a dragoman record: key {error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not a dragoman record: {error}") from error


def _read_coded(value: Json) -> CodedDocument:
    document = read_document(value["document"])
    coding = Coding(
        document=document.id,
        records=tuple(read_record(item) for item in value["records"]),
        issues=tuple(
            Issue(code=item["code"], message=item["message"], span=read_span(item["span"])) for item in value["issues"]
        ),
        provenance=read_provenance(value["provenance"]),
    )
    return CodedDocument(document=document, coding=coding)
