"""How the report holds an event (RECORD.md section 3), by cues in the tree. The cue words are data of the codebook."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.coding.carriers import carrier_of
from dragoman.coding.codebook import Codebook
from dragoman.coding.slots import own_subject, surface_subject
from dragoman.language.tree import Tree, cases_of, children_by, is_relation
from dragoman.types.record import Status

_CUED = 0.8
_DEFAULT = 0.7
_YEAR = re.compile(r"^(1[5-9]|20)\d\d$")
_FARTHEST = 5
_CLAUSE = ("ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReading:
    """A status with the cue word that decided it; `cue` is None when nothing speaks against `asserted`.

    `beside` says that the cue is an adjective or adverb of the word itself: "alleged", "proposed", "perceived".
    """

    status: Status
    cue: int | None
    reason: str
    confidence: float
    beside: bool = False


def judge_status(
    tree: Tree,
    index: int,
    codebook: Codebook,
    *,
    category: str | None = None,
    usual: str | None = None,
    year: int | None = None,
) -> StatusReading:
    """The status of the event at token `index`.

    The nearest cue decides: first what stands at the word itself or its light verb, then each verb, noun and clause
    above it. Without a cue the status is `usual` (that of the trigger's rule), else the category's own where the
    codebook gives one (a done AGREE is a pledge), else asserted. `year` is that of the report: earlier years make
    background; without it any year does.
    """
    if is_own_commitment(tree, index, codebook):
        cooperative = (codebook.quad_of(category or "") or "").endswith("cooperation")
        status = Status.PLEDGED if cooperative else Status.PLANNED
        return StatusReading(
            status=status, cue=tree.token(index).head, reason="the speaker binds itself", confidence=_CUED
        )
    known = codebook.categories.get(category or "")
    default = usual or (known.status if known is not None else None)
    for step in _steps(tree, index, codebook):
        found = _read_step(tree, step, codebook, year)
        if found is not None and not (default and found.status is Status.BACKGROUND):
            return StatusReading(
                status=found.status, cue=found.cue, reason=found.reason, confidence=_CUED, beside=found.beside
            )
    if default:
        reason = f"done, an act of this kind is {default}"
        return StatusReading(status=Status(default), cue=None, reason=reason, confidence=_DEFAULT)
    return StatusReading(status=Status.ASSERTED, cue=None, reason="no cue against it", confidence=_DEFAULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One word on the way up: `index` is looked at, `below` is where we came from (None at the trigger itself).

    `carries` is True while the words passed only carry the event (light verbs, measures), `shared` when the way led
    through a coordination: then auxiliaries and conditions are shared, a "not" is not.
    """

    index: int
    below: int | None
    carries: bool
    shared: bool = False


class _Found(NamedTuple):
    """What a cue says; `beside` as in `StatusReading`."""

    status: Status
    cue: int
    reason: str
    beside: bool = False


def _steps(tree: Tree, index: int, codebook: Codebook) -> Iterator[_Step]:
    """The trigger, its light verb as if it were the trigger, and the governors above."""
    yield _Step(index=index, below=None, carries=True)
    here, carries, shared = index, True, False
    for _ in range(_FARTHEST):
        token = tree.token(here)
        if token.head < 0:
            return
        joined = token.deprel == "conj"
        shared = shared or (joined and token.upos in ("VERB", "AUX"))
        carries = carries and (joined or _is_carried(tree, here, codebook))
        yield _Step(index=token.head, below=None if joined else here, carries=carries, shared=shared)
        if not carries and _ends_scope(tree, here):
            return
        here = token.head


def _ends_scope(tree: Tree, index: int) -> bool:
    """True where a clause stands on its own: relative clauses, reduced ones, asides, adverbial clauses of time."""
    token = tree.token(index)
    if token.deprel in ("acl:relcl", "parataxis", "appos", "list", "advcl:relcl") or is_relation(token.deprel, "nsubj"):
        return True
    charges = bool(set(cases_of(tree, index)) & {"to", "of", "for", "from", "with"})
    return (token.deprel == "advcl" and not charges) or (token.deprel == "acl" and token.xpos in ("VBN", "VBD"))


def _is_carried(tree: Tree, index: int, codebook: Codebook) -> bool:
    """True when the word above only carries this one: a light verb or a measure."""
    if tree.token(index).upos in ("VERB", "AUX"):
        return False
    carrier = carrier_of(tree, index, codebook)
    head = tree.token(index).head
    if carrier is not None and carrier.verb == head:
        return carrier.light
    return tree.lemmas[head] in codebook.word_list("container")


def _read_step(tree: Tree, step: _Step, codebook: Codebook, year: int | None) -> _Found | None:
    governed = _governed(tree, step, codebook)
    if not step.carries:
        return governed
    shared = (
        _condition(tree, step, codebook) or _future(tree, step.index, codebook) or _modal(tree, step.index, codebook)
    )
    if step.shared:
        return shared or governed
    return (
        _negation(tree, step, codebook)
        or shared
        or _alleging_aside(tree, step.index, codebook)
        or _modifier(tree, step.index, codebook)
        or governed
        or _background(tree, step.index, codebook, year)
    )


def _alleging_aside(tree: Tree, index: int, codebook: Codebook) -> _Found | None:
    """ "..., the ministry alleged": the claim stands beside the clause."""
    for child in children_by(tree, index, "parataxis"):
        if tree.lemmas[child] in codebook.cue_list("alleging_aside"):
            return _Found(Status.ALLEGED, child, f"'{tree.token(child).text}' holds it as alleged")
    return None


def _negation(tree: Tree, step: _Step, codebook: Codebook) -> _Found | None:
    words = codebook.cue_list("negation")
    for child in tree.children[step.index]:
        deprel = tree.token(child).deprel
        plain = is_relation(deprel, "advmod", "det", "cc", "cc:preconj", "mark", "case")
        if plain and tree.lemmas[child] in words:
            return _Found(Status.NEGATED, child, f"'{tree.token(child).text}' denies it")
        if (
            child != step.below
            and deprel in ("nsubj", "nsubj:pass", "obj", "obl:agent")
            and _is_nobody(tree, child, words)
        ):
            return _Found(Status.NEGATED, child, f"'{tree.token(child).text}' has nobody take part")
    return None


def _is_nobody(tree: Tree, index: int, words: frozenset[str]) -> bool:
    if tree.lemmas[index] in words or any(tree.lemmas[child] == "not" for child in children_by(tree, index, "advmod")):
        return True
    return any(tree.lemmas[child] in ("no", "neither") for child in children_by(tree, index, "det"))


def _condition(tree: Tree, step: _Step, codebook: Codebook) -> _Found | None:
    for child in children_by(tree, step.index, "mark", "advmod"):
        if tree.lemmas[child] in codebook.cue_list("condition"):
            return _Found(Status.HYPOTHETICAL, child, f"a condition opens with '{tree.token(child).text}'")
    return None


def _future(tree: Tree, index: int, codebook: Codebook) -> _Found | None:
    """ "will visit", "is to visit", and the bare infinitive of headlines ("Ministers to meet")."""
    for child in children_by(tree, index, "aux"):
        if tree.lemmas[child] in codebook.cue_list("planned_modal"):
            return _Found(Status.PLANNED, child, f"'{tree.token(child).text}' puts it in the future")
    token = tree.token(index)
    to = next((child for child in children_by(tree, index, "mark") if tree.lemmas[child] == "to"), None)
    if to is None:
        return None
    if token.deprel in ("root", "parataxis", "ccomp") or any(
        tree.lemmas[child] == "be" for child in children_by(tree, index, "aux", "cop")
    ):
        return _Found(Status.PLANNED, to, "an infinitive stands for the future")
    if token.deprel in ("acl", "xcomp") and token.head >= 0 and tree.lemmas[token.head] == "be":
        return _Found(Status.PLANNED, to, "'is to' puts it in the future")
    return None


def _modal(tree: Tree, index: int, codebook: Codebook) -> _Found | None:
    for child in children_by(tree, index, "aux"):
        if (
            tree.lemmas[child] in codebook.cue_list("conditional_modal")
            or tree.token(child).text.lower()
            in (
                "would",
                "'d",
            )
        ) and (tree.token(child).text.lower() in ("'d", "would") or tree.lemmas[child] != "will"):
            return _Found(Status.HYPOTHETICAL, child, f"'{tree.token(child).text}' makes it conditional")
    return None


def _modifier(tree: Tree, index: int, codebook: Codebook) -> _Found | None:
    """Words before the noun or beside the verb: "planned talks", "alleged plot", "perceived support"."""
    for child in children_by(tree, index, "amod", "advmod", "compound"):
        word = tree.token(child).text.lower()
        lemma = tree.lemmas[child]
        for cues, status in (
            ("alleging_word", Status.ALLEGED),
            ("perceiving_word", Status.PERCEIVED),
            ("proposing_word", Status.PROPOSED),
            ("planning_adjective", Status.PLANNED),
            ("background_word", Status.BACKGROUND),
        ):
            if word in codebook.cue_list(cues) or (lemma in codebook.cue_list(cues) and cues == "background_word"):
                if cues in ("proposing_word", "planning_adjective") and tree.token(index).upos in ("VERB", "AUX"):
                    continue
                return _Found(status, child, f"'{tree.token(child).text}' marks it as {status}", beside=True)
    return None


def _governed(tree: Tree, step: _Step, codebook: Codebook) -> _Found | None:
    """What the word above makes of the one below: "pledged to", "accused of", "if", "failed to"."""
    if step.below is None:
        return None
    below = tree.token(step.below)
    lemma, word = tree.lemmas[step.index], tree.token(step.index).text.lower()
    clause = below.deprel in _CLAUSE and below.deprel != "parataxis"
    governed = clause or below.deprel in ("obj", "nsubj:pass") or is_relation(below.deprel, "obl", "nmod")
    if not governed:
        return None
    if tree.token(step.index).upos == "NOUN" and _is_nobody(tree, step.index, codebook.cue_list("negation")):
        return _Found(Status.NEGATED, step.index, f"'no {tree.token(step.index).text}' denies it")
    to_do = _points_ahead(tree, step.below)
    for cues, status in _GOVERNING:
        if lemma not in codebook.cue_list(cues) and word not in codebook.cue_list(cues):
            continue
        if cues in _ONLY_AHEAD and not to_do:
            continue
        if cues in _ONLY_OBJECT and not (clause or below.deprel in ("obj", "nsubj:pass")):
            continue
        if cues == "perceiving_verb" and not _is_passive_like(tree, step.index):
            continue
        if cues == "alleging_verb" and not _is_charged(tree, step.below, lemma, codebook):
            continue
        if cues.endswith("noun") and tree.token(step.index).upos not in ("NOUN", "PROPN"):
            continue
        return _Found(status, step.index, f"'{tree.token(step.index).text}' holds it as {status}")
    return None


_GOVERNING = (
    ("negating_verb", Status.NEGATED),
    ("planning_verb", Status.PLANNED),
    ("planning_adjective", Status.PLANNED),
    ("planning_noun", Status.PLANNED),
    ("pledging_verb", Status.PLEDGED),
    ("pledging_noun", Status.PLEDGED),
    ("proposing_verb", Status.PROPOSED),
    ("proposing_noun", Status.PROPOSED),
    ("signalling_word", Status.SIGNALLED),
    ("signalling_verb", Status.SIGNALLED),
    ("alleging_verb", Status.ALLEGED),
    ("alleging_noun", Status.ALLEGED),
    ("perceiving_verb", Status.PERCEIVED),
)
_ONLY_AHEAD = frozenset(
    {
        "negating_verb",
        "planning_verb",
        "planning_adjective",
        "planning_noun",
        "pledging_verb",
        "pledging_noun",
        "signalling_word",
    }
)
_ONLY_OBJECT = frozenset({"proposing_verb"})


def _is_charged(tree: Tree, below: int, lemma: str, codebook: Codebook) -> bool:
    """True for what somebody is accused *of* or blamed *for*, and for what is alleged in a clause."""
    deprel = tree.token(below).deprel
    if lemma in codebook.cue_list("alleging_aside") and deprel in ("ccomp", "xcomp"):
        return True
    return deprel not in ("obj", "nsubj:pass") and bool(set(cases_of(tree, below)) & {"of", "for", "with"})


def _points_ahead(tree: Tree, index: int) -> bool:
    """True for infinitives, gerunds and nouns that a verb of will points at, false for finite clauses in the past."""
    token = tree.token(index)
    if token.upos not in ("VERB", "AUX"):
        return token.deprel in ("obj", "nsubj:pass") or is_relation(token.deprel, "nmod", "obl", "xcomp")
    if token.xpos in ("VBD", "VBZ", "VBP"):
        return False
    return token.xpos in ("VB", "VBG") or bool(children_by(tree, index, "mark"))


def _is_passive_like(tree: Tree, index: int) -> bool:
    """ "is seen as", "widely believed to": the perceiver is nobody in particular."""
    active = any(tree.token(child).deprel == "nsubj" for child in tree.children[index])
    return tree.token(index).xpos == "VBN" and not active


def _background(tree: Tree, index: int, codebook: Codebook, year: int | None) -> _Found | None:
    """A year before the report's, "last year", a relative clause in the past, "has long"."""
    token = tree.token(index)
    for child in children_by(tree, index, "nummod", "compound", "obl", "nmod", "amod"):
        for word in (child, *children_by(tree, child, "nummod", "compound", "nmod")):
            if _is_past_year(tree, word, child, year):
                return _Found(Status.BACKGROUND, word, f"the year {tree.token(word).text} is told as past")
        if _is_last_year(tree, child):
            return _Found(Status.BACKGROUND, child, f"'{tree.token(child).text}' puts it long before the report")
    aside = _aside(tree, index)
    if aside is not None and not _is_reported(tree, index, codebook):
        return _Found(Status.BACKGROUND, aside, "a relative clause in the past tells what went before")
    if token.upos == "VERB" and any(tree.lemmas[child] == "long" for child in children_by(tree, index, "advmod")):
        return _Found(Status.BACKGROUND, index, "'long' tells a standing fact")
    return None


def _is_past_year(tree: Tree, word: int, phrase: int, year: int | None) -> bool:
    text = tree.token(word).text
    if not _YEAR.match(text) or set(cases_of(tree, phrase)) & {"until", "by", "to", "since"}:
        return False
    return year is None or int(text) < year


def _aside(tree: Tree, index: int) -> int | None:
    """The verb of a relative or reduced clause in the past ("a treaty signed in Oslo"), None elsewhere.

    Of such clauses in the starting corpus three in five are background; the past perfect of a main clause is not.
    """
    token = tree.token(index)
    if token.deprel == "acl":
        return index if token.xpos in ("VBN", "VBD") else None
    return index if token.deprel == "acl:relcl" and token.xpos in ("VBN", "VBD") else None


def _is_last_year(tree: Tree, index: int) -> bool:
    if tree.lemmas[index] not in ("year", "decade", "century"):
        return False
    return any(tree.lemmas[child] in ("last", "previous") for child in children_by(tree, index, "amod"))


def _is_reported(tree: Tree, index: int, codebook: Codebook) -> bool:
    """True inside indirect speech, where the past perfect is only the shift of tense."""
    here = index
    for _ in range(_FARTHEST):
        token = tree.token(here)
        if token.head < 0:
            return False
        if token.deprel in ("ccomp", "parataxis") and tree.lemmas[token.head] in codebook.cue_list("speech_verb"):
            return True
        here = token.head
    return False


def is_own_commitment(tree: Tree, index: int, codebook: Codebook) -> bool:
    """True for "X said it would do": the speaker binds itself, so the act is pledged and not merely reported.

    The content's subject must be a pronoun or the speaker again, and the verb a plain verb of saying.
    """
    token = tree.token(index)
    if token.deprel != "ccomp" or tree.lemmas[token.head] not in codebook.cue_list("own_commitment"):
        return False
    modal = any(tree.token(child).text.lower() in ("will", "would", "'ll") for child in children_by(tree, index, "aux"))
    subject, speaker = own_subject(tree, index), surface_subject(tree, token.head)
    if not modal or subject is None or speaker is None:
        return False
    return (
        tree.token(subject).text.lower() in ("it", "he", "she", "they", "we")
        or tree.lemmas[subject] == tree.lemmas[speaker]
    )
