"""Dictionary forms by English inflection, checked against known words.

The network's lemma is a guess and goes wrong on rare verbs ("initialle" for "initialled"). Where a caller has a word
list, such as a codebook, the regular and irregular inflections that lead into that list are surer.
"""

from collections.abc import Iterator

# Past forms whose verb is not found by taking off an ending; one verb a group: base, past forms.
_IRREGULAR_GROUPS = """
arise arose arisen/be was were been am is are/bear bore borne/beat beat beaten/become became/begin began begun/bend bent
bid bade bidden/bind bound/bite bit bitten/bleed bled/blow blew blown/break broke broken/breed bred/bring brought
build built/burn burnt/buy bought/catch caught/choose chose chosen/cling clung/come came/creep crept/deal dealt/dig dug
do did done does/draw drew drawn/drink drank drunk/drive drove driven/eat ate eaten/fall fell fallen/feed fed/feel felt
fight fought/find found/flee fled/fling flung/fly flew flown/forbid forbade forbidden/forget forgot forgotten
forgive forgave forgiven/forgo forwent forgone/freeze froze frozen/get got gotten/give gave given/go went gone goes
grind ground/grow grew grown/hang hung/have had has/hear heard/hide hid hidden/hold held/keep kept/know knew known
lay laid/lead led/leap leapt/leave left/lend lent/lie lay lain/light lit/lose lost/make made/mean meant/meet met
mow mown/overrun overran/overthrow overthrew overthrown/pay paid/plead pled/ride rode ridden/ring rang rung
rise rose risen
run ran/say said says/see saw seen/seek sought/sell sold/send sent/sew sewn/shake shook shaken/shine shone/shoot shot
show shown/shrink shrank shrunk/sing sang sung/sink sank sunk/sit sat/slay slew slain/sleep slept/slide slid/sling slung
speak spoke spoken/spend spent/spin spun/spring sprang sprung/stand stood/steal stole stolen/stick stuck/sting stung
strike struck stricken/string strung/swear swore sworn/sweep swept/swim swam swum/swing swung/take took taken
teach taught/tear tore torn/tell told/think thought/throw threw thrown/tread trod trodden/undertake undertook undertaken
uphold upheld/wake woke woken/wear wore worn/weave wove woven/weep wept/win won/wind wound/withdraw withdrew withdrawn
withhold withheld/withstand withstood/wring wrung/write wrote written/retake retook retaken/foresee foresaw foreseen
overcome overcame/oversee oversaw overseen/rebuild rebuilt/resell resold/shear shorn/smite smote smitten/spit spat
spill spilt/strew strewn/strive strove striven/unwind unwound/upset upset/waylay waylaid/renege reneged
"""
_IRREGULAR_NOUNS = {"men": "man", "women": "woman", "children": "child", "people": "people", "lives": "life"}
_IRREGULAR = {
    form: group.split()[0]
    for line in _IRREGULAR_GROUPS.split("\n")
    for group in line.split("/")
    for form in group.split()[1:]
}


def find_base(form: str, lemma: str, upos: str, known: frozenset[str]) -> str:
    """The dictionary form: `lemma` when it is known or nothing better is, else the first known base of `form`.

    >>> find_base("initialled", "initialle", "VERB", frozenset({"initial"}))
    'initial'
    >>> find_base("walked", "walk", "VERB", frozenset())
    'walk'
    """
    lemma, form = lemma.lower(), form.lower()
    if not known or upos not in ("VERB", "NOUN", "PROPN", "AUX"):
        return lemma
    inflected = upos == "VERB" and lemma == form and (form in _IRREGULAR or form.endswith(("ed", "ing")))
    if lemma in known and not inflected:
        return lemma
    bases = _verb_bases(form) if upos in ("VERB", "AUX") else _noun_bases(form)
    return next((base for base in bases if base in known and not (inflected and base == form)), lemma)


def _verb_bases(form: str) -> Iterator[str]:
    yield form
    if form in _IRREGULAR:
        yield _IRREGULAR[form]
    for ending in ("ing", "ed"):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            yield from (stem, stem + "e")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            if stem.endswith("ck"):
                yield stem[:-1]
    yield from _noun_bases(form)


def _noun_bases(form: str) -> Iterator[str]:
    yield form
    if form in _IRREGULAR_NOUNS:
        yield _IRREGULAR_NOUNS[form]
    if form.endswith("men") and len(form) > 4:
        yield form[:-3] + "man"
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if form.endswith("ves"):
        yield from (form[:-3] + "f", form[:-3] + "fe")
    if form.endswith("es"):
        yield form[:-2]
    if form.endswith("s"):
        yield form[:-1]
