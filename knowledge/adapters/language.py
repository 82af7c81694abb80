"""Which language a text is in, of all that py3langid tells apart."""

import threading
from typing import Any

_ENOUGH = 20_000  # characters; more makes no answer surer


class LanguageDetector:
    """Implements ``metadata.DetectLanguage``; loads its model at the first call."""

    def __init__(self) -> None:
        self._identifier: Any = None
        self._loading = threading.Lock()

    def __call__(self, text: str) -> tuple[str, float]:
        """The likeliest language and its probability in 0..1."""
        with self._loading:
            if self._identifier is None:
                from py3langid.langid import MODEL_FILE, LanguageIdentifier

                self._identifier = LanguageIdentifier.from_model_file(
                    MODEL_FILE, norm_probs=True
                )
        language, probability = self._identifier.classify(text[:_ENOUGH])
        return str(language), float(probability)
