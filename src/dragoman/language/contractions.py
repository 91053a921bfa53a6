"""Contractions written as one surface token: where their syntactic words part.

Both treebanks write every contraction and every possessive as a multi-word range ("1-2 don't", "Kenya's").
"""

import re

_CLITIC = re.compile(r"(?:n['’`´]t|['’`´](?:s|m|d|re|ve|ll|em)?)$", re.IGNORECASE)
# Written without an apostrophe: offset at which the second word starts. Only forms that are never another word.
_FUSED = {
    "cannot": (3,),
    "gonna": (3,),
    "wanna": (3,),
    "gotta": (3,),
    "outta": (3,),
    "wont": (2,),
    "aint": (2,),
    "hes": (2,),
    "gimme": (3,),
    "lemme": (3,),
    "dunno": (2, 3),
    "dont": (2,),
    "didnt": (3,),
    "doesnt": (4,),
    "isnt": (2,),
    "wasnt": (3,),
    "wouldnt": (5,),
    "couldnt": (5,),
    "shouldnt": (6,),
    "havent": (4,),
    "hasnt": (3,),
    "arent": (3,),
    "werent": (4,),
    "cant": (2,),
    "thats": (4,),
    "theres": (5,),
    "whats": (4,),
    "ive": (1,),
    "im": (1,),
    "youre": (3,),
    "theyre": (4,),
    "youve": (3,),
}
# Names and clipped words that hold an apostrophe without being contractions.
_WHOLE = frozenset({"o'clock", "ma'am", "y'all", "'s", "’s", "n't", "n’t", "'em", "’em"})


def split_contraction(form: str) -> tuple[int, ...]:
    """Offsets at which the words after the first start; empty when `form` is a single word."""
    lower = form.lower()
    fused = _FUSED.get(lower)
    if fused is not None:
        return fused
    match = _CLITIC.search(form)
    if match is None or match.start() == 0 or lower in _WHOLE or not form[match.start() - 1].isalpha():
        return ()
    return (match.start(),)
