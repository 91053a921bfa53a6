"""The stage `again`: the event branch of a finished model is trained on, and averaged with what it was."""

import shutil
from pathlib import Path

import torch

from dragoman.train.event_stage import EventStageOptions
from dragoman.train.run import Paths, run_events, run_finish, run_lessons, run_recover, run_teacher, train_on


def run_again(paths: Paths, *, seed: int = 2) -> Path:
    """Train the event branch of the finished model in `paths.out` on, with a new teacher; the checkpoint's path.

    The teacher begins with the network's heads. What the network becomes is averaged with what it was, after the
    teacher's lessons and once more after the last stage. Then, twice over, it learns the corpus in two orders from
    where it stands, and the mean of the two goes on (Wortsman et al. 2022, "Model soups"); from a mean with where
    that began, once more, and again the mean with where it began.
    """
    network = run_recover(paths)
    taught = EventStageOptions(seed=seed, passes=2, encoder_rate=5e-5, head_rate=4e-4, rare=200, pairs=2.0, speech=1.5)
    run_teacher(paths, taught, begin=network)
    run_lessons(paths, most=50_000, seed=seed)
    learning = EventStageOptions(seed=seed, passes=4, encoder_rate=1.2e-4, head_rate=6e-4, pairs=2.0, speech=1.5)
    learned = run_events(paths, learning, begin=network, lesson_passes=1.6)
    average_checkpoints(network, learned)
    last = EventStageOptions(seed=seed + 1, passes=2, encoder_rate=3e-5, head_rate=3e-4, pairs=2.5, speech=2.0)
    finished = run_finish(paths, last)
    average_checkpoints(network, finished)
    before = Path(shutil.copyfile(finished, paths.work / "before.pt"))
    for orders in ((seed + 9, seed + 10), (seed + 11, seed + 12)):
        _learn_orders(paths, finished, orders)
    average_checkpoints(before, finished)
    shutil.copyfile(finished, before)
    _learn_orders(paths, finished, (seed + 19, seed + 20))
    average_checkpoints(before, finished)
    return finished


def _learn_orders(paths: Paths, network: Path, orders: tuple[int, int]) -> None:
    """Put the mean of what a network becomes in two orders of the corpus in its place."""
    one, other = (_learn_order(paths, network, order) for order in orders)
    average_checkpoints(one, other)
    shutil.copyfile(other, network)


def _learn_order(paths: Paths, begin: Path, order: int) -> Path:
    """The network of a checkpoint after three passes over the corpus in an order of its own."""
    options = EventStageOptions(seed=order, passes=3, encoder_rate=1e-4, head_rate=6e-4, pairs=2.0, speech=1.5)
    return train_on(paths, options, begin, paths.work / f"order{order}.pt")


def average_checkpoints(before: Path, after: Path) -> None:
    """Write the mean of both checkpoints in place of `after`; what `before` lacks stays."""
    old, new = torch.load(before), torch.load(after)
    torch.save({name: (value + old[name]) / 2 if name in old else value for name, value in new.items()}, after)
