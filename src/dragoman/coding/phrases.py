"""The pattern language of codebook rules: read a pattern, and see whether it fits around a word.

A pattern is a head and what must stand around it, in one line:

    impose|slap obj:@sanction on:ACTOR>target     "impose" or "slap"; an object of the word list; somebody after "on"
    call off obj:@talk                            the particle "off" belongs to the head
    attack -subj:heart -obj:problem               refused with these fillers

`docs/reference/codebook.md` is the full description.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dragoman.coding.slots import Slots, spread
from dragoman.language.tree import Tree, cases_of, children_by, subtree

PartOfSpeech = Literal["verb", "noun", "adjective", "phrase"]
_ITEM = re.compile(r"^(?P<bar>[-+]?)(?P<slot>[a-z_|]+)(?::(?P<words>[^>]+))?(?:>(?P<role>source|target|both))?$")
_KINDS = ("ACTOR", "CLAUSE", "*")
_NEAR = 12
# A subject or object that a pattern asks for by its words still takes part: "police raid offices".
_OPEN = frozenset({"subj", "obj", "iobj"})
_IS_ENDINGS = ("ise", "ising", "isation", "iser")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One item of a pattern after its head.

    `words` are the lemmas that may fill the slot; None stands for anything. `actor` asks for somebody who can act. A
    `bar` item must not fit. An item that only gives a role (`optional`) never refuses. `small` is True for a bare word,
    `particle` when it must be a particle or adverb and not the preposition of a phrase ("+in" of "give in"),
    `several` when some of `words` consist of more than one token.
    """

    slots: tuple[str, ...]
    words: frozenset[str] | None
    actor: bool
    bar: bool
    optional: bool
    small: bool
    particle: bool
    several: bool
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A compiled pattern. `weight` counts what it asks for, words and actors double: the heavier of two wins."""

    text: str
    heads: tuple[str, ...]
    needs: tuple[Need, ...]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A pattern that fits a word: the tokens it used up, and the tokens that it gives a role."""

    used: frozenset[int]
    sources: tuple[int, ...]
    targets: tuple[int, ...]
    closed: frozenset[str]


class PatternError(ValueError):
    """A pattern breaks the language; the message says which item and why."""


def read_pattern(text: str, words: Mapping[str, frozenset[str]], items: dict[str, Need] | None = None) -> Pattern:
    """The compiled pattern of `text`; word lists are looked up in `words` by name.

    `items` keeps what was compiled, so that a loader does not compile "comp:CLAUSE" a hundred times.

    Raises:
        PatternError: an item has no meaning, or a word list is not known.
    """
    first, *rest = text.split()
    known = {} if items is None else items
    for item in rest:
        if item not in known:
            known[item] = _read_item(item, words)
    several = "|" in first or "@" in first
    heads = tuple(sorted(_word_set(first.replace("|", ","), words))) if several else spellings(first.replace("_", " "))
    needs = tuple(known[item] for item in rest)
    asked = [need for need in needs if not need.bar and not need.optional]
    weight = sum(2 if need.words is not None or need.actor else 1 for need in asked)
    return Pattern(text=text, heads=heads, needs=needs, weight=weight)


def _read_item(item: str, words: Mapping[str, frozenset[str]]) -> Need:
    match = _ITEM.match(item)
    if match is None:
        raise PatternError(f"item {item!r} is not a word, slot:words, -slot or slot>role")
    parts = match["words"].split(",") if match["words"] else []
    listed = [part for part in parts if part not in _KINDS]
    filling = _word_set(",".join(listed), words) if listed else None
    return Need(
        slots=tuple(match["slot"].split("|")),
        words=filling,
        several=any(" " in word or "-" in word for word in filling or ()),
        actor="ACTOR" in parts,
        bar=match["bar"] == "-",
        optional=not parts and match["role"] is not None,
        small=not parts and match["role"] is None,
        particle=match["bar"] == "+",
        role=match["role"],
    )


def _word_set(listed: str, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if listed[1:] in words and listed[0] == "@":
        return words[listed[1:]]
    if listed.isalpha():
        return frozenset(spellings(listed))
    found: set[str] = set()
    for name in listed.split(","):
        if not name.startswith("@"):
            found.update(spellings(name.replace("_", " ")))
        elif name[1:] in words:
            found.update(words[name[1:]])
        else:
            raise PatternError(f"word list {name!r} is not defined; known lists: {', '.join(sorted(words))}")
    return frozenset(found)


def spellings(word: str) -> tuple[str, ...]:
    """A word with its British or American twin, so that a codebook writes one of them.

    >>> spellings("criticise"), spellings("honour")
    (('criticise', 'criticize'), ('honour', 'honor'))
    """
    if "is" not in word and not word.endswith("our"):
        return (word,)
    for ending in _IS_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word, f"{word[: -len(ending)]}iz{ending[2:]}"
    if word.endswith("our") and len(word) > 4:
        return word, word[:-2] + "r"
    return (word,)


def fit_pattern(
    tree: Tree, head: int, slots: Slots, pattern: Pattern, actors: frozenset[int], containers: frozenset[str]
) -> Fit | str:
    """How `pattern` fits the word at `head`, or the item that does not fit, as text.

    `actors` are the tokens of the sentence that can act; `containers` nouns that only measure ("a series of raids").
    """
    used: set[int] = set()
    roles: dict[str, list[int]] = {"source": [], "target": []}
    closed: set[str] = set()
    for need in pattern.needs:
        found = _fillers(tree, head, slots, need, actors, containers)
        if need.bar and found is not None:
            return f"refused by {_show(need)}"
        if need.bar or (found is None and need.optional):
            continue
        if found is None:
            return f"{_show(need)} is missing"
        if need.words is not None:
            used.update(index for index in found if is_word(tree, index, need))
        closed.update(need.slots if need.words is not None and not need.role else ())
        for role in ("source", "target"):
            if need.role in (role, "both"):
                roles[role].extend(found)
    return Fit(
        used=frozenset(used),
        sources=tuple(roles["source"]),
        targets=tuple(roles["target"]),
        closed=frozenset(closed) - _OPEN,
    )


def _show(need: Need) -> str:
    words = "" if need.words is None else ":" + ",".join(sorted(need.words)[:4]) + ("…" if len(need.words) > 4 else "")
    return "|".join(need.slots) + (":ACTOR" if need.actor else words)


def _fillers(
    tree: Tree, head: int, slots: Slots, need: Need, actors: frozenset[int], containers: frozenset[str]
) -> tuple[int, ...] | None:
    """The tokens that satisfy the item, () for a bare word that is there, None when nothing does."""
    if need.small:
        if need.particle:
            return () if slots.words & set(need.slots) else None
        return () if any(_has_word(tree, head, slots, word) for word in need.slots) else None
    candidates = [index for name in need.slots for index in _slot(tree, head, slots, name)]
    found: list[int] = []
    for index in candidates:
        hit = _matching(tree, index, need, containers) if need.words is not None else None
        if hit is None and (need.actor and any(member in actors for member in spread(tree, (index,)))):
            hit = index
        if hit is None and need.words is None and not need.actor:
            hit = index
        if hit is not None:
            found.append(hit)
    return tuple(found) or None


def _slot(tree: Tree, head: int, slots: Slots, name: str) -> tuple[int, ...]:
    if name == "any":
        return tuple(index for index in subtree(tree, head) if index != head)
    if name == "near":
        return tuple(range(max(0, head - _NEAR), min(len(tree.lemmas), head + _NEAR + 1)))
    return slots.of(name)


def _has_word(tree: Tree, head: int, slots: Slots, word: str) -> bool:
    if word in slots.words or slots.of(word):
        return True
    return any(
        tree.lemmas[child] == word or word in cases_of(tree, child) for child in tree.children[head] if child > head - 3
    )


def _matching(tree: Tree, index: int, need: Need, containers: frozenset[str]) -> int | None:
    """The token at or below `index` that is one of the words: itself, a conjunct, or what a container measures."""
    for member in spread(tree, (index,)):
        if is_word(tree, member, need):
            return member
        if tree.lemmas[member] in containers:
            for child in children_by(tree, member, "nmod", "compound"):
                if is_word(tree, child, need):
                    return child
    return None


def is_word(tree: Tree, index: int, need: Need) -> bool:
    """True when the token, or a compound or hyphenated word that starts or ends with it, is among the item's words."""
    words = need.words or frozenset()
    return tree.lemmas[index] in words or (need.several and any(word in words for word in windows(tree, index)))


def windows(tree: Tree, index: int) -> Iterator[str]:
    """Runs of two to four words that start or end at `index`, hyphenated words closed up ("hunger strike", "sit-in").

    Once by lemma, once as written but for the last word ("arms embargo", not "arm embargo").
    """
    for length in (2, 3, 4):
        for start in (index - length + 1, index):
            end = start + length
            if start >= 0 and end <= len(tree.lemmas):
                yield " ".join(tree.lemmas[start:end]).replace(" - ", "-")
                written = [token.text.lower() for token in tree.sentence.tokens[start : end - 1]]
                yield " ".join([*written, tree.lemmas[end - 1]]).replace(" - ", "-")


def head_keys(pattern: Pattern) -> Iterator[str]:
    """The lemmas under which a pattern is filed: its heads, and the first and last piece of those of several tokens."""
    for head in pattern.heads:
        yield head
        if " " in head or "-" in head:
            pieces = head.replace("-", " ").split()
            yield from {pieces[0], pieces[-1]}


def fits_head(tree: Tree, index: int, pattern: Pattern) -> bool:
    """True when the token itself is a head of the pattern, or the topmost token of a compound that is one."""
    if tree.lemmas[index] in pattern.heads:
        return True
    return any(word in pattern.heads for word in windows(tree, index))


def match_words(tree: Tree, start: int, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """Token indexes of a plain phrase from `start` on: words by lemma or as written, at most two others between."""
    tokens = tree.sentence.tokens
    found, position = [start], start
    for word in words[1:]:
        ahead = range(position + 1, min(position + 4, len(tree.lemmas)))
        hit = next((i for i in ahead if word in (tree.lemmas[i], tokens[i].text.lower())), None)
        if hit is None:
            return None
        found.append(hit)
        position = hit
    return tuple(found)
