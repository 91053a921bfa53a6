import numpy as np
import pytest

from dragoman.coding.heads import pad_states, read_tokens, read_triggers
from dragoman.types.parse import Sentence
from dragoman.types.text import Document, Furniture, Span
from fake_model import LABELS, make_parser

PARSER = make_parser()


def sentences(text: str, *furniture: Span, with_events: bool = True) -> tuple[Sentence, ...]:
    marks = tuple(Furniture(span=span, reason="made") for span in furniture)
    document = Document(id="d", text=text, origin="t", furniture=marks)
    return PARSER.parse(document, with_events=with_events).sentences


def test_triggers_of_each_sentence_come_in_text_order() -> None:
    parsed = sentences("Kenya attacked Chad. Troops said. Wekesa visited Mali and attacked Chad.")
    found = read_triggers(PARSER.model, parsed, threshold=0.5)
    words = [[parsed[n].tokens[t.token].text for t in triggers] for n, triggers in enumerate(found)]
    assert words == [["attacked"], [], ["visited", "attacked"]]


def test_threshold_decides_what_is_a_trigger() -> None:
    parsed = sentences("Troops maybe.")
    assert [len(read_triggers(PARSER.model, parsed, threshold=t)[0]) for t in (0.1, 0.5)] == [1, 0]


def test_furniture_has_no_triggers() -> None:
    parsed = sentences("Kenya attacked Chad.", Span(0, 5))
    assert read_triggers(PARSER.model, parsed, threshold=0.5) == ((),)


def test_parse_without_states_has_no_triggers() -> None:
    parsed = sentences("Kenya attacked Chad.", with_events=False)
    assert read_triggers(PARSER.model, parsed, threshold=0.0) == ((),)
    assert read_tokens(PARSER.model, parsed[0], (1,)) == []


def test_no_sentence_no_triggers() -> None:
    assert read_triggers(PARSER.model, (), threshold=0.5) == ()


def test_shares_sum_to_one() -> None:
    ((trigger,),) = read_triggers(PARSER.model, sentences("Kenya attacked Chad."), threshold=0.5)
    for shares in (trigger.categories, trigger.cameo, trigger.modes, trigger.statuses, trigger.attributions):
        assert float(shares.sum()) == pytest.approx(1.0, abs=1e-5)
    assert 0.0 < trigger.reciprocal < trigger.happened < 1.0


def test_roles_have_a_row_for_each_word() -> None:
    parsed = sentences("Kenya attacked Chad. Wekesa said Kenya attacked Chad.")
    found = read_triggers(PARSER.model, parsed, threshold=0.5)
    assert [t.roles.shape for ts in found for t in ts] == [(4, len(LABELS.roles)), (6, len(LABELS.roles))]
    source = found[1][0].roles[:, LABELS.roles.index("source")]
    assert np.flatnonzero(source > 0.5).tolist() == [2]


def test_triggers_do_not_depend_on_the_sentences_beside_them() -> None:
    parsed = sentences("Kenya attacked Chad. Wekesa said that Kenya attacked Chad and visited Mali.")
    together = read_triggers(PARSER.model, parsed, threshold=0.5)
    alone = [read_triggers(PARSER.model, [sentence], threshold=0.5)[0] for sentence in parsed]
    for one, other in zip(together, alone, strict=True):
        assert [(t.token, t.probability) for t in one] == [(t.token, t.probability) for t in other]
        assert all((a.roles == b.roles).all() for a, b in zip(one, other, strict=True))


def test_many_triggers_are_scored_in_groups() -> None:
    parser = make_parser()
    document = Document(id="d", text="Kenya attacked Chad. " * 600, origin="t")
    found = read_triggers(parser.model, parser.parse(document).sentences, threshold=0.5)
    assert sum(map(len, found)) == 600
    calls = parser.model.sessions["codes"].calls
    assert len(calls) == 2
    assert all(len(call["row"]) * 4 <= 2048 for call in calls)


def test_any_token_can_be_read() -> None:
    (sentence,) = sentences("Kenya attacked Chad.")
    found = read_tokens(PARSER.model, sentence, (0, 1))
    assert [trigger.token for trigger in found] == [0, 1]
    assert found[0].probability < 0.1 < found[1].probability


def test_states_are_padded_with_masked_zeros() -> None:
    parsed = sentences("Kenya attacked Chad. Troops said.")
    padded, mask = pad_states([sentence.states for sentence in parsed])
    assert mask.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]]
    assert not padded[1, 4].any()
