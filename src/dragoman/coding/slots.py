"""What fills the places around a word: subject, object, prepositions, clauses, whoever the syntax hides them.

The trees follow Universal Dependencies. A slot name is `subj`, `obj`, `iobj`, `comp` (clauses and infinitives), `poss`,
`mod` (compounds and adjectives before a noun), or a preposition ("on", "according_to"). Passives are turned round: the
grammatical subject of "was arrested" is in `obj`, the agent in `subj`. `compsubj` is the subject of a clause ("demanded
that *Kenya* leave").
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dragoman.language.tree import Tree, ancestors, cases_of, children_by, conjuncts, is_dateline, is_relation

_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_CLAUSES = ("xcomp", "ccomp", "advcl", "acl")
_SHARING = ("conj", "xcomp", "advcl", "ccomp")
_MODIFIERS = ("compound", "amod", "nmod:desc", "nmod:unmarked", "nummod", "flat")
# "accused them of arming", "thanked them for coming": the object does what the gerund says.
_CHARGES = frozenset({"of", "for", "from", "into", "against"})
_SUBJECTS_AS_OBJECT = frozenset({"promise", "threaten", "vow", "offer", "swear", "pledge"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Fillers of each slot of one word, as head tokens; `loose` holds the prepositions that hang on its object
    or on its "of" phrase ("the beating of reporters by police").

    `words` are particles and adverbs ("off" of "call off"). `inherited` is True when the subject is not written beside
    the word but shared from a coordinated or governing verb.
    """

    filled: Mapping[str, tuple[int, ...]]
    loose: Mapping[str, tuple[int, ...]]
    words: frozenset[str]
    passive: bool
    inherited: bool

    def of(self, name: str) -> tuple[int, ...]:
        """The fillers of `name`, those on the word itself before those on its object; empty when there are none."""
        return self.filled.get(name, ()) or self.loose.get(name, ())


def read_slots(tree: Tree, head: int) -> Slots:
    """The slots of the verb, noun or adjective at `head`."""
    passive = is_passive(tree, head)
    filled: dict[str, list[int]] = {}
    words: set[str] = set()
    for child in tree.children[head]:
        for name in _slots_of_child(tree, child, passive):
            filled.setdefault(name, []).append(child)
        if is_relation(tree.token(child).deprel, "compound:prt", "advmod"):
            words.add(tree.lemmas[child])
    if "obj" not in filled:
        stranded = [index for clause in filled.get("comp", ()) for index in _before_mark(tree, head, clause)]
        if stranded:
            filled["obj"] = stranded
    inherited = _fill_hidden(tree, head, filled, passive)
    wanted = [subject for clause in filled.get("comp", ()) if (subject := own_subject(tree, clause)) is not None]
    if wanted:
        filled["compsubj"] = wanted
    for name in ("subj", "obj", "iobj"):
        if name in filled:
            filled[name] = [past_dateline(tree, resolve_relative(tree, index)) for index in filled[name]]
    return Slots(
        filled={name: tuple(found) for name, found in filled.items()},
        loose=_loose_slots(tree, [*filled.get("obj", ()), *filled.get("of", ())]),
        words=frozenset(words),
        passive=passive,
        inherited=inherited,
    )


def _slots_of_child(tree: Tree, child: int, passive: bool) -> Iterator[str]:
    deprel = tree.token(child).deprel
    if deprel == "nsubj:pass":
        yield "obj"
    elif deprel == "nsubj":
        yield "obj" if passive else "subj"
    elif deprel in ("obj", "iobj"):
        yield deprel
    elif deprel == "obl:agent" or (passive and deprel == "obl" and "by" in cases_of(tree, child)):
        yield "subj"
    elif deprel == "nmod:poss":
        yield "poss"
    elif deprel in ("obl:unmarked", "nmod:unmarked"):
        yield "unmarked"
    elif is_relation(deprel, "obl", "nmod"):
        yield from cases_of(tree, child)
    elif deprel in _CLAUSES:
        yield "comp"
        yield from (case for case in cases_of(tree, child) if case not in ("to", "that"))
    if deprel in _MODIFIERS:
        yield "mod"


def _before_mark(tree: Tree, head: int, clause: int) -> list[int]:
    """What stands between a verb and the mark of its clause: the verb's object, though it may hang on the clause.

    "warned Togo that it faces", "accuses Ankara of sending": parsers like to give such names to the lower verb.
    """
    marks = [child for child in children_by(tree, clause, "mark") if child > head]
    if not marks:
        return []
    return [child for child in children_by(tree, clause, "nsubj", "iobj", "obj") if head < child < marks[0]]


def _loose_slots(tree: Tree, objects: list[int] | tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    loose: dict[str, list[int]] = {}
    for index in objects:
        for child in children_by(tree, index, "nmod", "acl"):
            if tree.token(child).deprel == "nmod:poss":
                continue
            for case in cases_of(tree, child):
                if case != "of":
                    loose.setdefault(case, []).append(child)
    return {name: tuple(found) for name, found in loose.items()}


def is_passive(tree: Tree, head: int) -> bool:
    """True when the verb at `head` is passive, marked or reduced ("troops sent to the border")."""
    token = tree.token(head)
    if token.upos not in ("VERB", "AUX") and token.xpos not in ("VBN", "VBD"):
        return False
    if children_by(tree, head, "aux:pass", "nsubj:pass", "obl:agent"):
        return True
    if token.xpos not in ("VBN", "VBD"):
        return False
    if token.deprel in ("acl", "amod") and not children_by(tree, head, "nsubj", "obj"):
        return token.xpos == "VBN"
    if token.xpos != "VBN" or children_by(tree, head, "nsubj", "aux", "obj"):
        return False
    if token.deprel == "conj":
        return is_passive(tree, token.head)
    return token.deprel in ("advcl", "xcomp", "root", "parataxis", "ccomp")


def _fill_hidden(tree: Tree, head: int, filled: dict[str, list[int]], passive: bool) -> bool:
    """Adds the subject or object that is not a child; True when a subject was taken from another verb."""
    token = tree.token(head)
    if token.upos not in ("VERB", "AUX"):
        return False
    own = "obj" if passive else "subj"
    if token.deprel == "acl:relcl" and own in filled and "obj" not in filled and not passive:
        _take_antecedent(tree, head, filled)
    if own in filled:
        return False
    shared = surface_subject(tree, head)
    if shared is None or shared in filled.get("obj", ()):
        return False
    filled[own] = [shared]
    return True


def _take_antecedent(tree: Tree, head: int, filled: dict[str, list[int]]) -> None:
    """ "the men police arrested": the antecedent is the object, unless the clause has a relative subject."""
    subject = filled["subj"][0]
    stranded = any(tree.token(child).xpos in ("IN", "RP") for child in children_by(tree, head, "obl"))
    if tree.lemmas[subject] not in _RELATIVE and not stranded and "comp" not in filled:
        filled["obj"] = [tree.token(head).head]


def resolve_relative(tree: Tree, index: int) -> int:
    """The antecedent when `index` is a relative pronoun, else `index`.

    "that" and "which" opening a relative clause stand for the noun the clause hangs on.
    """
    if tree.lemmas[index] not in _RELATIVE or tree.token(index).upos not in ("PRON", "DET", "SCONJ"):
        return index
    for governor in ancestors(tree, index):
        if tree.token(governor).deprel in ("acl:relcl", "acl"):
            return tree.token(governor).head
    return index


def past_dateline(tree: Tree, index: int) -> int:
    """The subject that a dateline hides ("SUVA - Fiji and Tonga agreed"), else `index`."""
    if not is_dateline(tree, index):
        return index
    beside = (
        [*tree.children[index], *children_by(tree, tree.token(index).head, "nsubj")]
        if tree.token(index).head >= 0
        else []
    )
    named = [child for child in beside if child > index and tree.token(child).upos in ("PROPN", "NOUN", "PRON")]
    return min(named, default=index)


def own_subject(tree: Tree, head: int) -> int | None:
    """The written grammatical subject of `head`, active or passive, relative pronouns resolved; None without one."""
    above = tree.token(head).head
    lost = _before_mark(tree, above, head) if above >= 0 else []
    subjects = [child for child in children_by(tree, head, "nsubj") if tree.token(child).deprel != "nsubj:outer"]
    subjects = [child for child in subjects if child not in lost]
    return past_dateline(tree, resolve_relative(tree, subjects[0])) if subjects else None


def surface_subject(tree: Tree, head: int) -> int | None:
    """The token that stands as subject of `head`, written there or shared.

    Control, raising, participles, coordination and noun complements are followed: "agreed to send", "is expected to
    visit", "arrived, hailing", "its plan to open". None when nobody is named.
    """
    seen: set[int] = set()
    index: int | None = head
    while index is not None and index not in seen:
        seen.add(index)
        subject = own_subject(tree, index)
        if subject is not None:
            return subject
        token = tree.token(index)
        if token.head < 0:
            return None
        if token.deprel == "acl" or token.deprel == "acl:relcl":
            return _subject_of_noun_clause(tree, index)
        if token.deprel == "xcomp" or (token.deprel in ("advcl", "ccomp") and _CHARGES & set(cases_of(tree, index))):
            controller = _object_control(tree, token.head)
            if controller is not None:
                return controller
        index = token.head if token.deprel in _SHARING else None
    return None


def _object_control(tree: Tree, governor: int) -> int | None:
    """The object of "asked them to leave"; None for verbs whose subject controls, as of "promised them to leave"."""
    if tree.lemmas[governor] in _SUBJECTS_AS_OBJECT:
        return None
    objects = [child for child in children_by(tree, governor, "obj", "iobj") if tree.token(child).upos != "SYM"]
    return resolve_relative(tree, objects[0]) if objects else None


def _subject_of_noun_clause(tree: Tree, head: int) -> int | None:
    """Subject of a clause that hangs on a noun: the noun, or for an infinitive ("a plan to") whoever has the plan."""
    token = tree.token(head)
    noun = token.head
    if "to" not in cases_of(tree, head) and token.xpos != "VB":
        return noun
    holders = children_by(tree, noun, "nmod:poss")
    if holders:
        return holders[0]
    governor = tree.token(noun).head
    if governor >= 0 and tree.token(noun).deprel in ("obj", "obl", "nsubj:pass") and governor != head:
        return own_subject(tree, governor) if tree.token(noun).deprel != "nsubj:pass" else None
    return None


def spread(tree: Tree, heads: tuple[int, ...]) -> tuple[int, ...]:
    """All heads with everything coordinated with them, in text order, each once."""
    return tuple(sorted({member for head in heads for member in conjuncts(tree, head)}))
