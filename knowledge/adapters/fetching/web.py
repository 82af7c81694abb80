"""One page over HTTP: few redirects, no cookies, no proxy, and an end to size and time."""

import re
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from ssl import SSLCertVerificationError, SSLContext, SSLError

import httpcore2
import httpx2

from knowledge.adapters.fetching.network import (
    PORTS,
    Deadline,
    GuardedBackend,
    NotPublic,
    Resolve,
    resolved,
)
from knowledge.errors import ForbiddenAddress, PageUnavailable
from knowledge.model import Validators
from knowledge.ports import Fetched

_LONGEST_URL = 2000
_LONGEST_VALIDATOR = 500
_SECRET = re.compile(r"//[^/@]*@")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where fetching stops. ``size`` holds for the bytes as sent and as unpacked."""

    size: int = 20 * 1024 * 1024
    seconds: float = 60.0  # for all of it, redirects included
    idle: float = 15.0  # for one answer of the server
    redirects: int = 5


class WebFetcher:
    """Implements ``ports.Fetcher``.

    ``allow`` names ``address:port`` pairs that may be fetched from although they are not
    public; it is there for tests. So are the other arguments.
    """

    def __init__(
        self,
        *,
        allow: Collection[str] = (),
        limits: Limits | None = None,
        resolve: Resolve = resolved,
        trust: SSLContext | None = None,
    ) -> None:
        self._allowed = frozenset(map(_pair, allow))
        self._limits = limits or Limits()
        self._resolve = resolve
        self._trust = trust

    def fetch(self, url: str) -> Fetched:
        """What an address gives. Raises ForbiddenAddress, PageUnavailable."""
        found = self.revisit(url, Validators())
        if found is None:  # nothing was known
            raise PageUnavailable(url=url, reason="the server sent nothing")
        return found

    def revisit(self, url: str, known: Validators) -> Fetched | None:
        """As ``fetch``; None where the server says that what is known is as it was."""
        deadline = Deadline.after(self._limits.seconds, self._limits.idle)
        at = self._checked(url, url)
        try:
            for _ in range(self._limits.redirects + 1):
                found = self._get(url, at, deadline, known)
                if found is None or isinstance(found, Fetched):
                    return found
                at = found
        except NotPublic as error:
            raise ForbiddenAddress(
                url=url,
                reason=f"{error.host} has the address {error.address}, which is not of "
                "the public internet",
            ) from error
        except Exception as error:
            reason = self._said(error)
            if reason is None:
                raise
            raise PageUnavailable(url=url, reason=reason) from error
        raise PageUnavailable(
            url=url,
            reason=f"it redirects more than {self._limits.redirects} times; "
            "open it in a browser and give the address where it ends",
        )

    def _get(
        self,
        asked: str,
        at: httpx2.URL,
        deadline: Deadline,
        known: Validators,
    ) -> Fetched | httpx2.URL | None:
        """The page, or where the server sends us; None: it is as it was."""
        backend = GuardedBackend(deadline, self._resolve, self._allowed)
        target = httpcore2.URL(
            scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path
        )
        trust = self._trust or httpx2.create_ssl_context()
        # A connection for each request: nothing is remembered from one to the next.
        with (
            httpcore2.ConnectionPool(trust, network_backend=backend) as pool,
            pool.stream("GET", target, headers=_headers(known)) as response,
        ):
            status, sent = response.status, _sent(response.headers)
            if status in _REDIRECTS and "location" in sent:
                return self._checked(asked, sent["location"], at)
            if status == HTTPStatus.NOT_MODIFIED and known:
                return None
            if status != HTTPStatus.OK:
                raise PageUnavailable(url=asked, reason=_refusal(status))
            body = self._body(asked, response.iter_stream(), sent)
        return Fetched(
            asked=asked,
            url=str(at.copy_with(fragment=None)),
            content_type=sent.get("content-type", ""),
            body=body,
            validators=Validators(
                etag=_sendable(sent.get("etag")),
                modified=_sendable(sent.get("last-modified")),
            ),
        )

    def _checked(
        self, asked: str, address: str, base: httpx2.URL | None = None
    ) -> httpx2.URL:
        """An address that may be asked. Raises ForbiddenAddress."""
        where = "" if base is None else f"it leads to {address[:100]!r}, and "
        try:
            url = base.join(address) if base else httpx2.URL(address)
        except (httpx2.InvalidURL, ValueError, TypeError) as error:
            raise ForbiddenAddress(
                url=asked[:200],
                reason=f"{where}that is no web address; write https://…",
            ) from error
        reason = ""
        if url.scheme not in ("http", "https") or not url.host:
            reason = "only addresses that begin with http:// or https:// are"
        elif len(address) > _LONGEST_URL:
            reason = f"an address has at most {_LONGEST_URL} characters"
        elif url.userinfo:
            reason = "an address with a name or password in it is not used"
        elif url.port is not None and url.port not in self._ports:
            reason = f"port {url.port} is not one of the web (80, 443)"
        if reason:
            shown = _SECRET.sub("//…@", asked[:200])
            raise ForbiddenAddress(
                url=shown, reason=_SECRET.sub("//…@", where) + reason
            )
        return url

    @property
    def _ports(self) -> Collection[int]:
        return PORTS | {port for _, port in self._allowed}

    def _body(self, url: str, chunks: Iterable[bytes], sent: dict[str, str]) -> bytes:
        """The body, unpacked. Stops as soon as it is too large."""
        limit = self._limits.size
        length = sent.get("content-length", "")
        unpack = _unpacker(url, sent.get("content-encoding", ""))
        raw = int(length) if length.isascii() and length.isdigit() else 0
        body = bytearray()
        if raw <= limit:
            raw = 0
            for chunk in chunks:
                raw += len(chunk)
                body += (
                    unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
                )
                if max(raw, len(body)) > limit:
                    break
                if unpack and unpack.unused_data:
                    raise zlib.error("more than one stream")
        if max(raw, len(body)) > limit:
            reason = f"it is larger than {limit / 2**20:g} MB"
            raise PageUnavailable(url=url, reason=reason)
        if unpack and not unpack.eof:
            raise zlib.error("truncated")
        if not body:
            raise PageUnavailable(url=url, reason="the server sent nothing")
        return bytes(body)

    def _said(self, error: Exception) -> str | None:
        """What went wrong in words; None for what is not the network's doing."""
        cause = error.args[0] if error.args else None  # httpcore cuts the chain
        match error:
            case httpcore2.TimeoutException():
                return "it did not arrive in time; try later"
            case httpcore2.ConnectError() if isinstance(
                cause, SSLCertVerificationError
            ):
                return "its certificate cannot be trusted"
            case httpcore2.ConnectError() if isinstance(cause, SSLError):
                return "no encrypted connection could be made"
            case httpcore2.ConnectError():
                return "there is no connection to it; check the address and the network"
            case httpcore2.NetworkError() | httpcore2.RemoteProtocolError():
                return "the connection ended before the page did; try again"
            case httpcore2.ProtocolError() | zlib.error():
                return "what the server sends is broken"
            case _:
                return None


def _headers(known: Validators) -> list[tuple[bytes, bytes]]:
    agent = f"Quis/{version('quis')} (fetches single pages that an editor names)"
    asked_if = []
    if known.etag:
        asked_if.append((b"If-None-Match", known.etag.encode("latin-1")))
    if known.modified:
        asked_if.append((b"If-Modified-Since", known.modified.encode("latin-1")))
    return [
        *asked_if,
        (b"User-Agent", agent.encode("ascii")),
        (b"Accept", b"text/html,application/xhtml+xml,application/pdf,*/*;q=0.5"),
        (b"Accept-Encoding", b"gzip"),
        (b"Connection", b"close"),
    ]


def _sendable(value: str | None) -> str | None:
    """What may be sent back as it came; None of what no honest server sends."""
    if not value or len(value) > _LONGEST_VALIDATOR or not value.isprintable():
        return None
    return value


def _sent(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """A response's headers by lower-case name, the first of each."""
    sent: dict[str, str] = {}
    for name, value in headers:
        sent.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return sent


def _unpacker(url: str, encoding: str) -> "zlib._Decompress | None":
    """What unpacks gzip and deflate in pieces; None where nothing is packed."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name not in ("gzip", "x-gzip", "deflate"):
        reason = f"it is packed as {name[:40]!r}, which was not asked for"
        raise PageUnavailable(url=url, reason=reason)
    return zlib.decompressobj(zlib.MAX_WBITS | 32)


def _refusal(status: int) -> str:
    try:
        phrase = f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        phrase = str(status)
    advice = "try later" if status in _LATER else "open it in a browser"
    return f"the server answers {phrase}; {advice}"


def _pair(allowed: str) -> tuple[str, int]:
    address, _, port = allowed.rpartition(":")
    return address.strip("[]"), int(port)
