"""One measured process: opens one system, waits for a line on standard input, runs the texts, prints a JSON line.

    python benchmarks/child.py SYSTEM TEXTS.json --core 0 --seconds 10

Systems: parse (dragoman: sentences, words, tags, trees, entities), code (dragoman: the whole coder), spacy (an
untrained pipeline of the same jobs in spaCy's architecture: it costs what a trained one costs), roberta (the encoder
alone of RoBERTa-base, random weights, full precision: what coders built on it pay before any head). TEXTS.json is what
`speed.py` writes: `texts`, each with its number of words and the subword lengths of its sentences.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Text = dict[str, object]
Run = Callable[[Sequence[Text]], None]


def open_parse(folder: str | None) -> Run:
    from dragoman.language.model import open_model
    from dragoman.language.parser import open_parser
    from dragoman.types.text import Document

    parser = open_parser(open_model(Path(folder) if folder else None))

    def run(texts: Sequence[Text]) -> None:
        documents = (Document(id=str(i), text=str(text["text"]), origin="bench") for i, text in enumerate(texts))
        for _ in parser.parse_many(documents, with_events=False):
            pass

    return run


def open_code(folder: str | None) -> Run:
    from dragoman.coder import Coder
    from dragoman.types.text import Document

    coder = Coder.open(model=folder)

    def run(texts: Sequence[Text]) -> None:
        documents = (Document(id=str(i), text=str(text["text"]), origin="bench") for i, text in enumerate(texts))
        for _ in coder.code_many(documents):
            pass

    return run


def open_spacy(_: str | None) -> Run:
    """The layout of spaCy's small English model: tagger and parser on one shared tok2vec, entities on their own."""
    import spacy
    from spacy.training import Example

    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": shared,
    }
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": parser})
    nlp.add_pipe("ner")
    words = ["Ministers", "met", "in", "Lima", "."]
    gold = {
        "words": words,
        "tags": ["NNS", "VBD", "IN", "NNP", "."],
        "heads": [1, 1, 3, 1, 1],
        "deps": ["nsubj", "ROOT", "case", "obl", "punct"],
        "entities": ["O", "O", "O", "U-GPE", "O"],
        "sent_starts": [1, 0, 0, 0, 0],
    }
    sample = Example.from_dict(spacy.tokens.Doc(nlp.vocab, words=words), gold)
    for number in range(45):
        nlp.get_pipe("tagger").add_label(f"T{number}")
        nlp.get_pipe("parser").add_label(f"d{number}")
    for kind in ("PERSON", "ORG", "NORP", "DATE", "MONEY", "MISC", "LOC"):
        nlp.get_pipe("ner").add_label(kind)
    nlp.initialize(lambda: [sample])

    def run(texts: Sequence[Text]) -> None:
        for _ in nlp.pipe([str(text["text"]) for text in texts], batch_size=64):
            pass

    return run


def open_roberta(_: str | None) -> Run:
    import torch
    from transformers import RobertaConfig, RobertaModel

    torch.set_num_threads(1)
    config = RobertaConfig(vocab_size=50265, max_position_embeddings=514, type_vocab_size=1)
    model = RobertaModel(config, add_pooling_layer=False).eval()

    def run(texts: Sequence[Text]) -> None:
        lengths = sorted(length for text in texts for length in text["subwords"])  # type: ignore[union-attr]
        with torch.inference_mode():
            for group in group_lengths(lengths):
                model(input_ids=torch.randint(10, 50000, (len(group), group[-1])))

    return run


def group_lengths(lengths: Sequence[int], budget: int = 768) -> list[list[int]]:
    """Sentences of like lengths, at most `budget` padded subwords together: as dragoman batches its own."""
    groups: list[list[int]] = [[]]
    for length in lengths:
        length = min(length, 510)
        if groups[-1] and length * (len(groups[-1]) + 1) > budget:
            groups.append([])
        groups[-1].append(length)
    return [group for group in groups if group]


OPENERS = {"parse": open_parse, "code": open_code, "spacy": open_spacy, "roberta": open_roberta}


def memory(key: str) -> float:
    """MB of this process now (`VmRSS`) or at the peak (`VmHWM`); unlike `getrusage`, not the parent's."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def measure(run: Run, texts: Sequence[Text], seconds: float) -> dict[str, float]:
    """Passes over slices of the texts until `seconds` have gone by; rates by wall clock and by processor time."""
    words, step = 0, max(1, len(texts) // 20)
    wall, processor = time.perf_counter(), time.process_time()
    while time.perf_counter() - wall < seconds:
        for start in range(0, len(texts), step):
            run(texts[start : start + step])
            words += sum(int(str(text["words"])) for text in texts[start : start + step])
            if time.perf_counter() - wall >= seconds:
                break
    spent, used = time.perf_counter() - wall, time.process_time() - processor
    return {"words": words, "seconds": spent, "words_per_s": words / spent, "words_per_cpu_s": words / used}


def latencies(run: Run, texts: Sequence[Text], seconds: float = 8) -> dict[str, float]:
    """Milliseconds for one report at a time: median and 95th percentile."""
    taken: list[float] = []
    for text in texts:
        begun = time.perf_counter()
        run([text])
        taken.append(1000 * (time.perf_counter() - begun))
        if sum(taken) > 1000 * seconds:
            break
    taken.sort()
    return {"single_ms": taken[len(taken) // 2], "single_ms_95": taken[int(len(taken) * 0.95)]}


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("system", choices=OPENERS)
    arguments.add_argument("texts", type=Path)
    arguments.add_argument("--core", type=int, default=None)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--model", default=None)
    chosen = arguments.parse_args()
    if chosen.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {chosen.core})
    texts = json.loads(chosen.texts.read_text(encoding="utf-8"))["texts"]
    begun = time.perf_counter()
    run = OPENERS[chosen.system](chosen.model)
    result = {"system": chosen.system, "load_s": time.perf_counter() - begun, "loaded_mb": memory("VmRSS")}
    run(texts[:2])
    print("ready", flush=True)
    sys.stdin.readline()
    result |= measure(run, texts, chosen.seconds)
    result |= latencies(run, texts)
    print(json.dumps(result | {"peak_mb": memory("VmHWM")}), flush=True)


if __name__ == "__main__":
    main()
