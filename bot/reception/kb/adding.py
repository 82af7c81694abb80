"""What is brought in: read, shown, confirmed or mended, and handed in for a review."""

import asyncio
import re
from collections.abc import Callable, Mapping
from functools import partial

from bot import replies as all_replies
from bot.cards import Card, Form
from bot.catalogue import words
from bot.reception.kb.people import Moderator, for_moderators, privately
from bot.reception.kb.telling import REVIEW
from bot.reception.messages import Attachment, Reply, Submission, Visibility
from bot.reception.posting import new_key
from bot.replies import kb as replies
from bot.replies.kb import Doing, Verb, forms
from knowledge.errors import ChangedMeanwhile, StepRefused
from knowledge.metadata import LARGEST_BODY
from knowledge.model import Document, Proposal, ProposalState, Relation, Status
from knowledge.ports import Findings
from knowledge.reviews import Preview
from knowledge.reviews.particulars import SOURCE, TAGS

LONGEST_TEXT = forms.LONGEST_TEXT
MEGABYTE = 1024 * 1024

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


async def add(
    who: Moderator, link: str, files: Mapping[str, Attachment], text: str = ""
) -> Reply:
    """Read a link, a file or a text, and show what was found. Raises QuisError."""
    if not who.here.moderated:
        return privately(who, all_replies.no_moderators(who.language))
    if not link.strip() and not files and not text.strip():
        return _form(replies.add_form(who.language))
    found = await _read(who, link, files, text)
    if isinstance(found, Card):
        return privately(who, found)
    return await _begun(who, found, None)


async def correct(
    who: Moderator, document: str, files: Mapping[str, Attachment]
) -> Reply:
    """Begin a correction: what is held, to be changed. Raises QuisError."""
    if not who.here.moderated:
        return privately(who, all_replies.no_moderators(who.language))
    found: Findings | None = None
    if files:
        read = await _read(who, "", files, "")
        if isinstance(read, Card):
            return privately(who, read)
        found = read
    return await _begun(who, found, document)


async def link(who: Moderator, document: str, relation: str, other: str) -> Reply:
    """Say how a document stands to another: a draft for review. Raises QuisError."""
    if not who.here.moderated:
        return privately(who, all_replies.no_moderators(who.language))
    if relation.lower() not in list(Relation):
        return privately(who, replies.usage(_platform(who), who.language))
    key, caller, intake = new_key(), who.caller, who.reviews.intake
    held = await who.house.desk.aside(
        lambda: intake.link(
            key,
            caller.tenant,
            caller.user,
            words(who.language).language,
            document,
            Relation(relation.lower()),
            other.strip().lower(),
            who.actor,
            "",
        )
    )
    return await _handed_in(who, key, held)


async def press(who: Moderator, key: str, verb: Verb) -> Reply:
    """A button under what was found. Raises QuisError."""
    proposal = await _proposal(who, key)
    if proposal is None:
        return privately(who, replies.not_there(who.language))
    if proposal.state is not ProposalState.OPEN:
        return privately(who, replies.handed_in_already(who.language))
    if verb is Verb.DROP:
        reviews, tenant = who.reviews, who.caller.tenant
        await who.house.desk.aside(lambda: reviews.proposals.drop(tenant, key))
        card = replies.thrown_away(who.language)
        return Reply(card=card, visibility=Visibility.EDIT)
    preview = await who.house.desk.aside(lambda: who.reviews.intake.preview(proposal))
    match verb:
        case Verb.SOURCE:
            return _form(replies.source_form(key, preview.values, who.language))
        case Verb.TAGS:
            return _form(replies.tags_form(key, preview.values, who.language))
        case Verb.TEXT:
            held = preview.document
            text = proposal.body or (held.body if held else "")
            return _form(replies.text_form(key, text, who.language))
        case Verb.QUESTIONS:
            asked_in = preview.values.get("language", "")
            form = replies.questions_form(
                key, preview.questions, asked_in, who.language
            )
            return _form(form)
        case Verb.OFFER if not preview.ready:
            return Reply(card=_card(who, preview), visibility=Visibility.EDIT)
        case Verb.OFFER if proposal.target is not None:
            return _form(replies.reason_form(key, Doing(Verb.OFFER), who.language))
        case _:
            return await _offer(who, proposal, "")


async def submit(who: Moderator, key: str, verb: Verb, form: Submission) -> Reply:
    """A form that was filled in. Raises QuisError."""
    proposal = await _proposal(who, key)
    if proposal is None:
        return privately(who, replies.not_there(who.language))
    if proposal.state is not ProposalState.OPEN:
        return privately(who, replies.handed_in_already(who.language))
    values = form.values
    if verb is Verb.OFFER:
        return await _offer(who, proposal, line_of(values.get("reason", "")))
    if any(len(value) > LONGEST_TEXT for value in values.values()):
        longest = max(map(len, values.values()))
        card = replies.too_long(longest, LONGEST_TEXT, who.language)
        return privately(who, card)
    intake = who.reviews.intake
    if verb is Verb.QUESTIONS:
        lines = line_of(values.get("questions", ""))
        preview = await who.house.desk.aside(lambda: intake.ask(proposal, lines))
        return privately(who, _card(who, preview))
    text: str | None = None
    if verb is Verb.TEXT:
        text = values.get("text", "")
        if form.files:
            read = await _read(who, "", form.files, "")
            if isinstance(read, Card):
                return privately(who, read)
            text = read.body
        fields: dict[str, str] = {}
    else:
        names = SOURCE if verb is Verb.SOURCE else TAGS
        # What a person emptied does not come back from one of the platforms.
        fields = {name: line_of(values.get(name, "")) for name in names}
    preview = await who.house.desk.aside(lambda: intake.mend(proposal, fields, text))
    return privately(who, _card(who, preview))


async def _begun(who: Moderator, found: Findings | None, target: str | None) -> Reply:
    key, caller, intake = new_key(), who.caller, who.reviews.intake
    language = words(who.language).language
    preview = await who.house.desk.aside(
        lambda: intake.begin(key, caller.tenant, caller.user, language, found, target)
    )
    return privately(who, _card(who, preview))


async def _offer(who: Moderator, proposal: Proposal, reason: str) -> Reply:
    """Make the draft, and show it to the moderators. Raises QuisError."""
    intake = who.reviews.intake
    try:
        document = await who.house.desk.aside(
            lambda: intake.hand_in(proposal, who.actor, reason)
        )
    except ChangedMeanwhile:
        now = await _proposal(who, proposal.key)
        if now is None or now.state is ProposalState.OPEN:
            raise  # the document, and not what was brought in
        return privately(who, replies.handed_in_already(who.language))
    except StepRefused as error:
        refused = str(error.subject.get("document", ""))
        if not await _is_retracted(who, refused):
            raise
        platform = who.caller.tenant.platform
        return privately(who, replies.retracted(refused, platform, who.language))
    return await _handed_in(who, proposal.key, document)


async def _is_retracted(who: Moderator, document: str) -> bool:
    """Whether its newest revision was taken back. Raises QuisError."""
    reviews = who.reviews
    held = await who.house.desk.aside(lambda: reviews.review(document))
    return held.document.status is Status.RETRACTED


async def _handed_in(who: Moderator, key: str, document: Document) -> Reply:
    reviews = who.reviews
    review = await who.house.desk.aside(
        lambda: reviews.review(document.id, document.revision)
    )
    asked = await who.house.desk.aside(lambda: reviews.asked_elsewhere(document))
    card = replies.review_card(
        review,
        who.house.desk.names,
        who.person,
        two_person=who.two_person,
        language=who.moderators_language,
        asked=asked,
    )
    also = replies.handed_in(who.language)
    return for_moderators(who, card, also, f"{REVIEW}{key}")


async def _read(
    who: Moderator, link: str, files: Mapping[str, Attachment], text: str
) -> Findings | Card:
    """What is in it, of a file first; else what is said to who sent it.

    Raises QuisError.
    """
    reviews, language = who.reviews, who.language
    file = next(iter(files.values()), None)
    if file is not None:
        if file.size > LARGEST_BODY:
            return replies.too_large(LARGEST_BODY // MEGABYTE, language)
        try:
            content = await file.read()
        except OSError:
            return replies.not_sent(language)
        if len(content) > LARGEST_BODY:
            return replies.too_large(LARGEST_BODY // MEGABYTE, language)
        read = partial(reviews.in_file, file.name, content)
        return await _slowly(who, read)
    if link.strip():
        address = link.strip()
        if _SCHEME.match(address) is None:
            address = f"https://{address}"
        return await _slowly(who, lambda: reviews.at_address(address, who.actor))
    if len(text) > LONGEST_TEXT:
        return replies.too_long(len(text), LONGEST_TEXT, language)
    return await who.house.desk.aside(lambda: reviews.in_text(text))


async def _slowly(who: Moderator, work: Callable[[], Findings]) -> Findings:
    """Read what may take half a minute, beside the errands that nobody waits for."""
    async with who.house.reading:
        return await asyncio.to_thread(work)


async def _proposal(who: Moderator, key: str) -> Proposal | None:
    """What was brought in, where it was by this person."""
    reviews, caller = who.reviews, who.caller
    held = await who.house.desk.aside(lambda: reviews.proposals.get(caller.tenant, key))
    return held if held is not None and held.proposer == caller.user else None


def _card(who: Moderator, preview: Preview) -> Card:
    names = who.house.desk.names
    return replies.findings_card(preview, names, language=who.language)


def _form(form: Form) -> Reply:
    return Reply(card=None, visibility=Visibility.FORM, form=form)


def line_of(text: str) -> str:
    """A person's words without what no store can hold."""
    held = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return held.encode("utf-8", "ignore").decode("utf-8").strip()


def _platform(who: Moderator) -> str:
    return who.caller.tenant.platform
