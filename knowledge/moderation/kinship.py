"""Is a text what is held already, a later revision of it, or another one?"""

from dataclasses import replace

from knowledge.model import Document
from knowledge.ports import Findings
from knowledge.resemblance import resemblance, sketch

_KINSHIP = 0.2  # of resemblance; below it, and of another address, a text is another


def alike(held: Document, draft: Document) -> bool:
    """Whether a draft says nothing new. Vetting is the store's to know, not a file's."""
    return held == replace(
        draft,
        revision=held.revision,
        status=held.status,
        vetting=held.vetting,
        vetted_on=held.vetted_on,
        rechecked_on=held.rechecked_on,
    )


def strangers(held: Document, draft: Document, findings: Findings) -> bool:
    """Whether one can hardly be a later revision of the other."""
    # A page's own address tells, not the one that its draft has taken from what is held.
    own = findings.found.get("url")
    urls = {str(own)} if own else {source.url for source in draft.sources}
    if urls & {source.url for source in held.sources}:
        return False
    ours, theirs = sketch(draft.body), sketch(held.body)
    shared = len(set(ours) & set(theirs))
    return resemblance(shared=shared, size=len(ours), other=len(theirs)) < _KINSHIP
