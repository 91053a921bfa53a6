"""A codebook as the coder uses it: categories, modes, scores, rules, word lists and cues.

`load_codebook` reads one from a shipped name ("plover") or a file. The file format is described in
`docs/reference/codebook.md`; reading and checking it is the work of `codebook_file.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman.coding.phrases import PartOfSpeech, Pattern

_OLDER_EDITION = "1"
_REQUEST_ROOTS = ("02", "10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category of a codebook. `score` and the scores of `modes` are None where the codebook gives none.

    `quad` is one of verbal_cooperation, material_cooperation, verbal_conflict, material_conflict, None in codebooks
    that are not about cooperation and conflict. `cameo` is the code of an event of which nothing finer is known, ""
    when the category has none. `status` replaces `asserted` (a done AGREE is a pledge). `hidden`: not for exports.
    """

    code: str
    title: str
    description: str
    quad: str | None
    score: float | None
    cameo: str
    modes: Mapping[str, float | None]
    status: str | None
    joint: bool
    target_required: bool
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoCode:
    """One CAMEO code. `category` and `mode` follow the codebook's edition, `older` is the older root's category."""

    code: str
    title: str
    goldstein: float | None
    category: str
    mode: str | None
    contexts: tuple[str, ...]
    older: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Words that express one category and mode.

    `source` and `target` are slot names in the order in which they are asked; `joint` makes all participants sources.
    `of` says whether an "of" phrase after a noun is the source or the target. `needs` is what must be filled: "actor"
    (somebody), "source", "target" or "none". `shift` names the table by which the content of the word ("agreed to
    *meet*") decides the code; `absorbs` is True when acts in the content are not coded on their own.
    `order` is the place in the file, later layers first: of two rules that fit equally well the lower wins.
    """

    id: str
    category: str
    mode: str | None
    cameo: str
    joint: bool
    source: tuple[str, ...]
    target: tuple[str, ...]
    of: str
    needs: str
    shift: str | None
    absorbs: bool
    status: str | None
    order: int
    user: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A pattern with its rule and the part of speech it is written for."""

    pattern: Pattern
    part: PartOfSpeech
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What a word becomes by its content: the new category, mode and CAMEO code."""

    category: str
    mode: str | None
    cameo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A loaded codebook. `layers` are its files from the lowest to the user's; `digest` covers the bytes of all.

    `known` are the base forms of all its words: give them to `grow_tree`.
    """

    name: str
    edition: str
    title: str
    digest: str
    layers: tuple[str, ...]
    categories: Mapping[str, Category]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    cameo: Mapping[str, CameoCode]
    words: Mapping[str, frozenset[str]]
    cues: Mapping[str, frozenset[str]]
    shifts: Mapping[str, Mapping[str, Shift]]
    rules: tuple[Rule, ...]
    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, tuple[Entry, ...]]
    phrases: Mapping[str, tuple[Entry, ...]]
    known: frozenset[str]

    def entries_for(self, lemma: str, upos: str) -> tuple[Entry, ...]:
        """The entries whose head may be this word; proper nouns count as nouns (headlines capitalize)."""
        if upos in ("VERB", "AUX"):
            return self.verbs.get(lemma, ())
        if upos in ("NOUN", "PROPN"):
            return self.nouns.get(lemma, ())
        return self.adjectives.get(lemma, ()) if upos in ("ADJ", "ADV") else ()

    def word_list(self, name: str) -> frozenset[str]:
        """The word list `name`; empty when the codebook has none of that name."""
        return self.words.get(name, frozenset())

    def cue_list(self, name: str) -> frozenset[str]:
        """The cue list `name`; empty when the codebook has none of that name."""
        return self.cues.get(name, frozenset())

    def quad_of(self, category: str) -> str | None:
        """Quad class of a category; None for a category that has none or is not known."""
        found = self.categories.get(category)
        return found.quad if found else None

    def plover_score_of(self, category: str, mode: str | None = None) -> float | None:
        """PLOVER score of the mode, else of the category (the manual gives some modes none); None without either."""
        found = self.categories.get(category)
        if found is None:
            return None
        score = found.modes.get(mode) if mode else None
        return found.score if score is None else score

    def modes_of(self, category: str) -> tuple[str, ...]:
        """The modes of a category in the order of the codebook; () when it has none or is not known."""
        found = self.categories.get(category)
        return tuple(found.modes) if found else ()

    def goldstein_of(self, cameo: str) -> float | None:
        """Goldstein weight of a CAMEO code or its nearest parent in the table; None when even the root is unknown."""
        found = self._nearest(cameo)
        return found.goldstein if found else None

    def contexts_of_cameo(self, cameo: str) -> tuple[str, ...]:
        """Contexts that the CAMEO code implies by the table."""
        found = self._nearest(cameo)
        return found.contexts if found else ()

    def category_of_cameo(self, cameo: str, edition: str | None = None) -> tuple[str, str | None] | None:
        """Category and mode of a CAMEO code; None when the code is not in the table.

        `edition` None or this codebook's own follows its leaves (116 is SANCTION convict in PLOVER 2.0). An edition
        that starts with "1" follows the older table by CAMEO root (11 is ACCUSE, 08 YIELD, 19 ASSAULT), without modes.
        """
        found = self._nearest(cameo)
        if found is None:
            return None
        if edition is not None and edition.startswith(_OLDER_EDITION):
            return found.older, None
        return found.category, found.mode

    def _nearest(self, cameo: str) -> CameoCode | None:
        for length in range(len(cameo), 1, -1):
            if cameo[:length] in self.cameo:
                return self.cameo[cameo[:length]]
        return None


def load_codebook(name_or_path: str | Path) -> Codebook:
    """The codebook of a shipped name ("plover", "cameo") or of a TOML file; a file's layers are loaded below it.

    Raises:
        CodebookError: the file is missing or breaks the format; the message names file, key, value and remedy.
    """
    from dragoman.coding.codebook_file import read_codebook

    return read_codebook(name_or_path)
