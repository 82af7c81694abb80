"""The vocabulary in use, kept in step with what was published here and elsewhere."""

import threading

from knowledge.term_ports import TermStore
from knowledge.terms.overlay import LiveVocabulary, laid_over
from knowledge.vocabulary import Vocabulary


class Following:
    """Keeps the vocabulary in use in step with the store. Safe between threads."""

    def __init__(
        self, terms: TermStore, base: Vocabulary, vocabulary: LiveVocabulary
    ) -> None:
        """``base`` is the vocabulary of the files, ``vocabulary`` what all read with."""
        self.terms = terms
        self.base = base
        self.vocabulary = vocabulary
        self._seen: tuple[str, int] | None = None
        self._guard = threading.Lock()

    def follow(self) -> None:
        """Lay over what was published or retracted since, here or by another process.

        Raises StoreUnavailable.
        """
        head = self.terms.head()
        if head == self._seen:
            return
        with self._guard:
            if head[1] == 0:
                self.vocabulary.now = self.base
            else:
                self.vocabulary.now = laid_over(self.base, self.terms.laid())
            self._seen = head  # what came meanwhile is seen the next time
