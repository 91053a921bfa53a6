"""Parses written by hand for the tests of the five kinds of record, with helpers to read what was found."""

import make
from dragoman.coding.codebook import load_codebook
from dragoman.coding.drafts import RecordOrigin
from dragoman.types.actor import ActorLink
from dragoman.types.parse import ParsedDocument
from dragoman.types.text import Span

PLOVER = load_codebook("plover")


def origin_of(parsed: ParsedDocument) -> RecordOrigin:
    """The origin of records of a parsed test document."""
    return RecordOrigin(document=parsed.document.id, text=parsed.document.text, codebook="plover")


def link_in(parsed: ParsedDocument):
    """A resolver that knows nobody: it only keeps the words."""
    return lambda span: ActorLink(text=span.of(parsed.document.text), span=span)


def words(parsed: ParsedDocument, span: Span | None) -> str | None:
    """The words of a span."""
    return span.of(parsed.document.text) if span else None


read = make.parsed
