"""Actors told earlier in a document, as antecedents of pronouns and descriptions: found by the words alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.actors.names import normalise, word_set
from dragoman.actors.phrase import STATE_USES, Reading, read_clause
from dragoman.actors.pieces import PRONOUNS, Piece

_INSIDE = (*STATE_USES, "role", "org", "proper", "honorific", "article", "number", "attached", "owner")
_PLURAL_HEADS = word_set("police men women people troops militia forces miners gunmen staff crew clergy media press")
_NEVER_PERSONS = word_set(
    "government army navy ministry police parliament court council party embassy militia cabinet bank agency committee "
    "commission senate assembly congress force forces military junta regime administration presidency bloc alliance "
    "side delegation team mission group union party company newspaper column court office council coalition body board"
)
_SHORT = 3
_MODAL_SUBJECT = word_set("that where when which while as because although if after before")
# Words that a sentence begins with a capital and that name nobody.
NO_NAMES = PRONOUNS | word_set(
    "there here then now today yesterday tomorrow later earlier meanwhile however still yet but so thus also instead "
    "moreover nevertheless nonetheless although though while when where why how what if as after before since until "
    "once during despite because among for with without under over on in at by from of to about not no yes only "
    "even just "
    "perhaps maybe indeed later separately previously recently finally again last next early such same speaking asked "
    "according given based following more most less many much several few some all any none another other others "
    "nothing nobody everyone everybody someone somebody anyone residents witnesses analysts critics observers "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of the text that tells an actor.

    `subject` is True for the first actor of a sentence or clause, `joined` where "and" ties it to the one before.
    `start` and `end` are characters of the document.
    """

    start: int
    end: int
    sentence: int
    reading: Reading
    subject: bool
    joined: bool

    @property
    def is_person(self) -> bool:
        """True for one human being: a name, or a singular office."""
        if self.reading.person is not None:
            return True
        return self.reading.shape == "role" and not self.is_plural and (self.reading.head or "") not in _NEVER_PERSONS

    @property
    def is_plural(self) -> bool:
        """True for several actors or people."""
        if self.reading.person is not None:
            return False
        head = (self.reading.head or "").split(" ")[-1]
        plural = head in _PLURAL_HEADS or head.endswith("men") or (head.endswith("s") and not head.endswith("ss"))
        return self.reading.joint or self.reading.shape == "people" or (self.reading.shape == "role" and plural)


def find_told(pieces: Sequence[Piece], sentence: int) -> Iterator[Told]:
    """The actors that a sentence tells, in order."""
    opens, joined, at = True, False, 0
    while at < len(pieces):
        piece = pieces[at]
        end = _run_end(pieces, at)
        if end == at:
            opens = opens or piece.key in _MODAL_SUBJECT or (piece.use == "mark" and piece.key in (":", ";", "“", '"'))
            joined = piece.use == "conj"
            at += 1
            continue
        reading = read_clause(tuple(pieces[at:end]))
        if _tells_actor(reading, pieces, end) and not is_dateline(pieces[end - 1]):
            yield Told(piece.words[0].start, pieces[end - 1].words[-1].end, sentence, reading, opens, joined)
            opens = False
        joined, at = False, end


def _run_end(pieces: Sequence[Piece], start: int) -> int:
    """The end of the stretch that begins at `start`: names, offices and states, with "of ..." behind an office."""
    end = start
    while end < len(pieces) and _may_continue(pieces, start, end):
        end += 1
    return end


def _may_continue(pieces: Sequence[Piece], start: int, at: int) -> bool:
    piece = pieces[at]
    if at > start and is_dateline(pieces[at - 1]):
        return False
    if piece.use in _INSIDE:
        if piece.use == "role" and at - 1 > start and pieces[at - 1].use == "proper":
            return True  # "Brazilian Environment Minister"
        # A name ends the stretch: "Harunyan Iranian officials" are two.
        return at == start or pieces[at - 1].use != "proper" or pieces[at - 1].possessive or piece.use == "proper"
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if at == start or following is None:
        return False
    if piece.use == "link" and piece.key in ("of", "for"):
        return pieces[at - 1].use in ("role", "org") and following.use in _INSIDE
    if piece.use == "mark" and piece.key == ",":
        return pieces[at - 1].use == "role" and following.use == "proper"
    if piece.use == "word":
        return pieces[at - 1].use in ("article", "adjective", *STATE_USES) and following.use == "role"
    return False


def is_dateline(piece: Piece) -> bool:
    """True for a place in capitals, as reports begin with ("LUANDA - ")."""
    return piece.use in ("capital", "place") and len(piece.text) > _SHORT and piece.text.isupper()


def _tells_actor(reading: Reading, pieces: Sequence[Piece], end: int) -> bool:
    if reading.shape in ("adjective", "empty", "word", "pronoun"):
        return False
    if reading.person is not None and reading.shape == "proper" and normalise(reading.person) in NO_NAMES:
        return False
    if reading.shape == "place" or (reading.shape == "capital" and _is_place_phrase(pieces, end)):
        return False
    return bool(reading.countries or reading.sector_by or reading.org or reading.person)


def _is_place_phrase(pieces: Sequence[Piece], end: int) -> bool:
    before = end - 2
    return before >= 0 and pieces[before].use == "link" and pieces[before].key in ("in", "at", "from", "near", "to")


_HE_SHE = word_set("he she him her his hers himself herself i me my")
_IT = word_set("it its itself which")
_THEY = word_set("they them their theirs themselves we us our who")
_OBJECTS = word_set("him them")
_FAR = 4


def choose_told(
    told: Sequence[Told], key: str, position: int, sentence: int, taken: Sequence[Told]
) -> tuple[Told, ...]:
    """Whom a pronoun before `position` means: the subject told last that agrees in number and kind; empty for none.

    Args:
        told: the actors of the document, in order.
        key: the pronoun, in small letters.
        position: where the pronoun begins.
        sentence: its sentence.
        taken: whom other pronouns of the sentence mean; an object ("asked him") is none of them.
    """
    near = [one for one in told if one.end <= position and sentence - one.sentence <= _FAR]
    fitting = [one for one in near if _agrees(key, one) and not is_doubtful(one, told)]
    if key in _OBJECTS:
        fitting = [one for one in fitting if one not in taken] or fitting
    if not fitting:
        return ()
    best = max(fitting, key=lambda one: (one.sentence, one.subject and key not in _OBJECTS, _order(one, key)))
    if key not in _THEY:
        return (best,)
    return _with_joined(told, best)


def is_doubtful(one: Told, told: Sequence[Told]) -> bool:
    """True for a single capitalised word of which nothing is said: a name only where a fuller one ends with it."""
    name = one.reading.person or ""
    if one.reading.shape != "proper" or " " in name or one.reading.countries or one.reading.sector_by:
        return False
    return not any((other.reading.person or "").endswith(f" {name}") for other in told)


def _order(one: Told, key: str) -> int:
    """Among equals the first of a sentence, for an object the last."""
    return one.start if key in _OBJECTS else -one.start


def _with_joined(told: Sequence[Told], best: Told) -> tuple[Told, ...]:
    """The antecedent of a plural with those that "and" ties to it."""
    at = told.index(best)
    end = at + 1
    while end < len(told) and told[end].joined and told[end].sentence == best.sentence:
        end += 1
    return tuple(told[at:end])


def _agrees(key: str, one: Told) -> bool:
    if key in _HE_SHE:
        return one.is_person and not one.joined
    if key in _IT:
        return not one.is_person and not one.is_plural
    return key in _THEY and (one.is_plural or not one.is_person or one.subject)


def find_described(told: Sequence[Told], reading: Reading, position: int, sentence: int) -> Told | None:
    """The actor told before that a definite description repeats: the same office or group, of the same country."""
    head = (reading.head or "").split(" ")[-1]
    for one in reversed(told):
        if one.end > position or sentence - one.sentence > _FAR:
            continue
        if reading.countries and one.reading.countries and reading.countries[0] != one.reading.countries[0]:
            continue
        if _repeats(head, reading, one):
            return one
    return None


def _repeats(head: str, reading: Reading, one: Told) -> bool:
    role = f" {(one.reading.role or one.reading.head or '').lower()} "
    if f" {head} " in role or f" {head.rstrip('s')} " in role:
        return True
    if head == "leader":
        return one.is_person and one.reading.person is not None and bool(reading.countries)
    group = reading.sector_by == "strong" and head.endswith("s")
    return group and one.is_plural and one.reading.sector == reading.sector
