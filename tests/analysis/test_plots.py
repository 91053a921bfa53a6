import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import make_analysis as make
from dragoman.analysis import Frequency, PlotOptions, SeriesOptions, actor_series, both_ways, plot_series
from dragoman.analysis.plots import caption_of
from dragoman.errors import InputError

TOLD = [
    make.happening(f"h{n}", day=f"2024-{n % 12 + 1:02}-10", score=4.0 - n % 7, documents=(f"d{n}", "d"))
    for n in range(30)
]
SVG = "{http://www.w3.org/2000/svg}"


def test_svg_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        plot_series(both_ways(TOLD, "KAZ", "ARM"), tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_svg_names_what_it_shows_to_those_who_do_not_see_it(tmp_path: Path) -> None:
    plot_series(both_ways(TOLD, "KAZ", "ARM"), tmp_path / "out.svg", PlotOptions(labels=(("KAZ", "Kazakhstan <&>"),)))
    root = ET.parse(tmp_path / "out.svg").getroot()
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Kazakhstan <&> to ARM; ARM to Kazakhstan <&>"
    assert "30 events from 31 reports" in (root.findtext(f"{SVG}desc") or "")


def test_svg_holds_no_day_of_making(tmp_path: Path) -> None:
    plot_series(both_ways(TOLD, "KAZ", "ARM"), tmp_path / "out.svg")
    assert b"dc:date" not in (tmp_path / "out.svg").read_bytes()


def test_png_is_written_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        plot_series([actor_series(TOLD, "KAZ")], tmp_path / name, PlotOptions(score="goldstein"))
    written = (tmp_path / "one.png").read_bytes()
    assert written == (tmp_path / "two.png").read_bytes()
    assert written.startswith(b"\x89PNG")


@pytest.mark.parametrize("told", [[], TOLD[:1], [make.happening("u", day=None)]], ids=["none", "one", "undated"])
def test_little_can_be_drawn_too(tmp_path: Path, told: list[object]) -> None:
    plot_series(both_ways(told, "KAZ", "ARM"), tmp_path / "out.svg")  # type: ignore[arg-type]
    assert ET.parse(tmp_path / "out.svg").getroot().tag == f"{SVG}svg"


def test_long_series_is_drawn_with_a_ribbon(tmp_path: Path) -> None:
    plot_series(both_ways(TOLD, "KAZ", "ARM", SeriesOptions(frequency=Frequency.DAY)), tmp_path / "out.svg")
    assert (
        b"FillBetweenPolyCollection" in (tmp_path / "out.svg").read_bytes()
        or b"PolyCollection" in (tmp_path / "out.svg").read_bytes()
    )


def test_caption_counts_events_and_reports_and_what_is_not_drawn() -> None:
    told = [make.happening("a", documents=("d1", "d2")), make.happening("u", day=None)]
    caption = caption_of(both_ways(told, "KAZ", "ARM"), PlotOptions())
    assert caption.startswith("KAZ to ARM: 2 events from 2 reports (not drawn: 1 undated).")
    assert "Change points were not looked for in every series (too short)." in caption.replace("\n", " ")


@pytest.mark.parametrize(
    ("name", "score", "message"),
    [("out.pdf", "plover", "not as '.pdf'"), ("out.svg", "tone", "score 'tone' is not one of plover, goldstein")],
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, name: str, score: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        plot_series(both_ways(TOLD, "KAZ", "ARM"), tmp_path / name, PlotOptions(score=score))


def test_no_series_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to plot"):
        plot_series([], tmp_path / "out.svg")
