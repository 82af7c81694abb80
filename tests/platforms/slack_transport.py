"""The scenarios' drivers for Slack: Socket Mode and signed HTTP, by slack_bolt."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from bot.catalogue import words
from bot.on_slack.client import SlackClient
from bot.reception import Reception
from bot.replies.guidance import typed
from knowledge.model import Tenant
from tests.platforms.shelf import Shelf
from tests.platforms.slack_server import SlackServer, Upload
from tests.platforms.slack_server.asked import Asked, Until
from tests.platforms.slack_server.clock import Clock
from tests.platforms.slack_server.delivery import Attempt, Delivery, NotDelivered
from tests.platforms.transports import PATIENCE, OwnTime, Site, Transport

MANIFEST = json.loads(
    (Path(__file__).parents[2] / "bot/on_slack/manifest.json").read_text("utf-8")
)
LOCALES = {
    **{
        language: f"{language}-{language.upper()}"
        for language in ("fr", "it", "de", "es")
    },
    "en": "en-GB",
    "nl": "nl-NL",
    "pt": "pt-PT",
}


class SlackTime(OwnTime, Clock):
    """Slack's limits, by the time that this process had."""


class Down:
    """A line over which nothing comes."""

    async def send(self, delivery: Delivery, attempt: Attempt) -> None:
        raise NotDelivered("no connection")


class Waiting:
    """A line on which each new message waits, until it is let go."""

    def __init__(self, line: Any) -> None:
        self._line = line
        self._gates: dict[str, asyncio.Event] = {}

    async def send(self, delivery: Delivery, attempt: Attempt) -> Any:
        event = delivery.payload["event"]
        if event.get("subtype") not in ("message_changed", "message_deleted"):
            await self._gates.setdefault(event["ts"], asyncio.Event()).wait()
        return await self._line.send(delivery, attempt)

    @property
    def gates(self) -> list[asyncio.Event]:
        """One for each message, which may come as two events."""
        return list(self._gates.values())


class Slack(Transport):
    """Over Socket Mode."""

    name = "slack-socket"
    SENT, ACKNOWLEDGED = Until.SENT, Until.ACKNOWLEDGED
    disturbances: tuple[str, ...] = ("drop", "refresh", "warning")

    def __init__(self, shelf: Shelf, data: Path) -> None:
        super().__init__(shelf, data)
        self._received: set[str] = set()
        self.server = SlackServer(
            manifest=MANIFEST, patience=PATIENCE, clock=SlackTime()
        )

    # --- the bot ----------------------------------------------------------------------

    def made(self, reception: Reception, *, all_words: bool = False) -> SlackClient:
        del all_words  # Slack hands over what is said wherever the bot is
        tokens = [site.place.bot_token for site in (self.here, self.there)]
        return SlackClient(
            ",".join(tokens),
            reception,
            words("en"),
            api=self.server.api,
            tell_every=None,
            ping_every=0.5,
            **self._way(),
        )

    def _way(self) -> dict[str, Any]:
        return {"app_token": self.server.app_token}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        self._task = asyncio.create_task(self.client.run())
        ready = asyncio.create_task(self.client.ready.wait())
        try:
            await asyncio.wait({self._task, ready}, return_when=asyncio.FIRST_COMPLETED)
            if self._task.done():
                self._task.result()
            async with AsyncExitStack() as delivered:
                await self._delivered(delivered)
                yield
                await self.settled()
        finally:
            ready.cancel()
            await asyncio.gather(ready, return_exceptions=True)
            await self.client.close()
            (self.ended,) = await asyncio.gather(self._task, return_exceptions=True)

    async def _delivered(self, open_now: AsyncExitStack) -> None:
        await self.server.connected()

    @property
    def over(self) -> bool:
        """Whether it ended of its own accord."""
        return self._task.done()

    async def settled(self) -> None:
        await self.server.settled()
        await self.server.until(lambda: not self._at_work(), "the bot to be done")

    def _at_work(self) -> bool:
        """Whether a listener of the bot's is running."""
        for task in asyncio.all_tasks() - {self._task}:
            code = getattr(task.get_coro(), "cr_code", None)
            file = code.co_filename if code else ""
            if "slack_bolt/listener" in file or "on_slack" in file:
                return True
        return False

    async def tell(self) -> None:
        with self.server.of_its_own_accord():
            await self.client.tell_once()

    # --- who and where ----------------------------------------------------------------

    def _site(self, name: str) -> Site:
        workspace = self.server.workspace(name)
        return Site(
            tenant=Tenant("slack", workspace.id),
            place=workspace,
            news=self.server.channel(workspace, "news"),
            desk=self.server.channel(workspace, "desk"),
            ana=self.server.member(workspace, "ana", admin=True),
            ben=self.server.member(workspace, "ben"),
        )

    def person(
        self,
        name: str,
        *,
        language: str = "en",
        site: Site | None = None,
        group: Any = None,
    ) -> Any:
        return self.server.member(
            (site or self.here).place,
            name,
            locale=LOCALES[language],
            groups=[group] if group else [],
        )

    def room(self, name: str) -> Any:
        return self.server.channel(self.here.place, name)

    def private_room(self, name: str, *people: Any, has_bot: bool) -> Any:
        room = self.server.channel(self.here.place, name, private=True, has_bot=has_bot)
        room.members.update(person.user for person in people)
        return room

    def group(self, name: str) -> Any:
        return self.server.user_group(self.here.place, name)

    def demote(self, who: Any) -> None:
        who.user.admin = who.user.owner = False

    # --- what people do ---------------------------------------------------------------

    async def command(self, who: Any, room: Any, name: str, /, **options: Any) -> Any:
        how = {"until": options.pop("until")} if "until" in options else {}
        name, _, inner = name.partition(" ")
        line = " ".join([inner, *_line(inner, options)]).strip()
        self.heard(line)
        return await who.slash(room, typed(name, "slack"), line, **how)

    async def mention(self, who: Any, room: Any, text: str, **how: Any) -> Any:
        return await who.says(room, f"@Quis {self.heard(text)}".strip(), **how)

    async def reply(self, who: Any, to: Any, text: str) -> Any:
        return await who.replies(to, self.heard(text), addressed=True)

    async def go_on(self, who: Any, after: Any, text: str, *, heeded: bool) -> Any:
        said = await who.replies(after, self.heard(text), addressed=heeded)
        await self.settled()
        return said

    async def chat(
        self, who: Any, room: Any, text: str, *, heeded: bool = False
    ) -> Any:
        said = await who.says(room, self.heard(text), addressed=heeded)
        await self.settled()
        return said

    async def claim(self, who: Any, said: Any) -> Any:
        return await who.shortcut("Check this claim", said)

    async def forge(self, who: Any, on: Any, id: str) -> Any:
        button = next(b for b in on.answer.buttons if b.value)
        button.element.update(action_id=id, value=id.partition("#")[0])
        return await who.presses(on, id)

    async def fill(self, who: Any, opened: Any, **values: str) -> Any:
        for value in values.values():
            if isinstance(value, str):
                self.heard(value)
        sent = await who.submits(opened, values)
        await sent.until(lambda: sent.shown, "a word on what was sent")
        return sent

    @staticmethod
    def upload() -> Upload:
        return Upload("paper.pdf", b"%PDF")

    # --- what people see --------------------------------------------------------------

    def ids(self, on: Any) -> list[str]:
        message = on.answer if isinstance(on, Asked) else on
        return [b.action_id for b in message.buttons if b.value]

    def menus(self, on: Any) -> list[str]:
        message = on.answer if isinstance(on, Asked) else on
        return [each.action_id for each in message.menus]

    def pictures(self, asked: Any) -> list[str]:
        return [each["alt_text"] for each in asked.answer.blocks if "alt_text" in each]

    def files(self, asked: Any, who: Any) -> list[tuple[str, bytes]]:
        shared = [
            file["id"]
            for message in self.server.mailroom.everything
            if message.channel is who.direct and message.user.bot
            for file in message.files
            if file["id"] not in self._received
        ]
        self._received.update(shared)
        held = self.server.files
        return [(held[id].upload.name, held[id].upload.data) for id in shared]

    def private(self, asked: Any) -> bool:
        return bool(asked.ephemeral)

    def seen(self, who: Any, room: Any) -> list[Any]:
        return [
            message
            for message in self.server.mailroom.everything
            if message.channel is room
            and message.user.bot
            and not message.deleted
            and message.ephemeral_to in {None, who.user}
        ]

    # --- what goes wrong --------------------------------------------------------------

    async def disturb(self, how: str) -> None:
        sockets = self.server.sockets
        before = sockets.opened
        match how:
            case "drop":
                sockets.drop()
            case "refresh":
                await sockets.disconnect("refresh_requested")
            case _:
                await sockets.disconnect("warning")
        await self.server.until(
            lambda: sockets.opened > before and sockets.connected, "another connection"
        )

    def refuse_connection(self) -> None:
        self.server.faults.drop("auth.test", times=2)  # one is tried again

    def limit(self) -> None:
        self.server.faults.rate_limit("chat.postMessage")

    def fail(self) -> None:
        self.server.faults.unavailable("chat.postMessage")

    def storm(self) -> None:
        for method in ("chat.postMessage", "conversations.open"):
            self.server.faults.rate_limit(method, retry_after=0, times=4)
            self.server.faults.unavailable(method, times=999)

    def fail_response(self) -> None:
        self.server.faults.unavailable("response_url")

    def fail_follow_up(self) -> None:
        self.server.faults.unavailable("response_url", times=9)

    def fail_form(self) -> None:
        self.server.faults.fail("views.open", "expired_trigger_id")

    def forbid(self, room: Any) -> None:
        room.read_only = True

    async def repeat(self, asked: Any) -> None:
        self.server.repeats(asked)
        await self.settled()

    def keep_back(self) -> None:
        """Whatever is sent is not delivered; Slack tries again later."""
        self._line = self.server.deliveries.transport
        self.server.deliveries.transport = Down()

    def keep_waiting(self) -> None:
        self._line = self.server.deliveries.transport
        self.server.deliveries.transport = Waiting(self._line)

    async def let_go(self, messages: int) -> list[Callable[[], None]]:
        waiting = self.server.deliveries.transport
        await self.server.until(lambda: len(waiting.gates) == messages, "all to wait")
        self.server.deliveries.transport = self._line
        return [gate.set for gate in waiting.gates]

    async def deliver_late(self, seconds: float) -> None:
        """By the attempts that Slack makes after a minute and after five."""
        deliveries = self.server.deliveries
        waiting = [each for each in deliveries.all if not each.done]
        for attempts in (2, 3):
            await self.server.until(
                lambda n=attempts: all(len(e.attempts) >= n for e in waiting),
                "an attempt that fails",
            )
            if attempts == 3:
                deliveries.transport = self._line
            self.server.clock.advance(seconds)
        await self.settled()

    def lose_acknowledgement(self) -> None:
        self.server.sockets.lose_acknowledgements()
        self.forgive("was not acknowledged")

    def revoke(self) -> None:
        self.server.revoke_token(self.here.place)

    def no_letters(self, who: Any) -> None:
        who.user.deleted = True

    def uninstall(self) -> None:
        self.server.uninstall(self.here.place)

    def leave(self) -> None:
        self.server.revoke_token(self.here.place, "account_inactive")

    @property
    def secrets(self) -> list[str]:
        return list(self.server.secrets)


class SlackOverHttp(Slack):
    """Over signed HTTP, where there is no connection to lose."""

    name = "slack-http"
    disturbances = ()

    def _way(self) -> dict[str, Any]:
        return {
            "signing_secret": self.server.signing_secret,
            "http": "127.0.0.1:0",
        }

    async def _delivered(self, open_now: AsyncExitStack) -> None:
        self.http = await open_now.enter_async_context(
            self.server.posting_to(str(self.client.address))
        )

    def lose_acknowledgement(self) -> None:
        pass  # an answer to a request of one's own is not lost


def _line(setting: str, options: dict[str, Any]) -> list[str]:
    """What Discord has options for, in one line."""
    here = ["here"] if options.get("scope") == "channel" else []
    match setting:
        case "":
            return [", ".join(str(each) for each in options.values())]
        case "language":
            return [options["language"], *here]
        case "answers":
            return [options["when"], *here]
        case "private":
            return ["yes" if options["private"] else "no", *here]
        case "refused":
            return ["yes" if options["refused"] else "no"]
        case "moderators":
            return [f"#{options['channel'].name}"]
        case "roles":
            return [options["role"], f"@{options['group'].handle}"]
        case _:
            return [str(each) for each in options.values()]
