"""The patterns and word lists by which a chunk is cut into surface tokens."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words whose final point belongs to the token, by the treebanks' own practice.
ABBREVIATIONS = _words(
    "mr mrs ms dr prof rev hon sr jr st ft mt gen col lt sgt capt cmdr adm maj gov sen rep pres amb insp supt fr messrs "
    "mme mlle inc corp co ltd llc bros dept univ assn est etc vs al approx ca cf ed eds vol fig figs no nos pp p ext "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun ave blvd rd attn reps "
    "gens sens tel viz resp ph.d e.g i.e a.m p.m d.c"
)

# Prefixes that stay joined to their word; all other hyphens are tokens of their own.
HELD_PREFIXES = _words(
    "anti co counter cross de e ex extra hyper inter intra micro mid mini multi neo non over post pre pro proto pseudo "
    "psycho re semi socio sub super trans ultra un"
)

# Endings that stay joined to the word before them.
HELD_SUFFIXES = _words("wise esque ish fold")

# An address does not end in the punctuation of the sentence around it.
_TRAIL = r"(?<![.,;:!?'\"”’)\]}>»])"
_ABBREVIATION = "|".join(sorted((re.escape(a) for a in ABBREVIATIONS), key=len, reverse=True))

_SITE_ENDS = r"(?i:com|org|net|edu|gov|info|co\.uk|ac\.uk|io|tv|ru|kz|am)"
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u0652"

PIECE = re.compile(
    rf"""
      (?P<url>(?:https?|ftp)://[^\s<>"“”]+{_TRAIL}|www\.[^\s<>"“”]+{_TRAIL})
    | (?P<mail>(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\w)
    | (?P<file>[\w#&-]*\.(?i:docx?|xlsx?|pptx?|pdf|html?|jpe?g|png|gif|txt|zip|exe|mp3|url)(?!\w))
    | (?P<site>(?<!\w)[A-Za-z\d][\w-]*(?:\.[\w-]+)*\.{_SITE_ENDS}
        (?:/[^\s<>"“”,]*{_TRAIL})?(?![\w.]\w))
    | (?P<face>(?<![\w:])(?:[:;=][-^'o]?[)(DPp|/\\\]\[*]+|\(:|<3|\^_+\^|:'\()(?![\w/]))
    | (?P<letters>(?<!\w)(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w)|(?<=\w\.\w\.)))
    | (?P<abbreviation>(?<!\w)(?i:{_ABBREVIATION})\.(?!\w))
    | (?P<initial>(?<![\w'’])[A-Z]\.(?=$|[^\w.!?]))
    | (?P<phone>(?<![\w])\+?\d{{1,4}}(?:[-.]\d{{3,4}}){{1,3}}(?!\w))
    | (?P<date>\d{{1,4}}(?:[/-]\d{{1,4}}){{2}}(?!\w))
    | (?P<time>\d{{1,2}}:\d\d(?::\d\d)?(?!\d))
    | (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)+|\d+/\d+(?!\w))
    | (?P<ordinal>\d+(?:st|nd|rd|th|s|['’]s)(?!\w))
    | (?P<unit>\d+(?=(?:am|pm|[ap]\.m\.?|km|kg|cm|mm|m|k|bn|b|ft|lb|lbs|hz|mph|kmh|mw|gw|kw|h|c|f|mn|tn|x|%)(?!\w)))
    | (?P<fraction>(?<!\w)\.\d+)
    | (?P<clipped>(?<!\w)['’](?:\d\ds?|(?i:s|m|d|re|ve|ll|em|til|tis|twas|cause))(?!\w))
    | (?P<tag>[#@][^\W\d]\w*)
    | (?P<stub>[^\W\d_]+-(?=$))
    | (?P<hyphenated>[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+(?:['’][^\W_]+)*)+['’]?(?!\w))
    | (?P<word>\w+(?:['’`´\u00ad\u200c\u200d&]\w+|[{_MARKS}]+\w*)*(?:(?<=[sSzZxX])['’](?!\w))?)
    | (?P<dots>\.{{2,}}|…+)
    | (?P<stops>[.,]?[!?]+[.!?]*)
    | (?P<run>(?P<same>[-=*_~#+<>|/\\'`’‘,;$^—–])(?P=same)+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
