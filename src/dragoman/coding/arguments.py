"""Who acts and who is acted upon: the participants of a trigger, read off the tree.

A place in the sentence gives a participant only if somebody stands there: a time, a number or an abstract thing is
skipped, and the reason says so. Joint acts ("X and Y met", "talks between X and Y") make everybody a source.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.carriers import Carrier, carrier_of
from dragoman.coding.codebook import Codebook
from dragoman.coding.participants import can_act, can_suffer, is_concrete, is_demonym
from dragoman.coding.slots import Slots, read_slots, resolve_relative, spread
from dragoman.coding.triggers import TriggerCandidate
from dragoman.language.tree import (
    Tree,
    cases_of,
    characters_of,
    children_by,
    mention_at,
    phrase_range,
    text_of,
)
from dragoman.types.text import Span

_TOGETHER = ("between", "among", "with", "alongside", "together_with", "along_with")
_BESIDE = ("along_with", "together_with", "joined_by")
_MATERIAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "RETREAT", "SANCTION", "AID"})
_MEETING_SLOTS = ("with", "from")
_INNER_CASES = frozenset({"of", "with", "to", "for", "from", "in", "on", "by", "against"})
_INSIDE = "inside the object"
_BODILY = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
_DEEPEST = 2
_CONTENT_SLOTS = ("iobj", "obj", "with", "against", "on", "from", "to", "of", "for")
_LONGEST_TITLE = 6
_SURE = 0.8
_SHARED = 0.65
_GUESSED = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One actor of an event: head token, half-open token range and characters of its mention, and where it stood."""

    head: int
    start: int
    end: int
    span: Span
    text: str
    slot: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Sources and targets of a trigger, in text order. `reason` tells which slots were read and what was refused."""

    sources: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    reciprocal: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Tokens found in one slot, with the confidence that the way there deserves."""

    slot: str
    heads: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """All that one reading of arguments looks at."""

    tree: Tree
    codebook: Codebook
    trigger: TriggerCandidate
    slots: Slots
    carrier: Carrier | None
    carried: Slots | None


def find_arguments(tree: Tree, trigger: TriggerCandidate, codebook: Codebook) -> Arguments:
    """The participants of `trigger` by its rule's slots; empty sides carry the reason in `reason`."""
    scene = _set_scene(tree, trigger, codebook)
    notes: list[str] = []
    sources = _read_side(scene, _source_places(scene), notes, suffer=False, taken=frozenset())
    taken = frozenset(participant.head for participant in sources)
    suffer = trigger.category in _MATERIAL
    targets = _read_side(scene, _target_places(scene), notes, suffer=suffer, taken=taken)
    alone = len(sources) == 1 and not targets and not _is_plural(tree, sources[0].head)
    if _looks_into_content(trigger) and not targets and (alone or not trigger.rule.joint):
        targets = _read_side(scene, _content_places(scene), notes, suffer=False, taken=taken)
        if alone and trigger.rule.joint and targets:
            reason = _explain(sources, targets, notes)
            return Arguments(sources=sources, targets=targets, reciprocal=False, reason=reason)
    if trigger.rule.joint:
        return _join(scene, sources, targets, notes)
    return Arguments(sources=sources, targets=targets, reciprocal=False, reason=_explain(sources, targets, notes))


def _looks_into_content(trigger: TriggerCandidate) -> bool:
    """True where the one whom the content concerns is the target: promises, refusals, threats, requested meetings."""
    if trigger.category == "REQUEST":
        return trigger.content is not None
    return trigger.rule.shift is not None and trigger.category in ("AGREE", "REJECT", "THREATEN", "CONCEDE")


def _set_scene(tree: Tree, trigger: TriggerCandidate, codebook: Codebook) -> _Scene:
    index = trigger.index
    verbal = tree.token(index).upos in ("VERB", "AUX")
    carrier = None if verbal else carrier_of(tree, index, codebook)
    return _Scene(
        tree=tree,
        codebook=codebook,
        trigger=trigger,
        slots=read_slots(tree, index),
        carrier=carrier,
        carried=read_slots(tree, carrier.verb) if carrier else None,
    )


def _source_places(scene: _Scene) -> Iterator[_Place]:
    """Where sources may stand, the surest first; the first place with an actor is taken."""
    trigger, slots = scene.trigger, scene.slots
    if trigger.sources:
        yield _Place(slot="pattern", heads=trigger.sources, confidence=_SURE)
    if trigger.rule.joint:
        yield _Place(slot="between", heads=slots.of("between") or slots.of("among"), confidence=_SURE)
    for name in trigger.rule.source:
        if name == "of" and trigger.rule.of != "source":
            continue
        if name not in trigger.closed:
            heads = slots.of(name) if name != "mod" else ()
            yield _Place(slot=name, heads=heads, confidence=_SHARED if slots.inherited else _SURE)
    if scene.tree.token(trigger.index).upos in ("VERB", "AUX"):
        return
    yield _Place(slot="mod", heads=_naming_modifiers(scene), confidence=_SHARED)
    if trigger.rule.of == "source" and "of" not in trigger.closed:
        yield _Place(slot="of", heads=slots.of("of"), confidence=_SHARED)
    yield from _carried_sources(scene)


def _naming_modifiers(scene: _Scene) -> tuple[int, ...]:
    """Modifiers of a noun that name somebody: "Russian attack", "police raid"."""
    tree, codebook = scene.tree, scene.codebook
    return tuple(
        index
        for index in scene.slots.of("mod")
        if index not in scene.trigger.used and (is_demonym(tree, index) or can_act(tree, index, codebook))
    )


def _carried_sources(scene: _Scene) -> Iterator[_Place]:
    """The subject of the verb that carries a noun: "Kenya launched an attack", "arrived on a visit"."""
    carrier, carried = scene.carrier, scene.carried
    if carrier is None or carried is None or carrier.slot == "subj":
        if carried is not None and scene.trigger.rule.joint:
            yield _Place(slot="between", heads=carried.of("between") or carried.of("with"), confidence=_GUESSED)
        return
    lemma = scene.tree.lemmas[carrier.verb]
    if lemma in scene.codebook.word_list("role_lost"):
        return
    if scene.trigger.rule.joint:
        yield _Place(slot="between", heads=carried.of("between"), confidence=_SHARED)
    joint_beside = scene.trigger.rule.joint and bool(scene.slots.of("with"))
    if carrier.light or joint_beside or scene.trigger.rule.category == "CONSULT":
        yield _Place(
            slot=f"subject of {lemma}", heads=carried.of("subj"), confidence=_SHARED if carrier.light else _GUESSED
        )


def _target_places(scene: _Scene) -> Iterator[_Place]:
    trigger, slots = scene.trigger, scene.slots
    if "none" in trigger.rule.target and not trigger.targets:
        return
    if trigger.targets:
        yield _Place(slot="pattern", heads=trigger.targets, confidence=_SURE)
    noun = scene.tree.token(trigger.index).upos not in ("VERB", "AUX")
    if noun and trigger.rule.of == "target" and "of" not in trigger.closed:
        yield _Place(slot="of", heads=slots.of("of"), confidence=_SURE)
    for name in trigger.rule.target:
        if name not in trigger.closed and not (noun and name in ("obj", "of")):
            heads = slots.of(name) or (slots.of("iobj") if name == "obj" else ())
            yield _Place(slot=name, heads=heads, confidence=_SURE if name in slots.filled else _SHARED)
    if noun and scene.carried is not None and scene.carrier is not None and scene.carrier.light:
        for name in (*trigger.rule.target, "against", "on", "with"):
            if name != "obj":
                yield _Place(slot=f"{name} of the verb", heads=scene.carried.of(name), confidence=_SHARED)
    if not trigger.rule.joint:
        yield from _nested_places(scene)


def _content_places(scene: _Scene) -> Iterator[_Place]:
    """Whom the content concerns: "refused to meet *the envoy*", "agreed to lend *Greenland* a ship"."""
    content = scene.trigger.content
    for token in (content,) if content is not None else scene.slots.of("comp"):
        slots = read_slots(scene.tree, token)
        for name in _MEETING_SLOTS if scene.trigger.category == "REQUEST" else _CONTENT_SLOTS:
            yield _Place(slot=f"{name} of the content", heads=slots.of(name), confidence=_GUESSED)


def _nested_places(scene: _Scene) -> Iterator[_Place]:
    """Whose the thing is that fills a target slot: "criticised Ankara's plan", "backing for the entry of Serbia"."""
    if scene.trigger.category in _BODILY:
        return
    for name in ("obj", *scene.trigger.rule.target):
        for head in scene.slots.of(name):
            yield _Place(slot=_INSIDE, heads=_inside(scene, head, 0), confidence=_GUESSED)


def _inside(scene: _Scene, head: int, depth: int) -> tuple[int, ...]:
    """Actors inside the phrase of a thing: by whom, whose, of whom, or a nation before it; three levels at most."""
    tree, codebook = scene.tree, scene.codebook
    if can_act(tree, head, codebook) or depth > _DEEPEST:
        return ()
    owners = [child for child in children_by(tree, head, "nmod:poss") if tree.token(child).upos != "PRON"]
    phrases = [child for child in children_by(tree, head, "nmod") if child not in owners]
    by = [child for child in phrases if "by" in cases_of(tree, child)]
    of = [child for child in phrases if child not in by and _INNER_CASES & set(cases_of(tree, child))]
    naming = [child for child in children_by(tree, head, "amod", "compound") if is_demonym(tree, child)]
    for found in (by, owners, of, naming):
        named = tuple(child for child in found if can_act(tree, child, codebook) or child in naming)
        if named:
            return named
    return next((inner for child in of if (inner := _inside(scene, child, depth + 1))), ())


def _read_side(
    scene: _Scene, places: Iterator[_Place], notes: list[str], *, suffer: bool, taken: frozenset[int]
) -> tuple[Participant, ...]:
    """The participants of the first place where somebody stands; words that cannot act are noted and skipped."""
    tree, codebook = scene.tree, scene.codebook
    joint = scene.trigger.rule.joint
    found: dict[int, Participant] = {}
    for place in places:
        if found and not (joint and place.slot in _TOGETHER):
            continue
        for head in spread(tree, tuple(resolve_relative(tree, index) for index in place.heads)):
            if head in taken or head in found or head == scene.trigger.index:
                continue
            fits = can_suffer(tree, head, codebook) if suffer else can_act(tree, head, codebook)
            fits = fits or (suffer and place.slot in ("obj", "of") and is_concrete(tree, head, codebook))
            fits = fits and tree.lemmas[head] not in codebook.word_list("instrument")
            # "opposed it", "hailed it": the pronoun of a thing, unless the act is done to a body.
            fits = fits and not (tree.lemmas[head] == "it" and place.slot == "obj" and not suffer)
            if fits or place.slot in ("mod", _INSIDE):
                found[head] = _participant(tree, head, place, codebook)
            else:
                notes.append(f"'{tree.token(head).text}' ({place.slot}) is nobody who can act")
    for participant in list(found.values()):
        for beside in _companions(scene, participant):
            found.setdefault(beside.head, beside)
    return tuple(sorted(found.values(), key=lambda participant: participant.start))


def _companions(scene: _Scene, participant: Participant) -> Iterator[Participant]:
    """Who comes "along with" a subject or is "joined by" it."""
    if participant.slot != "subj":
        return
    for name in _BESIDE:
        for head in spread(scene.tree, scene.slots.of(name)):
            if can_act(scene.tree, head, scene.codebook):
                yield _participant(
                    scene.tree, head, _Place(slot=name, heads=(head,), confidence=_SHARED), scene.codebook
                )


def _participant(tree: Tree, head: int, place: _Place, codebook: Codebook) -> Participant:
    start, end = mention_range(tree, head, codebook)
    return Participant(
        head=head,
        start=start,
        end=end,
        span=characters_of(tree, start, end),
        text=text_of(tree, start, end),
        slot=place.slot,
        reason=f"stands as {place.slot}",
        confidence=place.confidence,
    )


def mention_range(tree: Tree, head: int, codebook: Codebook) -> tuple[int, int]:
    """Half-open token range of an actor's mention: its phrase, a short title or name in apposition included.

    "Kenya's foreign minister, Amina Wekesa" is one mention; "Wekesa, who has led the ministry since May" ends at the
    name. A long apposition is left out.
    """
    start, end = phrase_range(tree, head)
    for child in children_by(tree, head, "appos"):
        inner_start, inner_end = phrase_range(tree, child)
        named = mention_at(tree, child) is not None or tree.token(child).upos == "PROPN"
        gap = inner_start - end
        short = inner_start >= end and gap <= 1 and inner_end - inner_start <= _LONGEST_TITLE
        if short and named and tree.lemmas[head] in codebook.word_list("actor"):
            end = inner_end
    return start, end


def _join(
    scene: _Scene, sources: tuple[Participant, ...], targets: tuple[Participant, ...], notes: list[str]
) -> Arguments:
    """Everybody as a source. Reciprocal when at least two take part or one plural name stands for both sides."""
    together = {participant.head: participant for participant in (*sources, *targets)}
    joined = tuple(sorted(together.values(), key=lambda participant: participant.start))
    plural = len(joined) == 1 and _is_plural(scene.tree, joined[0].head)
    reason = _explain(joined, (), notes) + ("; a joint act: all are sources" if joined else "")
    return Arguments(sources=joined, targets=(), reciprocal=len(joined) > 1 or plural, reason=reason)


def _is_plural(tree: Tree, head: int) -> bool:
    token = tree.token(head)
    return token.xpos in ("NNS", "NNPS") or token.text.lower() in ("they", "we", "both", "them")


def _explain(sources: tuple[Participant, ...], targets: tuple[Participant, ...], notes: list[str]) -> str:
    told = []
    for side, participants in (("source", sources), ("target", targets)):
        for participant in participants:
            told.append(f"{side} '{participant.text}' {participant.reason}")
        if not participants:
            told.append(f"{side} not_stated")
    return "; ".join([*told, *dict.fromkeys(notes)])


def fills_needs(arguments: Arguments, trigger: TriggerCandidate) -> bool:
    """True when the sides that the trigger's rule asks for are filled.

    "actor" is only asked of bare words: a pattern that fits with its surroundings stands without one.
    """
    needs = trigger.rule.needs
    if needs == "actor" and trigger.weight > 0:
        return True
    if needs == "source":
        return bool(arguments.sources)
    if needs == "target":
        return bool(arguments.targets)
    return needs in ("none", "content") or bool(arguments.sources or arguments.targets)
