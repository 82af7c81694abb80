"""A page's address and a quote → the address of just those words on it.

Text fragments: https://wicg.github.io/scroll-to-text-fragment/. Only the source's own
words can be found on its page; a brief's are the editors'.
"""

from urllib.parse import quote as percent_encoded
from urllib.parse import urldefrag

SHORT = 80
"""Characters up to which a quote is named whole; of a longer one, both its ends."""

END_WORDS = 5


def exact_words(url: str, words: str) -> str | None:
    """The page, opened at these words; None for a file that a browser cannot search.

    A fragment that the address has already stays in front.
    """
    page, fragment = urldefrag(url)
    if not page.startswith(("http://", "https://")) or page.lower().endswith(".pdf"):
        return None
    return f"{page}#{fragment}:~:text={_directive(words)}"


def _directive(words: str) -> str:
    parts = words.split()
    if len(words) <= SHORT or len(parts) <= 2 * END_WORDS:
        return _encoded(" ".join(parts))
    ends = (" ".join(parts[:END_WORDS]), " ".join(parts[-END_WORDS:]))
    return ",".join(_encoded(end) for end in ends)


def _encoded(text: str) -> str:
    """Percent-encoded; the hyphen too, which is syntax in a text directive."""
    return percent_encoded(text, safe="").replace("-", "%2D")
