"""Passages tagged anew where the vocabulary has changed."""

from dataclasses import dataclass

from knowledge.model import Passage, Status
from knowledge.moderation.drafting import Drafting
from knowledge.ports import Progress

VOCABULARY_NOTE = "vocabulary"
"""The note that remembers by which vocabulary the passages are tagged."""

_RETAG = 500  # passages in one transaction


@dataclass(frozen=True, slots=True)
class Retagging:
    """Follows the vocabulary."""

    drafting: Drafting

    def retag(self, progress: Progress) -> int:
        """Tag all passages in use anew where the vocabulary has changed.

        Returns how many changed. Interruptible: begun again, it goes on.
        """
        if (
            self.drafting.store.note(VOCABULARY_NOTE)
            == self.drafting.vocabulary.fingerprint
        ):
            return 0
        changed = 0
        waiting: list[Passage] = []
        in_use = sorted(self._in_use())
        for done, (identifier, revision) in enumerate(in_use):
            progress("tagging", done, len(in_use))
            document = self.drafting.store.document(identifier, revision)
            waiting += [
                new
                for old in self.drafting.store.passages(identifier, revision)
                if (new := self.drafting.tagged(old, document)) != old
            ]
            if len(waiting) >= _RETAG:
                self.drafting.store.retag(waiting)
                changed, waiting = changed + len(waiting), []
        if waiting:
            self.drafting.store.retag(waiting)
        self.drafting.store.remember(
            VOCABULARY_NOTE, self.drafting.vocabulary.fingerprint
        )
        return changed + len(waiting)

    def _in_use(self) -> set[tuple[str, int]]:
        """The newest and the published revision of every document."""
        return {
            (document.id, document.revision)
            for status in (None, Status.PUBLISHED)
            for document in self.drafting.store.documents(status)
        }
