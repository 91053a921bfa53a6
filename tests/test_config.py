from pathlib import Path

import pytest

from dragoman.config import Settings, resolve_settings, settings_of
from dragoman.errors import ConfigError

Flags = dict[str, str | float | None]


def resolved(
    tmp_path: Path, *, flags: dict[str, str | float | None] | None = None, **environment: str
) -> dict[str, str]:
    found = resolve_settings(flags=flags or {}, environment=environment, folder=tmp_path)
    return {setting.name: f"{setting.value} from {setting.origin}" for setting in found}


def test_nothing_given_leaves_what_is_built_in(tmp_path: Path) -> None:
    assert settings_of(resolve_settings(flags={}, environment={}, folder=tmp_path)) == Settings()


def test_file_environment_and_flag_win_in_that_order(tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text('codebook = "a"\nthreshold = 0.1\ntime_limit = 5\n')
    found = resolved(tmp_path, flags={"codebook": "c"}, DRAGOMAN_CODEBOOK="b", DRAGOMAN_THRESHOLD="0.2")
    assert found["codebook"] == "c from --codebook"
    assert found["threshold"] == "0.2 from DRAGOMAN_THRESHOLD"
    assert found["time_limit"] == f"5.0 from {tmp_path / 'dragoman.toml'}"
    assert found["kb"] == "None from built in"


def test_flag_of_zero_counts_as_given(tmp_path: Path) -> None:
    assert resolved(tmp_path, flags={"time_limit": 0.0})["time_limit"] == "0.0 from --time-limit"


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"DRAGOMAN_THRESHOLD": "2"}, "DRAGOMAN_THRESHOLD: threshold is '2'; expected a number from 0 to 1"),
        ({"DRAGOMAN_TIME_LIMIT": "long"}, "expected a number from 0 to 86400"),
        ({"DRAGOMAN_TIME_LIMIT": "nan"}, "expected a number from 0 to 86400"),
    ],
)
def test_value_out_of_range_is_refused_with_its_place(
    tmp_path: Path, environment: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        resolved(tmp_path, **environment)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("codebok = 'a'", "'codebok' is no setting; expected one of codebook, kb"),
        ("codebook = 3", "codebook is 3; expected a text"),
        ("codebook =", "not readable as TOML"),
    ],
)
def test_bad_file_is_refused(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "dragoman.toml").write_text(written)
    with pytest.raises(ConfigError, match=message):
        resolved(tmp_path)
