"""What the command line and the pipeline need of a coder."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from dragoman.types.explain import Explanation
from dragoman.types.parse import ParsedDocument
from dragoman.types.predict import (
    ActorsPrediction,
    ActorsQuery,
    AttributionPrediction,
    AttributionQuery,
    EventsPrediction,
    EventsQuery,
    FactualityPrediction,
    FactualityQuery,
    PairsPrediction,
    PairsQuery,
)
from dragoman.types.record import Coding, Provenance
from dragoman.types.text import Document


class CoderLike(Protocol):
    """Codes, parses and explains documents, and answers the scoring tasks.

    Every iterator yields exactly one answer for each thing asked, in the same order.
    """

    @property
    def provenance(self) -> Provenance:
        """The versions that make the records."""

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """One coding for each document."""

    def parse(self, document: Document) -> ParsedDocument:
        """Sentences, tokens, tree and mentions of the document."""

    def parse_tokens(self, parsed: ParsedDocument) -> ParsedDocument:
        """The same sentences and tokens with tags, lemmas, tree and mentions filled in anew."""

    def explain(self, document: Document, sentence_number: int) -> Explanation:
        """Why the sentence was coded as it was. Raises InputError when there is no such sentence."""

    def predict_events(self, queries: Iterable[EventsQuery]) -> Iterator[EventsPrediction]:
        """The events of each text."""

    def predict_pairs(self, queries: Iterable[PairsQuery]) -> Iterator[PairsPrediction]:
        """What each source does to each target."""

    def predict_actors(self, queries: Iterable[ActorsQuery]) -> Iterator[ActorsPrediction]:
        """Who each mention is."""

    def predict_attribution(self, queries: Iterable[AttributionQuery]) -> Iterator[AttributionPrediction]:
        """Who says each content."""

    def predict_factuality(self, queries: Iterable[FactualityQuery]) -> Iterator[FactualityPrediction]:
        """How the report holds each predicate."""
