import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import ResourceError
from dragoman.language.model import GRAPHS, hash_model, open_model, pad_batch
from dragoman.language.subwords import EncodedWords
from fake_model import LABELS, make_tokenizer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model folder that is right but for its graphs, which are no graphs."""
    stored = asdict(LABELS)
    syntax = {name: stored[name] for name in ("upos", "xpos", "rules", "entities", "deprels")}
    (tmp_path / "syntax.json").write_text(json.dumps(syntax))
    (tmp_path / "events.json").write_text(json.dumps({n: v for n, v in stored.items() if n not in syntax}))
    make_tokenizer().save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "lemmas.tsv").write_text("met\tVBD\tmeet\n")
    for name in GRAPHS:
        (tmp_path / f"{name}.onnx").write_bytes(b"no graph")
    return tmp_path


def test_missing_files_are_named_with_the_remedy(folder: Path) -> None:
    (folder / "events.onnx").unlink()
    (folder / "lemmas.tsv").unlink()
    with pytest.raises(ResourceError, match=r"missing events\.onnx, lemmas\.tsv; expected 10 files; install dragoman"):
        open_model(folder)


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"nowhere: missing core\.onnx"):
        open_model(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"categories": 3}', '{"rumours": []}', b"\xff".decode("latin-1") * 3]
)
def test_broken_labels_name_folder_and_remedy(folder: Path, text: str) -> None:
    (folder / "events.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"labels cannot be read .*; install dragoman again"):
        open_model(folder)


def test_graph_that_is_none_is_named_with_the_remedy(folder: Path) -> None:
    with pytest.raises(ResourceError, match=r"core\.onnx: cannot be opened (?s:.*)install dragoman again"):
        open_model(folder)


def test_broken_tokenizer_is_named(folder: Path) -> None:
    (folder / "tokenizer.json").write_text("[]")
    with pytest.raises(ResourceError, match=r"tokenizer\.json"):
        open_model(folder)


def test_version_follows_the_content(folder: Path) -> None:
    before = hash_model(folder)
    assert hash_model(folder) == before
    (folder / "core.onnx").write_bytes(b"another")
    assert hash_model(folder) != before
    assert before.startswith("dragoman-en-")


def test_padded_batch_is_rectangular_and_masked() -> None:
    long = EncodedWords(ids=(2, 5, 6, 3), shapes=(0, 1, 2, 0), firsts=(0, 1, 2))
    short = EncodedWords(ids=(2, 9, 3), shapes=(0, 3, 0), firsts=(0, 1))
    batch = pad_batch([long, short])
    assert batch.ids.tolist() == [[2, 5, 6, 3], [2, 9, 3, 0]]
    assert batch.shapes.tolist() == [[0, 1, 2, 0], [0, 3, 0, 0]]
    assert batch.mask.tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    assert batch.words.tolist() == [[0, 1, 2], [0, 1, 0]]
    assert batch.lengths.tolist() == [2, 1]
    assert batch.ids.dtype == np.int64
