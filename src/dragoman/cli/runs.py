"""`dragoman runs` and `dragoman diff`."""

from collections.abc import Iterator
from dataclasses import asdict

from dragoman.cli.guard import DONE
from dragoman.codec import format_json
from dragoman.store import RecordChange, RunInfo, open_store


def run_runs(place: str, *, json: bool) -> int:
    """Lists the runs."""
    with open_store(place) as store:
        found = store.runs()
    if json:
        print(format_json([asdict(run) for run in found]))
        return DONE
    for run in found:
        by = run.manifest.provenance
        end = "" if run.finished else "   broken off, or still going"
        print(
            f"{run.id}  {run.started[:19]}  {run.manifest.kind:<7} {run.documents:>7,} documents "
            f"{run.records:>8,} records   {by.codebook}  {by.model}  {by.kb}{end}"
        )
    if not found:
        print("no runs yet")
    return DONE


def manifest_lines(run: RunInfo, *, json: bool) -> Iterator[str]:
    """The manifest of one run."""
    if json:
        yield format_json(asdict(run))
        return
    by, outcome = run.manifest.provenance, run.outcome
    yield f"{run.id}   {run.manifest.kind}, {run.started} to {run.finished or '(broken off, or still going)'}"
    yield f"  dragoman {run.manifest.dragoman}, codebook {by.codebook}, model {by.model}, knowledge base {by.kb}"
    yield f"  kept         {run.documents:,} documents, {run.records:,} records"
    if outcome is not None:
        there = f"{outcome.recoded:,} coded again, {outcome.there:,} there"
        yield f"  read         {outcome.read:,}: {outcome.new:,} new, {there}"
    for name, value in run.manifest.settings:
        yield f"  setting      {name} = {value}"
    for found in run.manifest.inputs:
        yield f"  input        {found.name}   {'sha256 ' + found.sha256 if found.sha256 else 'not hashed'}"
    for failure in outcome.failures if outcome else ():
        yield f"  {failure.kind:<12} {failure.place}: {failure.reason}"


def run_diff(place: str, before: str, after: str, *, json: bool) -> int:
    """Prints what the second run says otherwise."""
    with open_store(place) as store:
        found = store.diff(before, after)
    if json:
        print(format_json(asdict(found)))
        return DONE
    counts = ", ".join(f"{found.count(what)} {what}" for what in ("added", "changed", "withdrawn"))
    print(f"{found.before} → {found.after}: {found.documents} documents in both; {counts}, {found.same} the same")
    if found.only_before or found.only_after:
        print(f"  only in {found.before}: {found.only_before} documents; only in {found.after}: {found.only_after}")
    print(f"  because of: {'; '.join(found.causes) or 'no version or setting differs'}")
    for change in found.changes:
        for line in _change_lines(change):
            print(line)
    return DONE


def _change_lines(change: RecordChange) -> Iterator[str]:
    yield f"{change.what:<10} {change.id}  {change.kind} {change.label}  {change.document}"
    yield f'           "{change.quote[:120]}"'
    for field in change.fields:
        yield f"           {field.field}: {field.before} → {field.after}   ({field.reason})"
    if not change.fields:
        yield f"           {change.why}"
