"""Who belongs to what: stated ("a member of", "joined"), or implied ("alliances within the bloc")."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.arguments import mention_range
from dragoman.coding.choose import ChosenEvent
from dragoman.coding.codebook import Codebook
from dragoman.coding.drafts import (
    Ground,
    Link,
    RecordOrigin,
    attribute,
    grow_trees,
    is_kind,
    lay_ground,
    range_span,
)
from dragoman.coding.participants import can_act
from dragoman.coding.record_words import RecordWords, record_words
from dragoman.coding.slots import is_passive, read_slots, resolve_relative, spread
from dragoman.coding.status import judge_status
from dragoman.language.tree import Tree, cases_of, children_by, first_conjunct, is_relation, mention_at, subtree
from dragoman.types.parse import ParsedDocument
from dragoman.types.record import Membership, Status
from dragoman.types.text import Span

_TO_COME = frozenset({Status.PLANNED, Status.PROPOSED, Status.HYPOTHETICAL, Status.SIGNALLED, Status.PLEDGED})
_WANTING = frozenset({"want", "hope", "seek", "apply", "ask", "wish", "aspire", "plan", "aim"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipDraft:
    """A membership before both sides are looked up."""

    ground: Ground
    member: Span
    organization: Span
    level: str
    membership_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    word: int
    members: tuple[int, ...]
    organization: int
    level: str
    value: str
    rule: str


def find_memberships(
    parsed: ParsedDocument,
    events: Sequence[ChosenEvent],
    codebook: Codebook,
    trees: Sequence[Tree] | None = None,
) -> tuple[MembershipDraft, ...]:
    """The memberships told of, in text order. `trees` are those of the sentences, grown here when not given."""
    words = record_words()
    drafts: list[MembershipDraft] = []
    for tree in trees if trees is not None else grow_trees(parsed, codebook):
        if not tree.sentence.furniture:
            for found in _read_sentence(tree, codebook, words):
                drafts.extend(_drafts(tree, found, codebook))
    return tuple({(draft.member, draft.organization): draft for draft in reversed(drafts)}.values())[::-1]


def _read_sentence(tree: Tree, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    senses, lists = words.senses, words.lists
    for index, lemma in enumerate(tree.lemmas):
        upos = tree.token(index).upos
        if lemma == "member" and upos == "NOUN":
            yield from _read_member(tree, index, codebook, words)
        elif lemma in lists["party_title"] and upos in ("NOUN", "PROPN"):
            yield from _read_title(tree, index)
        elif lemma in senses["member_verb"] and upos == "VERB":
            yield from _read_verb(tree, index, senses["member_verb"][lemma], codebook, words)
        elif lemma in senses["admitting_verb"] and upos == "VERB":
            yield from _read_admitting(tree, index, senses["admitting_verb"][lemma], codebook, words)
        elif lemma in senses["accession_noun"] and upos == "NOUN":
            yield from _read_accession(tree, index, senses["accession_noun"][lemma], codebook, words)
        elif lemma in ("party", "movement") and upos in ("NOUN", "PROPN"):
            yield from _read_party(tree, index)
        elif upos == "PROPN" and index and tree.token(index - 1).text == "(":
            yield from _read_bracket(tree, index)
        elif lemma in lists["tie_noun"] and upos == "NOUN":
            yield from _read_tie(tree, index, words)


def _is_organization(tree: Tree, index: int, words: RecordWords) -> bool:
    """True for a named body, or a noun for one with a name or an adjective of its own."""
    if is_kind(tree, index, "Organization"):
        return True
    named = tree.token(index).upos == "PROPN" or bool(children_by(tree, index, "amod", "compound"))
    return (
        tree.lemmas[index] in words.lists["organization_noun"]
        and named
        and not is_kind(tree, index, "Location", "Person")
    )


def _read_member(tree: Tree, noun: int, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "a member of the union", "union member": whoever the word is said of."""
    bodies = [
        c for c in children_by(tree, noun, "nmod") if "of" in cases_of(tree, c) and _is_organization(tree, c, words)
    ]
    bodies += [c for c in children_by(tree, noun, "compound") if is_kind(tree, c, "Organization")]
    if not bodies:
        return
    before = {tree.lemmas[child] for child in children_by(tree, noun, "amod")}
    value = "left" if before & {"former", "ex", "expelled", "onetime"} else "member"
    members = _said_of(tree, noun, codebook)
    members = members or _among(tree, noun, codebook) or _named_behind(tree, bodies[0])
    if members:
        yield _Found(word=noun, members=members, organization=bodies[0], level="stated", value=value, rule="member")


def _said_of(tree: Tree, noun: int, codebook: Codebook) -> tuple[int, ...]:
    """Whom a noun describes: the subject of "is", the name beside it, the doer of a clause with "as a member"."""
    token = tree.token(noun)
    if children_by(tree, noun, "cop"):
        subjects = [resolve_relative(tree, s) for s in children_by(tree, noun, "nsubj")]
        return tuple(s for s in spread(tree, tuple(subjects)) if can_act(tree, s, codebook))
    if is_relation(token.deprel, "appos") and token.head >= 0 and can_act(tree, token.head, codebook):
        return spread(tree, (token.head,)) if tree.token(noun).xpos == "NNS" else (token.head,)
    names = [c for c in children_by(tree, noun, "appos") if is_kind(tree, c, "Person", "Location")]
    if token.deprel in ("nmod:desc", "compound") and token.head >= 0 and is_kind(tree, token.head, "Person"):
        names.append(token.head)
    if "as" in cases_of(tree, noun) and token.head >= 0:
        names.extend(s for s in read_slots(tree, token.head).of("subj") if can_act(tree, s, codebook))
    return tuple(names)


def _among(tree: Tree, noun: int, codebook: Codebook) -> tuple[int, ...]:
    """ "members of the union, among them Chad and Niger"."""
    found = [
        child
        for child in children_by(tree, noun, "nmod", "appos", "parataxis")
        if {"including", "include", "such_as"} & set(cases_of(tree, child))
        and is_kind(tree, child, "Location", "Person")
    ]
    return spread(tree, tuple(found)) or _among_them(tree, noun)


def _among_them(tree: Tree, noun: int) -> tuple[int, ...]:
    """ "members of the union, among them Chad and Niger", wherever the tree hangs the names."""
    for index in range(noun, len(tree.lemmas) - 2):
        if tree.lemmas[index : index + 2] in (("among", "they"), ("among", "them")):
            head = next((m.head for m in tree.sentence.mentions if m.start == index + 2 and m.kind == "Location"), None)
            return spread(tree, (head,)) if head is not None else ()
    return ()


def _named_behind(tree: Tree, body: int) -> tuple[int, ...]:
    """ "a trader and member of the league, Ada Obi": the parser hangs the person on the body."""
    return tuple(c for c in children_by(tree, body, "appos") if is_kind(tree, c, "Person"))


def _read_title(tree: Tree, title: int) -> Iterator[_Found]:
    """ "KMT legislator Alex Fai", "a councillor of the Yabloko party": the party before the title, the name behind."""
    person = _titled_person(tree, title)
    if person is None:
        return
    nearby = [c for c in (*tree.children[title], *tree.children[person]) if c < title]
    bodies = [
        c for c in nearby if is_kind(tree, c, "Organization") and tree.token(c).deprel in ("compound", "nmod:desc")
    ]
    behind = [c for c in children_by(tree, title, "nmod") if {"of", "from", "for"} & set(cases_of(tree, c))]
    bodies.extend(c for c in behind if is_kind(tree, c, "Organization") and c > title)
    if bodies and _is_party(tree, bodies[-1]):
        yield _Found(
            word=title, members=(person,), organization=bodies[-1], level="stated", value="member", rule="title"
        )


def _titled_person(tree: Tree, title: int) -> int | None:
    """The person of a title: before the name, behind it as an apposition, or with the name hung on the title."""
    token, first = tree.token(title), first_conjunct(tree, title)
    if token.deprel in ("nmod:desc", "compound") and token.head >= 0 and is_kind(tree, token.head, "Person"):
        return token.head
    above = tree.token(first).head
    if tree.token(first).deprel == "appos" and above >= 0 and is_kind(tree, above, "Person"):
        return above
    named = children_by(tree, title, "flat", "appos")
    return next((child for child in named if is_kind(tree, child, "Person")), None)


def _read_bracket(tree: Tree, index: int) -> Iterator[_Found]:
    """ "Derrick Visser (DA)": a short form in brackets right behind a person."""
    mention = mention_at(tree, index)
    if (
        mention is None
        or mention.kind != "Organization"
        or mention.start != index
        or not 1 < index < len(tree.lemmas) - 1
    ):
        return
    person = mention_at(tree, index - 2)
    if person is not None and _initials(tree, person.start, person.end) == tree.token(index).text:
        return
    closed = (
        tree.token(index - 1).text == "(" and mention.end < len(tree.lemmas) and tree.token(mention.end).text == ")"
    )
    if closed and _is_party(tree, index) and person is not None and person.kind == "Person" and person.end == index - 1:
        yield _Found(
            word=index,
            members=(person.head,),
            organization=mention.head,
            level="stated",
            value="member",
            rule="bracket",
        )


def _initials(tree: Tree, start: int, end: int) -> str:
    """First letters of the words of a name: a short form of the name itself is no party."""
    return "".join(
        tree.token(index).text[0].upper() for index in range(start, end) if tree.token(index).text[0].isalpha()
    )


def _read_party(tree: Tree, party: int) -> Iterator[_Found]:
    """ "Ksenia Orlova of the Yabloko party"."""
    head = tree.token(party).head
    if head < 0 or "of" not in cases_of(tree, party) or not is_kind(tree, head, "Person"):
        return
    if children_by(tree, party, "compound", "amod", "nmod:desc") or is_kind(tree, party, "Organization"):
        yield _Found(word=party, members=(head,), organization=party, level="stated", value="member", rule="party")


def _is_party(tree: Tree, index: int) -> bool:
    """True for a short form in capitals or a name with the word party, movement, front."""
    mention = mention_at(tree, index)
    if mention is None:
        return False
    last = tree.token(mention.end - 1)
    short = mention.end - mention.start == 1 and last.text.isupper() and len(last.text) > 1
    return short or last.text in ("Party", "Movement", "Front", "Alliance")


def _read_verb(tree: Tree, verb: int, value: str, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "joined the lender", "belongs to the bloc", "quit the party"."""
    slots = read_slots(tree, verb)
    bodies = slots.of("to") if tree.lemmas[verb] == "belong" else slots.of("obj")
    bodies = tuple(resolve_relative(tree, body) for body in bodies)
    if not bodies or not _is_organization(tree, bodies[0], words) or is_passive(tree, verb):
        return
    if tree.lemmas[verb] in ("leave", "enter", "exit") and not is_kind(tree, bodies[0], "Organization"):
        return
    status = judge_status(tree, verb, codebook).status
    wanted = tree.token(verb).head >= 0 and tree.lemmas[tree.token(verb).head] in _WANTING
    threat = tree.token(verb).head >= 0 and tree.lemmas[tree.token(verb).head] in ("threaten", "refuse", "decline")
    if status is Status.NEGATED or threat or (value == "left" and status is not Status.ASSERTED):
        return
    if value == "member" and (wanted or status in _TO_COME):
        value = "candidate"
    members = tuple(m for m in spread(tree, slots.of("subj")) if can_act(tree, m, codebook))
    if members:
        yield _Found(word=verb, members=members, organization=bodies[0], level="stated", value=value, rule="verb")


def _read_admitting(tree: Tree, verb: int, value: str, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "the union suspended Chad": the body acts on the state."""
    slots = read_slots(tree, verb)
    doers = slots.of("subj")
    within = [c for d in doers for c in children_by(tree, d, "nmod") if "of" in cases_of(tree, c)]
    bodies = [b for b in (*doers, *within) if _is_organization(tree, b, words)]
    members = tuple(
        m for m in spread(tree, slots.of("obj")) if is_kind(tree, m, "Location") and mention_at(tree, m) is not None
    )
    done = judge_status(tree, verb, codebook).status is Status.ASSERTED
    if bodies and members and done and all(tree.token(m).upos == "PROPN" for m in members):
        yield _Found(word=verb, members=members, organization=bodies[0], level="stated", value=value, rule="admitting")


def _read_accession(tree: Tree, noun: int, value: str, codebook: Codebook, words: RecordWords) -> Iterator[_Found]:
    """ "the accession of Belize to the service", "Peru's candidacy to the organization"."""
    members, bodies = [*children_by(tree, noun, "nmod:poss")], []
    for child in children_by(tree, noun, "nmod"):
        cases = set(cases_of(tree, child))
        if "of" in cases and is_kind(tree, child, "Location", "Person"):
            members.append(child)
        elif cases & {"to", "from", "of", "in", "into"} and _is_organization(tree, child, words):
            bodies.append(child)
    members = [m for m in members if can_act(tree, m, codebook)]
    if members and bodies:
        if value == "member" and judge_status(tree, noun, codebook).status is not Status.ASSERTED:
            value = "candidate"
        yield _Found(
            word=noun, members=tuple(members), organization=bodies[0], level="stated", value=value, rule="accession"
        )


def _read_tie(tree: Tree, noun: int, words: RecordWords) -> Iterator[_Found]:
    """ "alliances within organizations such as the bloc": whose they are is at most implied to belong."""
    body = _body_within(tree, noun, words)
    if body is None:
        return
    owners = [c for c in children_by(tree, noun, "nmod:poss") if is_kind(tree, c, "Location")]
    if not owners:
        named = [
            t.index for t in tree.sentence.tokens if t.deprel == "nmod:poss" and is_kind(tree, t.index, "Location")
        ]
        owners = named if len(named) == 1 else []
    if owners:
        yield _Found(word=noun, members=(owners[0],), organization=body, level="implied", value="member", rule="tie")


def _body_within(tree: Tree, noun: int, words: RecordWords) -> int | None:
    """The named body that follows "within", itself or as an example ("organizations such as")."""
    for index in range(noun + 1, min(noun + 4, len(tree.lemmas))):
        if tree.lemmas[index] in words.lists["tie_case"] and tree.token(index).deprel == "case":
            inside = subtree(tree, tree.token(index).head)
            return next((m.head for m in tree.sentence.mentions if m.kind == "Organization" and m.head in inside), None)
    return None


def _drafts(tree: Tree, found: _Found, codebook: Codebook) -> Iterator[MembershipDraft]:
    organization = _body_span(tree, found.organization, codebook)
    for head in found.members:
        member = range_span(tree, *mention_range(tree, head, codebook))
        if member is None or organization is None:
            continue
        member = _apart(tree, head, member, organization)
        if member.overlaps(organization):
            continue
        word = tree.token(found.word)
        ground = lay_ground(
            tree,
            found.word,
            codebook,
            key=member,
            spans=[organization, word.span],
            status=Status.ASSERTED if found.level == "stated" else Status.PERCEIVED,
            rule=f"membership.{found.rule}",
            reason=f"'{word.text}' {'states' if found.level == 'stated' else 'only suggests'} it",
        )
        yield MembershipDraft(
            ground=ground, member=member, organization=organization, level=found.level, membership_status=found.value
        )


def _body_span(tree: Tree, head: int, codebook: Codebook) -> Span | None:
    mention = mention_at(tree, head)
    if mention is not None and mention.kind == "Organization":
        return mention.span
    return range_span(tree, *mention_range(tree, head, codebook))


def _apart(tree: Tree, head: int, member: Span, organization: Span) -> Span:
    """The member's own name where the whole phrase also holds the body ("KMT legislator Alex Fai")."""
    mention = mention_at(tree, head)
    return mention.span if member.overlaps(organization) and mention is not None else member


def assemble_membership(draft: MembershipDraft, link: Link, origin: RecordOrigin) -> Membership:
    """The record."""
    return Membership(
        id=origin.id_of("me", f"membership {draft.organization.start}", draft.ground.key),
        document=origin.document,
        sentence=draft.ground.sentence,
        evidence=(draft.ground.evidence,),
        member=link(draft.member),
        organization=link(draft.organization),
        level=draft.level,
        membership_status=draft.membership_status,
        status=draft.ground.status,
        attribution=attribute(draft.ground, origin.text, link),
        confidence=draft.ground.confidence,
        reason=draft.ground.reason,
    )
