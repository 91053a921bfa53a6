import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ResourceError
from dragoman.language.split import LONGEST_SENTENCE, Segmenter, find_ends
from dragoman.language.split_features import BLANK_LINE, COLUMNS, TEXT_END, describe_tokens
from dragoman.language.split_network import load_split_weights, score_ends
from dragoman.language.tokenize import find_tokens, is_blank

SEGMENTER = Segmenter.load()


def sentences(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in SEGMENTER.segment(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ("Mr. Haddad met U.S. President Anna Lindqvist on Monday.", "They signed two agreements."),
        ("ASTANA (Reuters) - The minister, Dr. J. K. Mensah, resigned.", "He gave no reason."),
        ("“We will not leave,” the spokesman said.", "“They must stop.”", "The talks go on."),
        ('"This is an act of war," said Gen. Omar Petrov.', "Troops crossed the border at 5 a.m. on Friday."),
        ("Shares of Orbis Inc. fell 3.5 percent.", "Analysts had expected a rise."),
        ("Who ordered the strike?", "Nobody answered!", "Then the line went dead..."),
        ("He was born in Washington, D.C. in 1960 and moved to St. Ives.", "He never returned."),
        ("Prime Minister P.Rao met Ana F. Okoro.", "Both left early."),
        ("The group, founded in the 1990s, has 4,000 members.", "It is led by Li Moreau."),
    ],
)
def test_news_sentences_are_parted(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts)) == list(parts)


def test_blank_line_always_ends_a_sentence() -> None:
    assert sentences("talks with the\n\nminister of war") == ["talks with the", "minister of war"]


def test_headline_line_ends_a_sentence() -> None:
    headline = "Ministers of two countries meet in Lima to discuss trade"
    body = (
        "The foreign ministers of both countries met on Tuesday in the capital and discussed trade, transport and "
        "investment, the ministry said."
    )
    assert sentences(f"{headline}\n{body}") == [headline, body]


def test_hard_wrapped_line_does_not_end_a_sentence() -> None:
    text = (
        "The foreign ministers of both countries met on Tuesday in the\n"
        "capital and discussed trade, transport and investment, the\n"
        "ministry said. They will meet again in the spring of next\n"
        "year, when a treaty is to be signed by both presidents."
    )
    assert [one.split()[0] for one in sentences(text)] == ["The", "They"]


def test_bullets_start_sentences() -> None:
    text = "The parties agreed:\n- to release all prisoners\n- to open the border\n- to exchange envoys"
    assert sentences(text)[-3:] == ["- to release all prisoners", "- to open the border", "- to exchange envoys"]


def test_final_abbreviation_gives_its_point_to_the_sentence() -> None:
    (sentence,) = SEGMENTER.segment("They sell wheat, oil, etc.")
    assert [word.form for word in sentence.words][-2:] == ["etc", "."]


def test_contraction_is_listed_as_multiword_with_spaces_told() -> None:
    (sentence,) = SEGMENTER.segment("They don't know.")
    assert [word.form for word in sentence.words] == ["They", "do", "n't", "know", "."]
    assert [word.space_after for word in sentence.words] == [True, False, True, False, True]
    assert sentence.multiwords == ((1, 3),)


@pytest.mark.parametrize("text", ["", "   \n\n ", "\x00\u200b"])
def test_text_without_tokens_has_no_sentences(text: str) -> None:
    assert SEGMENTER.segment(text) == []


def test_no_sentence_passes_the_longest_length() -> None:
    found = SEGMENTER.segment("and so on with it " * 20_000)
    assert max(len(one.words) for one in found) <= LONGEST_SENTENCE + 1
    assert sum(len(one.words) for one in found) == 100_000


def test_long_sentence_is_cut_at_the_likeliest_place() -> None:
    scores = np.full(600, -5.0, np.float32)
    scores[299] = -1.0
    assert find_ends(scores) == [300, 600]


@pytest.mark.parametrize("text", ["a" * 1_000_000, "word " * 20_000, "x.Y" * 100_000, "\u200f\u0301🙂" * 50_000])
def test_odd_input_does_not_hang(text: str) -> None:
    begun = time.perf_counter()
    found = SEGMENTER.segment(text)
    assert time.perf_counter() - begun < 240
    assert all(text[word.start : word.end] == word.form for one in found for word in one.words)


_TEXTS = st.lists(
    st.one_of(
        st.characters(), st.sampled_from([" ", ". ", "\n", "\n\n", "Mr. ", "don't", "etc.", '"', "’", "U.S.", "\x00"])
    ),
    max_size=80,
).map("".join)


@given(_TEXTS)
def test_words_are_exact_ordered_and_complete(text: str) -> None:
    found = SEGMENTER.segment(text)
    words = [word for one in found for word in one.words]
    assert all(text[word.start : word.end] == word.form and word.form for word in words)
    assert all(one.end <= two.start for one, two in pairwise(words))
    covered = {place for word in words for place in range(word.start, word.end)}
    assert covered >= {place for place, char in enumerate(text) if not is_blank(char)}
    assert all((one.span.start, one.span.end) == (one.words[0].start, one.words[-1].end) for one in found)


@given(_TEXTS)
def test_features_stay_inside_their_tables(text: str) -> None:
    tokens = find_tokens(text)
    if tokens:
        features = describe_tokens(text, tokens)
        assert (features >= 0).all()
        assert (features < np.array(COLUMNS)).all()
        assert features[-1, 3] == TEXT_END


def test_newline_kinds_are_told_apart() -> None:
    text = "one two\nthree\r\n\r\nfour"
    gaps = describe_tokens(text, find_tokens(text))[:, 3]
    assert gaps[2] == BLANK_LINE
    assert gaps[1] not in (1, BLANK_LINE, TEXT_END)


def test_name_at_the_edge_of_another_line_is_told() -> None:
    text = "The plan is fine.\n\nAna Okoro\n\nWe signed it Ana Okoro Please call me."
    tokens = find_tokens(text)
    forms = [text[start:end] for start, end in tokens]
    echoes = describe_tokens(text, tokens)[:, 9]
    later = forms.index("it")
    assert echoes[later : later + 3].tolist() == [1, 0, 2]
    assert echoes[: forms.index("plan")].tolist() == [0]


def test_list_on_one_line_is_told_from_prose() -> None:
    listed = describe_tokens("Peace; Trade; Lima", find_tokens("Peace; Trade; Lima"))[:, 8]
    prose = describe_tokens("They talked of peace and trade", find_tokens("They talked of peace and trade"))[:, 8]
    assert set(listed.tolist()).isdisjoint(prose.tolist())


def test_score_is_the_mean_of_the_branches() -> None:
    weights = SEGMENTER.weights
    features = describe_tokens("He left. She stayed.", find_tokens("He left. She stayed."))
    single = [
        score_ends(
            replace(
                weights,
                kernels=tuple(kernel[branch : branch + 1] for kernel in weights.kernels),
                biases=tuple(bias[branch : branch + 1] for bias in weights.biases),
                out=weights.out[branch : branch + 1],
            ),
            features,
        )
        for branch in range(len(weights.out))
    ]
    assert len(single) > 1
    np.testing.assert_allclose(score_ends(weights, features), np.mean(single, axis=0), atol=1e-4)


def test_score_does_not_depend_on_the_block() -> None:
    weights = SEGMENTER.weights
    text = "The envoy left. Nobody knows why, he said. " * 400
    features = describe_tokens(text, find_tokens(text))
    whole = score_ends(weights, features)
    part = score_ends(weights, features[1000:2200])
    np.testing.assert_allclose(whole[1100:2100], part[100:1100], atol=1e-3)


def test_missing_weights_are_reported_with_their_path(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"none\.npz.*reinstall"):
        load_split_weights(tmp_path / "none.npz")


def test_damaged_weights_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(b"not weights")
    with pytest.raises(ResourceError, match=r"bad\.npz"):
        load_split_weights(path)


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.npz"
    np.savez(path, format=np.array(0))
    with pytest.raises(ResourceError, match="splitter format 0, expected"):
        load_split_weights(path)
