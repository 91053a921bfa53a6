"""The network: one trunk, a syntax branch and an event branch, and their heads.

Layout: a trunk of four MiniLM layers with one layer more for syntax and entities; events leave the trunk after its
second layer and go through the original layers three to six. Syntax and events on the same top layers cost the events
4-5 points (LANGUAGE.md); two shared layers do not.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.shapes import SHAPES
from dragoman.train.table import round_table

WIDTH, ATTENTION_HEADS, INNER = 384, 12, 1536
TRUNK_LAYERS, SYNTAX_LAYERS = 4, 1
# The event branch begins after `SHARED_LAYERS` layers of the trunk.
SHARED_LAYERS, EVENT_LAYERS = 2, 4
ARC_WIDTH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Padded subwords of some sentences.

    `ids`, `shapes`: (sentences, subwords); `mask`: the same, True where real; `words`: (sentences, words) with the index
    of each word's first subword, column 0 being the classifier token (the tree's root); `word_mask`: True where real.
    """  # noqa: E501

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    words: Tensor
    word_mask: Tensor


class Layer(nn.Module):
    """One post-norm transformer layer, with attention as plain products (the fused CPU kernel is slower here)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """States of the same shape; `bias` (sentences, 1, 1, subwords) is a large negative number at padding."""
        sentences, length, _ = states.shape
        query, key, value = (
            part(states).view(sentences, length, ATTENTION_HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / (WIDTH // ATTENTION_HEADS) ** 0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(sentences, length, WIDTH)
        states = self.mix_norm(states + self.dropout(self.mix(mixed)))
        return self.outer_norm(states + self.dropout(self.outer(functional.gelu(self.inner(states)))))


class Embedding(nn.Module):
    """Frozen subword vectors plus learned positions and word shapes."""

    def __init__(self, vocabulary: int, dropout: float) -> None:
        super().__init__()
        self.subwords = nn.Embedding(vocabulary, WIDTH)
        self.subwords.weight.requires_grad_(False)
        self.positions = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """(sentences, subwords, width)."""
        positions = self.positions.weight[: ids.shape[1]]
        return self.dropout(self.norm(self.subwords(ids) + positions + self.shapes(shapes)))


class Encoder(nn.Module):
    """Embedding, trunk, and the two branches."""

    def __init__(self, vocabulary: int = 30522, dropout: float = 0.1) -> None:
        super().__init__()
        self.embedding = Embedding(vocabulary, dropout)
        self.trunk = nn.ModuleList(Layer(dropout) for _ in range(TRUNK_LAYERS))
        self.syntax = nn.ModuleList(Layer(dropout) for _ in range(SYNTAX_LAYERS))
        self.events = nn.ModuleList(Layer(dropout) for _ in range(EVENT_LAYERS))

    def shared_states(self, ids: Tensor, shapes: Tensor, bias: Tensor) -> Tensor:
        """Subword states after the layers that syntax and events share."""
        states: Tensor = self.embedding(ids, shapes)
        for layer in self.trunk[:SHARED_LAYERS]:
            states = layer(states, bias)
        return states

    def syntax_states(self, shared: Tensor, bias: Tensor) -> Tensor:
        """Subword states after the rest of the trunk and the syntax layers."""
        for layer in (*self.trunk[SHARED_LAYERS:], *self.syntax):
            shared = layer(shared, bias)
        return shared

    def event_states(self, shared: Tensor, bias: Tensor) -> Tensor:
        """Subword states after the event layers."""
        for layer in self.events:
            shared = layer(shared, bias)
        return shared

    def event_words(self, batch: Batch, *, trunk_share: float) -> Tensor:
        """Word states of the event branch; gradients into the trunk are scaled by `trunk_share` (0 freezes it)."""
        bias = attention_bias(batch.mask)
        if trunk_share == 0.0:
            with torch.no_grad():
                shared = self.shared_states(batch.ids, batch.shapes, bias)
        else:
            shared = self.shared_states(batch.ids, batch.shapes, bias)
            shared = shared * trunk_share + shared.detach() * (1.0 - trunk_share)
        return gather_words(self.event_states(shared, bias), batch.words)


def attention_bias(mask: Tensor) -> Tensor:
    """(sentences, 1, 1, subwords): 0 where real, -10,000 at padding (safe in half precision)."""
    return (1.0 - mask[:, None, None, :].float()) * -10000.0


def gather_words(states: Tensor, words: Tensor) -> Tensor:
    """Word states (sentences, words, width): each word is its first subword."""
    return torch.gather(states, 1, words[:, :, None].expand(-1, -1, states.shape[-1]))


class SyntaxHeads(nn.Module):
    """Tags, lemma rules, entity tags, arcs and labels from word states (column 0 is the root)."""

    def __init__(self, *, upos: int, xpos: int, rules: int, entities: int, deprels: int, dropout: float = 0.15) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.upos, self.xpos = nn.Linear(WIDTH, upos), nn.Linear(WIDTH, xpos)
        self.rules, self.entities = nn.Linear(WIDTH, rules), nn.Linear(WIDTH, entities)
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.arc_pair = nn.Linear(ARC_WIDTH, ARC_WIDTH, bias=False)
        self.arc_bias = nn.Linear(ARC_WIDTH, 1, bias=False)
        self.label_dependent, self.label_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.labels = nn.Linear(2 * ARC_WIDTH, deprels)

    def tags(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of UPOS, XPOS, lemma rule and entity tag for each word (sentences, words, classes)."""
        words = self.dropout(words)
        return self.upos(words), self.xpos(words), self.rules(words), self.entities(words)

    def arcs(self, words: Tensor) -> Tensor:
        """(sentences, words, words): score of column j as the head of row i; column 0 is the root."""
        words = self.dropout(words)
        dependent = self.dropout(functional.relu(self.arc_dependent(words)))
        head = self.dropout(functional.relu(self.arc_head(words)))
        return self.arc_pair(dependent) @ head.transpose(1, 2) / ARC_WIDTH**0.5 + self.arc_bias(head).transpose(1, 2)

    def label_states(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """What `label_scores` needs of each word: as dependent, as head (sentences, words, 256)."""
        words = self.dropout(words)
        return functional.relu(self.label_dependent(words)), functional.relu(self.label_head(words))

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores of the relations of dependents to their chosen heads, from aligned states."""
        return self.labels(self.dropout(torch.cat([dependent * head, dependent + head], -1)))


def load_encoder(path: Path, dropout: float = 0.1) -> Encoder:
    """An encoder with MiniLM's weights: the syntax layer starts as layer five, the event layers as three to six.

    The subword vectors are those that ship, rounded by `dragoman.train.table`.
    """
    weights = load_file(str(path))
    encoder = Encoder(dropout=dropout)
    embedding = encoder.embedding
    with torch.no_grad():
        vectors = round_table(weights["embeddings.word_embeddings.weight"].float().numpy())
        embedding.subwords.weight.copy_(torch.from_numpy(vectors))
        positions = weights["embeddings.position_embeddings.weight"]
        embedding.positions.weight.copy_(positions + weights["embeddings.token_type_embeddings.weight"][0])
        embedding.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
        embedding.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
    for number, layer in enumerate(encoder.trunk):
        _fill(layer, weights, number)
    for number, layer in enumerate(encoder.syntax):
        _fill(layer, weights, TRUNK_LAYERS + number)
    for number, layer in enumerate(encoder.events):
        _fill(layer, weights, SHARED_LAYERS + number)
    return encoder


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mix": "attention.output.dense",
    "mix_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def _fill(layer: nn.Module, weights: dict[str, Tensor], number: int) -> None:
    with torch.no_grad():
        for name, original in _NAMES.items():
            part = getattr(layer, name)
            part.weight.copy_(weights[f"encoder.layer.{number}.{original}.weight"])
            part.bias.copy_(weights[f"encoder.layer.{number}.{original}.bias"])
