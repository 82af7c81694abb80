"""What people do, as payloads: built, checked against the schemas, sent to the bot."""

from collections.abc import Callable
from typing import Any

from tests.platforms.slack_server import schemas
from tests.platforms.slack_server.asked import Asked, Interaction
from tests.platforms.slack_server.delivery import Deliveries, Delivery, Kind
from tests.platforms.slack_server.errors import SlackError
from tests.platforms.slack_server.manifest import Manifest
from tests.platforms.slack_server.messages import Message
from tests.platforms.slack_server.modals import Modals
from tests.platforms.slack_server.response_urls import ResponseUrls
from tests.platforms.slack_server.rules import options_problems
from tests.platforms.slack_server.state import APP_ID, Channel, Workspace, World
from tests.platforms.slack_server.views import View
from tests.platforms.slack_server.wire import actor, place, team
from tests.platforms.waiting import Diary

Json = dict[str, Any]
_TOKEN = "verification-token-of-old"


class Deeds:
    """Events go only where they were asked for; interactions go always."""

    def __init__(
        self,
        *,
        world: World,
        manifest: Manifest,
        deliveries: Deliveries,
        modals: Modals,
        hooks: ResponseUrls,
        diary: Diary,
    ) -> None:
        self._world = world
        self._manifest = manifest
        self._deliveries = deliveries
        self._modals = modals
        self._hooks = hooks
        self._diary = diary
        self.violations: list[str] = []
        self.wrong_events: list[str] = []

    # --- events -----------------------------------------------------------------------------

    def event(
        self,
        workspace: Workspace,
        event: Json,
        *,
        channel: Channel | None = None,
        asked: Asked | None = None,
    ) -> None:
        """As part of what was asked, or of nothing."""
        kind, name = (channel.kind if channel else None), str(event["type"])
        if not self._manifest.is_sent(name, kind, workspace.scopes):
            self._diary.note(f"the app is not sent {name}: not subscribed, or no scope")
            return
        if not workspace.installed and name not in {
            "tokens_revoked",
            "app_uninstalled",
        }:
            return
        if name == "message" and channel is not None:
            event = event | {"channel": channel.id, "channel_type": channel.kind.value}
        event = {"event_ts": event.get("ts") or self._world.new_ts(), **event}
        self.wrong_events += schemas.event_problems(event)
        payload = self._envelope(workspace, event)
        subject = f"{name} of {asked}" if asked else name
        self._send(asked, Kind.EVENT, payload, subject)

    def echo(self, message: Message, event: Json) -> None:
        """The bot's own messages come back to it as events."""
        channel = message.channel
        if channel.workspace.bot in channel.members:
            # Answers of the Web API say these two, events do not.
            left_out = {"app_id", "metadata"}
            told = {key: event[key] for key in event if key not in left_out}
            self.event(channel.workspace, told, channel=channel)

    def _envelope(self, workspace: Workspace, event: Json) -> Json:
        bot = workspace.bot
        return {
            "token": _TOKEN,
            "team_id": workspace.id,
            "context_team_id": workspace.id,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "type": "event_callback",
            "event": event,
            "event_id": self._world.new_id("Ev"),
            "event_time": self._world.clock.epoch(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.id,
                    "user_id": bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-local",
        }

    # --- interactions -----------------------------------------------------------------------

    def command(self, asked: Interaction, command: str, text: str) -> None:
        channel, workspace = asked.channel, asked.who.workspace
        assert channel is not None
        payload = {
            "token": _TOKEN,
            "team_id": workspace.id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": place(channel)["name"],
            "user_id": asked.who.id,
            "user_name": actor(asked.who)["name"],
            "command": command,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": self._hooks.new(asked),
            "trigger_id": self._modals.new_trigger(asked),
        }
        self._send(asked, Kind.COMMAND, payload, str(asked), self._say_of(asked))

    def shortcut(self, asked: Interaction, callback_id: str) -> None:
        """On a message, or from anywhere."""
        payload = self._interaction(asked, "shortcut") | {
            "callback_id": callback_id,
            "action_ts": self._world.new_ts(),
        }
        message = asked.pressed
        if message is not None:
            payload |= {
                "type": "message_action",
                "message": dict(message.wire),
                "message_ts": message.ts,
                "channel": place(message.channel),
                "response_url": self._hooks.new(asked),
            }
        self._send(asked, Kind.INTERACTION, payload, str(asked))

    def action(self, asked: Interaction, action: Json) -> None:
        """On a message, or in a modal or Home."""
        action = action | {"action_ts": self._world.new_ts()}
        payload = self._interaction(asked, "block_actions") | {"actions": [action]}
        payload |= self._surface(asked)
        if asked.pressed is not None:
            payload["response_url"] = self._hooks.new(asked)
        self._send(asked, Kind.INTERACTION, payload, str(asked))

    def look_up(
        self, asked: Interaction, element: Json, block: str, typed: str
    ) -> None:
        payload = self._interaction(asked, "block_suggestion") | self._surface(asked)
        del payload["trigger_id"]
        payload |= {
            "action_id": element["action_id"],
            "block_id": block,
            "value": typed,
        }

        def offer(ack: Json) -> None:
            problems = options_problems(ack)
            self.violations += [f"suggestions: {problem}" for problem in problems]
            groups = ack.get("option_groups", [])
            nested = [option for group in groups for option in group["options"]]
            asked.options = [*ack.get("options", []), *nested]

        self._send(asked, Kind.INTERACTION, payload, str(asked), offer)

    def submission(self, asked: Interaction, view: View) -> None:
        payload = self._interaction(asked, "view_submission")
        payload |= {"view": view.wire(), "response_urls": []}

        def react(ack: Json) -> None:
            self._react(asked, view, ack)

        self._send(asked, Kind.INTERACTION, payload, str(asked), react)

    def closing(self, asked: Interaction, view: View) -> None:
        payload = self._interaction(asked, "view_closed")
        payload |= {"view": view.wire(), "is_cleared": False}
        del payload["trigger_id"]
        self._send(asked, Kind.INTERACTION, payload, str(asked))

    def _interaction(self, asked: Interaction, kind: str) -> Json:
        return {
            "type": kind,
            "token": _TOKEN,
            "api_app_id": APP_ID,
            "team": team(asked.who.workspace),
            "user": actor(asked.who),
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._modals.new_trigger(asked),
        }

    def _surface(self, asked: Interaction) -> Json:
        message, view = asked.pressed, asked.view
        if view is not None:
            container: Json = {"type": "view", "view_id": view.id}
            return {"container": container, "view": view.wire()}
        assert message is not None
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel.id,
            "is_ephemeral": message.ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        found = {
            "container": container,
            "channel": place(message.channel),
            "state": {"values": message.chosen},
        }
        # Slack does not send what an ephemeral message says.
        return found if message.ephemeral else found | {"message": dict(message.wire)}

    # --- what the bot acknowledges with -----------------------------------------------------

    def _say_of(self, asked: Interaction) -> Callable[[Json], None]:
        def say(ack: Json) -> None:
            if ack.get("text") or ack.get("blocks"):
                self._hooks.apply("an acknowledgement", asked, ack)

        return say

    def _react(self, asked: Interaction, view: View, ack: Json) -> None:
        screens = self._modals.screens
        view.errors = {}
        match ack.get("response_action"):
            case "errors":
                view.errors = dict(ack["errors"])
                ids = {field.block_id for field in view.fields.values()}
                for unknown in view.errors.keys() - ids:
                    self.violations.append(
                        f"errors name {unknown!r}, which is no input"
                    )
            case "update" | "push" as action:
                self._modals.check(f"response_action {action}", ack["view"])
                if action == "update":
                    self._modals.change(view, ack["view"])
                else:
                    asked.modal = screens.push(view.user, ack["view"])
            case "clear":
                screens.close(view, everything=True)
            case None:
                screens.close(view)
            case other:
                self.violations.append(f"{other!r} is no response_action")

    def _send(
        self,
        asked: Asked | None,
        kind: Kind,
        payload: Json,
        what: str,
        then: Callable[[Json], None] | None = None,
    ) -> None:
        def carefully(ack: Json) -> None:
            try:
                if then is not None:
                    then(ack)
            except SlackError as error:
                self._diary.note(f"the person sees an error: {error.error}")

        delivery = Delivery(kind=kind, payload=payload, what=what, then=carefully)
        if asked is not None:
            asked.deliveries.append(delivery)
        self._deliveries.start(delivery)
