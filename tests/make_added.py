"""Records that a person adds to the reports of `make_store`."""

from dataclasses import replace

from dragoman.codec import encode_record
from dragoman.coding.ids import record_id
from dragoman.types.record import Event, Origin
from dragoman.types.review import Judgement, Verdict
from dragoman.types.text import Document, Span
from make_store import PROVENANCE, coded, link

TALKS = "Arman visited Armenia on 2024-04-15. Sona met Arman in Georgia."


def missed(document: Document, verb: str = "met", category: str = "CONSULT") -> Event:
    """What a person makes of a verb that the made coder does not know: Sona does it to Arman."""
    start = document.text.index(verb)
    trigger = Span(start, start + len(verb))
    like = next(record for record in coded(TALKS).coding.records if isinstance(record, Event))
    return replace(
        like,
        id=record_id("ev", document.id, "event", "plover", trigger.start, trigger.end, category),
        document=document.id,
        sentence=1,
        evidence=(trigger,),
        trigger=trigger,
        trigger_text=verb,
        category=category,
        mode=None,
        sources=(link("Sona", document.text.index("Sona")),),
        targets=(link("Arman", document.text.rindex("Arman")),),
        place=None,
        confidence=1.0,
        reason="added by a reviewer",
        decisions=(),
        cluster=None,
        origin=Origin.PERSON,
    )


def addition(event: Event, text: str, *, id: str = "v-add", reviewer: str = "ada") -> Verdict:
    """The verdict that adds the event."""
    return Verdict(
        id=id,
        record=event.id,
        document=event.document,
        reviewer=reviewer,
        decided_at="2024-05-01T10:00:00.000+00:00",
        judgement=Judgement.ADD,
        value=encode_record(event, text=text, provenance=PROVENANCE),
    )
