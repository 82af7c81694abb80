"""What is held and answered → plain values, for machines. (pure)

Their keys are a contract with whoever reads them: add keys, never change or drop one.
"""

from bot.records.answers import (
    Record,
    answer_record,
    coverage_records,
    source_record,
)
from bot.records.documents import document_record, ledger_record, passage_record

__all__ = [
    "Record",
    "answer_record",
    "coverage_records",
    "document_record",
    "ledger_record",
    "passage_record",
    "source_record",
]
