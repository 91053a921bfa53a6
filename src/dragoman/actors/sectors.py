"""Role nouns and their modifiers into sector codes."""

from dataclasses import dataclass

from dragoman.actors.names import word_set
from dragoman.actors.pieces import Piece

# Sectors whose holders can stand in the opposition or in a rebellion, and then count as that.
_OPPOSABLE = frozenset(("LEG", "PTY", "GOV", "CVL", "NGO", ""))
_REBELLABLE = frozenset(("MIL", "GOV", "COP", "UAF", "PTY", "CVL", ""))
_OFFICES = frozenset(("GOV", "LEG", "JUD", "COP", "SPY", "IGO", "PTY", "MIL", ""))
_KEEPS_RANK = frozenset(
    ("soldier", "soldiers", "colonel", "general", "officer", "officers", "rebel", "rebels", "fighters")
)
# A proper name before one of these, with no state beside it, is an armed band that calls itself an army.
_BAND_NOUNS = word_set("army front brigade brigades legion battalion battalions command resistance army of")
_STATE_NOUNS = word_set(
    "nation country countries nations states republic kingdom emirate capital capitals neighbour neighbor power powers "
    "sheikhdom archipelago island islands governments state"
)


@dataclass(frozen=True, slots=True)
class SectorChoice:
    """The sector that the words give. `by` is strong, companion, modifier, default, organization, former or empty when
    nothing decides; `head` is the key of the role noun at the head, `role` the words of the role as written."""

    sector: str | None
    by: str
    head: str | None
    role: str | None
    former: bool


def choose_sector(core: tuple[Piece, ...]) -> SectorChoice:
    """The sector of a noun phrase's core, from its role nouns, their modifiers and a named organization."""
    roles = [piece for piece in core if piece.use == "role"]
    former = any(_is_former(piece) for piece in roles)
    roles = [piece for piece in roles if not _is_former(piece)]
    org = next((piece for piece in reversed(core) if piece.use == "org"), None)
    if not roles:
        return _from_org_alone(org, former)
    head = roles[-1]
    sector, by = _head_sector(head, roles[:-1], org)
    sector = _override(sector, head, roles[:-1])
    if _is_band(core, head, sector):
        sector, by = "REB", "strong"
    if former and sector in _OFFICES and head.key not in _KEEPS_RANK:
        sector, by = "", "former"
    if head.key in _STATE_NOUNS and len(roles) == 1:
        sector, by = "", "state"
    return SectorChoice(sector or None, by, head.key, _role_text(core, roles), former)


def _is_former(piece: Piece) -> bool:
    return any(sense.sector == "FORMER" for sense in piece.senses)


def _from_org_alone(org: Piece | None, former: bool) -> SectorChoice:
    if org is None:
        return SectorChoice(None, "", None, None, former)
    return SectorChoice(org.sense.sector or None, "organization", None, None, former)


def _pick(piece: Piece, weights: tuple[str, ...]) -> tuple[str, str]:
    """Sector and weight of the sense whose weight comes first in `weights`."""
    for weight in weights:
        for sense in piece.senses:
            if sense.use == "role" and sense.weight == weight:
                return sense.sector, weight
    return "", ""


def _head_sector(head: Piece, before: list[Piece], org: Piece | None) -> tuple[str, str]:
    sector, weight = _pick(head, ("strong", "weak", "mod"))
    if org is not None and org.sense.country == "IGO":
        kept = sector if weight == "strong" and sector in ("MIL", "COP", "JUD") else org.sense.sector
        return kept, "organization"
    if weight == "strong":
        return sector, "strong"
    for piece in reversed(before):
        companion, _ = _pick(piece, ("mod", "strong"))
        if companion:
            return companion, "companion"
    if org is not None and org.sense.sector:
        return org.sense.sector, "organization"
    if weight == "mod":
        return sector, "modifier"
    return sector, "default" if sector else ""


def _override(sector: str, head: Piece, before: list[Piece]) -> str:
    """The sector after its modifiers: an opposition deputy is OPP, rebel police are REB, striking nurses are LAB."""
    marks = {_pick(piece, ("mod", "strong"))[0] for piece in before}
    if any(piece.key == "striking" for piece in before):
        return "LAB"
    if "OPP" in marks and sector in _OPPOSABLE:
        return "OPP"
    if "REB" in marks and sector in _REBELLABLE and head.key not in ("leader of the opposition",):
        return "REB"
    return sector


def _is_band(core: tuple[Piece, ...], head: Piece, sector: str) -> bool:
    """True for "the Chindwin Army": an unknown name, a capitalised military noun, no state."""
    if head.key not in _BAND_NOUNS or not head.words[0].text[:1].isupper():
        return False
    states = any(piece.use in ("name", "adjective", "capital") for piece in core)
    named = any(piece.use == "proper" for piece in core)
    return named and not states and sector in ("MIL", "REB", "")


def _role_text(core: tuple[Piece, ...], roles: list[Piece]) -> str:
    """The role's words as written, from the first role piece to the last, without names between."""
    first, last = core.index(roles[0]), core.index(roles[-1])
    kept = [piece.text for piece in core[first : last + 1] if piece.use in ("role", "word", "conj")]
    return " ".join(kept)
