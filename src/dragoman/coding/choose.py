"""From the network's probabilities to one choice for every field of an event, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.codebook import Codebook
from dragoman.coding.confidence import logit
from dragoman.coding.heads import ModelTrigger
from dragoman.coding.learned import Learned, typing_cues
from dragoman.coding.spans import ArgumentSpan, find_arguments
from dragoman.coding.status import StatusReading
from dragoman.coding.triggers import TriggerCandidate
from dragoman.language.model import ModelLabels
from dragoman.language.tree import Tree, characters_of
from dragoman.types.record import AttributedTo, Decision, Status
from dragoman.types.text import Span

Floats = NDArray[np.float32]

# A CAMEO leaf is written only when it holds at least this share of its root's probability: else the root alone.
_LEAF_SHARE = 0.4
_ACTORS = ("source", "target")
# Probability from which a word belongs to a source or target (a missed target costs more than a doubtful one; chosen on
# development reports), and to another argument.
_ACTOR_SHARE, _OTHER_SHARE = 0.4, 0.5
# How many times likelier a category or a status becomes when a rule says it too. Chosen on development reports.
_RULE_ODDS = 2.7
# The same of a status that an adjective or adverb of the word itself tells ("perceived support").
_BESIDE_ODDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenEvent:
    """One event before its actors, time and place are looked up. Spans are characters of the document.

    `speaker` and `cue` are None when nobody is quoted or no words say so. `signals` are what calibration weighs
    (confidence.SIGNALS); None when a rule decided: then `confidence` is the rule's own, else the probability that
    trigger and category are right.
    """

    sentence: int
    token: int
    trigger: Span
    category: str
    mode: str | None
    cameo: str
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    reciprocal: bool
    status: Status
    by: AttributedTo
    speaker: Span | None
    cue: Span | None
    time: Span | None
    place: Span | None
    confidence: float
    decisions: tuple[Decision, ...]
    signals: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTable:
    """Which of the model's CAMEO classes belong to which of its categories, by the codebook's own edition.

    `members` is (categories, cameo): 1 where the code belongs to the category. `roots` is (cameo,): the number of each
    code's root.
    """

    members: Floats
    roots: NDArray[np.int64]


def tabulate_codes(labels: ModelLabels, codebook: Codebook) -> CodeTable:
    """The table of a model and a codebook; a root belongs to every category that one of its leaves has."""
    members = np.zeros((len(labels.categories), len(labels.cameo)), np.float32)
    place = {category: row for row, category in enumerate(labels.categories)}
    for column, code in enumerate(labels.cameo):
        leaves = [leaf for leaf in codebook.cameo if leaf.startswith(code)] if len(code) == 2 else [code]
        for leaf in leaves:
            found = codebook.category_of_cameo(leaf)
            if found and found[0] in place:
                members[place[found[0]], column] = 1.0
    numbers = {root: number for number, root in enumerate(dict.fromkeys(code[:2] for code in labels.cameo))}
    roots = np.array([numbers[code[:2]] for code in labels.cameo], np.int64)
    return CodeTable(members=members, roots=roots)


def choose_event(
    tree: Tree,
    trigger: ModelTrigger,
    labels: ModelLabels,
    table: CodeTable,
    codebook: Codebook,
    candidate: TriggerCandidate | None = None,
    *,
    quiet: float = 0.0,
    learned: Learned | None = None,
) -> ChosenEvent:
    """The most probable value of every field, fields that depend on each other chosen together.

    `candidate` is what the codebook's rules found at the same word: a vote on the category, and a sign that the word
    tells an event at all. `quiet` is the probability that the whole story tells none. `learned` is what reviewers
    taught of categories.
    """
    by_rule = None if candidate is None else candidate.category
    shares = weigh_categories(trigger, labels, table, by_rule)
    shipped = labels.categories[int(shares.argmax())]
    if learned is not None:
        shares = learned.retype(shares, labels.categories, typing_cues(tree.lemmas[trigger.token], shipped))
    best = int(shares.argmax())
    category, category_share = labels.categories[best], float(shares[best] / shares.sum())
    cameo, cameo_share = _choose_cameo(trigger, category, labels, table, codebook)
    mode, mode_share = _choose_mode(trigger, category, labels, codebook)
    status, status_share = _choose_status(trigger, category, labels, codebook)
    by = labels.attributions[int(trigger.attributions.argmax())]
    filled = _fill_roles(tree, trigger, labels)
    sources, targets = _apart(filled["source"], filled["target"])
    reciprocal = trigger.reciprocal >= 0.5 and not targets and bool(sources)
    speaker = _best(filled["speaker"]) if by != "report" else None
    if by == "named" and speaker is None:
        by = "unnamed"
    token = tree.token(trigger.token)
    decisions = (
        _decide("trigger", token.text, trigger.probability, "event head"),
        _decide("category", category, category_share, _say_category(category, shipped, candidate)),
        _decide("cameo", cameo, cameo_share, "code head"),
        _decide("mode", mode or "none", mode_share, "mode head"),
        _decide("status", status, status_share, "status head"),
        _decide("attribution", by, float(trigger.attributions.max()), "attribution head"),
        *(_decide("source", _words(tree, span), span.probability, "argument head and tree") for span in sources),
        *(_decide("target", _words(tree, span), span.probability, "argument head and tree") for span in targets),
    )
    return ChosenEvent(
        sentence=tree.sentence.number,
        token=trigger.token,
        trigger=token.span,
        category=category,
        mode=mode,
        cameo=cameo,
        sources=_characters(tree, sources),
        targets=_characters(tree, targets),
        reciprocal=reciprocal,
        status=Status(status),
        by=AttributedTo(by),
        speaker=_span(tree, speaker),
        cue=_span(tree, _best(filled["cue"])) if by != "report" else None,
        time=_span(tree, _best(filled["time"])),
        place=_span(tree, _best(filled["place"])),
        confidence=trigger.probability * category_share,
        decisions=decisions,
        signals=(
            logit(trigger.probability),
            logit(category_share),
            logit(cameo_share),
            logit(status_share),
            *_side_signals(sources),
            *_side_signals(targets),
            _doubt(trigger.roles[:, labels.roles.index("source")]),
            _doubt(trigger.roles[:, labels.roles.index("target")]),
            float(candidate is not None),
            float(category == by_rule),
            quiet,
        ),
    )


def _fill_roles(tree: Tree, trigger: ModelTrigger, labels: ModelLabels) -> dict[str, tuple[ArgumentSpan, ...]]:
    return {
        role: find_arguments(
            tree, trigger.roles[:, column], threshold=_ACTOR_SHARE if role in _ACTORS else _OTHER_SHARE
        )
        for column, role in enumerate(labels.roles)
    }


def _apart(
    sources: tuple[ArgumentSpan, ...], targets: tuple[ArgumentSpan, ...]
) -> tuple[tuple[ArgumentSpan, ...], tuple[ArgumentSpan, ...]]:
    """Sources and targets without a phrase on both sides: it stays where it is likelier."""
    return (
        tuple(s for s in sources if not any(_meet(s, t) and t.probability > s.probability for t in targets)),
        tuple(t for t in targets if not any(_meet(s, t) and s.probability >= t.probability for s in sources)),
    )


def _meet(one: ArgumentSpan, other: ArgumentSpan) -> bool:
    return one.start < other.end and other.start < one.end


def _side_signals(spans: Sequence[ArgumentSpan]) -> tuple[float, float]:
    """Whether the side is filled, and the log odds of its weakest span (0 when empty)."""
    return (1.0, logit(min(span.probability for span in spans))) if spans else (0.0, 0.0)


def _doubt(probabilities: Floats) -> float:
    """The nearness to one half of the word that comes nearest to it: 1 for a word at one half, 0 for clear ones."""
    return float(1.0 - 2.0 * np.abs(probabilities - 0.5).min()) if len(probabilities) else 0.0


def _say_category(category: str, shipped: str, candidate: TriggerCandidate | None) -> str:
    said = "code head with the CAMEO table"
    if category != shipped:
        return f"{said} said {shipped}; {category} by what was learned from verdicts"
    return said if candidate is None or candidate.category != category else f"{said}; {candidate.reason}"


def share_categories(trigger: ModelTrigger, table: CodeTable) -> NDArray[np.float64]:
    """(categories,): geometric mean of each category's own probability and of its CAMEO codes'; 0 for "none"."""
    own = trigger.categories.astype(np.float64)
    codes = table.members @ trigger.cameo.astype(np.float64)
    share: NDArray[np.float64] = np.sqrt(own * np.maximum(codes, 1e-3))
    share[0] = 0.0
    return share


def weigh_categories(
    trigger: ModelTrigger, labels: ModelLabels, table: CodeTable, by_rule: str | None
) -> NDArray[np.float64]:
    """(categories,): how likely each is by its own probability and that of its CAMEO codes, and by a rule's vote."""
    share = share_categories(trigger, table)
    if by_rule in labels.categories:
        share[labels.categories.index(by_rule)] *= _RULE_ODDS
    return share


def _choose_cameo(
    trigger: ModelTrigger, category: str, labels: ModelLabels, table: CodeTable, codebook: Codebook
) -> tuple[str, float]:
    fits = table.members[labels.categories.index(category)] * trigger.cameo
    if fits.sum() < 1e-3:
        found = codebook.categories.get(category)
        return (found.cameo if found and found.cameo else "00"), 0.0
    by_root = np.bincount(table.roots, weights=fits)
    root = int(by_root.argmax())
    leaf = int(np.where(table.roots == root, fits, -1.0).argmax())
    total = float(trigger.cameo.sum())
    if fits[leaf] >= _LEAF_SHARE * by_root[root]:
        return labels.cameo[leaf], float(fits[leaf]) / total
    return labels.cameo[leaf][:2], float(by_root[root]) / total


def _choose_mode(
    trigger: ModelTrigger, category: str, labels: ModelLabels, codebook: Codebook
) -> tuple[str | None, float]:
    allowed = set(codebook.modes_of(category))
    if not allowed:
        return None, 1.0
    shares = {mode: float(trigger.modes[i]) for i, mode in enumerate(labels.modes) if i == 0 or mode in allowed}
    best = max(shares, key=lambda mode: shares[mode])
    total = sum(shares.values()) or 1.0
    return (None if best == labels.modes[0] else best), shares[best] / total


def vote_on_status(
    event: ChosenEvent, trigger: ModelTrigger, reading: StatusReading, labels: ModelLabels, codebook: Codebook
) -> ChosenEvent:
    """The event with the status that head and status rules together hold likeliest."""
    odds = _BESIDE_ODDS if reading.beside else _RULE_ODDS
    status, share = _choose_status(trigger, event.category, labels, codebook, by_rule=reading.status, odds=odds)
    reason = "status head" if reading.status != status else f"status head; {reading.reason}"
    decisions = tuple(
        _decide("status", status, share, reason) if decision.field == "status" else decision
        for decision in event.decisions
    )
    return replace(event, status=Status(status), decisions=decisions)


def _choose_status(
    trigger: ModelTrigger,
    category: str,
    labels: ModelLabels,
    codebook: Codebook,
    by_rule: str | None = None,
    odds: float = _RULE_ODDS,
) -> tuple[str, float]:
    shares = trigger.statuses.astype(np.float64)
    if by_rule in labels.statuses:
        shares[labels.statuses.index(by_rule)] *= odds
    best = int(shares.argmax())
    status, share = labels.statuses[best], float(shares[best] / shares.sum())
    done = codebook.categories[category].status if category in codebook.categories else None
    if done and status == Status.ASSERTED:
        return done, share
    return status, share


def _best(spans: Sequence[ArgumentSpan]) -> ArgumentSpan | None:
    return max(spans, key=lambda span: span.probability, default=None)


def _span(tree: Tree, span: ArgumentSpan | None) -> Span | None:
    return None if span is None else characters_of(tree, span.start, span.end)


def _characters(tree: Tree, spans: Sequence[ArgumentSpan]) -> tuple[Span, ...]:
    return tuple(characters_of(tree, span.start, span.end) for span in spans)


def _words(tree: Tree, span: ArgumentSpan) -> str:
    return " ".join(token.text for token in tree.sentence.tokens[span.start : span.end])


def _decide(field: str, value: str, share: float, by: str) -> Decision:
    return Decision(field=field, value=value, by="model", confidence=round(share, 4), reason=by)
