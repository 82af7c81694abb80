"""Signed HTTP: Slack calls us. What is no call of Slack's is turned away in front of bolt.

Bolt checks the signature; junk in the time stamp would make it fail with a traceback,
and it takes bodies of any length (PLATFORMS, part 2.2).
"""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

PATH = "/slack/events"
LONGEST = 1024 * 1024
"""Bytes of a body; Slack's own are a few kilobytes."""

WINDOW = 300
"""Seconds that a time stamp may be off."""

_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


@asynccontextmanager
async def served(app: AsyncApp, host: str, port: int) -> AsyncIterator[str]:
    """Serve until left; gives the address. Raises OSError where it cannot listen."""

    async def handle(request: web.Request) -> web.Response:
        if not _may_be_slack(request):
            return web.Response(status=401, text="unsigned")
        try:
            asked = await to_bolt_request(request)
        except (UnicodeDecodeError, LookupError):  # no text, or of no known encoding
            return web.Response(status=400, text="no text")
        return await to_aiohttp_response(await app.async_dispatch(asked))

    site = web.Application(client_max_size=LONGEST)
    site.router.add_post(PATH, handle)
    runner = web.AppRunner(site, shutdown_timeout=1.0, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}{PATH}"
    finally:
        await runner.cleanup()


def _may_be_slack(request: web.Request) -> bool:
    """Whether it is worth looking at the signature."""
    stamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    return (
        _STAMP.fullmatch(stamp) is not None
        and abs(time.time() - int(stamp)) <= WINDOW
        and _SIGNATURE.fullmatch(signature) is not None
    )
