"""What an exported graph is made ready with: no paths of where it was exported, and
weights that are read where they lie."""

from pathlib import Path

import onnx
from onnx import TensorProto

BYTES = (TensorProto.INT8, TensorProto.UINT8)
"""Of one byte each: these may lie anywhere. What is wider may have to lie evenly."""

WORTH_IT = 4096  # bytes, the page of most systems


def without_traces(path: Path) -> None:
    """Write an ONNX file anew without notes and doc strings; what it computes stays."""
    model = onnx.load(path)
    graphs = [model.graph, *model.functions]
    for held in (model, *graphs, *(node for graph in graphs for node in graph.node)):
        held.ClearField("doc_string")
        held.ClearField("metadata_props")
    values = (*model.graph.input, *model.graph.output, *model.graph.value_info)
    for value in (*values, *model.graph.initializer):
        value.ClearField("doc_string")
        value.ClearField("metadata_props")
    onnx.save(model, path)


def weights_apart(path: Path) -> None:
    """``X.onnx`` as it is becomes ``X.weights``, and a new ``X.onnx`` points into it.

    ONNX Runtime maps such a file into memory: of a vocabulary's vectors only those that
    are used are ever read, and what is rewritten at opening is not held twice.
    """
    weights = path.with_suffix(".weights")
    path.replace(weights)
    whole = weights.read_bytes()
    model = onnx.load(weights)
    for tensor in model.graph.initializer:
        if tensor.data_type not in BYTES or len(tensor.raw_data) < WORTH_IT:
            continue
        place = {
            "location": weights.name,
            "offset": whole.index(tensor.raw_data),
            "length": len(tensor.raw_data),
        }
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
    path.write_bytes(model.SerializeToString())
