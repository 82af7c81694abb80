"""assistant.threads.*: status, title and suggested prompts, of both kinds of view."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.slack_server.asked import Askings, Sort
from tests.platforms.slack_server.errors import SlackError, refused
from tests.platforms.slack_server.manifest import Manifest
from tests.platforms.slack_server.rules import prompts_problems
from tests.platforms.slack_server.state import Channel
from tests.platforms.slack_server.web_api import Call, Method
from tests.platforms.waiting import Diary

Json = dict[str, Any]


@dataclass(eq=False, repr=False)
class Thread:
    """What the agent shows beside its messages; ``statuses`` is all there ever were."""

    status: str = ""
    statuses: list[str] = field(default_factory=list)
    title: str = ""
    prompts: list[Json] = field(default_factory=list)


class Agents:
    """By channel and thread; the thread is None for the agent's direct messages."""

    def __init__(self, manifest: Manifest, askings: Askings, diary: Diary) -> None:
        self._manifest = manifest
        self._askings = askings
        self._diary = diary
        self._threads: dict[tuple[Channel, str | None], Thread] = {}
        self._assistant: set[str] = set()  # threads of the older view
        self.violations: list[str] = []

    def methods(self) -> Iterator[Method]:
        def method(name: str, handler: Callable[[Call], Json], *needs: str) -> Method:
            scope = "chat:write" if name == "setStatus" else "assistant:write"
            needs = ("channel_id", *needs)
            return Method(f"assistant.threads.{name}", handler, scope, needs)

        yield method("setStatus", self._set_status, "thread_ts")
        yield method("setTitle", self._set_title, "thread_ts", "title")
        yield method("setSuggestedPrompts", self._set_prompts, "prompts")

    def thread(self, channel: Channel, thread_ts: str | None = None) -> Thread:
        return self._threads.setdefault((channel, thread_ts), Thread())

    def clear_status(self, channel: Channel, thread_ts: str | None) -> None:
        """An answer of the app clears it."""
        self.thread(channel, thread_ts).status = ""

    def began(self, thread_ts: str) -> None:
        """An assistant thread, of the older view."""
        self._assistant.add(thread_ts)

    def _set_status(self, call: Call) -> Json:
        if "status" not in call.arguments:
            raise SlackError("invalid_arguments")
        if len(call.arguments.get("loading_messages") or []) > 10:
            raise SlackError("invalid_arguments")
        thread = self._of(call)
        thread.status = str(call.arguments["status"])
        if thread.status:
            thread.statuses.append(thread.status)
        return {}

    def _set_title(self, call: Call) -> Json:
        self._of(call).title = str(call.arguments["title"])
        return {}

    def _set_prompts(self, call: Call) -> Json:
        problems = prompts_problems(call.arguments)
        if problems:
            self.violations += [f"{call.method}: {problem}" for problem in problems]
            raise refused("invalid_arguments", problems)
        thread_ts = call.arguments.get("thread_ts")
        if thread_ts is not None and thread_ts not in self._assistant:
            # Slack says ok, and shows nothing.
            self.violations.append(
                f"{call.method}: with a thread_ts an agent's prompts are not shown"
            )
            return {}
        thread = self._of(call)
        thread.prompts = list(call.arguments["prompts"])
        for asked in reversed(self._askings.interactions):
            if asked.sort is Sort.OPENING and asked.channel is call.channel(
                "channel_id"
            ):
                asked.prompts = thread.prompts
                break
        self._diary.note("prompts were suggested")
        return {}

    def _of(self, call: Call) -> Thread:
        if not call.workspace.agent_features:
            raise SlackError("feature_not_enabled")
        if not (self._manifest.is_agent or self._manifest.is_assistant):
            raise SlackError("not_allowed")
        channel = call.channel("channel_id")
        return self.thread(channel, call.arguments.get("thread_ts"))
