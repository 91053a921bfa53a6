"""Words a second, load time and memory of dragoman, beside spaCy's architecture and RoBERTa-base on the same texts.

    python benchmarks/speed.py --corpus corpus --spacy-python PYTHON --torch-python PYTHON --out results.json

Texts: the corpus's own-written reports of four sentences or more. A word is a word of dragoman's tokens, for every
system. Each process is pinned to one core and uses one thread; the systems take turns, `--rounds` times, so that a busy
minute hits all of them; the median is reported, with the load of the machine. Two cores: two processes, half of the
texts each. `pip install -e '.[bench]'` installs the other systems; those whose Python lacks them are left out.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
SYSTEMS = ("parse", "code", "spacy", "roberta")


def collect_texts(corpus: Path, most_words: int, join: int) -> list[dict[str, object]]:
    from dragoman.language.model import open_model
    from dragoman.language.split import Segmenter
    from dragoman.language.subwords import encode_words
    from dragoman.train.corpus import load_reports

    segmenter, tokenizer = Segmenter.load(), open_model().tokenizer
    whole = [r.text for r in load_reports(corpus, None) if r.origin == "own" and len(r.sentences or ()) >= 4]
    texts: list[dict[str, object]] = []
    words = 0
    for first in range(0, len(whole), join):
        text = "\n\n".join(whole[first : first + join])
        if words < most_words:
            cut = segmenter.segment(text)
            encoded = encode_words(tokenizer, [tuple(word.form for word in one.words) for one in cut])
            count = sum(len(one.words) for one in cut)
            texts.append({"text": text, "words": count, "subwords": [len(one.ids) for one in encoded]})
            words += count
    return texts


def start(
    python: str, system: str, texts: Path, core: int, seconds: float, model: str | None
) -> "subprocess.Popen[str]":
    threads = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    command = [python, str(CHILD), system, str(texts), "--core", str(core), "--seconds", str(seconds)]
    command += ["--model", model] if model else []
    environment = {**os.environ, **threads, "TOKENIZERS_PARALLELISM": "false"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, env=environment, **pipes)  # type: ignore[call-overload,no-any-return]


def run_children(children: list["subprocess.Popen[str]"]) -> list[dict[str, float]] | str:
    """Results of processes that begin together once all are ready, or why there are none."""
    for child in children:
        if child.stdout is None or child.stdout.readline().strip() != "ready":
            error = (child.communicate()[1].strip().splitlines() or ["ended"])[-1]
            for other in children:
                other.kill()
            return error
    for child in children:
        if child.stdin:
            child.stdin.write("\n")
            child.stdin.flush()
    return [json.loads(child.communicate()[0].splitlines()[-1]) for child in children]


def time_command(reports: list[Path]) -> dict[str, float]:
    """Seconds of `dragoman code` for one report in a new process, and of `dragoman --version`."""
    dragoman = str(Path(sys.executable).with_name("dragoman"))

    def once(*arguments: str) -> float:
        begun = time.perf_counter()
        subprocess.run([dragoman, *arguments], check=True, capture_output=True)
        return time.perf_counter() - begun

    return {
        "code_one_report_s": statistics.median(once("code", str(report)) for report in reports),
        "version_s": statistics.median(once("--version") for _ in range(5)),
    }


def summarize(system: str, results: list[dict[str, float]]) -> dict[str, object]:
    keys = ("words_per_s", "words_per_cpu_s", "load_s", "loaded_mb", "peak_mb", "single_ms", "single_ms_95")
    middle = {key: round(statistics.median(result[key] for result in results), 2) for key in keys}
    return {"system": system, **middle, "rates": [round(result["words_per_s"]) for result in results]}


def print_table(one: list[dict[str, object]], two: dict[str, list[float]]) -> None:
    print("| system | words/s, 1 core | words/CPU s | words/s, 2 cores | load s | MB loaded | MB peak | ms a report |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for row in one:
        both = two.get(str(row["system"]))
        shown = f"{statistics.median(both):,.0f}" if both else "-"
        rates = f"{row['words_per_s']:,.0f} | {row['words_per_cpu_s']:,.0f} | {shown}"
        memory = f"{row['load_s']:.2f} | {row['loaded_mb']:.0f} | {row['peak_mb']:.0f} | {row['single_ms']:.0f}"
        print(f"| {row['system']} | {rates} | {memory} |")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--corpus", type=Path, default=Path("corpus"))
    arguments.add_argument("--spacy-python", default=sys.executable)
    arguments.add_argument("--torch-python", default=sys.executable)
    arguments.add_argument("--systems", default=",".join(SYSTEMS))
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--words", type=int, default=20_000)
    arguments.add_argument("--join", type=int, default=1, help="so many reports make one text: the rate of long texts")
    arguments.add_argument("--cores", default=None, help="cores to pin to, such as 0,1 [the first two allowed]")
    arguments.add_argument("--model", default=None, help="model folder [the shipped one]")
    arguments.add_argument("--out", type=Path, default=None)
    chosen = arguments.parse_args()
    allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0, 1]
    cores = [int(core) for core in chosen.cores.split(",")] if chosen.cores else allowed[:2]
    pythons = {"spacy": chosen.spacy_python, "roberta": chosen.torch_python}
    systems = [name for name in chosen.systems.split(",") if name]
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        texts = collect_texts(chosen.corpus, chosen.words, chosen.join)
        parts = [texts, texts[::2], texts[1::2]]
        files = [Path(scratch) / f"texts{number}.json" for number in range(3)]
        for file, part in zip(files, parts, strict=True):
            file.write_text(json.dumps({"texts": part}), encoding="utf-8")
        found: dict[str, list[dict[str, float]]] = {}
        two: dict[str, list[float]] = {}
        for _ in range(chosen.rounds):
            for system in list(systems):
                python = pythons.get(system, sys.executable)
                alone = run_children([start(python, system, files[0], cores[0], chosen.seconds, chosen.model)])
                if isinstance(alone, str):
                    print(f"{system}: left out: {alone}", file=sys.stderr)
                    systems.remove(system)
                    continue
                found.setdefault(system, []).extend(alone)
                if len(cores) > 1 and system in ("parse", "code"):
                    pair = zip(cores, files[1:], strict=False)
                    both = run_children([start(python, system, f, c, chosen.seconds, chosen.model) for c, f in pair])
                    if not isinstance(both, str):
                        two.setdefault(system, []).append(sum(result["words_per_s"] for result in both))
        reports = []
        for number, text in enumerate(texts[:5]):
            reports.append(Path(scratch) / f"report{number}.txt")
            reports[-1].write_text(str(text["text"]), encoding="utf-8")
        command = time_command(reports)
    one = [summarize(system, results) for system, results in found.items()]
    words = sum(int(str(text["words"])) for text in texts)
    where = {
        "machine": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "load_before": round(load_before, 2),
        "load_after": round(os.getloadavg()[0], 2),
        "texts": len(texts),
        "words": words,
    }
    print_table(one, two)
    rates = {str(row["system"]): float(str(row["words_per_s"])) for row in one}
    for other in ("spacy", "roberta"):
        if other in rates:
            ratios = [f"{name} {rates[name] / rates[other]:.2f}" for name in ("parse", "code") if name in rates]
            print(f"\ntimes as fast as {other}: {', '.join(ratios)}")
    print(f"\n{json.dumps(where)}\n{json.dumps(command)}")
    if chosen.out:
        stored = {"where": where, "one_core": one, "two_cores": two, "command": command}
        chosen.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
