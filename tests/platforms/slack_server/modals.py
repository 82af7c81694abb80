"""views.*: opening, pushing, updating, publishing; triggers that allow it for a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.platforms.slack_server.asked import Askings, Interaction, Sort
from tests.platforms.slack_server.clock import TRIGGER_LIVES_FOR, Clock
from tests.platforms.slack_server.errors import SlackError, refused
from tests.platforms.slack_server.manifest import Manifest
from tests.platforms.slack_server.rules import view_problems
from tests.platforms.slack_server.state import World
from tests.platforms.slack_server.views import Screens, View
from tests.platforms.slack_server.web_api import Call, Method
from tests.platforms.waiting import Diary

Json = dict[str, Any]


@dataclass(eq=False, repr=False)
class Trigger:
    """Given with an interaction; good for one modal, for three seconds."""

    asked: Interaction
    born: float
    used: bool = False


class Modals:
    """The methods of the family views."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        diary: Diary,
        askings: Askings,
        manifest: Manifest,
    ) -> None:
        self._world = world
        self._clock = clock
        self._diary = diary
        self._askings = askings
        self._manifest = manifest
        self.screens = Screens(world)
        self.violations: list[str] = []
        self._triggers: dict[str, Trigger] = {}

    def methods(self) -> Iterator[Method]:
        yield Method("views.open", self._open, None, ("trigger_id", "view"))
        yield Method("views.push", self._push, None, ("trigger_id", "view"))
        yield Method("views.update", self._update, None, ("view",))
        yield Method("views.publish", self._publish, None, ("user_id", "view"))

    def new_trigger(self, asked: Interaction) -> str:
        id_ = f"{self._world.new_id('')}.{self._world.new_id('')}.local"
        self._triggers[id_] = Trigger(asked, self._clock.seconds())
        return id_

    def check(self, how: str, view: Json) -> None:
        problems = view_problems(view)
        if problems:
            self.violations += [f"{how}: {problem}" for problem in problems]
            raise refused("invalid_arguments", problems)

    def _redeem(self, call: Call) -> Interaction:
        trigger = self._triggers.get(str(call.arguments["trigger_id"]))
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.seconds() - trigger.born > TRIGGER_LIVES_FOR:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.asked

    def _open(self, call: Call) -> Json:
        return self._show(call, self.screens.open)

    def _push(self, call: Call) -> Json:
        return self._show(call, self.screens.push)

    def _show(self, call: Call, how: Any) -> Json:
        view = call.arguments["view"]
        self.check(call.method, view)
        if view["type"] != "modal":
            raise SlackError("invalid_arguments")
        asked = self._redeem(call)
        asked.modal = how(asked.who, view)
        self._diary.note(f"{asked.modal} was opened for {asked.who}")
        return {"view": asked.modal.wire()}

    def _update(self, call: Call) -> Json:
        self.check(call.method, call.arguments["view"])
        view = self.screens.find(call.arguments)
        self.change(view, call.arguments["view"])
        return {"view": view.wire()}

    def change(self, view: View, data: Json) -> None:
        """Whoever waits for the effect of a press in it has it now."""
        self.screens.update(view, data)
        for asked in reversed(self._askings.interactions):
            if asked.view is view:
                asked.updated = True
                break
        self._diary.note(f"{view} changed")

    def _publish(self, call: Call) -> Json:
        view = call.arguments["view"]
        self.check(call.method, view)
        if view["type"] != "home":
            raise SlackError("invalid_arguments")
        if not self._manifest.has_home:
            raise SlackError("not_enabled")
        user = call.user("user_id")
        home = self.screens.publish(user, view)
        for asked in reversed(self._askings.interactions):
            opening = asked.sort is Sort.OPENING and asked.who is user
            if opening or asked.view is home:
                asked.home, asked.updated = home, True
                break
        self._diary.note(f"the Home of {user} was published")
        return {"view": home.wire()}
