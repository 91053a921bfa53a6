"""Training texts for the sentence splitter: treebank documents laid out as texts are found in the wild.

A treebank keeps sentences and paragraphs but no layout. Each pass over the data draws a new layout for every document:
paragraphs set apart by blank lines, by a single newline (as saved news pages often are) or by a space; lines wrapped
by hand; headlines without a stop, in capitals; datelines, bylines, bullets; a lost final stop; other quote marks; all
lower case. All draws come from one seeded generator.
"""

import random
from dataclasses import dataclass

from dragoman.evaluate.raw_text import GoldDocument, GoldSentence, rebuild_text

# Invented or generic parts, only to teach the shape of a dateline or byline.
_TOWNS = ("ASTANA", "YEREVAN", "Lima", "NAIROBI", "Kyiv", "ABUJA", "NEW DELHI", "Port Moresby", "LA PAZ", "Tbilisi")
_AGENCIES = ("Reuters", "AP", "AFP", "IPS", "Xinhua", "TASS", "staff")
_DAYS = ("March 3", "Jul 19 2022", "15 April", "June 1, 2021", "Dec. 12", "Oct 4")
_TITLES = ("", "", "", "", "Mr. ", "Dr ", "Mrs ", "Gen. ", "President ", "Foreign Minister ", "Col. ", "spokesman ")
_FIRST = (
    *("Ana", "Li", "Omar", "Sofia", "J. K.", "Yusuf", "Maria", "Ivan", "Chen", "Fatima", "Peter", "Aruna", "D."),
    *("Ana F.", "Omar L.", "Peter S.", "L.", "S."),
)
_LAST = ("Petrov", "Mensah", "Moreau", "Haddad", "Lindqvist", "Okoro", "Zhang", "Silva", "Rao", "al-Masri", "Novak")
_BULLETS = ("- ", "• ", "* ", "– ", "1. ", "· ", "2) ")
_STOPS = ".!?"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOutText:
    """A text, the offsets at which its sentences end, and the universal tags of tokens by the offsets of their ends.

    `tags` is empty for a text whose words were changed.
    """

    text: str
    ends: tuple[int, ...]
    tags: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What was drawn for one document: breaks between paragraphs, wrap width (0: none) and chances."""

    paragraph_break: str
    wrap: int
    lower: bool
    curly: bool
    drop_stop: float
    dress: float


def lay_out(document: GoldDocument, draw: random.Random, plain: float, *, press: bool = False) -> LaidOutText:
    """Lay out a document; with chance `plain` exactly as the evaluation does (blank lines, nothing changed).

    With `press` lines stay apart and stops stay: no headline runs into the text, no end goes without its mark.
    """
    if draw.random() < plain:
        return _lay_out_plain(document)
    layout = _draw_press_layout(draw) if press else _draw_layout(draw)
    changed = [_change_paragraph(paragraph, layout, draw) for paragraph in _paragraphs(document)]
    if draw.random() < layout.dress * 2:
        changed.insert(draw.choice((0, 1)), [(f"By {_name(draw)}", "")])
    return _join(changed, layout.paragraph_break)


def _lay_out_plain(document: GoldDocument) -> LaidOutText:
    raw = rebuild_text(document)
    tags = [token.upos for sentence in document.sentences for token in sentence.tokens]
    marked = tuple((end, tag) for (_, end), tag in zip(raw.tokens, tags, strict=True))
    return LaidOutText(text=raw.text, ends=tuple(end for _, end in raw.sentences), tags=marked)


def _paragraphs(document: GoldDocument) -> list[list[tuple[str, str]]]:
    """Paragraphs as lists of (sentence, what follows it inside the paragraph)."""
    paragraphs: list[list[tuple[str, str]]] = []
    for sentence in document.sentences:
        if sentence.opens_paragraph or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append((_sentence_text(sentence), " " if sentence.tokens[-1].space_after else ""))
    return paragraphs


def _sentence_text(sentence: GoldSentence) -> str:
    return "".join(token.form + (" " if token.space_after else "") for token in sentence.tokens).rstrip()


def _draw_layout(draw: random.Random) -> _Layout:
    breaks, wrap = draw.choices(
        (("\n", 0), (" ", 0), ("\n\n", 0), ("\n\n", draw.randint(55, 80)), ("\n", draw.randint(60, 80))),
        (35, 15, 20, 20, 10),
    )[0]
    return _Layout(
        paragraph_break=breaks,
        wrap=wrap,
        lower=draw.random() < 0.06,
        curly=draw.random() < 0.3,
        drop_stop=draw.choice((0.0, 0.05, 0.2, 0.4)),
        dress=draw.choice((0.0, 0.05, 0.15)),
    )


def _draw_press_layout(draw: random.Random) -> _Layout:
    breaks, wrap = draw.choices((("\n", 0), ("\n\n", 0), ("\n\n", draw.randint(55, 80))), (60, 20, 20))[0]
    return _Layout(paragraph_break=breaks, wrap=wrap, lower=False, curly=draw.random() < 0.3, drop_stop=0.0, dress=0.0)


def _change_paragraph(paragraph: list[tuple[str, str]], layout: _Layout, draw: random.Random) -> list[tuple[str, str]]:
    changed = [(_change_sentence(text, layout, draw), gap) for text, gap in paragraph]
    if len(changed) == 1 and changed[0][0][-1] not in _STOPS and draw.random() < 0.2:
        return [(changed[0][0].upper(), changed[0][1])]
    if draw.random() < layout.dress:
        return _dress(changed, draw)
    return [(_wrap(text, layout.wrap), gap) for text, gap in changed] if layout.wrap else changed


def _change_sentence(text: str, layout: _Layout, draw: random.Random) -> str:
    if len(text) > 12 and text[-1] in _STOPS and draw.random() < layout.drop_stop:
        text = text.rstrip(_STOPS) or text
    if layout.curly:
        text = _curl(text)
    return text.lower() if layout.lower else text


def _curl(text: str) -> str:
    pieces = text.split('"')
    marks = "“”" if len(pieces) % 2 else '""'
    joined = pieces[0]
    for number, piece in enumerate(pieces[1:]):
        joined += marks[number % 2] + piece
    return joined.replace("'", "’")


def _dress(paragraph: list[tuple[str, str]], draw: random.Random) -> list[tuple[str, str]]:
    """A dateline before the first sentence, a bullet before each, or quotation marks around one."""
    kind = draw.random()
    if kind < 0.25:
        return [(_dateline(draw) + paragraph[0][0], paragraph[0][1]), *paragraph[1:]]
    if kind < 0.5:
        bullet = draw.choice(_BULLETS)
        return [(bullet + text, "\n") for text, _ in paragraph]
    opening, closing = draw.choice((("“", "”"), ("“", "”"), ('"', '"'), ('"', '"'), ("'", "'"), ("‘", "’")))
    if kind < 0.8:
        return [
            _report(text, opening, closing, draw) if draw.random() < 0.6 else (text, gap) for text, gap in paragraph
        ]
    return [(f"{opening}{text}{closing}", gap or " ") for text, gap in paragraph]


def _report(text: str, opening: str, closing: str, draw: random.Random) -> tuple[str, str]:
    """The sentence as somebody's words, with the speaker named after, before or not at all."""
    name, verb = _name(draw), draw.choice(("said", "added", "told reporters", "asked", "insisted"))
    end = text[-1] if text[-1] in "?!" else ","
    words = text.rstrip(_STOPS)
    after = draw.choice((f"{name} {verb}", f"{verb} {name}", f"he {verb}", f"she {verb}"))
    return draw.choice(
        (
            (f"{opening}{words}{end}{closing} {after}.", " "),
            (f"{opening}{words}{end}{closing} {after} on Tuesday.", " "),
            (f"{name} {verb}: {opening}{words}.{closing}", " "),
            (f"{name} {verb} {opening}{words[:1].lower()}{words[1:]}{closing}.", " "),
        )
    )


def _name(draw: random.Random) -> str:
    return f"{draw.choice(_TITLES)}{draw.choice(('', *_FIRST))} {draw.choice(_LAST)}".replace("  ", " ").strip()


def _dateline(draw: random.Random) -> str:
    town, day, agency = draw.choice(_TOWNS), draw.choice(_DAYS), draw.choice(_AGENCIES)
    dash = draw.choice((" - ", " — ", " – ", ": ", " -- "))
    return draw.choice((f"{town}{dash}", f"{town}, {day} ({agency}){dash}", f"{town} ({agency}){dash}", f"{day}{dash}"))


def _wrap(text: str, width: int) -> str:
    """Marks the places where a line could break; `_join` breaks those that the width asks for."""
    return f"\x00{width}\x00{text}"


def _join(paragraphs: list[list[tuple[str, str]]], paragraph_break: str) -> LaidOutText:
    pieces: list[str] = []
    ends: list[int] = []
    length, column = 0, 0
    for number, paragraph in enumerate(paragraphs):
        gap = paragraph_break if number else ""
        for text, following in paragraph:
            if "\n" in gap:
                column = 0
            sentence, column = _break_lines(gap, text, column)
            pieces.append(sentence)
            length += len(sentence)
            ends.append(length)
            gap = following
    return LaidOutText(text="".join(pieces), ends=tuple(ends))


def _break_lines(gap: str, marked: str, column: int) -> tuple[str, int]:
    """The gap and the sentence, with spaces turned into newlines where the line is full; and the column after it."""
    if not marked.startswith("\x00"):
        return gap + marked, column + len(gap) + len(marked)
    _, width, text = marked.split("\x00", 2)
    written = ""
    for word in text.split(" "):
        space = gap if not written else " "
        if column + len(space) + len(word) > int(width) and space == " " and column:
            space, column = "\n", -1
        written += space + word
        column += len(space) + len(word) if "\n\n" not in space else len(word)
    return written, column
