"""What discord.py hands over → the reception's values. Decides nothing; sends nothing."""

import re
from typing import Any

import discord

from bot.on_discord.commands import Invoked, invoked
from bot.on_discord.files import attachment
from bot.on_discord.forms import chosen_files, filled_in
from bot.reception.messages import (
    Attachment,
    Caller,
    Choosing,
    Command,
    How,
    Incoming,
    Press,
    Submission,
)
from knowledge.model import Place, Tenant

PLATFORM = "discord"

DIRECT = Tenant(PLATFORM, "direct")
"""Direct messages, and servers where a person brought the bot along for themselves."""

ORDINARY = (discord.MessageType.default, discord.MessageType.reply)

_MENTION = re.compile(r"<@[!&]?\d+>|<#\d+>|<t:-?\d+(?::\w)?>|<id:\w+>")
_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_COMMAND = re.compile(r"<(/[^:>]+):\d+>")
_MARKUP = re.compile(r"\*\*|__|~~|\|\||^\s*(?:>>> |> |#{1,3} |-# )", re.MULTILINE)


def tenant_of(guild: int | None) -> Tenant:
    """A server's tenant; that of direct messages where there is none."""
    return DIRECT if guild is None else Tenant(PLATFORM, str(guild))


def caller_of(interaction: discord.Interaction[Any]) -> Caller:
    """Who pressed, sent or chose; rights are those that Discord says at this moment."""
    installed = interaction.is_guild_integration()
    channel, thread = _channel(interaction.channel)
    roles = getattr(interaction.user, "_roles", ()) if installed else ()
    return Caller(
        tenant=tenant_of(interaction.guild_id if installed else None),
        channel=channel,
        user=str(interaction.user.id),
        locale=interaction.locale.value,
        groups=frozenset(map(str, roles)),
        manages=installed and interaction.permissions.manage_guild,
        # Others read along where one of them brought the bot for themselves.
        direct=interaction.guild_id is None and not interaction.context.private_channel,
        thread=thread,
        name=interaction.user.display_name,
    )


def author_of(message: discord.Message) -> Caller:
    """Who wrote a message. Messages do not tell their author's language."""
    channel, thread = _channel(message.channel)
    guild, author = message.guild, message.author
    member = author if isinstance(author, discord.Member) else None
    return Caller(
        tenant=tenant_of(guild.id if guild else None),
        channel=channel,
        user=str(author.id),
        groups=frozenset(str(role.id) for role in member.roles)
        if member
        else frozenset(),
        manages=member is not None and member.guild_permissions.manage_guild,
        direct=guild is None,
        thread=thread,
    )


def place_of(message: discord.Message | discord.PartialMessage) -> Place:
    """Where a message stands: a thread's messages belong to the channel above it."""
    channel, thread = _channel(message.channel)
    return Place(channel, str(message.id), thread)


def is_said(message: discord.Message) -> bool:
    """Whether a person said something: no bot, no webhook, no notice of Discord's."""
    return (
        message.type in ORDINARY
        and not message.author.bot
        and message.webhook_id is None
    )


def how_said(message: discord.Message, me: int, *, spoke_here: bool) -> How:
    """In which way somebody said it; ``spoke_here``: the bot answered in this thread."""
    if message.guild is None:
        return How.DIRECT
    if replied_to(message, me) is not None:
        return How.REPLY
    if _mentions(message, me):
        return How.MENTION
    if spoke_here and isinstance(message.channel, discord.Thread):
        return How.THREAD
    return How.OVERHEARD


def replied_to(message: discord.Message, me: int) -> str | None:
    """The bot's message that this one replies to."""
    reference = message.reference
    answered = reference.resolved if reference else None
    if isinstance(answered, discord.Message) and answered.author.id == me:
        return str(answered.id)
    return None


def said(message: discord.Message, me: int, how: How) -> Incoming:
    """Something that was written."""
    return Incoming(
        caller=author_of(message),
        text=words_of(message.content),
        how=how,
        event=str(message.id),
        message=str(message.id),
        replied_to=replied_to(message, me) or _opened_on(message),
    )


def claim(interaction: discord.Interaction[Any]) -> Incoming:
    """The text of the message that somebody chose the entry of the menu on.

    That message is no part of what tells a repetition: many may check the same one.
    """
    data: Any = interaction.data
    target = str(data["target_id"])
    message = data.get("resolved", {}).get("messages", {}).get(target, {})
    return Incoming(
        caller=caller_of(interaction),
        text=words_of(_claimed(message)),
        how=How.CLAIM,
        event=str(interaction.id),
    )


def command(interaction: discord.Interaction[Any]) -> Command:
    """A command, with what was filled in."""
    sent = _invoked(interaction)
    offered = _attachments(interaction)
    files = {name: offered[id] for name, id in sent.options.items() if id in offered}
    return Command(
        caller=caller_of(interaction),
        name=sent.name,
        options={n: value for n, value in sent.options.items() if n not in files},
        event=str(interaction.id),
        files=files,
    )


def choosing(interaction: discord.Interaction[Any]) -> Choosing:
    """What is being typed into an option."""
    sent = _invoked(interaction)
    option = sent.focused or ""
    return Choosing(
        caller=caller_of(interaction),
        option=option,
        typed=sent.options.get(option, ""),
    )


def press(interaction: discord.Interaction[Any]) -> Press:
    """A button or a choice of a menu."""
    data: Any = interaction.data
    message = interaction.message
    return Press(
        caller=caller_of(interaction),
        button=str(data["custom_id"]),
        place=place_of(message) if message else None,
        private=message is not None and message.flags.ephemeral,
        values=tuple(map(str, data.get("values") or ())),
        event=str(interaction.id),
    )


def submission(interaction: discord.Interaction[Any]) -> Submission:
    """A form that was sent."""
    data: Any = interaction.data
    return Submission(
        caller=caller_of(interaction),
        form=str(data["custom_id"]),
        values=filled_in(data),
        event=str(interaction.id),
        files={
            name: file
            for name, id in chosen_files(data).items()
            if (file := _attachments(interaction).get(id)) is not None
        },
    )


def _attachments(interaction: discord.Interaction[Any]) -> dict[str, Attachment]:
    """The files that came with it, by their ids."""
    data: Any = interaction.data
    resolved = (data.get("resolved") or {}).get("attachments") or {}
    return {
        str(id): attachment(
            str(each.get("filename") or "file"),
            int(each.get("size") or 0),
            str(each["url"]),
        )
        for id, each in resolved.items()
    }


def words_of(content: str) -> str:
    """What a message says: without mentions and marks of Discord's."""
    text = _COMMAND.sub(r"\1", _EMOJI.sub(r":\1:", _MENTION.sub(" ", content)))
    return _MARKUP.sub("", text).strip()


def _invoked(interaction: discord.Interaction[Any]) -> Invoked:
    data: Any = interaction.data
    return invoked(data)


def _opened_on(message: discord.Message) -> str | None:
    """The message that its thread was opened on, which may be one of the bot's."""
    thread = message.channel
    return str(thread.id) if isinstance(thread, discord.Thread) else None


def _mentions(message: discord.Message, me: int) -> bool:
    """Named in so many words, also by the role that Discord made for the bot."""
    if any(user.id == me for user in message.mentions):
        return True
    own = message.guild.self_role if message.guild else None
    return own is not None and own in message.role_mentions


def _channel(channel: Any) -> tuple[str, str | None]:
    """The channel that settings are kept for, and the thread in it."""
    if isinstance(channel, discord.Thread):
        return str(channel.parent_id), str(channel.id)
    return str(getattr(channel, "id", "")), None


def _claimed(message: Any) -> str:
    """Of a message that was forwarded, or is a preview of a page, the words in that."""
    inside = [
        each.get("message") or {} for each in message.get("message_snapshots") or ()
    ]
    texts = [each.get("content") for each in (message, *inside)]
    if not any(texts):
        for embed in message.get("embeds") or ():
            texts += [embed.get("title"), embed.get("description")]
    return "\n".join(text for text in texts if text)
