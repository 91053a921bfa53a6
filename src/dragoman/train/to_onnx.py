"""The trained network as ONNX graphs, in full precision and in int8.

Graphs (S sentences, P subwords, W words with column 0 the root, N triggers or pairs):

    core    ids, shapes, mask (S,P), words (S,W)  ->  trunk (S,P,384), upos, xpos, rules (S,W-1), entities (S,W-1,tags),
                                                      arcs (S,W,W), dependent, head (S,W,256)
    labels  dependent, head (N,256)               ->  deprels (N,)
    events  trunk (S,P,384), mask (S,P), words    ->  states (S,W,384), triggers (S,W,categories)
    codes   states (S,W,384), mask (S,W), row, column (N,)  ->  categories, cameo, modes, statuses, attributions,
                                                            reciprocal, happened (N,classes), roles (N,W,roles)
    pairs   states (N,W,384), mask, source, target, role (N,W)  ->  categories, cameo (N,classes)
    speech  states (N,W,384), content, place (N,W)  ->  speech (N,W,2): speaker, cue
"""

import logging
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from dragoman.train.loop import Model
from dragoman.train.network import WIDTH, attention_bias, gather_words
from dragoman.train.table import pack_table

_TABLE = "encoder.embedding.subwords.weight"
_POSITIONS = "encoder.embedding.positions.weight"
GRAPHS = ("core", "labels", "events", "codes", "pairs", "speech")


class _Core(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.heads = model.encoder, model.syntax

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        bias = attention_bias(mask)
        shared = self.encoder.shared_states(ids, shapes, bias)
        states = gather_words(self.encoder.syntax_states(shared, bias), words)
        upos, xpos, rules, entities = self.heads.tags(states[:, 1:])
        dependent, head = self.heads.label_states(states)
        return (
            shared,
            upos.argmax(-1),
            xpos.argmax(-1),
            rules.argmax(-1),
            entities.log_softmax(-1),
            self.heads.arcs(states),
            dependent,
            head,
        )


class _Labels(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.heads = model.syntax

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        return self.heads.label_scores(dependent, head).argmax(-1)


class _Events(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.heads = model.encoder, model.events

    def forward(self, trunk: Tensor, mask: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        states = gather_words(self.encoder.event_states(trunk, attention_bias(mask)), words)
        return states, self.heads.trigger_scores(states)


class _Codes(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.heads = model.events

    def forward(self, states: Tensor, mask: Tensor, row: Tensor, column: Tensor) -> tuple[Tensor, ...]:
        return (*self.heads.code_scores(states, mask, row, column), self.heads.role_scores(states, row, column))


class _Pairs(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.heads = model.pairs

    def forward(self, states: Tensor, mask: Tensor, source: Tensor, target: Tensor, role: Tensor) -> tuple[Tensor, ...]:
        return self.heads(states, mask, source, target, role)  # type: ignore[no-any-return]


class _Speech(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.heads = model.speech

    def forward(self, states: Tensor, content: Tensor, place: Tensor) -> Tensor:
        return self.heads(states, content, place)  # type: ignore[no-any-return]


_WRAPPERS = {"core": _Core, "labels": _Labels, "events": _Events, "codes": _Codes, "pairs": _Pairs, "speech": _Speech}


def export_graphs(model: Model, folder: Path, *, quantize: bool = True) -> None:
    """Write every graph to `folder` as `NAME.onnx`, int8 unless `quantize` is False.

    Raises RuntimeError when a full-precision graph differs from the network by more than 1e-4.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name in GRAPHS:
            full = Path(scratch) / f"{name}.onnx"
            _export(name, model, full)
            if quantize:
                _quantize(full, folder / f"{name}.onnx")
            else:
                (folder / f"{name}.onnx").write_bytes(full.read_bytes())


def _export(name: str, model: Model, path: Path) -> None:
    wrapper = _WRAPPERS[name](model)
    # Exporting a wrapper in training mode would leave dropout on in every child.
    wrapper.eval()
    inputs, outputs, axes = _signature(name)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            wrapper,
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        _compare(wrapper, path, inputs, outputs)


def _signature(name: str) -> tuple[dict[str, Tensor], list[str], dict[str, dict[int, str]]]:
    ids = torch.randint(999, 2000, (2, 9))
    ids[1, 6:] = 0
    mask = (ids > 0).long()
    words = torch.tensor([[0, 1, 2, 4, 5], [0, 1, 3, 4, 0]])
    word_mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
    states = torch.randn(2, 5, WIDTH)
    subword, word = {0: "sentences", 1: "subwords"}, {0: "sentences", 1: "words"}
    if name == "core":
        outputs = ["trunk", "upos", "xpos", "rules", "entities", "arcs", "dependent", "head"]
        axes = {"ids": subword, "shapes": subword, "mask": subword, "words": word, "trunk": subword}
        axes |= {output: {0: "sentences", 1: "inner"} for output in ("upos", "xpos", "rules", "entities")}
        axes |= {"arcs": {0: "sentences", 1: "words", 2: "words"}, "dependent": word, "head": word}
        return {"ids": ids, "shapes": ids % 9, "mask": mask, "words": words}, outputs, axes
    if name == "labels":
        pair = {"dependent": torch.randn(3, 256), "head": torch.randn(3, 256)}
        return pair, ["deprels"], {"dependent": {0: "arcs"}, "head": {0: "arcs"}, "deprels": {0: "arcs"}}
    if name == "events":
        inputs = {"trunk": torch.randn(2, 9, WIDTH), "mask": mask, "words": words}
        axes = {"trunk": subword, "mask": subword, "words": word, "states": word, "triggers": word}
        return inputs, ["states", "triggers"], axes
    row = {0: "rows", 1: "words"}
    if name == "codes":
        outputs = ["categories", "cameo", "modes", "statuses", "attributions", "reciprocal", "happened", "roles"]
        axes = {"states": word, "mask": word, "row": {0: "rows"}, "column": {0: "rows"}, "roles": row}
        axes |= {output: {0: "rows"} for output in outputs[:-1]}
        places = {"row": torch.tensor([0, 1, 1]), "column": torch.tensor([1, 2, 3])}
        return {"states": states, "mask": word_mask, **places}, outputs, axes
    weights = torch.zeros(2, 5)
    weights[:, 1] = 1.0
    if name == "speech":
        inputs = {"states": states, "content": weights, "place": word_mask * 2}
        return inputs, ["speech"], dict.fromkeys((*inputs, "speech"), row)
    inputs = {"states": states, "mask": word_mask, "source": weights, "target": weights.flip(1), "role": word_mask * 3}
    axes = dict.fromkeys(inputs, row) | {"categories": {0: "rows"}, "cameo": {0: "rows"}}
    return inputs, ["categories", "cameo"], axes


def _compare(wrapper: nn.Module, path: Path, inputs: dict[str, Tensor], outputs: Sequence[str]) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    got = session.run(None, {name: value.numpy() for name, value in inputs.items()})
    expected = wrapper(*inputs.values())
    expected = expected if isinstance(expected, tuple) else (expected,)
    for output, mine, theirs in zip(outputs, expected, got, strict=True):
        difference = float(np.abs(mine.numpy().astype(np.float64) - theirs.astype(np.float64)).max())
        if difference > 1e-4:
            raise RuntimeError(f"graph {path.name}, output {output}: differs from the network by {difference:.2g}")


def _quantize(full: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)
    quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"])


def pack_vectors(graph: Path) -> None:
    """Keep the subword vectors of a core graph in four bits (`dragoman.train.table`)."""
    model = onnx.load(graph)
    stored = next(tensor for tensor in model.graph.initializer if tensor.name == _TABLE)
    packed = pack_table(numpy_helper.to_array(stored))
    model.graph.initializer.remove(stored)
    parts = {"numbers": packed.numbers, "steps": packed.steps, "lows": packed.lows}
    model.graph.initializer.extend(numpy_helper.from_array(part, f"{_TABLE}.{name}") for name, part in parts.items())
    constants = {
        "four": np.array(4, np.uint8),
        "blocks": np.array([0, 0, packed.steps.shape[1], -1], np.int64),
        "flat": np.array([0, 0, -1], np.int64),
        "last": np.array([-1], np.int64),
    }
    model.graph.initializer.extend(
        numpy_helper.from_array(value, f"{_TABLE}.{name}") for name, value in constants.items()
    )
    (place,) = [number for number, node in enumerate(model.graph.node) if _TABLE in node.input]
    gather = model.graph.node[place]
    model.graph.node.remove(gather)
    for node in reversed(_unpacking(gather.input[1], gather.output[0])):
        model.graph.node.insert(place, node)
    onnx.save(model, graph)


def _unpacking(ids: str, output: str) -> list[onnx.NodeProto]:
    """Nodes that gather rows and unpack them."""

    def of(name: str) -> str:
        return f"{_TABLE}.{name}"

    def shift(value: str, to: str, direction: str) -> onnx.NodeProto:
        return helper.make_node("BitShift", [value, of("four")], [to], direction=direction)

    return [
        helper.make_node("Gather", [of("numbers"), ids], [of("row")]),
        shift(of("row"), of("high"), "RIGHT"),
        shift(of("row"), of("raised"), "LEFT"),
        shift(of("raised"), of("low"), "RIGHT"),
        helper.make_node("Concat", [of("high"), of("low")], [of("whole")], axis=-1),
        helper.make_node("Cast", [of("whole")], [of("places")], to=TensorProto.FLOAT),
        helper.make_node("Reshape", [of("places"), of("blocks")], [of("blocked")]),
        *(
            node
            for part in ("steps", "lows")
            for node in (
                helper.make_node("Gather", [of(part), ids], [of(f"{part} halved")]),
                helper.make_node("Cast", [of(f"{part} halved")], [of(f"{part} flat")], to=TensorProto.FLOAT),
                helper.make_node("Unsqueeze", [of(f"{part} flat"), of("last")], [of(f"{part} of row")]),
            )
        ),
        helper.make_node("Mul", [of("blocked"), of("steps of row")], [of("stepped")]),
        helper.make_node("Add", [of("stepped"), of("lows of row")], [of("numbers of row")]),
        helper.make_node("Reshape", [of("numbers of row"), of("flat")], [output]),
    ]


def halve_positions(graph: Path) -> None:
    """Keep the position vectors of a core graph in half precision: they are sliced, which int8 does not reach."""
    model = onnx.load(graph)
    for tensor in model.graph.initializer:
        if tensor.name == _POSITIONS:
            half = numpy_helper.to_array(tensor).astype(np.float16)
            tensor.CopyFrom(numpy_helper.from_array(half, f"{_POSITIONS}_half"))
            cast = helper.make_node("Cast", [tensor.name], [_POSITIONS], to=TensorProto.FLOAT)
            model.graph.node.insert(0, cast)
            break
    onnx.save(model, graph)
