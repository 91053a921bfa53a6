"""Which language a text is in: by its script, and for Latin script by its small words.

dragoman codes English. All that is asked here is whether a text is English, and if it is not, what to call it in the
message; so the word lists are short, and a text that is too short or too mixed to tell stays undecided.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

NAMES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "bn": "Bengali", "bg": "Bulgarian", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian, Bosnian or Serbian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian or Malay", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "th": "Thai",
    "tl": "Filipino", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in that is was for on with as by at from it be are were has have had his her their an "
        "not but which who will would said this after before its he she they been into over between about than",
        "fr": "le la les de des du et en un une que qui dans pour sur avec est par pas au aux ce cette il elle ont été "
        "son sa ses mais plus se à leur après",
        "es": "el la los las de del y en un una que por con para se su es al lo como más pero sus fue ha entre sobre "
        "este esta son no también tras",
        "pt": "o a os as de do da dos das e em um uma que por com para se seu sua é ao na no nas nos como mais mas foi "
        "não entre sobre são também após",
        "it": "il lo la i gli le di del della dei delle e in un una che per con si è al alla nel nella da dal come più "
        "ma non sono anche ha stato tra dopo",
        "ro": "și în de la cu pe un o care este din nu pentru să se a au fost prin mai că după sau între",
        "de": "der die das und in den von zu mit dem des auf für ist im ein eine nicht sich dass als auch es an werden "
        "wurde aus nach bei hat sie er wird",
        "nl": "de het een en van in op te dat is met voor zijn aan niet die er door ook bij naar om werd heeft uit",
        "sv": "och att det i en som på är av för med den till inte har de ett om men var från efter vid han",
        "da": "og at det i en som på er af for med den til ikke har de et om men var fra efter ved han blev af",
        "no": "og at det i en som på er av for med den til ikke har de et om men var fra etter ved han ble seg",
        "fi": "ja on ei se että oli hän ovat mutta kun myös tai sekä joka mukaan sen ole hänen niin jotka",
        "pl": "i w na z do że się nie jest to o po jak dla od przez oraz ze był który ale są przy także jego",
        "cs": "a v na se je že z do o s k pro jako ale by to i byl za po od podle který jeho také není jsou",
        "hr": "i u na je se da za od su s o koji to nije iz kao ne ali što bi je do po te biti će",
        "hu": "a az és hogy nem is egy meg volt van de ez csak már még vagy el mint szerint után",
        "sq": "të e në dhe për me që nga një është i ka më se do nuk u janë ishte si",
        "tr": "ve bir bu da de için ile olan olarak çok daha ne gibi en kadar sonra ise olduğunu ama değil",
        "az": "və bir bu da də üçün ilə olan edib edir ki daha sonra isə olduğunu amma deyil olaraq",
        "id": "yang dan di dari untuk dengan pada ini itu dalam tidak akan ke oleh telah juga adalah sebagai para",
        "tl": "ang ng sa na at mga ay ni si kay para hindi nang kung ito may din rin",
        "sw": "ya wa na kwa katika ni la za kuwa hiyo huyo baada yake cha kama alisema lakini hii",
        "vi": "và của là có các cho một trong không được những với đã người này từ khi về tại",
    }.items()
}  # fmt: skip

_SCRIPTS = {
    "ARMENIAN": "hy", "GEORGIAN": "ka", "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "hi", "BENGALI": "bn",
    "THAI": "th", "ETHIOPIC": "am", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
    "CYRILLIC": "ru", "ARABIC": "ar",
}  # fmt: skip
# Letters that the first-named neighbours of the script do not use.
_LETTERS = {
    "CYRILLIC": (("uk", "іїєґ"), ("kk", "әғқңұһ"), ("sr", "ђћџљњј")),
    "ARABIC": (("ur", "ٹڈڑےں"), ("fa", "پچژگ")),
}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_ENOUGH_WORDS = 30
_ENOUGH_LETTERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """`code` is ISO 639-1, or None when the text cannot be told; `english` says whether to read it as English."""

    code: str | None
    english: bool

    @property
    def name(self) -> str:
        """The language's English name, for messages."""
        return NAMES.get(self.code or "", "a language that is not recognised")


def detect_language(text: str) -> Guess:
    """Guesses from the first 20,000 characters. A text of fewer than 30 words in Latin script counts as English.

    >>> detect_language("Президент прибыл в столицу с официальным визитом по приглашению премьер-министра.").name
    'Russian'
    """
    sample = text[:_SAMPLE]
    scripts = _count_scripts(sample)
    script, count = max(scripts.items(), key=lambda item: item[1], default=("LATIN", 0))
    if script != "LATIN" and count >= _ENOUGH_LETTERS:
        return Guess(code=_code_of_script(script, sample, scripts), english=False)
    return _guess_latin([word.lower() for word in _WORD.findall(sample)])


def _count_scripts(sample: str) -> Counter[str]:
    letters = Counter(character for character in sample if character.isalpha())
    scripts: Counter[str] = Counter()
    for character, count in letters.items():
        scripts[unicodedata.name(character, "LATIN").split()[0].split("-")[0]] += count
    return scripts


def _code_of_script(script: str, sample: str, scripts: Counter[str]) -> str | None:
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] / 10:
        return "ja"
    lowered = sample.lower()
    for code, letters in _LETTERS.get(script, ()):
        if sum(lowered.count(letter) for letter in letters) > len(lowered) / 200:
            return code
    return _SCRIPTS.get(script)


def _guess_latin(words: list[str]) -> Guess:
    """English needs one small word in twelve (news has one in three), and no other language with clearly more."""
    if len(words) < _ENOUGH_WORDS:
        return Guess(code=None, english=True)
    shares = {code: sum(word in known for word in words) / len(words) for code, known in _WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    # Four different ones: "U.S." repeated down a list of consulates once made it Croatian.
    if (
        best != "en"
        and shares[best] >= 0.1
        and shares[best] > 1.3 * shares["en"]
        and len(_WORDS[best] & set(words)) > 3
    ):
        return Guess(code=best, english=False)
    if shares["en"] < 1 / 12:
        # Under 60 words this may still be a table or a list of names in English.
        return Guess(code=None, english=len(words) < 2 * _ENOUGH_WORDS)
    return Guess(code="en", english=True)
