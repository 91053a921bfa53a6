"""How far an agreement has come, from the words that govern the instrument ("signed", "talks on", "under")."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import is_negated
from dragoman.coding.record_words import RecordWords
from dragoman.coding.slots import is_passive
from dragoman.coding.status import judge_status
from dragoman.language.tree import Tree, ancestors, cases_of, children_by, first_conjunct, is_relation
from dragoman.types.record import Status

_DEEPEST = 4
NO_CUE = "told of, but no word says how far it is; 'announced' claims the least"
_MADE = frozenset({"signed", "initialled", "agreed", "approved", "ratified", "announced"})
_ENDED = frozenset({"denounced", "suspended", "expired"})
_TO_COME = frozenset({Status.PLANNED, Status.PLEDGED, Status.SIGNALLED})
_OPEN = frozenset({Status.PROPOSED, Status.HYPOTHETICAL})
_KEPT = frozenset({Status.ALLEGED, Status.PERCEIVED, Status.BACKGROUND})
_OUGHT = frozenset({"must", "should", "can", "could", "may", "might", "need", "would", "have"})
_EXAMPLE = frozenset({"including", "include", "such_as", "among", "like"})
_PUT_TO = {"touch": "under_negotiation", "pen": "signed", "name": "signed", "signature": "signed", "end": "denounced"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The status of an agreement, the token that decided it, and how the report holds it.

    `negation` is True where a plain "not" denies it; "failed to sign" is negated without one.
    """

    value: str
    word: int
    status: Status
    reason: str
    negation: bool = False


def read_standing(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> Standing | None:
    """The status of the instrument at `noun`; None when no word decides it.

    The nearest word wins: what stands before or behind the noun, then what governs it, through coordination and
    measures ("a series of agreements").
    """
    for word, value in _cues(tree, noun, codebook, words):
        return _temper(tree, noun, word, value, codebook, words)
    return None


def _cues(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> Iterator[tuple[int, str]]:
    yield from _ends(tree, noun, words)
    yield from _own_cues(tree, noun, words)
    here = first_conjunct(tree, noun)
    if here != noun:
        yield from _own_cues(tree, here, words)
    for _ in range(_DEEPEST):
        head = tree.token(here).head
        if head < 0:
            return
        found = _governing(tree, here, head, words)
        if found is not None:
            yield head, found
            return
        if not _leads_up(tree, here, head, codebook, words):
            break
        here = first_conjunct(tree, head)
    if set(cases_of(tree, here)) & words.senses["preposition"].keys() and is_relation(
        tree.token(here).deprel, "obl", "nmod"
    ):
        yield here, "in_force"


def _leads_up(tree: Tree, here: int, head: int, codebook: Codebook, words: RecordWords) -> bool:
    """True when what governs `head` also governs `here`: measures, and instruments of which it is an example."""
    if tree.token(head).upos in ("VERB", "AUX"):
        return False
    example = bool(_EXAMPLE & set(cases_of(tree, here))) and tree.lemmas[head] in words.senses["instrument"]
    return example or tree.lemmas[head] in codebook.word_list("container")


def _ends(tree: Tree, noun: int, words: RecordWords) -> Iterator[tuple[int, str]]:
    """That it ended is later news than how it came about ("the pact signed in 1990 *lapsed*")."""
    here = noun
    above = tree.token(here).head
    if tree.token(noun).deprel == "compound" and above >= 0 and tree.token(above).xpos == "VBN":
        here, above = above, tree.token(above).head
    if above >= 0 and tree.token(here).deprel == "nsubj" and tree.token(above).upos == "VERB":
        value = _as_subject(tree, above, words)
        if value in _ENDED:
            yield above, value


def _as_subject(tree: Tree, verb: int, words: RecordWords) -> str | None:
    particles = [tree.lemmas[child] for child in children_by(tree, verb, "compound:prt", "advmod")]
    table = words.senses["subject_verb"]
    with_particle = (table.get(f"{tree.lemmas[verb]}:{particle}") for particle in particles)
    return next((value for value in with_particle if value), None) or table.get(tree.lemmas[verb])


def _own_cues(tree: Tree, noun: int, words: RecordWords) -> Iterator[tuple[int, str]]:
    """Clauses behind the noun ("signed in 1999", "that they signed") and words before it ("proposed")."""
    for child in children_by(tree, noun, "acl"):
        value = words.senses["object_verb"].get(tree.lemmas[child])
        passive = tree.token(child).xpos == "VBN" or is_passive(tree, child)
        active = is_relation(tree.token(child).deprel, "acl:relcl") and not is_passive(tree, child)
        if value is not None and (passive or (active and bool(children_by(tree, child, "nsubj")))):
            yield child, value
    for child in children_by(tree, noun, "amod", "compound"):
        value = words.senses["own_word"].get(tree.token(child).text.lower()) or words.senses["own_word"].get(
            tree.lemmas[child]
        )
        if value is not None:
            yield noun, value


def _governing(tree: Tree, here: int, head: int, words: RecordWords) -> str | None:
    deprel, lemma, senses = tree.token(here).deprel, tree.lemmas[head], words.senses
    if tree.token(head).upos not in ("VERB", "AUX"):
        close = lemma in ("close", "near") and bool({"to"} & set(cases_of(tree, here)))
        return "under_negotiation" if close else _by_noun(tree, here, head, senses["governing_noun"].get(lemma))
    if lemma == "put" and "to" in cases_of(tree, here):
        put = (_PUT_TO.get(tree.lemmas[child]) for child in children_by(tree, head, "obj") if child != here)
        return next((value for value in put if value), None)
    if lemma == "sign" and any(tree.lemmas[c] == "law" for c in children_by(tree, head, "obl")):
        return "ratified"
    if deprel in ("obj", "nsubj:pass") or (deprel == "nsubj" and is_passive(tree, head)):
        return senses["object_verb"].get(lemma)
    if deprel == "nsubj":
        return _as_subject(tree, head, words)
    if is_relation(deprel, "obl") and "in" in cases_of(tree, here) and tree.lemmas[here] in words.lists["needs_joint"]:
        return "announced"
    if is_relation(deprel, "obl", "nmod"):
        found = (senses["oblique_verb"].get(f"{lemma}:{case}") for case in cases_of(tree, here))
        return next((value for value in found if value), None)
    return None


def _by_noun(tree: Tree, here: int, head: int, value: str | None) -> str | None:
    """What a governing noun says of the instrument that hangs on it by "of", "on", "for", "to", "about"."""
    fits = is_relation(tree.token(here).deprel, "nmod") and bool(
        {"of", "on", "for", "to", "about", "over", "toward", "towards", "with", "from"} & set(cases_of(tree, here))
    )
    return value if fits else None


def _temper(tree: Tree, noun: int, word: int, value: str, codebook: Codebook, words: RecordWords) -> Standing:
    """The status with the mood of its word: "will sign" is announced, "failed to sign" still under negotiation."""
    held = _held(tree, noun, word, codebook, words)
    reason = f"'{tree.token(word).text}'" if word != noun else "a word before it"
    if held is Status.NEGATED and value in _MADE:
        plain = is_negated(tree, word)
        least = "proposed" if _is_denied(tree, word, words) else "under_negotiation"
        return Standing(value=least, word=word, status=held, reason=f"{reason}, negated", negation=plain)
    if held in _TO_COME and value in _MADE and tree.lemmas[word] != "agree":
        return Standing(value="announced", word=word, status=Status.PLANNED, reason=f"{reason}, to come")
    if held in _OPEN and value in _MADE:
        return Standing(value="proposed", word=word, status=Status.PROPOSED, reason=f"{reason}, not done")
    if value in _ENDED and held in (_TO_COME | _OPEN | {Status.NEGATED}):
        return Standing(value="in_force", word=word, status=Status.ASSERTED, reason=f"{reason} is not done")
    if value in ("proposed", "under_negotiation"):
        open_status = held if held is Status.NEGATED else Status.PROPOSED
        return Standing(value=value, word=word, status=open_status, reason=reason)
    kept = held in _KEPT and not (held is Status.BACKGROUND and tree.token(word).deprel == "acl")
    return Standing(value=value, word=word, status=held if kept else Status.ASSERTED, reason=reason)


def _held(tree: Tree, noun: int, word: int, codebook: Codebook, words: RecordWords) -> Status:
    """How the deciding word is held, with the moods of headlines and duties that events do not know."""
    if word == noun:
        doubted = any(tree.lemmas[child] in ("alleged", "allege", "purported") for child in tree.children[noun])
        return Status.ALLEGED if doubted else Status.ASSERTED
    if _is_denied(tree, word, words):
        return Status.NEGATED
    if any(tree.lemmas[child] in _OUGHT for child in children_by(tree, word, "aux") if tree.lemmas[child] != "have"):
        return Status.PROPOSED
    above = tree.token(word).head
    if above >= 0 and "to" in cases_of(tree, word):
        if tree.token(word).deprel == "acl" and tree.token(above).upos == "PROPN":
            return Status.PLANNED
        if tree.token(word).deprel in ("xcomp", "ccomp", "advcl") and tree.lemmas[above] in words.lists["urging_verb"]:
            return Status.PROPOSED
        if tree.lemmas[above] == "threaten":
            return Status.HYPOTHETICAL
    return judge_status(tree, word, codebook).status


def _is_denied(tree: Tree, word: int, words: RecordWords) -> bool:
    """True below a verb of denial or "it is not true that"."""
    for governor in ancestors(tree, word):
        if tree.lemmas[governor] in words.lists["denying_verb"] or tree.lemmas[governor] == "untrue":
            return True
        if tree.lemmas[governor] == "true" and is_negated(tree, governor):
            return True
    return False
