"""An exported graph without what tells where it was exported: stack traces with paths."""

from pathlib import Path

import onnx


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
