"""Response URLs: five uses in thirty minutes, for what was asked, by whoever knows them."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.platforms.slack_server.asked import Interaction
from tests.platforms.slack_server.clock import (
    RESPONSE_URL_LIVES_FOR,
    RESPONSE_URL_USES,
    Clock,
)
from tests.platforms.slack_server.errors import SlackError
from tests.platforms.slack_server.faults import RESPONSE_URL, Faults
from tests.platforms.slack_server.outbox import Outbox
from tests.platforms.slack_server.state import World

Json = dict[str, Any]


@dataclass(eq=False, repr=False, kw_only=True)
class Hook:
    """What an address answers for."""

    url: str
    asked: Interaction
    born: float
    uses: int = 0


class ResponseUrls:
    """Addresses handed out with commands and interactions."""

    def __init__(
        self, world: World, clock: Clock, outbox: Outbox, faults: Faults
    ) -> None:
        self._world = world
        self._clock = clock
        self._outbox = outbox
        self._faults = faults
        self.origin = ""  # known once the server listens
        self.hooks: dict[str, Hook] = {}

    def new(self, asked: Interaction) -> str:
        id_ = self._world.new_id("H")
        url = f"{self.origin}/hooks/{id_}"
        self.hooks[id_] = Hook(url=url, asked=asked, born=self._clock.seconds())
        return url

    def expire(self, asked: Interaction) -> None:
        """As if thirty minutes had gone by since, for this one only."""
        for hook in self.hooks.values():
            if hook.asked is asked:
                hook.born = self._clock.seconds() - RESPONSE_URL_LIVES_FOR - 1

    def use_up(self, asked: Interaction) -> None:
        for hook in self.hooks.values():
            if hook.asked is asked:
                hook.uses = RESPONSE_URL_USES

    async def handle(self, request: web.Request) -> web.StreamResponse:
        hook = self.hooks.get(request.match_info["id"])
        fault = self._faults.next_for(RESPONSE_URL)
        if fault is not None and fault.gate is not None:
            await fault.gate.wait()
        if fault is not None and fault.error is not None:
            body = fault.error.error
            return web.Response(status=fault.status, text=body, headers=fault.headers)
        if fault is not None and fault.drop:
            return _cut(request)
        if hook is None:
            return web.Response(status=404, text="invalid_url")
        if self._clock.seconds() - hook.born > RESPONSE_URL_LIVES_FOR:
            return web.Response(status=404, text="expired_url")
        if hook.uses >= RESPONSE_URL_USES:
            return web.Response(status=404, text="used_url")
        hook.uses += 1
        try:
            self.apply(RESPONSE_URL, hook.asked, await request.json())
        except SlackError as error:
            return web.json_response(error.body(), status=400)
        if fault is not None and fault.lose:
            return _cut(request)
        return web.Response(text="ok")

    def apply(self, how: str, asked: Interaction, body: Json) -> None:
        """A message for the person, for the channel, or instead of the one pressed on."""
        channel, pressed = asked.channel, asked.pressed
        if body.get("delete_original") and pressed is not None:
            self._outbox.delete(pressed)
        elif body.get("replace_original") and pressed is not None:
            self._outbox.edit(how, pressed, body)
        elif channel is None:
            raise SlackError("channel_not_found")
        else:
            everybody = body.get("response_type") == "in_channel"
            whom = None if everybody else asked.who
            self._outbox.post(how, channel, body, ephemeral_to=whom, asked=asked)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
