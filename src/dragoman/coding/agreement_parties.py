"""Who is bound by an instrument and who signs it, from the words at it and at the verb that decides its status."""

from collections.abc import Sequence

from dragoman.coding.agreement_status import Standing
from dragoman.coding.agreement_words import twin_word
from dragoman.coding.carriers import carrier_of
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import is_kind
from dragoman.coding.participants import can_act, is_demonym
from dragoman.coding.record_words import RecordWords
from dragoman.coding.slots import read_slots, spread, surface_subject
from dragoman.language.tree import Tree, cases_of, children_by, is_relation, subtree
from dragoman.types.text import Span

_LEADING = frozenset({"result", "lead", "end", "culminate", "close", "conclude", "yield", "finish", "produce"})
_LEGISLATING = frozenset({"ratify", "approve", "adopt", "endorse", "vote", "reject", "annul", "back", "accede"})
_JOINT_PAPER = frozenset({"joint statement"})


def party_heads(
    tree: Tree, noun: int, instrument: str, standing: Standing, codebook: Codebook, words: RecordWords
) -> list[int]:
    """Head tokens of the parties, those at the instrument first; the doer of the deciding verb joins those "with".

    A pronoun at the instrument ("its accord") is left out where the doer is written.
    """
    if instrument == "twinning" and (twinned := twinned_places(tree, noun)):
        return twinned
    inner = [h for child in children_by(tree, noun, "nmod") for h in _at_instrument(tree, child, words)]
    owners = [child for child in children_by(tree, noun, "nmod:poss") if can_act(tree, child, codebook)]
    between = any({"between", "among"} & set(cases_of(tree, child)) for child in children_by(tree, noun, "nmod"))
    outer = [] if between else _at_verb(tree, noun, instrument, standing, words)
    heads = [*inner, *owners, *outer] or _who_met(tree, standing.word, codebook)
    # Anybody may be party to a contract ("with a Spanish shipyard"); treaties are made by those who act in politics.
    known = inner if instrument == "contract" else []
    fits = [h for h in dict.fromkeys(heads) if h in known or can_act(tree, h, codebook) or is_demonym(tree, h)]
    named = [h for h in fits if tree.token(h).upos != "PRON"]
    return named if outer and named else fits


def _at_instrument(tree: Tree, child: int, words: RecordWords) -> tuple[int, ...]:
    """The sides behind the instrument, also those that the tree hangs on its subject ("on fish *with Somalia*")."""
    cases = set(cases_of(tree, child))
    if cases & words.lists["party_case"]:
        return spread(tree, (child,))
    if not cases & words.lists["subject_case"]:
        return ()
    named = [m.head for m in tree.sentence.mentions if m.kind in ("Location", "Organization")]
    below = [c for c in children_by(tree, child, "nmod") if {"with", "between"} & set(cases_of(tree, c)) and c in named]
    return spread(tree, tuple(below))


def _at_verb(tree: Tree, noun: int, instrument: str, standing: Standing, words: RecordWords) -> list[int]:
    word, lemma = standing.word, tree.lemmas[standing.word]
    if word == noun or (lemma in words.lists["broker_verb"] and instrument not in _JOINT_PAPER):
        return []
    slots = read_slots(tree, word)
    heads = [h for name in ("between", "with") for h in slots.of(name)]
    if tree.token(word).upos in ("VERB", "AUX"):
        heads = [*(h for h in slots.of("subj") if h != noun), *heads]
    elif tree.token(word).upos == "ADJ":
        doer = surface_subject(tree, word)
        heads = [*([doer] if doer is not None and doer != noun else []), *heads]
    else:
        heads.extend([*slots.of("by"), *slots.of("poss")])
    found = [h for h in spread(tree, tuple(heads)) if h != noun and noun not in spread(tree, (h,))]
    found = [h for h in found if tree.lemmas[h] not in words.lists["legislature"]]
    alone = lemma in _LEGISLATING and len(found) == 1 and is_kind(tree, found[0], "Person")
    return [] if alone else found


def _who_met(tree: Tree, word: int, codebook: Codebook) -> list[int]:
    """Who met where a meeting led to the signing ("the talks between A and B ended with the signing of")."""
    carrier = carrier_of(tree, word, codebook)
    verb = carrier.verb if carrier is not None else word
    if tree.lemmas[verb] not in _LEADING:
        return []
    meetings = [child for child in children_by(tree, verb, "nsubj") if tree.lemmas[child] in codebook.word_list("talk")]
    found = [
        child
        for meeting in meetings[:1]
        for child in children_by(tree, meeting, "nmod")
        if {"between", "of", "among"} & set(cases_of(tree, child))
    ]
    return list(spread(tree, tuple(found)))


def twinned_places(tree: Tree, noun: int) -> list[int]:
    """The places that are twinned: "twinning *Astana* and *Yerevan*", "the twinning of the cities of ..."."""
    twin = twin_word(tree, noun)
    for word in (noun,) if twin is None else (twin, noun):
        for child in (*children_by(tree, word, "obj"), *children_by(tree, word, "nmod")):
            below = subtree(tree, child)
            places = [m.head for m in tree.sentence.mentions if m.kind == "Location" and m.head in below]
            if len(places) > 1:
                return places
    return []


def signer_heads(tree: Tree, heads: Sequence[int], standing: Standing, words: RecordWords) -> list[int]:
    """Those of the parties who put their names to it: persons and offices, where it is signed or initialled."""
    if standing.value not in ("signed", "initialled"):
        return []
    return [h for h in heads if _can_sign(tree, h, words)]


def _can_sign(tree: Tree, head: int, words: RecordWords) -> bool:
    if is_kind(tree, head, "Person") or tree.lemmas[head] in words.lists["signer_noun"]:
        return True
    return any(is_kind(tree, c, "Person") for c in tree.children[head] if is_relation(tree.token(c).deprel, "appos"))


def parties_of_events(tree: Tree, standing: Standing, noun: int, events: Sequence[ChosenEvent]) -> tuple[Span, ...]:
    """The participants of the event at the deciding word or at the instrument itself, when the words give none."""
    for event in events:
        if event.token in (standing.word, noun) and event.category in ("SUPPORT", "AGREE", "CONSULT"):
            words = tree.token(noun).span
            return tuple(span for span in (*event.sources, *event.targets) if not span.overlaps(words))
    return ()
