"""What was or may be signed: named and described instruments, and joint undertakings ("agreed to open a hotline")."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.agreement_parties import parties_of_events, party_heads, signer_heads, twinned_places
from dragoman.coding.agreement_status import NO_CUE, Standing, read_standing
from dragoman.coding.agreement_time import time_span
from dragoman.coding.agreement_words import instrument_of, is_title, name_span, number_of, subjects_of
from dragoman.coding.arguments import mention_range
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import (
    Ground,
    Link,
    RecordOrigin,
    attribute,
    grow_trees,
    is_kind,
    is_negated,
    is_plural,
    lay_ground,
    span_of_tokens,
)
from dragoman.coding.participants import can_act
from dragoman.coding.record_words import RecordWords, record_words
from dragoman.coding.slots import read_slots, spread
from dragoman.language.tree import Tree, ancestors, cases_of, children_by, first_conjunct, subtree
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Agreement, Status
from dragoman.types.text import Span
from dragoman.types.when import EventTime

_EXISTING = frozenset({"announced", "agreed", "initialled", "signed", "approved", "ratified", "in_force"})
_GENERIC = frozenset({"agreement", "other"})
_SURELY = frozenset({"memorandum", "mou"})
_VAGUE = frozenset({"understanding", "settlement", "arrangement", "contract", "deal"})
_BEING = frozenset({"exist", "be", "materialise", "materialize", "happen", "emerge"})
# Words of sport that also stand beside instruments ("a final communiqué").
_NOT_SPORT = frozenset({"final"})
_FINAL = frozenset({"signed", "initialled", "approved", "ratified"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDraft:
    """An agreement before its parties are looked up. `name` covers its words, a title when `titled`.

    `overlaps` holds the keys of other drafts of the document that may be the same agreement. `time` covers the time
    expression of the deciding word, None without one. `bare` is True when no word says how far it is.
    """

    ground: Ground
    name: Span
    titled: bool
    instrument: str
    parties: tuple[Span, ...]
    signatories: tuple[Span, ...]
    subjects: tuple[Span, ...]
    agreement_status: str
    number_stated: int | None
    plural: bool
    overlaps: tuple[Span, ...] = ()
    time: Span | None = None
    bare: bool = False
    pointing: bool = False


def find_agreements(
    parsed: ParsedDocument,
    events: Sequence[ChosenEvent],
    codebook: Codebook,
    trees: Sequence[Tree] | None = None,
) -> tuple[AgreementDraft, ...]:
    """The agreements told of, in text order, one draft for each telling.

    `events` fill parties that the words around the instrument do not give. `trees` are those of the sentences.
    """
    words, text = record_words(), parsed.document.text
    drafts: list[AgreementDraft] = []
    for tree in trees if trees is not None else grow_trees(parsed, codebook):
        if not tree.sentence.furniture and not _is_sport(tree, codebook):
            mine = [event for event in events if event.sentence == tree.sentence.number]
            drafts.extend(_read_sentence(_Place(tree=tree, text=text, events=tuple(mine)), codebook, words))
    return _mark_overlaps(_point_back(sorted(drafts, key=lambda draft: draft.ground.key), text))


def _is_sport(tree: Tree, codebook: Codebook) -> bool:
    return not (codebook.word_list("sport") - _NOT_SPORT).isdisjoint(tree.lemmas)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A sentence with the events chosen in it and the text of its document."""

    tree: Tree
    text: str
    events: tuple[ChosenEvent, ...]


def _read_sentence(place: _Place, codebook: Codebook, words: RecordWords) -> Iterator[AgreementDraft]:
    tree, taken = place.tree, set[int]()
    for index, lemma in enumerate(tree.lemmas):
        if lemma.lower() in words.senses["instrument"] and tree.token(index).upos in ("NOUN", "PROPN"):
            draft = _read_noun(place, index, codebook, words)
            if draft is not None:
                taken.update(subtree(tree, index))
                yield draft
    for index, lemma in enumerate(tree.lemmas):
        if lemma == "agree" and tree.token(index).upos == "VERB":
            draft = _read_joint(place, index, taken, codebook, words)
            if draft is not None:
                yield draft


def _read_noun(place: _Place, noun: int, codebook: Codebook, words: RecordWords) -> AgreementDraft | None:
    tree = place.tree
    instrument = instrument_of(tree, noun, words)
    if instrument is None:
        return None
    titled = is_title(tree, noun)
    standing = read_standing(tree, noun, codebook, words)
    if standing is None:
        strong = tree.lemmas[noun].lower() in words.lists["strong_instrument"]
        if not strong or not (titled or _is_told(tree, noun)) or _is_doubted(tree, noun, words):
            return None
        standing = Standing(value="announced", word=noun, status=Status.ASSERTED, reason=NO_CUE)
    if not _fits(tree, noun, standing, words):
        return None
    return _draft(place, noun, instrument, titled, standing, codebook, words)


def _fits(tree: Tree, noun: int, standing: Standing, words: RecordWords) -> bool:
    """False for a paper that nobody signs, a vague noun that is somebody's or only wished for, and "no treaty"."""
    lemma = tree.lemmas[noun].lower()
    if is_negated(tree, noun) or (standing.status is Status.NEGATED and standing.negation):
        return False
    if words.senses["instrument"][lemma] == "other":
        to_sign = standing.value == "announced" and tree.lemmas[standing.word] in ("sign", "initial", "signing")
        return standing.value in _FINAL or standing.status is Status.NEGATED or to_sign
    if lemma in _VAGUE and standing.value == "proposed":
        return bool(children_by(tree, noun, "compound")) and tree.token(noun).deprel in ("nsubj", "nsubj:pass")
    return lemma != "understanding" or not children_by(tree, noun, "nmod:poss", "amod")


def _is_told(tree: Tree, noun: int) -> bool:
    """True when an instrument without a cue is still somebody's: with parties, a subject, or a telling modifier."""
    above = tree.token(noun).head
    beside = above >= 0 and tree.lemmas[above] in _SURELY and tree.token(noun).deprel in ("nmod", "conj")
    if tree.lemmas[noun] in _SURELY or beside:
        return True
    first = first_conjunct(tree, noun)
    phrases = [c for c in (*children_by(tree, noun, "nmod"), *children_by(tree, first, "nmod")) if c > first]
    return any({"between", "with", "on", "of"} & set(cases_of(tree, child)) for child in phrases)


def _is_doubted(tree: Tree, noun: int, words: RecordWords) -> bool:
    """True below words of denial and rumour ("ruled out a truce", "rumours of a pact"), and for what does not exist."""
    for governor in ancestors(tree, noun):
        if tree.lemmas[governor] in words.lists["doubting_word"]:
            return True
        if tree.token(governor).upos == "VERB":
            return tree.lemmas[governor] in _BEING and is_negated(tree, governor)
    return False


def _draft(
    place: _Place,
    noun: int,
    instrument: str,
    titled: bool,
    standing: Standing,
    codebook: Codebook,
    words: RecordWords,
) -> AgreementDraft:
    tree = place.tree
    name = name_span(tree, noun, titled, words, twinned_places(tree, noun))
    heads = party_heads(tree, noun, instrument, standing, codebook, words)
    parties = _spans(tree, heads, codebook) or parties_of_events(tree, standing, noun, place.events)
    bare = standing.reason == NO_CUE
    ground = lay_ground(
        tree,
        standing.word,
        codebook,
        key=name,
        spans=[*parties, tree.token(standing.word).span],
        status=standing.status,
        rule=_rule_of(tree, noun, titled, standing),
        reason=f"'{tree.token(noun).text}' is {standing.value}: {standing.reason}",
    )
    return AgreementDraft(
        ground=ground,
        name=name,
        titled=titled,
        instrument=instrument,
        parties=parties,
        signatories=_spans(tree, signer_heads(tree, heads, standing, words), codebook),
        subjects=subjects_of(tree, noun, instrument, words),
        agreement_status=standing.value,
        number_stated=number_of(tree, noun),
        plural=is_plural(tree, noun),
        time=None if standing.word == noun else time_span(tree, standing.word, standing.value, place.text),
        bare=bare,
        pointing=any(tree.lemmas[child] in ("the", "this", "that") for child in children_by(tree, noun, "det")),
    )


def _rule_of(tree: Tree, noun: int, titled: bool, standing: Standing) -> str:
    """What decided: a title, nothing, a word before the noun, a preposition, a governing noun or adjective, a verb."""
    if standing.reason == NO_CUE:
        return "agreement.bare titled" if titled else "agreement.bare"
    if titled:
        return "agreement.titled"
    if standing.word == noun:
        return "agreement.own" if standing.value != "in_force" else "agreement.under"
    return "agreement.verb" if tree.token(standing.word).upos in ("VERB", "AUX") else "agreement.noun"


def _point_back(drafts: Sequence[AgreementDraft], text: str) -> list[AgreementDraft]:
    """A bare "the memorandum" that follows one memorandum of the document has come as far as that one."""
    found: list[AgreementDraft] = []
    for draft in drafts:
        earlier = [one for one in found if one.instrument == draft.instrument and one.plural == draft.plural]
        alike = draft.bare and draft.pointing and len(earlier) == 1 and not draft.parties
        if alike and not earlier[0].bare:
            before, reason = earlier[0], f"points back to '{earlier[0].name.of(text)}'"
            reason = f"'{draft.name.of(text)}' {reason}, told as {before.agreement_status}"
            ground = replace(draft.ground, status=before.ground.status, rule="agreement.back", reason=reason)
            draft = replace(draft, ground=ground, agreement_status=before.agreement_status)
        found.append(draft)
    return found


def _spans(tree: Tree, heads: Iterable[int], codebook: Codebook) -> tuple[Span, ...]:
    found = (span_of_tokens(tree, range(*mention_range(tree, head, codebook))) for head in heads)
    return tuple(span for span in found if span is not None)


def _read_joint(
    place: _Place, verb: int, taken: set[int], codebook: Codebook, words: RecordWords
) -> AgreementDraft | None:
    """Two or more sides that agree to do something, where no instrument is written."""
    tree = place.tree
    slots = read_slots(tree, verb)
    sides = spread(tree, slots.of("subj"))
    joint = len(sides) > 1 or any(is_plural(tree, h) and tree.lemmas[h] in words.lists["sides_word"] for h in sides)
    contents = [*slots.filled.get("comp", ()), *slots.filled.get("on", ())]
    contents = [c for c in contents if c > verb and tree.token(c).deprel in ("xcomp", "ccomp", "obl", "advcl")]
    if not joint or not contents or contents[0] in taken or is_negated(tree, verb) or slots.passive:
        return None
    loose = tree.token(contents[0]).upos == "PRON" or tree.lemmas[contents[0]] in words.lists["not_agreement_content"]
    written = taken.intersection(slots.of("obj")) or is_kind(tree, contents[0], "Date")
    if loose or written or tree.token(verb).deprel == "xcomp":
        return None
    if not all(can_act(tree, h, codebook) for h in sides) or taken & set(subtree(tree, contents[0])):
        return None
    name = span_of_tokens(tree, subtree(tree, contents[0])) or tree.token(contents[0]).span
    reason = "several sides agreed on it"
    parties = _spans(tree, sides, codebook)
    ground = lay_ground(
        tree, verb, codebook, key=name, spans=[*parties, tree.token(verb).span], status=Status.ASSERTED,
        rule="agreement.joint", reason=reason,
    )  # fmt: skip
    return AgreementDraft(
        ground=ground, name=name, titled=False, instrument="agreement", parties=parties, signatories=(), subjects=(),
        agreement_status="agreed", number_stated=None, plural=False, time=time_span(tree, verb, "agreed", place.text),
    )  # fmt: skip


def _mark_overlaps(drafts: Sequence[AgreementDraft]) -> tuple[AgreementDraft, ...]:
    return tuple(
        replace(
            one, overlaps=tuple(other.ground.key for other in drafts if other is not one and _may_overlap(one, other))
        )
        for one in drafts
    )


def _may_overlap(one: AgreementDraft, other: AgreementDraft) -> bool:
    """True for unnamed agreements that the text does not tell apart: alike in kind, both made or both not yet."""
    if one.titled or other.titled or (one.agreement_status in _EXISTING) != (other.agreement_status in _EXISTING):
        return False
    generic = any(draft.plural and draft.instrument in _GENERIC for draft in (one, other))
    return generic or one.instrument == other.instrument


def assemble_agreement(
    draft: AgreementDraft, link: Link, origin: RecordOrigin, time: EventTime | None = None
) -> Agreement:
    """The record, with ids of those it may overlap."""
    text = draft.name.of(origin.text)
    return Agreement(
        id=origin.id_of("ag", "agreement", draft.ground.key),
        document=origin.document,
        sentence=draft.ground.sentence,
        evidence=(draft.ground.evidence,),
        title=text if draft.titled else None,
        description=None if draft.titled else text,
        instrument=draft.instrument,
        parties=tuple(link(span) for span in draft.parties),
        signatories=tuple(link(span) for span in draft.signatories),
        subjects=tuple(span.of(origin.text) for span in draft.subjects),
        agreement_status=draft.agreement_status,
        status=draft.ground.status,
        attribution=attribute(draft.ground, origin.text, link),
        time=time,
        number_stated=draft.number_stated,
        may_overlap=tuple(origin.id_of("ag", "agreement", key) for key in draft.overlaps),
        confidence=draft.ground.confidence,
        reason=draft.ground.reason,
    )
