"""How well retrieval, refusals and quotes do on labelled questions.

``dataset`` reads a labelled set, ``trial`` asks its questions, ``measures`` are the
figures, without any input or output.
"""

from knowledge.evaluation.dataset import (
    Benchmark,
    CheckedQuestion,
    read_dataset,
    sample,
)
from knowledge.evaluation.loading import Loaded, write_corpus
from knowledge.evaluation.measures import (
    Confidence,
    Figure,
    Measured,
    Miss,
    Observation,
    separations,
    summarise,
)
from knowledge.evaluation.trial import on_benchmark, on_questions

__all__ = [
    "Benchmark",
    "CheckedQuestion",
    "Confidence",
    "Figure",
    "Loaded",
    "Measured",
    "Miss",
    "Observation",
    "on_benchmark",
    "on_questions",
    "read_dataset",
    "sample",
    "separations",
    "summarise",
    "write_corpus",
]
