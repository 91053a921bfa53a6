"""CoNLL-U in and out: ten columns, comments, ranges for contractions, empty nodes.

Reading keeps every column and comment, so that what is read is written back byte for byte. Character offsets and
mentions travel in MISC: `TokenRange=START:END` (offsets into the document), `SpaceAfter=No`, and `Entity=` with
brackets around each mention, such as `Entity=(Person` on its first word and `Entity=Person)` on its last.
The format: https://universaldependencies.org/format.html
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dragoman.errors import InputError
from dragoman.types.parse import EntityMention, ParsedDocument, Sentence, Token
from dragoman.types.text import Document, Span

_ID = re.compile(r"\d+(?:-\d+|\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of ten columns, each as written. `id` is a word (`3`), a range (`3-4`) or an empty node (`3.1`)."""

    id: str
    form: str
    lemma: str = "_"
    upos: str = "_"
    xpos: str = "_"
    feats: str = "_"
    head: str = "_"
    deprel: str = "_"
    deps: str = "_"
    misc: str = "_"

    @property
    def is_word(self) -> bool:
        """True for a syntactic word, False for a range or an empty node."""
        return self.id.isdigit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One sentence as CoNLL-U writes it: comment lines (with their `#`) and rows."""

    comments: tuple[str, ...]
    rows: tuple[Row, ...]


def read_conllu(lines: Iterable[str], *, origin: str) -> Iterator[Block]:
    """Yields each sentence of a CoNLL-U stream.

    Raises InputError with the line number at a row that has not ten columns or no valid ID.
    """
    comments: list[str] = []
    rows: list[Row] = []
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        if line.startswith("#") and not rows:
            comments.append(line)
        elif line.strip():
            rows.append(_read_row(line, place=f"{origin}, line {number}"))
        elif rows:
            yield Block(comments=tuple(comments), rows=tuple(rows))
            comments, rows = [], []
    if rows:
        yield Block(comments=tuple(comments), rows=tuple(rows))


def _read_row(line: str, *, place: str) -> Row:
    columns = line.split("\t")
    if len(columns) != 10:
        raise InputError(f"{place}: {len(columns)} columns; CoNLL-U has 10, separated by tabs")
    if not _ID.fullmatch(columns[0]):
        raise InputError(
            f"{place}: ID {columns[0]!r} is not a number, a range such as 3-4, or an empty node such as 3.1"
        )
    names = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
    return Row(**dict(zip(names, columns, strict=True)))


def write_block(block: Block) -> str:
    """The sentence as CoNLL-U text, with the blank line that ends it."""
    lines = [*block.comments, *("\t".join(_columns(row)) for row in block.rows)]
    return "\n".join(lines) + "\n\n"


def _columns(row: Row) -> tuple[str, ...]:
    return (row.id, row.form, row.lemma, row.upos, row.xpos, row.feats, row.head, row.deprel, row.deps, row.misc)


def blocks_of(parsed: ParsedDocument) -> Iterator[Block]:
    """Yields the parsed sentences as CoNLL-U blocks, the first one with a `# newdoc id` line."""
    for sentence in parsed.sentences:
        comments = [f"# newdoc id = {parsed.document.id}"] if sentence.number == 0 else []
        comments += [
            f"# sent_id = {parsed.document.id}-{sentence.number}",
            f"# text = {' '.join(sentence.span.of(parsed.document.text).split())}",
        ]
        comments += ["# furniture = yes"] if sentence.furniture else []
        yield Block(comments=tuple(comments), rows=tuple(_rows_of(sentence, parsed.document.text)))


def _rows_of(sentence: Sentence, text: str) -> Iterator[Row]:
    ranges = dict(sentence.multiwords)
    inside = {index for start, end in sentence.multiwords for index in range(start, end)}
    for token in sentence.tokens:
        if token.index in ranges:
            yield _range_row(sentence.tokens[token.index : ranges[token.index]], text)
        spaced = token.space_after or token.index in inside
        yield _word_row(token, misc=_misc(sentence, token, spaced=spaced))


def _range_row(tokens: tuple[Token, ...], text: str) -> Row:
    first, last = tokens[0], tokens[-1]
    surface = text[first.span.start : last.span.end]
    misc = "_" if last.space_after else "SpaceAfter=No"
    return Row(id=f"{first.index + 1}-{last.index + 1}", form=surface, misc=misc)


def _word_row(token: Token, *, misc: str) -> Row:
    return Row(
        id=str(token.index + 1),
        form=token.text,
        lemma=token.lemma or "_",
        upos=token.upos or "_",
        xpos=token.xpos or "_",
        head=str(token.head + 1),
        deprel=token.deprel or "_",
        misc=misc,
    )


def _misc(sentence: Sentence, token: Token, *, spaced: bool) -> str:
    parts = [_entity(sentence.mentions, token.index)]
    parts += ["" if spaced else "SpaceAfter=No", f"TokenRange={token.span.start}:{token.span.end}"]
    return "|".join(part for part in parts if part)


def _entity(mentions: tuple[EntityMention, ...], index: int) -> str:
    marks = []
    for mention in mentions:
        opens, closes = mention.start == index, mention.end - 1 == index
        if opens or closes:
            marks.append(f"{'(' if opens else ''}{mention.kind}{')' if closes else ''}")
    return f"Entity={''.join(marks)}" if marks else ""


def document_of(blocks: Iterable[Block], *, document_id: str, origin: str) -> ParsedDocument:
    """A parsed document with the blocks' sentences and tokens; the text is put together from forms and SpaceAfter.

    Tags and tree are taken over where they are written; a missing head becomes -1.
    """
    sentences: list[Sentence] = []
    text = ""
    for number, block in enumerate(blocks):
        text += " " if text else ""
        sentence, surface = _read_sentence(block, number=number, offset=len(text), origin=origin)
        sentences.append(sentence)
        text += surface
    document = Document(id=document_id, text=text, origin=origin)
    return ParsedDocument(document=document, sentences=tuple(sentences), model=f"conllu:{origin}")


def _read_sentence(block: Block, *, number: int, offset: int, origin: str) -> tuple[Sentence, str]:
    words = [row for row in block.rows if row.is_word]
    if [row.id for row in words] != [str(index + 1) for index in range(len(words))]:
        raise InputError(f"{origin}, sentence {number + 1}: word IDs do not count 1, 2, 3 … up to {len(words)}")
    ranges = _ranges(block, len(words), place=f"{origin}, sentence {number + 1}")
    tokens: list[Token] = []
    surface = ""
    while len(tokens) < len(words):
        start = len(tokens)
        end, form, spaced = ranges.get(start) or (start + 1, words[start].form, _spaced(words[start]))
        spans = _part_spans([row.form for row in words[start:end]], form, offset + len(surface))
        tokens += _read_tokens(words[start:end], spans, start=start, spaced=spaced)
        surface += form + (" " if spaced else "")
    surface = surface.rstrip(" ")
    sentence = Sentence(
        number=number,
        span=Span(offset, offset + len(surface)),
        tokens=tuple(tokens),
        mentions=(),
        multiwords=tuple(sorted((start, ranges[start][0]) for start in ranges)),
    )
    return sentence, surface


def _ranges(block: Block, words: int, *, place: str) -> dict[int, tuple[int, str, bool]]:
    """Start index of each range → its end, surface form, and whether a space follows."""
    found: dict[int, tuple[int, str, bool]] = {}
    for row in block.rows:
        if "-" in row.id:
            first, last = (int(part) for part in row.id.split("-"))
            if not 1 <= first <= last <= words:
                raise InputError(f"{place}: range {row.id} lies outside words 1 to {words}")
            found[first - 1] = (last, row.form, _spaced(row))
    return found


def _spaced(row: Row) -> bool:
    return "SpaceAfter=No" not in row.misc.split("|")


def _part_spans(parts: list[str], surface: str, offset: int) -> list[Span]:
    """Each part's own characters where the parts spell the surface word; otherwise the whole surface for each."""
    if "".join(parts) != surface:
        return [Span(offset, offset + len(surface))] * len(parts)
    spans = []
    for part in parts:
        spans.append(Span(offset, offset + len(part)))
        offset += len(part)
    return spans


def _read_tokens(rows: list[Row], spans: list[Span], *, start: int, spaced: bool) -> list[Token]:
    return [
        Token(
            index=start + number,
            span=span,
            text=row.form,
            lemma=row.lemma,
            upos=row.upos,
            xpos=row.xpos,
            head=int(row.head) - 1 if row.head.isdigit() else -1,
            deprel=row.deprel,
            space_after=spaced and number == len(rows) - 1,
        )
        for number, (row, span) in enumerate(zip(rows, spans, strict=True))
    ]


def fill(block: Block, sentence: Sentence) -> Block:
    """The block with lemma, tags, tree and mentions of the parsed sentence; tokens, ranges and comments stay.

    Features, enhanced dependencies and empty nodes are dropped: the model does not predict them.
    """
    rows = []
    words = iter(sentence.tokens)
    for row in block.rows:
        if row.is_word:
            token = next(words)
            filled = _word_row(token, misc=_refill_misc(row.misc, _entity(sentence.mentions, token.index)))
            rows.append(replace(filled, form=row.form))
        elif "-" in row.id:
            rows.append(row)
    return Block(comments=block.comments, rows=tuple(rows))


def _refill_misc(misc: str, entity: str) -> str:
    kept = [part for part in misc.split("|") if part != "_" and not part.startswith("Entity=")]
    return "|".join([entity, *kept] if entity else kept) or "_"
