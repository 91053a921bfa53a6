"""Where actors stand on a topic: stances as verbs, as nouns ("its rejection of") and as phrases ("in favour of")."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.arguments import mention_range
from dragoman.coding.carriers import carrier_of
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import (
    Ground,
    Link,
    RecordOrigin,
    attribute,
    clause_tokens,
    grow_trees,
    is_kind,
    is_negated,
    lay_ground,
    range_span,
    run_around,
    span_of_tokens,
)
from dragoman.coding.participants import can_act
from dragoman.coding.record_words import RecordWords, record_words
from dragoman.coding.slots import is_passive, read_slots, resolve_relative, spread
from dragoman.coding.status import judge_status
from dragoman.language.tree import Tree, cases_of, children_by, is_relation, subtree
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Position, Status
from dragoman.types.text import Span

_LONG = frozenset({"long", "always", "consistently", "repeatedly", "traditionally"})
_NOT_HELD = frozenset({Status.PLANNED, Status.HYPOTHETICAL, Status.PROPOSED, Status.NEGATED})
_PRONOUNS = frozenset({"it", "they", "he", "she", "its", "their", "his", "her", "who", "which", "that"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionDraft:
    """A stance before its holder is looked up. `strength` is "strong" or None.

    `holder_known` is the span of the name that a pronoun stands for in the same sentence, else `holder` itself.
    """

    ground: Ground
    holder: Span
    holder_known: Span
    topic: Span
    stance: str
    strength: str | None

    def names(self, word: Span) -> bool:
        """True for a noun that is the stance itself: "its rejection of the war"."""
        apart = not (word.overlaps(self.topic) or word.overlaps(self.holder))
        return self.ground.rule == "position.noun" and apart and self.ground.evidence.contains(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    word: int
    holder: int
    topic: int
    stance: str
    rule: str
    standing: bool


def find_positions(
    parsed: ParsedDocument,
    events: Sequence[ChosenEvent],
    codebook: Codebook,
    trees: Sequence[Tree] | None = None,
) -> tuple[PositionDraft, ...]:
    """The positions told of, in text order. `trees` are those of the sentences, grown here when not given."""
    words = record_words()
    drafts: list[PositionDraft] = []
    for tree in trees if trees is not None else grow_trees(parsed, codebook):
        if not tree.sentence.furniture:
            for found in _read_sentence(tree, codebook, words):
                drafts.extend(_drafts(tree, found, codebook, words))
    return tuple(drafts)


def _read_sentence(tree: Tree, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    senses = words.senses
    for index, lemma in enumerate(tree.lemmas):
        upos = tree.token(index).upos
        if upos in ("VERB", "ADJ"):
            yield from _read_oblique(tree, index, codebook, words)
        if upos == "VERB" and lemma in senses["stance_verb"]:
            yield from _read_verb(tree, index, senses["stance_verb"][lemma], codebook, words)
        elif upos == "VERB" and lemma in words.lists["naming_verb"]:
            yield from _read_naming(tree, index, codebook, words)
        elif upos == "VERB" and lemma == "want":
            yield from _read_want(tree, index, codebook, words)
        elif upos == "VERB" and lemma in ("recognise", "recognize", "recognized"):
            yield from _read_recognition(tree, index, codebook)
        elif upos == "NOUN" and lemma in senses["stance_noun"]:
            yield from _read_noun(tree, index, senses["stance_noun"][lemma], codebook, words)
        elif lemma in senses["stance_word"]:
            yield from _read_phrase(tree, index, senses["stance_word"][lemma], codebook, words)


def _read_verb(tree: Tree, verb: int, stance: str, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "opposes the plan": any topic for words of mere stance, policies and plans for words that also tell of acts."""
    slots = read_slots(tree, verb)
    topics = [topic for topic in slots.of("obj") if topic != verb and not _is_pronoun(tree, topic)]
    if not topics or judge_status(tree, verb, codebook).status in _NOT_HELD:
        return
    if any(tree.token(topic).upos == "NOUN" and can_act(tree, topic, codebook) for topic in topics[:1]):
        return
    if tree.lemmas[verb] not in words.lists["pure_stance"] and not _is_policy(tree, topics[0], words):
        loose = tree.lemmas[verb] in words.lists["loose_stance"] and _is_definite(tree, topics[0], codebook, words)
        if not loose:
            return
    if is_passive(tree, verb) and not slots.of("subj"):
        return
    for holder in _holders(tree, slots.of("subj"), codebook):
        yield _Found(
            word=verb,
            holder=holder,
            topic=topics[0],
            stance=stance,
            rule="verb",
            standing=_is_standing(tree, verb),
        )


def _is_policy(tree: Tree, topic: int, words: RecordWords) -> bool:
    return tree.lemmas[topic] in words.lists["topic_word"]


def _is_definite(tree: Tree, topic: int, codebook: Codebook, words: RecordWords) -> bool:
    """True for one definite thing that is nobody: "rejects *the award*", not "backed the president"."""
    if tree.token(topic).upos != "NOUN" or can_act(tree, topic, codebook) or is_kind(tree, topic, "Money", "Date"):
        return False
    if tree.lemmas[topic] in words.lists["denied_thing"] or tree.lemmas[topic] in ("protest", "invitation"):
        return False
    definite = {tree.lemmas[child] for child in children_by(tree, topic, "det")} & {"the", "this", "any", "a"}
    return bool(definite or children_by(tree, topic, "nmod:poss"))


def _read_oblique(tree: Tree, word: int, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "voted against the move", "called for a quota", "residents opposed to a new toll"."""
    lemma, table = tree.lemmas[word], words.senses["stance_oblique"]
    for child in children_by(tree, word, "obl", "nmod"):
        stance = next((table[f"{lemma}:{case}"] for case in cases_of(tree, child) if f"{lemma}:{case}" in table), None)
        if stance is None or not _is_topic(tree, word, child, codebook, words):
            continue
        if judge_status(tree, word, codebook).status in _NOT_HELD:
            return
        holders = _holders(tree, read_slots(tree, word).of("subj"), codebook)
        if tree.token(word).deprel in ("acl", "amod") and not holders:
            holders = _holders(tree, (tree.token(word).head,), codebook)
        for holder in holders:
            yield _Found(word=word, holder=holder, topic=child, stance=stance, rule="oblique", standing=False)
        return


def _is_topic(tree: Tree, word: int, child: int, codebook: Codebook, words: RecordWords) -> bool:
    """False for people, times and calls for nothing but calm; "speak for" takes policies only."""
    if _is_pronoun(tree, child) or can_act(tree, child, codebook) or is_kind(tree, child, "Date", "Money", "Person"):
        return False
    if tree.lemmas[child] in words.lists["no_topic"] or tree.token(child).upos not in ("NOUN", "PROPN", "VERB"):
        return False
    if tree.lemmas[word] == "call" and children_by(tree, word, "obj", "compound:prt"):
        return False
    vague = tree.lemmas[word] in ("speak", "argue", "side", "come") and not {"against", "in_favour_of"} & set(
        cases_of(tree, child)
    )
    return not vague or _is_policy(tree, child, words)


def _read_recognition(tree: Tree, verb: int, codebook: Codebook) -> Iterator[_Found]:
    """ "does not recognise the ruling", "refuses to recognise the border"."""
    topics = [c for c in children_by(tree, verb, "obj") if tree.token(c).upos == "NOUN"]
    above = tree.token(verb).head
    refused = tree.token(verb).deprel == "xcomp" and above >= 0 and tree.lemmas[above] in ("refuse", "decline")
    if not topics or not (is_negated(tree, verb) or refused):
        return
    for holder in _holders(tree, read_slots(tree, verb).of("subj"), codebook):
        yield _Found(word=verb, holder=holder, topic=topics[0], stance="against", rule="recognition", standing=False)


def _is_pronoun(tree: Tree, topic: int) -> bool:
    return tree.token(topic).upos == "PRON"


def _holders(tree: Tree, heads: tuple[int, ...], codebook: Codebook) -> list[int]:
    """Everybody who stands so; the owner where the words that speak are the subject ("his statements opposing")."""
    found = []
    for head in spread(tree, tuple(resolve_relative(tree, index) for index in heads)):
        if can_act(tree, head, codebook):
            found.append(head)
        else:
            found.extend(child for child in children_by(tree, head, "nmod:poss") if can_act(tree, child, codebook))
    return found


def _is_standing(tree: Tree, word: int) -> bool:
    """True for a stance that the report does not tell as news: "has long opposed", "statements opposing"."""
    if any(tree.lemmas[child] in _LONG for child in children_by(tree, word, "advmod")):
        return True
    return tree.token(word).deprel == "acl" and tree.token(word).xpos == "VBG"


def _read_naming(tree: Tree, verb: int, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "called the term disproportionate": the word of blame or praise decides."""
    slots = read_slots(tree, verb)
    names = [*children_by(tree, verb, "xcomp"), *slots.filled.get("as", ())]
    topics = children_by(tree, verb, "obj")
    if is_passive(tree, verb) or not names or not topics or _is_pronoun(tree, topics[0]):
        return
    lemma = tree.lemmas[names[0]]
    stance = "against" if lemma in words.lists["insult"] else "for" if lemma in words.lists["praise"] else None
    if stance is None or not _is_policy(tree, topics[0], words):
        return
    for holder in _holders(tree, slots.of("subj"), codebook):
        yield _Found(word=verb, holder=holder, topic=topics[0], stance=stance, rule="naming", standing=False)


def _read_want(tree: Tree, verb: int, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "want the tower built", "wants the chief suspended": the thing and what is to become of it are the topic."""
    slots = read_slots(tree, verb)
    clauses = [
        c for c in children_by(tree, verb, "xcomp", "ccomp") if tree.token(c).xpos == "VBN" and is_passive(tree, c)
    ]
    if not clauses or judge_status(tree, verb, codebook).status in _NOT_HELD:
        return
    stance = words.senses["want"].get(tree.lemmas[clauses[0]], "for")
    for holder in _holders(tree, slots.of("subj"), codebook):
        yield _Found(word=verb, holder=holder, topic=clauses[0], stance=stance, rule="want", standing=False)


def _read_noun(tree: Tree, noun: int, stance: str, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "its rejection of the action", "declared their opposition to the bureau"."""
    wanted = ("to", "about", "on") if tree.lemmas[noun] in words.lists["stance_noun_to"] else ("of", "for")
    topics = [c for c in children_by(tree, noun, "nmod") if set(cases_of(tree, c)) & set(wanted) and c > noun]
    owners = [c for c in children_by(tree, noun, "nmod:poss") if can_act(tree, c, codebook)]
    perceived = any(
        tree.lemmas[c] in ("perceive", "perceived", "alleged", "apparent") for c in children_by(tree, noun, "amod")
    )
    if not topics or perceived or _is_pronoun(tree, topics[0]):
        return
    if stance == "for" and not _is_policy(tree, topics[0], words):
        return
    carrier = carrier_of(tree, noun, codebook)
    if not owners and carrier is not None and tree.lemmas[carrier.verb] in words.lists["stance_noun_carrier"]:
        owners = _holders(tree, read_slots(tree, carrier.verb).of("subj"), codebook)
    for holder in owners:
        if holder != topics[0]:
            yield _Found(word=noun, holder=holder, topic=topics[0], stance=stance, rule="noun", standing=True)


def _read_phrase(tree: Tree, word: int, stance: str, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "is against the plan", "came out in favour of it": somebody is, stands, speaks or comes out so."""
    deprel = tree.token(word).deprel
    if tree.token(word).upos == "ADP" and deprel == "case":
        topic = tree.token(word).head
        holders = (
            _holders(tree, read_slots(tree, topic).of("subj"), codebook) if children_by(tree, topic, "cop") else []
        )
    elif tree.token(word).upos == "ADJ":
        topics = [c for c in children_by(tree, word, "obl", "nmod") if {"to", "with", "of"} & set(cases_of(tree, c))]
        topic = topics[0] if topics and children_by(tree, word, "cop") else -1
        holders = _holders(tree, read_slots(tree, word).of("subj"), codebook)
    else:
        topics = [c for c in children_by(tree, word, "nmod") if "of" in cases_of(tree, c)]
        topic = topics[0] if topics else -1
        governor = word if children_by(tree, word, "cop") else tree.token(word).head
        speaks = governor >= 0 and tree.lemmas[governor] in ("be", "come", "speak", "stand", tree.lemmas[word])
        holders = _holders(tree, read_slots(tree, governor).of("subj"), codebook) if speaks else []
    if topic < 0 or _is_pronoun(tree, topic) or (stance == "against" and not _is_policy(tree, topic, words)):
        return
    for holder in holders:
        if holder != topic:
            yield _Found(word=word, holder=holder, topic=topic, stance=stance, rule="phrase", standing=False)


def _drafts(tree: Tree, found: _Found, codebook: Codebook, words: RecordWords) -> Iterator[PositionDraft]:
    holder = range_span(tree, *mention_range(tree, found.holder, codebook))
    topic = _topic(tree, found.topic, found.word)
    if holder is None or topic is None or holder.overlaps(topic):
        return
    status = judge_status(tree, found.word, codebook).status
    if status is Status.NEGATED:
        # "does not recognise": the refusal is the stance, and it is held.
        status = Status.ASSERTED
    if found.standing or status is Status.PLEDGED:
        status = Status.BACKGROUND
    word = tree.token(found.word)
    ground = lay_ground(
        tree,
        found.word,
        codebook,
        key=topic,
        spans=[holder, word.span],
        status=status,
        rule=f"position.{found.rule}",
        reason=f"'{word.text}' is a stance {found.stance}",
    )
    told = [c for c in children_by(tree, found.word, "obl", "nmod") if tree.lemmas[c] in words.lists["mixed_word"]]
    adverbs = {tree.lemmas[child] for child in children_by(tree, found.word, "advmod", "amod")}
    yield PositionDraft(
        ground=ground,
        holder=holder,
        holder_known=_named_for(tree, found.holder, codebook) or holder,
        topic=topic,
        stance="mixed" if told else found.stance,
        strength="strong" if adverbs & words.lists["strong_word"] else None,
    )


def _topic(tree: Tree, head: int, word: int) -> Span | None:
    """The topic with what belongs to it, relative clauses, appositions, asides and the preposition cut."""
    cut = [
        child
        for child in tree.children[head]
        if child == word
        or tree.token(child).deprel in ("case", "cop", "parataxis", "cc", "conj", "appos", "mark", "acl:relcl", "advcl")
        or (is_relation(tree.token(child).deprel, "nsubj", "aux", "advmod") and tree.token(head).xpos != "VBN")
    ]
    tokens = clause_tokens(tree, head, *cut)
    if tree.token(head).deprel == "xcomp":
        # "want the chief suspended": the chief hangs on the verb.
        things = [c for c in children_by(tree, tree.token(head).head, "obj") if c < head]
        tokens.extend(index for thing in things for index in subtree(tree, thing))
    return span_of_tokens(tree, run_around(tree, head, tokens))


def _named_for(tree: Tree, holder: int, codebook: Codebook) -> Span | None:
    """The name that "its" stands for when it is the nearest owner or subject before it in the same sentence."""
    if tree.lemmas[holder] not in _PRONOUNS or tree.token(holder).text.lower() not in ("its", "it"):
        return None
    before = [
        index
        for index in range(holder)
        if is_kind(tree, index, "Location", "Organization")
        and tree.token(index).deprel in ("nsubj", "nmod:poss", "nsubj:pass")
    ]
    return range_span(tree, *mention_range(tree, before[-1], codebook)) if before else None


def assemble_position(draft: PositionDraft, link: Link, origin: RecordOrigin) -> Position:
    """The record. A pronoun's holder is looked up by the name it stands for where the sentence gives one."""
    return Position(
        id=origin.id_of("po", f"position {draft.holder.start}", draft.ground.key),
        document=origin.document,
        sentence=draft.ground.sentence,
        evidence=(draft.ground.evidence,),
        holder=link(draft.holder_known),
        topic=draft.topic,
        topic_text=draft.topic.of(origin.text),
        stance=draft.stance,
        strength=draft.strength,
        status=draft.ground.status,
        attribution=attribute(draft.ground, origin.text, link),
        confidence=draft.ground.confidence,
        reason=draft.ground.reason,
    )
