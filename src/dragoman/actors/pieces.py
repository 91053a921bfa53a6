"""A mention cut into pieces: what each stretch of words is, before anybody asks what the whole means."""

from collections.abc import Sequence
from typing import NamedTuple

from dragoman.actors.lexicon import Lexicon, Sense
from dragoman.actors.names import Word, word_set

_MARKS = frozenset(',;:()[]"“”«»—–')
_LINKS = word_set(
    "of in from at for to by with on over against between near outside inside under after before during since "
    "towards toward among amid around across behind beyond into about despite following including like via within "
    "who which that whose whom where when as than because while if is are was were be has have had"
)
# A participle after a noun opens a clause about something else ("gunmen loyal to", "a force led by").
_OPENERS = word_set(
    "loyal led backed sent based held carrying wearing working armed accused suspected linked allied belonging tied "
    "fighting travelling traveling visiting representing supported owned run built named called known opposed seeking "
    "aboard guarding protecting chaired headed displaced arrested detained jailed killed wounded kidnapped trapped "
    "assisting said living stationed deployed operating founded financed funded dubbed registered"
)
_ATTACHED = word_set(
    "backed led based born trained funded sponsored supported allied speaking occupied held controlled linked aligned "
    "made built owned run installed appointed brokered mediated administered registered flagged friendly"
)
# What follows a hyphen after a name without being part of it ("Mandela-style").
_COMPOUNDS = word_set(
    "style era linked wide loyal time run born like owned only held trained age day year old inspired"
)
_ARTICLES = word_set(
    "the a an this that these those some any several many few both all another other each every most no one's"
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "both": 2,
}  # fmt: skip
_OWNERS = word_set("his her its their my our your")
PRONOUNS = word_set(
    "he she it they him her them his its their i we me us our my himself herself itself themselves who which both "
    "neither either each hers theirs"
)
HONORIFICS = word_set(
    "mr mrs ms miss dr sir dame mme madame monsieur senor señor señora daw u ko coun cllr hon honourable honorable "
    "excellency haji sayyid ustaz professor prof rev"
)
_PARTICLES = word_set("al el bin ben ibn van von der de da di dos del la le af abu abd bint ter ten zu ul ud e y")
# Title words and demonyms that are also surnames: after a given name they belong to the name.
_ALSO_SURNAMES = word_set(
    "king bishop major pope judge prince dean priest monk abbot cardinal marshal sheriff constable deacon driver "
    "farmer miner baker page guard chancellor rector singer speaker person young man child church french english "
    "german holland poland ireland england wales israel jordan chad georgia paris london lord bench mills fisher "
    "diplomat sultan emir general admiral captain shan karen lao welsh roman polish kano sen rep fr maj lt col adm "
    "gen capt pm power hunter cook marshal duke earl abbot squire hood"
)

_GIVEN_NAMES = word_set(
    "paris chelsea florence austin brooklyn sydney victoria washington cuba kenya india vienna sofia lima santiago "
    "salvador kingston alma lourdes valencia dallas houston phoenix savannah carolina virginia dakota montana asia "
    "ireland lincoln chad israel jordan georgia holland wellington hamilton cairo lisbon roma milan bolivar"
)
_USE_ORDER = {"org": 0, "name": 1, "capital": 2, "disputed": 3, "adjective": 4, "people": 5, "place": 6, "role": 7}
_WEIGHT_ORDER = {"": 0, "strong": 1, "weak": 2, "mod": 3}
# After the name of a state these make a place or a thing of it, not the state ("China Sea", "Turkey Point").
_LANDMARKS = word_set(
    "sea point river gulf lake strait straits ocean bay desert mountain mountains canal island islands cape creek "
    "falls valley hill hills peak peninsula channel harbour harbor beach park street road avenue square bridge tower "
    "airport hotel cup open grand prix marathon masters"
)


class Piece(NamedTuple):
    """A stretch of a mention. `use` is proper (unknown capitalised words), role, org, one of the uses of a state, link,
    mark, conj, article, number, owner, honorific, pronoun, attached or word. `senses` is empty unless from the lexicon.
    `possessive` is True when "'s" follows. `words` are the words covered."""

    use: str
    words: tuple[Word, ...]
    senses: tuple[Sense, ...] = ()
    possessive: bool = False

    @property
    def text(self) -> str:
        """The words as written, with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def key(self) -> str:
        """The lookup key of the words."""
        return " ".join([word.key for word in self.words])

    @property
    def sense(self) -> Sense:
        """The first sense; only for pieces of the lexicon."""
        return self.senses[0]


def cut(words: Sequence[Word], lexicon: Lexicon) -> tuple[Piece, ...]:
    """The pieces of a mention in order; every word lies in exactly one, possessive marks are folded into their piece."""  # noqa: E501
    pieces: list[Piece] = []
    at = 0
    while at < len(words):
        piece = _tied_piece(words, at, lexicon, pieces) or _next_piece(words, at, lexicon)
        at += len(piece.words)
        if at < len(words) and words[at].key == "'s":
            piece = piece._replace(possessive=True)
            at += 1
        pieces.append(piece)
    return tuple(_absorb(pieces))


def _tied_piece(words: Sequence[Word], at: int, lexicon: Lexicon, before: list[Piece]) -> Piece | None:
    """The second half of a given name ("Dae-jung", "Jae-in"), which is written small; None for anything else."""
    word = words[at]
    if not word.hyphen or not word.text.islower() or not before or before[-1].use != "proper" or before[-1].possessive:
        return None
    if word.key in _ATTACHED or len(word.key) > 6 or word.key in _COMPOUNDS:
        return None
    return Piece("proper", (word,))


def _next_piece(words: Sequence[Word], at: int, lexicon: Lexicon) -> Piece:
    word = words[at]
    match = lexicon.match(words, at)
    if match is not None and (len(word.key) > 1 or match.end - match.start > 1):
        matched = tuple(words[at : match.end])
        if not (len(matched) == 1 and (word.key in _OWNERS or word.key in _ARTICLES) and word.text.islower()):
            senses = _ordered(match.senses)
            return Piece(senses[0].use, matched, senses)
    return Piece(_plain_use(words, at), (word,))


def _ordered(senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """The senses with the most specific first: organizations, states, then role nouns with strong ones before weak."""
    if len(senses) == 1:
        return senses
    return tuple(sorted(senses, key=lambda sense: (_USE_ORDER[sense.use], _WEIGHT_ORDER[sense.weight])))


def _plain_use(words: Sequence[Word], at: int) -> str:
    word = words[at]
    if word.text in _MARKS:
        return "mark"
    key = word.key
    if word.text[:1].isdigit() or key in _NUMBERS:
        return "number"
    if key in HONORIFICS and word.text[:1].isupper():
        return "honorific"
    if key in ("and", "or") or word.text == "&":
        return "conj"
    if key in _ATTACHED and at and words[at - 1].end == word.start - 1 and word.text.islower():
        return "attached"
    if key in _LINKS or key in _OPENERS:
        return "link"
    if key in _OWNERS:
        return "owner"
    if key in _ARTICLES:
        return "article"
    if key in PRONOUNS and (word.text.islower() or len(words) == 1 or word.text == "I"):
        return "pronoun"
    return "proper" if word.text[:1].isupper() else "word"


def _absorb(pieces: list[Piece]) -> list[Piece]:
    """Join words of one name: unknown capitalised words, particles between them, and states or titles used as names."""
    joined: list[Piece] = []
    for index, piece in enumerate(pieces):
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        previous = joined[-1] if joined else None
        if previous is not None and previous.use == "proper" and not previous.possessive:
            if piece.use == "proper" or _continues(previous, piece, following):
                joined[-1] = previous._replace(words=previous.words + piece.words, possessive=piece.possessive)
                continue
        elif _opens_name(piece, following):
            piece = piece._replace(use="proper", senses=())
        joined.append(piece)
    return joined


def _continues(previous: Piece, piece: Piece, following: Piece | None) -> bool:
    """True for a piece that goes on the name before it: a particle, or a surname that is also a title or a state."""
    if len(piece.words) > 1 or piece.use in ("mark", "conj", "link"):
        return False
    if piece.use == "org":  # "Abdel Fatah al-Sisi", "Juan Manuel Santos": a movement and a company elsewhere
        goes_on = following is not None and (following.use == "proper" or following.key in _PARTICLES)
        return goes_on or (following is None and len(previous.words) > 1)
    if piece.key in _PARTICLES:
        return following is not None and (following.use in ("proper", "org") or following.key in _PARTICLES)
    ends = following is None or following.use in ("mark", "conj", "link")
    return ends and piece.key in _ALSO_SURNAMES and piece.words[0].text[:1].isupper()


def _opens_name(piece: Piece, following: Piece | None) -> bool:
    """True for a state or town used as a name: before an unknown capitalised word ("Israel Katz", "Turkey Point")."""
    if piece.use not in ("name", "place", "capital", "disputed") or not piece.senses or piece.possessive:
        return False
    return (
        following is not None
        and following.use == "proper"
        and not following.senses
        and len(piece.words) == 1
        and (piece.key in _ALSO_SURNAMES | _GIVEN_NAMES or following.key in _LANDMARKS)
        and following.words[0].start == piece.words[0].end + 1
    )


def number_of(pieces: Sequence[Piece]) -> int | None:
    """The number a mention states ("the two sides" is 2); None when it states none."""
    for piece in pieces:
        if piece.key in _NUMBERS:
            return _NUMBERS[piece.key]
        if piece.use == "number" and piece.key.replace(",", "").isdigit():
            return int(piece.key.replace(",", ""))
    return None
