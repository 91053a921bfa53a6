"""Lemmas as suffix edits: a rule says how a form becomes its lemma.

A rule is written `case|cut|suffix`: `case` is `k` (keep) or `l` (lower first), `cut` the number of characters taken off
the end, `suffix` what is put there. The trained model chooses among the rules that the treebanks need.
"""


def rule_for(form: str, lemma: str) -> str:
    """The rule that turns `form` into `lemma`, lowering only when that gives the shorter edit.

    >>> rule_for("Signed", "sign"), rule_for("Baku", "Baku"), rule_for("was", "be")
    ('l|2|', 'k|0|', 'k|3|be')
    """
    kept, lowered = _edit(form, lemma), _edit(form.lower(), lemma)
    if form != form.lower() and _cost(lowered) < _cost(kept):
        return f"l|{lowered[0]}|{lowered[1]}"
    return f"k|{kept[0]}|{kept[1]}"


def apply_rule(rule: str, form: str) -> str:
    """The lemma of `form` by `rule`; a rule that does not fit the form leaves it as it is.

    >>> apply_rule("l|2|", "Signed"), apply_rule("k|3|be", "was"), apply_rule("k|9|", "is")
    ('sign', 'be', 'is')
    """
    case, cut, suffix = rule.split("|", 2)
    base = form.lower() if case == "l" else form
    length = int(cut)
    if length > len(base) or (length == len(base) and not suffix):
        return base
    return base[: len(base) - length] + suffix


def _edit(form: str, lemma: str) -> tuple[int, str]:
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return len(form) - shared, lemma[shared:]


def _cost(edit: tuple[int, str]) -> int:
    return edit[0] + len(edit[1])
