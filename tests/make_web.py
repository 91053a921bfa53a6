"""Helpers of the tests of the page: a filled store, a browser without scripts, HTML read by its elements."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from starlette.testclient import TestClient

from dragoman.pipeline import Coded
from dragoman.store import Store
from dragoman.types.record import Event
from dragoman.types.text import Span
from dragoman.types.where import PlaceLink, PlacePrecision
from make_store import coded

VISIT = "Arman visited Armenia on 2024-04-15. Sona threatened Georgia on 2024-04-20.\nLeave a review"
AGAIN = "Arman visited Armenia on 2024-04-15. Armenia and Kazakhstan agreed on trade."
CLAIM = "Sona claimed that Arman perhaps visited Georgia. Kazakhstan shelled Georgia on 2024-05-02."
# Coordinates of a town that two states claim.
SHUSHA = PlaceLink(
    text="Shusha",
    span=Span(0, 5),
    name="Shusha",
    country="AZE",
    latitude=39.76,
    longitude=46.75,
    precision=PlacePrecision.CITY,
    disputed=("ARM", "AZE"),
)
_VOID = frozenset(("input", "link", "meta", "br", "img", "hr", "circle", "rect", "line", "path", "polyline"))


def fill(store: Store) -> None:
    """Adds the reports."""
    store.add(
        [
            coded(VISIT, id="d1", publisher="The Herald"),
            coded(AGAIN, id="d2", published="2024-04-17"),
            coded(CLAIM, id="d3", published="2024-05-03"),
        ]
    )


def event_of(store: Store, document: str = "d1", category: str = "CONSULT") -> str:
    """The id of the event of this category in a report."""
    return next(iter(store.events(document=document, type=category))).id


def placed(one: Coded, **place: object) -> Coded:
    """The same report with its events at a place, which has these values beside coordinates."""
    at = replace(SHUSHA, **place)
    records = tuple(replace(record, place=at) if isinstance(record, Event) else record for record in one.coding.records)
    return replace(one, coding=replace(one.coding, records=records))


@dataclass
class Elements(HTMLParser):
    """Start tags with their attributes, and whether every element was closed in order."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    balanced: bool = True

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def elements(html: str) -> Elements:
    """The elements of a page."""
    parser = Elements()
    parser.feed(html)
    parser.close()
    return parser


def text_of(html: str) -> str:
    """The words of a page, blanks evened out."""
    return " ".join("".join(elements(html).texts).split())


@dataclass
class Browser:
    """A browser without scripts: follows forms as a person would press them."""

    client: TestClient
    name: str
    page: str = ""

    @classmethod
    def of(cls, client: TestClient, name: str) -> "Browser":
        browser = cls(client=client, name=name)
        browser.open("/review")
        browser.send("/name", reviewer=name, then="/review")
        return browser

    def open(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text[:500]
        self.page = answer.text
        return self.page

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return found[1] if found else ""

    def send(self, path: str, expect: int = 200, **fields: str) -> str:
        form = {"form_token": self.hidden("form_token"), **fields}
        answer = self.client.post(path, data=form)
        assert answer.status_code == expect, text_of(answer.text)[200:900]
        self.page = answer.text
        return self.page

    def decide(self, record: str, judgement: str, expect: int = 200, **fields: str) -> str:
        """Presses a button of the review card that is shown."""
        card = {name: self.hidden(name) for name in ("seen", "judged", "decision", "order", "document")}
        return self.send(f"/review/{record}", expect, **{**card, "judgement": judgement, **fields})
