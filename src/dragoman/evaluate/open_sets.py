"""Scores on the open sets, through the questions and answers of `dragoman predict`.

The model never trains on these files (of the factuality file, on the half that is measured). Scores are those of the
project's scoring tools; where a set was labelled by the older categories, the row by CAMEO root is the comparable one.
"""

from collections.abc import Callable, Iterator, Sequence

from dragoman.evaluate.metrics import Counts, Figure, accuracy, macro_f1, multiset_overlap, percent
from dragoman.evaluate.open_files import (
    HumanEvent,
    LeadCase,
    PairCase,
    PredicateCase,
    SentenceCase,
    SpeechCase,
    lead_words,
)
from dragoman.types.coding import CoderLike
from dragoman.types.predict import (
    AttributionPrediction,
    AttributionQuery,
    EventsPrediction,
    EventsQuery,
    FactualityQuery,
    PairsPrediction,
    PairsQuery,
)

_QUADS = {
    1: "AGREE CONSULT SUPPORT",
    2: "COOPERATE AID YIELD",
    3: "REQUEST ACCUSE REJECT THREATEN",
    4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
_QUAD_OF = {name: quad for quad, names in _QUADS.items() for name in names.split()}
# The published sets have one category for what the newer codebook parts in two.
_OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_ROOTS = (
    "2 10 REQUEST, 3 AGREE, 4 CONSULT, 5 SUPPORT, 6 COOPERATE, 7 AID, 8 YIELD, 9 11 ACCUSE, 12 REJECT, 13 THREATEN, "
    "14 PROTEST, 15 MOBILIZE, 16 SANCTION, 17 COERCE, 18 19 20 ASSAULT"
)
_OF_ROOT = {int(root): name for *roots, name in map(str.split, _ROOTS.split(",")) for root in roots}
# Statements and appeals (roots 1 and 2) are no event to the people who coded news leads and sentences.
_CLASS_STARTS = ((14, 4), (9, 3), (6, 2), (3, 1), (0, 0))


def class_of_root(root: int) -> int:
    """The class of a CAMEO root as coders of leads and sentences use it: 0 for statement and appeal, else 1 to 4.

    >>> [class_of_root(root) for root in (2, 5, 8, 13, 19)]
    [0, 1, 2, 3, 4]
    """
    return next(number for start, number in _CLASS_STARTS if root >= start)


def _older(label: str | None) -> str | None:
    return _OLDER.get(label, label) if label else None


def _by_root(answer: PairsPrediction) -> str | None:
    root = (answer.cameo or "")[:2]
    return _OF_ROOT.get(int(root)) if root.isdigit() else None


def ask_pairs(coder: CoderLike, cases: Sequence[PairCase]) -> list[PairsPrediction]:
    """The coder's answer for each marked pair."""
    queries = [PairsQuery(id=case.id, text=case.text, source=case.source, target=case.target) for case in cases]
    return list(coder.predict_pairs(queries))


def pair_figures(cases: Sequence[PairCase], answers: Sequence[PairsPrediction]) -> Iterator[Figure]:
    """Macro-F1 and accuracy over categories and quad classes, by the category given and by the CAMEO root given."""
    gold = [_older(str(case.answer)) for case in cases]
    quads = [_QUAD_OF.get(label or "") for label in gold]
    readings = {"category": [_older(one.label) for one in answers], "by CAMEO root": list(map(_by_root, answers))}
    for name, given in readings.items():
        yield from _class_figures(name, gold, given)
        yield from _class_figures(f"{name}, quad", quads, [_QUAD_OF.get(label or "") for label in given])


def binary_figures(cases: Sequence[PairCase], answers: Sequence[PairsPrediction]) -> Iterator[Figure]:
    """Cooperation against conflict, by the category given and by the CAMEO root given."""
    gold = [int(case.answer) for case in cases]
    readings = {"binary": [_older(one.label) for one in answers], "binary by CAMEO root": list(map(_by_root, answers))}
    for name, given in readings.items():
        quads = [_QUAD_OF.get(label or "") for label in given]
        yield from _class_figures(name, gold, [None if quad is None else int(quad >= 3) for quad in quads])


def _class_figures(name: str, gold: Sequence[str | int | None], given: Sequence[str | int | None]) -> Iterator[Figure]:
    yield Figure(name=f"{name} macro-F1", value=macro_f1(gold, given), cases=len(gold))
    yield Figure(name=f"{name} accuracy", value=accuracy(gold, given), cases=len(gold))


def ask_events(coder: CoderLike, texts: Sequence[tuple[str, str]]) -> list[EventsPrediction]:
    """The coder's events of each (id, text)."""
    return list(coder.predict_events([EventsQuery(id=name, text=text) for name, text in texts]))


def sentence_figures(cases: Sequence[SentenceCase], answers: Sequence[EventsPrediction]) -> Iterator[Figure]:
    """Class of a sentence: that of its most confident event, 0 without one; and whether it holds an event at all."""
    gold, given = [case.answer for case in cases], [_sentence_class(answer) for answer in answers]
    yield from _class_figures("class", gold, given)
    has = Counts(
        gold=sum(one > 0 for one in gold),
        found=sum(one > 0 for one in given),
        both=sum(one > 0 and other > 0 for one, other in zip(gold, given, strict=True)),
    )
    yield Figure(name="has-event F1", value=has.f1, cases=len(gold))


def _sentence_class(answer: EventsPrediction) -> int:
    classes = [(event.confidence, class_of_root(event.root)) for event in answer.events]
    return max(((sure, number) for sure, number in classes if number), default=(0.0, 0))[1]


Marks = tuple[HumanEvent, ...]


def lead_figures(cases: Sequence[LeadCase], answers: Sequence[EventsPrediction]) -> Iterator[Figure]:
    """Agreement with each human coder in turn: of the coder, and of the other humans (named `human`)."""
    machine = {answer.id: _marks(answer) for answer in answers}
    readers: dict[str, Callable[[LeadCase, int], list[Marks]]] = {
        "": lambda case, coder: [machine.get(case.id, ())],
        "human ": lambda case, coder: [marks for number, marks in case.coders if number != coder],
    }
    for reader, read in readers.items():
        for name, counts in _agree(cases, read).items():
            yield Figure(name=f"{reader}{name} F1", value=counts.f1, cases=counts.gold, pinned=not reader)


def _marks(answer: EventsPrediction) -> Marks:
    return tuple(
        HumanEvent(root=event.root, source=lead_words(event.source), target=lead_words(event.target))
        for event in answer.events
    )


def _agree(cases: Sequence[LeadCase], read: Callable[[LeadCase, int], list[Marks]]) -> dict[str, Counts]:
    totals = dict.fromkeys(("has-event", "class", "root", "triple"), Counts())
    for case in cases:
        for coder, gold in case.coders:
            for found in read(case, coder):
                for name, both in _shared(gold, found).items():
                    sides = (bool(gold), bool(found)) if name == "has-event" else (len(gold), len(found))
                    totals[name] += Counts(gold=sides[0], found=sides[1], both=both)
    return totals


def _shared(gold: Marks, found: Marks) -> dict[str, int]:
    roots = [one.root for one in gold], [one.root for one in found]
    classes = [[class_of_root(root) for root in side] for side in roots]
    return {
        "has-event": int(bool(gold) and bool(found)),
        "class": multiset_overlap(classes[0], classes[1]),
        "root": multiset_overlap(roots[0], roots[1]),
        "triple": _shared_triples(gold, found),
    }


def _shared_triples(gold: Marks, found: Marks) -> int:
    """Events with the same root whose sides share a word (or are both empty)."""
    used: set[int] = set()
    for one in found:
        number = next((i for i, other in enumerate(gold) if i not in used and _same_triple(one, other)), None)
        if number is not None:
            used.add(number)
    return len(used)


def _same_triple(one: HumanEvent, other: HumanEvent) -> bool:
    sides = ((one.source, other.source), (one.target, other.target))
    return one.root == other.root and all((not a and not b) or bool(a & b) for a, b in sides)


def ask_speakers(coder: CoderLike, cases: Sequence[SpeechCase]) -> list[AttributionPrediction]:
    """Who says each content, by the coder; the whole document is given."""
    return list(
        coder.predict_attribution(
            [AttributionQuery(id=case.id, text=case.text, content=case.content) for case in cases]
        )
    )


def speaker_figures(cases: Sequence[SpeechCase], answers: Sequence[AttributionPrediction]) -> Iterator[Figure]:
    """Speakers whose words overlap those annotated; a speaker that has no place is judged by its words."""
    right = sum(_right_speaker(case, answer) for case, answer in zip(cases, answers, strict=True))
    named = sum(case.speaker is not None for case in cases)
    counts = Counts(gold=named, found=sum(answer.span is not None for answer in answers), both=right)
    yield Figure(name="speaker overlap", value=counts.recall, cases=named)
    yield Figure(name="speaker precision", value=counts.precision, cases=counts.found, pinned=False)
    yield Figure(name="speaker F1", value=counts.f1, cases=named)


def _right_speaker(case: SpeechCase, answer: AttributionPrediction) -> bool:
    if case.speaker is None or answer.span is None:
        return False
    if case.place is not None:
        return case.place.overlaps(answer.span)
    return bool(lead_words(case.speaker) & lead_words(answer.speaker))


def predicate_figures(coder: CoderLike, cases: Sequence[PredicateCase]) -> Iterator[Figure]:
    """Happened or not, macro-F1 and accuracy; beside them what "everything happened" would score."""
    answers = coder.predict_factuality([FactualityQuery(id=c.id, text=c.text, span=c.span) for c in cases])
    gold, given = [case.happened for case in cases], [answer.happened for answer in answers]
    yield from _class_figures("happened", gold, given)
    share = percent(sum(gold), len(gold))
    yield Figure(name="(all happened: accuracy)", value=share, cases=len(gold), pinned=False)
