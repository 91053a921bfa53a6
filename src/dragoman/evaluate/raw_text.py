"""Raw text rebuilt from a treebank in CoNLL-U, with the gold ranges of sentences, surface tokens and words in it.

How the text is rebuilt: inside a sentence, every surface token (a multi-word range counts as one) is followed by one
space unless its MISC column says `SpaceAfter=No`; sentences of one paragraph follow each other in the same way, by
the last token's MISC; a paragraph starts at every sentence with a `# newpar` or `# newdoc` comment, and paragraphs
are joined by a blank line. Empty nodes are left out. Every document (`# newdoc`) is a text of its own.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import OriginError

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToken:
    """One surface token: its form, the lengths of its words (one for a plain token), the first word's UPOS."""

    form: str
    parts: tuple[int, ...]
    upos: str
    space_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSentence:
    """One sentence; `opens_paragraph` is True when its comments say so."""

    tokens: tuple[GoldToken, ...]
    opens_paragraph: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One document: its `# newdoc` id and its sentences in order."""

    name: str
    sentences: tuple[GoldSentence, ...]

    @property
    def genre(self) -> str:
        """The genre in a GUM id ("GUM_news_flag" is "news"), the source in an EWT id ("weblog-..." is "weblog")."""
        return self.name.split("_")[1] if self.name.startswith("GUM_") else self.name.split("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A rebuilt text and the gold ranges in it, each in text order."""

    text: str
    sentences: tuple[Range, ...]
    tokens: tuple[Range, ...]
    words: tuple[Range, ...]


def read_documents(path: Path) -> Iterator[GoldDocument]:
    """Yield the documents of a CoNLL-U file (plain or `.gz`); `OriginError` when it cannot be opened."""
    name, sentences = "", list[GoldSentence]()
    for comments, rows in _read_blocks(path):
        heading = next((line for line in comments if line.startswith("# newdoc")), None)
        if heading is not None:
            if sentences:
                yield GoldDocument(name=name, sentences=tuple(sentences))
            name, sentences = heading.partition("=")[2].strip(), []
        opens = heading is not None or any(line.startswith("# newpar") for line in comments)
        sentences.append(GoldSentence(tokens=tuple(_read_tokens(rows)), opens_paragraph=opens))
    if sentences:
        yield GoldDocument(name=name, sentences=tuple(sentences))


def _read_blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    comments, rows = list[str](), list[list[str]]()
    for line in _read_lines(path):
        if line.startswith("#"):
            comments.append(line)
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []
    if rows:
        yield comments, rows


def _read_lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n")
    except OSError as error:
        message = f"{path}: cannot be read as a treebank ({error}); give a .conllu or .conllu.gz file"
        raise OriginError(message) from error


def _read_tokens(rows: list[list[str]]) -> Iterator[GoldToken]:
    inside = 0
    for index, row in enumerate(rows):
        number, form, misc = row[0], row[1], row[9]
        if "." in number or int(number.partition("-")[0]) <= inside:
            continue
        first, _, last = number.partition("-")
        members = [form]
        if last:
            inside = int(last)
            members = [other[1] for other in rows[index + 1 : index + 2 + inside - int(first)]]
        upos = rows[index + 1][3] if last else row[3]
        spaced = "SpaceAfter=No" not in misc.split("|")
        yield GoldToken(form=form, parts=tuple(map(len, members)), upos=upos, space_after=spaced)


def rebuild_text(document: GoldDocument, paragraph_break: str = "\n\n") -> RawText:
    """The document's raw text, with `paragraph_break` between paragraphs, and the gold ranges in it."""
    pieces, length = list[str](), 0
    sentences, tokens, words = list[Range](), list[Range](), list[Range]()
    gap = ""
    for sentence in document.sentences:
        if sentence.opens_paragraph and tokens:
            gap = paragraph_break
        begin = length + len(gap)
        for token in sentence.tokens:
            start = length + len(gap)
            pieces += (gap, token.form)
            length = start + len(token.form)
            tokens.append((start, length))
            words.extend(_part_ranges(start, token.parts))
            gap = " " if token.space_after else ""
        sentences.append((begin, length))
    return RawText(text="".join(pieces), sentences=tuple(sentences), tokens=tuple(tokens), words=tuple(words))


def _part_ranges(start: int, parts: tuple[int, ...]) -> Iterator[Range]:
    for size in parts:
        yield start, start + size
        start += size
