"""Words that may express a category: candidates by the codebook's rules, with a reason for each and each refusal."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from dragoman.coding.carriers import content_of
from dragoman.coding.codebook import Codebook, Entry, Rule, Shift
from dragoman.coding.participants import find_actors
from dragoman.coding.phrases import Fit, fit_pattern, fits_head, match_words
from dragoman.coding.slots import Slots, read_slots
from dragoman.language.tree import Tree, ancestors, head_of, mention_at

_BASE_CONFIDENCE = 0.55
_STEP = 0.06
_NAMES = frozenset({"Person", "Organization", "Location", "Date", "NORP", "Money"})
_HIGHEST = 0.85
_USER_CONFIDENCE = 0.9
_NO_FIT = Fit(used=frozenset(), sources=(), targets=(), closed=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerCandidate:
    """A word that may tell an event.

    `rule` is the codebook's rule (a default one for triggers that a model found), `pattern` its text. `sources` and
    `targets` are tokens that the pattern itself gave a role; `closed` the slots that it used up. `content` is the token
    whose own candidate decided the code by a shift ("agreed to *meet*"), None without one. `user` is True when the
    pattern comes from a user's layer: it wins over any model.
    """

    index: int
    category: str
    mode: str | None
    cameo: str
    rule: Rule
    pattern: str
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    used: frozenset[int]
    closed: frozenset[str]
    weight: int
    content: int | None
    reason: str
    confidence: float

    @property
    def user(self) -> bool:
        """True when a user's own phrase found it."""
        return self.rule.user


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A word that looked like an event of `category` and was not taken, and why."""

    index: int
    category: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """Candidates of one sentence in text order, at most one for each token, and what was refused."""

    candidates: tuple[TriggerCandidate, ...]
    refused: tuple[Refusal, ...]


def find_triggers(tree: Tree, codebook: Codebook, *, among: Container[int] | None = None) -> Triggers:
    """Everything in the sentence that the codebook's rules take for an event; nothing in page furniture.

    With `among`, only these tokens are looked at.
    """
    refused: list[Refusal] = []
    if tree.sentence.furniture:
        return Triggers(candidates=(), refused=())
    actors: frozenset[int] | None = None
    best: dict[int, tuple[TriggerCandidate, ...]] = {}
    for token in tree.sentence.tokens:
        if among is not None and token.index not in among:
            continue
        entries = codebook.entries_for(tree.lemmas[token.index], token.upos)
        if not entries or _is_inside_name(tree, token.index):
            continue
        actors = find_actors(tree, codebook) if actors is None else actors
        found = _fit_entries(tree, token.index, entries, codebook, actors, refused)
        if found:
            best[token.index] = found
    for phrase in _find_phrases(tree, codebook):
        best[phrase.index] = _ranked([phrase, *best.get(phrase.index, ())])
    return _settle(tree, best, codebook, refused)


def _is_inside_name(tree: Tree, index: int) -> bool:
    """True for a noun that only belongs to a name or a date ("the Peace Accord Party", "in March")."""
    mention = mention_at(tree, index)
    return mention is not None and mention.kind in _NAMES and tree.token(index).upos in ("NOUN", "PROPN", "ADJ")


def default_rule(codebook: Codebook, category: str, mode: str | None, cameo: str) -> Rule:
    """The rule for a trigger that a model found: that of the codebook with this category and mode, or a plain one."""
    for rule in codebook.rules:
        if (rule.category, rule.mode, rule.cameo) == (category, mode, cameo):
            return rule
    known = [rule for rule in codebook.rules if rule.category == category and rule.mode == mode]
    known = known or [rule for rule in codebook.rules if rule.category == category]
    if known:
        return known[0]
    return Rule(
        id=f"default-{category}",
        category=category,
        mode=mode,
        cameo=cameo,
        joint=False,
        source=("subj", "poss", "by"),
        target=("obj", "iobj", "against", "on", "to", "with"),
        of="source",
        needs="none",
        shift=None,
        absorbs=False,
        status=None,
        order=-1,
        user=False,
    )


def propose_trigger(
    codebook: Codebook, index: int, category: str, mode: str | None, cameo: str, *, confidence: float, reason: str
) -> TriggerCandidate:
    """A candidate for a trigger that did not come from a rule, so that arguments and status can be read for it."""
    rule = default_rule(codebook, category, mode, cameo)
    return TriggerCandidate(
        index=index,
        category=category,
        mode=mode,
        cameo=cameo,
        rule=rule,
        pattern="",
        sources=(),
        targets=(),
        used=frozenset(),
        closed=frozenset(),
        weight=0,
        content=None,
        reason=reason,
        confidence=confidence,
    )


def _fit_entries(
    tree: Tree,
    index: int,
    entries: tuple[Entry, ...],
    codebook: Codebook,
    actors: frozenset[int],
    refused: list[Refusal],
) -> tuple[TriggerCandidate, ...]:
    """Candidates by all entries that fit the token, the best first; with none, the reasons go to `refused`."""
    slots: Slots | None = None
    containers = codebook.word_list("container")
    fitting: list[tuple[Entry, Fit]] = []
    failed: list[tuple[Entry, str]] = []
    for entry in entries:
        if not fits_head(tree, index, entry.pattern):
            continue
        if entry.pattern.needs and slots is None:
            slots = read_slots(tree, index)
        fit = (
            fit_pattern(tree, index, slots, entry.pattern, actors, containers)
            if slots and entry.pattern.needs
            else _NO_FIT
        )
        if isinstance(fit, str):
            failed.append((entry, fit))
        else:
            fitting.append((entry, fit))
    if not fitting:
        refused.extend(
            Refusal(
                index=index,
                category=entry.rule.category,
                rule=entry.rule.id,
                reason=f"'{entry.pattern.text}' does not fit: {why}",
            )
            for entry, why in failed
        )
    return _ranked([_candidate(index, entry, fit, tree.lemmas[index]) for entry, fit in fitting])


def _ranked(candidates: list[TriggerCandidate]) -> tuple[TriggerCandidate, ...]:
    """A user's phrases first, then the pattern that asks for most, then the later rule."""
    return tuple(sorted(candidates, key=lambda one: (one.user, one.weight, one.rule.order), reverse=True))


def _candidate(index: int, entry: Entry, fit: Fit, lemma: str) -> TriggerCandidate:
    rule = entry.rule
    # A head of several tokens ("call off") asks for as much as a head with a particle.
    weight = entry.pattern.weight + (lemma not in entry.pattern.heads)
    confidence = _USER_CONFIDENCE if rule.user else min(_BASE_CONFIDENCE + _STEP * weight, _HIGHEST)
    return TriggerCandidate(
        index=index,
        category=rule.category,
        mode=rule.mode,
        cameo=rule.cameo,
        rule=rule,
        pattern=entry.pattern.text,
        sources=fit.sources,
        targets=fit.targets,
        used=fit.used,
        closed=fit.closed,
        weight=weight,
        content=None,
        reason=f"rule {rule.id}: '{entry.pattern.text}'",
        confidence=confidence,
    )


def _find_phrases(tree: Tree, codebook: Codebook) -> Iterator[TriggerCandidate]:
    """Plain phrases: their topmost word is the trigger."""
    if not codebook.phrases:
        return
    for start, token in enumerate(tree.sentence.tokens):
        firsts = {tree.lemmas[start], token.text.lower()}
        for entry in (entry for first in sorted(firsts) for entry in codebook.phrases.get(first, ())):
            found = match_words(tree, start, tuple(entry.pattern.text.split()))
            if found is not None:
                head = head_of(tree, found[0], found[-1] + 1)
                head = head if head in found else found[-1]
                fit = Fit(used=frozenset(found) - {head}, sources=(), targets=(), closed=frozenset())
                yield _candidate(head, entry, fit, entry.pattern.heads[0])


def _settle(
    tree: Tree, best: dict[int, tuple[TriggerCandidate, ...]], codebook: Codebook, refused: list[Refusal]
) -> Triggers:
    """Drops candidates that are part of another's idiom or content, those nearer to the root deciding first."""
    kept: dict[int, TriggerCandidate] = {}
    taken: dict[int, str] = {}
    for index in sorted(best, key=lambda index: (sum(1 for _ in ancestors(tree, index)), index)):
        reason = taken.get(index) or _told_together(tree, index, best, kept, codebook)
        if reason and not best[index][0].user:
            refused.append(_refusal(best[index][0], reason))
            continue
        shifted = (_shift_by_content(tree, candidate, best, codebook) for candidate in best[index])
        settled = next((candidate for candidate in shifted if candidate is not None), None)
        if settled is None:
            refused.append(_refusal(best[index][0], "nothing that it could bring about or end is told"))
            continue
        carried = _carried_noun(tree, settled, best, codebook)
        if carried is not None and not settled.user:
            refused.append(_refusal(settled, f"it only carries '{tree.token(carried).text}'"))
            continue
        kept[index] = settled
        for member, reason in _taken_by(tree, settled, best, codebook):
            taken.setdefault(member, reason)
    return Triggers(candidates=tuple(kept[index] for index in sorted(kept)), refused=tuple(refused))


def _carried_noun(
    tree: Tree, candidate: TriggerCandidate, best: dict[int, tuple[TriggerCandidate, ...]], codebook: Codebook
) -> int | None:
    """The noun that tells the event itself when `candidate` is its light verb ("held *talks*"); None without one.

    Words that shift by content keep their verb: "reached an agreement" is told by "reached".
    """
    if tree.lemmas[candidate.index] not in codebook.word_list("light_verb"):
        return None
    for member in candidate.used:
        noun = best[member][0] if member in best else None
        if noun is not None and noun.category == candidate.category and noun.rule.shift is None:
            return member
    return None


def _told_together(
    tree: Tree,
    index: int,
    best: dict[int, tuple[TriggerCandidate, ...]],
    kept: dict[int, TriggerCandidate],
    codebook: Codebook,
) -> str | None:
    """Why a participle of result is no telling of its own: "attacked the post, *killing* two" is one attack."""
    token = tree.token(index)
    above = kept.get(token.head)
    if token.deprel != "advcl" or token.xpos != "VBG" or above is None or above.category != best[index][0].category:
        return None
    if tree.lemmas[index] not in codebook.word_list("result"):
        return None
    return f"it is the result of '{tree.token(token.head).text}'"


def _taken_by(
    tree: Tree, candidate: TriggerCandidate, best: dict[int, tuple[TriggerCandidate, ...]], codebook: Codebook
) -> Iterator[tuple[int, str]]:
    """Words that cannot be events of their own beside `candidate`, with the reason."""
    if tree.lemmas[candidate.index] not in codebook.word_list("role_lost"):
        for member in candidate.used:
            yield member, f"it is part of '{candidate.pattern}'"
    if candidate.rule.absorbs:
        word = tree.token(candidate.index).text
        for member in content_of(tree, candidate.index, frozenset(best)):
            yield member, f"it is the content of {candidate.category} '{word}'"


def _refusal(candidate: TriggerCandidate, reason: str) -> Refusal:
    return Refusal(index=candidate.index, category=candidate.category, rule=candidate.rule.id, reason=reason)


def _shift_by_content(
    tree: Tree, candidate: TriggerCandidate, best: dict[int, tuple[TriggerCandidate, ...]], codebook: Codebook
) -> TriggerCandidate | None:
    """The candidate with the code that its content gives it; None when it needs a content and has none."""
    if candidate.rule.shift is None:
        return candidate
    table = codebook.shifts.get(candidate.rule.shift, {})
    for member in content_of(tree, candidate.index, frozenset(best)):
        inner = best[member][0]
        shift = table.get(f"{inner.category}_{inner.mode}") or table.get(inner.category)
        if shift is not None:
            return _shifted(candidate, shift, member, tree.token(member).text)
    return None if candidate.rule.needs == "content" else candidate


def _shifted(candidate: TriggerCandidate, shift: Shift, member: int | None, word: str) -> TriggerCandidate:
    return replace(
        candidate,
        category=shift.category,
        mode=shift.mode,
        cameo=shift.cameo,
        content=member,
        reason=f"{candidate.reason}; content '{word}' makes it {shift.category}",
    )


def shift_by_status(candidate: TriggerCandidate, status: str, codebook: Codebook) -> TriggerCandidate:
    """A cooperative act that is only planned, pledged, proposed or signalled becomes AGREE or CONCEDE by the codebook.

    Any other candidate comes back as it is.
    """
    if status not in ("planned", "pledged", "proposed", "signalled") or candidate.user:
        return candidate
    table = codebook.shifts.get("future", {})
    shift = table.get(f"{candidate.category}_{candidate.mode}") or table.get(candidate.category)
    return candidate if shift is None else _shifted(candidate, shift, candidate.content, status)
