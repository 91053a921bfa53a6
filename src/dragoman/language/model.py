"""The trained network: graphs, labels and tokenizer, opened once. The only file that knows onnxruntime."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from dragoman.errors import ResourceError
from dragoman.language.decode import allowed_transitions
from dragoman.language.lexicon import Lemmatizer, read_lexicon
from dragoman.language.subwords import EncodedWords, open_tokenizer

GRAPHS = ("core", "labels", "events", "codes", "pairs", "speech")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLabels:
    """The classes of every head, by index. Class 0 of categories, cameo and modes is "none"; of entities, "O"."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    rules: tuple[str, ...]
    entities: tuple[str, ...]
    deprels: tuple[str, ...]
    categories: tuple[str, ...]
    cameo: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    attributions: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaddedBatch:
    """Subwords of some sentences: `ids`, `shapes`, `mask` (sentences, subwords), `words` (sentences, words + 1)."""

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    mask: NDArray[np.int64]
    words: NDArray[np.int64]
    lengths: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreScores:
    """What the core graph says of a batch; shapes as in `dragoman.train.to_onnx`."""

    trunk: Floats
    upos: NDArray[np.int64]
    xpos: NDArray[np.int64]
    rules: NDArray[np.int64]
    entities: Floats
    arcs: Floats
    dependent: Floats
    head: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeScores:
    """Scores of n triggers: (n, classes) for each code, (n, words + 1, roles) for the arguments."""

    categories: Floats
    cameo: Floats
    modes: Floats
    statuses: Floats
    attributions: Floats
    reciprocal: Floats
    happened: Floats
    roles: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """An opened model. `version` is `NAME-` and the first twelve digits of the hash over its files."""

    sessions: dict[str, Any]
    labels: ModelLabels
    tokenizer: Tokenizer
    transitions: Floats
    lemmatizer: Lemmatizer
    version: str
    folder: Path

    def core(self, batch: PaddedBatch) -> CoreScores:
        """Tags, entity scores, arcs and the states that the other graphs read."""
        given = {"ids": batch.ids, "shapes": batch.shapes, "mask": batch.mask, "words": batch.words}
        return CoreScores(
            **dict(zip(CoreScores.__dataclass_fields__, self.sessions["core"].run(None, given), strict=True))
        )

    def relations(self, dependent: Floats, head: Floats) -> NDArray[np.int64]:
        """The relation number of each (dependent, head) pair of states, both (n, 256)."""
        result: NDArray[np.int64] = self.sessions["labels"].run(None, {"dependent": dependent, "head": head})[0]
        return result

    def events(self, trunk: Floats, batch: PaddedBatch) -> tuple[Floats, Floats]:
        """Event states (sentences, words + 1, width) and trigger scores (sentences, words + 1, categories)."""
        states, triggers = self.sessions["events"].run(None, {"trunk": trunk, "mask": batch.mask, "words": batch.words})
        return states, triggers

    def codes(
        self, states: Floats, mask: NDArray[np.int64], row: NDArray[np.int64], column: NDArray[np.int64]
    ) -> CodeScores:
        """Scores of n triggers at (`row`, `column`) of states (sentences, words + 1, width)."""
        given = {"states": states, "mask": mask, "row": row, "column": column}
        return CodeScores(
            **dict(zip(CodeScores.__dataclass_fields__, self.sessions["codes"].run(None, given), strict=True))
        )

    def pairs(
        self, states: Floats, mask: NDArray[np.int64], source: Floats, target: Floats, role: NDArray[np.int64]
    ) -> tuple[Floats, Floats]:
        """Category and CAMEO scores of n marked pairs."""
        given = {"states": states, "mask": mask, "source": source, "target": target, "role": role}
        categories, cameo = self.sessions["pairs"].run(None, given)
        return categories, cameo

    def speech(self, states: Floats, content: Floats, place: NDArray[np.int64]) -> Floats:
        """(n, words + 1, 2): scores of each word as the speaker and as the cue of a content."""
        scores: Floats = self.sessions["speech"].run(None, {"states": states, "content": content, "place": place})[0]
        return scores


def open_model(folder: Path | None = None, *, threads: int = 1) -> LanguageModel:
    """The model in `folder`, by default the one in the package.

    Raises:
        ResourceError: a file is missing or cannot be read, naming the file and the remedy.
    """
    folder = folder or Path(str(files("dragoman") / "data" / "model"))
    wanted = [*(f"{name}.onnx" for name in GRAPHS), "syntax.json", "events.json", "tokenizer.json", "lemmas.tsv"]
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise ResourceError(
            f"model folder {folder}: missing {', '.join(missing)}; expected {len(wanted)} files; install dragoman "
            "again, or train a model with `python -m dragoman.train`"
        )
    labels = _read_labels(folder)
    tokenizer = open_tokenizer(folder / "tokenizer.json")
    return LanguageModel(
        sessions={name: _open_graph(folder / f"{name}.onnx", threads) for name in GRAPHS},
        labels=labels,
        tokenizer=tokenizer,
        transitions=allowed_transitions(labels.entities),
        lemmatizer=read_lexicon(folder / "lemmas.tsv", (w for w in tokenizer.get_vocab() if w.isalpha())),
        version=_version_of(folder, wanted),
        folder=folder,
    )


def _version_of(folder: Path, names: Sequence[str]) -> str:
    """Read from `VERSION` where it is, so that opening does not hash 30 MB."""
    stored = folder / "VERSION"
    return stored.read_text(encoding="utf-8").strip() if stored.is_file() else hash_model(folder, names)


def hash_model(folder: Path, names: Sequence[str] | None = None) -> str:
    """The version that belongs to the files of a model folder."""
    digest = sha256()
    for name in sorted(names or [path.name for path in folder.glob("*") if path.suffix in {".onnx", ".json"}]):
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return f"dragoman-en-{digest.hexdigest()[:12]}"


def _read_labels(folder: Path) -> ModelLabels:
    try:
        stored = {
            **json.loads((folder / "syntax.json").read_text(encoding="utf-8")),
            **json.loads((folder / "events.json").read_text(encoding="utf-8")),
        }
        return ModelLabels(**{name: tuple(values) for name, values in stored.items()})
    except (ValueError, TypeError) as error:
        raise ResourceError(
            f"model folder {folder}: labels cannot be read ({error}); expected the lists that training wrote; "
            "install dragoman again"
        ) from error


# The fused kernel takes a tenth longer on a CPU than the sum and the norm that it stands for.
_SLOWER = ["SkipLayerNormFusion"]


def _open_graph(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Idle threads must not spin: reports come one at a time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
    except Exception as error:  # onnxruntime raises several unrelated classes here
        raise ResourceError(
            f"model file {path}: cannot be opened ({error}); expected an ONNX graph; install dragoman again"
        ) from error


def pad_batch(encoded: Sequence[EncodedWords]) -> PaddedBatch:
    """Some sentences' subwords in rectangular arrays, padded with 0."""
    length, words = max(len(e.ids) for e in encoded), max(len(e.firsts) for e in encoded)
    shape = (len(encoded), length)
    ids, shapes, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    firsts = np.zeros((len(encoded), words), np.int64)
    for row, sentence in enumerate(encoded):
        size = len(sentence.ids)
        ids[row, :size], shapes[row, :size], mask[row, :size] = sentence.ids, sentence.shapes, 1
        firsts[row, : len(sentence.firsts)] = sentence.firsts
    lengths = np.array([len(e.firsts) - 1 for e in encoded], np.int64)
    return PaddedBatch(ids=ids, shapes=shapes, mask=mask, words=firsts, lengths=lengths)
