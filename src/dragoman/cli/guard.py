"""What all commands share: errors to messages and exit codes, options to values, the coder, standard error."""

import importlib
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dragoman.config import Settings, resolve_settings, settings_of
from dragoman.errors import ConfigError, DragomanError, ResourceError, StoreError
from dragoman.types.coding import CoderLike

if TYPE_CHECKING:
    from dragoman.coding.learned import Learned

OFF = "off"
DONE, FAILED, USAGE, PARTLY, EMPTY, INTERRUPTED = 0, 1, 2, 3, 4, 130
Flags = Mapping[str, str | float | None]


@contextmanager
def guarded(*, verbose: bool) -> Iterator[None]:
    """Turns errors raised on purpose into a message and an exit code; with `verbose`, logs go to standard error."""
    logger, handler = logging.getLogger("dragoman"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG if verbose else logging.WARNING)
    try:
        yield
    except ConfigError as error:
        say(f"dragoman: {error}")
        raise typer.Exit(USAGE) from error
    except DragomanError as error:
        say(f"dragoman: {error}")
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt as error:
        say("dragoman: interrupted; what was printed before is complete")
        raise typer.Exit(INTERRUPTED) from error
    finally:
        logger.removeHandler(handler)


def say(message: str) -> None:
    """One line on standard error."""
    print(message, file=sys.stderr, flush=True)


def read_day(written: str | None, option: str = "--date") -> date | None:
    """The date of an option. Raises ConfigError when it is none."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise ConfigError(f"{option}: {written!r} is not a date; expected one like 2024-04-16") from error


def choose_output(*, table: bool, jsonl: bool, json: bool, csv: bool) -> str:
    """The one output format asked for, `table` when none is. Raises ConfigError for two."""
    asked = {"table": table, "jsonl": jsonl, "json": json, "csv": csv}
    chosen = [name for name, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        raise ConfigError(f"only one of --{', --'.join(chosen)} can be printed at a time")
    return chosen[0] if chosen else "table"


def read_settings(flags: Flags) -> Settings:
    """The settings of this run."""
    return settings_of(resolve_settings(flags=flags, environment=os.environ, folder=Path.cwd()))


def open_coder(settings: Settings, *, store: str | None = None) -> CoderLike:
    """The coder with the model and codebook of the settings, and with what the project learned.

    Raises ResourceError when a part is missing.
    """
    try:
        from dragoman.coder import Coder
    except ImportError as error:
        raise ResourceError(f"the coder cannot start: {error}; install dragoman again with pip") from error
    layer = find_layer(settings, store)
    return Coder.open(settings.codebook, kb=settings.kb, threshold=settings.threshold, learned=layer)


def find_layer(settings: Settings, store: str | None = None) -> "Learned | None":
    """The learned layer that the settings name, else the one in use beside the store; None without either.

    `store` None stands for DRAGOMAN_STORE, else for the working folder. Raises ConfigError for a file that is missing.
    """
    from dragoman.learned import layer_in_use

    if settings.learned == OFF:
        return None
    if settings.learned is not None:
        if not Path(settings.learned).is_file():
            raise ConfigError(
                f"learned: no file {settings.learned!r}; expected one that `dragoman learn` wrote, or off"
            )
        return layer_in_use(Path(settings.learned))
    place = store or os.environ.get("DRAGOMAN_STORE") or "."
    if not has_history(place):
        return None
    try:
        return layer_in_use(find_history(place))
    except StoreError as error:
        raise ConfigError(f"{error}, with DRAGOMAN_STORE: beside one of them lies what reviewers taught") from error


def has_history(store: str) -> bool:
    """True when a history may lie beside the store: so that the store is not looked at for nothing."""
    from dragoman.learned import ENDING, history_file

    folder = Path(store) if Path(store).is_dir() else history_file(store).parent
    return any(folder.glob(f"*{ENDING}"))


def find_history(store: str) -> Path:
    """The file of learned layers of a store. Raises StoreError for a folder with several stores."""
    from dragoman.learned import SERVERS, history_file
    from dragoman.store.opening import file_of

    return history_file(store if store.startswith(SERVERS) else file_of(Path(store)))


def run_group(name: str, arguments: list[str]) -> None:
    """Runs the command group that `dragoman.cli.NAME` holds as `app`."""
    try:
        module = importlib.import_module(f"dragoman.cli.{name}")
    except ModuleNotFoundError as error:
        raise ResourceError(f"the command {name!r} is not part of this installation") from error
    module.app(args=arguments, prog_name=f"dragoman {name}")


def wants_colour(stream: object) -> bool:
    """True on a terminal, unless NO_COLOR is set to anything or TERM is dumb (https://no-color.org)."""
    terminal = bool(getattr(stream, "isatty", lambda: False)())
    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
