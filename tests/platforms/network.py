"""Watches the connections of this process: none may leave the machine."""

import ipaddress
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_watchers: list[list[str]] = []
_hooked: list[bool] = []
_BY_ADDRESS = {"socket.connect", "socket.sendto"}


class LeavesTheMachine(OSError):
    """A connection that a test must not make; it was not made."""


@contextmanager
def staying_on_the_machine() -> Iterator[list[str]]:
    """Refuse whatever is not loopback, and list it: "192.0.2.1:443"."""
    if not _hooked:
        sys.addaudithook(_audit)  # cannot be taken off again, so only once
        _hooked.append(True)
    attempts: list[str] = []
    _watchers.append(attempts)
    try:
        yield attempts
    finally:
        # By identity: two lists of no attempts are equal.
        _watchers[:] = [other for other in _watchers if other is not attempts]


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not _watchers:
        return
    if event in _BY_ADDRESS and isinstance(address := arguments[1], tuple):
        host, port = str(address[0]), address[1]
    elif event == "socket.getaddrinfo" and arguments[0]:
        name, port = arguments[0], arguments[1]
        host = name.decode() if isinstance(name, bytes) else str(name)
    else:
        return
    if not _is_loopback(host):
        for attempts in _watchers:
            attempts.append(f"{host}:{port}")
        raise LeavesTheMachine(f"a test asked for {host}:{port}")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
