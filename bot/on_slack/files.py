"""Files that people send with a form: told of at once, fetched when they are wanted."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.on_slack.faults import FAULTS, noted
from bot.on_slack.forms import chosen_files
from bot.reception.messages import Attachment

SLACK = ".slack.com"


class Files:
    """The files of one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def chosen(self, view: Mapping[str, Any]) -> dict[str, Attachment]:
        """Those of a form, by field. One that Slack tells nothing of cannot be read."""
        found = {}
        for name, id in chosen_files(view).items():
            try:
                answer = await self._client.files_info(file=id)
            except FAULTS as error:
                noted("files.info", error)
                found[name] = Attachment(name=id, size=0, read=_nothing)
                continue
            file = answer.get("file") or {}
            address = str(
                file.get("url_private_download") or file.get("url_private") or ""
            )
            size = int(file.get("size") or 0)
            found[name] = Attachment(
                name=str(file.get("name") or id),
                size=size,
                read=self._reader(address, size),
            )
        return found

    def _reader(self, address: str, size: int) -> Callable[[], Awaitable[bytes]]:
        async def read() -> bytes:
            if not self._is_slack(address):  # the token goes nowhere else
                raise OSError("a file at another place")
            headers = {"Authorization": f"Bearer {self._client.token}"}
            try:
                async with self._session.get(
                    address, headers=headers, allow_redirects=False
                ) as answer:
                    content = await answer.content.read(size + 1)
                    while len(content) <= size and not answer.content.at_eof():
                        content += await answer.content.read(size + 1 - len(content))
            except (aiohttp.ClientError, TimeoutError) as error:
                raise OSError(type(error).__name__) from error
            # Without the right to read files Slack answers with its page to sign in.
            if answer.status != 200 or len(content) != size:
                raise OSError(f"files answered {answer.status}")
            return content

        return read

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._client.session is None:
            raise OSError("no connection")
        return self._client.session

    def _is_slack(self, address: str) -> bool:
        """Whether it is where the Web API is, or one of Slack's own hosts."""
        there, api = urlsplit(address), urlsplit(self._client.base_url)
        if (there.scheme, there.netloc) == (api.scheme, api.netloc):
            return True
        return there.scheme == "https" and (there.hostname or "").endswith(SLACK)


async def _nothing() -> bytes:
    raise OSError("Slack told nothing of it")
