"""Lemmas: what the treebanks say of a form and its tag first, then English inflection, then the network's rule."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from dragoman.errors import ResourceError
from dragoman.language.lemma import apply_rule

_INFLECTED = frozenset({"VBD", "VBN", "VBG", "VBZ", "NNS", "JJR", "JJS", "RBR", "RBS"})


_REMEMBERED = 1 << 14  # forms; reports use the same ones again and again


class Lemmatizer:
    """Lemmas by a table of forms, a list of words and the network's rules.

    `forms` maps (lower-case form, XPOS) to the lemma; `lemmas` are those lemmas, `words` a wider list of words.
    """

    def __init__(self, *, forms: Mapping[tuple[str, str], str], lemmas: frozenset[str], words: frozenset[str]) -> None:
        self.forms, self.lemmas, self.words = forms, lemmas, words
        self.lemma_of = lru_cache(_REMEMBERED)(self._find_lemma)

    def _find_lemma(self, form: str, xpos: str, rule: str) -> str:
        """The lemma of a form with its tag; `rule` is the network's suffix edit, used when nothing better is known."""
        if xpos.startswith("NNP"):
            return apply_rule(rule, form)
        lower = form.lower()
        known = self.forms.get((lower, xpos))
        if known is not None:
            return known
        if xpos in _INFLECTED:
            return self._inflected(lower, xpos) or apply_rule(rule, form)
        lemma = apply_rule(rule, form)
        small = lemma.lower()
        return small if small in self.lemmas or small in self.words else lemma

    def _inflected(self, form: str, xpos: str) -> str | None:
        bases = tuple(bases_of(form, xpos))
        for known in (self.lemmas, self.words):
            for base in bases:
                if base in known:
                    return base
        return bases[0] if bases else None


def bases_of(form: str, xpos: str) -> Iterator[str]:
    """The words that `form` may be a regular inflection of, the likeliest first.

    >>> list(bases_of("parties", "NNS")), list(bases_of("stopped", "VBD"))
    (['party', 'partie'], ['stop', 'stopp', 'stoppe'])
    """
    if xpos in ("NNS", "VBZ"):
        yield from _without_s(form)
        return
    for ending, tags in (("ed", ("VBD", "VBN")), ("ing", ("VBG",)), ("er", ("JJR", "RBR")), ("est", ("JJS", "RBS"))):
        if xpos in tags and form.endswith(ending) and len(form) > len(ending) + 1:
            yield from _stems(form[: -len(ending)])


def _without_s(form: str) -> Iterator[str]:
    if form.endswith("ies") and len(form) > 4:
        yield form[:-3] + "y"
    elif form.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield form[:-2]
    if form.endswith("s") and len(form) > 2:
        yield form[:-1]


def _stems(stem: str) -> Iterator[str]:
    if stem.endswith("i"):
        yield stem[:-1] + "y"
        return
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
    yield from (stem, stem + "e")


def read_lexicon(path: Path, words: Iterable[str]) -> Lemmatizer:
    """The lemmatizer of a model: its `lemmas.tsv` (form, XPOS, lemma), and a list of words such as its vocabulary.

    Raises:
        ResourceError: a line has not three columns, or the file is not UTF-8.
    """
    forms: dict[tuple[str, str], str] = {}
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            form, xpos, lemma = line.split("\t")
            forms[form, xpos] = lemma
    except ValueError as error:
        raise ResourceError(
            f"lemma list {path}: line {len(forms) + 1} cannot be read ({error}); expected form, tag and lemma parted "
            "by tabs; install dragoman again"
        ) from error
    return Lemmatizer(forms=forms, lemmas=frozenset(forms.values()), words=frozenset(words))


def needs_entry(form: str, xpos: str, lemma: str) -> bool:
    """True when the lexicon must hold this form: inflected tags always, others when lemma and form differ."""
    return not xpos.startswith("NNP") and "\t" not in form and (xpos in _INFLECTED or lemma != form)
