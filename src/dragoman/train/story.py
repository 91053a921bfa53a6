"""Learn from the training reports by which words a story without events is known (`dragoman.coding.story`)."""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from dragoman.coding.story import StoryWords, story_words
from dragoman.train.corpus import load_reports

if TYPE_CHECKING:
    from dragoman.train.run import Paths

_log = logging.getLogger(__name__)
# A word counts that this many reports have. The prior on the weights was chosen on the development reports.
_FEWEST, _PRIOR = 4, 1e-5
# A report weighs as the root of its number of sentences, up to this many.
_MOST_SENTENCES = 15


def run_story(paths: "Paths") -> Path:
    """Write `story.json` into the model folder; its path."""
    reports = [r for r in load_reports(paths.corpus, paths.data / "news") if r.split == "train"]
    told = [bool(report.events) for report in reports]
    weights = [min(len(report.sentences or ()) or 1, _MOST_SENTENCES) ** 0.5 for report in reports]
    learned = learn_story_words([report.text for report in reports], told, weights)
    stored = {
        "constant": round(learned.constant, 3),
        "weights": {word: round(weight, 3) for word, weight in sorted(learned.weights.items())},
    }
    path = paths.out / "story.json"
    path.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")
    _log.info("%d words from %d stories, %d of them without events", len(learned.weights), len(told), told.count(False))
    return path


def learn_story_words(
    texts: Sequence[str], told: Sequence[bool], weights: Sequence[float], *, fewest: int = _FEWEST
) -> StoryWords:
    """A logistic model of whether a text tells an event, over the words that at least `fewest` texts have."""
    bags = [story_words(text) for text in texts]
    seen = Counter(word for bag in bags for word in bag)
    known = {word: number for number, word in enumerate(sorted(w for w, count in seen.items() if count >= fewest))}
    table = torch.zeros(len(bags), len(known))
    for row, bag in enumerate(bags):
        for word, share in bag.items():
            if word in known:
                table[row, known[word]] = share
    wanted, weight = torch.tensor(told, dtype=torch.float32), torch.tensor(weights, dtype=torch.float32)
    slopes, constant = torch.zeros(len(known), requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([slopes, constant], max_iter=100, line_search_fn="strong_wolfe")

    def loss_of() -> torch.Tensor:
        optimizer.zero_grad()
        each = functional.binary_cross_entropy_with_logits(table @ slopes + constant, wanted, reduction="none")
        loss = (each * weight).sum() / weight.sum() + _PRIOR * slopes.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(loss_of)  # type: ignore[no-untyped-call]
    return StoryWords(
        weights=dict(zip(known, slopes.detach().tolist(), strict=True)), constant=float(constant.detach())
    )
