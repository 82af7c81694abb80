"""A server on loopback that answers as a test tells it to."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """``pages`` answer by path; ``asked`` are the requests that came, with headers."""

    port: int
    pages: dict[str, Handler]
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    @property
    def allow(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(
        self, path: str, body: bytes | str, *, status: int = 200, **headers: str
    ) -> str:
        """Answer with this from now on; ``content_type`` becomes Content-Type."""
        data = body if isinstance(body, bytes) else body.encode()
        named = {"Content-Type": "text/html; charset=utf-8"}
        named |= {k.replace("_", "-").title(): v for k, v in headers.items()}

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in named.items():
                if value:
                    request.send_header(name, value)
            request.send_header("Content-Length", str(len(data)))
            request.end_headers()
            request.wfile.write(data)

        self.pages[path] = answer
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.page(path, b"", status=status, location=to)


@contextmanager
def serving(trust: SSLContext | None = None) -> Iterator[Web]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append((self.path, dict(self.headers.items())))
            try:
                web.pages[self.path](self)
            except KeyError:
                self.send_error(404)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None: ...

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None: ...

    server = Quiet(("127.0.0.1", 0), Answering)
    if trust is not None:
        server.socket = trust.wrap_socket(server.socket, server_side=True)
    web = Web(server.server_address[1], {})
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
