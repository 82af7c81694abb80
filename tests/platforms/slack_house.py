"""A reception that says what a test tells it to, and the client in front of it."""

import asyncio
import json
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import replies
from bot.cards import Action, Actions, Button, Card, Line
from bot.catalogue import words
from bot.on_slack.client import SlackClient
from bot.reception.messages import Option, Reply, ToTell, Visibility
from knowledge.model import AnswersWhen, Place, Tenant
from tests.platforms.slack_server import Member, SlackServer
from tests.platforms.slack_server.state import Channel, Workspace
from tests.platforms.slack_transport import SlackTime

MANIFEST = json.loads(
    Path(__file__)
    .parents[2]
    .joinpath("bot", "on_slack", "manifest.json")
    .read_text("utf-8")
)


def button(action: Action, label: str, argument: str = "") -> Button:
    return Button(label=label, action=action, key="k", argument=argument)


def answer(text: str = "Words.", *buttons: Button) -> Card:
    blocks = (Line(text), Actions(buttons)) if buttons else (Line(text),)
    return Card("Clearview AI · Italy", blocks)


def public(card: Card | None = None, key: str = "k") -> Reply:
    return Reply(card=card or answer(), visibility=Visibility.PUBLIC, key=key)


def private(card: Card | None = None) -> Reply:
    return Reply(card=card or answer(), visibility=Visibility.PRIVATE)


@dataclass
class Scripted:
    """Implements ``Receives``: ``says`` makes every reply; ``got`` is all that came."""

    says: Callable[[Any], Reply | None] = lambda _: public()
    got: list[Any] = field(default_factory=list)
    places: list[tuple[str, Place]] = field(default_factory=list)
    left: list[Tenant] = field(default_factory=list)
    kept: list[Tenant] = field(default_factory=list)
    marks: dict[Tenant, str] = field(default_factory=dict)
    threads: set[str] = field(default_factory=set)
    first: Card | None = None
    due: list[ToTell] = field(default_factory=list)
    done: list[tuple[str, Place | None]] = field(default_factory=list)
    delivered_to: list[str] = field(default_factory=list)
    when: AnswersWhen = AnswersWhen.ADDRESSED
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stirred: Callable[[], None] = lambda: None

    async def _reply(self, came: Any) -> Any:
        self.got.append(came)
        self.stirred()
        return self.says(came)

    async def hear(self, heard):
        return await self._reply(heard)

    async def command(self, command):
        return await self._reply(command)

    async def press(self, press):
        return await self._reply(press)

    async def submit(self, form):
        return await self._reply(form)

    async def suggest(self, choosing):
        held = self.names.get(choosing.option, ())
        typed = choosing.typed.casefold()
        return tuple(Option(n, n) for n in held if n.casefold().startswith(typed))

    async def posted(self, key, where):
        self.places.append((key, where))
        self.stirred()

    async def delivered(self, heard):
        self.delivered_to.append(heard.message)
        self.stirred()

    async def spoke_in(self, tenant, channel, thread):
        return thread in self.threads

    async def late(self, caller, form):
        return replies.form_late(Action.WRONG, "KEY")

    async def language(self, caller):
        return None

    async def welcome(self, caller):
        first, self.first = self.first, None
        return first

    async def known(self, platform):
        return tuple(self.kept)

    async def installed(self, tenant, mark):
        self.marks[tenant] = mark

    async def revoked(self, platform, mark):
        self.left += [t for t, m in self.marks.items() if m == mark]

    async def gone(self, tenant):
        self.left.append(tenant)
        self.stirred()

    async def take(self, notice):
        return True

    async def to_tell(self, platform):
        assert platform == "slack"
        return tuple(d for d in self.due if d.id not in {id for id, _ in self.done})

    async def told(self, notice, where=None):
        self.done.append((notice, where))

    def answers_in(self, tenant, channel):
        return self.when


@dataclass
class House:
    server: SlackServer
    newsroom: Workspace
    general: Channel
    ana: Member
    ben: Member
    reception: Scripted
    client: SlackClient

    @property
    def got(self) -> Any:
        """The one thing that came."""
        (came,) = self.reception.got
        return came

    async def placed(self, key: str) -> Place:
        """Where the reply with this key stands, as the reception was told."""
        places = self.reception.places
        await self.server.until(lambda: key in dict(places), f"the place of {key}")
        return dict(places)[key]


def client_for(server, workspace, reception, **changes) -> SlackClient:
    settings: dict[str, Any] = {
        "app_token": server.app_token,
        "api": server.api,
        "tell_every": None,
        "ping_every": 0.2,
    } | changes
    return SlackClient(workspace.bot_token, reception, words("en"), **settings)


@asynccontextmanager
async def running(client: SlackClient):
    """Run it until left; what it raised is raised here."""
    task = asyncio.create_task(client.run())
    ready = asyncio.create_task(client.ready.wait())
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        yield
    finally:
        ready.cancel()
        await asyncio.gather(ready, return_exceptions=True)
        await client.close()
        await task


@asynccontextmanager
async def housed(transport="socket", says=None, **settings):
    """A newsroom with ana, who manages it and speaks Italian, and ben.

    Slack's three seconds are those of this process: the machine may be busy with others.
    """
    async with SlackServer(manifest=MANIFEST, clock=SlackTime()) as server:
        newsroom = server.workspace("Newsroom")
        general = server.channel(newsroom, "general")
        ana = server.member(newsroom, "ana", locale="it-IT", admin=True)
        ben = server.member(newsroom, "ben")
        reception = Scripted() if says is None else Scripted(says)
        reception.stirred = server.diary.note
        if transport == "http":
            settings |= {
                "app_token": None,
                "signing_secret": server.signing_secret,
                "http": "127.0.0.1:0",
            }
        client = client_for(server, newsroom, reception, **settings)
        house = House(server, newsroom, general, ana, ben, reception, client)
        async with running(client):
            if transport == "http":
                async with server.posting_to(str(client.address)):
                    yield house
                    await server.settled()
            else:
                yield house
                await server.settled()
