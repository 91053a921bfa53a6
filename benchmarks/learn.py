"""How long `dragoman learn` takes, and what it gains from simulated reviewers.

    python benchmarks/learn.py --verdicts 1000                               # time; a reviewer who rejects one kind
    python benchmarks/learn.py --reviewer annotation --splits dev test      # one who reads as our annotators do
    python benchmarks/learn.py --reviewer chance                            # one from whom nothing can be learned

Own reports of the corpus are coded into a store, reviewed there by verdicts, and learned from. The reviewer `kind`
rejects every event told by one of the words `--words` and one in ten of the others, `retype` gives events of these
words the category `--category`, `chance` rejects three in ten, and `annotation` follows the annotation: a right row is
accepted, a wrong category corrected, anything else rejected.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from dragoman.coder import Coder
from dragoman.learning import Learning, learn
from dragoman.pipeline import Coded
from dragoman.store import Store, open_store
from dragoman.train.annotation import EventMark, Report
from dragoman.train.corpus import load_reports
from dragoman.types.record import Event
from dragoman.types.review import Judgement, Verdict
from dragoman.types.text import Document

CORPUS = Path(__file__).parents[1] / "corpus"
Decision = tuple[Judgement, str | None]  # what is said, and the right category where one is corrected
Reviewer = Callable[[Event, Report], Decision]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verdicts", type=int, default=1000)
    parser.add_argument("--reviewer", choices=("kind", "retype", "chance", "annotation"), default="kind")
    parser.add_argument("--words", nargs="+", default=["ask", "asks", "asked", "asking"])
    parser.add_argument("--category", default="COOPERATE")
    parser.add_argument("--splits", nargs="+", default=["train", "dev", "test"])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    reports = [report for report in load_reports(CORPUS, None) if report.split in given.splits]
    chance = random.Random(given.seed)
    chance.shuffle(reports)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder), create=True) as store:
        coder = Coder.open()
        count = fill(store, coder, reports, given.verdicts)
        by_id = {report.id: report for report in reports}
        judge(store, by_id, make_reviewer(given, chance), given.verdicts)
        print(f"{count:,} reports, reviewer {given.reviewer!r}, seed {given.seed}")
        started, busy = time.perf_counter(), time.process_time()
        learning = learn(store, coder)
        seconds, of_core = time.perf_counter() - started, time.process_time() - busy
        tell(learning)
        print(f"{learning.rows:,} verdicts: {seconds:.1f} s by the clock, {of_core:.1f} s of a core")


def fill(store: Store, coder: Coder, reports: list[Report], verdicts: int) -> int:
    """Codes reports until there are so many events; returns how many reports that took."""
    coded, events = list[Coded](), 0
    for report in reports:
        if events >= verdicts:
            break
        document = Document(id=report.id, text=report.text, origin="corpus", language="en")
        coded.append(Coded(document=document, coding=coder(document)))
        events += sum(isinstance(record, Event) for record in coded[-1].coding.records)
    store.add(coded)
    return len(coded)


def judge(store: Store, reports: dict[str, Report], review: Reviewer, verdicts: int) -> None:
    events = (record for coded in list(store.coded()) for record in coded.coding.records if isinstance(record, Event))
    for number, event in zip(range(verdicts), events, strict=False):
        judgement, category = review(event, reports[event.document])
        store.add_verdict(
            Verdict(
                id=f"v{number}",
                record=event.id,
                document=event.document,
                reviewer="simulated",
                decided_at="2026-01-01T00:00:00+00:00",
                judgement=judgement,
                field=None if category is None else "category",
                value=category,
            )
        )


def make_reviewer(given: argparse.Namespace, chance: random.Random) -> Reviewer:
    words = frozenset(given.words)

    def follow_words(event: Event, report: Report) -> Decision:
        if event.trigger_text.lower() in words:
            return (Judgement.REJECT, None) if given.reviewer == "kind" else (Judgement.CORRECT, given.category)
        return (Judgement.REJECT if chance.random() < 0.1 else Judgement.ACCEPT), None

    def guess(event: Event, report: Report) -> Decision:
        return (Judgement.REJECT if chance.random() < 0.3 else Judgement.ACCEPT), None

    return {"annotation": follow_annotation, "chance": guess}.get(given.reviewer, follow_words)


def follow_annotation(event: Event, report: Report) -> Decision:
    for mark in report.events:
        if mark.trigger is not None and mark.trigger.overlaps(event.trigger):
            if not all(_same_side(event, mark, side) for side in ("sources", "targets")):
                return Judgement.REJECT, None
            right = mark.category == event.category
            return (Judgement.ACCEPT, None) if right else (Judgement.CORRECT, mark.category)
    return Judgement.REJECT, None


def _same_side(event: Event, mark: EventMark, side: str) -> bool:
    """True when both name nobody, or share a word."""
    ours, theirs = (
        {word for actor in getattr(one, side) for word in actor.text.lower().split() if len(word) > 3}
        for one in (event, mark)
    )
    return bool(ours & theirs) or not (ours or theirs)


def tell(learning: Learning) -> None:
    for line in describe(learning):
        print(line)


def describe(learning: Learning) -> Iterator[str]:
    for measure in learning.measures:
        word = "better" if measure.gains else "worse" if measure.loses else ""
        yield (
            f"{measure.name:<32} {measure.before:.3f} -> {measure.after:.3f}   "
            f"{measure.after - measure.before:+.3f} ({measure.low:+.3f} to {measure.high:+.3f}) {word}"
        )
    yield from (f"left as shipped: {why}" for why in learning.refused)
    if learning.layer is not None:
        surest = sorted(learning.layer.cues.items(), key=lambda item: -abs(item[1]))[:4]
        yield f"learned.{learning.layer.version}: {', '.join(f'{cue} {weight:+.1f}' for cue, weight in surest)}"


if __name__ == "__main__":
    main()
