"""A coder without a model, for tests of what stands around it: it codes the word "visited" and nothing else."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.errors import InputError
from dragoman.types.actor import ActorLink
from dragoman.types.explain import ExplainedMention, ExplainedTrigger, Explanation
from dragoman.types.parse import EntityMention, ParsedDocument, Sentence, Token
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
    PredictedEvent,
)
from dragoman.types.record import (
    Agreement,
    AttributedTo,
    Attribution,
    Claim,
    Coding,
    Decision,
    Event,
    Issue,
    Membership,
    Position,
    Project,
    Provenance,
    Record,
    Status,
)
from dragoman.types.text import Document, Span
from dragoman.types.when import EventTime, Granularity, TimeBasis
from dragoman.types.where import PlaceLink, PlacePrecision

PROVENANCE = Provenance(codebook="plover 2.0", model="made 1", kb="none")
REPORT = Attribution(by=AttributedTo.REPORT)
_VISIT = re.compile(r"([A-Z]\w+) (visited) ([A-Z]\w+)")


def link(text: str, *, start: int = 0, country: str | None = None, sector: str | None = None) -> ActorLink:
    return ActorLink(text=text, span=Span(start, start + len(text)), country=country, sector=sector, confidence=0.9)


def visit(document: Document, match: re.Match[str], *, status: Status = Status.ASSERTED) -> Event:
    return Event(
        id=f"ev_{match.start()}",
        document=document.id,
        sentence=document.text.count(".", 0, match.start()),
        evidence=(Span(*match.span()),),
        trigger=Span(*match.span(2)),
        trigger_text=match.group(2),
        category="CONSULT",
        mode="visit",
        contexts=("diplomatic",),
        cameo="042",
        quad="verbal_cooperation",
        goldstein=1.9,
        plover_score=4.0,
        sources=(link(match.group(1), start=match.start(1), country="KAZ", sector="GOV"),),
        targets=(link(match.group(3), start=match.start(3), country="ARM"),),
        reciprocal=False,
        status=status,
        attribution=REPORT,
        time=EventTime(
            edtf="XXXX-04-15", precision=Granularity.DAY, basis=TimeBasis.STATED, span=None, text=None, reason="made"
        ),
        place=PlaceLink(
            text="Armenia", span=Span(*match.span(3)), name="Armenia", country="ARM", precision=PlacePrecision.COUNTRY
        ),
        confidence=0.9 if match.group(1) != "Doubtful" else 0.3,
        reason="verb visit",
        cluster="cl_1",
        counted=status is Status.ASSERTED,
    )


def others(document: Document) -> tuple[Record, ...]:
    """One record of each other kind, all resting on the first word of the document."""
    span = Span(0, len(document.text.split()[0]))
    words = span.of(document.text)
    shared = {
        "document": document.id,
        "sentence": 0,
        "evidence": (span,),
        "status": Status.ASSERTED,
        "attribution": REPORT,
        "confidence": 0.8,
        "reason": "made",
    }
    who = link("Armenia", country="ARM")
    return (
        Agreement(
            id="ag_1",
            title=None,
            description="agreements on trade",
            instrument="agreement",
            parties=(who,),
            signatories=(),
            subjects=("trade",),
            agreement_status="signed",
            time=None,
            number_stated=None,
            may_overlap=("ag_2",),
            **shared,  # type: ignore[arg-type]
        ),
        Position(id="po_1", holder=who, topic=span, topic_text=words, stance="against", strength=None, **shared),  # type: ignore[arg-type]
        Claim(
            id="cl_1",
            speaker=None,
            speaker_kind="unnamed",
            cue=span,
            cue_text=words,
            content=span,
            content_text=words,
            about=(),
            **shared,  # type: ignore[arg-type]
        ),
        Project(
            id="pr_1",
            name="the long road",
            canonical_name=None,
            sort="transport",
            proponents=(who,),
            places=(),
            project_status="proposed",
            **shared,  # type: ignore[arg-type]
        ),
        Membership(
            id="me_1",
            member=who,
            organization=link("Union", country="IGO"),
            level="implied",
            membership_status="member",
            **shared,  # type: ignore[arg-type]
        ),
    )


class MadeCoder:
    """Codes "A visited B"; a text with "Everything" also has one record of each other kind.

    "Breaks" raises, "Sleeps" takes two seconds.
    """

    provenance = PROVENANCE

    def code_many(self, documents: Iterable[Document]) -> Iterator[Coding]:
        for document in documents:
            if "Breaks" in document.text:
                raise KeyError("made to break")
            if "Sleeps" in document.text:
                time.sleep(2)
            yield self._code(document)

    def _code(self, document: Document) -> Coding:
        records: list[Record] = [visit(document, match) for match in _VISIT.finditer(document.text)]
        if "Everything" in document.text:
            records.extend(others(document))
        missing = Issue(code="no_date", message="no publication date: pass --date", span=None)
        issues = (missing,) if document.published is None else ()
        return Coding(document=document.id, records=tuple(records), issues=issues, provenance=PROVENANCE)

    def parse(self, document: Document) -> ParsedDocument:
        tokens = tuple(_tokens(document.text))
        mention = EntityMention(kind="Person", span=tokens[0].span, start=0, end=1, head=0, confidence=0.9)
        sentence = Sentence(number=0, span=Span(0, len(document.text)), tokens=tokens, mentions=(mention,))
        return ParsedDocument(document=document, sentences=(sentence,), model="made 1")

    def parse_tokens(self, parsed: ParsedDocument) -> ParsedDocument:
        sentences = tuple(
            replace(sentence, tokens=tuple(replace(token, upos="X") for token in sentence.tokens))
            for sentence in parsed.sentences
        )
        return replace(parsed, sentences=sentences)

    def explain(self, document: Document, sentence_number: int) -> Explanation:
        if sentence_number > 0:
            raise InputError(f"{document.origin}: no sentence {sentence_number}; the report has sentences 0 to 0")
        kept = Decision(field="category", value="CONSULT", by="rule visit", confidence=0.9, reason="verb visit")
        refused = Decision(field="category", value="ASSAULT", by="rule hit", confidence=0.1, reason="no victim")
        trigger = ExplainedTrigger(
            text="visited", span=Span(6, 13), lemma="visit", record="ev_0", decisions=(kept,), refusals=(refused,)
        )
        mention = ExplainedMention(
            text="Arman", span=Span(0, 5), kind="Person", confidence=0.9, link=link("Arman", country="KAZ")
        )
        return Explanation(
            document=document.id,
            number=sentence_number,
            span=Span(0, len(document.text)),
            text=document.text,
            tree=("visited", "  Arman"),
            mentions=(mention,),
            triggers=(trigger,),
        )

    def predict_events(self, queries: Iterable[EventsQuery]) -> Iterator[EventsPrediction]:
        for query in queries:
            if "Breaks" in query.text:
                raise KeyError("made to break")
            found = [_predicted(match) for match in _VISIT.finditer(query.text)]
            yield EventsPrediction(id=query.id, events=tuple(found))

    def predict_pairs(self, queries: Iterable[PairsQuery]) -> Iterator[PairsPrediction]:
        for query in queries:
            yield PairsPrediction(id=query.id, label="CONSULT", cameo="042", confidence=0.9)

    def predict_actors(self, queries: Iterable[ActorsQuery]) -> Iterator[ActorsPrediction]:
        for query in queries:
            yield ActorsPrediction(
                id=query.id, country="KAZ", sector="GOV", name=query.text, kind="person", confidence=0.9
            )

    def predict_attribution(self, queries: Iterable[AttributionQuery]) -> Iterator[AttributionPrediction]:
        for query in queries:
            yield AttributionPrediction(id=query.id, speaker=None, span=None)

    def predict_factuality(self, queries: Iterable[FactualityQuery]) -> Iterator[FactualityPrediction]:
        for query in queries:
            yield FactualityPrediction(id=query.id, status=Status.NEGATED, happened=False)


def _tokens(text: str) -> Iterator[Token]:
    for index, match in enumerate(re.finditer(r"\w+|[^\w\s]", text)):
        yield Token(
            index=index,
            span=Span(*match.span()),
            text=match.group(),
            lemma=match.group().lower(),
            upos="X",
            xpos="X",
            head=index - 1,
            deprel="root" if index == 0 else "dep",
            space_after=text[match.end() : match.end() + 1] == " ",
        )


def _predicted(match: re.Match[str]) -> PredictedEvent:
    return PredictedEvent(
        category="CONSULT",
        mode="visit",
        cameo="042",
        root=4,
        source=match.group(1),
        target=match.group(3),
        source_country="KAZ",
        source_sector=None,
        target_country="ARM",
        target_sector=None,
        status=Status.ASSERTED,
        confidence=0.9,
    )
