"""The lemma lexicon of a model, from the treebanks' training parts."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from dragoman.language.lexicon import needs_entry
from dragoman.train.treebank import TreeSentence

# A form whose lemma the treebanks dispute more than this is left to the network.
_AGREED = 0.75


def write_lexicon(sentences: Iterable[TreeSentence], path: Path) -> int:
    """Write `form, XPOS, lemma` rows in sorted order; the number of rows."""
    seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, lemma, xpos in zip(sentence.words, sentence.lemmas, sentence.xpos, strict=True):
            seen[word.lower(), xpos][lemma] += 1
    rows = []
    for (form, xpos), counts in sorted(seen.items()):
        lemma, count = counts.most_common(1)[0]
        if count >= _AGREED * counts.total() and needs_entry(form, xpos, lemma):
            rows.append(f"{form}\t{xpos}\t{lemma}\n")
    path.write_text("".join(rows), encoding="utf-8")
    return len(rows)
