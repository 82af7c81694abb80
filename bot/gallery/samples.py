"""The cards of a gallery: real answers over a few starter documents, and all the others.

What a reader wrote is made up here; what is said of the world is quoted as everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import replies
from bot.cards import Card, Form
from bot.gallery import newsroom, papers, vetting
from bot.gallery.scene import (
    CHANNEL,
    DOCUMENTS,
    GROUP,
    KEY,
    MISSPELT,
    NO_QUESTION,
    NOT_ANSWERED,
    NOT_HELD,
    NOT_KNOWN,
    OF_LAW,
    PLACE,
    REASON,
    USER,
    VENDOR,
    Scene,
)
from bot.gallery.words import notices
from bot.replies import kb as moderating
from bot.timeline import draw
from knowledge.errors import QuestionTooLong
from knowledge.library import Library
from knowledge.model import (
    Answered,
    AnswersWhen,
    ChannelSettings,
    Evidence,
    Fall,
    Marking,
    Place,
    Post,
    Report,
    ReportKind,
    Request,
    RequestState,
    TenantSettings,
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A card or form with the name that its files get."""

    name: str
    shown: Card | Form


def exhibits(
    library: Library, platform: str, language: str, now: datetime
) -> tuple[Exhibit, ...]:
    """Every kind of card and form, as ``platform`` is given them.

    ``library`` holds DOCUMENTS. Raises QuisError.
    """
    scene = Scene(library, platform, language, now)
    groups = (_answers(scene), _under(scene), _held(scene), _fixed(scene))
    made = [exhibit for group in groups for exhibit in group]
    made += _read_otherwise(scene)
    made += [Exhibit(f"form-{form.id.split(':')[1]}", form) for form in _forms(scene)]
    made += _moderators(scene)
    made += [
        Exhibit(f"notice-{name}", card)
        for name, card in notices(scene.platform, language)
    ]
    return tuple(made)


def _answers(scene: Scene) -> Iterator[Exhibit]:
    library, answered = scene.library, scene.answered
    yield Exhibit("answer", scene.card(answered))
    yield Exhibit("answer-private", scene.card(answered, private=True))
    yield Exhibit("answer-follow-up", scene.card(answered, asked="and in Italy?"))
    yield Exhibit("answer-unmoderated", scene.card(answered, moderated=False))
    for name, question in (
        ("answer-misspelt", MISSPELT),
        ("answer-law", OF_LAW),
        ("refusal", NOT_HELD),
        ("refusal-not-answered", NOT_ANSWERED),
        ("refusal-unknown", NOT_KNOWN),
        ("greeting", NO_QUESTION),
    ):
        yield Exhibit(name, scene.card(library.ask(question, limit=10)))


def _under(scene: Scene) -> Iterator[Exhibit]:
    """What the buttons under an answer lead to."""
    answer, names = scene.answered, scene.library.vocabulary
    if not isinstance(answer, Answered):
        return
    post, evidence = scene.post(answer), answer.evidence
    yield Exhibit(
        "more",
        replies.more(
            post,
            evidence,
            names,
            scene.today,
            start=replies.SHOWN,
            language=scene.language,
        ),
    )
    yield from _corrected(scene, post, evidence)
    yield Exhibit("context", _context(scene, evidence))
    why = replies.why(post, evidence, names, scene.today, language=scene.language)
    yield Exhibit("why", why)
    refusal = scene.post(scene.library.ask(NOT_HELD))
    why = replies.why(refusal, (), names, scene.today, language=scene.language)
    yield Exhibit("why-refused", why)
    taken = papers.cards(scene.library, evidence, post.key, scene.language)
    yield from (Exhibit(name, card) for name, card in taken)


def _corrected(
    scene: Scene, post: Post, evidence: Sequence[Evidence]
) -> Iterator[Exhibit]:
    """The answer after its first quote was retracted, and the word of it."""
    fallen = evidence[0].document
    marking = Marking(
        post=post.key,
        change=1,
        document=fallen.id,
        fall=Fall.RETRACTED,
        by=None,
        revision=fallen.revision,
        reason=REASON,
        at=scene.now,
    )
    answer = scene.card(scene.answered)
    marked = replies.marked(answer, evidence, [marking], {}, language=scene.language)
    yield Exhibit("marked", marked)
    yield Exhibit("letter", replies.letter(marked, post, language=scene.language))
    yield Exhibit(
        "correction",
        replies.correction(
            post, evidence, [marking], {}, told=(), through=1, language=scene.language
        ),
    )


def _context(scene: Scene, evidence: Sequence[Evidence]) -> Card:
    """Around the first passage that has something around it, else around the first."""
    chosen, around = 0, evidence[0].quote
    for number, each in enumerate(evidence[: replies.SHOWN]):
        found = scene.library.around(each.passage.id, each.quote)
        if found is not None and found.span != each.quote:
            chosen, around = number, found.span
            break
    return replies.context(
        evidence[chosen],
        around,
        scene.today,
        number=chosen + 1,
        others=[n + 1 for n in range(replies.SHOWN) if n != chosen],
        key=KEY,
        language=scene.language,
    )


def _held(scene: Scene) -> Iterator[Exhibit]:
    library, names, language = scene.library, scene.library.vocabulary, scene.language
    rows = library.coverage(VENDOR, None)
    card = replies.coverage(rows, names, vendor=VENDOR, language=language)
    yield Exhibit("coverage", card)
    card = replies.coverage(library.coverage(), names, language=language)
    yield Exhibit("coverage-all", card)
    for name, vendor in (("vendor", VENDOR), ("vendor-nothing", "nec")):
        card = replies.profile(library.profile(vendor), names, language=language)
        yield Exhibit(name, card)
    for name, place in (("country", PLACE), ("country-nothing", "JP")):
        card = replies.country(library.country(place), names, language=language)
        yield Exhibit(name, card)
    for name, of in (("laws", None), ("laws-of-a-place", PLACE), ("laws-none", "JP")):
        card = replies.laws(library.laws(of), names, place=of, language=language)
        yield Exhibit(name, card)
    cited = library.sources(VENDOR, PLACE)
    card = replies.sources(cited, names, vendor=VENDOR, place=PLACE, language=language)
    yield Exhibit("sources", card)
    events = library.dated_events(VENDOR, None)
    picture = draw(events, names.vendor_name(VENDOR), language) if events else None
    card = replies.timeline(picture, names, vendor=VENDOR, undated=1, language=language)
    yield Exhibit("timeline", card)
    card = replies.timeline(None, names, vendor="nec", language=language)
    yield Exhibit("timeline-nothing", card)


def _fixed(scene: Scene) -> Iterator[Exhibit]:
    platform, language = scene.platform, scene.language
    yield Exhibit("welcome", replies.welcome(platform, language))
    yield Exhibit("help", replies.help_card(platform, language))
    yield Exhibit("privacy", replies.privacy(language))
    keeping = replies.privacy(language, keeps_refused=True, listens=True)
    yield Exhibit("privacy-where-more-is-kept", keeping)
    settings = TenantSettings(
        language=language,
        moderators_channel=CHANNEL,
        editors=(GROUP,),
        channels={CHANNEL: ChannelSettings(answers=AnswersWhen.SURE)},
    )
    yield Exhibit(
        "settings", replies.settings(settings, language=language, platform=platform)
    )
    card = replies.settings(settings, channel=CHANNEL, language=language, saved=True)
    yield Exhibit("settings-of-a-channel", card)
    unset = replies.settings(TenantSettings(), language=language, platform=platform)
    yield Exhibit("settings-at-first", unset)
    lost = TenantSettings(moderators_channel=CHANNEL, moderators_lost=True)
    card = replies.settings(lost, language=language, platform=platform)
    yield Exhibit("settings-of-a-lost-channel", card)
    yield Exhibit("moderators-lost", replies.moderators_lost(platform, language))
    error = QuestionTooLong(length=6000, limit=2000)
    yield Exhibit("error", replies.error(error, language))
    yield Exhibit("error-unexpected", replies.unexpected(language))
    yield Exhibit("error-unavailable", replies.unavailable(language))
    card = moderating.no_document("cv-85", ["cv-058", "cv-083"], platform, language)
    yield Exhibit("no-document", card)


def _read_otherwise(scene: Scene) -> Iterator[Exhibit]:
    """A command with a misspelt name, and one with a country for a vendor."""
    library, language = scene.library, scene.language
    slip, place = library.read("Clearveiw"), library.read("Italy")
    names = library.vocabulary
    held = replies.profile(library.profile(VENDOR), names, language=language)
    card = replies.read_as(held, [VENDOR], [slip], names, language=language)
    yield Exhibit("vendor-misspelt", card)
    card = replies.other_kind(place, names, scene.platform, language)
    yield Exhibit("vendor-that-is-a-place", card)


def _forms(scene: Scene) -> Iterator[Form]:
    yield replies.wrong_form(KEY, scene.language)
    yield replies.request_form(KEY, NOT_HELD, scene.language)
    yield replies.reason_form(KEY, scene.language)


def _moderators(scene: Scene) -> Iterator[Exhibit]:
    answer, names, language = scene.answered, scene.library.vocabulary, scene.language
    report = Report(
        id="1",
        tenant=scene.tenant,
        post=KEY,
        at=scene.now,
        language=language,
        reporter=USER,
        kind=ReportKind.OUTDATED,
        text="@everyone [see](https://example.org) *this* <!channel> `x`",
    )
    evidence = answer.evidence[:2] if isinstance(answer, Answered) else ()
    report = replace(report, passages=tuple(each.passage.id for each in evidence))
    post = replace(scene.post(answer), place=Place(CHANNEL, CHANNEL))
    card = replies.report_card(
        report, post, evidence, names, scene.today, language=language
    )
    yield Exhibit("report", card)
    resolved = replace(report, resolution=str(replies.Outcome.MENDED))
    card = replies.report_card(
        resolved,
        None,
        (),
        names,
        scene.today,
        resolved=("Ana", scene.now),
        language=language,
    )
    yield Exhibit("report-of-a-lost-answer", card)
    card = replies.report_resolved(resolved, post, evidence, names, language=language)
    yield Exhibit("report-resolved", card)
    request = Request(
        id="1",
        tenant=scene.tenant,
        channel=CHANNEL,
        at=scene.now,
        language=language,
        asker=USER,
        text=NOT_HELD,
        vendors=(VENDOR,),
        places=("JP",),
        state=RequestState.OPEN,
    )
    yield Exhibit("request", replies.request_card(request, names, language=language))
    document = scene.library.document(DOCUMENTS[0].rpartition("/")[2])
    card = replies.request_held(request, document, names, language=language)
    yield Exhibit("request-held", card)
    for name, card in newsroom.cards(
        scene.library, document, scene.tenant, scene.now, language, NOT_HELD
    ):
        yield Exhibit(name, card)
    for name, shown in vetting.cards(scene, document):
        yield Exhibit(name, shown)
