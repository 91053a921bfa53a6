"""`dragoman doctor`: is everything there, and which settings hold; or is a store sound."""

import os
import platform
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from dragoman.cli.guard import DONE, FAILED, open_coder, say
from dragoman.config import Setting, resolve_settings, settings_of
from dragoman.errors import DragomanError
from dragoman.store import open_store
from dragoman.types.text import Document

_SAMPLE = "The president of Kazakhstan visited Armenia on Monday."


def run_doctor(*, folder: Path) -> int:
    """Prints versions, settings with their origin, and a trial coding; returns 1 when a part is missing."""
    print(f"dragoman {version('dragoman')}, Python {platform.python_version()}, {platform.platform(terse=True)}")
    sound = True
    for name, found in _dependencies():
        print(f"  {name:<18} {found or 'MISSING: install dragoman again with pip'}")
        sound = sound and found is not None
    print("settings")
    resolved = resolve_settings(flags={}, environment=os.environ, folder=folder)
    for setting in resolved:
        print(f"  {setting.name:<18} {setting.value if setting.value is not None else '-'}   ({setting.origin})")
    print("coder")
    for line, good in _try_coder(resolved):
        print(f"  {line}")
        sound = sound and good
    print("all is well" if sound else "something is missing: see above")
    return DONE if sound else FAILED


def examine_store(place: str, *, quick: bool) -> int:
    """Prints what each check of the store looked at and found wrong; returns 1 when anything is wrong."""
    wrong = 0
    with open_store(place) as store:
        print(store.place)
        for check in store.examine(clusters=not quick):
            state = "WRONG" if check.wrong else "not all" if check.note else "sound"
            print(f"  {check.name:<12} {state:<8} {check.looked_at}{': ' if check.note else ''}{check.note}")
            for line in check.wrong:
                say(f"    {line}")
            wrong += len(check.wrong)
    print(f"{wrong} thing{'' if wrong == 1 else 's'} wrong: see above" if wrong else "the store is sound")
    return FAILED if wrong else DONE


def _dependencies() -> Iterator[tuple[str, str | None]]:
    for requirement in requires("dragoman") or ():
        if "extra ==" not in requirement:
            name = "".join(character if character.isalnum() or character in "-_." else " " for character in requirement)
            name = name.split()[0]
            try:
                yield name, version(name)
            except PackageNotFoundError:
                yield name, None


def _try_coder(resolved: tuple[Setting, ...]) -> Iterator[tuple[str, bool]]:
    started = time.monotonic()
    try:
        coder = open_coder(settings_of(resolved))
    except DragomanError as error:
        yield str(error), False
        return
    opened = time.monotonic()
    (coding,) = coder.code_many([Document(id="doctor", text=_SAMPLE, origin="doctor")])
    yield f"codebook {coder.provenance.codebook}", True
    yield f"model    {coder.provenance.model}", True
    yield f"kb       {coder.provenance.kb}", True
    yield f"opened in {opened - started:.2f} s, coded a sentence in {time.monotonic() - opened:.2f} s", True
    yield f"{len(coding.records)} records from: {_SAMPLE}", bool(coding.records)
