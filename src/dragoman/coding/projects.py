"""Named and described undertakings: roads, railways, pipelines, plants, and whatever is called a project by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    is_shouted,
    lay_ground,
    range_span,
    span_of_tokens,
)
from dragoman.coding.participants import can_act
from dragoman.coding.quotes import find_quotes
from dragoman.coding.record_words import RecordWords, record_words
from dragoman.coding.slots import is_passive, read_slots, spread
from dragoman.coding.status import judge_status
from dragoman.language.tree import (
    Tree,
    ancestors,
    cases_of,
    characters_of,
    children_by,
    first_conjunct,
    is_relation,
    mention_at,
    phrase_range,
    subtree,
)
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Project, Status
from dragoman.types.text import Span
from dragoman.types.where import PlaceLink

_FARTHEST = 6
_TO_COME = frozenset({Status.PLANNED, Status.PROPOSED, Status.HYPOTHETICAL, Status.SIGNALLED, Status.NEGATED})
_PROMOTING = frozenset({"initiative", "project", "scheme"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDraft:
    """An undertaking before its proponents and places are looked up. `sort` is None when its noun does not tell."""

    ground: Ground
    name: Span
    sort: str | None
    proponents: tuple[Span, ...]
    places: tuple[Span, ...]
    project_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    """The word that tells how far the undertaking is."""

    word: int
    value: str


def find_projects(
    parsed: ParsedDocument,
    events: Sequence[ChosenEvent],
    codebook: Codebook,
    trees: Sequence[Tree] | None = None,
) -> tuple[ProjectDraft, ...]:
    """The undertakings told of, in text order. `trees` are those of the sentences, grown here when not given."""
    words = record_words()
    drafts: list[ProjectDraft] = []
    for tree in trees if trees is not None else grow_trees(parsed, codebook):
        if tree.sentence.furniture:
            continue
        for index, lemma in enumerate(tree.lemmas):
            if lemma in words.lists["project_noun"] and tree.token(index).upos in ("NOUN", "PROPN"):
                draft = _read_noun(tree, index, codebook, words)
                if draft is not None:
                    drafts.append(draft)
    return tuple(drafts)


def _read_noun(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> ProjectDraft | None:
    if tree.token(noun).deprel == "compound" or not _is_undertaking(tree, noun, words):
        return None
    name = _given_name(tree, noun, words)
    scheme = tree.lemmas[noun] in words.lists["scheme_noun"]
    if scheme and name is None:
        return None
    cue = _read_cue(tree, noun, codebook, words)
    if name is None and not _is_specific(tree, noun, words) and not _is_somebodys(tree, noun, cue, codebook):
        return None
    if cue is None and (name is None or tree.lemmas[noun] not in _PROMOTING):
        return None
    cue = cue or _Cue(word=noun, value="promoted" if _is_praised(tree, noun, words) else "")
    if not cue.value:
        return None
    return _draft(tree, noun, name or _described(tree, noun), name is not None, cue, codebook, words)


def _is_undertaking(tree: Tree, noun: int, words: RecordWords) -> bool:
    lists, lemma = words.lists, tree.lemmas[noun]
    if is_kind(tree, noun, "Organization", "Person"):
        return False
    before = {tree.lemmas[child] for child in children_by(tree, noun, "amod", "compound", "nmod:desc")}
    if lemma in lists["undertaking_if_before"]:
        return bool(before & lists["before_undertaking"]) or mention_at(tree, noun) is not None
    of = any("of" in cases_of(tree, child) for child in children_by(tree, noun, "nmod"))
    return "no" not in before and not (lemma in ("barrage", "bridge") and of)


def _is_specific(tree: Tree, noun: int, words: RecordWords) -> bool:
    """True for one undertaking told apart from others of its sort: "the new dam", "a railway from Sohar"."""
    if tree.token(noun).xpos in ("NNS", "NNPS"):
        return False
    placed = any(m.kind == "Location" and m.head in subtree(tree, noun) for m in tree.sentence.mentions)
    named = any(tree.token(c).text[:1].isupper() for c in children_by(tree, noun, "compound")) and not is_shouted(tree)
    return (
        placed
        or named
        or any(tree.lemmas[child] in words.lists["telling_apart"] for child in children_by(tree, noun, "amod"))
    )


def _is_somebodys(tree: Tree, noun: int, cue: _Cue | None, codebook: Codebook) -> bool:
    """True for one undertaking that somebody plans, builds or opens: "engineers opened a pumping station"."""
    if cue is None or cue.word == noun or tree.token(noun).xpos != "NN" or tree.token(cue.word).upos != "VERB":
        return False
    return any(can_act(tree, doer, codebook) for doer in read_slots(tree, cue.word).of("subj"))


def _given_name(tree: Tree, noun: int, words: RecordWords) -> Span | None:
    """The name as written: in quotation marks before the noun, an entity, or capitals that are no headline's."""
    for quote in find_quotes(tree):
        if quote.end in (noun, noun + 1) or (quote.holds(noun) and quote.last - quote.first <= _FARTHEST):
            return range_span(tree, quote.first, quote.last)
    mention = mention_at(tree, noun)
    if mention is not None and mention.kind in ("Misc", "Location") and mention.end - mention.start > 1:
        return mention.span
    if is_shouted(tree):
        return None
    start = phrase_range(tree, noun)[0]
    capitals = [i for i in range(start, noun + 1) if tree.token(i).text[:1].isupper() and tree.token(i).upos != "DET"]
    owners = {i for c in children_by(tree, noun, "nmod:poss") for i in subtree(tree, c)}
    capitals = [i for i in capitals if i not in owners and i != 0]
    if len(capitals) > 1 and (noun in capitals or tree.lemmas[noun] in words.lists["scheme_noun"]):
        return range_span(tree, capitals[0], noun + 1)
    return None


def _described(tree: Tree, noun: int) -> Span:
    """The phrase without its article, with where it runs ("between Sohar and Abu Dhabi")."""
    start, end = phrase_range(tree, noun)
    for child in children_by(tree, noun, "nmod"):
        below = subtree(tree, child)
        if below[0] == end and set(cases_of(tree, child)) & {
            "between",
            "through",
            "from",
            "to",
            "in",
            "at",
            "across",
            "under",
            "of",
        }:
            end = below[-1] + 1
    while start < noun and tree.token(start).upos in ("DET", "PUNCT"):
        start += 1
    return span_of_tokens(tree, range(start, end)) or characters_of(tree, noun, noun + 1)


def _read_cue(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> _Cue | None:
    """The nearest word that tells how far it is: before the noun, then the work on it, then the verb above."""
    here = first_conjunct(tree, noun)
    for index in (noun, here):
        for child in children_by(tree, index, "amod"):
            value = words.senses["project_adjective"].get(tree.token(child).text.lower())
            if value:
                return _Cue(word=noun, value=value)
    for child in children_by(tree, noun, "acl"):
        value = words.senses["project_verb"].get(tree.lemmas[child])
        if value and is_passive(tree, child):
            return _Cue(word=child, value=_tempered(tree, child, value, codebook))
    head = tree.token(here).head
    if head >= 0 and tree.lemmas[head] in words.lists["work_noun"] and is_relation(tree.token(here).deprel, "nmod"):
        return _work(tree, head, codebook, words)
    if head < 0:
        return None
    if tree.token(head).upos not in ("VERB", "AUX"):
        value = words.senses["project_noun"].get(tree.lemmas[head])
        fits = is_relation(tree.token(here).deprel, "nmod") and bool(
            {"for", "of", "on", "over"} & set(cases_of(tree, here))
        )
        return _Cue(word=head, value=value) if value and fits else None
    return _by_verb(tree, here, head, codebook, words)


def _work(tree: Tree, work: int, codebook: Codebook, words: RecordWords) -> _Cue | None:
    """ "the proposed construction of", "approved the building of", "construction of the line began"."""
    for child in children_by(tree, work, "amod"):
        value = words.senses["project_adjective"].get(tree.token(child).text.lower())
        if value:
            return _Cue(word=work, value=value)
    head = tree.token(first_conjunct(tree, work)).head
    if head >= 0 and tree.token(head).upos == "VERB":
        value = words.senses["project_verb"].get(tree.lemmas[head])
        if value == "operating" and tree.lemmas[head] == "launch":
            value = "under_construction"
        return _Cue(word=head, value=_tempered(tree, head, value, codebook)) if value else None
    return None


def _by_verb(tree: Tree, here: int, verb: int, codebook: Codebook, words: RecordWords) -> _Cue | None:
    deprel, lemma = tree.token(here).deprel, tree.lemmas[verb]
    if is_relation(deprel, "obl") and "on" in cases_of(tree, here) and _is_settled(tree, verb):
        return _Cue(word=verb, value=_tempered(tree, verb, "agreed", codebook))
    object_like = deprel in ("obj", "nsubj:pass") or (deprel == "nsubj" and is_passive(tree, verb))
    if not object_like or is_negated(tree, verb):
        return None
    if lemma in words.lists["building_verb"]:
        return _Cue(word=verb, value=_building(tree, verb, codebook, words))
    value = words.senses["project_verb"].get(lemma)
    if value == "under_construction" or value is None:
        return None
    return _Cue(word=verb, value=_tempered(tree, verb, value, codebook))


def _is_settled(tree: Tree, verb: int) -> bool:
    """ "agreed on a line", "shook hands on a road link" (a rare past that lemmas miss)."""
    hands = any(tree.lemmas[child] == "hand" for child in children_by(tree, verb, "obj"))
    return tree.lemmas[verb] == "agree" or (hands and tree.token(verb).text.lower().startswith("sh"))


def _building(tree: Tree, verb: int, codebook: Codebook, words: RecordWords) -> str:
    """How far a thing is that somebody builds, by the verb's form and what governs it."""
    for governor in ancestors(tree, verb):
        value = words.senses["project_verb"].get(tree.lemmas[governor])
        if value in ("proposed", "agreed", "cancelled", "under_construction"):
            return value
        break
    status = judge_status(tree, verb, codebook).status
    if status in (Status.PLEDGED, Status.PLANNED):
        return "agreed" if status is Status.PLEDGED else "proposed"
    if status in _TO_COME or "to" in cases_of(tree, verb):
        return "proposed"
    progressive = tree.token(verb).xpos == "VBG"
    return "under_construction" if progressive else "operating"


def _tempered(tree: Tree, verb: int, value: str, codebook: Codebook) -> str:
    """Opening or approving that is still to come is a proposal."""
    if value in ("operating", "agreed", "cancelled") and judge_status(tree, verb, codebook).status in _TO_COME:
        return "proposed"
    return value


def _is_praised(tree: Tree, noun: int, words: RecordWords) -> bool:
    """True when a verb of promoting stands above a named scheme ("praised initiatives such as ...")."""
    for step, governor in enumerate(ancestors(tree, noun)):
        if step > _FARTHEST:
            return False
        if (
            words.senses["project_verb"].get(tree.lemmas[governor]) == "promoted"
            and tree.token(governor).upos == "VERB"
        ):
            return True
    return False


def _draft(
    tree: Tree, noun: int, name: Span, named: bool, cue: _Cue, codebook: Codebook, words: RecordWords
) -> ProjectDraft:
    proponents = _proponents(tree, noun, cue, codebook)
    ground = lay_ground(
        tree,
        cue.word,
        codebook,
        key=name,
        spans=[*proponents, tree.token(cue.word).span],
        status=Status.PROPOSED if cue.value == "proposed" else Status.ASSERTED,
        rule="project.named" if named else "project.specific" if _is_specific(tree, noun, words) else "project.loose",
        reason=f"'{tree.token(noun).text}' is {cue.value}: '{tree.token(cue.word).text}'",
    )
    return ProjectDraft(
        ground=ground,
        name=name,
        sort=_sort(tree, noun, words),
        proponents=proponents,
        places=_places(tree, noun),
        project_status=cue.value,
    )


def _sort(tree: Tree, noun: int, words: RecordWords) -> str | None:
    table = words.senses["project_sort"]
    plain = [c for c in children_by(tree, noun, "compound", "amod") if tree.token(c).upos != "PROPN"]
    before = (table.get(tree.lemmas[child]) for child in plain)
    return table.get(tree.lemmas[noun]) or next((sort for sort in before if sort), None)


def _proponents(tree: Tree, noun: int, cue: _Cue, codebook: Codebook) -> tuple[Span, ...]:
    """Who proposes, promotes or builds it: the doer of the deciding verb, or of a verb of promoting above."""
    verbs = [index for index in (cue.word, *ancestors(tree, noun)) if tree.token(index).upos == "VERB"][:1]
    if not verbs or cue.value == "cancelled":
        return ()
    if cue.word == noun and cue.value != "promoted":
        return ()
    heads = spread(tree, read_slots(tree, verbs[0]).of("subj")) if cue.word != noun or cue.value == "promoted" else ()
    return tuple(
        characters_of(tree, *mention_range(tree, h, codebook))
        for h in heads
        if h != noun and can_act(tree, h, codebook)
    )


def _places(tree: Tree, noun: int) -> tuple[Span, ...]:
    """Places named inside the description."""
    inside = set(subtree(tree, noun))
    found = (m for m in tree.sentence.mentions if m.kind == "Location" and m.head in inside and m.head != noun)
    return tuple(mention.span for mention in found)


def assemble_project(
    draft: ProjectDraft, link: Link, origin: RecordOrigin, place: Callable[[Span], PlaceLink | None] = lambda span: None
) -> Project:
    """The record. `place` looks a place name up; `canonical_name` stays open until a reviewer links one."""
    found = (place(span) for span in draft.places)
    return Project(
        id=origin.id_of("pr", "project", draft.ground.key),
        document=origin.document,
        sentence=draft.ground.sentence,
        evidence=(draft.ground.evidence,),
        name=draft.name.of(origin.text),
        canonical_name=None,
        sort=draft.sort,
        proponents=tuple(link(span) for span in draft.proponents),
        places=tuple(entry for entry in found if entry is not None),
        project_status=draft.project_status,
        status=draft.ground.status,
        attribution=attribute(draft.ground, origin.text, link),
        confidence=draft.ground.confidence,
        reason=draft.ground.reason,
    )
