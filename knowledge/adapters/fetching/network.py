"""The only way out: names are resolved here, every answer is checked, and the checked
address is the one that is connected to, so that no second answer can take its place."""

import socket
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from ssl import SSLContext
from typing import Any

import httpcore2

from knowledge.adapters.fetching.addresses import is_public

PORTS = frozenset({80, 443})

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port → every numeric address that the host has. Raises OSError."""


class NotPublic(Exception):
    """A host has an address that is not of the public internet."""

    def __init__(self, host: str, address: str) -> None:
        self.host, self.address = host, address
        super().__init__(f"{host} is {address}")


def resolved(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The instant by which all is done; ``idle`` is the longest wait for one answer."""

    at: float
    idle: float

    @classmethod
    def after(cls, seconds: float, idle: float) -> "Deadline":
        """One that begins to run now."""
        return cls(time.monotonic() + seconds, idle)

    def left(self) -> float:
        """Seconds that one more wait may take. Raises ReadTimeout where none is left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is up")
        return min(left, self.idle)


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to public addresses on the web's ports, and to what ``allowed`` names."""

    def __init__(
        self,
        deadline: Deadline,
        resolve: Resolve,
        allowed: Collection[tuple[str, int]],
    ) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._allowed = allowed
        self._real = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Raises NotPublic where one of the host's addresses is not, ConnectError."""
        addresses = self._answers(host, port)
        for address in addresses:
            if not self._may(address, port):
                raise NotPublic(host, address)
        failure: Exception = httpcore2.ConnectError("it has no address")
        for address in addresses:
            try:
                stream = self._real.connect_tcp(
                    address, port, self._deadline.left(), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return GuardedStream(stream, self._deadline)
        raise failure

    def _may(self, address: str, port: int) -> bool:
        if (address, port) in self._allowed:
            return True
        return port in PORTS and is_public(address)

    def _answers(self, host: str, port: int) -> Sequence[str]:
        """All addresses of a host, within the time that is left."""
        answers: list[str] = []
        failures: list[Exception] = []

        def ask() -> None:
            try:
                answers.extend(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                failures.append(error)

        # A resolver knows no time limit; one that hangs is left behind.
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self._deadline.left())
        if asking.is_alive():
            raise httpcore2.ConnectTimeout("its name was not resolved in time")
        if failures:
            raise httpcore2.ConnectError("its name has no address") from failures[0]
        return answers


class GuardedStream(httpcore2.NetworkStream):
    """A connection on which every wait ends with the deadline, a slow drip too."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most so many bytes. Raises ReadTimeout, ReadError."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Raises WriteTimeout, WriteError."""
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """Let go of the socket."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """The same, encrypted; the name, not the address, is what has to be proved."""
        stream = self._stream.start_tls(
            ssl_context, server_hostname, self._deadline.left()
        )
        return GuardedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream."""
        return self._stream.get_extra_info(info)
