"""Networks of actors: who deals with whom, as a directed graph with counts and scores, for Gephi, igraph and others."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.analysis.estimates import estimate_score
from dragoman.analysis.values import QUADS, Happening
from dragoman.errors import InputError, ResourceError

Graph = Any  # networkx.DiGraph; the library is an extra and has no types of its own
_FORMATS = (".graphml", ".gexf")
# networkx writes the day of writing into GEXF; the same record must give the same bytes.
_WRITTEN_ON = re.compile(r' lastmodifieddate="[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """What `source` did to `target` over all happenings of a network. Means are None when no happening has a score."""

    source: str
    target: str
    events: int
    reports: int
    expected: float
    quads: tuple[int, ...]
    goldstein_sum: float
    goldstein_mean: float | None
    plover_sum: float
    plover_mean: float | None


def arcs_of(happenings: Iterable[Happening], *, smallest: int = 1) -> tuple[Arc, ...]:
    """The arcs with at least `smallest` events, sorted by source and target; time plays no part.

    `quads` are numbers of events in the order of `QUADS`.
    """
    grouped: dict[tuple[str, str], list[tuple[float, Happening]]] = {}
    for happening in happenings:
        for tie in happening.ties:
            grouped.setdefault((tie.source, tie.target), []).append((tie.confidence, happening))
    kept = sorted((ends, told) for ends, told in grouped.items() if len(told) >= smallest)
    return tuple(_arc(*ends, [p for p, _ in told], [one for _, one in told]) for ends, told in kept)


def _arc(source: str, target: str, sure: list[float], told: list[Happening]) -> Arc:
    goldstein = estimate_score(sure, [one.goldstein for one in told])
    plover = estimate_score(sure, [one.plover_score for one in told])
    return Arc(
        source=source,
        target=target,
        events=len(told),
        reports=len({document for one in told for document in one.documents}),
        expected=round(sum(sure), 6),
        quads=tuple(sum(one.quad == quad for one in told) for quad in QUADS),
        goldstein_sum=goldstein.sum.value,
        goldstein_mean=goldstein.mean.value if goldstein.mean else None,
        plover_sum=plover.sum.value,
        plover_mean=plover.mean.value if plover.mean else None,
    )


def build_network(arcs: Iterable[Arc], labels: Mapping[str, str] | None = None) -> Graph:
    """A networkx DiGraph: nodes are actors with a `label`, arcs carry the numbers; a mean that is None is left out.

    `weight` of an arc is its number of events. Raises ResourceError when the extra `analysis` is not installed.
    """
    graph = _networkx().DiGraph()
    kept = tuple(arcs)
    for name in sorted({name for arc in kept for name in (arc.source, arc.target)}):
        graph.add_node(name, label=(labels or {}).get(name, name))
    for arc in kept:
        graph.add_edge(arc.source, arc.target, **_attributes(arc))
    return graph


def _attributes(arc: Arc) -> dict[str, int | float]:
    given = {
        "weight": arc.events,
        "events": arc.events,
        "reports": arc.reports,
        "expected": arc.expected,
        **dict(zip(QUADS, arc.quads, strict=True)),
        "goldstein_sum": arc.goldstein_sum,
        "goldstein_mean": arc.goldstein_mean,
        "plover_sum": arc.plover_sum,
        "plover_mean": arc.plover_mean,
    }
    return {key: value for key, value in given.items() if value is not None}


def write_network(graph: Graph, path: Path) -> None:
    """Writes GraphML or GEXF, by the file's ending; the same graph always gives the same bytes.

    Raises InputError for another ending.
    """
    networkx = _networkx()
    ending = _ending(path)
    if ending == ".graphml":
        networkx.write_graphml_xml(graph, path)
        return
    text = _WRITTEN_ON.sub("", "\n".join(networkx.generate_gexf(graph)))
    path.write_text('<?xml version="1.0" encoding="utf-8"?>\n' + text + "\n", encoding="utf-8", newline="\n")


def load_network(path: Path) -> Graph:
    """The graph that a GraphML or GEXF file holds."""
    networkx = _networkx()
    return networkx.read_graphml(path) if _ending(path) == ".graphml" else networkx.read_gexf(path)


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in _FORMATS:
        raise InputError(f"{path}: a network is written as {' or '.join(_FORMATS)}, not as {ending or 'no ending'!r}")
    return ending


def _networkx() -> Any:
    try:
        import networkx
    except ImportError as error:
        raise ResourceError("networks need networkx: pip install 'dragoman[analysis]'") from error
    return networkx
