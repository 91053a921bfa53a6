from datetime import date

import make
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.event_time import choose_time
from dragoman.language.tree import Tree
from dragoman.types.record import AttributedTo, Status
from dragoman.types.text import Span

TUESDAY = date(2024, 4, 16)
TWO_CLAUSES = """
They they PRON PRP 2 nsubj
said say VERB VBD 0 root
Monday Monday PROPN NNP 2 obl:unmarked
that that SCONJ IN 7 mark
they they PRON PRP 7 nsubj
will will AUX MD 7 aux
meet meet VERB VB 2 ccomp
Friday Friday PROPN NNP 7 obl:unmarked
. . PUNCT . 2 punct
"""
TREE = make.tree(TWO_CLAUSES)
TEXT = make.parsed(TWO_CLAUSES).document.text


def event(tree: Tree, form: str, status: Status, time: Span | None = None) -> ChosenEvent:
    token = make.at(tree, form)
    return ChosenEvent(
        sentence=0, token=token, trigger=tree.token(token).span, category="CONSULT", mode=None, cameo="04", sources=(),
        targets=(), reciprocal=False, status=status, by=AttributedTo.REPORT, speaker=None, cue=None, time=time,
        place=None, confidence=1.0, decisions=(),
    )  # fmt: skip


def edtf(form: str, status: Status, time: Span | None = None) -> str | None:
    found = choose_time(TREE, event(TREE, form, status, time), TEXT, TUESDAY)
    return found.edtf if found else None


def test_each_verb_has_the_time_of_its_own_clause() -> None:
    assert (edtf("said", Status.ASSERTED), edtf("meet", Status.PLANNED)) == ("2024-04-15", "2024-04-19")


def test_what_happened_takes_the_weekday_before_the_report() -> None:
    assert edtf("meet", Status.ASSERTED) == "2024-04-12"


def test_time_that_the_model_marked_comes_first() -> None:
    monday = Span(TEXT.index("Monday"), TEXT.index("Monday") + 6)
    assert edtf("meet", Status.ASSERTED, monday) == "2024-04-15"


def test_no_time_without_expressions() -> None:
    tree = make.tree("They they PRON PRP 2 nsubj\nmet meet VERB VBD 0 root\n. . PUNCT . 2 punct")
    assert choose_time(tree, event(tree, "met", Status.ASSERTED), "They met.", TUESDAY) is None
