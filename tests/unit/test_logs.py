"""No secret leaves by a log, whatever it hides in."""

import io
import json
import logging
import threading
from contextlib import nullcontext
from typing import Any
from unittest.mock import Mock

import pytest
import structlog
from structlog.testing import capture_logs

from bot import logs
from bot.wiring import opened

TOKENS = [
    "xoxb-1234567890-abcdefGHIJKL",
    "xoxe.xoxp-1-Mi0yLTEyMzQ",
    "xapp-1-A0123-4567-abcdef0123",
    "M" + "TE4NDczNjQ1NTIzNjQ1NzQ4" + "." + "GhIjKl" + "." + "a" * 38,
    "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4",
]
ADDRESSES = [
    ("https://discord.com/api/v10/webhooks/123456789/aBcDeF_ghi-jkl1234", "aBcDeF"),
    ("https://discord.com/api/v10/interactions/123456789/tok3ntok3n/callback", "tok3n"),
    ("https://hooks.slack.com/commands/T012/345/aBcDeFgHi", "aBcDeF"),
    ("wss://wss.slack.com/link/?ticket=abcd-ef01-2345&app_id=x", "abcd-ef"),
    ("postgresql://quis:hunter2@db/quis", "hunter2"),
]


@pytest.fixture
def written():
    stream = io.StringIO()
    handlers = list(logging.getLogger().handlers)
    logs.configure("debug", stream)
    yield stream.getvalue
    logging.getLogger().handlers = handlers
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_told_by_its_shape(token):
    assert logs.redacted(f"a {token} b") == "a *** b"


@pytest.mark.parametrize(("address", "secret"), ADDRESSES)
def test_an_address_loses_what_gives_a_right(address, secret):
    assert secret not in logs.redacted(address)


@pytest.mark.parametrize(
    "text",
    [
        "document cv-007 of clearview-ai was published",
        "https://www.gpdp.it/garante/doc.jsp?ID=9751362",
        "knowledge.adapters.sql_store.SqlStore",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ],
)
def test_plain_text_is_left_alone(text):
    assert logs.redacted(text) == text


def test_values_are_cleaned_however_deep_they_are(written):
    log = structlog.get_logger()
    log.info("sent", url=ADDRESSES[0][0], parts=[{"a": (TOKENS[0],)}], question="x?")
    (event,) = map(json.loads, written().splitlines())
    assert TOKENS[0] not in written()
    assert "aBcDeF" not in written()
    assert event["parts"] == [{"a": ["***"]}]
    assert "question" not in event


def test_an_exception_is_told_by_its_kind_and_place(written):
    try:
        raise ValueError(f"Is Clearview active? {TOKENS[0]}")
    except ValueError:
        structlog.get_logger().exception("failed")
    (event,) = map(json.loads, written().splitlines())
    assert event["error"] == "ValueError"
    assert event["trace"]
    assert "Clearview" not in written()


def test_a_filter_cleans_message_arguments_and_traceback():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(logs.Redacting())
    log = logging.getLogger("test_logs.elsewhere")
    log.propagate = False
    log.addHandler(handler)
    try:
        raise ValueError(TOKENS[1])
    except ValueError:
        log.exception("with %s and %s", TOKENS[0], ADDRESSES[0][0])
    assert "Traceback" in stream.getvalue()
    assert "aBcDeF" not in stream.getvalue()
    for token in TOKENS:
        assert token not in stream.getvalue()


def test_what_no_code_catches_in_a_thread_is_logged_by_its_kind(written):
    def fail() -> None:
        raise ValueError("the question")

    with logs.nothing_unseen():
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    (event,) = map(json.loads, written().splitlines())
    assert event["event"] == "thread_failed"
    assert "the question" not in written()


def test_a_fault_at_the_desk_is_told_by_its_kind_and_its_place():
    # Through logging it would be "foreign", with nothing but a line of our own code.
    def fail() -> None:
        raise ZeroDivisionError("the secret question")

    opener: Any = lambda *_, **__: nullcontext(Mock())  # noqa: E731
    with capture_logs() as logged, opened(Mock(), opener, Mock()) as quis:
        try:
            fail()
        except ZeroDivisionError as fault:
            quis.desk.on_fault(fault)
    (line,) = logged
    assert (line["event"], line["error"]) == ("desk_failed", "ZeroDivisionError")
    assert "fail" in str(line["trace"])
    assert "secret" not in str(line)
