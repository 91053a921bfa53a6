"""What was or may be signed: named and described instruments, and joint undertakings ("agreed to open a hotline")."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.agreement_status import Standing, read_standing
from dragoman.coding.arguments import mention_range
from dragoman.coding.carriers import carrier_of
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
    is_shouted,
    lay_ground,
    span_of_tokens,
)
from dragoman.coding.participants import can_act, is_demonym
from dragoman.coding.record_words import RecordWords, record_words
from dragoman.coding.slots import read_slots, spread
from dragoman.language.tree import (
    Tree,
    cases_of,
    characters_of,
    children_by,
    first_conjunct,
    mention_at,
    phrase_range,
    subtree,
)
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Agreement, Status
from dragoman.types.text import Span
from dragoman.types.when import EventTime

_NAMED = 0.85
_CUED = 0.8
_BARE = 0.55
_JOINT = 0.6
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_EXISTING = frozenset({"announced", "agreed", "initialled", "signed", "approved", "ratified", "in_force"})
_GENERIC = frozenset({"agreement", "other"})
_LEAST_TITLE = 2
_NO_CUE = "told of as existing, no word says how far it is"
_LEADING = frozenset({"result", "lead", "end", "culminate", "close", "conclude"})
_SURELY = frozenset({"memorandum", "mou"})
_VAGUE = frozenset({"understanding", "settlement", "arrangement", "contract", "deal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDraft:
    """An agreement before its parties are looked up. `name` covers its words, a title when `titled`.

    `overlaps` holds the keys of other drafts of the document that may be the same agreement.
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


def find_agreements(
    parsed: ParsedDocument,
    events: Sequence[ChosenEvent],
    codebook: Codebook,
    trees: Sequence[Tree] | None = None,
) -> tuple[AgreementDraft, ...]:
    """The agreements told of, in text order, one draft for each telling.

    `events` fill parties that the words around the instrument do not give. `trees` are those of the sentences.
    """
    words = record_words()
    drafts: list[AgreementDraft] = []
    for tree in trees if trees is not None else grow_trees(parsed, codebook):
        if not tree.sentence.furniture and codebook.word_list("sport").isdisjoint(tree.lemmas):
            mine = [event for event in events if event.sentence == tree.sentence.number]
            drafts.extend(_read_sentence(tree, mine, codebook, words))
    return _mark_overlaps(sorted(drafts, key=lambda draft: draft.ground.key))


def _read_sentence(
    tree: Tree, events: Sequence[ChosenEvent], codebook: Codebook, words: RecordWords
) -> Iterator[AgreementDraft]:
    taken: set[int] = set()
    for index, lemma in enumerate(tree.lemmas):
        if lemma in words.senses["instrument"] and tree.token(index).upos in ("NOUN", "PROPN"):
            draft = _read_noun(tree, index, events, codebook, words)
            if draft is not None:
                taken.update(subtree(tree, index))
                yield draft
    for index, lemma in enumerate(tree.lemmas):
        if lemma == "agree" and tree.token(index).upos == "VERB":
            draft = _read_joint(tree, index, taken, codebook, words)
            if draft is not None:
                yield draft


def _read_noun(
    tree: Tree, noun: int, events: Sequence[ChosenEvent], codebook: Codebook, words: RecordWords
) -> AgreementDraft | None:
    instrument = _instrument(tree, noun, words)
    if instrument is None:
        return None
    titled = _title(tree, noun)
    standing = read_standing(tree, noun, codebook, words)
    if standing is None:
        if tree.lemmas[noun] not in words.lists["strong_instrument"] or not (titled or _is_told(tree, noun)):
            return None
        standing = Standing(value="in_force" if titled else "agreed", word=noun, status=Status.ASSERTED, reason=_NO_CUE)
    if not _fits(tree, noun, standing, words):
        return None
    return _draft(tree, noun, instrument, titled, standing, events, codebook, words)


def _instrument(tree: Tree, noun: int, words: RecordWords) -> str | None:
    """Which instrument the noun is; None for other uses of the word, parts of names and words before another noun."""
    lists, lemma = words.lists, tree.lemmas[noun]
    if is_kind(tree, noun, "Organization", "Location", "Person") or tree.token(noun).deprel == "compound":
        return None
    before = {tree.lemmas[child] for child in children_by(tree, noun, "amod", "compound", "nmod:desc")}
    if _twin_word(tree, noun) is not None or before & lists["twinning_word"]:
        return "twinning"
    if before & lists["truce_word"]:
        return "ceasefire"
    if before & lists["not_instrument_before"] or "no" in before or "how" in before:
        return None
    if lemma in lists["needs_joint"] and not before & lists["joint_word"]:
        return None
    return words.senses["instrument"][lemma]


def _fits(tree: Tree, noun: int, standing: Standing, words: RecordWords) -> bool:
    """False for a paper that nobody signs, a vague noun that is somebody's or only wished for, and "no treaty"."""
    lemma = tree.lemmas[noun]
    if is_negated(tree, noun) or (standing.status is Status.NEGATED and standing.negation):
        return False
    if words.senses["instrument"][lemma] == "other":
        return standing.value in ("signed", "initialled", "approved", "ratified") or standing.status is Status.NEGATED
    if lemma in _VAGUE and standing.value == "proposed":
        return False
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


def _draft(
    tree: Tree,
    noun: int,
    instrument: str,
    titled: bool,
    standing: Standing,
    events: Sequence[ChosenEvent],
    codebook: Codebook,
    words: RecordWords,
) -> AgreementDraft:
    name = _name(tree, noun, titled, words)
    heads = _parties(tree, noun, instrument, standing, codebook, words)
    parties = _spans(tree, heads, codebook) or _parties_of_events(tree, standing, noun, events)
    signers = [h for h in heads if is_kind(tree, h, "Person")] if standing.value in ("signed", "initialled") else []
    bare = standing.reason == _NO_CUE
    ground = lay_ground(
        tree,
        standing.word,
        codebook,
        key=name,
        spans=[*parties, tree.token(standing.word).span],
        status=standing.status,
        confidence=_NAMED if titled else _BARE if bare else _CUED,
        reason=f"'{tree.token(noun).text}' is {standing.value}: {standing.reason}",
    )
    return AgreementDraft(
        ground=ground,
        name=name,
        titled=titled,
        instrument=instrument,
        parties=parties,
        signatories=_spans(tree, signers, codebook),
        subjects=_subjects(tree, noun, words),
        agreement_status=standing.value,
        number_stated=_number(tree, noun),
        plural=is_plural(tree, noun),
    )


def _title(tree: Tree, noun: int) -> bool:
    """True when the words are a name: an entity of no other kind, or capitals where other words have none."""
    mention = mention_at(tree, noun)
    if is_shouted(tree):
        return False
    if mention is not None and mention.kind == "Misc" and mention.end - mention.start >= _LEAST_TITLE:
        return True
    if not tree.token(noun).text[:1].isupper() or noun == 0:
        return False
    start, end = phrase_range(tree, noun)
    capitals = [i for i in range(start, end) if tree.token(i).text[:1].isupper() and tree.token(i).upos != "DET"]
    return len(capitals) >= _LEAST_TITLE


def _name(tree: Tree, noun: int, titled: bool, words: RecordWords) -> Span:
    """The words of the instrument: the mention of a title; else the phrase with what it is about, articles cut."""
    mention = mention_at(tree, noun)
    if titled and mention is not None and mention.kind == "Misc":
        return mention.span
    start, end = phrase_range(tree, noun)
    for child in children_by(tree, noun, "nmod"):
        below = subtree(tree, child)
        if below[0] == end and set(cases_of(tree, child)) & {*words.lists["subject_case"], "between", "with", "of"}:
            end = below[-1] + 1
    if _twin_word(tree, noun) is not None and (places := _twinned(tree, noun)):
        end = max(end, max(places) + 1)
    # "memorandum of understanding and cooperation agreements": the middle belongs to the first of the two.
    if tree.lemmas[noun] == "memorandum" and tree.lemmas[noun + 1 : noun + 3] == ("of", "understanding"):
        end = noun + 3
    elif tree.lemmas[start : start + 2] == ("understanding", "and") and start + 1 < noun:
        start += 2
    while start < noun and (tree.token(start).upos in ("DET", "PUNCT") or tree.lemmas[start] == "'s"):
        start += 1
    return span_of_tokens(tree, range(start, end)) or characters_of(tree, noun, noun + 1)


def _parties(
    tree: Tree, noun: int, instrument: str, standing: Standing, codebook: Codebook, words: RecordWords
) -> list[int]:
    """Head tokens of the parties, those at the instrument first; the doer of the deciding verb joins those "with"."""
    if instrument == "twinning" and (twinned := _twinned(tree, noun)):
        return twinned
    inner = [h for child in children_by(tree, noun, "nmod") for h in _party_heads(tree, child, words)]
    owners = [child for child in children_by(tree, noun, "nmod:poss") if can_act(tree, child, codebook)]
    beside = any(
        "between" in cases_of(tree, child) or "among" in cases_of(tree, child)
        for child in children_by(tree, noun, "nmod")
    )
    outer = [] if beside else _outer_parties(tree, noun, standing, codebook, words)
    heads = [*inner, *owners, *outer] or _met(tree, standing.word, codebook)
    return [h for h in dict.fromkeys(heads) if can_act(tree, h, codebook) or is_demonym(tree, h)]


def _party_heads(tree: Tree, child: int, words: RecordWords) -> tuple[int, ...]:
    return spread(tree, (child,)) if set(cases_of(tree, child)) & words.lists["party_case"] else ()


def _outer_parties(tree: Tree, noun: int, standing: Standing, codebook: Codebook, words: RecordWords) -> list[int]:
    word = standing.word
    if word == noun or tree.lemmas[word] in words.lists["broker_verb"]:
        return []
    slots = read_slots(tree, word)
    heads = [h for name in ("between", "with") for h in slots.of(name)]
    if tree.token(word).upos in ("VERB", "AUX"):
        doers = [h for h in slots.of("subj") if h != noun]
        heads = [*doers, *heads]
    else:
        heads.extend([*slots.of("by"), *slots.of("poss")])
    found = [h for h in spread(tree, tuple(heads)) if h != noun and noun not in spread(tree, (h,))]
    if standing.value in ("ratified", "approved", "proposed", "announced", "suspended"):
        found = [h for h in found if tree.lemmas[h] not in words.lists["legislature"]]
    return found


def _met(tree: Tree, word: int, codebook: Codebook) -> list[int]:
    """Who met where a meeting led to the signing ("the talks between A and B ended with the signing of")."""
    carrier = carrier_of(tree, word, codebook)
    if carrier is None or tree.lemmas[carrier.verb] not in _LEADING:
        return []
    meetings = [
        child for child in children_by(tree, carrier.verb, "nsubj") if tree.lemmas[child] in codebook.word_list("talk")
    ]
    return [h for meeting in meetings[:1] for h in spread(tree, read_slots(tree, meeting).of("between"))]


def _twin_word(tree: Tree, noun: int) -> int | None:
    """The word "twinning" behind the noun, wherever the tree hangs it ("a document *twinning* the capitals")."""
    behind = [*children_by(tree, noun, "acl"), *range(noun + 1, min(noun + 2, len(tree.lemmas)))]
    return next((index for index in behind if tree.token(index).text.lower().startswith("twinn")), None)


def _twinned(tree: Tree, noun: int) -> list[int]:
    """The places that are twinned: "twinning *Astana* and *Yerevan*", "the twinning of the cities of ..."."""
    twin = _twin_word(tree, noun)
    for word in (noun,) if twin is None else (twin, noun):
        for child in (*children_by(tree, word, "obj"), *children_by(tree, word, "nmod")):
            below = subtree(tree, child)
            places = [m.head for m in tree.sentence.mentions if m.kind == "Location" and m.head in below]
            if len(places) > 1:
                return places
    return []


def _parties_of_events(tree: Tree, standing: Standing, noun: int, events: Sequence[ChosenEvent]) -> tuple[Span, ...]:
    """The participants of the event at the deciding word or at the instrument itself, when the words give none."""
    for event in events:
        if event.token in (standing.word, noun) and event.category in ("SUPPORT", "AGREE", "CONSULT"):
            words = tree.token(noun).span
            return tuple(span for span in (*event.sources, *event.targets) if not span.overlaps(words))
    return ()


def _spans(tree: Tree, heads: Iterable[int], codebook: Codebook) -> tuple[Span, ...]:
    found = (span_of_tokens(tree, range(*mention_range(tree, head, codebook))) for head in heads)
    return tuple(span for span in found if span is not None)


def _subjects(tree: Tree, noun: int, words: RecordWords) -> tuple[Span, ...]:
    """What the instrument is about: "on migration, travel and trade", also behind "including those"."""
    found: list[Span] = []
    below = [noun, *(i for i in subtree(tree, noun) if tree.token(i).text.lower() in ("those", "ones"))]
    for head in below:
        for child in children_by(tree, head, "nmod"):
            if set(cases_of(tree, child)) & words.lists["subject_case"]:
                found.extend(characters_of(tree, *phrase_range(tree, part)) for part in spread(tree, (child,)))
    return tuple(found)


def _number(tree: Tree, noun: int) -> int | None:
    for child in children_by(tree, noun, "nummod"):
        text = tree.token(child).text.lower()
        if text in _NUMBERS:
            return _NUMBERS.index(text) + 1
        if text.isdigit() and len(text) < 4:
            return int(text)
    return None


def _read_joint(
    tree: Tree, verb: int, taken: set[int], codebook: Codebook, words: RecordWords
) -> AgreementDraft | None:
    """Two or more sides that agree to do something, where no instrument is written."""
    slots = read_slots(tree, verb)
    sides = spread(tree, slots.of("subj"))
    joint = len(sides) > 1 or any(is_plural(tree, h) and tree.lemmas[h] in words.lists["sides_word"] for h in sides)
    contents = [*slots.filled.get("comp", ()), *slots.filled.get("on", ())]
    contents = [c for c in contents if c > verb and tree.token(c).deprel in ("xcomp", "ccomp", "obl", "advcl")]
    if not joint or not contents or contents[0] in taken or is_negated(tree, verb) or slots.passive:
        return None
    loose = tree.token(contents[0]).upos == "PRON" or tree.lemmas[contents[0]] in words.lists["not_agreement_content"]
    if loose or tree.token(verb).deprel == "xcomp":
        return None
    if not all(can_act(tree, h, codebook) for h in sides) or taken & set(subtree(tree, contents[0])):
        return None
    name = span_of_tokens(tree, subtree(tree, contents[0])) or tree.token(contents[0]).span
    reason = "several sides agreed on it"
    parties = _spans(tree, sides, codebook)
    ground = lay_ground(
        tree, verb, codebook, key=name, spans=[*parties, tree.token(verb).span], status=Status.ASSERTED,
        confidence=_JOINT, reason=reason,
    )  # fmt: skip
    return AgreementDraft(
        ground=ground, name=name, titled=False, instrument="agreement", parties=parties, signatories=(), subjects=(),
        agreement_status="agreed", number_stated=None, plural=False,
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
