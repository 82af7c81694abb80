"""Modals and Homes: what is open on whose screen, and what is filled in there."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.platforms.slack_server import blocks as b
from tests.platforms.slack_server.errors import SlackError
from tests.platforms.slack_server.messages import Chosen
from tests.platforms.slack_server.state import APP_ID, User, World

Json = dict[str, Any]
DEEPEST = 3
_GIVEN = (
    "type callback_id title submit close blocks private_metadata clear_on_close "
    "notify_on_close external_id submit_disabled"
).split()


@dataclass(eq=False, repr=False, kw_only=True)
class View:
    """A modal or Home. ``errors`` are shown at its inputs, by block_id."""

    id: str
    user: User
    data: Json
    hash: str
    root_id: str
    previous: "View | None" = None
    open: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=dict)
    history: list[Json] = field(default_factory=list)  # what it showed before

    @property
    def title(self) -> str:
        return str((self.data.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.data.get("callback_id", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.data["blocks"])

    @property
    def text(self) -> str:
        """All that is to be read in it, errors too."""
        keys = ("title", "blocks", "submit", "close")
        body = b.visible([self.data[key] for key in keys if key in self.data])
        return "\n".join([body, *self.errors.values()])

    @property
    def buttons(self) -> list[b.Button]:
        return b.buttons(self.blocks)

    @property
    def menus(self) -> list[b.Menu]:
        return b.menus(self.blocks)

    @property
    def fields(self) -> dict[str, b.Field]:
        """Every input, by its label."""
        return {field.label: field for field in b.fields(self.blocks)}

    def wire(self) -> Json:
        """As Slack gives it."""
        bot = self.user.workspace
        return {
            "id": self.id,
            "team_id": bot.id,
            "state": {"values": self.chosen},
            "hash": self.hash,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous.id if self.previous else None,
            "app_id": APP_ID,
            "app_installed_team_id": bot.id,
            "bot_id": bot.bot_id,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            **self.data,
        }

    def __str__(self) -> str:
        return f"the {self.data['type']} {self.title or self.callback_id!r}"


class Screens:
    """The open modals of everybody, a stack each, and the Homes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._hashes = count(1)
        self.all: list[View] = []
        self.homes: dict[User, View] = {}

    def stack(self, user: User) -> list[View]:
        mine = [v for v in self.all if v.user is user and v.open]
        return [view for view in mine if view.data["type"] == "modal"]

    def open(self, user: User, data: Json) -> View:
        for view in self.stack(user):
            view.open = False
        return self._add(user, data, None)

    def push(self, user: User, data: Json) -> View:
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= DEEPEST:
            raise SlackError("push_limit_reached")
        return self._add(user, data, stack[-1])

    def publish(self, user: User, data: Json) -> View:
        if user in self.homes:
            self.update(self.homes[user], data)
        else:
            self.homes[user] = self._add(user, data, None)
        return self.homes[user]

    def update(self, view: View, data: Json) -> None:
        view.history.append(view.data)
        view.data, view.hash = self._kept(data), f"hash-{next(self._hashes)}"
        view.errors = {}

    def close(self, view: View, *, everything: bool = False) -> None:
        view.open = False
        if everything or view.data.get("clear_on_close"):
            for other in self.stack(view.user):
                other.open = False

    def find(self, arguments: Json) -> View:
        """By view_id or external_id, if its hash is the one that was meant."""
        for view in self.all:
            external = view.data.get("external_id")
            wanted = arguments.get("external_id")
            if view.id == arguments.get("view_id") or (wanted and wanted == external):
                if not view.open:
                    break
                if arguments.get("hash") not in {None, view.hash}:
                    raise SlackError("hash_conflict")
                return view
        raise SlackError("not_found")

    def _add(self, user: User, data: Json, previous: View | None) -> View:
        id_ = self._world.new_id("V")
        view = View(
            id=id_,
            user=user,
            data=self._kept(data),
            hash=f"hash-{next(self._hashes)}",
            root_id=previous.root_id if previous else id_,
            previous=previous,
        )
        self.all.append(view)
        return view

    def _kept(self, data: Json) -> Json:
        kept = {key: data[key] for key in _GIVEN if key in data}
        return kept | {"blocks": b.with_ids(data["blocks"], self._world.new_id)}
