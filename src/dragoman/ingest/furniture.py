"""Page furniture: lines of a web page that are no part of the report. Pure.

They stay in the text, so that offsets hold, and are marked with a reason. A pattern must match a whole line, without
list marks and closing punctuation, so that no sentence which merely begins with such words is lost: "Share prices fell"
and "Copyright law changed" are sentences. Tried on 21,000 sentences of EWT and GUM: what is marked there is captions,
picture credits, keywords and copyright lines.
"""

import re
from collections.abc import Iterator

from dragoman.types.text import Furniture, Span

_PLATFORM = r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|viber|instagram|youtube|e-?mail)"
_PAGE = r"(?:article|story|post|page|news|link)"
_LEGAL = r"(?:privacy policy|terms (?:of|and) (?:use|service|conditions)|contact us|about us)"
_PICTURE = r"(?:file |handout )?(?:photo|photograph|picture|image|pic|illustration)"
_TAIL = r"(?: ?[:\-–—>|].{0,200})?"
_LETTER = r"(?:newsletter|channel|mailing list|podcast|briefing)s?"
_RELATED = r"(?:articles?|stories|story|news|topics?|content|posts?|coverage|reading)"

_PATTERNS = {
    "invitation to comment": (
        r"(?:please )?(?:leave|write|post|add|submit) (?:a|an|your|another) (?:review|comment|reply|response)",
        r"(?:\d+|no) comments?(?: yet)?",
        r"comments?(?: ?\(\d+\)| are closed)?",
        r"join the (?:conversation|discussion)",
    ),
    "share buttons": (
        rf"share(?: (?:this|the))?(?: {_PAGE})?",
        rf"(?:share|tweet|post|send|follow|like|pin) (?:this )?(?:on|via|by|to|with) (?:{_PLATFORM}|(?:a )?friends?)",
        rf"(?:print|e-?mail|save|bookmark)(?: this)?(?: {_PAGE})?|tweet|copy link|copied",
        rf"(?!x$){_PLATFORM}(?:[\s,|/·•]+{_PLATFORM})*",
    ),
    "link to other reports": (
        rf"(?:read|see|watch|you may|also)[ -](?:also|more|next|too|also like|read|see|full story){_TAIL}",
        rf"(?:related|recommended|similar|most read) {_RELATED}{_TAIL}",
        r"(?:trending|latest|popular)(?: (?:stories|news|now))?",
        r"more (?:from|on|about) (?:this|the) (?:topic|author|section|story|website)",
        r"(?:read|see) the full (?:story|article|report)(?: here)?|(?:continue|keep) reading",
    ),
    "newsletter": (
        r"(?:subscribe|sign ?up|register|join)(?: now| today| here| free)*",
        r"(?:subscribe|sign ?up) (?:to|for) our\b.{0,120}",
        rf"(?:subscribe to|join|sign up (?:to|for)) .{{0,60}}\b{_LETTER}\b.{{0,80}}",
        r"(?:get|receive) .{0,60}\b(?:newsletter|in your inbox|to your inbox)\b.{0,60}",
        r".{0,40}\bnewsletter sign-?up",
    ),
    "social media": (
        r"(?:follow|like|find|join) (?:us|@\w+)(?: (?:on|at|via)\b.{1,80})?",
        r"our (?:telegram|whatsapp|youtube) channel",
    ),
    "cookie notice": (
        r"(?:we|this (?:site|website|page)|our (?:site|website)) uses? cookies\b.{0,300}",
        r"(?:accept|reject|manage|allow)(?: all)? cookies|(?:accept|reject) all",
        r"cookie (?:policy|settings|preferences|notice|consent)",
        r"by (?:continuing|using|browsing|clicking)\b.{0,60}\b(?:(?:web)?site|page|accept)\b.{0,200}\bcookies?\b.*",
    ),
    "copyright notice": (
        r"©.{0,200}|\(c\) ?(?:19|20)\d\d.{0,200}",
        r"copyright ?(?:©|\(c\)|(?:19|20)\d\d).{0,200}",
        r".{0,160}\ball rights reserved",
    ),
    "picture credit": (
        rf"[\[(]?(?:{_PICTURE}|video|credit)s?(?: (?:credit|source|courtesy))?s? ?[:/].{{1,200}}",
        rf"[\[(]?{_PICTURE} (?:by|courtesy of|credit) [^.]{{1,80}}",
    ),
    "advertisement": (
        r"advertisement|advertising|sponsored(?: content| by [^.]{1,60})?|report this ad|skip ad",
        r"story continues below(?: this)?(?: advertisement)?",
    ),
    "page navigation": (
        r"skip to (?:main )?content|back to (?:top|home(?:page)?)|home|menu|search|log ?in|sign in|my account",
        r"load more|loading|(?:next|previous) (?:article|page)",
        rf"{_LEGAL}(?:[\s|·•,]+{_LEGAL})*",
        r"(?:tags?|topics?|filed under|categories|keywords) ?: ?[^.]{1,200}",
        r"\d+[ -]min(?:ute)?s?(?: read)?|download (?:our|the) app.{0,60}|click here\b[^.]{0,80}",
    ),
}
_END = r"[\s.:!»>…]*"
_FURNITURE = tuple(
    (reason, re.compile(rf"(?:{'|'.join(patterns)}){_END}", re.IGNORECASE)) for reason, patterns in _PATTERNS.items()
)
_LINE = re.compile(r"[^\n]+")
_MARKS = re.compile(r"[\s*•·>»|\-–—#]+")
_LONGEST = 400


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """Marks the lines that are page furniture, each with the reason.

    >>> [(mark.span.start, mark.reason) for mark in find_furniture("They met.\\nLeave a review.:\\n")]
    [(10, 'invitation to comment')]
    """
    return tuple(_furniture_lines(text))


def _furniture_lines(text: str) -> Iterator[Furniture]:
    for line in _LINE.finditer(text):
        content = line.group().rstrip()
        marks = _MARKS.match(content)
        skipped = marks.end() if marks else 0
        if reason := _furniture_reason(content[skipped:]):
            yield Furniture(span=Span(line.start() + skipped, line.start() + len(content)), reason=reason)


def _furniture_reason(content: str) -> str | None:
    if not content or len(content) > _LONGEST:
        return None
    return next((reason for reason, pattern in _FURNITURE if pattern.fullmatch(content)), None)
