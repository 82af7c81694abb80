"""A small bot, written with the real slack_bolt, to try this local Slack on."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import (
    FixedValueRetryIntervalCalculator,
)
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack_server.server import SlackServer
from tests.platforms.slack_server.state import Workspace
from tests.platforms.slack_server.text import escape, unescape

Json = dict[str, Any]
QUIET = {"unfurl_links": False, "unfurl_media": False}

MANIFEST: Json = {
    "display_information": {"name": "Quis"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Quis", "always_online": True},
        "agent_view": {"agent_description": "Answers with quotes"},
        "slash_commands": [
            {"command": "/ask", "description": "Ask", "should_escape": True}
        ],
        "shortcuts": [
            {
                "name": "Check this claim",
                "type": "message",
                "callback_id": "check",
                "description": "Look for evidence",
            }
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "assistant:write",
                "channels:history",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "im:history",
                "im:write",
                "reactions:write",
                "usergroups:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "message.channels",
                "message.im",
                "tokens_revoked",
            ]
        },
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    },
}


def bare_app(server: SlackServer, workspace: Workspace, **settings: Any) -> AsyncApp:
    """Without a single listener."""
    client = AsyncWebClient(token=workspace.bot_token, base_url=server.api)
    soon = FixedValueRetryIntervalCalculator(fixed_internal=0.01)
    client.retry_handlers = [
        AsyncConnectionErrorRetryHandler(1, interval_calculator=soon),
        AsyncRateLimitErrorRetryHandler(2, interval_calculator=soon),
        AsyncServerErrorRetryHandler(2, interval_calculator=soon),
    ]
    return AsyncApp(client=client, signing_secret=server.signing_secret, **settings)


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def card(question: str, asker: str) -> Json:
    """An answer with everything that can be pressed."""
    text = f"You asked: {escape(question)}"
    button = {"type": "button", "action_id": "report", "text": plain("Report")}
    menu = {
        "type": "static_select",
        "action_id": "country",
        "placeholder": plain("Country"),
        "options": [
            {"text": plain("Italy"), "value": "IT"},
            {"text": plain("France"), "value": "FR"},
        ],
    }
    lookup = {
        "type": "external_select",
        "action_id": "vendor",
        "placeholder": plain("Vendor"),
        "min_query_length": 1,
    }
    thumbs = {
        "type": "feedback_buttons",
        "action_id": "helpful",
        "positive_button": {"text": plain("Helpful"), "value": f"+{asker}"},
        "negative_button": {"text": plain("Not helpful"), "value": f"-{asker}"},
    }
    source = "<https://example.org/source|the source>"
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text[:3000]}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": source}]},
        {"type": "actions", "block_id": "more", "elements": [button, menu, lookup]},
        {"type": "context_actions", "elements": [thumbs]},
    ]
    return {"text": text[:3000], "blocks": blocks, **QUIET}


def form(channel: str) -> Json:
    why = {"type": "plain_text_input", "action_id": "text", "max_length": 300}
    label = plain("What is wrong?")
    return {
        "type": "modal",
        "callback_id": "report",
        "title": plain("Something wrong?"),
        "submit": plain("Send"),
        "private_metadata": channel,
        "blocks": [
            {"type": "input", "block_id": "why", "label": label, "element": why}
        ],
    }


class Sample:
    """``app`` is the bot; ``seen`` are the messages it has answered, once each."""

    def __init__(
        self, server: SlackServer, workspace: Workspace, **settings: Any
    ) -> None:
        self.app = bare_app(server, workspace, **settings)
        self.seen: set[tuple[str, str]] = set()
        self.bodies: list[Json] = []
        self.gone: list[str] = []
        self.hold = asyncio.Event()  # what comes to /ask hold waits for this
        self._listen(self.app)

    def _listen(self, app: AsyncApp) -> None:
        app.event("app_mention")(self._heard)
        app.event("message")(self._heard)
        app.command("/ask")(self._ask)
        app.action("report")(self._report)
        app.action("country")(self._country)
        app.action("helpful")(self._helpful)
        app.options("vendor")(self._vendors)
        app.view("report")(self._reported)
        app.shortcut("check")(self._check)
        app.event("app_home_opened")(self._opened)
        app.event("app_uninstalled")(self._uninstalled)
        app.event("tokens_revoked")(self._uninstalled)

    async def _heard(self, event: Json, body: Json, client: AsyncWebClient) -> None:
        self.bodies.append(body)
        key = (event["channel"], event["ts"])
        if "bot_id" in event or event.get("subtype") not in {None, "file_share"}:
            return
        direct = event.get("channel_type") == "im"
        mentioned = re.match(r"<@\w+>", event["text"]) is not None
        follows = (
            "thread_ts" in event and (event["channel"], event["thread_ts"]) in self.seen
        )
        if key in self.seen or not (direct or mentioned or follows):
            return
        self.seen.add(key)
        user = await client.users_info(user=event["user"], include_locale=True)
        hello = "Ciao" if user["user"]["locale"].startswith("it") else "Hello"
        # It comes escaped, and a card escapes it.
        question = unescape(re.sub(r"<@\w+>", "", event["text"])).strip()
        thread = event.get("thread_ts") or event["ts"]
        answer = card(f"{hello}, {question}", event["user"])
        await client.chat_postMessage(
            channel=event["channel"], thread_ts=thread, **answer
        )

    async def _ask(self, ack: Any, respond: Any, command: Json) -> None:
        if not command["text"]:
            await ack("Usage: /ask your question")
            return
        if command["text"] == "hold":
            await self.hold.wait()
        await ack()
        await respond(**card(command["text"], command["user_id"]))

    async def _report(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        view = form(body["channel"]["id"])
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def _country(self, ack: Any, action: Json, respond: Any) -> None:
        await ack()
        chosen = action["selected_option"]["value"]
        await respond(text=f"Only {chosen}", replace_original=True, **QUIET)

    async def _helpful(self, ack: Any, action: Json, body: Json, respond: Any) -> None:
        await ack()
        own = action["value"][1:] == body["user"]["id"]
        text = "Thank you." if own else "That is not your answer."
        await respond(text=text, replace_original=False)

    async def _vendors(self, ack: Any, payload: Json) -> None:
        vendors = ["Clearview AI", "Cellebrite", "Paragon"]
        fitting = [v for v in vendors if payload["value"].lower() in v.lower()]
        await ack(options=[{"text": plain(v), "value": v} for v in fitting])

    async def _reported(
        self, ack: Any, view: Json, body: Json, client: AsyncWebClient
    ) -> None:
        text = view["state"]["values"]["why"]["text"]["value"]
        if len(text) < 5:
            await ack(response_action="errors", errors={"why": "Say a little more."})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="Noted.")

    async def _check(self, ack: Any, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postEphemeral(
            channel=shortcut["channel"]["id"],
            user=shortcut["user"]["id"],
            text=f"Checking: {shortcut['message']['text']}",
        )

    async def _opened(self, event: Mapping[str, Any], client: AsyncWebClient) -> None:
        if event["tab"] == "messages":
            prompts = [{"title": "Italy", "message": "Is Clearview active in Italy?"}]
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=event["channel"], prompts=prompts
            )
            return
        view = {"type": "home", "blocks": [{"type": "header", "text": plain("Help")}]}
        await client.views_publish(user_id=event["user"], view=view)

    async def _uninstalled(self, event: Mapping[str, Any]) -> None:
        self.gone.append(event["type"])
