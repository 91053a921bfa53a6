import dataclasses
import gzip
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.language.conllu import Block, Row, blocks_of, document_of, fill, read_conllu, write_block
from dragoman.types.parse import EntityMention
from dragoman.types.text import Span

SAMPLE = """\
# newdoc id = made-1
# sent_id = made-1-1
# text = Envoys can't agree, they say.
1\tEnvoys\tenvoy\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t4:nsubj\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t4:aux\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t4:advmod\t_
4\tagree\tagree\tVERB\tVB\t_\t7\tccomp\t7:ccomp\tSpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t7\tpunct\t7:punct\t_
6\tthey\tthey\tPRON\tPRP\t_\t7\tnsubj\t7:nsubj\t_
7\tsay\tsay\tVERB\tVBP\t_\t0\troot\t0:root\tSpaceAfter=No
7.1\tso\tso\tADV\tRB\t_\t_\t_\t7:advmod\tCopyOf=-1
8\t.\t.\tPUNCT\t.\t_\t7\tpunct\t7:punct\tEntity=old)|Note=kept

"""


def blocks(text: str = SAMPLE) -> list[Block]:
    return list(read_conllu(text.splitlines(keepends=True), origin="made.conllu"))


def test_what_is_read_is_written_back_unchanged() -> None:
    assert "".join(write_block(block) for block in blocks()) == SAMPLE


def test_document_text_is_put_together_from_forms_ranges_and_spaces() -> None:
    assert document_of(blocks(), document_id="d", origin="made").document.text == "Envoys can't agree, they say."


def test_every_token_span_covers_its_form() -> None:
    parsed = document_of(blocks(SAMPLE + SAMPLE), document_id="d", origin="made")
    tokens = [token for sentence in parsed.sentences for token in sentence.tokens]
    assert [token.span.of(parsed.document.text) for token in tokens] == [token.text for token in tokens]


def test_range_becomes_a_multiword_and_heads_count_from_zero() -> None:
    (sentence,) = document_of(blocks(), document_id="d", origin="made").sentences
    assert sentence.multiwords == ((1, 3),)
    assert [token.head for token in sentence.tokens] == [3, 3, 3, 6, 6, 6, -1, 6]


def test_parts_that_do_not_spell_the_surface_share_its_span() -> None:
    text = "1-2\tdunno\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\t_\t_\t_\t_\t0\troot\t_\t_\n2\tknow\t_\t_\t_\t_\t1\tdep\t_\t_\n\n"
    (sentence,) = document_of(blocks(text), document_id="d", origin="made").sentences
    assert [token.span for token in sentence.tokens] == [Span(0, 5), Span(0, 5)]


def test_written_parse_reads_back_as_the_same_sentences() -> None:
    parsed = document_of(blocks(SAMPLE + SAMPLE), document_id="d", origin="made")
    text = "".join(write_block(block) for block in blocks_of(parsed))
    assert document_of(blocks(text), document_id="d", origin="made").sentences == parsed.sentences


def test_mentions_are_bracketed_in_misc() -> None:
    parsed = document_of(blocks(), document_id="d", origin="made")
    person = EntityMention(kind="Person", span=Span(0, 6), start=0, end=1, head=0, confidence=1.0)
    place = EntityMention(kind="Location", span=Span(13, 24), start=3, end=6, head=3, confidence=1.0)
    sentence = dataclasses.replace(parsed.sentences[0], mentions=(person, place))
    (block,) = blocks_of(dataclasses.replace(parsed, sentences=(sentence,)))
    entities = {row.form: row.misc.split("|")[0] for row in block.rows if "Entity=" in row.misc}
    assert entities == {"Envoys": "Entity=(Person)", "agree": "Entity=(Location", "they": "Entity=Location)"}


def test_fill_keeps_tokens_and_comments_and_replaces_tags() -> None:
    (block,) = blocks()
    (sentence,) = document_of([block], document_id="d", origin="made").sentences
    tokens = tuple(dataclasses.replace(token, upos="X", lemma="l") for token in sentence.tokens)
    filled = fill(block, dataclasses.replace(sentence, tokens=tokens))
    assert filled.comments == block.comments
    assert [row.form for row in filled.rows] == [row.form for row in block.rows if "." not in row.id]
    assert {row.upos for row in filled.rows if row.is_word} == {"X"}
    assert filled.rows[-1].misc == "Note=kept"


@pytest.mark.parametrize(
    ("line", "found"),
    [("1\tonly\tthree\n", "line 1: 3 columns"), ("a" + "\t_" * 9 + "\n", "line 1: ID 'a'")],
)
def test_bad_row_is_refused_with_its_line(line: str, found: str) -> None:
    with pytest.raises(InputError, match=found):
        blocks(line)


def test_gap_in_word_ids_is_refused() -> None:
    row = "2\tx\t_\t_\t_\t_\t0\troot\t_\t_\n\n"
    with pytest.raises(InputError, match="sentence 1: word IDs"):
        document_of(blocks(row), document_id="d", origin="made")


def test_empty_columns_are_written_as_underscores() -> None:
    assert write_block(Block(comments=(), rows=(Row(id="1", form="x"),))) == "1\tx" + "\t_" * 8 + "\n\n"


TREEBANKS = Path(__file__).parents[3] / "shared" / "data" / "treebanks"


@pytest.mark.skipif(not TREEBANKS.exists(), reason="the treebanks lie beside the checkout, not in it")
@pytest.mark.parametrize("name", ["ewt_dev", "gum_dev"])
def test_treebank_is_written_back_unchanged(name: str) -> None:
    with gzip.open(TREEBANKS / f"{name}.conllu.gz", "rt", encoding="utf-8", newline="") as stream:
        text = stream.read()
    read = list(read_conllu(text.splitlines(keepends=True), origin=name))
    assert "".join(write_block(block) for block in read) == text


@pytest.mark.skipif(not TREEBANKS.exists(), reason="the treebanks lie beside the checkout, not in it")
@pytest.mark.parametrize("name", ["ewt_dev", "gum_dev"])
def test_treebank_text_comment_equals_the_text_put_together(name: str) -> None:
    with gzip.open(TREEBANKS / f"{name}.conllu.gz", "rt", encoding="utf-8") as stream:
        read = list(read_conllu(stream, origin=name))
    parsed = document_of(read, document_id="d", origin=name)
    for block, sentence in zip(read, parsed.sentences, strict=True):
        (stated,) = [line.removeprefix("# text = ") for line in block.comments if line.startswith("# text = ")]
        assert sentence.span.of(parsed.document.text) == stated.strip()
