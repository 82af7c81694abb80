"""What would become of a text that was brought in, as it stands; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge import metadata
from knowledge.errors import InvalidInput, UnreadableFile
from knowledge.model import LANGUAGES, LIVE, Document, OwnQuestion, Proposal
from knowledge.moderation import Moderation
from knowledge.moderation.kinship import strangers
from knowledge.moderation.reviewing import published_of
from knowledge.own_questions.flaws import Flaw, flaws
from knowledge.own_questions.lines import by_language
from knowledge.passages import cut
from knowledge.ports import Findings, Store
from knowledge.resemblance import sketch
from knowledge.reviews.particulars import (
    SOURCE,
    TAGS,
    filled,
    given_of,
    given_questions,
    said_of,
)

PASTED = "text"
"""The origin of what somebody pasted."""

_MOST_NAMESAKES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a proposal would be as it stands, and what it lacks.

    ``values`` are those of the two forms. ``missing`` are keys that publishing asks for.
    ``problem`` says what cannot be, in a line; then there is no ``document``.
    ``near`` as in ``Review``. ``questions`` are its own, also those with ``flaws``, of
    which the ``document`` has none that a person gave; ``asked`` as in ``asked_elsewhere``.
    """

    proposal: Proposal
    values: Mapping[str, str]
    document: Document | None
    passages: int
    missing: tuple[str, ...]
    near: tuple[tuple[str, int], ...] = ()
    problem: InvalidInput | None = None
    questions: tuple[OwnQuestion, ...] = ()
    flaws: tuple[tuple[OwnQuestion, Flaw], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be proposed."""
        faulty = self.missing or self.problem or self.flaws
        return self.document is not None and not faulty


@dataclass(frozen=True, slots=True, kw_only=True)
class Previews:
    """Any method may raise StoreUnavailable."""

    store: Store
    moderation: Moderation

    def of(self, proposal: Proposal) -> Preview:
        """What it would be as it stands."""
        missing: tuple[str, ...] = ()
        problem: InvalidInput | None = None
        document: Document | None = None
        given = given_questions(proposal)
        wrong = tuple(flaws(given or ()))
        sound = _without(proposal, [question for question, _ in wrong])
        try:
            if proposal.target is not None:
                document = self._correction(sound)
            else:
                document, missing = self._addition(sound)
            passages = cut(replace(document, revision=1))
            if not passages:
                reason = "there is no sentence in it to quote"
                problem = UnreadableFile(path=proposal.origin, reason=reason)
        except InvalidInput as error:
            problem, passages = error, ()
        near: tuple[tuple[str, int], ...] = ()
        asked: tuple[tuple[str, str], ...] = ()
        if document is not None:
            drafting = self.moderation.drafting
            near = drafting.near_duplicates(document.id, sketch(document.body))
            missing = (*missing, *lacking(document))
            if given is None and proposal.target is None:  # those of a file
                wrong = tuple(flaws(document.questions))
            given = document.questions if given is None else given
            asked = asked_elsewhere(self.store, document)
        return Preview(
            proposal=proposal,
            values=filled(document) | _blank(missing)
            if document
            else _as_said(proposal),
            document=document,
            passages=len(passages),
            missing=tuple(dict.fromkeys(missing)),
            near=near,
            problem=problem,
            questions=given or (),
            flaws=wrong,
            asked=asked,
        )

    def _addition(self, proposal: Proposal) -> tuple[Document, tuple[str, ...]]:
        """A draft, and what had to be made up for it."""
        said = said_of(proposal)
        language, sure = self.moderation.detect(proposal.body)
        made_up = {"title": "?", "kind": "press"}
        if not sure >= metadata.SURE or language not in LANGUAGES:
            made_up["language"] = "en"
        missing = tuple(key for key in made_up if key not in said)
        said = {**made_up, **said, "id": self.id_of(proposal, said)}
        return self._draft(proposal, said), missing

    def _draft(self, proposal: Proposal, said: Mapping[str, object]) -> Document:
        findings = Findings(origin=proposal.origin, body=proposal.body, metadata=said)
        return self.moderation.drafting.draft(findings, {}, None)

    def _correction(self, proposal: Proposal) -> Document:
        held = self.store.document(proposal.target or "")
        findings = Findings(
            origin=held.id, body=proposal.body or held.body, metadata={}
        )
        given = {**given_of(proposal), "id": held.id}
        return self.moderation.drafting.draft(findings, given, held)

    def id_of(self, proposal: Proposal, said: Mapping[str, object]) -> str:
        """Its own id; else one that no other text has.

        What is held of the same page, or nearly in the same words, it is a revision of.
        """
        if "id" in said:
            return str(said["id"])
        if proposal.origin == PASTED:
            wanted = metadata.slug(str(said.get("title", PASTED)))
        else:
            wanted = metadata.identity(proposal.origin, {}, {})
        wanted = wanted[:70].strip("-")
        wanted = wanted if len(wanted) > 1 else f"text-{wanted}".strip("-")
        for number in range(1, _MOST_NAMESAKES):
            identifier = wanted if number == 1 else f"{wanted}-{number}"
            held = self.moderation.drafting.newest(identifier)
            if held is None or not self._is_stranger(held, proposal, said):
                return identifier
        return f"{wanted}-{proposal.key.lower()[:4]}"

    def _is_stranger(
        self, held: Document, proposal: Proposal, said: Mapping[str, object]
    ) -> bool:
        try:
            made_up = {"title": "?", "kind": "press", "language": "en"}
            draft = self._draft(proposal, {**made_up, **said, "id": held.id})
        except InvalidInput:
            return True
        url = proposal.found.get("url")
        found = {"url": url} if url else {}
        findings = Findings(origin="", body=draft.body, metadata={}, found=found)
        return strangers(held, draft, findings)


def lacking(document: Document) -> tuple[str, ...]:
    """The fields that publishing asks for; ``date`` is one of two."""
    source = document.sources[0] if document.sources else None
    keys = [k for k in ("publisher", "url") if not source or not getattr(source, k)]
    problems = metadata.lacking(document)
    dated = any(problem.startswith("a date") for problem in problems)
    return (*keys, *(["date"] if dated else []))


def asked_elsewhere(store: Store, document: Document) -> tuple[tuple[str, str], ...]:
    """(own question, document) of those that another document has word for word.

    Both may well answer it; a reader who asks it is shown both, so somebody ought to have
    looked. Raises StoreUnavailable.
    """
    own = {_compared(question): question.text for question in document.questions}
    if not own:
        return ()
    return tuple(
        (own[key], other.id)
        for newest in store.documents()
        if newest.id != document.id and (other := _in_use(store, newest)) is not None
        for key in dict.fromkeys(map(_compared, other.questions))
        if key in own
    )


def _compared(question: OwnQuestion) -> tuple[str, str]:
    return question.language, question.text.casefold()


def _in_use(store: Store, newest: Document) -> Document | None:
    """The revision that answers or may soon: of what was retracted or rejected, none."""
    if newest.status in LIVE:
        return newest
    return published_of(store.revisions(newest.id))


def _without(proposal: Proposal, unsound: Sequence[OwnQuestion]) -> Proposal:
    """The proposal with none of these questions among what was given."""
    given = given_questions(proposal)
    if given is None or not unsound:
        return proposal
    kept = by_language([question for question in given if question not in unsound])
    return replace(proposal, given={**proposal.given, "questions": kept})


def _as_said(proposal: Proposal) -> dict[str, str]:
    """The forms' values where no draft can be made of them."""
    said = said_of(proposal)
    values = {}
    for key in (*SOURCE, *TAGS):
        value = said.get(key, "")
        many = isinstance(value, list | tuple)
        values[key] = ", ".join(map(str, value)) if many else str(value)  # type: ignore[call-overload]
    return values


def _blank(missing: tuple[str, ...]) -> dict[str, str]:
    """What was made up is not what was found."""
    return {key: "" for key in missing if key in (*SOURCE, *TAGS)}
