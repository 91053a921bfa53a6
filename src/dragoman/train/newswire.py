"""Running text of the English Worldwide Newswire from its tokenised rows.

The data set is published as tokens, one paragraph a row, so the original spacing is gone. `document_text` puts spaces
back by fixed rules: whoever holds the public file gets the same characters, and offsets kept in `corpus/news_more`
point into them. The rules aim at newspaper spelling, not at the lost original; changing one moves every offset.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ATTACH_LEFT = _words(". , ; : ! ? % ) ] } … ’ ” ° ™ ® » ›› 's n't 're 've 'm 'll 'd ’s n’t ’re ’ve ’m ’ll ’d")
_ATTACH_RIGHT = _words("( [ { $ € £ ₹ ₡ ₦ ₱ ₵ # @ “ ‘ « ‹‹ ¡ ¿ ´")
_ATTACH_BOTH = _words("/")
_CLITICS = _words("s t re ve ll d m S")
_ELIDED = _words("O D d L l Sana Qur Ma Sha")
_MONTHS = _words("January February March April May June July August September October November December")
_ENDS = _words(". ? ! … ۔")
_CLOSERS = _words("” ’ \" ' ) ] » ››")
# A full stop after one of these is part of the word: the sentence goes on.
_ABBREVIATIONS = _words(
    "Mr Mrs Ms Dr Sen Rep Gov Gen Col Lt Sgt Capt Prof St Rev Hon Fr Sr Jr Maj Brig Adm Cpl Pvt Insp Supt Sec Messrs "
    "Mt Ft Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Nos Art vs Vs al Rs approx est a.k.a Dep Asst Atty Eng "
    "Engr Md Mohd"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewswireRow:
    """One article: its id without ".txt" and its paragraphs, each a tuple of tokens."""

    id: str
    paragraphs: tuple[tuple[str, ...], ...]


def read_newswire(path: Path) -> Iterator[NewswireRow]:
    """Yield the articles of the public file (gzip, one JSON object a line, in file order)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            paragraphs = tuple(tuple(part["tokens"]) for part in record["sentences"])
            yield NewswireRow(id=record["id"].removesuffix(".txt"), paragraphs=paragraphs)


def document_text(row: NewswireRow) -> str:
    """The article as text: one sentence a line, an empty line between paragraphs, bare web addresses left out."""
    paragraphs = (_paragraph_lines(tokens) for tokens in row.paragraphs if not _is_address(tokens))
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines)


def _is_address(tokens: tuple[str, ...]) -> bool:
    return bool(tokens) and tokens[0].startswith(("http:", "https:", "www.")) and len(tokens) < 30


def _paragraph_lines(tokens: tuple[str, ...]) -> list[str]:
    kept = [clean for clean in (token.replace("\u00ad", "").strip("\u200b\ufeff ") for token in tokens) if clean]
    gaps = _gaps(kept)
    starts = [0, *(i for i in range(1, len(kept)) if _starts_sentence(kept, gaps, i)), len(kept)]
    return [_join(kept[a:b], gaps[a:b]) for a, b in pairwise(starts) if a < b]


def _join(tokens: list[str], gaps: list[bool]) -> str:
    pieces = [(" " if gap else "") + token for token, gap in zip(tokens, gaps, strict=True)]
    return "".join(pieces).lstrip()


def _gaps(tokens: list[str]) -> list[bool]:
    """For each token, whether a space stands before it; straight quotes open and close in turn."""
    roles = _quote_roles(tokens)
    return [i > 0 and not _glued(tokens, roles, i) for i in range(len(tokens))]


def _quote_roles(tokens: list[str]) -> list[str]:
    roles, is_open = [""] * len(tokens), {'"': False, "'": False}
    for i, token in enumerate(tokens):
        if token not in is_open:
            continue
        if token == "'" and _is_apostrophe(tokens, i, is_open["'"]):
            roles[i] = "close"
            continue
        roles[i] = "close" if is_open[token] else "open"
        is_open[token] = not is_open[token]
    return roles


def _is_apostrophe(tokens: list[str], i: int, inside: bool) -> bool:
    before = tokens[i - 1] if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else ""
    return after in _CLITICS or (not inside and before.endswith("s") and after[:1].isalnum())


def _glued(tokens: list[str], roles: list[str], i: int) -> bool:
    before, token = tokens[i - 1], tokens[i]
    if roles[i]:
        return roles[i] == "close"
    if roles[i - 1] == "open" or (before == "'" and token in _CLITICS):
        return True
    if token in _ATTACH_LEFT | _ATTACH_BOTH or before in _ATTACH_RIGHT | _ATTACH_BOTH:
        return True
    return _glued_apostrophe(tokens, i) or _glued_hyphen(tokens, i) or _glued_stop(tokens, i)


def _glued_apostrophe(tokens: list[str], i: int) -> bool:
    return tokens[i - 1] == "’" and (tokens[i] in _CLITICS or (i > 1 and tokens[i - 2] in _ELIDED))


def _glued_hyphen(tokens: list[str], i: int) -> bool:
    at = i if tokens[i] == "-" else i - 1
    if tokens[at] != "-" or at == 0 or at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    return before[-1].isalnum() and after[0].isalnum() and before not in _MONTHS


def _glued_stop(tokens: list[str], i: int) -> bool:
    """Letters of an abbreviation ("U.S.") stay together."""
    if i < 2 or tokens[i - 1] != "." or tokens[i + 1 : i + 2] != ["."]:
        return False
    return _is_initial(tokens[i - 2]) and _is_initial(tokens[i])


def _is_initial(token: str) -> bool:
    return len(token) == 1 and token.isupper()


def _starts_sentence(tokens: list[str], gaps: list[bool], i: int) -> bool:
    if not gaps[i] or not (tokens[i][0].isupper() or tokens[i][0].isdigit() or tokens[i] in "“\"‘'([¿«"):
        return False
    at = i - 1
    while at > 0 and tokens[at] in _CLOSERS and not gaps[at]:
        at -= 1
    if tokens[at] not in _ENDS:
        return False
    before = tokens[at - 1] if at else ""
    is_numbered = before.lower() == "no" and (tokens[i][0].isdigit() or tokens[i] == "(")
    is_abbreviated = is_numbered or before in _ABBREVIATIONS or _is_initial(before)
    return not (tokens[at] == "." and at == i - 1 and is_abbreviated)
