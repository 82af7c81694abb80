"""No law with a hole in it: what was read is counted before anybody sees it."""

from collections.abc import Sequence

from knowledge.errors import UnreadableFile
from knowledge.passages.law_numbers import missing_articles, missing_recitals
from knowledge.passages.law_words import article_label
from knowledge.passages.laws import read_law


def check_complete(origin: str, body: str, headings: Sequence[str]) -> None:
    """Raise UnreadableFile where the articles or recitals of a law have a gap.

    ``headings`` are the lines that head its articles; others among them do no harm.
    """
    articles = [heading for heading in headings if article_label(heading)]
    if not articles:
        raise UnreadableFile(path=origin, reason="no article of a law was found in it")
    addresses = [piece.locator for piece in read_law(body).pieces]
    missing = missing_articles(articles) or missing_recitals(addresses)
    if missing:
        verb = "are" if " to " in missing else "is"
        raise UnreadableFile(
            path=origin,
            reason=f"{missing} {verb} missing in it; get the whole law",
        )
