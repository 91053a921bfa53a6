"""From read items to coded documents: language check, coding, time limit. Progress is values, not prints."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.errors import InputError
from dragoman.ingest.assemble import assemble
from dragoman.ingest.options import Found, ReadOptions
from dragoman.language.detect import NAMES, detect_language
from dragoman.timelimit import TimeLimitError, time_limit
from dragoman.types.coding import CoderLike
from dragoman.types.record import Coding
from dragoman.types.text import Document, Rejected, Rejection

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A document and its coding."""

    document: Document
    coding: Coding


def code(text: str, *, date: str | None = None, coder: CoderLike | None = None) -> Coding:
    """The coding of one report given as text.

    Args:
        text: the report.
        date: its publication date as `YYYY-MM-DD`; without it, years that the text does not give stay open.
        coder: an opened coder; without one the shipped coder is opened, which takes about half a second each time.

    Raises:
        InputError: the text cannot be coded (empty, not running text, not English), with the reason.
    """
    document = assemble(Found(text=text, date=date), origin="text", options=ReadOptions())
    if isinstance(document, Document) and date and document.published is None:
        raise InputError(f"date {date!r}: expected a date like 2024-04-16")
    checked = check_language(document) if isinstance(document, Document) else document
    if isinstance(checked, Rejected):
        raise InputError(f"text of {len(text)} characters: {checked.reason}")
    (coding,) = (coder or _open_coder()).code_many([checked])
    return coding


def _open_coder() -> CoderLike:
    from dragoman.coder import Coder

    return Coder.open()


def run(items: Iterable[Document | Rejected], coder: CoderLike, *, limit: float = 60.0) -> Iterator[Coded | Rejected]:
    """Yields each document coded, or why it was not, in the order of the items; rejected ones pass through.

    `limit` is the time in seconds for one document, 0 for none.
    """
    for item in items:
        checked = check_language(item) if isinstance(item, Document) else item
        yield _code(checked, coder, limit) if isinstance(checked, Document) else checked


def check_language(document: Document) -> Document | Rejected:
    """The document with its language filled in, or a rejection that names the language when it is not English.

    A language that the input states is believed.
    """
    if document.language is not None:
        stated = document.language[:2].lower()
        return document if stated == "en" else _not_english(document, NAMES.get(stated, stated), "stated by the input")
    guess = detect_language(document.text)
    if not guess.english:
        return _not_english(document, guess.name, "by its words; --lang en codes it all the same")
    return replace(document, language=guess.code)


def _not_english(document: Document, name: str, reason: str) -> Rejected:
    message = f"not coded: the text is in {name} ({reason}), and dragoman reads English"
    return Rejected(origin=document.origin, reason=message, kind=Rejection.SKIPPED)


def _code(document: Document, coder: CoderLike, limit: float) -> Coded | Rejected:
    try:
        with time_limit(limit):
            (coding,) = coder.code_many([document])
    except TimeLimitError:
        return Rejected(origin=document.origin, reason=f"not coded: the time limit of {limit:g} s was reached")
    except Exception as error:  # One report that breaks the coder must not cost a run of thousands.
        _logger.debug("coding %s failed", document.origin, exc_info=True)
        return Rejected(origin=document.origin, reason=f"not coded: {type(error).__name__}: {error}")
    return Coded(document=document, coding=coding)
