"""The links of a document to others, by relation."""

from knowledge.metadata.ids import other_id
from knowledge.metadata.merging import Merging
from knowledge.model import Link, Relation


def read_links(merging: Merging, identifier: str) -> tuple[Link, ...]:
    """The links said, by relation; where none of a relation is said, those held."""
    links: list[Link] = []
    held = merging.base.links if merging.base else ()
    for relation in Relation:
        named = merging.many(relation, other_id)
        if named is None:
            links += [link for link in held if link.relation is relation]
        else:
            links += [Link(relation, document) for document in named]
    if any(link.document == identifier for link in links):
        merging.problems.append(f"{identifier} links to itself: leave that out")
    return tuple(links)
