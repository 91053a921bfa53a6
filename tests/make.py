"""Builders for tests: parses written by hand.

`make.parsed(text)` reads sentences separated by blank lines, one token a line: full CoNLL-U (ten columns, tabs), or the
short form `FORM LEMMA UPOS XPOS HEAD DEPREL [KIND]`, HEAD counting from 1, KIND the kind of the one-token entity (or
`KIND-` for a token that goes on with the entity before it).
"""

from dragoman.coding.codebook import Codebook
from dragoman.language.tree import Tree, grow_tree
from dragoman.types.parse import EntityMention, ParsedDocument, Sentence, Token
from dragoman.types.text import Document, Span


def parsed(text: str) -> ParsedDocument:
    """A parsed document of the sentences in `text`."""
    blocks = [block for block in text.strip().split("\n\n") if block.strip()]
    sentences: list[Sentence] = []
    written = ""
    for number, block in enumerate(blocks):
        found = _sentence(block, number, len(written))
        sentences.append(found)
        written += _text_of(found) + "\n"
    document = Document(id="test", text=written, origin="test")
    return ParsedDocument(document=document, sentences=tuple(sentences), model="hand")


def sentence(text: str) -> Sentence:
    """One sentence."""
    return parsed(text).sentences[0]


def tree(text: str, codebook: Codebook | None = None) -> Tree:
    """The tree of one sentence, with the lemmas that the codebook knows."""
    return grow_tree(sentence(text), codebook.known if codebook else frozenset())


def at(grown: Tree, form: str, nth: int = 0) -> int:
    """The index of the `nth` token written `form`."""
    return [token.index for token in grown.sentence.tokens if token.text == form][nth]


def _text_of(found: Sentence) -> str:
    return "".join(token.text + (" " if token.space_after else "") for token in found.tokens).strip()


def _sentence(block: str, number: int, offset: int) -> Sentence:
    rows = [_row(line) for line in block.strip().splitlines() if line.strip() and not line.strip().startswith("#")]
    tokens: list[Token] = []
    position = offset
    for index, (form, lemma, upos, xpos, head, deprel, _) in enumerate(rows):
        glued = index + 1 < len(rows) and rows[index + 1][0] in (",", ".", "'s", "'", ":", "?")
        span = Span(position, position + len(form))
        tokens.append(
            Token(
                index=index,
                span=span,
                text=form,
                lemma=lemma,
                upos=upos,
                xpos=xpos,
                head=int(head) - 1,
                deprel=deprel,
                space_after=not glued,
            )
        )
        position = span.end + (0 if glued else 1)
    mentions = tuple(_mentions(tokens, [row[6] for row in rows]))
    return Sentence(
        number=number, span=Span(offset, tokens[-1].span.end), tokens=tuple(tokens), mentions=mentions, multiwords=()
    )


def _row(line: str) -> tuple[str, str, str, str, str, str, str]:
    columns = line.split()
    if len(columns) >= 10:
        return columns[1], columns[2], columns[3], columns[4], columns[6], columns[7], ""
    form, lemma, upos, xpos, head, deprel, *kind = columns
    return form, lemma, upos, xpos, head, deprel, kind[0] if kind else ""


def _mentions(tokens: list[Token], kinds: list[str]) -> list[EntityMention]:
    found: list[EntityMention] = []
    for start, kind in enumerate(kinds):
        if not kind or kind.endswith("-"):
            continue
        end = start + 1
        while end < len(kinds) and kinds[end] == kind + "-":
            end += 1
        head = next((i for i in range(start, end) if not start <= tokens[i].head < end), start)
        span = Span(tokens[start].span.start, tokens[end - 1].span.end)
        found.append(EntityMention(kind=kind, span=span, start=start, end=end, head=head, confidence=1.0))
    return found
