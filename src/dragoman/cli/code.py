"""`dragoman code`: read, code, print, and say what was not coded."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from shutil import get_terminal_size

from dragoman.cli.guard import DONE, EMPTY, FAILED, PARTLY, Flags, open_coder, read_settings, say, wants_colour
from dragoman.cli.writers import WRITERS, Writer
from dragoman.config import Settings
from dragoman.errors import ConfigError
from dragoman.ingest import ReadOptions, read
from dragoman.pipeline import Coded, run
from dragoman.types.coding import CoderLike
from dragoman.types.record import Coding
from dragoman.types.text import Document, Rejected, Rejection

_WIDTH_OF_A_PIPE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRequest:
    """What was asked for on the command line; None where an option was not given."""

    origins: tuple[str, ...]
    format: str = "auto"
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    edition: str | None = None
    output: str = "table"
    fail_empty: bool = False
    quiet: bool = False
    verbose: bool = False


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What a run has done so far."""

    coded: int = 0
    records: int = 0
    below: int = 0
    skipped: list[Rejected] = field(default_factory=list)
    ignored: int = 0
    failed: list[Rejected] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.coded + len(self.skipped) + len(self.failed)


def run_code(request: CodeRequest, *, flags: Flags) -> int:
    """Codes and prints everything asked for; returns the exit code."""
    started = time.monotonic()
    settings = read_settings(flags)
    coder = open_coder(settings)
    _check_edition(coder, request.edition)
    tally = _Tally()
    writer = WRITERS[request.output](sys.stdout, width=_width(), colour=wants_colour(sys.stdout))
    writer.begin()
    for coded in _progress(_coded(request, coder, settings, tally), tally, request):
        _print(writer, coded, settings.threshold, tally, request)
    writer.end()
    _finish(tally, request, settings, seconds=time.monotonic() - started)
    return exit_code(tally, fail_empty=request.fail_empty)


def _coded(request: CodeRequest, coder: CoderLike, settings: Settings, tally: _Tally) -> Iterator[Coded]:
    options = ReadOptions(
        published=request.published, publisher=request.publisher, url=request.url, language=request.language
    )
    items = read(request.origins, format=request.format, options=options)
    if request.language and request.language.lower().startswith("en"):
        items = _as_english(items)
    for item in run(items, coder, limit=settings.time_limit):
        if isinstance(item, Coded):
            tally.coded += 1
            yield item
        else:
            _note_rejection(item, tally, request)


def _as_english(items: Iterator[Document | Rejected]) -> Iterator[Document | Rejected]:
    """`--lang en` overrules what an input says of its language, and what its words look like."""
    for item in items:
        yield replace(item, language="en") if isinstance(item, Document) else item


def _note_rejection(rejected: Rejected, tally: _Tally, request: CodeRequest) -> None:
    if rejected.kind is Rejection.IGNORED:
        tally.ignored += 1
        if request.verbose:
            say(f"{rejected.place}: {rejected.reason}")
        return
    (tally.failed if rejected.kind is Rejection.FAILED else tally.skipped).append(rejected)
    say(f"{rejected.place}: {rejected.reason}")


def _print(writer: Writer, coded: Coded, threshold: float | None, tally: _Tally, request: CodeRequest) -> None:
    lowest = threshold or 0.0
    shown = tuple(record for record in coded.coding.records if record.confidence >= lowest)
    tally.records += len(shown)
    tally.below += len(coded.coding.records) - len(shown)
    coding = replace(coded.coding, records=shown)
    writer.write(coded.document, coding)
    if request.output in ("jsonl", "csv") and not request.quiet:
        _say_notes(coded.document, coding)


def _say_notes(document: Document, coding: Coding) -> None:
    """The table and the JSON list carry notes and issues themselves; rows have no place for them."""
    for note in document.notes:
        say(f"{document.origin}: {note}")
    for issue in coding.issues:
        say(f"{document.origin}: {issue.message}")


def _progress(items: Iterator[Coded], tally: _Tally, request: CodeRequest) -> Iterator[Coded]:
    """Passes the items on; counts them on standard error where that is a terminal that the data does not go to."""
    shown = sys.stderr.isatty() and not sys.stdout.isatty() and not request.quiet
    for item in items:
        if shown:
            print(f"\r{tally.read} read, {tally.coded} coded", end="", file=sys.stderr, flush=True)
        yield item
    if shown and tally.read:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _finish(tally: _Tally, request: CodeRequest, settings: Settings, *, seconds: float) -> None:
    if request.quiet:
        return
    if tally.below:
        say(f"records below the threshold of {settings.threshold:g} and not shown: {tally.below}")
    say(f"{summarise(tally)}   {seconds:.1f} s")


def summarise(tally: _Tally) -> str:
    """`n read, n coded, n skipped (why), n failed (which)`."""
    skipped = _reasons([rejected.reason for rejected in tally.skipped])
    ignored = f", {tally.ignored} other files passed over" if tally.ignored else ""
    failed = _reasons([_place(rejected) for rejected in tally.failed])
    return (
        f"{tally.read} read, {tally.coded} coded, {len(tally.skipped)} skipped{skipped}, "
        f"{len(tally.failed)} failed{failed}{ignored}"
    )


def _place(rejected: Rejected) -> str:
    return rejected.origin if rejected.line is None else f"{rejected.origin}:{rejected.line}"


def _reasons(values: list[str]) -> str:
    if not values:
        return ""
    counts = Counter(values).most_common(5)
    shown = "; ".join(f"{count} × {value}" if count > 1 else value for value, count in counts)
    more = len(set(values)) - len(counts)
    return f" ({shown}{f'; and {more} more' if more else ''})"


def exit_code(tally: _Tally, *, fail_empty: bool) -> int:
    """0 when all was coded, 1 when all failed, 3 when something was not coded, 4 when nothing was found."""
    if tally.failed and not tally.coded and not tally.skipped:
        return FAILED
    if tally.failed or tally.skipped:
        return PARTLY
    return EMPTY if fail_empty and not tally.records else DONE


def _check_edition(coder: CoderLike, edition: str | None) -> None:
    codebook = coder.provenance.codebook
    if edition is not None and edition not in codebook.replace("@", " ").replace("-", " ").split():
        raise ConfigError(f"--edition: the codebook is {codebook!r}, not of edition {edition!r}")


def _width() -> int:
    """The terminal's width; into a pipe always the same, so that the bytes do not depend on the screen."""
    if sys.stdout.isatty():
        return max(80, get_terminal_size().columns)
    columns = os.environ.get("COLUMNS", "")
    return max(80, int(columns)) if columns.isdigit() else _WIDTH_OF_A_PIPE
