import pytest

from dragoman.coding.rule_confidence import confidence_of, read_shares
from dragoman.errors import CodebookError


def test_the_measured_share_of_a_rule_is_its_confidence():
    assert read_shares('["agreement.verb"]\nshare = 0.5\n', "file") == {"agreement.verb": 0.5}


def test_a_verb_is_surer_than_no_word_at_all():
    assert confidence_of("claim.clause") > confidence_of("membership.never measured")


@pytest.mark.parametrize(
    ("text", "message"),
    [("[", "expected a table"), ('["a"]\nright = 1\n', "expected a table"), ('["a"]\nshare = 2\n', "expected 0 to 1")],
)
def test_a_broken_file_is_refused(text: str, message: str):
    with pytest.raises(CodebookError, match=message):
        read_shares(text, "file")
