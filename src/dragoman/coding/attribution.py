"""Who says so: the report itself, somebody named, somebody unnamed; with the cue and the extent of what is said."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.arguments import mention_range
from dragoman.coding.codebook import Codebook
from dragoman.coding.participants import can_act
from dragoman.coding.slots import is_passive, read_slots, resolve_relative, surface_subject
from dragoman.language.tree import Tree, cases_of, characters_of, children_by, is_relation, mention_at, subtree
from dragoman.types.record import AttributedTo
from dragoman.types.text import Span

_FARTHEST = 8
_SURE = 0.85
_LIKELY = 0.7
_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionReading:
    """Who says so. `speaker` is the head token, `start` and `end` its half-open token range, `cue` the cue's token.

    All are None when the report itself says so; `speaker` is None as well when the unnamed are not written
    ("reportedly"). `extent` covers the characters of what is said.
    """

    by: AttributedTo
    speaker: int | None
    start: int | None
    end: int | None
    cue: int | None
    extent: Span | None
    reason: str
    confidence: float


_REPORT = AttributionReading(
    by=AttributedTo.REPORT,
    speaker=None,
    start=None,
    end=None,
    cue=None,
    extent=None,
    reason="no speaker above it",
    confidence=_LIKELY,
)


def find_attribution(tree: Tree, index: int, codebook: Codebook) -> AttributionReading:
    """Who says that the event at token `index` is so: the nearest speaker whose words hold it."""
    here = index
    for _ in range(_FARTHEST):
        found = _beside(tree, here, index, codebook) or _above(tree, here, codebook)
        if found is not None:
            return found
        head = tree.token(here).head
        if head < 0:
            break
        here = head
    return _before_colon(tree, index, codebook) or _REPORT


def _above(tree: Tree, here: int, codebook: Codebook) -> AttributionReading | None:
    """The governor reports this clause: "X said that ...", "claims that ...", "accused Y of ..."."""
    token = tree.token(here)
    verb = token.head
    if verb < 0:
        return None
    lemma = tree.lemmas[verb]
    if token.deprel in ("ccomp", "parataxis", "xcomp") and lemma in codebook.cue_list("speech_verb"):
        if token.deprel == "xcomp" and not is_passive(tree, verb):
            return None
        return _speech(tree, verb, here, codebook)
    if _is_charge(tree, here) and lemma in codebook.cue_list("accusing_verb"):
        return _speech(tree, verb, here, codebook)
    told = is_relation(token.deprel, "acl") or (token.deprel == "nmod" and "of" in cases_of(tree, here))
    if told and lemma in codebook.cue_list("speech_noun"):
        return _speech_noun(tree, verb, here, codebook)
    return None


def _is_charge(tree: Tree, here: int) -> bool:
    deprel = tree.token(here).deprel
    return (deprel in ("advcl", "acl", "ccomp", "xcomp") or is_relation(deprel, "obl")) and bool(
        set(cases_of(tree, here)) & {"of", "for", "with"}
    )


def _beside(tree: Tree, here: int, trigger: int, codebook: Codebook) -> AttributionReading | None:
    """A speaker hung on this clause: `"...", said X`, "according to X", "reportedly"."""
    for child in tree.children[here]:
        deprel, lemma = tree.token(child).deprel, tree.lemmas[child]
        if child == trigger:
            continue
        spoken = deprel == "parataxis" and lemma in codebook.cue_list("speech_verb") and not _has_content(tree, child)
        if spoken and surface_subject(tree, child) is not None and _is_outside(tree, child, trigger):
            return _speech(tree, child, here, codebook)
        if is_relation(deprel, "obl", "nmod") and _is_according(tree, child, codebook):
            return _named(tree, child, child, here, f"'according to {tree.token(child).text}'", codebook)
        if is_relation(deprel, "advmod") and lemma in codebook.cue_list("reported_word"):
            return _unnamed(tree, child, here, f"'{tree.token(child).text}' leaves the speaker open")
    return None


def _is_according(tree: Tree, index: int, codebook: Codebook) -> bool:
    return any(case.replace("_", " ") in codebook.cue_list("according") for case in cases_of(tree, index))


def _has_content(tree: Tree, verb: int) -> bool:
    return bool(children_by(tree, verb, "ccomp", "obj"))


def _is_outside(tree: Tree, verb: int, trigger: int) -> bool:
    """True when the trigger is not itself inside the clause of the verb of saying."""
    return trigger not in subtree(tree, verb)


def _speech(tree: Tree, verb: int, content: int, codebook: Codebook) -> AttributionReading:
    slots = read_slots(tree, verb)
    speakers = slots.of("subj")
    cue = f"'{tree.token(verb).text}'"
    if not speakers:
        return _unnamed(tree, verb, content, f"{cue} names no speaker")
    return _named(tree, resolve_relative(tree, speakers[0]), verb, content, f"{cue} reports it", codebook)


def _speech_noun(tree: Tree, noun: int, content: int, codebook: Codebook) -> AttributionReading:
    owners = [child for child in children_by(tree, noun, "nmod:poss") if can_act(tree, child, codebook)]
    by = [child for child in children_by(tree, noun, "nmod") if {"by", "from"} & set(cases_of(tree, child))]
    cue = f"'{tree.token(noun).text}' reports it"
    if owners or by:
        return _named(tree, (owners or by)[0], noun, content, cue, codebook)
    return _unnamed(tree, noun, content, cue)


def _named(tree: Tree, speaker: int, cue: int, content: int, reason: str, codebook: Codebook) -> AttributionReading:
    start, end = mention_range(tree, speaker, codebook)
    by = AttributedTo.UNNAMED if _is_unnamed(tree, speaker, start, end, codebook) else AttributedTo.NAMED
    return AttributionReading(
        by=by,
        speaker=speaker,
        start=start,
        end=end,
        cue=cue,
        extent=_extent(tree, content, cue),
        reason=reason,
        confidence=_SURE,
    )


def _unnamed(tree: Tree, cue: int, content: int, reason: str) -> AttributionReading:
    return AttributionReading(
        by=AttributedTo.UNNAMED,
        speaker=None,
        start=None,
        end=None,
        cue=cue,
        extent=_extent(tree, content, cue),
        reason=reason,
        confidence=_LIKELY,
    )


def _is_unnamed(tree: Tree, speaker: int, start: int, end: int, codebook: Codebook) -> bool:
    """True for "officials", "a witness", "two diplomats": no name and nobody definite."""
    if any(
        mention.start < end and start < mention.end and mention.kind == "Person" for mention in tree.sentence.mentions
    ):
        return False
    token = tree.token(speaker)
    if token.upos == "PROPN" or (
        token.upos == "PRON" and tree.lemmas[speaker] in ("he", "she", "it", "they", "we", "i")
    ):
        return False
    if mention_at(tree, speaker) is not None:
        return False
    if tree.lemmas[speaker] in codebook.cue_list("unnamed_speaker"):
        return True
    return token.xpos == "NNS" or any(
        tree.lemmas[child] in ("a", "an", "one") for child in children_by(tree, speaker, "det")
    )


def _extent(tree: Tree, content: int, cue: int) -> Span:
    """Characters of the reported clause without the words of the speaker and cue that hang on it."""
    spoken = set(subtree(tree, content))
    if cue in spoken and cue != content:
        spoken -= set(subtree(tree, cue))
    return _trim(tree, spoken)


def _trim(tree: Tree, tokens: set[int]) -> Span:
    ordered = sorted(tokens)
    while len(ordered) > 1 and tree.token(ordered[0]).upos == "PUNCT":
        ordered.pop(0)
    while len(ordered) > 1 and (tree.token(ordered[-1]).upos == "PUNCT"):
        ordered.pop()
    if len(ordered) > 1 and tree.lemmas[ordered[0]] == "that":
        ordered.pop(0)
    return characters_of(tree, ordered[0], ordered[-1] + 1)


def _before_colon(tree: Tree, index: int, codebook: Codebook) -> AttributionReading | None:
    """A headline's speaker before a colon ("Militia chief: we will take the port")."""
    colon = next(_colons(tree), None)
    if colon is None or not 0 < colon <= _LONGEST_NAME or index <= colon:
        return None
    if any(tree.token(before).upos in ("VERB", "AUX") for before in range(colon)):
        return None
    speaker = next((before for before in range(colon) if not 0 <= tree.token(before).head < colon), 0)
    if not can_act(tree, speaker, codebook):
        return None
    end = characters_of(tree, colon + 1, len(tree.sentence.tokens)) if colon + 1 < len(tree.sentence.tokens) else None
    unnamed = _is_unnamed(tree, speaker, 0, colon, codebook)
    return AttributionReading(
        by=AttributedTo.UNNAMED if unnamed else AttributedTo.NAMED,
        speaker=speaker,
        start=0,
        end=colon,
        cue=colon,
        extent=end,
        reason="a speaker stands before the colon",
        confidence=_LIKELY,
    )


def _colons(tree: Tree) -> Iterator[int]:
    return (token.index for token in tree.sentence.tokens if token.text == ":")
