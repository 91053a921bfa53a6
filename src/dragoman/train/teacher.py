"""The teacher: a larger encoder that learns the corpus, and then tells the small one what it sees in unmarked text.

The encoder is MPNet (Song et al. 2020, "MPNet: Masked and Permuted Pre-training for Language Understanding"), base size,
with the weights of all-mpnet-base-v2 (Apache-2.0). It never ships. Its word states are narrowed to the small encoder's
width, so that the same heads read both.
"""  # noqa: E501

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.shapes import SHAPES
from dragoman.train.event_data import EventLabels
from dragoman.train.event_heads import EventHeads, PairHeads, SpeechHeads
from dragoman.train.network import WIDTH, Batch, attention_bias, gather_words

TEACHER_WIDTH, TEACHER_INNER, TEACHER_HEADS = 768, 3072, 12
TEACHER_LAYERS, FROZEN_LAYERS = 12, 4
_BUCKETS, _FARTHEST = 32, 128
# The first two positions of the stored table belong to padding.
_FIRST_POSITION = 2


class TeacherLayer(nn.Module):
    """One post-norm transformer layer of MPNet."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(TEACHER_WIDTH, TEACHER_WIDTH) for _ in range(4))
        self.mix_norm = nn.LayerNorm(TEACHER_WIDTH, eps=1e-5)
        self.inner = nn.Linear(TEACHER_WIDTH, TEACHER_INNER)
        self.outer = nn.Linear(TEACHER_INNER, TEACHER_WIDTH)
        self.outer_norm = nn.LayerNorm(TEACHER_WIDTH, eps=1e-5)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """States of the same shape; `bias` (sentences, heads, subwords, subwords) is added to attention scores."""
        sentences, length, _ = states.shape
        query, key, value = (
            part(states).view(sentences, length, TEACHER_HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / (TEACHER_WIDTH // TEACHER_HEADS) ** 0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(sentences, length, TEACHER_WIDTH)
        states = self.mix_norm(states + self.dropout(self.mix(mixed)))
        return self.outer_norm(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))


class TeacherTop(nn.Module):
    """What learns: the upper layers, word shapes (the vocabulary has no capitals), and the way down to `WIDTH`."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.shapes = nn.Embedding(len(SHAPES), TEACHER_WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.layers = nn.ModuleList(TeacherLayer(dropout) for _ in range(TEACHER_LAYERS - FROZEN_LAYERS))
        self.narrow = nn.Linear(TEACHER_WIDTH, WIDTH)


class TeacherEncoder(nn.Module):
    """MPNet with its lower layers and subword vectors frozen."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.subwords = nn.Embedding(vocabulary, TEACHER_WIDTH)
        self.positions = nn.Embedding(514, TEACHER_WIDTH)
        self.norm = nn.LayerNorm(TEACHER_WIDTH, eps=1e-5)
        self.relative = nn.Embedding(_BUCKETS, TEACHER_HEADS)
        self.bottom = nn.ModuleList(TeacherLayer(0.0) for _ in range(FROZEN_LAYERS))
        self.events = TeacherTop(dropout)

    def event_words(self, batch: Batch, *, trunk_share: float = 0.0) -> Tensor:
        """Word states (sentences, words, 384), column 0 the classifier token; `trunk_share` is not used."""
        length = batch.ids.shape[1]
        bias = attention_bias(batch.mask) + self._relative_bias(length)
        with torch.no_grad():
            positions = self.positions.weight[_FIRST_POSITION : length + _FIRST_POSITION]
            states = self.norm(self.subwords(batch.ids) + positions)
            for layer in self.bottom:
                states = layer(states, bias)
        states = states + self.events.shapes(batch.shapes)
        for layer in self.events.layers:
            states = layer(states, bias)
        narrowed: Tensor = self.events.narrow(gather_words(states, batch.words))
        return narrowed

    def _relative_bias(self, length: int) -> Tensor:
        """(1, heads, subwords, subwords) by distance in buckets, exact up to 8 and logarithmic beyond, each way."""
        place = torch.arange(length)
        distance = place[:, None] - place[None, :]
        half = _BUCKETS // 2
        bucket = (distance < 0).long() * half
        distance = distance.abs()
        exact = half // 2
        far = exact + (
            torch.log(distance.clamp(min=1).float() / exact) / math.log(_FARTHEST / exact) * (half - exact)
        ).long().clamp(max=half - exact - 1)
        bucket = bucket + torch.where(distance < exact, distance, far)
        return self.relative(bucket).permute(2, 0, 1)[None]  # type: ignore[no-any-return]


class Teacher(nn.Module):
    """The larger encoder under the heads of the small one."""

    def __init__(self, encoder: TeacherEncoder, events: EventLabels) -> None:
        super().__init__()
        self.encoder = encoder
        self.events = EventHeads(
            categories=len(events.categories),
            cameo=len(events.cameo),
            modes=len(events.modes),
            statuses=len(events.statuses),
            attributions=len(events.attributions),
        )
        self.pairs = PairHeads(categories=len(events.categories), cameo=len(events.cameo))
        self.speech = SpeechHeads()


_NAMES = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "mix": "attention.attn.o",
    "mix_norm": "attention.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def load_teacher(path: Path, labels: EventLabels) -> Teacher:
    """A teacher with MPNet's weights from a `model.safetensors`, and new heads."""
    weights = load_file(str(path))
    encoder = TeacherEncoder(len(weights["embeddings.word_embeddings.weight"]))
    with torch.no_grad():
        encoder.subwords.weight.copy_(weights["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        encoder.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        encoder.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        encoder.relative.weight.copy_(weights["encoder.relative_attention_bias.weight"])
        for number, layer in enumerate([*encoder.bottom, *encoder.events.layers]):
            for name, original in _NAMES.items():
                part = getattr(layer, name)
                part.weight.copy_(weights[f"encoder.layer.{number}.{original}.weight"])
                part.bias.copy_(weights[f"encoder.layer.{number}.{original}.bias"])
    return Teacher(encoder, labels)
