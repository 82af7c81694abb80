"""Passages tagged anew where the vocabulary has changed."""

from collections.abc import Callable
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
        return self._retag(lambda _: True, progress)

    def retag_for(
        self, before: str, touches: Callable[[str], bool], progress: Progress
    ) -> int:
        """Tag those anew whose text may be read otherwise since a vocabulary.

        ``before`` is its fingerprint: where the passages are tagged by yet another one,
        all are looked at.
        """
        if self.drafting.store.note(VOCABULARY_NOTE) != before:
            return self.retag(progress)
        return self._retag(touches, progress)

    def _retag(self, touches: Callable[[str], bool], progress: Progress) -> int:
        changed = 0
        waiting: list[Passage] = []
        in_use = sorted(self._in_use())
        for done, (identifier, revision) in enumerate(in_use):
            progress("tagging", done, len(in_use))
            document = self.drafting.store.document(identifier, revision)
            if not touches(document.body):
                continue
            waiting += [
                new
                for old in self.drafting.store.passages(identifier, revision)
                if touches(old.text)
                and (new := self.drafting.tagged(old, document)) != old
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
