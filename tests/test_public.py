import importlib.util
import subprocess
import sys

import pytest

import dragoman
from dragoman import _HOME_OF, errors

# coder.py needs the model files; without them the rest must still import.
HERE = [name for name in dragoman.__all__ if importlib.util.find_spec(_HOME_OF[name])]


def test_all_lists_every_public_name_once_in_order() -> None:
    assert dragoman.__all__ == sorted(_HOME_OF)


@pytest.mark.parametrize("name", HERE)
def test_public_name_is_there_and_comes_from_its_home(name: str) -> None:
    assert getattr(dragoman, name) is getattr(importlib.import_module(_HOME_OF[name]), name)


def test_every_exception_is_public() -> None:
    kinds = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert kinds <= set(dragoman.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'rumour'"):
        _ = dragoman.rumour


def test_import_loads_nothing_of_the_package() -> None:
    program = "import sys, dragoman; print([name for name in sys.modules if name.startswith('dragoman.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
