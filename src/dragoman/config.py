"""Settings: read once by whoever starts a run; library code receives values.

A flag wins over the environment (`DRAGOMAN_CODEBOOK`), the environment over `dragoman.toml` in the working folder, and
that over what is built in.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import ConfigError

FILE = "dragoman.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run needs to know.

    `codebook` is a shipped name or a path; `kb` a file of a user's own actors, laid over the shipped ones. `threshold`
    is the lowest confidence of a record that is written, from 0 to 1, None for the model's own. `time_limit` is in
    seconds for one report; 0 means none. `learned` is the file of a project's learned layers, None for the one beside
    the store, "off" for the shipped heads alone.
    """

    codebook: str = "plover"
    kb: str | None = None
    threshold: float | None = None
    time_limit: float = 60.0
    learned: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One effective value and where it came from, for `dragoman doctor`."""

    name: str
    value: str | float | None
    origin: str


_NUMBERS = {"threshold": (0.0, 1.0), "time_limit": (0.0, 86_400.0)}
_NAMES = ("codebook", "kb", "threshold", "time_limit", "learned")


def resolve_settings(
    *, flags: Mapping[str, str | float | None], environment: Mapping[str, str], folder: Path
) -> tuple[Setting, ...]:
    """The effective settings, each with its origin. A flag of None counts as not given.

    Raises ConfigError for a file that is no TOML, for a name that is no setting, and for a value out of range.
    """
    written = _read_file(folder / FILE)
    return tuple(_resolve(name, flags, environment, written, folder / FILE) for name in _NAMES)


def settings_of(resolved: tuple[Setting, ...]) -> Settings:
    """The values alone."""
    values = {setting.name: setting.value for setting in resolved}
    return Settings(
        codebook=str(values["codebook"]),
        kb=None if values["kb"] is None else str(values["kb"]),
        threshold=None if values["threshold"] is None else float(values["threshold"]),
        time_limit=float(values["time_limit"] or 0.0),
        learned=None if values["learned"] is None else str(values["learned"]),
    )


def _resolve(
    name: str,
    flags: Mapping[str, str | float | None],
    environment: Mapping[str, str],
    written: Mapping[str, object],
    file: Path,
) -> Setting:
    flag, variable = f"--{name.replace('_', '-')}", f"DRAGOMAN_{name.upper()}"
    if flags.get(name) is not None:
        return Setting(name=name, value=_checked(name, flags[name], flag), origin=flag)
    if environment.get(variable):
        return Setting(name=name, value=_checked(name, environment[variable], variable), origin=variable)
    if name in written:
        return Setting(name=name, value=_checked(name, written[name], str(file)), origin=str(file))
    return Setting(name=name, value=getattr(Settings(), name), origin="built in")


def _checked(name: str, value: object, place: str) -> str | float:
    if name not in _NUMBERS:
        if isinstance(value, str):
            return value
        raise ConfigError(f"{place}: {name} is {value!r}; expected a text in quotes")
    low, high = _NUMBERS[name]
    try:
        number = float(str(value))
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise ConfigError(f"{place}: {name} is {value!r}; expected a number from {low:g} to {high:g}")
    return number


def _read_file(file: Path) -> Mapping[str, object]:
    if not file.is_file():
        return {}
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{file}: not readable as TOML: {error}") from error
    for name in written:
        if name not in _NAMES:
            raise ConfigError(f"{file}: {name!r} is no setting; expected one of {', '.join(_NAMES)}")
    return written
