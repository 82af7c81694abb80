"""Hands on a screen: pressing, choosing, searching, sending and closing forms."""

from typing import Any

from tests.platforms.slack_server import blocks as b
from tests.platforms.slack_server.asked import (
    Asked,
    Askings,
    Interaction,
    Sort,
    Until,
)
from tests.platforms.slack_server.deeds import Deeds
from tests.platforms.slack_server.errors import NotOffered
from tests.platforms.slack_server.forms import filled_in, state_of
from tests.platforms.slack_server.messages import Message
from tests.platforms.slack_server.state import Channel, User
from tests.platforms.slack_server.views import View
from tests.platforms.waiting import Diary

Json = dict[str, Any]
Surface = Message | View | Asked


class Hands:
    """A surface is a message, a modal or Home, or what was asked: then its answer."""

    def __init__(
        self, user: User, deeds: Deeds, askings: Askings, diary: Diary
    ) -> None:
        self.user = user
        self._deeds = deeds
        self._askings = askings
        self._diary = diary

    async def presses(
        self,
        surface: Surface,
        button: str,
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """A button by its label or action_id; a thumb of feedback by its label."""
        where = self._seen(surface)
        found = [x for x in where.buttons if button in {x.label, x.action_id}]
        if len({(x.block_id, x.action_id, x.value) for x in found}) != 1:
            labels = ", ".join(f"{x.label!r}" for x in where.buttons)
            many = "more than one" if found else "no"
            raise NotOffered(f"{many} button {button!r}; there are: {labels or 'none'}")
        pressed = found[0]
        asked = self._on(Sort.PRESS, where, f"a press on {pressed.label!r}")
        asked.is_link = pressed.url is not None
        kind = pressed.element["type"]
        action: Json = {
            "type": kind,
            "action_id": pressed.action_id,
            "block_id": pressed.block_id,
        }
        if pressed.value is not None:
            action["value"] = pressed.value
        if kind != "icon_button":
            action["text"] = {
                "type": "plain_text",
                "text": pressed.label,
                "emoji": True,
            }
        self._deeds.action(asked, action)
        await asked.wait(until)
        return asked

    async def chooses(
        self,
        surface: Surface,
        menu: str,
        value: Any,
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """From a menu by its action_id; an option by its label or value."""
        where, found = self._menu(surface, menu)
        state = state_of(found.element, value)
        if found.kind != "overflow":
            where.chosen.setdefault(found.block_id, {})[found.action_id] = state
        ids = {"action_id": found.action_id, "block_id": found.block_id}
        asked = self._on(Sort.PRESS, where, f"a choice of {value!r}")
        self._deeds.action(asked, state | ids)
        await asked.wait(until)
        return asked

    async def searches(self, surface: Surface, menu: str, typed: str) -> Interaction:
        """In a menu that looks its options up; see ``.suggestions``, ``.options``."""
        where, found = self._menu(surface, menu)
        if "external" not in found.kind:
            raise NotOffered(f"{menu} looks nothing up")
        asked = self._on(Sort.SUGGESTIONS, where, f"a search for {typed!r}")
        least = found.element.get("min_query_length", 3)
        if len(typed) < least:
            raise NotOffered(f"a search begins at {least} characters")
        self._deeds.look_up(asked, found.element, found.block_id, typed)
        await asked.answered()
        return asked

    async def submits(
        self,
        surface: View | Interaction,
        values: dict[str, Any] | None = None,
        *,
        until: Until = Until.ANSWERED,
    ) -> Interaction:
        """Send a form; inputs are named by label, block_id or action_id."""
        view = self._form(surface)
        view.chosen = filled_in(view, values or {})
        asked = self._asked(Sort.SUBMISSION, self._channel_of(view), f"sending {view}")
        asked.view = view
        self._deeds.submission(asked, view)
        await asked.wait(until)
        return asked

    async def closes(self, surface: View | Interaction) -> None:
        """Without sending; the bot hears of it only if it asked for that."""
        view = self._form(surface)
        view.open = False
        if view.data.get("notify_on_close"):
            asked = self._asked(Sort.NEWS, None, f"closing {view}")
            self._deeds.closing(asked, view)
            await asked.acknowledged()

    # --- finding ----------------------------------------------------------------------------

    def _seen(self, surface: Surface) -> Message | View:
        if isinstance(surface, Interaction) and surface.modal is not None:
            surface = surface.modal
        elif isinstance(surface, Interaction) and surface.home is not None:
            surface = surface.home
        if isinstance(surface, View):
            if surface.user is not self.user or not surface.open:
                raise NotOffered(f"{surface} is not open for {self.user}")
            return surface
        return self._visible(surface)

    def _visible(self, of: Message | Asked) -> Message:
        message = of if isinstance(of, Message) else of.answer
        private = message.ephemeral and message.ephemeral_to is not self.user
        if message.deleted or private or self.user not in message.channel.members:
            raise NotOffered(f"{self.user} does not see {message}")
        return message

    def _menu(self, surface: Surface, name: str) -> tuple[Message | View, b.Menu]:
        where = self._seen(surface)
        for menu in where.menus:
            if menu.action_id == name:
                return where, menu
        listed = ", ".join(menu.action_id for menu in where.menus)
        raise NotOffered(f"no menu {name!r}; there are: {listed or 'none'}")

    def _form(self, surface: View | Interaction) -> View:
        view = surface.modal if isinstance(surface, Interaction) else surface
        if view is None or view.user is not self.user or not view.open:
            raise NotOffered(f"no form is open for {self.user}")
        if view.data["type"] != "modal":
            raise NotOffered("a Home cannot be sent")
        return view

    def _channel_of(self, view: View) -> Channel | None:
        """Where the form was opened from."""
        opened = [a for a in self._askings.interactions if a.modal is view]
        return opened[-1].channel if opened else None

    def _on(self, sort: Sort, where: Message | View, what: str) -> Interaction:
        if isinstance(where, View):
            asked = self._asked(sort, self._channel_of(where), what)
            asked.view = where
            return asked
        asked = self._asked(sort, where.channel, what)
        asked.pressed = where
        return asked

    def _asked(self, sort: Sort, channel: Channel | None, what: str) -> Interaction:
        asked = Interaction(
            who=self.user, channel=channel, what=what, diary=self._diary, sort=sort
        )
        self._askings.all.append(asked)
        return asked
