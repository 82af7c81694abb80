"""The settings of a server or workspace: shown and changed by those who manage it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot import replies
from bot.cards import Card
from bot.catalogue import languages
from bot.conversation.askable import cleaned
from bot.reception.house import Here, House, spoken, told
from bot.reception.messages import Caller, Reply, Visibility
from bot.reception.moderating import tried
from bot.reception.rules import in_channel
from bot.reception.who_may import may_configure
from bot.replies import EACH, INHERIT, Scope, Setting
from knowledge.model import AnswersWhen, ChannelSettings, Role, TenantSettings

LONGEST_SHOWN = 80
"""Characters of what was typed and is no setting."""

MOST_GROUPS = 10
"""Groups that may have one role."""

_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})

Change = Callable[[TenantSettings], TenantSettings]


async def command(
    house: House, caller: Caller, place: Here, name: str, options: Mapping[str, str]
) -> Reply:
    """``/settings NAME``. Raises QuisError."""
    refused = _refused(caller, place)
    if refused is not None:
        return refused
    scope = _scope(options.get("scope", ""))
    match name:
        case "language" | "answers" | "private" | "four-eyes":
            if name == "four-eyes":
                scope = Scope.TENANT
            value = options.get("when" if name == "answers" else name, "")
            change = _change(Setting(scope, name), caller.channel, value)
        case "moderators":
            return await _moderated(house, caller, options.get("channel", ""))
        case "refused":
            scope = Scope.TENANT
            value = options.get("refused", "")
            change = _change(Setting(scope, "keep-refused"), caller.channel, value)
        case "roles":
            scope = Scope.TENANT
            change = _role(options.get("role", ""), options.get("group", ""))
        case _:
            unread = cleaned(options.get("unread", ""))[:LONGEST_SHOWN]
            return told(caller, _card(place.settings, caller, scope, unread=unread))
    if change is None:
        typed = (value for option, value in options.items() if option != "scope")
        unread = cleaned(" ".join((name, *typed)))[:LONGEST_SHOWN]
        return told(caller, _card(place.settings, caller, scope, unread=unread))
    settings = await _changed(house, caller, change)
    return told(caller, _card(settings, caller, scope, saved=True))


async def chosen(
    house: House, caller: Caller, place: Here, argument: str, values: Sequence[str]
) -> Reply:
    """A menu or button of the settings' card. Raises QuisError."""
    refused = _refused(caller, place)
    if refused is not None:
        return refused
    setting = Setting.read(argument) or Setting(Scope.TENANT)
    settings, saved = place.settings, False
    if setting.name and values:
        change = _change(setting, caller.channel, values[0])
        if change is not None:
            settings = await _changed(house, caller, change)
            saved = True
    card = _card(settings, caller, setting.scope, saved=saved)
    return Reply(card=card, visibility=Visibility.EDIT)


def _refused(caller: Caller, place: Here) -> Reply | None:
    if may_configure(caller, place.settings):
        return None
    return told(caller, replies.not_allowed(Role.ADMIN, place.language))


def _card(
    settings: TenantSettings,
    caller: Caller,
    scope: Scope,
    *,
    saved: bool = False,
    unread: str = "",
) -> Card:
    """In the language that holds now, which may be the one that was just chosen."""
    channel = caller.channel if scope is Scope.CHANNEL else None
    language = spoken(caller, settings.of(caller.channel))
    return replies.settings(
        settings,
        channel=channel,
        language=language,
        saved=saved,
        unread=unread,
        platform=caller.tenant.platform,
    )


async def _changed(house: House, caller: Caller, change: Change) -> TenantSettings:
    """What holds now. Words of refused questions go as soon as they are not to be kept."""
    settings = await house.rules.change(caller.tenant, change)
    gaps = house.gaps
    if not settings.keep_refused and gaps is not None:
        await house.desk.aside(lambda: gaps.wipe(caller.tenant))
    return settings


def _scope(value: str) -> Scope:
    return Scope(value) if value in list(Scope) else Scope.TENANT


def _change(setting: Setting, channel: str, value: str) -> Change | None:
    """What a value makes of the settings; None where it is none of the values."""
    match setting.name:
        case "language" if value in (EACH, INHERIT) or value in languages():
            language = None if value in (EACH, INHERIT) else value
            return _set(setting.scope, channel, language=language)
        case "answers" if value in list(AnswersWhen):
            return _set(setting.scope, channel, answers=AnswersWhen(value))
        case "keep-refused" if (
            setting.scope is Scope.TENANT and value.casefold() in _YES | _NO
        ):
            return lambda held: replace(held, keep_refused=value.casefold() in _YES)
        case "private" if value.casefold() in _YES | _NO:
            return _set(setting.scope, channel, private=value.casefold() in _YES)
        case "four-eyes" if value.casefold() in _YES | _NO:
            return _set(Scope.TENANT, channel, two_person=value.casefold() in _YES)
        case "answers" | "private" if value == INHERIT:
            if setting.scope is Scope.CHANNEL:
                return _set(Scope.CHANNEL, channel, **{setting.name: None})
            return None
        case _:
            return None


def _set(scope: Scope, channel: str, **change: object) -> Change:
    def in_one(own: ChannelSettings) -> ChannelSettings:
        return replace(own, **change)  # type: ignore[arg-type]

    def changed(settings: TenantSettings) -> TenantSettings:
        if scope is Scope.CHANNEL:
            return in_channel(settings, channel, in_one)
        return replace(settings, **change)  # type: ignore[arg-type]

    return changed


async def _moderated(house: House, caller: Caller, channel: str) -> Reply:
    """Where reports and requests arrive; nowhere where no channel is given.

    A channel is tried at once: by the first word in it.
    """
    settings = await house.rules.change(
        caller.tenant,
        lambda held: replace(
            held, moderators_channel=channel or None, moderators_lost=False
        ),
    )
    saved = _card(settings, caller, Scope.TENANT, saved=True)
    return tried(house, caller, settings, saved) if channel else told(caller, saved)


def _role(role: str, group: str) -> Change | None:
    """Give a group a role; where it has that very role, take it away again."""
    field = {"contributor": "contributors", "editor": "editors", "admin": "admins"}
    if role not in field or not group:
        return None

    def changed(settings: TenantSettings) -> TenantSettings:
        having: tuple[str, ...] = getattr(settings, field[role])
        without = tuple(each for each in having if each != group)
        now = without if group in having else (*having, group)[-MOST_GROUPS:]
        return replace(settings, **{field[role]: now})  # type: ignore[arg-type]

    return changed
