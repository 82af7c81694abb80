"""A file that a platform hands over: no more of it is read than was said, on both."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.on_discord.files import attachment
from bot.on_slack.files import Files

SAID = 1000


class Endless:
    """Hands over a file that has no end, until nobody takes any more of it."""

    def __init__(self):
        self.sent, self.left = 0, asyncio.Event()

    async def file(self, request):
        answer = web.StreamResponse()
        await answer.prepare(request)
        try:
            while True:
                await answer.write(b"x" * 65_536)
                self.sent += 65_536
        except (ConnectionError, asyncio.CancelledError):
            self.left.set()
            raise

    async def short(self, request):
        return web.Response(body=b"x" * (SAID - 1))

    async def whole(self, request):
        return web.Response(body=b"x" * SAID)


@asynccontextmanager
async def handing_over():
    endless = Endless()
    app = web.Application()
    for name in ("file", "short", "whole"):
        app.router.add_get(f"/{name}", getattr(endless, name))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    try:
        yield endless, f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def at_discord(origin):
    yield lambda name: attachment(name, SAID, f"{origin}/{name}").read


@asynccontextmanager
async def at_slack(origin):
    async with aiohttp.ClientSession() as session:
        files = Files(AsyncWebClient("xoxb-1", base_url=f"{origin}/", session=session))
        yield lambda name: files._reader(f"{origin}/{name}", SAID)


@pytest.mark.parametrize("platform", [at_discord, at_slack])
async def test_no_more_of_a_file_is_read_than_was_said(platform):
    async with handing_over() as (endless, origin), platform(origin) as reader:
        with pytest.raises(OSError, match="answered 200"):
            await reader("file")()
        await asyncio.wait_for(endless.left.wait(), 30)
        assert endless.sent < 20 * 1024**2  # what is on its way between the two
        with pytest.raises(OSError, match="answered 200"):
            await reader("short")()
        assert await reader("whole")() == b"x" * SAID
        with pytest.raises(OSError, match="answered 404"):
            await reader("none")()
