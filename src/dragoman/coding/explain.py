"""Why a sentence was coded as it was, and why not otherwise."""

from collections.abc import Callable, Iterator

from dragoman.coding.choose import ChosenEvent
from dragoman.coding.heads import ModelTrigger
from dragoman.coding.triggers import Refusal, TriggerCandidate
from dragoman.language.model import ModelLabels
from dragoman.language.tree import Tree
from dragoman.types.actor import ActorLink
from dragoman.types.explain import ExplainedMention, ExplainedTrigger
from dragoman.types.record import Decision
from dragoman.types.text import Span


def tree_lines(tree: Tree) -> tuple[str, ...]:
    """One line a token: number, word, lemma, part of speech, relation and governing word."""
    tokens = tree.sentence.tokens
    return tuple(
        f"{t.index + 1:>3} {t.text:<18} {tree.lemmas[t.index]:<16} {t.upos:<6} {t.deprel:<12} "
        f"{'-' if t.head < 0 else f'{tokens[t.head].text} ({t.head + 1})'}"
        for t in tokens
    )


def explain_mentions(tree: Tree, text: str, link: Callable[[Span], ActorLink | None]) -> tuple[ExplainedMention, ...]:
    """The entity mentions of the sentence with the actor each is taken for."""
    return tuple(
        ExplainedMention(
            text=mention.span.of(text),
            span=mention.span,
            kind=mention.kind,
            confidence=mention.confidence,
            link=link(mention.span) if mention.kind in ("Person", "Organization", "Location", "NORP") else None,
        )
        for mention in tree.sentence.mentions
    )


def explain_events(
    tree: Tree, events: tuple[ChosenEvent, ...], record_of: Callable[[ChosenEvent], str]
) -> Iterator[ExplainedTrigger]:
    """The events that were written, with every decision."""
    for event in events:
        token = tree.token(event.token)
        yield ExplainedTrigger(
            text=token.text,
            span=token.span,
            lemma=tree.lemmas[event.token],
            record=record_of(event),
            decisions=event.decisions,
        )


def explain_weak(
    tree: Tree, weak: tuple[ModelTrigger, ...], labels: ModelLabels, threshold: float
) -> Iterator[ExplainedTrigger]:
    """The words that the network half took for a trigger, and how far they fell short."""
    for trigger in weak:
        token = tree.token(trigger.token)
        best = int(trigger.categories[1:].argmax()) + 1
        share = trigger.probability * float(trigger.categories[best])
        refusal = Decision(
            field="category",
            value=labels.categories[best],
            by="model",
            confidence=round(share, 4),
            reason=f"confidence {share:.2f} is under the threshold {threshold:.2f}",
        )
        yield ExplainedTrigger(
            text=token.text, span=token.span, lemma=tree.lemmas[trigger.token], record=None, refusals=(refusal,)
        )


def explain_rules(
    tree: Tree, candidates: tuple[TriggerCandidate, ...], refused: tuple[Refusal, ...], taken: frozenset[int]
) -> Iterator[ExplainedTrigger]:
    """What the codebook's phrases proposed where nothing was written, and what they refused."""
    for candidate in candidates:
        if candidate.index not in taken:
            reason = f"pattern {candidate.pattern!r} fits, but the model sees no event here"
            yield _turned_down(
                tree, candidate.index, candidate.category, candidate.rule.id, candidate.confidence, reason
            )
    for refusal in refused:
        yield _turned_down(tree, refusal.index, refusal.category, refusal.rule, 0.0, refusal.reason)


def _turned_down(tree: Tree, index: int, category: str, rule: str, confidence: float, reason: str) -> ExplainedTrigger:
    token = tree.token(index)
    decision = Decision(
        field="category", value=category, by=f"rule {rule}", confidence=round(confidence, 4), reason=reason
    )
    return ExplainedTrigger(
        text=token.text, span=token.span, lemma=tree.lemmas[index], record=None, refusals=(decision,)
    )
