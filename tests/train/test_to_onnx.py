"""Graphs of a model folder, for those who have the `train` extra."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from dragoman.train.table import round_table

onnx = pytest.importorskip("onnx")
pytest.importorskip("torch")
to_onnx = pytest.importorskip("dragoman.train.to_onnx")


def test_packed_vectors_come_out_of_the_graph_as_they_are_rounded(tmp_path: Path) -> None:
    name = "encoder.embedding.subwords.weight"
    table = np.random.default_rng(1).normal(0.0, 0.05, (7, 384)).astype(np.float32)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", [name, "ids"], ["found"]), onnx.helper.make_node("Neg", ["found"], ["out"])],
        "core",
        [onnx.helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, ["sentences", "subwords"])],
        [onnx.helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, ["sentences", "subwords", 384])],
        [onnx.numpy_helper.from_array(table, name)],
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=8), tmp_path / "core.onnx")
    to_onnx.pack_vectors(tmp_path / "core.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "core.onnx"), providers=["CPUExecutionProvider"])
    ids = np.array([[0, 6, 2], [5, 5, 0]])
    (out,) = session.run(None, {"ids": ids})
    np.testing.assert_allclose(-out, round_table(table)[ids], atol=1e-6)


def test_positions_in_half_precision_give_the_same_sums(tmp_path: Path) -> None:
    name = "encoder.embedding.positions.weight"
    table = np.linspace(-0.1, 0.1, 12, dtype=np.float32).reshape(3, 4)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Add", [name, "x"], ["out"])],
        "core",
        [onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [3, 4])],
        [onnx.helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, [3, 4])],
        [onnx.numpy_helper.from_array(table, name)],
    )
    opset = [onnx.helper.make_opsetid("", 17)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=opset, ir_version=8), tmp_path / "core.onnx")
    to_onnx.halve_positions(tmp_path / "core.onnx")
    (left,) = onnx.load(tmp_path / "core.onnx").graph.initializer
    assert onnx.numpy_helper.to_array(left).dtype == np.float16
    session = onnxruntime.InferenceSession(str(tmp_path / "core.onnx"), providers=["CPUExecutionProvider"])
    (out,) = session.run(None, {"x": np.ones((3, 4), np.float32)})
    np.testing.assert_allclose(out, table + 1.0, atol=1e-4)
