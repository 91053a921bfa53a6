import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.parser import EventStates, Parser, _group_by_length
from dragoman.language.split import SentenceTokens, Word
from dragoman.types.parse import ParsedDocument, Sentence
from dragoman.types.text import Document, Furniture, Span
from fake_model import WIDTH, make_parser

PARSER = make_parser()


def written(*sentences: list[str]) -> tuple[Document, list[SentenceTokens]]:
    """A document of these words, and its sentences."""
    text = ""
    found = []
    for forms in sentences:
        words = []
        for form in forms:
            words.append(Word(start=len(text), end=len(text) + len(form), form=form, space_after=True))
            text += form + " "
        found.append(SentenceTokens(span=Span(words[0].start, words[-1].end), words=tuple(words)))
    return Document(id="d", text=text, origin="test"), found


def parse(text: str, *, parser: Parser = PARSER, with_events: bool = True) -> ParsedDocument:
    return parser.parse(Document(id="d", text=text, origin="test"), with_events=with_events)


def test_tokens_carry_what_the_network_says() -> None:
    (sentence,) = parse("Kenya attacked Chad.").sentences
    rows = [(t.text, t.lemma, t.upos, t.xpos, t.head, t.deprel, t.space_after) for t in sentence.tokens]
    assert rows == [
        ("Kenya", "Kenya", "PROPN", "NNP", 1, "nsubj", True),
        ("attacked", "attack", "VERB", "VBD", -1, "root", True),
        ("Chad", "Chad", "PROPN", "NNP", 1, "obj", False),
        (".", ".", "PUNCT", ".", 1, "punct", True),
    ]


def test_spans_are_characters_of_the_document() -> None:
    text = "Kenya attacked Chad. Wekesa visited Mali."
    parsed = parse(text)
    assert [s.span.of(text) for s in parsed.sentences] == ["Kenya attacked Chad.", "Wekesa visited Mali."]
    assert all(t.span.of(text) == t.text for s in parsed.sentences for t in s.tokens)


def test_mentions_have_kind_span_head_and_sureness() -> None:
    text = "Wekesa visited Mali."
    found = [(m.kind, m.span.of(text), m.start, m.end, m.head, m.confidence) for m in parse(text).sentences[0].mentions]
    assert found == [("Person", "Wekesa", 0, 1, 0, 0.9), ("Location", "Mali", 2, 3, 2, 0.9)]


def test_parse_names_its_model() -> None:
    assert parse("Kenya attacked Chad.").model == "fake-1"


def test_empty_text_has_no_sentence() -> None:
    assert parse(" \n").sentences == ()


def test_without_events_there_are_no_states() -> None:
    assert parse("Kenya attacked Chad.", with_events=False).sentences[0].states is None


def test_states_have_a_row_for_the_sentence_and_one_for_each_word() -> None:
    states = parse("Kenya attacked Chad.").sentences[0].states
    assert states.states.shape == (5, WIDTH)
    assert states.triggers.shape[0] == 5


def test_sentence_that_touches_furniture_is_marked() -> None:
    text = "Kenya attacked Chad. Leave a review."
    document = Document(id="d", text=text, origin="t", furniture=(Furniture(span=Span(27, 28), reason="made"),))
    assert [sentence.furniture for sentence in PARSER.parse(document).sentences] == [False, True]


def test_given_words_and_multiwords_are_kept() -> None:
    document, (first,) = written(["Kenya", "attacked"])
    given = SentenceTokens(span=first.span, words=first.words, multiwords=((0, 2),))
    assert PARSER.parse_sentences(document, [given]).sentences[0].multiwords == ((0, 2),)


def same(one: Sentence, other: Sentence) -> bool:
    return one.tokens == other.tokens and (one.states.states == other.states.states).all()


@settings(deadline=None, max_examples=25)
@given(
    sentences=st.lists(
        st.lists(st.sampled_from(["kenya", "attacked", "aaaa", "Wekesa", ",", "odd"]), min_size=1, max_size=9),
        min_size=1,
        max_size=8,
    )
)
def test_sentence_is_parsed_alike_whatever_stands_beside_it(sentences: list[list[str]]) -> None:
    document, given = written(*sentences)
    together = PARSER.parse_sentences(document, given).sentences
    alone = [PARSER.parse_sentences(document, [one]).sentences[0] for one in given]
    assert all(same(one, other) for one, other in zip(together, alone, strict=True))


@given(lengths=st.lists(st.integers(2, 512), max_size=60))
def test_groups_hold_every_sentence_once_and_little_padding(lengths: list[int]) -> None:
    groups = list(_group_by_length(lengths))
    assert sorted(index for group in groups for index in group) == list(range(len(lengths)))
    assert all(len(group) == 1 or len(group) * max(lengths[i] for i in group) <= 768 for group in groups)


def test_documents_never_share_a_batch() -> None:
    parser = make_parser()
    documents = [Document(id=str(n), text="Kenya attacked Chad.", origin="t") for n in range(3)]
    assert len(list(parser.parse_many(documents))) == 3
    assert [call["ids"].shape[0] for call in parser.model.sessions["core"].calls] == [1, 1, 1]


LONG = ["Kenya", "attacked", "Chad", ","] * 300


def test_long_sentence_is_one_tree() -> None:
    document, given = written(LONG)
    tokens = PARSER.parse_sentences(document, given).sentences[0].tokens
    assert len(tokens) == len(LONG)
    assert [token.index for token in tokens if token.head < 0] == [1]
    assert all(0 <= token.head < len(LONG) for token in tokens if token.deprel != "root")


def test_later_parts_of_a_long_sentence_hang_on_its_first_root() -> None:
    document, given = written(LONG)
    tokens = PARSER.parse_sentences(document, given).sentences[0].tokens
    hung = [token for token in tokens if token.deprel == "parataxis"]
    assert len(hung) == 3  # 1200 words go in quarters
    assert {token.head for token in hung} == {1}


def test_long_sentence_keeps_one_state_for_each_word() -> None:
    document, given = written(LONG)
    states = PARSER.parse_sentences(document, given).sentences[0].states
    assert isinstance(states, EventStates)
    assert states.states.shape == (len(LONG) + 1, WIDTH)
    assert (states.states[1:, 0] == np.resize(states.states[1:5, 0], len(LONG))).all()


def test_long_sentence_without_events_has_no_states() -> None:
    document, given = written(LONG)
    assert PARSER.parse_sentences(document, given, with_events=False).sentences[0].states is None


@pytest.mark.parametrize("words", [["a" * 900], ["kenya"] * 509, ["kenya"] * 510, ["kenya"] * 511, ["a" * 900, "said"]])
def test_every_word_has_a_token_at_the_networks_limit(words: list[str]) -> None:
    document, given = written(words)
    sentence = PARSER.parse_sentences(document, given).sentences[0]
    assert [token.text for token in sentence.tokens] == words
    assert sentence.states.triggers.shape[0] == len(words) + 1
