"""`python -m dragoman.train`: makes the model that ships.

python -m dragoman.train --data ../shared/data --corpus corpus --work /tmp/work --out src/dragoman/data/model
"""

import argparse
import logging
from pathlib import Path

import torch

from dragoman.train.again import run_again
from dragoman.train.calibrate import run_calibration
from dragoman.train.event_stage import EventStageOptions
from dragoman.train.loop import JointOptions
from dragoman.train.run import (
    Paths,
    run_events,
    run_export,
    run_finish,
    run_joint,
    run_lessons,
    run_recover,
    run_teacher,
    stamp_version,
)
from dragoman.train.story import run_story

STAGES = ("joint", "teacher", "lessons", "events", "finish", "export", "story", "calibrate")
# In place of `joint`: trunk and syntax come from the model folder as it stands.
RECOVER = "recover"
# In place of all up to `finish`: the event branch of the model folder as it stands is trained on.
AGAIN = "again"


def main() -> None:
    """Run the stages asked for, in order."""
    parser = argparse.ArgumentParser(prog="python -m dragoman.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the open data")
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the annotated corpus")
    parser.add_argument("--states", type=Path, default=Path("data/states.csv"), help="table of states' names")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--stages", default=",".join(STAGES), help=f"some of {', '.join((*STAGES, RECOVER, AGAIN))}")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(given.threads)
    paths = Paths(data=given.data, corpus=given.corpus, states=given.states, work=given.work, out=given.out)
    for stage in given.stages.split(","):
        _run(stage.strip(), paths, given.seed)


def _run(stage: str, paths: Paths, seed: int) -> None:
    if stage == "joint":
        run_joint(paths, JointOptions(seed=seed))
    elif stage == RECOVER:
        run_recover(paths)
    elif stage == AGAIN:
        run_again(paths)
    elif stage == "teacher":
        run_teacher(paths, EventStageOptions(seed=seed, passes=2, encoder_rate=5e-5, head_rate=8e-4, rare=200))
    elif stage == "lessons":
        run_lessons(paths, seed=seed)
    elif stage == "events":
        run_events(paths, EventStageOptions(seed=seed, passes=6))
    elif stage == "finish":
        run_finish(
            paths,
            EventStageOptions(seed=seed, passes=2, encoder_rate=4e-5, head_rate=5e-4, pairs=2.5, speech=2.0),
        )
    elif stage == "export":
        logging.info("exported %s", run_export(paths))
    elif stage == "story":
        run_story(paths)
    elif stage == "calibrate":
        run_calibration(paths)
        logging.info("calibrated %s", stamp_version(paths.out))
    else:
        raise SystemExit(f"stage {stage!r}: expected some of {', '.join((*STAGES, RECOVER, AGAIN))}")


if __name__ == "__main__":
    main()
