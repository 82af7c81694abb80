"""Where a question is: the places that a passage must be on, and what only has an origin.

Pure; what lies inside a place, and where a vendor is at home, is handed in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from knowledge.model import MentionKind, Question

Inside = Callable[[str], Iterable[str]]
"""A place → the places that lie in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Places by what they are to a question, each with those inside it.

    ``places``: a passage is on one of them. ``each``: those that are asked about at once;
    what is on all of them answers better than what is on one. ``origins``: where what is
    asked about is from, and ``makers`` the vendors at home there. ``natives``: where
    somebody is from whom the passage has to name so.
    """

    places: frozenset[str] = frozenset()
    each: tuple[frozenset[str], ...] = ()
    origins: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    natives: frozenset[str] = frozenset()

    @property
    def told(self) -> bool:
        """Whether a place is named that counts, in whatever way."""
        return bool(self.places or self.origins or self.natives)


def whereabouts(
    question: Question, inside: Inside, homes: Mapping[str, str | None]
) -> Whereabouts:
    """Of a question; ``homes`` are the countries of vendors, by id.

    A vendor that is named is what it is wherever it is from. "Was a Russian journalist
    hacked?" names no other subject, and is on Russia.
    """
    vendors = question.mentions.vendors
    meant = set(question.mentions.places) - question.origins - question.natives
    natives = question.natives
    if not meant and not vendors:
        meant, natives = set(natives), frozenset()
    origins = frozenset() if vendors else _opened(question.origins, inside)
    bodies = _bodies(question) & meant
    each = [_opened({place} - bodies, inside) | ({place} & bodies) for place in meant]
    return Whereabouts(
        places=question.seated.union(*each),
        each=() if question.either else tuple(each),
        origins=origins,
        makers=frozenset(id for id, home in homes.items() if home in origins),
        natives=_opened(natives, inside),
    )


def _opened(places: Iterable[str], inside: Inside) -> frozenset[str]:
    return frozenset(one for place in places for one in (place, *inside(place)))


def _bodies(question: Question) -> set[str]:
    """The wider places of which nothing but an institution is named: Europol's Union."""
    named = [m for m in question.mentions.found if m.kind is MentionKind.PLACE]
    return {m.id for m in named if m.body} - {m.id for m in named if not m.body}
