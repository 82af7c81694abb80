"""Fetching: from the public web alone, within limits, whatever a server does."""

import gzip
import ssl
import time
import zlib

import pytest
import trustme

from knowledge.adapters.fetching.web import Limits, WebFetcher
from knowledge.errors import ForbiddenAddress, PageUnavailable
from tests.web_server import serving

PUBLIC = "93.184.215.14"  # never connected to: the tests have no network
QUICK = Limits(seconds=1.0, idle=0.5, size=200_000)


@pytest.fixture
def web():
    with serving() as server:
        yield server


def fetcher(web, **more):
    return WebFetcher(allow=[web.allow], limits=QUICK, **more)


def names(**answers):
    """A resolver that knows these names."""

    def resolve(host, port):
        return answers.get(host.replace(".", "_"), [host])

    return resolve


def refusal(fetching, url, error=ForbiddenAddress):
    with pytest.raises(error) as raised:
        fetching.fetch(url)
    message = str(raised.value)
    assert "\n" not in message
    assert url.replace("user:word@", "…@").replace("user@", "…@")[:80] in message
    assert "word@" not in message
    return message


# --- what is fetched ---------------------------------------------------------------


def test_a_page_comes_with_its_bytes_its_type_and_where_it_was(web):
    url = web.page("/a?b=1", "Été.", content_type="text/html; charset=utf-8")
    page = fetcher(web).fetch(f"{url}#part")
    assert page.body.decode() == "Été."
    assert page.content_type == "text/html; charset=utf-8"
    assert (page.asked, page.url) == (f"{url}#part", url)


def test_the_server_learns_who_asks_and_nothing_else(web):
    web.page("/", "Text.", set_cookie="a=b")
    fetching = fetcher(web)
    fetching.fetch(web.url())
    fetching.fetch(web.url())
    for _, headers in web.asked:
        assert headers["User-Agent"].startswith("Quis/")
        assert headers["Host"] == web.allow
        assert headers.keys() == {
            *("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection")
        }


def test_proxies_of_the_environment_are_not_used(web, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.page("/", "Text.")
    assert fetcher(web).fetch(web.url()).body == b"Text."


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(web, status):
    web.page("/to/page", "Text.")
    web.redirect("/to/b", "page", status)
    page = fetcher(web).fetch(web.redirect("/a", "/to/b", status))
    assert (page.body, page.url) == (b"Text.", web.url("/to/page"))


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"Text.", mtime=0)),
        ("x-gzip", gzip.compress(b"Text.", mtime=0)),
        ("deflate", zlib.compress(b"Text.")),
        ("identity", b"Text."),
        ("", b"Text."),
    ],
)
def test_packed_pages_are_unpacked(web, encoding, packed):
    url = web.page("/", packed, content_encoding=encoding)
    assert fetcher(web).fetch(url).body == b"Text."


def test_the_name_is_what_a_certificate_has_to_prove():
    authority = trustme.CA()
    ours, theirs = (
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
        ssl.create_default_context(),
    )
    authority.issue_cert("paper.example").configure_cert(ours)
    authority.configure_trust(theirs)
    with serving(ours) as web:
        web.page("/", "Text.")
        fetching = fetcher(
            web,
            trust=theirs,
            resolve=names(paper_example=["127.0.0.1"], other_example=["127.0.0.1"]),
        )
        page = fetching.fetch(f"https://paper.example:{web.port}/")
        assert page.body == b"Text."
        assert web.asked[0][1]["Host"] == f"paper.example:{web.port}"
        url = f"https://other.example:{web.port}/"
        assert "certificate cannot be trusted" in refusal(
            fetching, url, PageUnavailable
        )


# --- where nothing is fetched from -------------------------------------------------


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://paper.example/a", "http:// or https://"),
        ("file:///etc/passwd", "http:// or https://"),
        ("gopher://127.0.0.1:70/", "http:// or https://"),
        ("https://", "http:// or https://"),
        ("http:///a", "http:// or https://"),
        ("http://user:word@paper.example/", "name or password"),
        ("http://user@paper.example/", "name or password"),
        ("http://paper.example:22/", "port 22"),
        ("http://paper.example:99999/", "port 99999"),
        ("http://[::1/", "no web address"),
        ("http://paper.example/" + "a" * 2000, "2000 characters"),
    ],
)
def test_an_address_that_is_none_of_the_web_is_refused(web, url, words):
    assert words in refusal(fetcher(web), url)


@pytest.mark.parametrize(
    "host",
    """
    127.0.0.1 127.1 0x7f000001 2130706433 017700000001 0 localhost 169.254.169.254
    10.0.0.1 100.64.0.1 [::1] [::ffff:127.0.0.1] [::ffff:a9fe:a9fe] [64:ff9b::7f00:1]
    [fe80::1] [fd00::1] 224.0.0.1 255.255.255.255
    """.split(),
)
def test_a_host_inside_is_refused_however_it_is_written(host):
    message = refusal(WebFetcher(limits=QUICK), f"http://{host}/")
    assert "not of the public internet" in message


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    fetching = WebFetcher(resolve=names(paper_example=[PUBLIC, "10.0.0.7"]))
    message = refusal(fetching, "https://paper.example/")
    assert "10.0.0.7" in message


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/latest",
        "http://169.254.169.254/latest/meta-data/",
        "//169.254.169.254/",
        "http://[::1]/",
        "https://inner.example/",
        "file:///etc/passwd",
        "ftp://paper.example/",
        "http://user:word@paper.example/",
        "http://paper.example:22/",
        "http://[",
    ],
)
def test_a_redirect_leads_nowhere_that_may_not_be_asked(web, to):
    url = web.redirect("/a", to)
    refusal(fetcher(web, resolve=names(inner_example=["192.168.0.1"])), url)
    assert len(web.asked) == 1


def test_a_second_answer_of_the_resolver_is_never_asked_for(web):
    answers = [[PUBLIC], ["127.0.0.1"]]
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return answers[len(asked) - 1]

    fetching = WebFetcher(limits=QUICK, resolve=rebinding)
    refusal(fetching, "http://paper.example/", PageUnavailable)
    assert asked == ["paper.example"]
    assert web.asked == []


def test_an_allowed_address_is_allowed_on_its_port_alone(web):
    with serving() as other:
        other.page("/", "Secret.")
        url = web.redirect("/a", other.url())
        assert f"port {other.port}" in refusal(fetcher(web), url)
        assert other.asked == []


def test_an_allowed_port_opens_no_other_host(web):
    fetching = fetcher(web, resolve=names(paper_example=[PUBLIC]))
    refusal(fetching, f"http://paper.example:{web.port}/")


# --- what a server may do ----------------------------------------------------------


def test_endless_redirects_come_to_an_end(web):
    url = web.redirect("/a", "/a")
    # With the limits of everyday: how many there are is counted, not how long they take.
    message = refusal(WebFetcher(allow=[web.allow]), url, PageUnavailable)
    assert "redirects more than 5 times" in message
    assert len(web.asked) == 6


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "404 (Not Found); open it in a browser"),
        (403, "403 (Forbidden)"),
        (503, "503 (Service Unavailable); try later"),
        (429, "try later"),
        (304, "304"),
        (204, "204"),
        (599, "599"),
    ],
)
def test_an_error_status_is_told(web, status, words):
    url = web.page("/", b"", status=status)
    assert words in refusal(fetcher(web), url, PageUnavailable)


def test_a_page_that_says_it_is_too_large_is_not_read(web):
    def answer(request):
        request.send_response(200)
        request.send_header("Content-Length", str(10 * 2**30))
        request.end_headers()

    web.pages["/"] = answer
    assert "larger than" in refusal(fetcher(web), web.url(), PageUnavailable)


def test_ten_gigabytes_are_cut_off_at_the_limit(web):
    sent = []

    def answer(request):
        request.send_response(200)
        request.end_headers()
        for _ in range(10 * 2**30 // 65536):
            request.wfile.write(b"a" * 65536)
            sent.append(65536)

    web.pages["/"] = answer
    assert "larger than" in refusal(fetcher(web), web.url(), PageUnavailable)
    assert sum(sent) < 20 * 2**20


def test_a_bomb_is_unpacked_no_further_than_the_limit(web):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"\0" * 2**20) for _ in range(150)) + packer.flush()
    assert len(bomb) < QUICK.size
    url = web.page("/", bomb, content_encoding="gzip")
    assert "larger than" in refusal(fetcher(web), url, PageUnavailable)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 90])
def test_a_packing_that_was_not_asked_for_is_refused(web, encoding):
    url = web.page("/", b"Text.", content_encoding=encoding)
    assert "not asked for" in refusal(fetcher(web), url, PageUnavailable)


@pytest.mark.parametrize(
    "packed",
    [
        b"Text.",
        gzip.compress(b"Text.", mtime=0)[:-9],
        gzip.compress(b"a", mtime=0) + gzip.compress(b"b", mtime=0),
    ],
)
def test_broken_packing_is_refused(web, packed):
    url = web.page("/", packed, content_encoding="gzip")
    assert "broken" in refusal(fetcher(web), url, PageUnavailable)


@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"]
)
def test_a_slow_drip_ends_with_the_time(web, begun):
    def answer(request):
        request.wfile.write(begun)
        for _ in range(100):
            request.wfile.write(b"a" if begun else b"H")
            request.wfile.flush()
            time.sleep(0.1)

    web.pages["/"] = answer
    begin = time.monotonic()
    assert "not arrive in time" in refusal(fetcher(web), web.url(), PageUnavailable)
    assert time.monotonic() - begin < 2.5


def test_a_server_that_says_nothing_is_left(web):
    web.pages["/"] = lambda _request: time.sleep(1.5)
    assert "not arrive in time" in refusal(fetcher(web), web.url(), PageUnavailable)


def test_a_resolver_that_hangs_is_left_behind():
    def hanging(host, port):
        time.sleep(3)
        return [PUBLIC]

    fetching = WebFetcher(limits=QUICK, resolve=hanging)
    begin = time.monotonic()
    refusal(fetching, "http://paper.example/", PageUnavailable)
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nText.",
            "ended before the page",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nText.\r\n",
            "ended before the page",
        ),
        (b"HTTP/1.1 200 OK\r\n\r\n", "sent nothing"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "connection ended"),
        (b"", "connection ended"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: " + b"a" * 300_000, "connection ended"),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "302"),
    ],
)
def test_an_answer_that_is_broken_off_or_no_http_is_refused(web, sent, words):
    def answer(request):
        request.wfile.write(sent)
        request.close_connection = True

    web.pages["/"] = answer
    assert words in refusal(fetcher(web), web.url(), PageUnavailable)


def test_a_host_without_an_address_is_told():
    def unknown(host, port):
        raise OSError

    fetching = WebFetcher(limits=QUICK, resolve=unknown)
    message = refusal(fetching, "https://nowhere.example/", PageUnavailable)
    assert "check the address and the network" in message


def test_a_port_where_nobody_listens_is_told(web):
    fetching = WebFetcher(allow=["127.0.0.1:9"], limits=QUICK)
    refusal(fetching, "http://127.0.0.1:9/", PageUnavailable)
