"""The map as SVG text: the graticule, the marks over it, and the names beside them. Pure.

No borders are drawn. Geometry that shows contested areas and lines as contested (Natural Earth 5 or later) is in no
package registry, and what registries have shows them as settled, one way or the other.
"""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from dragoman.web.mapping.marks import Mark, draw_labels, draw_shape, tell
from dragoman.web.mapping.sheet import WIDTH, Sheet, say_degree
from dragoman.web.mapping.spots import events_at
from dragoman.web.words import reveal


def draw_map(
    marks: Sequence[Mark],
    sheet: Sheet,
    *,
    title: str,
    names: Mapping[str, str],
    asked: Sequence[tuple[str, str]] = (),
) -> Markup:
    """The sheet with its marks; each opens its events, narrowed by `asked`. `names` are those of country codes."""
    drawn = (*_graticule(sheet), *(_mark(mark, names, asked) for mark in marks), draw_labels(marks, sheet.height))
    return Markup(  # every text below went through escape
        f'<svg class="chart map" viewBox="0 0 {WIDTH:.0f} {sheet.height:.0f}" role="group"'
        f' aria-label="{escape(reveal(title))}"><title>{escape(reveal(title))}</title>{"".join(drawn)}</svg>'
    )


def _graticule(sheet: Sheet) -> Iterator[str]:
    top, low = (max(0.0, min(sheet.height, sheet.at(pole, sheet.west)[1])) for pole in (90, -90))
    for line in sheet.meridians():
        yield f'<line class="grid" x1="{line.at:.1f}" y1="{top:.1f}" x2="{line.at:.1f}" y2="{low:.1f}"/>'
        if line.at < WIDTH - 34:
            said = say_degree(line.degree, "EW")
            yield f'<text class="tick start" x="{line.at + 3:.1f}" y="{sheet.height - 4:.1f}">{said}</text>'
    left, right = sheet.at(0, sheet.west)[0], sheet.at(0, sheet.east)[0]
    for line in sheet.parallels():
        kind = "equator" if line.degree == 0 else "grid"
        yield f'<line class="{kind}" x1="{left:.1f}" y1="{line.at:.1f}" x2="{right:.1f}" y2="{line.at:.1f}"/>'
        if 12 < line.at < sheet.height - 18:
            said = "Equator" if line.degree == 0 else say_degree(line.degree, "NS")
            yield f'<text class="tick start" x="3" y="{line.at - 3:.1f}">{said}</text>'


def _mark(mark: Mark, names: Mapping[str, str], asked: Sequence[tuple[str, str]]) -> str:
    number = len(mark.spots) if len(mark.spots) > 1 else 0
    shape = draw_shape(mark.shape, mark.x, mark.y, mark.radius, disputed=mark.disputed, number=number)
    said = escape(reveal(tell(mark, names)))
    return f'<a href="{escape(events_at(mark.spots, asked))}" tabindex="-1"><title>{said}</title>{shape}</a>'
