"""`dragoman explain`: one sentence, and why it was coded as it was."""

from collections.abc import Iterator
from datetime import date

from dragoman.cli.guard import DONE, FAILED, Flags, open_coder, read_settings, say
from dragoman.cli.show import show_actor
from dragoman.ingest import ReadOptions, read
from dragoman.types.explain import ExplainedMention, ExplainedTrigger, Explanation
from dragoman.types.record import Decision
from dragoman.types.text import Rejected, Rejection


def run_explain(origin: str, number: int, *, format: str, published: date | None, flags: Flags) -> int:
    """Prints the explanation of the sentence in the first report of the origin; returns the exit code."""
    coder = open_coder(read_settings(flags))
    for item in read(origin, format=format, options=ReadOptions(published=published)):
        if not isinstance(item, Rejected):
            print("\n".join(lines_of(coder.explain(item, number))))
            return DONE
        if item.kind is not Rejection.IGNORED:
            say(f"{item.origin}: {item.reason}")
    return FAILED


def lines_of(explanation: Explanation) -> Iterator[str]:
    """Yields the lines to print."""
    yield f"sentence {explanation.number}, characters {explanation.span.start} to {explanation.span.end}"
    yield " ".join(explanation.text.split())
    if explanation.furniture:
        yield "page furniture: marked, not coded"
    yield from _section("tree", explanation.tree)
    yield from _section("mentions", [_mention_line(mention) for mention in explanation.mentions])
    yield from _section("triggers", [line for trigger in explanation.triggers for line in _trigger_lines(trigger)])


def _section(title: str, lines: list[str] | tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines or ("none",))


def _mention_line(mention: ExplainedMention) -> str:
    link = mention.link
    chosen = "nobody asked who it is" if link is None else f"{show_actor(link)}: {link.reason} ({link.confidence:.2f})"
    return f"{mention.text}  [{mention.kind} {mention.confidence:.2f}]  → {chosen}"


def _trigger_lines(trigger: ExplainedTrigger) -> Iterator[str]:
    outcome = f"coded as {trigger.record}" if trigger.record else "not coded"
    yield f"{trigger.text} ({trigger.lemma}), characters {trigger.span.start} to {trigger.span.end}: {outcome}"
    yield from (f"  {_decision(decision)}" for decision in trigger.decisions)
    yield from (f"  not {_decision(refusal)}" for refusal in trigger.refusals)


def _decision(decision: Decision) -> str:
    return f"{decision.field} = {decision.value}  by {decision.by} ({decision.confidence:.2f}): {decision.reason}"
