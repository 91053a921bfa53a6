"""The patterns and word lists by which a chunk is cut into surface tokens."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words whose final point belongs to the token, by the treebanks' own practice.
ABBREVIATIONS = _words(
    "mr mrs ms dr prof rev hon sr jr st ft mt gen col lt sgt capt cmdr adm maj gov sen rep pres amb insp supt "
    "messrs mme mlle inc corp co ltd llc bros dept univ assn est etc vs al approx ca cf eds vol figs no nos pp "
    "ext ave blvd rd attn reps gens sens tel viz resp ph.d e.g i.e a.m p.m d.c brig asst atty eng pvt cpl spc "
    "hrs mins govt"
)
# The same for words that are ordinary ones without their capital.
CAPITAL_ABBREVIATIONS = _words(
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Fr Ed Fig Art "
    "Sec Calif Fla Ariz Ala Ark Conn Del Ill Ind Kan Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va "
    "Wash Wis Wyo Md Ky Ga Colo Ste"
)
# At the end of a sentence these keep their point; any other abbreviation gives it to the sentence.
KEPT_AT_END = _words("a.m. p.m. d.c. u.s. u.n. e.u. jr. sr. ph.d. p.s.")

# Prefixes that stay joined to their word; all other hyphens are tokens of their own.
HELD_PREFIXES = _words(
    "anti co counter cross de e ex extra hyper inter intra micro mid mini multi neo non over post pre pro proto pseudo "
    "psycho re semi socio sub super trans ultra un"
)

# Endings that stay joined to the word before them.
HELD_SUFFIXES = _words("wise esque ish fold")

# An address does not end in the punctuation of the sentence around it.
_TRAIL = r"(?<![.,;:!?'\"”’)\]}>»])"


def _choices(words: frozenset[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=lambda word: (-len(word), word)))


_SITE_ENDS = r"(?i:com|org|net|edu|gov|info|co\.uk|ac\.uk|io|tv|ru|kz|am)"
# Marks that regular expressions do not count as parts of a word.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    r"\u0951-\u0963\u0981-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_EMOJI = r"\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_JOINERS = r"\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u20e3\U000e0020-\U000e007f"

PIECE = re.compile(
    rf"""
      (?P<url>(?:https?|ftp)://[^\s<>"“”]+{_TRAIL}|www\.[^\s<>"“”]+{_TRAIL})
    | (?P<mail>(?<![\w.+%-])(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\w)
    | (?P<file>(?<![\w#&-])[\w#&-]*\.(?i:docx?|xlsx?|pptx?|pdf|html?|jpe?g|png|gif|txt|zip|exe|mp3|url)(?!\w))
    | (?P<site>(?<![\w.-])[A-Za-z\d][\w-]*(?:\.[\w-]+)*\.{_SITE_ENDS}
        (?:/[^\s<>"“”,]*{_TRAIL})?(?![\w.]\w))
    | (?P<face>(?<![\w:])(?:[:;=][-^'o]?[)(DPp|/\\\]\[*]+|\(:|<3|\^_+\^|:'\()(?![\w/]))
    | (?P<letters>(?<!\w)(?:[^\W\d_]\.)+(?:[^\W\d_](?!\w)|(?<=\w\.\w\.)))
    | (?P<abbreviation>(?<!\w)(?:(?i:{_choices(ABBREVIATIONS)})|{_choices(CAPITAL_ABBREVIATIONS)})\.(?!\w))
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
    | (?P<money>(?<!\w)(?:US|U|C|A|NZ|HK|S)\$)
    | (?P<stub>[^\W\d_]+-(?=$))
    | (?P<hyphenated>[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+(?:['’][^\W_]+)*)+['’]?(?!\w))
    | (?P<word>\w+(?:['’`´&]\w+|[{_MARKS}\u00ad\u200c\u200d]+\w*)*(?:(?<=[sSzZxX])['’](?!\w))?)
    | (?P<emoji>[\U0001f1e6-\U0001f1ff]{{2}}|[{_EMOJI}][{_JOINERS}]*(?:\u200d[{_EMOJI}\u2190-\u21ff][{_JOINERS}]*)*)
    | (?P<dots>\.{{2,}}|…+)
    | (?P<stops>[.,]?[!?]+[.!?]*)
    | (?P<run>(?P<same>[-=*_~#+<>|/\\'`’‘,;$^—–])(?P=same)+)
    | (?P<other>.[{_MARKS}{_JOINERS}\u200c\u200d]*)
    """,
    re.VERBOSE | re.DOTALL,
)
