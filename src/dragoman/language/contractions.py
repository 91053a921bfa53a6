"""Contractions written as one surface token: where their syntactic words part.

Both treebanks write every contraction and every possessive as a multi-word range ("1-2 don't", "Kenya's").
"""

import re


def _bars(form: str) -> list[int]:
    return [place for place, char in enumerate(form) if char == "|"]


_CLITIC = re.compile(r"(?:n['’`´]t|['’`´](?:s|m|d|re|ve|ll|em)?)$", re.IGNORECASE)
# Written without an apostrophe; a bar shows where the next word starts.
_FUSED_FORMS = (
    "can|not gon|na wan|na got|ta out|ta gim|me lem|me du|n|no do|nt did|nt does|nt is|nt was|nt would|nt could|nt "
    "should|nt have|nt has|nt are|nt were|nt ca|nt wo|nt ai|nt that|s there|s what|s you|re they|re you|ve he|s i|ve "
    "i|m"
)
_FUSED = {
    form.replace("|", ""): tuple(place - number for number, place in enumerate(_bars(form)))
    for form in _FUSED_FORMS.split()
}
# Of these only the form without capitals is a contraction: "Im" and "Hes" are names, "IVE" an abbreviation.
_ONLY_SMALL = frozenset({"im", "ive", "hes"})
# Names and clipped words that hold an apostrophe without being contractions.
_WHOLE = frozenset({"o'clock", "ma'am", "y'all", "'s", "’s", "n't", "n’t", "'em", "’em"})


def split_contraction(form: str) -> tuple[int, ...]:
    """Offsets at which the words after the first start; empty when `form` is a single word."""
    lower = form.lower()
    fused = _FUSED.get(lower)
    if fused is not None:
        return () if lower in _ONLY_SMALL and form != lower else fused
    match = _CLITIC.search(form)
    if match is None or match.start() == 0 or lower in _WHOLE or not form[match.start() - 1].isalpha():
        return ()
    return (match.start(),)
