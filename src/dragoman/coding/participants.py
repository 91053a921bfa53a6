"""Which words of a sentence can act or be acted upon, decided by entity mentions and the codebook's word lists."""

from dragoman.coding.codebook import Codebook
from dragoman.language.tree import Tree, cases_of, children_by, is_dateline, mention_at

_NAMED = frozenset({"Person", "Organization", "NORP", "Location"})
_PERSONAL = frozenset(
    {
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "it",
        "who",
        "whom",
        "him",
        "her",
        "them",
        "us",
        "whoever",
        "its",
        "his",
        "their",
        "our",
        "my",
    }
)
_INDEFINITE = frozenset(
    {"everyone", "everybody", "someone", "somebody", "nobody", "anyone", "other", "both", "many", "none"}
)
_SHORTEST_DOER = 5


def find_actors(tree: Tree, codebook: Codebook) -> frozenset[int]:
    """Head tokens of everything in the sentence that can act: persons, bodies, states, groups, pronouns."""
    return frozenset([token.index for token in tree.sentence.tokens if can_act(tree, token.index, codebook)])


def can_act(tree: Tree, index: int, codebook: Codebook) -> bool:
    """True when the token heads somebody who can act. Times, numbers, abstract things and expletives never do."""
    token = tree.token(index)
    if token.deprel == "expl" or token.upos in ("PUNCT", "ADP", "CCONJ", "SCONJ", "PART", "SYM", "VERB", "AUX", "ADV"):
        return False
    if is_dateline(tree, index):
        return False
    lemma = tree.lemmas[index]
    mention = mention_at(tree, index)
    if mention is not None:
        if mention.kind in _NAMED:
            return lemma not in codebook.word_list("not_actor") or token.upos == "PROPN"
        if mention.kind in ("Date", "Money"):
            return False
    if token.upos == "PRON":
        return lemma in _PERSONAL or lemma in _INDEFINITE or token.text.lower() in _PERSONAL
    if lemma in _INDEFINITE and token.deprel not in ("amod", "det", "advmod", "cc:preconj"):
        return True
    if token.upos == "PROPN":
        return lemma not in codebook.word_list("not_actor")
    return _is_doer(tree, index, codebook)


def _is_doer(tree: Tree, index: int, codebook: Codebook) -> bool:
    lemma, token = tree.lemmas[index], tree.token(index)
    if lemma in codebook.word_list("group_noun") or token.upos in ("NUM", "DET"):
        measured = [child for child in children_by(tree, index, "nmod") if "of" in cases_of(tree, child)]
        if measured or token.upos in ("NUM", "DET"):
            return any(can_act(tree, child, codebook) for child in measured)
    if lemma in codebook.word_list("actor"):
        return True
    if token.upos not in ("NOUN", "ADJ") or lemma in codebook.word_list("not_actor"):
        return False
    if token.upos == "ADJ":
        return token.text[:1].isupper() and token.deprel not in ("amod", "compound")
    endings = tuple(codebook.word_list("doer_ending"))
    return len(lemma) >= _SHORTEST_DOER and lemma.endswith(endings) and lemma not in codebook.word_list("thing")


def can_suffer(tree: Tree, index: int, codebook: Codebook) -> bool:
    """True for what violence, seizure and blockage are done to: actors, buildings, vehicles, places, bare numbers."""
    token = tree.token(index)
    mention = mention_at(tree, index)
    if mention is not None and mention.kind in ("Date", "Money"):
        return False
    if tree.lemmas[index] in codebook.word_list("thing") or (token.upos == "NUM" and token.deprel != "nummod"):
        return True
    return can_act(tree, index, codebook)


def is_concrete(tree: Tree, index: int, codebook: Codebook) -> bool:
    """True for a common noun that is neither in the list of abstract things nor built like one ("destruction")."""
    lemma = tree.lemmas[index]
    if tree.token(index).upos not in ("NOUN", "PROPN") or lemma in codebook.word_list("not_actor"):
        return False
    return not lemma.endswith(tuple(codebook.word_list("abstract_ending")))


def is_demonym(tree: Tree, index: int) -> bool:
    """True for an adjective of nation or faith before a noun ("Russian", "Sunni"): a capital, or a NORP mention."""
    token = tree.token(index)
    mention = mention_at(tree, index)
    if mention is not None:
        return mention.kind in ("NORP", "Location", "Organization")
    return (
        token.upos in ("ADJ", "PROPN")
        and token.text[:1].isupper()
        and token.deprel in ("amod", "compound", "nmod:desc")
    )
