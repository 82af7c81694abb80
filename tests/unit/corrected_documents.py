"""Small documents for tests of corrections."""

from typing import Any

from knowledge.model import Document, Form, Kind, PartialDate, Source


def document(id, body="Police used it. It was fined.", **fields) -> Document:
    source = Source(
        title=f"On {id}",
        publisher=f"The {id.capitalize()}",
        url=f"https://{id}.example/page",
        language="en",
        published_on=PartialDate(2026, 5, 1),
    )
    plain: dict[str, Any] = {
        "title": f"On {id}",
        "form": Form.SOURCE,
        "kind": Kind.PRESS,
    }
    plain |= {"language": "en", "sources": (source,), "revision": 1}
    return Document(id=id, body=body, **{**plain, **fields})
