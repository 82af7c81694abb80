"""The settings of a server or workspace, and of one channel, with menus to change them."""

from collections.abc import Iterator

from bot.cards import Action, Actions, Block, Button, Card, Fact, Facts, Line, Menu
from bot.cards import Notice as Said
from bot.catalogue import Words, languages, words
from bot.replies.arguments import Scope, Setting
from bot.replies.guidance import typed
from knowledge.model import AnswersWhen, ChannelSettings, Role, TenantSettings

INHERIT = "inherit"
"""The value of a menu by which a channel has no setting of its own."""

EACH = "each"
"""The value of a menu by which every reader has the language of their own."""

Options = tuple[tuple[str, str], ...]


def settings(
    current: TenantSettings,
    *,
    channel: str | None = None,
    language: str | None = None,
    saved: bool = False,
    unread: str = "",
    platform: str = "discord",
) -> Card:
    """The settings of all the tenant, or of one channel in it.

    The menus' values are a language's code or EACH, an AnswersWhen, ``yes`` or ``no``; in
    a channel INHERIT too. ``saved``: one was changed just now. ``unread``: what was
    typed to change one, and is none.
    """
    spoken = words(language)
    blocks: list[Block] = [Line(spoken("done.saved.text"))] if saved else []
    if unread:
        blocks.append(Said(spoken("settings.unread-hint", value=unread)))
    if channel is None:
        blocks += _whole(current, spoken)
        title = spoken("settings.title")
    else:
        blocks += _channel(current, channel, spoken)
        title = spoken("settings.title-channel")
    blocks.append(Line(spoken("settings.hint")))
    if channel is None:
        command = typed("privacy", platform, language)
        blocks.append(Line(spoken("settings.keep-refused-hint", privacy=command)))
    return Card(title, tuple(blocks))


def _whole(current: TenantSettings, words: Words) -> Iterator[Block]:
    channel = current.moderators_channel
    yield Facts(
        (
            _language(current.language, words),
            _answers(current.answers, words),
            _private(private=current.private, words=words),
            Fact(
                words("settings.moderators"),
                _moderators(current, words),
                channels=(channel,) if channel and not current.moderators_lost else (),
            ),
            *_roles(current, words),
            Fact(
                words("settings.four-eyes"),
                words("settings.yes" if current.two_person else "settings.no"),
            ),
            Fact(
                words("settings.keep-refused"),
                words("settings.yes" if current.keep_refused else "settings.no"),
            ),
            Fact(words("settings.own"), str(len(current.channels))),
        ),
        words.colon,
    )
    yield Actions(
        (_switch(Scope.CHANNEL, words),),
        (
            _menu(Scope.TENANT, "language", _languages(words), words, _code(current)),
            _menu(Scope.TENANT, "answers", _whens(words), words, current.answers),
            _menu(
                Scope.TENANT, "private", _yes_no(words), words, _yes(current.private)
            ),
            _menu(
                Scope.TENANT,
                "keep-refused",
                _yes_no(words),
                words,
                _yes(current.keep_refused),
            ),
        ),
    )


def _moderators(current: TenantSettings, words: Words) -> str:
    if current.moderators_channel is None:
        return words("settings.unset")
    return words("settings.lost" if current.moderators_lost else "settings.set")


def _channel(current: TenantSettings, channel: str, words: Words) -> Iterator[Block]:
    own = current.channels.get(channel, ChannelSettings())
    holds = current.of(channel)
    yield Facts(
        (
            _language(holds.language, words),
            _answers(holds.answers or AnswersWhen.ADDRESSED, words),
            _private(private=bool(holds.private), words=words),
        ),
        words.colon,
    )
    as_all = ((words("settings.inherit"), INHERIT),)
    private = INHERIT if own.private is None else _yes(own.private)
    listed = tuple(o for o in _languages(words) if o[1] != EACH)
    yield Actions(
        (_switch(Scope.TENANT, words),),
        (
            _menu(
                Scope.CHANNEL,
                "language",
                (*as_all, *listed),
                words,
                own.language or INHERIT,
            ),
            _menu(
                Scope.CHANNEL,
                "answers",
                (*as_all, *_whens(words)),
                words,
                own.answers or INHERIT,
            ),
            _menu(Scope.CHANNEL, "private", (*as_all, *_yes_no(words)), words, private),
        ),
    )


def _language(code: str | None, words: Words) -> Fact:
    value = words.language_name(code) if code else words("settings.each")
    return Fact(words("settings.language"), value)


def _answers(when: AnswersWhen, words: Words) -> Fact:
    return Fact(words("settings.answers"), words(f"settings.when.{when}"))


def _private(*, private: bool, words: Words) -> Fact:
    value = words("settings.yes" if private else "settings.no")
    return Fact(words("settings.private"), value)


def _roles(current: TenantSettings, words: Words) -> Iterator[Fact]:
    """Whose groups have which role; by their number where they cannot be named."""
    for role, groups in (
        (Role.CONTRIBUTOR, current.contributors),
        (Role.EDITOR, current.editors),
        (Role.ADMIN, current.admins),
    ):
        value = (
            words("settings.groups", count=len(groups))
            if groups
            else words("settings.nobody")
        )
        yield Fact(words(f"role.{role.name.lower()}"), value, groups=groups)


def _menu(scope: Scope, name: str, options: Options, words: Words, chosen: str) -> Menu:
    return Menu(
        label=words(f"settings.{name}"),
        action=Action.SETTINGS,
        options=options,
        argument=str(Setting(scope, name)),
        chosen=str(chosen),
    )


def _switch(scope: Scope, words: Words) -> Button:
    """To the settings of the other scope."""
    return Button(
        label=words(f"settings.to-{scope}"),
        action=Action.SETTINGS,
        argument=str(Setting(scope)),
    )


def _languages(spoken: Words) -> Options:
    """Each named in its own words, so that nobody is locked in a foreign one."""
    each = (spoken("settings.each"), EACH)
    return (each, *((words(c).language_name(c), c) for c in languages()))


def _whens(words: Words) -> Options:
    return tuple((words(f"settings.when.{when}"), str(when)) for when in AnswersWhen)


def _yes_no(words: Words) -> Options:
    return ((words("settings.yes"), "yes"), (words("settings.no"), "no"))


def _yes(on: bool) -> str:  # noqa: FBT001 - its only argument is what it names
    return "yes" if on else "no"


def _code(current: TenantSettings) -> str:
    return current.language or EACH
