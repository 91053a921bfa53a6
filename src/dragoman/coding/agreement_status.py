"""How far an agreement has come, from the words that govern the instrument ("signed", "talks on", "under")."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import is_negated
from dragoman.coding.record_words import RecordWords
from dragoman.coding.slots import is_passive
from dragoman.coding.status import judge_status
from dragoman.language.tree import Tree, cases_of, children_by, first_conjunct, is_relation
from dragoman.types.record import Status

_DEEPEST = 4
_MADE = frozenset({"signed", "initialled", "agreed", "approved", "ratified", "announced"})
_TO_COME = frozenset({Status.PLANNED, Status.PLEDGED, Status.SIGNALLED})
_OPEN = frozenset({Status.PROPOSED, Status.HYPOTHETICAL})
_KEPT = frozenset({Status.ALLEGED, Status.PERCEIVED, Status.BACKGROUND})


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
        return _temper(tree, noun, word, value, codebook)
    return None


def _cues(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> Iterator[tuple[int, str]]:
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
        if tree.lemmas[head] not in codebook.word_list("container") or tree.token(head).upos in ("VERB", "AUX"):
            break
        here = first_conjunct(tree, head)
    if set(cases_of(tree, here)) & words.senses["preposition"].keys() and is_relation(
        tree.token(here).deprel, "obl", "nmod"
    ):
        yield here, "in_force"


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
    if lemma == "sign" and any(tree.lemmas[c] == "law" for c in children_by(tree, head, "obl")):
        return "ratified"
    if deprel in ("obj", "nsubj:pass") or (deprel == "nsubj" and is_passive(tree, head)):
        return senses["object_verb"].get(lemma)
    if deprel == "nsubj":
        return senses["subject_verb"].get(lemma)
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


def _temper(tree: Tree, noun: int, word: int, value: str, codebook: Codebook) -> Standing:
    """The status with the mood of its word: "will sign" is announced, "failed to sign" still under negotiation."""
    held = judge_status(tree, word, codebook).status if word != noun else Status.ASSERTED
    reason = f"'{tree.token(word).text}'" if word != noun else "a word before it"
    if held is Status.NEGATED and value in _MADE:
        plain = is_negated(tree, word)
        return Standing(value="under_negotiation", word=word, status=held, reason=f"{reason}, negated", negation=plain)
    if held in _TO_COME and value in _MADE and tree.lemmas[word] != "agree":
        return Standing(value="announced", word=word, status=Status.PLANNED, reason=f"{reason}, to come")
    if held in _OPEN and value in _MADE:
        return Standing(value="proposed", word=word, status=Status.PROPOSED, reason=f"{reason}, not done")
    if value in ("proposed", "under_negotiation"):
        return Standing(value=value, word=word, status=Status.PROPOSED, reason=reason)
    kept = held in _KEPT and not (held is Status.BACKGROUND and tree.token(word).deprel == "acl")
    return Standing(value=value, word=word, status=held if kept else Status.ASSERTED, reason=reason)
