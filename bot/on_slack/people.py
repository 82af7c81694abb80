"""Who somebody is, as Slack says: language, rights, groups, company; asked for rarely."""

import asyncio
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from time import monotonic

from slack_sdk.web.async_client import AsyncWebClient

from bot.on_slack.faults import FAULTS, noted
from bot.on_slack.recent import Recent
from bot.reception.messages import Caller
from knowledge.model import Tenant

PEOPLE = 10_000
PERSON_LASTS = 3600.0
GROUPS_LAST = 300.0
PATIENCE = 5.0
"""Seconds that somebody is looked up before an answer comes without: Slack lets some
hundred people be looked up a minute, and has those after them wait for up to a minute."""

FOR_A_FORM = 1.0
"""The same for a form, which Slack opens within three."""

AT_ONCE = 8
"""People who are looked up at the same time: more would keep what arrives from being
acknowledged."""


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack says of somebody. ``manages``: an admin or owner of the workspace."""

    locale: str | None = None
    manages: bool = False
    name: str = ""


class People:
    """The people of one workspace. What Slack does not tell counts as no right."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._people: Recent[str, Person] = Recent(PEOPLE, PERSON_LASTS, monotonic)
        self._groups: Recent[str, Mapping[str, frozenset[str]]] = Recent(
            1, GROUPS_LAST, monotonic
        )
        self._direct: Recent[str, str] = Recent(PEOPLE, PERSON_LASTS, monotonic)
        self._running: dict[str, asyncio.Task[Person]] = {}
        self._asking = asyncio.Lock()
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def caller(
        self,
        tenant: Tenant,
        channel: str,
        user: str,
        *,
        thread: str | None = None,
        fresh: bool = False,
        alone: bool = False,
        within: float = PATIENCE,
    ) -> Caller:
        """Somebody, somewhere. ``fresh``: rights are asked for anew, however long it takes.

        ``alone``: surely in the person's messages with the bot. Who cannot be looked up
        ``within`` so many seconds has no rights, and is spoken to as the place is.
        """
        person = await self._person(user, fresh=fresh, within=within)
        groups = await self._groups_of(user, fresh=fresh)
        return Caller(
            tenant=tenant,
            channel=channel,
            user=user,
            locale=person.locale,
            groups=groups,
            manages=person.manages,
            direct=alone or await self._is_alone(channel, user),
            thread=thread,
            name=person.name,
        )

    async def _is_alone(self, channel: str, user: str) -> bool:
        """Whether nobody else reads there; two people's own messages are a D… too."""
        if not channel.startswith("D"):
            return channel.startswith(("U", "W"))
        with_bot = self._direct.get(user)
        if with_bot is None:
            try:
                answer = await self._client.conversations_open(users=user)
            except FAULTS as error:
                noted("conversations.open", error)
                return False
            with_bot = str(answer["channel"]["id"])
            self._direct.put(user, with_bot)
        return channel == with_bot

    async def _person(self, user: str, *, fresh: bool, within: float) -> Person:
        held = self._people.get(user)
        if held is not None and not fresh:
            return held
        running = self._running.get(user)
        if running is None:  # somebody who says ten things is looked up once
            running = asyncio.create_task(self._asked(user, held, fresh=fresh))
            self._running[user] = running
            running.add_done_callback(lambda _: self._running.pop(user, None))
        if not fresh:
            await asyncio.wait({running}, timeout=within)
            if not running.done():
                return Person()
        return await asyncio.shield(running)

    async def _asked(self, user: str, held: Person | None, *, fresh: bool) -> Person:
        """What Slack says now; where it says nothing, no more than a language.

        Those few whose rights are wanted do not queue behind all the others.
        """
        try:
            async with nullcontext() if fresh else self._at_once:
                answer = await self._client.users_info(user=user, include_locale=True)
        except FAULTS as error:
            noted("users.info", error)
            return Person(held.locale if held else None)
        said = answer.get("user") or {}
        profile = said.get("profile") or {}
        person = Person(
            name=str(
                profile.get("display_name")
                or profile.get("real_name")
                or said.get("real_name")
                or said.get("name")
                or ""
            ),
            locale=said.get("locale"),
            manages=any(
                said.get(key) for key in ("is_admin", "is_owner", "is_primary_owner")
            ),
        )
        self._people.put(user, person)
        return person

    async def _groups_of(self, user: str, *, fresh: bool) -> frozenset[str]:
        async with self._asking:  # many who ask at once need one answer
            held = self._groups.get("")
            if held is None or fresh:
                held = await self._all_groups()
                self._groups.put("", held)
        return frozenset(id for id, members in held.items() if user in members)

    async def _all_groups(self) -> Mapping[str, frozenset[str]]:
        """Every user group with its members; none where Slack tells none."""
        try:
            answer = await self._client.usergroups_list(include_users=True)
            found: dict[str, frozenset[str]] = {}
            for group in answer.get("usergroups") or []:
                users = group.get("users")
                if users is None:
                    inside = await self._client.usergroups_users_list(
                        usergroup=group["id"]
                    )
                    users = inside.get("users") or []
                found[group["id"]] = frozenset(users)
        except FAULTS as error:
            noted("usergroups.list", error)
            return {}
        return found
