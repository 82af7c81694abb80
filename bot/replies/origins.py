"""How many origins some documents have: who copied from one page is counted once."""

from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag

from knowledge.model import Document


def origins(documents: Iterable[Document]) -> int:
    """The number of groups of documents that have an origin in common.

    That is the publisher that heads them, a page that both cite, or a publication of the
    same publisher, day and title, wherever each found it: three papers that cite one wire
    story are one origin. Further publishers that two documents merely both cite do not
    join them, else all that mention one authority would be one.
    """
    groups: list[set[str]] = []
    for document in documents:
        joined = set(_marks(document))
        apart = [group for group in groups if not group & joined]
        near = [group for group in groups if group & joined]
        groups = [*apart, joined.union(*near)]
    return len(groups)


def _marks(document: Document) -> Iterator[str]:
    """What another document of the same origin has too."""
    if not document.sources:
        yield f"document {document.id}"
    for number, source in enumerate(document.sources):
        publisher = _plain(source.publisher)
        if number == 0:
            yield f"publisher {publisher}"
        yield f"page {_page(source.url)}"
        if source.published_on is not None and source.title.strip():
            title = _plain(source.title)
            yield f"publication {publisher} {source.published_on} {title}"


def _page(url: str) -> str:
    """The address without what differs between two links to one page."""
    page = urldefrag(url.strip())[0].rstrip("/")
    scheme, mark, rest = page.partition("://")
    return rest.removeprefix("www.") if mark and scheme.startswith("http") else page


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
