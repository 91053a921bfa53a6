from pathlib import Path

import pytest

import make_analysis as make
from dragoman.analysis import Arc, arcs_of, build_network, load_network, write_network
from dragoman.errors import InputError

TOLD = [
    make.happening("a", confidence=1.0, score=4.0, documents=("d1", "d2")),
    make.happening("b", confidence=0.5, score=-5.0, quad="material_conflict", documents=("d2",)),
    make.happening("c", "ARM", "AZE", confidence=0.5, score=None, day=None),
]


def test_arcs_by_hand() -> None:
    assert arcs_of(TOLD) == (
        Arc(source="ARM", target="AZE", events=1, reports=1, expected=0.5, quads=(1, 0, 0, 0), goldstein_sum=0.95,
            goldstein_mean=1.9, plover_sum=0.0, plover_mean=None),
        Arc(source="KAZ", target="ARM", events=2, reports=2, expected=1.5, quads=(1, 0, 0, 1), goldstein_sum=2.85,
            goldstein_mean=1.9, plover_sum=1.5, plover_mean=1.0),
    )  # fmt: skip


def test_thin_arcs_can_be_left_out() -> None:
    assert [(arc.source, arc.target) for arc in arcs_of(TOLD, smallest=2)] == [("KAZ", "ARM")]


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_network_is_read_back_as_written(tmp_path: Path, ending: str) -> None:
    graph, path = build_network(arcs_of(TOLD), {"KAZ": "Kazakhstan & friends"}), tmp_path / f"net.{ending}"
    write_network(graph, path)
    back = load_network(path)
    assert back.is_directed()
    assert {name: data["label"] for name, data in back.nodes(data=True)} == {
        "ARM": "ARM", "AZE": "AZE", "KAZ": "Kazakhstan & friends",
    }  # fmt: skip
    for source, target, data in graph.edges(data=True):
        assert {key: value for key, value in back.edges[source, target].items() if key in data} == data


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_empty_network_is_written_and_read_back(tmp_path: Path, ending: str) -> None:
    write_network(build_network(()), tmp_path / f"net.{ending}")
    assert len(load_network(tmp_path / f"net.{ending}")) == 0


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_same_network_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        write_network(build_network(arcs_of(TOLD)), tmp_path / f"{name}.{ending}")
    written = [(tmp_path / f"{name}.{ending}").read_bytes() for name in ("one", "two")]
    assert written[0] == written[1]
    assert b"lastmodified" not in written[0]


def test_other_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"written as \.graphml or \.gexf, not as '\.dot'"):
        write_network(build_network(()), tmp_path / "net.dot")
