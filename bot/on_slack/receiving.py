"""What comes from Slack → values of the reception, and the replies to them delivered.

Everything is acknowledged before anything else is done. What comes twice is dropped by
its own id, never by the retry header, which a first delivery has too.
"""

from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import replies
from bot.cards import Action, Card
from bot.on_slack import buttons, commands, markup
from bot.on_slack.attention import Attention
from bot.on_slack.delivery import Delivery
from bot.on_slack.faults import TOO_LATE, code, noted, refused
from bot.on_slack.files import Files
from bot.on_slack.forms import filled
from bot.on_slack.home import Home, Status
from bot.on_slack.people import FOR_A_FORM, PATIENCE, People
from bot.on_slack.recent import Seen
from bot.on_slack.spots import Spot
from bot.reception.codes import opens_form
from bot.reception.delivering import delivering
from bot.reception.messages import (
    Caller,
    Choosing,
    Command,
    How,
    Incoming,
    Option,
    Press,
    Receives,
    Reply,
    Submission,
    Visibility,
)
from knowledge.model import Place, Tenant

Json = Mapping[str, Any]

EVENTS, EVENTS_LAST = 20_000, 600.0

PRIVILEGED = frozenset(
    {Action.RESOLVE, Action.SETTINGS, Action.DELETE, Action.KB, Action.KB_FORM}
)
"""Buttons for which rights are asked for anew: a message outlives a right."""

SAID = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Kinds of messages that a person writes."""


class Receiving:
    """Hears one workspace's events. ``bot`` is the bot's own user id."""

    def __init__(
        self,
        client: AsyncWebClient,
        reception: Receives,
        people: People,
        delivery: Delivery,
        home: Home,
        bot: str,
        language: str,
    ) -> None:
        self._client = client
        self._reception = reception
        self._people = people
        self._delivery = delivery
        self._home = home
        self._bot = bot
        self._language = language
        self._files = Files(client)
        self._attention = Attention(reception, bot)
        self._seen: Seen[str] = Seen(EVENTS, EVENTS_LAST, monotonic)

    # --- what is said --------------------------------------------------------------

    async def message(self, body: Json, tenant: Tenant) -> None:
        """A message or a mention; both come for the same where both are subscribed."""
        event, event_id = body["event"], str(body.get("event_id") or "")
        channel, ts = str(event.get("channel", "")), str(event.get("ts", ""))
        user = event.get("user")
        if event.get("bot_id") or event.get("subtype") not in SAID or not user:
            return
        thread = str(event.get("thread_ts") or ts)
        if "thread_ts" in event and user != self._bot:
            await self._attention.recall(tenant, channel, thread)
        how = self._attention.how(event, tenant)
        if how is None or user == self._bot:
            return
        if not self._is_new(event_id, f"{channel} {ts}"):
            return
        spot = Spot(
            channel=channel,
            user=str(user),
            thread=thread,
            within=event.get("thread_ts"),
            said=ts,
        )
        waiting = None
        if how not in (How.THREAD, How.OVERHEARD):
            somebody = Caller(tenant=tenant, channel=channel, user=spot.user)
            waiting = await self._reception.language(somebody) or self._language
        async with Status(self._client, spot, waiting):
            caller = await self._people.caller(
                tenant, channel, spot.user, thread=thread, alone=how is How.DIRECT
            )
            heard = Incoming(
                caller=caller,
                text=markup.plain(str(event.get("text") or ""), self._bot),
                how=how,
                event=event_id,
                message=ts,
                replied_to=thread if how is How.REPLY else None,
            )
            reply = await self._reception.hear(heard)
        if reply is not None:
            # What follows in this thread may be for the bot, even at once.
            self._attention.follow(channel, thread)
            async with delivering(self._reception, heard, refused):
                await self._delivery.deliver(reply, spot)

    # --- what is done --------------------------------------------------------------

    async def command(self, body: Json, tenant: Tenant) -> None:
        """A slash command, acknowledged already."""
        if not self._is_new(str(body.get("trigger_id") or "")):
            return
        name = commands.name_of(str(body["command"]))
        spot = Spot(
            channel=str(body["channel_id"]),
            user=str(body["user_id"]),
            response_url=body.get("response_url"),
            trigger=body.get("trigger_id"),
        )
        fresh = name in ("settings", "kb")
        caller = await self._people.caller(tenant, spot.channel, spot.user, fresh=fresh)

        async def suggest(option: str, typed: str) -> tuple[Option, ...]:
            choosing = Choosing(caller=caller, option=option, typed=typed)
            return await self._reception.suggest(choosing)

        name, options = await commands.filled(
            name, str(body.get("text") or ""), suggest
        )
        command = Command(
            caller=caller, name=name, options=options, event=str(spot.trigger or "")
        )
        await self._deliver(await self._reception.command(command), spot, caller)

    async def claim(self, body: Json, tenant: Tenant) -> None:
        """ "Check this claim" on a message, acknowledged already."""
        if not self._is_new(str(body.get("trigger_id") or "")):
            return
        message = body.get("message") or {}
        ts = str(body.get("message_ts") or message.get("ts") or "")
        spot = Spot(
            channel=str(body["channel"]["id"]),
            user=str(body["user"]["id"]),
            thread=str(message.get("thread_ts") or ts) or None,
            within=message.get("thread_ts"),
            response_url=body.get("response_url"),
            trigger=body.get("trigger_id"),
        )
        heard = Incoming(
            caller=await self._people.caller(
                tenant, spot.channel, spot.user, thread=spot.thread
            ),
            text=markup.plain(str(message.get("text") or ""), self._bot),
            how=How.CLAIM,
            event=str(spot.trigger or ""),
        )
        reply = await self._reception.hear(heard)
        if reply is not None:
            await self._delivery.deliver(reply, spot)

    async def press(self, body: Json, tenant: Tenant) -> None:
        """A button or a menu, acknowledged already; a form has to open in 3 seconds."""
        action = body["actions"][0]
        if not self._is_new(f"{body.get('trigger_id')} {action.get('action_ts')}"):
            return
        chosen = action.get("selected_option") or {}
        button = pressed_code(body)
        spot = self._pressed(body)
        fresh = button.split(":")[1:2] in [[each] for each in PRIVILEGED]
        caller = await self._people.caller(
            tenant,
            spot.channel,
            spot.user,
            thread=spot.thread,
            fresh=fresh,
            within=FOR_A_FORM if opens_form(button) else PATIENCE,
        )
        place = Place(spot.channel, spot.message, spot.thread) if spot.message else None
        press = Press(
            caller=caller,
            button=button,
            place=place,
            private=spot.private,
            values=(str(chosen["value"]),) if chosen else (),
            event=str(body.get("trigger_id") or ""),
        )
        if "view" in body:
            spot = _at_home(spot, self._home.republish(caller))
        await self._deliver(await self._reception.press(press), spot, caller)

    async def _deliver(self, reply: Reply, spot: Spot, caller: Caller) -> None:
        """Deliver it; where a form is not opened any more, say how it still can be."""
        try:
            await self._delivery.deliver(reply, spot)
        except SlackApiError as error:
            if reply.form is None:
                raise
            noted("views.open", error)
            if code(error) in TOO_LATE:  # another press has its own three seconds
                card = await self._reception.late(caller, reply.form)
            else:
                card = replies.unexpected(await self._reception.language(caller))
            instead = Reply(card=card, visibility=Visibility.PRIVATE)
            await self._delivery.deliver(instead, spot)

    def _pressed(self, body: Json) -> Spot:
        """Where a button stands: on a message, or on the App Home."""
        user = str(body["user"]["id"])
        container, message = body.get("container") or {}, body.get("message") or {}
        channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
        private = bool(container.get("is_ephemeral"))
        ts = container.get("message_ts")
        root = container.get("thread_ts") or message.get("thread_ts")
        return Spot(
            channel=str(channel or user),
            user=user,
            # Nobody can answer in a thread to what one person alone sees.
            thread=root or (None if private else ts),
            within=root,
            message=ts,
            response_url=body.get("response_url"),
            trigger=body.get("trigger_id"),
            private=private,
        )

    async def submit(self, body: Json, tenant: Tenant) -> None:
        """A form that was sent, acknowledged and closed already."""
        view = body["view"]
        form, origin, values = filled(view)
        if not self._is_new(f"{view.get('id')} {view.get('hash')}"):
            return
        user = str(body["user"]["id"])
        spot = Spot.of(origin, user, body.get("trigger_id"))
        caller = await self._people.caller(
            tenant, spot.channel, user, thread=spot.thread, fresh=True
        )
        submission = Submission(
            caller=caller,
            form=form,
            values=values,
            event=f"{view.get('id')} {view.get('hash')}",
            files=await self._files.chosen(view),
        )
        await self._delivery.deliver(await self._reception.submit(submission), spot)

    def _is_new(self, *marks: str) -> bool:
        """Whether none of these was seen; all are from now on."""
        new = [self._seen.note(mark) for mark in marks if mark.strip()]
        return all(new)


def pressed_code(body: Json) -> str:
    """What a button or menu that was pressed carries."""
    action = body["actions"][0]
    return str(action.get("value") or buttons.code(str(action["action_id"])))


def _at_home(spot: Spot, edited: Callable[[Card], Awaitable[None]]) -> Spot:
    return Spot(channel=spot.user, user=spot.user, trigger=spot.trigger, edited=edited)
