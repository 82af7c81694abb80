"""The engine: vetted documents in, quoted, dated, cited passages out. Knows no chat."""
