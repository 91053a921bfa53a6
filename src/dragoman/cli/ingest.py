"""`dragoman ingest`: read, code, keep, and say what was new, what was there, and what failed where."""

import sys
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial

from dragoman.cli.guard import DONE, FAILED, INTERRUPTED, PARTLY, Flags, open_coder, read_settings, say
from dragoman.codec import format_json
from dragoman.config import Settings
from dragoman.errors import ConfigError
from dragoman.ingest import READERS, ReadOptions
from dragoman.store import Ingestion, IngestOptions, Store, open_store
from dragoman.store.tally import Progress, Tally

_EVERY = 10  # documents between two signs of progress


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestRequest:
    """What was asked for on the command line; None where an option was not given."""

    origins: tuple[str, ...]
    store: str
    format: str = "auto"
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    coded: bool = False
    recode: bool = False
    dry_run: bool = False
    workers: int = 1
    json: bool = False
    quiet: bool = False
    verbose: bool = False


def run_ingest(request: IngestRequest, *, flags: Flags) -> int:
    """Ingests everything asked for; returns the exit code."""
    if not request.origins and not request.recode:
        raise ConfigError("ingest: name files, folders or - for standard input; or --recode to code everything again")
    if request.format not in ("auto", *READERS):
        raise ConfigError(f"--format {request.format!r}: expected one of auto, {', '.join(READERS)}")
    with open_store(request.store) as store:
        try:
            done = _ingest(store, request, read_settings(flags))
        except KeyboardInterrupt:
            say("dragoman: interrupted; what was kept is kept: run the same command again to go on")
            return INTERRUPTED
    _report(done, request)
    return exit_code(done)


def _ingest(store: Store, request: IngestRequest, settings: Settings) -> Ingestion:
    options = IngestOptions(
        format=request.format,
        read=ReadOptions(
            published=request.published, publisher=request.publisher, url=request.url, language=request.language
        ),
        english=bool(request.language and request.language.lower().startswith("en")),
        threshold=settings.threshold,
        time_limit=settings.time_limit,
        recode=request.recode,
        dry_run=request.dry_run,
        workers=request.workers,
        settings=(("codebook", settings.codebook), ("kb", settings.kb or "shipped")),
    )
    progress = _progress(request)
    if request.coded:
        return store.load(request.origins, options=options, progress=progress)

    open_ours = partial(open_coder, settings, store=request.store)
    if not request.origins:
        return store.recode(open_coder=open_ours, options=options, progress=progress)
    return store.ingest(request.origins, open_coder=open_ours, options=options, progress=progress)


def _progress(request: IngestRequest) -> Progress | None:
    if request.quiet or not sys.stderr.isatty():
        return None

    def show(tally: Tally) -> None:
        if tally.read % _EVERY == 0:
            print(f"\r{tally.read} read, {len(tally.outcomes)} kept", end="", file=sys.stderr, flush=True)

    return show


def _report(done: Ingestion, request: IngestRequest) -> None:
    for rejected in (*done.failed, *done.skipped):
        say(f"{rejected.place}: {rejected.reason}")
    if request.dry_run:
        for origin in done.would_code:
            print(f"would code {origin}")
    if request.json:
        print(format_json(_as_json(done)))
    elif not request.quiet:
        print(summarise(done, dry_run=request.dry_run))
        if done.other_versions:
            say(
                f"{done.other_versions} of them were coded by other versions; --recode codes them again, beside the old"
            )


def summarise(done: Ingestion, *, dry_run: bool) -> str:
    """`1 read · 1 new · 26 records · 0 failed   run r-7f3a…`; happenings are counted by `dragoman status`."""
    if dry_run:
        parts = [f"{done.read} read", f"{len(done.would_code)} would be coded"]
    else:
        parts = [f"{done.read} read", f"{done.new} new"]
    parts += [f"{done.recoded} coded again"] if done.recoded else []
    parts += [f"{done.there} already there"] if done.there else []
    parts += [f"{done.records} records"] if done.run else []
    parts += [f"{len(done.skipped)} skipped"] if done.skipped else []
    parts += [f"{len(done.failed)} failed"] if done.run or done.failed else []
    parts += [f"{done.ignored} other files passed over"] if done.ignored else []
    return " · ".join(parts) + (f"   run {done.run}" if done.run else "   (nothing written)")


def _as_json(done: Ingestion) -> dict[str, object]:
    listed = {
        name: [{"origin": item.origin, "line": item.line, "reason": item.reason} for item in getattr(done, name)]
        for name in ("skipped", "failed")
    }
    return {**asdict(done), **listed}


def exit_code(done: Ingestion) -> int:
    """0 when all is kept, 1 when everything failed, 3 when something was not coded."""
    if done.failed and not (done.new or done.recoded or done.there or done.skipped or done.would_code):
        return FAILED
    return PARTLY if done.failed or done.skipped else DONE
