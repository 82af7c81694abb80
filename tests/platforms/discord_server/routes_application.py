"""REST: the bot itself, its commands, its interactions, guilds and users."""

from tests.platforms.discord_server import errors
from tests.platforms.discord_server.commands import Registry
from tests.platforms.discord_server.errors import ApiError
from tests.platforms.discord_server.gateway import Gateway
from tests.platforms.discord_server.interactions import Interactions
from tests.platforms.discord_server.places import Places
from tests.platforms.discord_server.rest import Answer, Request, Route
from tests.platforms.discord_server.state import Guild, User, World
from tests.platforms.discord_server.wire import (
    application_object,
    channel_object,
    guild_object,
    member_with_user,
    own_guild_object,
    own_user_object,
    role_object,
    user_object,
)


class ApplicationRoutes:
    """Who am I, where am I."""

    def __init__(
        self, world: World, gateway: Gateway, places: Places, owner: User
    ) -> None:
        self._world = world
        self._gateway = gateway
        self._places = places
        self._owner = owner

    def routes(self) -> list[Route]:
        guild = "/guilds/{guild}"
        return [
            Route("GET", "/users/@me", self.me),
            Route("GET", "/applications/@me", self.application),
            Route("GET", "/oauth2/applications/@me", self.application),
            Route("GET", "/gateway", self.gateway),
            Route("GET", "/gateway/bot", self.gateway_bot),
            Route("GET", "/users/@me/guilds", self.guilds),
            Route("DELETE", "/users/@me/guilds/{guild}", self.leave),
            Route("POST", "/users/@me/channels", self.direct),
            Route("GET", "/users/{user}", self.user),
            Route("GET", guild, self.guild),
            Route("GET", f"{guild}/channels", self.channels),
            Route("GET", f"{guild}/roles", self.roles),
            Route("GET", f"{guild}/members/{{user}}", self.member),
        ]

    def me(self, _: Request) -> Answer:
        return 200, own_user_object(self._world.bot)

    def application(self, _: Request) -> Answer:
        return 200, application_object(self._world, self._owner)

    def gateway(self, _: Request) -> Answer:
        return 200, {"url": self._gateway.url}

    def gateway_bot(self, _: Request) -> Answer:
        limit = {
            "total": 1000,
            "remaining": 999,
            "reset_after": 0,
            "max_concurrency": 1,
        }
        url = self._gateway.url
        return 200, {"url": url, "shards": 1, "session_start_limit": limit}

    def guilds(self, _: Request) -> Answer:
        mine = [guild for guild in self._world.guilds.values() if guild.has_bot]
        return 200, [own_guild_object(guild, self._world) for guild in mine]

    def leave(self, request: Request) -> Answer:
        self._places.remove_bot(self._guild(request))
        return 204, None

    def direct(self, request: Request) -> Answer:
        user = self._world.users.get(str(request.body["recipient_id"]))
        if user is None:
            raise ApiError(errors.UNKNOWN_USER)
        return 200, channel_object(self._world.direct(user))

    def user(self, request: Request) -> Answer:
        user = self._world.users.get(request.named["user"])
        if user is None:
            raise ApiError(errors.UNKNOWN_USER)
        return 200, user_object(user)

    def guild(self, request: Request) -> Answer:
        return 200, guild_object(self._guild(request))

    def channels(self, request: Request) -> Answer:
        here = self._world.of_guild(self._guild(request))
        return 200, [
            channel_object(channel) for channel in here if not channel.is_thread
        ]

    def roles(self, request: Request) -> Answer:
        guild = self._guild(request)
        return 200, [role_object(role) for role in [guild.everyone, *guild.roles]]

    def member(self, request: Request) -> Answer:
        member = self._guild(request).members.get(request.named["user"])
        if member is None:
            raise ApiError(errors.UNKNOWN_MEMBER)
        return 200, member_with_user(member)

    def _guild(self, request: Request) -> Guild:
        guild = self._world.guilds.get(request.named["guild"])
        if guild is None:
            raise ApiError(errors.UNKNOWN_GUILD)
        if not guild.has_bot:
            raise ApiError(errors.MISSING_ACCESS)
        return guild


class CommandRoutes:
    """Registering commands, everywhere and in one guild."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def routes(self) -> list[Route]:
        made = []
        for where in ("", "/guilds/{guild}"):
            shelf = f"/applications/{{application}}{where}/commands"
            made += [
                Route("GET", shelf, self.list),
                Route("PUT", shelf, self.overwrite),
                Route("POST", shelf, self.create),
                Route("GET", f"{shelf}/{{command}}", self.show),
                Route("PATCH", f"{shelf}/{{command}}", self.change),
                Route("DELETE", f"{shelf}/{{command}}", self.delete),
            ]
        return made

    def list(self, request: Request) -> Answer:
        return 200, [*self._registry.shelf(request.named.get("guild")).values()]

    def overwrite(self, request: Request) -> Answer:
        guild = request.named.get("guild")
        return 200, self._registry.overwrite(guild, request.body)

    def create(self, request: Request) -> Answer:
        made, new = self._registry.create(request.named.get("guild"), request.body)
        return 201 if new else 200, made

    def show(self, request: Request) -> Answer:
        return 200, self._registry.shelf(request.named.get("guild"))[self._id(request)]

    def change(self, request: Request) -> Answer:
        guild, id_ = request.named.get("guild"), self._id(request)
        return 200, self._registry.change(guild, id_, request.body)

    def delete(self, request: Request) -> Answer:
        del self._registry.shelf(request.named.get("guild"))[self._id(request)]
        return 204, None

    def _id(self, request: Request) -> str:
        id_ = request.named["command"]
        if id_ not in self._registry.shelf(request.named.get("guild")):
            raise ApiError(errors.UNKNOWN_COMMAND)
        return id_


class InteractionRoutes:
    """Answers to interactions: the first response, and what follows."""

    def __init__(self, interactions: Interactions) -> None:
        self._interactions = interactions

    def routes(self) -> list[Route]:
        hook = "/webhooks/{application}/{token}"
        message = f"{hook}/messages/{{message}}"
        return [
            Route("POST", "/interactions/{interaction}/{token}/callback", self.respond),
            Route("POST", hook, self.follow_up),
            Route("GET", message, self.show),
            Route("PATCH", message, self.edit),
            Route("DELETE", message, self.delete),
        ]

    def respond(self, request: Request) -> Answer:
        answer = self._interactions.respond(
            request.named["interaction"],
            request.named["token"],
            request.body,
            request.uploads,
        )
        wanted = request.query.get("with_response", "").lower() in {"1", "true"}
        return (200, answer) if wanted else (204, None)

    def follow_up(self, request: Request) -> Answer:
        message = self._interactions.follow_up(
            request.named["token"], request.body, request.uploads
        )
        return 200, message.wire

    def show(self, request: Request) -> Answer:
        token, id_ = request.named["token"], request.named["message"]
        return 200, self._interactions.message_of(token, id_).wire

    def edit(self, request: Request) -> Answer:
        token, id_ = request.named["token"], request.named["message"]
        message = self._interactions.edit(token, id_, request.body, request.uploads)
        return 200, message.wire

    def delete(self, request: Request) -> Answer:
        self._interactions.delete(request.named["token"], request.named["message"])
        return 204, None
