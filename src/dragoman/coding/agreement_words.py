"""The words of an instrument: which instrument it is, its title or description, what it is about, how many."""

from collections.abc import Iterable

from dragoman.coding.drafts import is_kind, is_shouted, span_of_tokens
from dragoman.coding.record_words import RecordWords
from dragoman.coding.slots import spread
from dragoman.language.tree import Tree, cases_of, characters_of, children_by, mention_at, phrase_range, subtree
from dragoman.types.text import Span

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LEAST_TITLE = 2
_INSIDE_TITLE = frozenset({"of", "on", "for", "and", "the", "in", "to"})
_ARTICLES = ("DET", "PUNCT", "NUM")
_QUANTITIES = frozenset({"several", "many", "few", "some", "various", "numerous", "multiple", "'s"})


def instrument_of(tree: Tree, noun: int, words: RecordWords) -> str | None:
    """Which instrument the noun is; None for other uses of the word, parts of names and words before another noun."""
    lists, lemma = words.lists, tree.lemmas[noun]
    if is_kind(tree, noun, "Organization", "Location", "Person") or _is_modifier(tree, noun):
        return None
    before = {tree.lemmas[child].lower() for child in children_by(tree, noun, "amod", "compound", "nmod:desc")}
    joined = {f"{tree.lemmas[child]}-{tree.lemmas[noun - 1]}" for child in range(noun)}
    if twin_word(tree, noun) is not None or before & lists["twinning_word"] or joined & lists["twinning_word"]:
        return "twinning"
    if before & lists["truce_word"]:
        return "ceasefire"
    if before & lists["not_instrument_before"] or "no" in before or "how" in before:
        return None
    if tree.token(noun).deprel == "appos" and tree.token(noun - 1).text == "(":
        return None  # the short form behind the long one is no second memorandum
    if lemma in lists["rulebook_noun"] and before & lists["rulebook_before"]:
        return None
    if lemma in lists["needs_joint"] and not before & lists["joint_word"] and not _is_of_intent(tree, noun):
        return None
    return words.senses["instrument"].get(lemma)


def _is_modifier(tree: Tree, noun: int) -> bool:
    """True for "treaty port"; the parser also hangs "ceasefire" on the clause behind it ("ceasefire brokered by")."""
    token = tree.token(noun)
    return token.deprel == "compound" and tree.token(token.head).xpos != "VBN"


def _is_of_intent(tree: Tree, noun: int) -> bool:
    return tree.lemmas[noun + 1 : noun + 3] in (("of", "intent"), ("of", "principle"), ("of", "friendship"))


def twin_word(tree: Tree, noun: int) -> int | None:
    """The word "twinning" behind the noun, wherever the tree hangs it ("a document *twinning* the capitals")."""
    behind = [*children_by(tree, noun, "acl"), *range(noun + 1, min(noun + 2, len(tree.lemmas)))]
    return next((index for index in behind if tree.token(index).text.lower().startswith("twinn")), None)


def is_title(tree: Tree, noun: int) -> bool:
    """True when the words are a name: an entity of no other kind, or capitals where other words have none."""
    if is_shouted(tree):
        return False
    mention = mention_at(tree, noun)
    if mention is not None and mention.kind == "Misc" and mention.end - mention.start >= _LEAST_TITLE:
        return True
    if not tree.token(noun).text[:1].isupper() or noun == 0:
        return False
    start, end = _title_range(tree, noun)
    return sum(_is_capital(tree, index) for index in range(start, end)) >= _LEAST_TITLE


def _is_capital(tree: Tree, index: int) -> bool:
    return tree.token(index).text[:1].isupper() and tree.token(index).upos not in ("DET", "PRON")


def _title_range(tree: Tree, noun: int) -> tuple[int, int]:
    """The run of capitals around the noun, with the small words between them ("Treaty on the Gulf Fishery")."""
    inside, start, end = set(subtree(tree, noun)), noun, noun + 1
    while start > 0 and start - 1 in inside and _is_capital(tree, start - 1):
        start -= 1
    here = end
    while here < len(tree.lemmas) and (_is_capital(tree, here) or tree.token(here).text in _INSIDE_TITLE):
        end = here + 1 if _is_capital(tree, here) and here in inside else end
        here += 1
    return start, end


def name_span(tree: Tree, noun: int, titled: bool, words: RecordWords, twinned: list[int]) -> Span:
    """The words of the instrument: the title; else the phrase with what it is about, articles and numbers cut."""
    if titled:
        mention = mention_at(tree, noun)
        start, end = _title_range(tree, noun)
        if mention is not None and mention.kind == "Misc":
            start, end = min(start, mention.start), max(end, mention.end)
        while end - 1 > noun and not _is_capital(tree, end - 1):
            end -= 1
        return characters_of(tree, start, end)
    start, end = phrase_range(tree, noun)
    start, end = _shared_phrase(tree, noun, start, _grow(tree, noun, end, words))
    if twinned and twin_word(tree, noun) is not None:
        end = max(end, max(twinned) + 1)
    while start < noun and _is_cut(tree, start, noun):
        start += 1
    return span_of_tokens(tree, range(start, end)) or characters_of(tree, noun, noun + 1)


def _grow(tree: Tree, noun: int, end: int, words: RecordWords) -> int:
    """The end of the phrase with parties and subjects that follow it at once, up to another instrument."""
    for child in children_by(tree, noun, "nmod"):
        below = subtree(tree, child)
        if below[0] == end and set(cases_of(tree, child)) & {*words.lists["subject_case"], "between", "with", "of"}:
            end = min(below[-1], _before_instrument(tree, child, below[-1], words)) + 1
    return end


def _before_instrument(tree: Tree, child: int, last: int, words: RecordWords) -> int:
    """The last token before an instrument coordinated with the subject ("on geology *and a protocol on visas*")."""
    for other in spread(tree, (child,)):
        if other > child and tree.lemmas[other] in words.senses["instrument"]:
            below = subtree(tree, other)
            return max(child, below[0] - 1)
    return last


def _shared_phrase(tree: Tree, noun: int, start: int, end: int) -> tuple[int, int]:
    """ "memorandum of understanding and cooperation agreements": the middle belongs to the first of the two."""
    if tree.lemmas[noun] == "memorandum" and tree.lemmas[noun + 1 : noun + 3] == ("of", "understanding"):
        return start, noun + 3 if end <= noun + 3 or "and" in tree.lemmas[noun + 3 : noun + 4] else end
    for begin in range(start, noun):
        if tree.lemmas[begin : begin + 3] == ("of", "understanding", "and"):
            return begin + 3, end
        if tree.lemmas[begin : begin + 2] == ("understanding", "and"):
            return begin + 2, end
    return start, end


def _is_cut(tree: Tree, index: int, noun: int) -> bool:
    token = tree.token(index)
    owner = token.upos == "PRON" and token.deprel == "nmod:poss"
    number = token.upos == "NUM" and token.head != noun
    return (
        (token.upos in _ARTICLES and not number)
        or owner
        or (tree.lemmas[index] in _QUANTITIES and token.head in (noun, index - 1))
    )


def subjects_of(tree: Tree, noun: int, instrument: str, words: RecordWords) -> tuple[Span, ...]:
    """What the instrument is about: "on migration, travel and trade", also behind "including those", "covers"."""
    lists, found = words.lists, list[int]()
    below = [noun, *(i for i in subtree(tree, noun) if tree.token(i).text.lower() in ("those", "ones", "one"))]
    for head in below:
        for child in children_by(tree, head, "nmod"):
            cases = set(cases_of(tree, child))
            if cases & lists["subject_case"]:
                found.append(child)
            elif cases & lists["party_case"] or tree.lemmas[child] in ("intent", "understanding", "principle"):
                found.extend(_behind_party(tree, child, instrument, words))
    found.extend((*_ranging(tree, noun), *_beside(tree, noun, lists["subject_case"] - {"for", "covering"})))
    above = tree.token(noun).head
    if not found and above >= 0 and tree.token(noun).deprel == "nsubj" and tree.lemmas[above] in lists["covering_verb"]:
        found.extend(children_by(tree, above, "obj"))
    heads = [head for head in spread(tree, tuple(found)) if tree.lemmas[head] not in words.senses["instrument"]]
    spans = (span_of_tokens(tree, range(*phrase_range(tree, head))) for head in heads if head != noun)
    return _join_touching(span for span in spans if span is not None)


def _join_touching(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with only a space between them are one subject that the tree tore apart ("economic cooperation")."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end + 1:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _behind_party(tree: Tree, party: int, instrument: str, words: RecordWords) -> list[int]:
    """ "a pact with Namibia *on wells*": the parser hangs the subject on the party."""
    wanted = words.lists["subject_case"] - ({"for"} if instrument != "contract" else set())
    return [
        child
        for member in spread(tree, (party,))
        for child in children_by(tree, member, "nmod")
        if set(cases_of(tree, child)) & wanted
    ]


def _beside(tree: Tree, noun: int, cases: frozenset[str]) -> list[int]:
    """ "signed a pact with Mali *on wells*": the phrase that follows at once, though it hangs on the verb."""
    above, end = tree.token(noun).head, subtree(tree, noun)[-1] + 1
    if above < 0 or tree.token(noun).deprel != "obj":
        return []
    phrases = (c for c in children_by(tree, above, "obl") if set(cases_of(tree, c)) & cases)
    return [c for c in phrases if subtree(tree, c)[0] == end and not is_kind(tree, c, "Date", "Misc")]


def _ranging(tree: Tree, noun: int) -> list[int]:
    """ "agreements ranging *from customs to textbooks*"."""
    clauses = [c for c in children_by(tree, noun, "acl") if tree.lemmas[c] == "range"]
    return [
        child
        for clause in clauses
        for child in children_by(tree, clause, "obl", "nmod")
        if {"from", "to"} & set(cases_of(tree, child))
    ]


def number_of(tree: Tree, noun: int) -> int | None:
    """The number written before the noun, up to three digits or twelve in words; None without one."""
    for child in children_by(tree, noun, "nummod"):
        text = tree.token(child).text.lower()
        if text in _NUMBERS:
            return _NUMBERS.index(text) + 1
        if text.isdigit() and len(text) < 4:
            return int(text)
    return None
