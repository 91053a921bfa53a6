"""What a project's verdicts teach: a learned layer of small corrections, held against reports that it did not see.

    from dragoman.learned import Switch, append_switch, history_file
    from dragoman.learning import learn

    with dragoman.open("caucasus.dragoman") as store:
        learning = learn(store, dragoman.Coder.open())    # with the shipped heads: each time from all verdicts
    for measure in learning.measures:
        print(measure.name, measure.before, measure.after, measure.low, measure.high)
    if learning.layer is not None:                        # None unless something was gained
        append_switch(history_file("caucasus.dragoman"), Switch(at="2026-11-26T12:00:00+00:00", layer=learning.layer))

Learning writes nothing: the switch is a line in the history beside the store.
"""

from dragoman.learning.heldout import Measure
from dragoman.learning.learner import Learning, learn
from dragoman.learning.lessons import Lesson, Lessons, read_lessons

__all__ = ["Learning", "Lesson", "Lessons", "Measure", "learn", "read_lessons"]
