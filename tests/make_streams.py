"""Streams of coded reports for property tests: a few happenings, some told by many copies, and decisions on them."""

from hypothesis import strategies as st

from dragoman.pipeline import Coded
from dragoman.types.cluster import ClusterDecision, Joining
from dragoman.types.record import Status
from make_coded import coded, event

_SENTENCES = {
    "visited": ("President Wekesa of Kenya visited Ethiopia on Tuesday.", "CONSULT", "042"),
    "met": ("The leaders of Kenya and Ethiopia met in Addis Ababa to speak of the river.", "CONSULT", "040"),
    "shelled": ("Guns shelled the border post at Moyale before dawn, officers said.", "ASSAULT", "194"),
    "praised": ("A spokesman praised the road that both neighbours want to build.", "SUPPORT", "051"),
}
_CLOSING = " The agency's reporters were told so by three people in the two capitals who asked not to be named."
_DAYS = (None, "2027-03-08", "2027-03-10", "2027-03-11", "2027-03-30")


@st.composite
def reports(draw: st.DrawFn, name: str) -> Coded:
    words = draw(st.lists(st.sampled_from(sorted(_SENTENCES)), min_size=1, max_size=3, unique=True))
    text = " ".join(_SENTENCES[word][0] for word in words) + _CLOSING
    sides = st.sampled_from(["KEN", "ETH", "KEN ETH", "Wekesa"])
    events = [
        event(
            word, _SENTENCES[word][1], draw(sides), draw(sides), cameo=_SENTENCES[word][2],
            time=draw(st.sampled_from((None, None, "2027-03-09", "2027-03-10"))),
            status=draw(st.sampled_from((Status.ASSERTED, Status.ASSERTED, Status.PLANNED))),
            inner=draw(st.sampled_from((None, f"hp_{name}"))),
        )
        for word in words
    ]  # fmt: skip
    return coded(name, text, *events, published=draw(st.sampled_from(_DAYS)))


@st.composite
def streams(draw: st.DrawFn) -> list[Coded]:
    """Reports, some of them printed many times: more often than copies are compared."""
    stream = [draw(reports(f"r{number}")) for number in range(draw(st.integers(1, 5)))]
    for number in range(draw(st.integers(0, 12))):
        stream.append(_copy(stream[draw(st.integers(0, min(1, len(stream) - 1)))], f"c{number}"))
    return stream


def _copy(one: Coded, name: str) -> Coded:
    events = [
        {
            "word": record.trigger_text, "category": record.category, "sources": record.sources,
            "targets": record.targets, "status": record.status, "time": record.time, "cameo": record.cameo,
            "mode": record.mode, "place": record.place, "inner": record.cluster and f"hp_{name}",
        }
        for record in one.coding.records
    ]  # fmt: skip
    published = one.document.published
    return coded(name, one.document.text, *events, published=published and published.isoformat())


@st.composite
def choices(draw: st.DrawFn, records: list[str]) -> tuple[ClusterDecision, ...]:
    """Up to three decisions on records of the stream."""
    found = []
    for number in range(draw(st.integers(0, 3)) if len(records) > 1 else 0):
        named = draw(st.lists(st.sampled_from(records), min_size=2, max_size=4, unique=True))
        joining = draw(st.sampled_from(list(Joining)))
        at = f"2027-04-0{draw(st.integers(1, 4))}T00:00:00Z"
        found.append(ClusterDecision(id=f"k{number}", joining=joining, records=tuple(named), by="ada", decided_at=at))
    return tuple(found)
