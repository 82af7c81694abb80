"""Addresses: just those words on a page, and only what is safe to be followed.

Text fragments: https://wicg.github.io/scroll-to-text-fragment/. Only the source's own
words can be found on its page; a brief's are the editors'.
"""

from urllib.parse import quote as percent_encoded
from urllib.parse import urldefrag, urlencode, urlsplit

from knowledge.model import Place

SHORT = 80
"""Characters up to which a quote is named whole; of a longer one, both its ends."""

END_WORDS = 5

REDIRECTED = "https://slack.com/app_redirect?"
"""How an address begins that names a place at Slack by ids."""


def exact_words(url: str, words: str) -> str | None:
    """The page, opened at these words; None for a file that a browser cannot search.

    A fragment that the address has already stays in front.
    """
    page, fragment = urldefrag(url)
    if not page.startswith(("http://", "https://")) or page.lower().endswith(".pdf"):
        return None
    return f"{page}#{fragment}:~:text={_directive(words)}"


def message(platform: str, tenant: str, place: Place) -> str | None:
    """Where a message of a server or workspace stands, for those who may see it.

    A thread of Discord's is a channel. Slack's own address of a message names the
    workspace by a host that only its client knows (``on_slack.addresses``); this one
    names it by its id, and opens at least the channel:
    https://docs.slack.dev/interactivity/deep-linking
    """
    if platform == "discord":
        channel = place.thread or place.channel
        return f"https://discord.com/channels/{tenant}/{channel}/{place.message}"
    if platform == "slack":
        query = {"team": tenant, "channel": place.channel, "message_ts": place.message}
        if place.thread not in (None, place.message):
            query["thread_ts"] = str(place.thread)
        return f"{REDIRECTED}{urlencode(query)}"
    return None


def followable(url: str) -> str | None:
    """The address as a platform may be given it; None for all but http and https.

    What could end a link or begin markup is percent-encoded, a host that is not of ASCII
    letters written as in the name system.
    """
    if host(url) is None:
        return None
    parts = urlsplit(url.strip())
    plain = parts._replace(netloc=_ascii(parts.netloc)).geturl()
    return percent_encoded(plain, safe="%/?#:@!$&'*+,;=~-._[]")


def host(url: str) -> str | None:
    """The host to show beside a link; None for an address that is not followed."""
    try:
        parts = urlsplit(url.strip())
        name = parts.hostname
        _ascii(parts.netloc)
    except ValueError:  # no address at all
        return None
    if parts.scheme.lower() not in ("http", "https") or not name:
        return None
    return name.removeprefix("www.")


def _ascii(netloc: str) -> str:
    """Raises ValueError where the name system has no way to write it."""
    return netloc if netloc.isascii() else netloc.encode("idna").decode("ascii")


def _directive(words: str) -> str:
    parts = words.split()
    if len(words) <= SHORT or len(parts) <= 2 * END_WORDS:
        return _encoded(" ".join(parts))
    ends = (" ".join(parts[:END_WORDS]), " ".join(parts[-END_WORDS:]))
    return ",".join(_encoded(end) for end in ends)


def _encoded(text: str) -> str:
    """Percent-encoded; the hyphen too, which is syntax in a text directive."""
    return percent_encoded(text, safe="").replace("-", "%2D")
