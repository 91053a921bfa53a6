"""What the actor resolver costs: opening the knowledge base, and its share beside the language model on whole reports.

    python benchmarks/actors.py --corpus corpus

Texts: the corpus's own-written reports of four sentences or more. Each report is parsed; then the parse
alone and the resolution of all mentions, subjects and objects are timed in turn, `--rounds` times, one thread.
The fastest round counts, for both, in seconds of the processor. Opening is timed in processes of their own.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

OPEN = """
import resource, time
import dragoman.actors.kb as kb
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun, worked = time.perf_counter(), time.process_time()
kb.open_kb()
spent = time.perf_counter() - begun, time.process_time() - worked
print(*spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure_opening(times: int) -> tuple[float, float, float, float]:
    """Median seconds by the clock and of the processor, MB that opening adds, and MB of the whole process."""
    runs = []
    for _ in range(times):
        done = subprocess.run([sys.executable, "-c", OPEN], check=True, capture_output=True, text=True)
        runs.append([float(value) for value in done.stdout.split()])
    seconds, worked, added, whole = (statistics.median(column) for column in zip(*runs, strict=True))
    return seconds, worked, added, whole


def actor_spans(sentence: "object") -> "list[object]":
    """Every mention of a person, body or place and every subject and object: more than a coding asks for."""
    subjects = [token.span for token in sentence.tokens if token.deprel.startswith(("nsubj", "obj"))]  # type: ignore[attr-defined]
    return [*(mention.span for mention in sentence.mentions), *subjects]  # type: ignore[attr-defined]


def measure_share(corpus: Path, most: int, rounds: int) -> tuple[int, int, float, float, float]:
    """Reports, actor spans, and the seconds of parsing, of resolving, and of resolving with a new knowledge base."""
    from dragoman import Coder
    from dragoman.actors import Resolver, open_kb
    from dragoman.train.corpus import load_reports
    from dragoman.types.text import Document

    coder = Coder.open()
    whole = [r.text for r in load_reports(corpus, None) if r.origin == "own" and len(r.sentences or ()) >= 4][:most]
    documents = [Document(id=str(n), text=text, origin="bench") for n, text in enumerate(whole)]
    parsed = [coder.parse(document) for document in documents]
    asked = [sorted({span for sentence in one.sentences for span in actor_spans(sentence)}) for one in parsed]

    def seconds_of(work: "object") -> float:
        begun = time.process_time()
        work()  # type: ignore[operator]
        return time.process_time() - begun

    def resolve(kb: "object") -> None:
        for one, spans in zip(parsed, asked, strict=True):
            Resolver(kb).resolve_spans(one, spans)  # type: ignore[arg-type]

    parsing = min(seconds_of(lambda: [coder.parse(document) for document in documents]) for _ in range(rounds))
    warm = min(seconds_of(lambda: resolve(coder.kb)) for _ in range(rounds))
    cold = min(seconds_of(partial(resolve, open_kb())) for _ in range(rounds))
    return len(parsed), sum(map(len, asked)), parsing, warm, cold


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=Path, default=Path("corpus"))
    options.add_argument("--reports", type=int, default=150)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    seconds, worked, added, whole = measure_opening(5)
    print(f"open: {seconds:.3f} s, {worked:.3f} s of the processor, adds {added:.0f} MB, process {whole:.0f} MB")
    reports, spans, parsing, warm, cold = measure_share(chosen.corpus, chosen.reports, chosen.rounds)
    print(f"{reports} reports, {spans} actor spans: parse {parsing:.2f} s")
    print(f"resolve, names met before {warm:.2f} s = {warm / parsing:.1%} of the language model's time")
    print(f"resolve, new knowledge base {cold:.2f} s = {cold / parsing:.1%} of the language model's time")


if __name__ == "__main__":
    main()
