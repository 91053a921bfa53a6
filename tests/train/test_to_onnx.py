"""Graphs of a model folder, for those who have the `train` extra."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx")
pytest.importorskip("torch")
to_onnx = pytest.importorskip("dragoman.train.to_onnx")


@pytest.mark.parametrize("name", ["encoder.embedding.subwords.weight", "encoder.embedding.subwords.weight_quantized"])
def test_table_keeps_the_rows_asked_for(tmp_path: Path, name: str) -> None:
    table = np.arange(12, dtype=np.uint8).reshape(6, 2)
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Gather", [name, "ids"], ["out"])],
        "core",
        [onnx.helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, ["n"])],
        [onnx.helper.make_tensor_value_info("out", onnx.TensorProto.UINT8, ["n", 2])],
        [onnx.numpy_helper.from_array(table, name)],
    )
    onnx.save(onnx.helper.make_model(graph), tmp_path / "core.onnx")
    to_onnx.prune_table(tmp_path / "core.onnx", {4, 1})
    (left,) = onnx.load(tmp_path / "core.onnx").graph.initializer
    assert onnx.numpy_helper.to_array(left).tolist() == [[2, 3], [8, 9]]


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
