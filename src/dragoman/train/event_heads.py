"""Heads that read event states: triggers, codes, arguments, status, attribution, and marked pairs."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.train.event_data import ROLES
from dragoman.train.network import WIDTH

HIDDEN = 256
ROLE_WIDTH = 64
PAIR_QUERIES = 2
SPEECH_WIDTH = 96


class EventHeads(nn.Module):
    """Scores for every word as a trigger, and for every found trigger its codes and its arguments.

    Column 0 of the word states is the classifier token.
    """

    def __init__(
        self, *, categories: int, cameo: int, modes: int, statuses: int, attributions: int, dropout: float = 0.2
    ) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.trigger_hidden = nn.Linear(WIDTH, HIDDEN)
        self.triggers = nn.Linear(HIDDEN, categories)
        self.queries = nn.Linear(WIDTH, 2 * WIDTH)
        self.code_hidden = nn.Linear(3 * WIDTH, HIDDEN)
        self.categories = nn.Linear(HIDDEN, categories)
        self.cameo = nn.Linear(HIDDEN, cameo)
        self.modes = nn.Linear(HIDDEN, modes)
        self.stance_hidden = nn.Linear(3 * WIDTH, HIDDEN)
        self.statuses = nn.Linear(HIDDEN, statuses)
        self.attributions = nn.Linear(HIDDEN, attributions)
        self.reciprocal = nn.Linear(HIDDEN, 2)
        self.happened = nn.Linear(HIDDEN, 2)
        self.role_trigger = nn.Linear(WIDTH, len(ROLES) * ROLE_WIDTH)
        self.role_word = nn.Linear(WIDTH, len(ROLES) * ROLE_WIDTH)
        self.role_bias = nn.Linear(WIDTH, len(ROLES))
        self.distance = nn.Embedding(2 * 16 + 1, len(ROLES))
        nn.init.zeros_(self.distance.weight)

    def trigger_scores(self, words: Tensor) -> Tensor:
        """(sentences, words, categories); class 0 is "no trigger"."""
        hidden = functional.gelu(self.trigger_hidden(self.dropout(words)))
        scores: Tensor = self.triggers(self.dropout(hidden))
        return scores

    def code_scores(self, words: Tensor, mask: Tensor, rows: Tensor, columns: Tensor) -> tuple[Tensor, ...]:
        """Category, CAMEO, mode, status, attribution, reciprocity and "it happened" scores of n triggers.

        `words` (sentences, words, width) and `mask` (sentences, words); `rows` (n,) names each trigger's sentence and
        `columns` (n,) its word.
        """
        words = self.dropout(words)
        own = words[rows, columns]
        query = self.queries(own).view(-1, 2, WIDTH)
        around = words[rows]
        weights = query @ around.transpose(1, 2) / WIDTH**0.5 + (1.0 - mask[rows][:, None, :].float()) * -10000.0
        context = (weights.softmax(-1) @ around).flatten(1)
        seen = torch.cat([own, context], -1)
        code = self.dropout(functional.gelu(self.code_hidden(seen)))
        stance = self.dropout(functional.gelu(self.stance_hidden(seen)))
        return (
            self.categories(code),
            self.cameo(code),
            self.modes(code),
            self.statuses(stance),
            self.attributions(stance),
            self.reciprocal(stance),
            self.happened(stance),
        )

    def role_scores(self, words: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
        """(n, words, roles): score of each word of the trigger's sentence as part of each of its arguments."""
        words = self.dropout(words)
        sentences, length, _ = words.shape
        left = self.role_trigger(words[rows, columns]).view(-1, len(ROLES), ROLE_WIDTH)
        right = self.role_word(words).view(sentences, length, len(ROLES), ROLE_WIDTH).transpose(1, 2)
        scores = (right[rows] @ left[:, :, :, None]).squeeze(-1).transpose(1, 2) / ROLE_WIDTH**0.5
        offsets = torch.arange(length)[None, :] - columns[:, None]
        return scores + self.role_bias(words)[rows] + self.distance(offsets.clamp(-16, 16) + 16)


class PairHeads(nn.Module):
    """Category and CAMEO code of what a marked source does to a marked target; class 0 is "nothing"."""

    def __init__(self, *, categories: int, cameo: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        # none, source, target, left of both, between, right of both
        self.roles = nn.Embedding(6, WIDTH)
        self.narrow = nn.Linear(3 * WIDTH, 128)
        self.queries = nn.Linear(128, PAIR_QUERIES * WIDTH)
        self.hidden = nn.Linear((3 + PAIR_QUERIES) * WIDTH, HIDDEN)
        self.categories = nn.Linear(HIDDEN, categories)
        self.cameo = nn.Linear(HIDDEN, cameo)

    def forward(
        self, words: Tensor, mask: Tensor, source: Tensor, target: Tensor, role: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores (n, categories) and (n, cameo).

        `source`, `target`: (n, words) weights that sum to 1 over the span; `role`: (n, words) ids of the six roles.
        """
        words = self.dropout(words)
        keys = words + self.roles(role)
        ends = torch.stack([source, target], 1) @ words
        seen = torch.cat([words[:, 0], ends.flatten(1)], -1)
        query = self.queries(functional.gelu(self.narrow(seen))).view(-1, PAIR_QUERIES, WIDTH)
        weights = query @ keys.transpose(1, 2) / WIDTH**0.5 + (1.0 - mask[:, None, :].float()) * -10000.0
        context = (weights.softmax(-1) @ keys).flatten(1)
        hidden = self.dropout(functional.gelu(self.hidden(self.dropout(torch.cat([seen, context], -1)))))
        return self.categories(hidden), self.cameo(hidden)


class SpeechHeads(nn.Module):
    """Which words name the speaker, and which are the cue, of a stretch of reported content."""

    def __init__(self, *, dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        # none, inside the content, before it, after it
        self.places = nn.Embedding(4, WIDTH)
        self.content = nn.Linear(2 * WIDTH, 2 * SPEECH_WIDTH)
        self.word = nn.Linear(WIDTH, 2 * SPEECH_WIDTH)
        self.bias = nn.Linear(WIDTH, 2)

    def forward(self, words: Tensor, content: Tensor, place: Tensor) -> Tensor:
        """(n, words, 2): scores of each word as part of the speaker, and as the cue.

        `content`: (n, words) weights that sum to 1 over the content; `place`: (n, words) ids of the four places.
        """
        words = self.dropout(words)
        keys = words + self.places(place)
        mean = (content[:, None, :] @ words).squeeze(1)
        left = self.content(torch.cat([words[:, 0], mean], -1)).view(-1, 1, 2, SPEECH_WIDTH)
        right = self.word(keys).view(words.shape[0], words.shape[1], 2, SPEECH_WIDTH)
        scores: Tensor = (left * right).sum(-1) / SPEECH_WIDTH**0.5 + self.bias(keys)
        return scores
