"""Which place name of a sentence says where the happening took place: by syntax, not by nearness.

A place in an "in", "at" or "near" phrase of the trigger counts, then one of the verb that governs a nominal trigger or
that the trigger is coordinated with, then one beside the people or things acted on ("killed two people in Mosul"). The
host of a visit, a target, and a place that is only named ("Iran's foreign minister") do not.
"""

from collections.abc import Iterator

from dragoman.coding.date_words import split_words
from dragoman.language.tree import Tree, characters_of, children_by, is_relation
from dragoman.types.parse import EntityMention
from dragoman.types.text import Span

_WHERE = frozenset(
    split_words(
        """
    in at near inside outside off around across throughout within along over above beneath under by beside on
    close_to next_to outside_of inside_of in_front_of north_of south_of east_of west_of at_the_edge_of amid
    between
    """
    )
)
# Only with words for places and areas: "on the border", "over Syria" are places, "on Iran", "under China" are not.
_ONLY_AREAS = frozenset(
    split_words(
        """
    on by under between above amid over along
    """
    )
)
_AREAS = frozenset(
    split_words(
        """
    border coast shore island front frontline line outskirts bank side road highway sea river strait territory
    airspace sky campus base square street bridge crossing soil sidelines edge
    """
    )
)
_PLACE_NOUNS = frozenset(
    split_words(
        """
    city town village capital province region district state area port suburb neighbourhood neighborhood county
    country island outskirts centre center border camp resort republic governorate oblast enclave territory part
    parts north south east west coast side suburbs settlement peninsula stronghold airport base sidelines heart
    hometown square nation front streets street valley mountains waters sea prison hospital university mosque
    church hotel market
    """
    )
)
_INSTITUTIONS = frozenset(
    split_words(
        """
    embassy ministry government office officials official spokesman spokeswoman spokesperson court bureau agency
    newspaper parliament envoy ambassador correspondent authorities leadership source sources delegation
    consulate administration
    """
    )
)
_EVENT_OBJECTS = frozenset(
    split_words(
        """
    attack attacks war killing killings strike strikes operation violence bombing bombings invasion offensive
    coup election elections crackdown conflict fighting situation ceasefire massacre protest protests events
    developments policy role presence talks intervention actions airstrike airstrikes blast explosion raid raids
    clash clashes unrest crisis
    """
    )
)
_UP = ("acl", "xcomp", "advcl", "conj", "obj", "nsubj", "compound", "ccomp", "nmod", "obl", "parataxis")
_CLIMB = 3
_OF_WHERE = _WHERE | {"of"}
_PLACE_KINDS = frozenset({"Location"})


def choose_event_place(tree: Tree, trigger: int) -> Span | None:
    """The characters of the place mention that says where the happening named at token `trigger` took place.

    None when the sentence names no such place: the caller then leaves the slot empty.
    """
    for governor in shared_governors(tree, trigger):
        place = _place_under(tree, governor)
        if place is not None:
            return _span(tree, place)
    for relation in ("obj", "nsubj:pass", "nsubj"):
        for participant in children_by(tree, trigger, relation):
            words = {tree.lemmas[participant], tree.token(participant).text.lower()}
            if words & _EVENT_OBJECTS or (relation == "nsubj" and words & _INSTITUTIONS):
                continue
            place = (
                _place_under(tree, participant) if tree.token(participant).upos in ("NOUN", "PROPN", "NUM") else None
            )
            if place is not None:
                return _span(tree, place)
    return None


def _span(tree: Tree, mention: EntityMention) -> Span:
    return characters_of(tree, mention.start, mention.end)


def shared_governors(tree: Tree, trigger: int) -> Iterator[int]:
    """The trigger and the verbs whose place it shares: those it depends on, without crossing into reported speech."""
    yield trigger
    tokens, index = tree.sentence.tokens, trigger
    for _ in range(_CLIMB):
        token = tokens[index]
        nominal = token.upos in ("NOUN", "PROPN", "ADJ")
        shared = ("conj", "xcomp", "compound") if not nominal else ("obj", "conj", "nsubj", "obl", "xcomp", "compound")
        beside = token.deprel == "advcl" and token.xpos == "VBG"  # "exploded in Kabul, killing nine"
        if token.head < 0 or not (beside or is_relation(token.deprel, *shared)):
            return
        if nominal and is_relation(token.deprel, "obl") and tokens[token.head].upos != "VERB":
            return
        index = token.head
        yield index


def _place_under(tree: Tree, head: int) -> EntityMention | None:
    """The place mention in a "where" phrase of `head`, the last of several ("in a cafe in Kyiv")."""
    found: list[EntityMention] = []
    for child in children_by(tree, head, "obl", "nmod"):
        cases = _cases(tree, child)
        if not cases & _WHERE:
            continue
        if cases & _WHERE <= _ONLY_AREAS and not _is_area(tree, child):
            continue
        mention = _named_place(tree, child)
        if mention is not None:
            found.append(mention)
    return found[0] if found else None


def _cases(tree: Tree, index: int) -> set[str]:
    tokens = tree.sentence.tokens
    found: set[str] = set()
    for child in children_by(tree, index, "case"):
        fixed = [tokens[word].text.lower() for word in tree.children[child] if tokens[word].deprel == "fixed"]
        found.add("_".join([tokens[child].text.lower(), *fixed]))
    return found


def _is_area(tree: Tree, index: int) -> bool:
    mention = _mention_of(tree, index)
    words = {token.text.lower() for token in tree.sentence.tokens[mention.start : mention.end]} if mention else set()
    return tree.lemmas[index] in _AREAS or bool(words & _AREAS)


def _named_place(tree: Tree, head: int) -> EntityMention | None:
    """The place that the phrase headed by `head` names: itself, or the name of the city or province."""
    own = _mention_of(tree, head)
    if own is not None:
        return own
    if tree.token(head).upos not in ("NOUN", "PROPN", "ADJ"):
        return None
    is_place = tree.lemmas[head] in _PLACE_NOUNS or tree.token(head).text.lower() in _PLACE_NOUNS
    relations = (
        ("appos", "nmod", "compound", "flat", "nmod:poss", "nmod:desc") if is_place else ("nmod", "compound", "appos")
    )
    for relation in relations:
        for child in tree.children[head]:
            if tree.token(child).deprel != relation and not tree.token(child).deprel.startswith(relation + ":"):
                continue
            if (
                relation == "nmod"
                and not tree.token(child).deprel.endswith("poss")
                and not _cases(tree, child) & (_OF_WHERE if is_place else _WHERE)
            ):
                continue
            mention = _mention_of(tree, child)
            if mention is not None:
                return mention
    return _name_after_comma(tree, head) if is_place else None


def _name_after_comma(tree: Tree, head: int) -> EntityMention | None:
    """The name in "the capital, Astana" where the parser did not see the apposition."""
    tokens = tree.sentence.tokens
    if head + 2 < len(tokens) and tokens[head + 1].text == "," and not _cases(tree, head + 2):
        return _mention_of(tree, head + 2)
    return None


def _mention_of(tree: Tree, index: int) -> EntityMention | None:
    """The place mention whose head is the token, or that covers it."""
    for mention in tree.sentence.mentions:
        if mention.kind in _PLACE_KINDS and mention.start <= index < mention.end:
            return mention
    return None
