"""The stage of the scenarios: each transport, one library, and the rules that hold after.

After every scenario: no violation of a platform's rules, no ping, acknowledged in time,
one visible answer a question, nothing off the machine, nothing unforeseen, and neither a
secret nor anything that was said in the log, however much is logged.
"""

import io
import logging

import pytest
import structlog

from bot import logs
from tests import web_server
from tests.fakes import NOON
from tests.platforms import shelf as shelves
from tests.platforms.discord_transport import Discord
from tests.platforms.slack_transport import Slack, SlackOverHttp

TRANSPORTS = {each.name: each for each in (Discord, Slack, SlackOverHttp)}
TELLING = 12
"""Characters from which on a text is somebody's own; less is a word of anybody's."""


@pytest.fixture(scope="session")
def web():
    """Pages that moderators give links to."""
    with web_server.serving() as pages:
        yield pages


@pytest.fixture(scope="session")
def held(tmp_path_factory, web):
    """The library, open for all scenarios; each leaves it as it was."""
    folder = tmp_path_factory.mktemp("shelf")
    with shelves.opened(folder, (web.allow,)) as shelf:
        yield shelf


@pytest.fixture
def logged():
    """What `quis run` would log, at the level that says most."""
    stream = io.StringIO()
    handlers = list(logging.getLogger().handlers)
    logs.configure("debug", stream)
    yield stream
    logging.getLogger().handlers = handlers
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture
def shelf(held):
    held.clock.instant = NOON
    held.clock.advance(hours=1)
    yield held
    held.release()


@pytest.fixture(params=TRANSPORTS)
async def stage(request, shelf, logged, tmp_path, capfd):
    """Two servers or workspaces on this transport; the bot is not running yet."""
    async with TRANSPORTS[request.param](shelf, tmp_path) as stage:
        tenants = [stage.here.tenant, stage.there.tenant]
        direct = type(tenants[0])(tenants[0].platform, "direct")
        shelf.clean(*tenants, direct)
        yield stage
        shelf.release()
        secrets = stage.secrets
    assert stage.server.broken_rules() == []
    assert stage.faults == []
    printed = capfd.readouterr()
    written = logged.getvalue() + printed.out + printed.err
    for told in [*secrets, *stage.said, "Clearview"]:
        assert len(told) < min(TELLING, 9) or told not in written
