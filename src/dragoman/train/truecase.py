"""Small letters and capitals for texts that were sent in capitals alone, learned from texts that have both."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"(?:\b[A-Z]\.){2,}|[^\W\d_]+")
# A word with one of these endings is hardly a name.
_NO_NAME = re.compile(
    r"[a-z]{3}(?:ly|ing|ed|ive|[ai]bles?|[ts]ions?|ness|it(?:y|ies)|ous|ical|istic|ments?|isms?|izes?)$"
)
# Where a sentence begins: not after an initial.
_BEGINNING = re.compile(r"(^|(?<![A-Z])[.?!][\"']?\s+[\"']?|\n\s*\n\s*)(\w)")
# The small form wins from this share of the sightings on: "US" stands oftener in news than "us".
_SMALL_SHARE = 0.1


class Truecaser:
    """The usual form of each word.

    >>> Truecaser.learn([("The", "army", "left", "Lima")]).restore("ARMY LEAVES LIMA. REBELS LEFT.")
    'Army Leaves Lima. Rebels left.'
    """

    def __init__(self, forms: dict[str, str]) -> None:
        self._forms = forms

    @classmethod
    def learn(cls, sentences: Iterable[Sequence[str]]) -> "Truecaser":
        """The form in which each word stands most often, the first word of every sentence left out."""
        counts: Counter[str] = Counter(word for sentence in sentences for word in sentence[1:])
        forms: dict[str, str] = {}
        for word, count in counts.most_common():
            small = word.lower()
            forms.setdefault(small, small if counts[small] >= _SMALL_SHARE * count else word)
        return cls(forms)

    def restore(self, text: str) -> str:
        """`text` with every word in its usual form.

        A word never seen is taken for a name unless its ending says otherwise; a sentence begins with a capital.
        """
        cased = _WORD.sub(lambda found: self._form_of(found.group()), text)
        return _BEGINNING.sub(lambda found: found[1] + found[2].upper(), cased)

    def _form_of(self, word: str) -> str:
        if "." in word:
            return word
        small = word.lower()
        known = self._forms.get(small)
        if known is not None:
            return known
        return small if len(small) <= 2 or _NO_NAME.search(small) else small.capitalize()
