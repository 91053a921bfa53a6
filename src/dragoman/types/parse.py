"""What the language model says of a document: sentences, tokens, tree, entity mentions."""

from dataclasses import dataclass, field
from typing import Any

from dragoman.types.text import Document, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One syntactic word by Universal Dependencies conventions.

    `index` counts from 0 in its sentence; `head` is the index of the governing token, -1 for the root. `text` is the
    word's own form: for a contraction ("cannot", "don't") the characters of its part. `space_after` is False when the
    next character of the document belongs to the next token.
    """

    index: int
    span: Span
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    space_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityMention:
    """A named mention: `kind` is one of Person, Organization, Location, NORP, Date, Money, Misc.

    `start` and `end` are token indexes in the sentence, half-open; `head` is the index of its head token.
    """

    kind: str
    span: Span
    start: int
    end: int
    head: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence. `number` counts from 0 in the document (0 is the headline where there is one).

    `multiwords` are half-open token ranges written as one surface word ("don't" = do + n't). `states` is the event
    layers' input (subwords x width, float32) or None when the parse did not come from the model; it is not compared.
    """

    number: int
    span: Span
    tokens: tuple[Token, ...]
    mentions: tuple[EntityMention, ...] = ()
    multiwords: tuple[tuple[int, int], ...] = ()
    furniture: bool = False
    states: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """A document with its sentences. `model` names the model that made the parse (name and version), or its origin."""

    document: Document
    sentences: tuple[Sentence, ...]
    model: str
