"""Files that people send: told of at once, fetched when they are wanted."""

from collections.abc import Awaitable, Callable

import aiohttp

from bot.reception.messages import Attachment

PATIENCE = aiohttp.ClientTimeout(total=60)


def attachment(name: str, size: int, url: str) -> Attachment:
    """A file at Discord's own address of it.

    Not read by discord.py, which takes whatever comes, however much that is.
    """
    return Attachment(name=name, size=size, read=_reader(url, size))


def _reader(url: str, size: int) -> Callable[[], Awaitable[bytes]]:
    async def read() -> bytes:
        content = bytearray()
        try:
            async with (
                aiohttp.ClientSession(timeout=PATIENCE) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                while len(content) <= size:
                    chunk = await answer.content.read(size + 1 - len(content))
                    if not chunk:
                        break
                    content += chunk
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OSError(type(error).__name__) from error
        if answer.status != 200 or len(content) != size:
            raise OSError(f"a file answered {answer.status}")
        return bytes(content)

    return read
