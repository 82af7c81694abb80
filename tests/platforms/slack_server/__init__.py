"""A Slack on loopback for tests: Web API, Socket Mode, signed HTTP. See ``server``."""

from tests.platforms.slack_server.asked import Interaction, Post, Sort, Until
from tests.platforms.slack_server.clock import Clock
from tests.platforms.slack_server.errors import NotOffered
from tests.platforms.slack_server.files import Upload
from tests.platforms.slack_server.people import Member
from tests.platforms.slack_server.server import SlackServer
from tests.platforms.waiting import NothingCame

__all__ = [
    "Clock",
    "Interaction",
    "Member",
    "NotOffered",
    "NothingCame",
    "Post",
    "SlackServer",
    "Sort",
    "Until",
    "Upload",
]
