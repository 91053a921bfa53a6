"""A language model made of look-ups, for tests of what stands around the network.

It has a real tokenizer and real labels; in place of each graph stands a few lines of numpy that look words up in
`WORDS`. The first verb is the root and every other word hangs on it; a trigger's source is the word before it and its
target the word after it; the speaker is the word before "said".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from dragoman.coding.heads import ModelTrigger
from dragoman.language.decode import allowed_transitions
from dragoman.language.lexicon import Lemmatizer
from dragoman.language.model import LanguageModel, ModelLabels
from dragoman.language.parser import Parser
from dragoman.language.split import Segmenter

Given = Mapping[str, NDArray[Any]]

LABELS = ModelLabels(
    upos=("NOUN", "PROPN", "PUNCT", "VERB"),
    xpos=("NN", "NNP", ".", "VBD"),
    rules=("k|0|", "k|2|"),
    entities=("O", "B-Location", "I-Location", "B-Person", "I-Person"),
    deprels=("nsubj", "obj", "parataxis", "punct", "root"),
    categories=("none", "ASSAULT", "CONSULT"),
    cameo=("none", "04", "042", "18", "19", "190"),
    modes=("none", "firearms", "visit"),
    statuses=("asserted", "negated", "planned", "pledged"),
    attributions=("report", "named", "unnamed"),
    roles=("source", "target", "speaker", "cue", "time", "place"),
)
# Word: part of speech, tag, lemma rule and entity, by number.
NAME, PERSON, VERB, POINT, NOUN = (1, 1, 0, 1), (1, 1, 0, 3), (3, 3, 1, 0), (2, 2, 0, 0), (0, 0, 0, 0)
WORDS = {
    "kenya": NAME,
    "chad": NAME,
    "mali": NAME,
    "wekesa": PERSON,
    "attacked": VERB,
    "visited": VERB,
    "said": VERB,
    "maybe": NOUN,
    "troops": NOUN,
    ".": POINT,
    ",": POINT,
}
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
VOCABULARY = {word: number for number, word in enumerate((*SPECIAL, *WORDS, "a", "##a"))}
# Trigger word: category, CAMEO and mode, by number, and the score of the category over "none".
TRIGGERS = {"attacked": (1, 5, 1, 6.0), "visited": (2, 2, 2, 6.0), "maybe": (2, 2, 2, -1.5)}
WIDTH = 4
SURE = 6.0


def make_tokenizer() -> Tokenizer:
    """A word-piece tokenizer of the words above; "aaa" is three pieces, any other word one unknown piece."""
    model = WordPiece(VOCABULARY, unk_token="[UNK]", max_input_chars_per_word=10_000)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", VOCABULARY["[CLS]"]), ("[SEP]", VOCABULARY["[SEP]"])]
    )
    return tokenizer


@dataclass(slots=True)
class FakeGraph:
    """Stands for one graph: `answer` on every call; `calls` keeps what was given."""

    answer: Callable[[Given], list[NDArray[Any]]]
    calls: list[Given] = field(default_factory=list)

    def run(self, names: None, given: Given) -> list[NDArray[Any]]:
        self.calls.append(given)
        return self.answer(given)


def make_model() -> LanguageModel:
    """The model as a whole."""
    answers = {"core": _core, "labels": _labels, "events": _events, "codes": _codes, "pairs": _pairs, "speech": _speech}
    return LanguageModel(
        sessions={name: FakeGraph(answer) for name, answer in answers.items()},
        labels=LABELS,
        tokenizer=make_tokenizer(),
        transitions=allowed_transitions(LABELS.entities),
        lemmatizer=Lemmatizer(
            forms={("said", "VBD"): "say"}, lemmas=frozenset({"say", "attack", "visit"}), words=frozenset()
        ),
        version="fake-1",
        folder=Path("nowhere"),
    )


def make_parser() -> Parser:
    """The model under the shipped splitter."""
    return Parser(model=make_model(), segmenter=Segmenter.load())


def make_trigger(
    words: int,
    *,
    token: int = 1,
    probability: float = 0.9,
    categories: tuple[float, ...] = (0.1, 0.8, 0.1),
    cameo: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0, 0.1, 0.9),
    modes: tuple[float, ...] = (0.9, 0.1, 0.0),
    statuses: tuple[float, ...] = (0.9, 0.1, 0.0, 0.0),
    attributions: tuple[float, ...] = (0.8, 0.1, 0.1),
    reciprocal: float = 0.0,
    roles: Mapping[str, Mapping[int, float]] | None = None,
) -> ModelTrigger:
    """What the heads might say of a token in a sentence of `words` words; `roles` maps roles to words to shares."""
    filled = np.zeros((words, len(LABELS.roles)), np.float32)
    for role, shares in (roles or {}).items():
        for word, share in shares.items():
            filled[word, LABELS.roles.index(role)] = share
    return ModelTrigger(
        token=token,
        probability=probability,
        categories=np.array(categories, np.float32),
        cameo=np.array(cameo, np.float32),
        modes=np.array(modes, np.float32),
        statuses=np.array(statuses, np.float32),
        attributions=np.array(attributions, np.float32),
        reciprocal=reciprocal,
        happened=0.9,
        roles=filled,
    )


def _one_hot(numbers: NDArray[np.int64], classes: int, height: float = SURE) -> NDArray[np.float32]:
    return (np.eye(classes, dtype=np.float32) * np.float32(height))[numbers]


def _looked_up(ids: NDArray[np.int64], column: int) -> NDArray[np.int64]:
    table = np.zeros(len(VOCABULARY), np.int64)
    for word, numbers in WORDS.items():
        table[VOCABULARY[word]] = numbers[column]
    return np.asarray(table[ids], dtype=np.int64)


def _core(given: Given) -> list[NDArray[Any]]:
    ids = np.take_along_axis(given["ids"], given["words"], 1)
    sentences, size = ids.shape
    upos, xpos, rules, entities = (_looked_up(ids[:, 1:], column) for column in range(4))
    arcs = np.zeros((sentences, size, size), np.float32)
    for row in range(sentences):
        verbs = np.flatnonzero(upos[row] == LABELS.upos.index("VERB"))
        root = int(verbs[0]) + 1 if len(verbs) else 1
        arcs[row, :, root] = SURE
        arcs[row, root, 0] = 2 * SURE
    # A state is the word's number and its place.
    states = np.zeros((sentences, size, WIDTH), np.float32)
    states[:, :, 0] = ids
    states[:, :, 1] = np.arange(size)
    trunk = np.repeat(given["ids"][:, :, None], WIDTH, 2).astype(np.float32)
    log_scores = np.log(np.full((sentences, size - 1, len(LABELS.entities)), 0.025, np.float32))
    np.put_along_axis(log_scores, entities[:, :, None], np.float32(np.log(0.9)), 2)
    return [trunk, upos, xpos, rules, log_scores, arcs, states, states]


def _labels(given: Given) -> list[NDArray[Any]]:
    before = given["dependent"][:, 1] < given["head"][:, 1]
    points = np.isin(given["dependent"][:, 0], [VOCABULARY["."], VOCABULARY[","]])
    return [np.where(points, 3, np.where(before, 0, 1)).astype(np.int64)]


def _events(given: Given) -> list[NDArray[Any]]:
    states = np.take_along_axis(given["trunk"], given["words"][:, :, None], 1)
    scores = np.zeros((*states.shape[:2], len(LABELS.categories)), np.float32)
    scores[..., 0] = SURE
    for word, (category, _, _, score) in TRIGGERS.items():
        scores[states[..., 0] == VOCABULARY[word], category] = SURE + score
    return [states, scores]


def _codes(given: Given) -> list[NDArray[Any]]:
    states, row, column = given["states"], given["row"], given["column"]
    triggers = np.array([_codes_of(int(number)) for number in states[row, column, 0]])
    count, length = len(row), states.shape[1]
    roles = np.full((count, length, len(LABELS.roles)), -SURE, np.float32)
    said = states[row, :, 0] == VOCABULARY["said"]
    for number, place in enumerate(column.tolist()):
        if place > 1:
            roles[number, place - 1, 0] = SURE
        if place + 1 < length:
            roles[number, place + 1, 1] = SURE
        for cue in np.flatnonzero(said[number]).tolist():
            roles[number, cue, 3] = SURE
            roles[number, cue - 1, 2] = SURE
    return [
        _one_hot(triggers[:, 0], len(LABELS.categories)),
        _one_hot(triggers[:, 1], len(LABELS.cameo)),
        _one_hot(triggers[:, 2], len(LABELS.modes)),
        _one_hot(np.zeros(count, np.int64), len(LABELS.statuses)),
        _one_hot(said.any(1).astype(np.int64), len(LABELS.attributions)),
        _one_hot(np.zeros(count, np.int64), 2),
        _one_hot((triggers[:, 0] > 0).astype(np.int64), 2),
        roles,
    ]


def _codes_of(number: int) -> tuple[int, int, int]:
    for word, codes in TRIGGERS.items():
        if VOCABULARY[word] == number:
            return codes[:3]
    return (0, 0, 0)


def _pairs(given: Given) -> list[NDArray[Any]]:
    numbers = [_codes_of(int(number)) for number in given["states"][0, :, 0]]
    category, cameo, _ = next((codes for codes in numbers if codes[0]), (0, 0, 0))
    return [_one_hot(np.array([category]), len(LABELS.categories)), _one_hot(np.array([cameo]), len(LABELS.cameo))]


def _speech(given: Given) -> list[NDArray[Any]]:
    scores = np.full((*given["states"].shape[:2], 2), -SURE, np.float32)
    for row, place in zip(*np.nonzero(given["states"][..., 0] == VOCABULARY["said"]), strict=True):
        scores[row, place, 1] = SURE
        scores[row, place - 1, 0] = SURE
    return [scores]
