"""How much a larger corpus brings: event branches trained on parts of the training reports, each scored on the test part.

Run: `python -m dragoman.train.curve --data ../shared/data --corpus corpus --model src/dragoman/data/model --work /tmp/curve`

Trunk and syntax come from the model folder; event layers begin as MiniLM's and heads anew, and nothing but the corpus
is read, so that the parts differ in their size alone. Smaller parts are read more often.
"""  # noqa: E501

import argparse
import logging
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import torch

from dragoman.coder import Coder
from dragoman.evaluate.sets import SETS, Bench, measure_set
from dragoman.train.calibrate import run_calibration
from dragoman.train.event_data import EventSentence, collect_event_labels
from dragoman.train.event_stage import EventStageOptions, train_events
from dragoman.train.labels import write_labels
from dragoman.train.run import Paths, minilm_tokenizer, new_model, run_export, run_recover, training_events
from dragoman.train.story import run_story
from dragoman.train.swap import read_names

# Share of the training reports, and passes over it.
PARTS = ((0.125, 9), (0.25, 7), (0.5, 5), (1.0, 4))
_FIGURES = ("trigger F1", "category F1", "actors F1")


def part_of(sentences: list[EventSentence], share: float) -> list[EventSentence]:
    """The sentences of a share of the reports, drawn by the hash of their ids: each part lies in the larger ones."""
    return [s for s in sentences if int(sha256(s.report.encode()).hexdigest()[:8], 16) < share * 2**32]


def train_part(paths: Paths, share: float, passes: int, seed: int) -> int:
    """Train, export and calibrate on a share of the training reports; how many sentences that was."""
    torch.manual_seed(seed)
    events = training_events(paths)
    labels = collect_event_labels(events)
    write_labels(labels, paths.work / "events.json")
    part = part_of(events, share)
    options = EventStageOptions(seed=seed, passes=passes)
    trained = train_events(
        new_model(paths, labels), minilm_tokenizer(), part, labels, read_names(paths.states), options
    )
    torch.save(trained.state_dict(), paths.work / "finished.pt")
    run_export(paths)
    run_story(paths)
    run_calibration(paths)
    return len(part)


def measure_part(paths: Paths) -> Iterator[tuple[str, float]]:
    """What is found in the test part of own reports and of news."""
    bench = Bench(coder=Coder.open(model=paths.out), data=paths.data, corpus=paths.corpus, lists=None, split="test")
    for one in SETS:
        if one.name in ("corpus_own", "corpus_news"):
            for figure in measure_set(bench, one).figures:
                if figure.name in _FIGURES:
                    yield f"{one.name.removeprefix('corpus_')} {figure.name}", figure.value


def main() -> None:
    """One line for each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--states", type=Path, default=Path("data/states.csv"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(given.threads)
    for share, passes in PARTS:
        work = given.work / f"{share}"
        paths = Paths(data=given.data, corpus=given.corpus, states=given.states, work=work, out=given.model)
        run_recover(paths)
        paths = Paths(data=given.data, corpus=given.corpus, states=given.states, work=work, out=work / "model")
        sentences = train_part(paths, share, passes, given.seed)
        figures = ", ".join(f"{name} {value:.1f}" for name, value in measure_part(paths))
        print(f"{share:.1%} of the reports, {sentences} sentences, {passes} passes: {figures}", flush=True)


if __name__ == "__main__":
    main()
