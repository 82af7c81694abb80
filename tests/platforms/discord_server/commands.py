"""The commands that the bot registered, and what a client makes of them.

A client offers only what is registered, refuses what does not fit, and sends the ids that
Discord gave: so does this. What a client would not send raises NotOffered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.discord_server.messages import Mailroom, Upload
from tests.platforms.discord_server.permissions import permissions_in
from tests.platforms.discord_server.state import Channel, Role, User, World
from tests.platforms.discord_server.wire import (
    Json,
    member_object,
    partial_channel,
    permissions_of,
    role_object,
    user_object,
)

CHAT, ON_USER, ON_MESSAGE = 1, 2, 3
SUB_COMMAND, GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(
    3, 12
)
_PYTHON: dict[int, type | tuple[type, ...]] = {
    STRING: str,
    INTEGER: int,
    BOOLEAN: bool,
    NUMBER: (int, float),
    USER: User,
    CHANNEL: Channel,
    ROLE: Role,
    MENTIONABLE: (User, Role),
    ATTACHMENT: Upload,
}
IN_GUILDS, WITH_BOT, ELSEWHERE = 0, 1, 2  # contexts
OF_GUILD, OF_USER = 0, 1  # integration types


class NotOffered(AssertionError):
    """Discord's client does not offer this, so nobody can do it."""


class Registry:
    """What is registered, globally and for single guilds."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.everywhere: dict[str, Json] = {}  # by id
        self.in_guild: dict[str, dict[str, Json]] = {}  # by guild, then id
        self.writes = 0  # how often the bot wrote any

    def shelf(self, guild_id: str | None) -> dict[str, Json]:
        if guild_id is None:
            return self.everywhere
        return self.in_guild.setdefault(guild_id, {})

    def overwrite(self, guild_id: str | None, bodies: list[Json]) -> list[Json]:
        shelf = self.shelf(guild_id)
        made = [self._made(guild_id, body) for body in bodies]
        shelf.clear()
        shelf |= {command["id"]: command for command in made}
        self.writes += 1
        return made

    def create(self, guild_id: str | None, body: Json) -> tuple[Json, bool]:
        """One of the same name is replaced; says whether it is new."""
        made = self._made(guild_id, body)
        new = made["id"] not in self.shelf(guild_id)
        self.shelf(guild_id)[made["id"]] = made
        self.writes += 1
        return made, new

    def change(self, guild_id: str | None, id_: str, body: Json) -> Json:
        shelf = self.shelf(guild_id)
        shelf[id_] |= body | {"version": self._world.new_id()}
        self.writes += 1
        return shelf[id_]

    def _made(self, guild_id: str | None, body: Json) -> Json:
        kind = body.get("type") or CHAT
        same = [
            command
            for command in self.shelf(guild_id).values()
            if (command["name"], command["type"]) == (body["name"], kind)
        ]
        needed = body.get("default_member_permissions")
        made = {"nsfw": False, "integration_types": [OF_GUILD], "contexts": None}
        made |= {key: value for key, value in body.items() if value is not None}
        made |= {
            "id": same[0]["id"] if same else self._world.new_id(),
            "application_id": self._world.application_id,
            "version": self._world.new_id(),
            "type": kind,
            "description": body.get("description") or "",
            "default_member_permissions": None if needed is None else str(needed),
        }
        return made | ({"guild_id": guild_id} if guild_id else {})

    def offered(self, who: User, channel: Channel) -> list[Json]:
        """What that person's client offers there; a guild's own command comes first."""
        own = self.in_guild.get(channel.guild.id, {}) if channel.guild else {}
        found: dict[tuple[str, int], Json] = {}
        for command in [*own.values(), *self.everywhere.values()]:
            if _is_offered(command, who, channel):
                found.setdefault((command["name"], command["type"]), command)
        return list(found.values())

    def find(self, name: str, kind: int, who: User, channel: Channel) -> Json:
        offered = [c for c in self.offered(who, channel) if c["type"] == kind]
        for command in offered:
            if command["name"] == name:
                return command
        names = ", ".join(sorted(command["name"] for command in offered)) or "nothing"
        raise NotOffered(f"{who} is not offered {name!r} in {channel}, but {names}")


def _is_offered(command: Json, who: User, channel: Channel) -> bool:
    contexts, guild = command.get("contexts"), channel.guild
    if guild is None:
        private = command.get("dm_permission") is not False
        return private if contexts is None else WITH_BOT in contexts
    if contexts is not None and IN_GUILDS not in contexts:
        return False
    if not guild.has_bot and OF_USER not in (command.get("integration_types") or ()):
        return False
    needed = int(command["default_member_permissions"] or 0)
    hidden = command["default_member_permissions"] == "0"  # for administrators only
    held = permissions_in(guild, who.id, channel)
    administrator = bool(held & 1 << 3)
    return administrator or (not hidden and held & needed == needed)


@dataclass
class Filling:
    """What a client sends of a command that somebody fills in."""

    world: World
    mailroom: Mailroom
    who: User
    channel: Channel
    resolved: dict[str, Json] = field(default_factory=dict)

    def data(
        self, command: Json, path: Iterable[str], values: Json, focused: str | None
    ) -> Json:
        """The ``data`` of the interaction; ``path`` leads to a sub-command."""
        options = self._options(command, list(path), values, focused)
        made: Json = {
            "id": command["id"],
            "name": command["name"],
            "type": command["type"],
            "options": options,
        }
        if "guild_id" in command:
            made["guild_id"] = command["guild_id"]
        return made | ({"resolved": self.resolved} if self.resolved else {})

    def _options(
        self, node: Json, path: list[str], values: Json, focused: str | None
    ) -> list[Json]:
        declared = node.get("options") or []
        inner = {o["name"]: o for o in declared if o["type"] in {SUB_COMMAND, GROUP}}
        if not inner:
            if path:
                raise NotOffered(f"{node['name']!r} has no sub-command {path[0]!r}")
            return self._filled(node["name"], declared, values, focused)
        if not path or path[0] not in inner:
            wanted = path[0] if path else "nothing"
            raise NotOffered(f"{node['name']!r} has {', '.join(inner)}, not {wanted!r}")
        chosen = inner[path[0]]
        options = self._options(chosen, path[1:], values, focused)
        return [{"name": path[0], "type": chosen["type"], "options": options}]

    def _filled(
        self, name: str, declared: list[Json], values: Json, focused: str | None
    ) -> list[Json]:
        unknown = set(values) - {option["name"] for option in declared}
        if unknown:
            known = ", ".join(option["name"] for option in declared) or "no options"
            raise NotOffered(f"{name!r} has {known}, not {', '.join(sorted(unknown))}")
        sent = []
        for option in declared:
            if option["name"] in values:
                value = values[option["name"]]
                if option["name"] == focused:
                    if not option.get("autocomplete"):
                        raise NotOffered(f"{focused!r} offers no suggestions")
                    sent.append(_option(option, value) | {"focused": True})
                else:
                    sent.append(_option(option, self._value(option, value)))
            elif option.get("required") and focused is None:
                raise NotOffered(f"{name!r} is not sent without {option['name']!r}")
        return sent

    def _value(self, option: Json, value: Any) -> Any:
        name, kind = option["name"], option["type"]
        value = getattr(value, "user", value)  # a member is a user here
        boolean = isinstance(value, bool)
        if not isinstance(value, _PYTHON[kind]) or boolean != (kind == BOOLEAN):
            raise NotOffered(f"{name!r} does not take {value!r}")
        choices = [choice["value"] for choice in option.get("choices") or ()]
        if choices and value not in choices:
            raise NotOffered(f"{name!r} offers {choices}, not {value!r}")
        if isinstance(value, str):
            least, most = (
                option.get("min_length") or 0,
                option.get("max_length") or 6000,
            )
            if not least <= len(value) <= most:
                raise NotOffered(
                    f"{name!r} takes {least} to {most} characters, not {len(value)}"
                )
        if isinstance(value, (int, float)) and not boolean:
            least, most = option.get("min_value"), option.get("max_value")
            if (least is not None and value < least) or (
                most is not None and value > most
            ):
                raise NotOffered(f"{name!r} takes {least} to {most}, not {value}")
        kinds = option.get("channel_types")
        if isinstance(value, Channel) and kinds and value.kind not in kinds:
            raise NotOffered(f"{name!r} does not take {value}")
        return self.resolve(value)

    def resolve(self, value: Any) -> Any:
        """The id of what has one, which is then described beside the values."""
        guild = self.channel.guild
        match value:
            case User():
                self._resolve("users", value.id, user_object(value))
                if guild is not None and value.id in guild.members:
                    member = member_object(guild.members[value.id])
                    del member["deaf"], member["mute"]  # partial here
                    may = {"permissions": permissions_of(value, self.channel)}
                    self._resolve("members", value.id, member | may)
            case Role():
                self._resolve("roles", value.id, role_object(value))
            case Channel():
                self._resolve("channels", value.id, partial_channel(value, self.who))
            case Upload():
                attachment = self.mailroom.keep_files(self.channel, [value])[0]
                self._resolve("attachments", attachment["id"], attachment)
                return attachment["id"]
            case _:
                return value
        return value.id

    def _resolve(self, what: str, id_: str, data: Json) -> None:
        self.resolved.setdefault(what, {})[id_] = data


def _option(option: Json, value: Any) -> Json:
    return {"name": option["name"], "type": option["type"], "value": value}


def localised(named: Mapping[str, Any], key: str, locale: str) -> str:
    """A name or description as a client in that language shows it."""
    return str((named.get(f"{key}_localizations") or {}).get(locale) or named[key])
