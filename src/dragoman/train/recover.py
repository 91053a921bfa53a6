"""The network of a model folder again, so that a new event branch can be trained without the joint stage.

The weights come back as the int8 graphs hold them: products of whole numbers and scales. Quantizing them again gives
the same whole numbers.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

# The graph's own names of what it holds, and where the network keeps them.
_PLACES = {
    "core": (("encoder.", "encoder."), ("heads.", "syntax.")),
    "labels": (("heads.", "syntax."),),
    "events": (("encoder.", "encoder."), ("heads.", "events.")),
    "codes": (("heads.", "events."),),
    "pairs": (("heads.", "pairs."),),
    "speech": (("heads.", "speech."),),
}
# The vectors of subwords are frozen, so those of MiniLM serve; the folder holds a part of them only.
_TABLE = "encoder.embedding.subwords."
_BRANCHES = ("embedding.", "trunk.", "syntax.", "events.")


def recover_weights(folder: Path) -> dict[str, Tensor]:
    """Every weight that the graphs of a model folder hold but the subwords' vectors, by its name in `Model`."""
    weights: dict[str, Tensor] = {}
    for graph, places in _PLACES.items():
        for name, value in _graph_weights(folder / f"{graph}.onnx"):
            start, replacement = next(place for place in places if name.startswith(place[0]))
            weights[replacement + name.removeprefix(start)] = torch.from_numpy(value.copy())
    return weights


def _graph_weights(path: Path) -> Iterator[tuple[str, np.ndarray]]:  # type: ignore[type-arg]
    graph = onnx.load(path).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for name, value in stored.items():
        if not name.startswith(("encoder.", "heads.")) or name.startswith(_TABLE):
            continue
        if name.endswith("weight_quantized"):
            yield name.removesuffix("_quantized"), _full(stored, name.removesuffix("_quantized"))
        elif name.endswith((".weight", ".bias", ".weight_half")):
            yield name.removesuffix("_half"), value.astype(np.float32)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in stored:
            yield _owner(node.name), _full(stored, node.input[1].removesuffix("_quantized")).T


def _full(stored: dict[str, np.ndarray], name: str) -> np.ndarray:  # type: ignore[type-arg]
    whole = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"].astype(np.float32)
    full: np.ndarray = whole * stored[f"{name}_scale"]  # type: ignore[type-arg]
    return full


def _owner(node: str) -> str:
    """`/trunk.0/query/MatMul_quant` is the product with `encoder.trunk.0.query.weight`."""
    path = ".".join(node.strip("/").split("/")[:-1]).removeprefix("heads.")
    return f"encoder.{path}.weight" if path.startswith(_BRANCHES) else f"heads.{path}.weight"
