"""`dragoman init`, `status`, `backup`, `rebuild`, `migrate`."""

from dataclasses import asdict
from pathlib import Path

from dragoman.cli.guard import DONE, FAILED, find_layer, read_settings, say
from dragoman.codec import format_json
from dragoman.coding.learned import Learned
from dragoman.errors import InputError
from dragoman.learned import copy_history, history_file, say_state
from dragoman.store import Store, open_store, upgrade_store
from dragoman.store.book import Status
from dragoman.store.opening import file_of
from dragoman.store.registry import count_judged_events

_SERVERS = ("postgresql://", "postgres://")


def run_init(place: str) -> int:
    """Makes an empty store; one that is there is left as it is, and said."""
    there = not place.startswith(_SERVERS) and file_of(Path(place)).exists()
    with open_store(place, create=True) as store:
        print(f"{store.place}: {'is there already, with ' if there else 'made, with '}{_documents(store)}")
        if not there:
            print(f"next: dragoman ingest FILE…{'' if place == '.' else f' --store {place}'}")
    return DONE


def _documents(store: Store) -> str:
    count = store.status().documents
    return "no documents yet" if count == 0 else f"{count:,} document{'' if count == 1 else 's'}"


def run_status(place: str, *, check: bool, json: bool) -> int:
    """Prints what the store holds; returns 1 when the check finds something wrong."""
    with open_store(place) as store:
        found = store.status()
        wrong = store.check() if check else []
        layer = find_layer(read_settings({}), place)
        if json:
            print(format_json(_as_json(found, layer, wrong if check else None)))
        else:
            _print_status(found)
            print(f"  learning     {say_state(layer, count_judged_events(store.engine))}")
            for line in wrong:
                say(f"WRONG: {line}")
            if check and not wrong:
                print("the file is sound")
    return FAILED if wrong else DONE


def _as_json(found: Status, layer: Learned | None, wrong: list[str] | None) -> dict[str, object]:
    learned = None if layer is None else layer.version
    return {**asdict(found), "records": dict(found.records), "learned": learned, "wrong": wrong}


def _print_status(found: Status) -> None:
    size = "" if found.size is None else f"   {found.size / 1e6:,.1f} MB"
    print(f"{found.place}{size}")
    print(f"  documents    {found.documents:,}")
    if found.first_day:
        print(f"  from         {found.first_day} to {found.last_day}")
    for kind, count in found.records:
        print(f"  {kind + 's':<12} {count:,}" + _happenings(found, kind))
    print(
        f"  runs         {found.runs:,}"
        + (f" ({found.broken_runs} broken off or still going)" if found.broken_runs else "")
    )
    print(f"  verdicts     {found.verdicts:,} on {found.reviewed:,} records")


def _happenings(found: Status, kind: str) -> str:
    if kind != "event":
        return ""
    return f" records of {found.events:,} happening{'' if found.events == 1 else 's'}, {found.counted:,} counted"


def run_backup(place: str, target: Path) -> int:
    """Copies the store."""
    with open_store(place) as store:
        path = store.back_up(target)
        taught = copy_history(store.place, path)
    with open_store(path) as copy:
        wrong = copy.check()
        count = copy.status().documents
    for line in wrong:
        say(f"WRONG: {line}")
    print(f"{path}: {count:,} documents, {'the copy is NOT sound' if wrong else 'the copy is sound'}")
    if taught:
        print(f"{history_file(path)}: what was learned, which belongs to it")
    return FAILED if wrong else DONE


def run_rebuild(place: str) -> int:
    """Makes the projections anew."""
    with open_store(place) as store:
        print(f"{store.place}: {store.rebuild():,} records")
    return DONE


def run_migrate(place: str, to: str | None) -> int:
    """Upgrades the tables, or copies the store elsewhere."""
    if to is None:
        steps = upgrade_store(place)
        titles = ", ".join(f"{step.version} ({step.title})" for step in steps)
        print(f"{place}: {'tables brought to version ' + titles if steps else 'tables are of this version already'}")
        return DONE
    with open_store(place) as store, open_store(to, create=True) as other:
        if other.place == store.place:
            raise InputError(f"{store.place}: is the store itself; name another place with --to")
        copied = store.copy_to(other)
        copy_history(store.place, other.place)
        wrong = other.check()
        print(
            f"{other.place}: {copied['document']:,} documents, {copied['record']:,} records, "
            f"{copied['verdict']:,} verdicts"
        )
    for line in wrong:
        say(f"WRONG: {line}")
    return FAILED if wrong else DONE
