"""One document in, its coding out."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman import answers
from dragoman.actors.coref import Resolver
from dragoman.actors.kb import KnowledgeBase, open_kb
from dragoman.coding.by_rule import choose_by_rule, prefer_rule
from dragoman.coding.choose import ChosenEvent, CodeTable, choose_event, tabulate_codes, vote_on_status
from dragoman.coding.clusters import group_events
from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.coding.confidence import Calibration, read_calibration
from dragoman.coding.drafts import RecordOrigin
from dragoman.coding.event_time import choose_time
from dragoman.coding.events import Lookups, assemble_event
from dragoman.coding.explain import explain_events, explain_mentions, explain_rules, explain_weak, tree_lines
from dragoman.coding.heads import ModelTrigger, read_triggers
from dragoman.coding.learned import MARK, Learned, confidence_cues
from dragoman.coding.places import Gazetteer, choose_event_place, gather_context, resolve_place
from dragoman.coding.records import (
    Drafts,
    actor_spans,
    assemble_records,
    fill_signers,
    find_drafts,
    hold_back,
    names_somebody,
)
from dragoman.coding.status import judge_status
from dragoman.coding.story import NO_STORY_WORDS, StoryWords, read_story_words
from dragoman.coding.triggers import Refusal, TriggerCandidate, Triggers, find_triggers
from dragoman.errors import InputError
from dragoman.language.model import LanguageModel, open_model
from dragoman.language.parser import Parser, open_parser
from dragoman.language.split import SentenceTokens, Word
from dragoman.language.tree import Tree, grow_tree
from dragoman.types.actor import ActorLink
from dragoman.types.explain import Explanation
from dragoman.types.parse import ParsedDocument, Sentence
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
from dragoman.types.record import Coding, Issue, Provenance
from dragoman.types.text import Document, Span
from dragoman.types.where import PlaceLink

# In a report of sport, conflict must be told much more clearly. Chosen on own examples, not tuned.
_SPORT_SENTENCES, _SPORT_SHARE, _SPORT_THRESHOLD = 3, 0.4, 0.6
# Words that the network holds for less likely triggers than this are not looked at; few of them are right.
_LEAST_PROBABILITY = 0.15
_ENGINES = ("model", "rules")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A word that the network holds for a possible event, and what the codebook's rules found there, if anything.

    `quiet` is the probability that the whole story tells no event.
    """

    tree: Tree
    trigger: ModelTrigger
    candidate: TriggerCandidate | None
    quiet: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceCoding:
    """What was chosen in one sentence, and what was refused and why."""

    tree: Tree
    events: tuple[ChosenEvent, ...]
    weak: tuple[ModelTrigger, ...]
    candidates: tuple[TriggerCandidate, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Everything that coding needs, opened once.

    `engine` is "model" (the trained heads decide, a user's phrases win over them) or "rules" (the codebook alone).
    `learned` is what a project's reviewers taught; None for the shipped heads alone.
    """

    parser: Parser
    codebook: Codebook
    kb: KnowledgeBase
    gazetteer: Gazetteer
    table: CodeTable
    calibration: Calibration
    engine: str = "model"
    learned: Learned | None = None
    story_words: StoryWords = NO_STORY_WORDS

    @classmethod
    def open(
        cls,
        codebook: str | Path = "plover",
        *,
        kb: str | Path | None = None,
        model: str | Path | None = None,
        threshold: float | None = None,
        engine: str = "model",
        threads: int = 1,
        learned: Learned | None = None,
    ) -> "Coder":
        """A coder with the shipped model and knowledge base unless others are named.

        Args:
            codebook: a shipped name or the path of a TOML file.
            kb: a file with a user's own actors, laid over the shipped ones.
            model: a model folder.
            threshold: the lowest calibrated confidence of an event that is written; None takes the model's own.
            engine: "model" or "rules".
            threads: threads of the network; the output does not depend on it.
            learned: a learned layer; one for another model or codebook is not used, and the log says so.

        Raises:
            CodebookError, ResourceError: a file is missing or broken, with place and remedy.
            InputError: `engine` is not known.
        """
        if engine not in _ENGINES:
            raise InputError(f"engine {engine!r}: expected one of {', '.join(_ENGINES)}")
        book = load_codebook(codebook)
        language = open_model(Path(model) if model else None, threads=threads)
        if learned is not None and not learned.suits(language.version, book.name):
            _logger.warning(
                "%s was learned over model %s with codebook %s; here are %s and %s: it is not used until `dragoman "
                "learn` is run again",
                *(learned.version, learned.model, learned.codebook, language.version, book.name),
            )
            learned = None
        calibration = learned.calibration if learned else read_calibration(language.folder / "calibration.json")
        if threshold is not None:
            calibration = replace(calibration, threshold=threshold, widest=threshold)
        return cls(
            parser=open_parser(language),
            codebook=book,
            kb=open_kb(user=Path(kb) if kb else None),
            gazetteer=Gazetteer.open(),
            table=tabulate_codes(language.labels, book),
            calibration=calibration,
            engine=engine,
            learned=learned,
            story_words=read_story_words(language.folder / "story.json"),
        )

    @property
    def model(self) -> LanguageModel:
        """The opened network."""
        return self.parser.model

    @property
    def provenance(self) -> Provenance:
        """The versions that make the records."""
        book, model = self.codebook, self.model.version
        if self.learned is not None:
            model += MARK + self.learned.version
        return Provenance(codebook=f"{book.name}-{book.edition}", model=model, kb=str(self.kb.version))

    def __call__(self, document: Document) -> Coding:
        """The coding of one document."""
        return next(self.code_many([document]))

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """One coding for each document, in order."""
        for document in documents:
            yield self.code_parsed(self.parse(document))

    def parse(self, document: Document) -> ParsedDocument:
        """Sentences, words, tree and mentions of the document."""
        return self.parser.parse(document, with_events=self.engine == "model")

    def parse_tokens(self, parsed: ParsedDocument) -> ParsedDocument:
        """The same sentences and words with tags, lemmas, tree and mentions filled in anew."""
        sentences = [_as_tokens(sentence) for sentence in parsed.sentences]
        return self.parser.parse_sentences(parsed.document, sentences, with_events=False)

    def code_parsed(self, parsed: ParsedDocument) -> Coding:
        """The coding of a parsed document: events in text order, then the other kinds."""
        coded = self.code_sentences(parsed)
        chosen = [event for sentence in coded for event in sentence.events]
        trees = [sentence.tree for sentence in coded]
        drafts = find_drafts(parsed, chosen, self.codebook, trees)
        chosen = [event for event in (fill_signers(event, drafts) for event in chosen) if names_somebody(event)]
        lookups = self._lookups(parsed, chosen, trees, drafts)
        told = [hold_back(assemble_event(parsed, event, self.codebook, lookups), drafts) for event in chosen]
        events = group_events(told)
        origin = RecordOrigin(document=parsed.document.id, text=parsed.document.text, codebook=self.codebook.name)
        others = assemble_records(
            drafts,
            events,
            lambda span: _one_link(lookups.actor(span), span, origin.text),
            lookups.place_of,
            origin,
            parsed.document.published,
        )
        return Coding(
            document=parsed.document.id,
            records=(*events, *others),
            issues=tuple(_find_issues(parsed)),
            provenance=self.provenance,
        )

    def code_sentences(self, parsed: ParsedDocument, *, thorough: bool = False) -> tuple[SentenceCoding, ...]:
        """The events of each sentence before actors, time and place are looked up, with what was refused.

        A row is hardly right where its trigger is not, so words that the network holds less likely than the threshold
        are passed over, which costs no row and saves a third of the work; `thorough` looks at them too.
        """
        year = parsed.document.published.year if parsed.document.published else None
        found: Sequence[tuple[ModelTrigger, ...]] = [()] * len(parsed.sentences)
        if self.engine == "model":
            all_likely = thorough or self.learned is not None
            least = _LEAST_PROBABILITY if all_likely else max(_LEAST_PROBABILITY, self.calibration.threshold)
            found = read_triggers(self.model, parsed.sentences, threshold=least)
        sport = self._is_sport(parsed.sentences)
        everywhere = self._rules_everywhere
        quiet = self.story_words.quiet(parsed.document.text)
        return tuple(
            self._code_sentence(sentence, triggers, year, quiet, sport=sport, everywhere=everywhere)
            for sentence, triggers in zip(parsed.sentences, found, strict=True)
        )

    def _is_sport(self, sentences: Sequence[Sentence]) -> bool:
        """True when the words of sport stand in many of the sentences: there, attacks and bombardments are play."""
        words = self.codebook.word_list("sport")
        found = sum(any(token.lemma.lower() in words for token in sentence.tokens) for sentence in sentences)
        return found >= max(_SPORT_SENTENCES, _SPORT_SHARE * len(sentences))

    def _code_sentence(
        self,
        sentence: Sentence,
        triggers: tuple[ModelTrigger, ...],
        year: int | None,
        quiet: float,
        *,
        sport: bool,
        everywhere: bool,
    ) -> SentenceCoding:
        tree = grow_tree(sentence, self.codebook.known)
        by_rules = self.engine == "rules"
        rules = self._find_by_rule(tree, triggers, everywhere=everywhere)
        candidates = rules.candidates if rules else ()
        at = {c.index: c for c in candidates}
        wanted = {c.index: c for c in candidates if c.user or by_rules}
        events: dict[int, ChosenEvent] = {}
        weak: list[ModelTrigger] = []
        for trigger in triggers:
            event = self.choose(Sighting(tree=tree, trigger=trigger, candidate=at.get(trigger.token), quiet=quiet))
            if event.confidence >= self._threshold_for(event.category, sport=sport):
                events[trigger.token] = self._settle_status(tree, event, trigger, at.get(trigger.token), year)
            else:
                weak.append(trigger)
        for index, candidate in wanted.items():
            by_rule = choose_by_rule(tree, candidate, self.codebook, year=year)
            if index in events:
                events[index] = prefer_rule(events[index], candidate, by_rule)
            elif by_rule is not None:
                events[index] = by_rule
        return SentenceCoding(
            tree=tree,
            events=tuple(events[index] for index in sorted(events)),
            weak=tuple(weak),
            candidates=candidates,
            refused=rules.refused if rules else (),
        )

    def find_sightings(self, parsed: ParsedDocument) -> Iterator[Sighting]:
        """Every word of the document that may tell an event, however unlikely the coder is to write it."""
        found = read_triggers(self.model, parsed.sentences, threshold=_LEAST_PROBABILITY)
        everywhere = self._rules_everywhere
        quiet = self.story_words.quiet(parsed.document.text)
        for sentence, triggers in zip(parsed.sentences, found, strict=True):
            tree = grow_tree(sentence, self.codebook.known)
            rules = self._find_by_rule(tree, triggers, everywhere=everywhere)
            at = {c.index: c for c in rules.candidates} if rules else {}
            for trigger in triggers:
                yield Sighting(tree=tree, trigger=trigger, candidate=at.get(trigger.token), quiet=quiet)

    def choose(self, sighting: Sighting) -> ChosenEvent:
        """The event that the heads make of a word, with its calibrated confidence."""
        tree, trigger, learned = sighting.tree, sighting.trigger, self.learned
        event = choose_event(
            tree,
            trigger,
            self.model.labels,
            self.table,
            self.codebook,
            sighting.candidate,
            quiet=sighting.quiet,
            learned=learned,
        )
        return self.rate(sighting, event)

    def rate(self, sighting: Sighting, event: ChosenEvent) -> ChosenEvent:
        """The event that was made of a word, with its calibrated confidence."""
        shift = 0.0
        if self.learned is not None:
            lemma = sighting.tree.lemmas[sighting.trigger.token]
            shift = self.learned.shift(confidence_cues(lemma, event.category, event.mode, event.status, event.by))
        return replace(event, confidence=self.calibration.of(event.signals or (), shift))

    def _settle_status(
        self,
        tree: Tree,
        event: ChosenEvent,
        trigger: ModelTrigger,
        candidate: TriggerCandidate | None,
        year: int | None,
    ) -> ChosenEvent:
        usual = candidate.rule.status if candidate else None
        reading = judge_status(tree, trigger.token, self.codebook, category=event.category, usual=usual, year=year)
        return vote_on_status(event, trigger, reading, self.model.labels, self.codebook)

    def _find_by_rule(self, tree: Tree, triggers: tuple[ModelTrigger, ...], *, everywhere: bool) -> Triggers | None:
        """What the codebook says: everywhere when it decides, else at the words that the network holds likely."""
        if everywhere:
            return find_triggers(tree, self.codebook)
        if not triggers:
            return None
        return find_triggers(tree, self.codebook, among=frozenset(trigger.token for trigger in triggers))

    def _threshold_for(self, category: str, *, sport: bool) -> float:
        playful = sport and (self.codebook.quad_of(category) or "").endswith("conflict")
        return max(self.calibration.threshold, _SPORT_THRESHOLD) if playful else self.calibration.threshold

    @property
    def _rules_everywhere(self) -> bool:
        """True when the codebook's rules look at every word; ask once a document, it goes through all rules."""
        return self.engine == "rules" or any(rule.user for rule in self.codebook.rules)

    def explain(self, document: Document, sentence_number: int) -> Explanation:
        """Why the sentence was coded as it was.

        Raises:
            InputError: the document has no sentence of that number.
        """
        parsed = self.parse(document)
        if not 0 <= sentence_number < len(parsed.sentences):
            raise InputError(
                f"{document.origin}: sentence {sentence_number} asked for, but the text has {len(parsed.sentences)} "
                f"sentences; expected a number from 0 to {len(parsed.sentences) - 1}"
            )
        all_coded = self.code_sentences(parsed, thorough=True)
        coded = all_coded[sentence_number]
        tree, book = coded.tree, self.codebook
        rules = find_triggers(tree, book)
        taken = frozenset(event.token for event in coded.events)
        links = self._link(parsed, [mention.span for mention in tree.sentence.mentions])
        lookups = self._lookups(parsed, coded.events, [sentence.tree for sentence in all_coded])
        triggers = (
            *explain_events(tree, coded.events, lambda event: assemble_event(parsed, event, book, lookups).id),
            *explain_weak(tree, coded.weak, self.model.labels, self.calibration.threshold),
            *explain_rules(tree, rules.candidates, rules.refused, taken),
        )
        return Explanation(
            document=document.id,
            number=sentence_number,
            span=tree.sentence.span,
            text=tree.sentence.span.of(document.text),
            tree=tree_lines(tree),
            mentions=explain_mentions(tree, document.text, lambda span: links[span][0] if links[span] else None),
            triggers=triggers,
            furniture=tree.sentence.furniture,
        )

    def predict_events(self, queries: Iterable[EventsQuery]) -> Iterator[EventsPrediction]:
        """The events of each text."""
        return answers.answer_events(self, queries)

    def predict_pairs(self, queries: Iterable[PairsQuery]) -> Iterator[PairsPrediction]:
        """What each source does to each target."""
        return answers.answer_pairs(self, queries)

    def predict_actors(self, queries: Iterable[ActorsQuery]) -> Iterator[ActorsPrediction]:
        """Who each mention is."""
        return answers.answer_actors(self, queries)

    def predict_attribution(self, queries: Iterable[AttributionQuery]) -> Iterator[AttributionPrediction]:
        """Who says each content."""
        return answers.answer_attribution(self, queries)

    def predict_factuality(self, queries: Iterable[FactualityQuery]) -> Iterator[FactualityPrediction]:
        """How the report holds each predicate."""
        return answers.answer_factuality(self, queries)

    def _lookups(
        self,
        parsed: ParsedDocument,
        chosen: Sequence[ChosenEvent],
        trees: Sequence[Tree],
        drafts: Drafts | None = None,
    ) -> Lookups:
        asked = {span for event in chosen for span in _actor_spans(event)}
        spans = sorted(asked | set(actor_spans(drafts) if drafts else ()))
        links = self._link(parsed, spans)
        document = parsed.document
        countries = [link.country for found in links.values() for link in found if link.country]
        context = gather_context(self.gazetteer, document.text, countries=countries)

        def place_of(span: Span | None) -> PlaceLink | None:
            return (
                resolve_place(self.gazetteer, span.of(document.text), span, context=context)
                if span is not None
                else None
            )

        return Lookups(
            actor=lambda span: links.get(span, ()),
            time=lambda event: choose_time(trees[event.sentence], event, document.text, document.published),
            place=lambda event: place_of(choose_event_place(trees[event.sentence], event.token) or event.place),
            place_of=place_of,
        )

    def _link(self, parsed: ParsedDocument, spans: Sequence[Span]) -> dict[Span, tuple[ActorLink, ...]]:
        found = Resolver(self.kb).resolve_spans(parsed, _widen(spans, parsed), parsed.document.published)
        return dict(zip(spans, found, strict=True))


def _actor_spans(event: ChosenEvent) -> tuple[Span, ...]:
    speaker = () if event.speaker is None else (event.speaker,)
    return (*event.sources, *event.targets, *speaker)


def _widen(spans: Sequence[Span], parsed: ParsedDocument) -> list[Span]:
    """For each span the longest that begins where it does, with the place that follows and belongs to it.

    "opposition voices" are "opposition voices in Kazakhstan", whether another span or only the tree says so.
    """
    longest = {span.start: span for span in sorted(spans, key=lambda span: span.end)}
    places = dict(_places_behind(parsed))
    widened = []
    for span in (longest[span.start] for span in spans):
        governor, end = places.get(span.end, (-1, span.end))
        widened.append(Span(span.start, end) if span.start <= governor < span.end else span)
    return widened


def _places_behind(parsed: ParsedDocument) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where the word before "in" and a place ends; where the governor of the place begins, and where the place ends."""
    for sentence in parsed.sentences:
        tokens = sentence.tokens
        for mention in sentence.mentions:
            governor = tokens[mention.head].head
            preposition = mention.start - 1
            if (
                mention.kind == "Location"
                and preposition > 0
                and governor >= 0
                and tokens[preposition].text.lower() == "in"
            ):
                yield tokens[preposition - 1].span.end, (tokens[governor].span.start, mention.span.end)


def _one_link(links: tuple[ActorLink, ...], span: Span, text: str) -> ActorLink:
    """The first actor of a span; a span that nobody is known for stays as it is written."""
    return links[0] if links else ActorLink(text=span.of(text), span=span, reason="unresolved")


def _as_tokens(sentence: Sentence) -> SentenceTokens:
    words = tuple(
        Word(start=t.span.start, end=t.span.end, form=t.text, space_after=t.space_after) for t in sentence.tokens
    )
    return SentenceTokens(span=sentence.span, words=words, multiwords=sentence.multiwords)


def _find_issues(parsed: ParsedDocument) -> Iterator[Issue]:
    document = parsed.document
    if document.published is None:
        yield Issue(
            code="no_date",
            message="no publication date in the text; relative dates stay open and years are not guessed: pass --date",
        )
    for mark in document.furniture:
        words = mark.span.of(document.text)
        yield Issue(
            code="furniture",
            message=f"looks like page furniture and was not coded: {words[:60]!r} ({mark.reason})",
            span=mark.span,
        )
    if not parsed.sentences:
        yield Issue(code="empty", message="the text has no sentence")
