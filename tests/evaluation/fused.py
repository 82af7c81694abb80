"""A graph with fewer, larger nodes: what it says stays, and it says it sooner.

``python -m tests.evaluation.fused judge.onnx`` writes the file anew. Needs ``onnx`` alone,
and neither weights nor torch: an exported graph can be rewritten later. ``export_judge`` and
``export_encoder`` call it.

* Gelu, exported as five nodes that each go through the widest values, is one;
* of a judge, the last layer is computed of the first token alone, the only one that is read.

Attention as one node was tried too (``MultiHeadAttention``): it takes as long, or longer.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import onnx
from onnx import helper

FUSED = "com.microsoft"
"""Where ONNX Runtime keeps the nodes that the standard does not know."""


class UnknownShape(ValueError):
    """The graph was exported in another way than this knows."""


class _Wires:
    """Which node makes a value, and which take it."""

    def __init__(self, graph: Any) -> None:
        self.graph = graph
        self.maker = {name: node for node in graph.node for name in node.output}
        self.takers: dict[str, list[Any]] = defaultdict(list)
        for node in graph.node:
            for name in node.input:
                self.takers[name].append(node)

    def after(self, node: Any, kind: str) -> Any:
        """The only node that takes what this one makes."""
        (found,) = self.takers[node.output[0]]
        return _expected(found, kind)

    def before(self, node: Any, kind: str, place: int = 0) -> Any:
        """The node that makes an input of this one."""
        return _expected(self.maker.get(node.input[place]), kind)

    def put(self, new: Any, before: Any) -> None:
        """Add a node in front of another."""
        self.graph.node.insert(list(self.graph.node).index(before), new)

    def replace(self, old: Sequence[Any], new: Any) -> None:
        """The last of ``old`` makes what the new one does from now on."""
        self.put(new, old[-1])
        for node in old:
            self.graph.node.remove(node)


def _expected(node: Any, kind: str) -> Any:
    if node is None or node.op_type != kind:
        found = "nothing" if node is None else node.op_type
        raise UnknownShape(f"{kind} was expected, {found} is there")
    return node


def fused(path: Path) -> None:
    """Write a judge's graph anew. Raises UnknownShape for one that is not as exported."""
    model = onnx.load(path)
    _fuse_gelus(model)
    _first_token_alone(_Wires(model.graph))
    onnx.save(model, path)


def with_gelus(path: Path) -> None:
    """Write any graph anew, whose weights may lie beside it. Raises UnknownShape."""
    model = onnx.load(path, load_external_data=False)
    _fuse_gelus(model)
    path.write_bytes(model.SerializeToString())


def _fuse_gelus(model: Any) -> None:
    wires = _Wires(model.graph)
    gelus = list(_gelus(wires))
    if not gelus:
        raise UnknownShape("there is no Erf: it was rewritten before")
    for old, new in gelus:
        wires.replace(old, new)
    if not any(held.domain == FUSED for held in model.opset_import):
        model.opset_import.append(helper.make_opsetid(FUSED, 1))
    del model.graph.value_info[:]


def _gelus(wires: _Wires) -> Iterator[tuple[Sequence[Any], Any]]:
    """x · ½ · (1 + erf(x / √2))"""
    for erf in [node for node in wires.graph.node if node.op_type == "Erf"]:
        divided = wires.before(erf, "Div")
        added = wires.after(erf, "Add")
        halved = wires.after(added, "Mul")
        whole = wires.after(halved, "Mul")
        if divided.input[0] not in whole.input:
            raise UnknownShape("an Erf that is no Gelu")
        new = helper.make_node("Gelu", divided.input[:1], whole.output, domain=FUSED)
        yield (divided, erf, added, halved, whole), new


def _first_token_alone(wires: _Wires) -> None:
    """Behind the last attention nothing is computed of any other token."""
    (chosen,) = (
        node
        for node in wires.graph.node
        if node.op_type == "Gather"
        and node.input[0] in wires.maker
        and wires.maker[node.input[0]].op_type == "LayerNormalization"
    )
    last = wires.before(chosen, "LayerNormalization")
    middle = wires.before(wires.before(last, "Add"), "LayerNormalization", 1)
    summed = wires.before(middle, "Add")
    scaled = wires.before(wires.before(summed, "Add"), "Mul")
    product = wires.before(wires.before(scaled, "Cast"), "MatMulInteger")
    measured = wires.before(product, "DynamicQuantizeLinear")
    for node, place in ((measured, 0), (summed, 1)):
        name = f"first_of_{node.input[place]}"
        inputs = [node.input[place], chosen.input[1]]
        wires.put(helper.make_node("Gather", inputs, [name], axis=1), node)
        node.input[place] = name
    for node in wires.takers[chosen.output[0]]:
        for place, name in enumerate(node.input):
            if name == chosen.output[0]:
                node.input[place] = last.output[0]
    wires.graph.node.remove(chosen)


if __name__ == "__main__":
    fused(Path(sys.argv[1]))
