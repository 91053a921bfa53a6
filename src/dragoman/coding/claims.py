"""What speakers say is so: cue, speaker and content, by rules over the tree. The narrator's own view is no claim."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.arguments import mention_range
from dragoman.coding.carriers import carrier_of
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import (
    Ground,
    Link,
    RecordOrigin,
    attribute,
    clause_tokens,
    grow_trees,
    is_kind,
    is_negated,
    is_plural,
    range_span,
    run_around,
    span_of_tokens,
)
from dragoman.coding.participants import can_act
from dragoman.coding.quotes import find_quotes
from dragoman.coding.record_words import RecordWords, record_words
from dragoman.coding.slots import is_passive, read_slots, resolve_relative, surface_subject
from dragoman.language.tree import Tree, cases_of, children_by, subtree
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import AttributedTo, Claim, Event, Record, Status
from dragoman.types.text import Span, cover

_LEAST_QUOTE = 2
_FARTHEST_QUOTE = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A claim before its speaker is looked up. `speaker_kind` is named, unnamed or collective.

    `speaker` is None when no words name one ("reportedly"); `cue` is None when nothing but the quotation marks shows
    the claim.
    """

    ground: Ground
    speaker: Span | None
    speaker_kind: str
    cue: Span | None
    content: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A cue word with the head of its speaker and the characters of the content."""

    cue: int
    speaker: int | None
    content: Span
    status: Status
    rule: str
    reason: str


def find_claims(
    parsed: ParsedDocument,
    events: Sequence[ChosenEvent],
    codebook: Codebook,
    trees: Sequence[Tree] | None = None,
) -> tuple[ClaimDraft, ...]:
    """The claims of the document in text order. `trees` are those of its sentences, grown here when not given."""
    words = record_words()
    drafts: list[ClaimDraft] = []
    for tree in trees if trees is not None else grow_trees(parsed, codebook):
        if not tree.sentence.furniture:
            found = _drop_nested(tree, _read_sentence(tree, codebook, words))
            drafts.extend(_draft(tree, claim, codebook) for claim in found)
    return tuple(sorted(drafts, key=lambda draft: (draft.content.start, draft.ground.key.start)))


def _read_sentence(tree: Tree, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    lists = words.lists
    for index, lemma in enumerate(tree.lemmas):
        upos = tree.token(index).upos
        if lemma in ("accord", "according") and tree.token(index).deprel == "case":
            yield from _read_according(tree, index, codebook, words)
        elif upos == "VERB":
            yield from _read_verb(tree, index, lemma, codebook, words)
        elif upos == "NOUN" and (lemma in lists["claim_noun"] or lemma in lists["noun_needs_carrier"]):
            yield from _read_noun(tree, index, codebook, words)
        elif upos == "ADV" and lemma in codebook.cue_list("reported_word"):
            yield from _read_adverb(tree, index)


def _read_verb(tree: Tree, verb: int, lemma: str, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    lists = words.lists
    if lemma not in lists["spoken"] or is_negated(tree, verb) or _is_open(tree, verb):
        return
    reader = None
    if lemma in lists["accusing_verb"]:
        reader = _charge(tree, verb)
    elif lemma in lists["denying_verb"]:
        reader = _denied(tree, verb, words)
    elif lemma in lists["naming_verb"]:
        reader = _naming(tree, verb)
    clausal = lemma in lists["claim_verb"] or lemma in lists["denying_verb"]
    direct = _direct(tree, verb) if reader is None else None
    clause = _content(tree, verb, words) if clausal and reader is None and direct is None else None
    content = next((found for found in (reader, direct, clause) if found is not None), None)
    if content is None:
        return
    kind = "act" if reader is not None else "quote" if direct is not None else "clause"
    speaker = _speaker(tree, verb, codebook, words)
    if speaker is None and not _says_unnamed(tree, verb):
        return
    if speaker is not None and tree.lemmas[speaker] in lists["first_person"] and _in_quote(tree, verb):
        return
    alleged = lemma in lists["accusing_verb"] or lemma in lists["alleging_verb"]
    yield _Found(
        cue=verb,
        speaker=speaker,
        content=content,
        status=Status.ALLEGED if alleged else Status.ASSERTED,
        rule=kind if speaker is not None else "unnamed",
        reason=f"'{tree.token(verb).text}' reports what somebody says",
    )


def _is_open(tree: Tree, verb: int) -> bool:
    """True for saying that is not told as done: "declined to say", "would say", "must explain"."""
    if "to" in cases_of(tree, verb) and tree.token(verb).deprel in ("xcomp", "acl", "advcl"):
        return True
    return any(
        tree.lemmas[child] in ("will", "should", "must", "can", "may", "might", "let")
        for child in children_by(tree, verb, "aux")
    )


def _content(tree: Tree, verb: int, words: RecordWords) -> Span | None:
    """The clause that a verb of saying governs, before or after it."""
    for clause in children_by(tree, verb, "ccomp"):
        tokens = clause_tokens(tree, clause)
        if tree.lemmas[tokens[0]] not in words.lists["not_claimed_mark"] or clause < verb:
            return span_of_tokens(tree, _behind(tree, verb, clause, tokens) if clause > verb else tokens)
    if tree.token(verb).deprel == "parataxis":
        return _around(tree, verb)
    return None


def _behind(tree: Tree, verb: int, clause: int, tokens: list[int]) -> list[int]:
    """The clause after the verb, with a subject of it that the parser hung on the verb of saying."""
    lost = [child for child in children_by(tree, verb, "nsubj") if verb < child < clause]
    return [index for index in (*(i for child in lost for i in subtree(tree, child)), *tokens) if index > verb]


def _around(tree: Tree, verb: int) -> Span | None:
    """What an inserted verb of saying is about: the clause it hangs on, on the larger side of it."""
    clause = clause_tokens(tree, tree.token(verb).head, verb)
    inserted = subtree(tree, verb)
    before = [index for index in clause if index < inserted[0]]
    after = [index for index in clause if index > inserted[-1]]
    side = before if len(before) >= len(after) else after
    return span_of_tokens(tree, side) if len(side) >= _LEAST_QUOTE else None


def _direct(tree: Tree, verb: int) -> Span | None:
    """A quotation beside the verb that the tree does not hang on it."""
    for quote in find_quotes(tree):
        beside = quote.end <= verb < quote.end + _FARTHEST_QUOTE and not _clause_between(tree, quote.end, verb)
        whole = any(tree.token(index).upos in ("VERB", "AUX") for index in range(quote.first, quote.last))
        if beside and whole and quote.last - quote.first > _LEAST_QUOTE:
            return span_of_tokens(tree, range(quote.first, quote.last))
    return None


def _clause_between(tree: Tree, start: int, end: int) -> bool:
    return any(tree.token(index).upos in ("VERB", "SCONJ", "CCONJ") for index in range(start, end))


def _in_quote(tree: Tree, index: int) -> bool:
    return any(quote.holds(index) for quote in find_quotes(tree))


def _charge(tree: Tree, verb: int) -> Span | None:
    """What somebody is accused of: "accused Chad *of arming rebels*", without the preposition."""
    slots = read_slots(tree, verb)
    for child in (*slots.filled.get("comp", ()), *slots.filled.get("of", ()), *slots.loose.get("of", ())):
        if "of" in cases_of(tree, child):
            marks = children_by(tree, child, "mark", "case")
            return span_of_tokens(tree, clause_tokens(tree, child, *marks))
    return None


def _denied(tree: Tree, verb: int, words: RecordWords) -> Span | None:
    """What is denied: a clause, a gerund, or a thing that can be denied ("the charge")."""
    for child in children_by(tree, verb, "xcomp", "advcl"):
        if tree.token(child).xpos == "VBG" and child > verb and tree.lemmas[verb] == "deny":
            return span_of_tokens(tree, clause_tokens(tree, child))
    for child in children_by(tree, verb, "obj"):
        if tree.lemmas[verb] == "deny" or tree.lemmas[child] in words.lists["denied_thing"]:
            return span_of_tokens(tree, clause_tokens(tree, child))
    return None


def _naming(tree: Tree, verb: int) -> Span | None:
    """The thing and what it is called: "called *the harvest a gift*"."""
    if is_passive(tree, verb):
        return None
    things = children_by(tree, verb, "obj")
    names = [
        *children_by(tree, verb, "xcomp"),
        *(c for c in children_by(tree, verb, "obl") if "as" in cases_of(tree, c)),
    ]
    if things and names:
        return span_of_tokens(tree, [*clause_tokens(tree, things[0]), *clause_tokens(tree, names[0])])
    return None


def _speaker(tree: Tree, verb: int, codebook: Codebook, words: RecordWords) -> int | None:
    if is_passive(tree, verb):
        agents = [child for child in children_by(tree, verb, "obl") if "by" in cases_of(tree, child)]
        return agents[0] if agents else None
    shared = surface_subject(tree, verb)
    written = sorted(children_by(tree, verb, "nsubj"), key=lambda child: abs(child - verb))
    known = words.lists["saying_document"] | words.lists["speaking_noun"] | codebook.cue_list("unnamed_speaker")
    for subject in (*written, *([shared] if shared is not None else [])):
        subject = resolve_relative(tree, subject)
        if can_act(tree, subject, codebook) or tree.lemmas[subject] in known:
            return subject
    return None


def _says_unnamed(tree: Tree, verb: int) -> bool:
    """ "It was reported that": nobody in particular."""
    return bool(children_by(tree, verb, "expl")) and is_passive(tree, verb)


def _read_noun(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """Accusations and claims as nouns, concerns only when somebody raises them."""
    content = next(
        (
            child
            for child in children_by(tree, noun, "nmod", "acl")
            if {"of", "about", "that", "over"} & set(cases_of(tree, child)) and child > noun
        ),
        None,
    )
    if content is None or is_negated(tree, noun):
        return
    owners = [child for child in children_by(tree, noun, "nmod:poss") if can_act(tree, child, codebook)]
    by = [child for child in children_by(tree, noun, "nmod") if {"by", "from"} & set(cases_of(tree, child))]
    raiser = _raiser(tree, noun, codebook, words)
    if tree.lemmas[noun] in words.lists["noun_needs_carrier"] and raiser is None:
        return
    speakers = [*([raiser] if raiser is not None else []), *owners, *by]
    spoken = [index for index in clause_tokens(tree, content) if tree.token(index).deprel != "case" or index > content]
    cases = children_by(tree, content, "case", "mark")
    run = run_around(tree, content, spoken)
    span = span_of_tokens(tree, [index for index in run if index not in cases])
    told = tree.lemmas[noun] in ("accusation", "allegation") or "that" in cases_of(tree, content)
    if span is not None and (speakers or told):
        yield _Found(
            cue=noun,
            speaker=speakers[0] if speakers else None,
            content=span,
            status=Status.ALLEGED if tree.lemmas[noun] in ("accusation", "allegation", "claim") else Status.ASSERTED,
            rule="noun",
            reason=f"'{tree.token(noun).text}' has a content" + ("" if speakers else ", nobody is named"),
        )


def _raiser(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> int | None:
    carrier = carrier_of(tree, noun, codebook)
    if carrier is None or carrier.slot != "obj" or tree.lemmas[carrier.verb] not in words.lists["claim_carrier"]:
        return None
    subject = surface_subject(tree, carrier.verb)
    if subject is None:
        return None
    fits = can_act(tree, subject, codebook) or tree.lemmas[subject] in words.lists["speaking_noun"]
    return subject if fits else None


def _read_according(tree: Tree, case: int, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    speaker = tree.token(case).head
    clause = tree.token(speaker).head
    fits = can_act(tree, speaker, codebook) or tree.lemmas[speaker] in words.lists["saying_document"]
    if clause < 0 or not fits:
        return
    span = span_of_tokens(tree, _beside(tree, clause, speaker))
    if span is not None:
        reason = "'according to' names the speaker"
        yield _Found(cue=case, speaker=speaker, content=span, status=Status.ASSERTED, rule="according", reason=reason)


def _beside(tree: Tree, clause: int, cut: int) -> list[int]:
    """The clause on the larger side of what is cut out of it."""
    tokens, hole = clause_tokens(tree, clause, cut), subtree(tree, cut)
    before = [index for index in tokens if index < hole[0]]
    after = [index for index in tokens if index > hole[-1]]
    return before if len(before) >= len(after) else after


def _read_adverb(tree: Tree, adverb: int) -> Iterator[_Found]:
    clause = tree.token(adverb).head
    if clause < 0 or tree.token(clause).upos not in ("VERB", "AUX"):
        return
    span = span_of_tokens(tree, clause_tokens(tree, clause, *children_by(tree, clause, "parataxis", "conj")))
    if span is not None:
        word = tree.token(adverb).text
        reason = f"'{word}' leaves the speaker open"
        yield _Found(cue=adverb, speaker=None, content=span, status=Status.ALLEGED, rule="adverb", reason=reason)


def _drop_nested(tree: Tree, found: Iterable[_Found]) -> list[_Found]:
    """Claims inside a quotation that another claim covers belong to the quoted speech: the outer one is kept."""
    claims = list(found)
    return [
        claim
        for claim in claims
        if not any(
            other is not claim
            and other.content.contains(tree.token(claim.cue).span)
            and other.content.contains(claim.content)
            for other in claims
        )
    ]


def _draft(tree: Tree, found: _Found, codebook: Codebook) -> ClaimDraft:
    start, end = mention_range(tree, found.speaker, codebook) if found.speaker is not None else (None, None)
    speaker = range_span(tree, start, end)
    kind = _speaker_kind(tree, found, codebook)
    cue = _cue_span(tree, found.cue)
    ground = Ground(
        sentence=tree.sentence.number,
        key=found.content,
        evidence=cover(found.content, cue, *([speaker] if speaker is not None else [])),
        status=found.status,
        by=AttributedTo.NAMED if kind == "named" else AttributedTo.UNNAMED,
        speaker=speaker,
        cue=cue,
        extent=found.content,
        rule=f"claim.{found.rule}",
        reason=found.reason,
    )
    return ClaimDraft(ground=ground, speaker=speaker, speaker_kind=kind, cue=cue, content=found.content)


def _cue_span(tree: Tree, cue: int) -> Span:
    """The word of saying with its particle: "pointed out", "according to"."""
    more = [child for child in children_by(tree, cue, "compound:prt", "fixed") if child == cue + 1]
    return cover(tree.token(cue).span, *(tree.token(child).span for child in more))


def _speaker_kind(tree: Tree, found: _Found, codebook: Codebook) -> str:
    """named: a person, body or office; collective: several people at once ("residents"); unnamed: all others.

    Accusations that nobody owns are those of several people: collective, and nobody is named for them.
    """
    speaker = found.speaker
    if speaker is None:
        many = found.rule == "noun" and is_plural(tree, found.cue)
        return "collective" if many else "unnamed"
    token = tree.token(speaker)
    if is_kind(tree, speaker, "Person") or token.upos in ("PROPN", "PRON") or children_by(tree, speaker, "appos"):
        return "named"
    if is_plural(tree, speaker):
        return "collective"
    if tree.lemmas[speaker] in codebook.cue_list("unnamed_speaker"):
        return "unnamed"
    indefinite = any(tree.lemmas[child] in ("a", "an", "one") for child in children_by(tree, speaker, "det"))
    return "unnamed" if indefinite else "named"


def assemble_claim(draft: ClaimDraft, link: Link, origin: RecordOrigin, records: Iterable[Record] = ()) -> Claim:
    """The record. `records` are those whose ids go into `about` when their words lie in the content."""
    named = draft.speaker_kind == "named" and draft.speaker is not None
    return Claim(
        id=origin.id_of("cm", "claim", draft.ground.key),
        document=origin.document,
        sentence=draft.ground.sentence,
        evidence=(draft.ground.evidence,),
        speaker=link(draft.speaker) if named and draft.speaker is not None else None,
        speaker_kind=draft.speaker_kind,
        cue=draft.cue,
        cue_text=draft.cue.of(origin.text) if draft.cue is not None else None,
        content=draft.content,
        content_text=draft.content.of(origin.text),
        about=tuple(record.id for record in records if draft.content.contains(_place_of(record))),
        status=draft.ground.status,
        attribution=attribute(draft.ground, origin.text, link),
        confidence=draft.ground.confidence,
        reason=draft.ground.reason,
    )


def _place_of(record: Record) -> Span:
    return record.trigger if isinstance(record, Event) else record.evidence[0]
