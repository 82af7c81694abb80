"""What is held on a vendor or a country: profiles, laws, sources, a timeline.

Read from the store at every call, never from an index: what it lists is published.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.entries import Name, Vendor
from knowledge.model import (
    CountryProfile,
    Coverage,
    DatedEvent,
    HeldPassage,
    Holding,
    Kind,
    OtherName,
    PartialDate,
    Profile,
    Publisher,
    Status,
)
from knowledge.ports import Store
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Holdings:
    """Says what is held. Any method may raise StoreUnavailable."""

    store: Store
    vocabulary: Vocabulary

    def profile(self, vendor: str) -> Profile:
        """A vendor's names, and what is held on it; of an unknown one, its id."""
        held = self.store.holdings(vendor=vendor)
        known = self.vocabulary.vendors.get(vendor)
        names = _other_names(known) if known else ()
        coverage = self.store.coverage(vendor=vendor)
        first, last = _ends(held)
        return Profile(
            vendor=vendor,
            name=known.name if known else vendor,
            description=known.description if known else "",
            home=known.home if known else None,
            also=tuple(_other(name) for name in names if name.until is None),
            former=tuple(_other(name) for name in names if name.until is not None),
            coverage=coverage,
            kinds=_kinds(held),
            documents=len(held),
            passages=sum(one.passages for one in held),
            places=tuple(row.place for row in coverage if row.place is not None),
            first=first,
            last=last,
            newest=held,
        )

    def country(self, place: str) -> CountryProfile:
        """What is held on a country, or on all that lies in a region."""
        held = self.store.holdings(places=self._opened(place))
        coverage = self.coverage(None, place)
        first, last = _ends(held)
        return CountryProfile(
            place=place,
            wider=tuple(self.vocabulary.wider(place)),
            coverage=coverage,
            kinds=_kinds(held),
            documents=len(held),
            passages=sum(one.passages for one in held),
            vendors=tuple(
                dict.fromkeys(
                    row.vendor
                    for row in sorted(coverage, key=lambda row: -row.count)
                    if row.vendor is not None
                )
            ),
            first=first,
            last=last,
            newest=held,
        )

    def coverage(self, vendor: str | None, place: str | None) -> tuple[Coverage, ...]:
        """What is published, per vendor and place; of a region, per place in it."""
        return self.store.coverage(vendor, self._opened(place))

    def laws(self, place: str | None) -> tuple[Holding, ...]:
        """The laws that are held, or those that hold in a place: its own ones first.

        Then those of the wider places that it lies in; each says whose it is.
        """
        if place is None:
            return self.store.holdings(kind=Kind.LAW)
        found: dict[str, Holding] = {}
        opened = self.vocabulary.opened(place)
        for where in (opened, *((wider,) for wider in self.vocabulary.wider(place))):
            for law in self.store.holdings(places=where, kind=Kind.LAW):
                found.setdefault(law.id, law)
        return tuple(found.values())

    def sources(self, vendor: str | None, place: str | None) -> tuple[Publisher, ...]:
        """Who published what is held, most documents first, then by name."""
        held: dict[str, dict[str, Holding]] = {}
        dates: dict[str, list[PartialDate]] = {}
        languages: dict[str, Counter[str]] = {}
        for one in self.store.holdings(vendor, self._opened(place)):
            for source in one.sources:
                held.setdefault(source.publisher, {})[one.id] = one
                languages.setdefault(source.publisher, Counter())[source.language] += 1
                if source.published_on:
                    dates.setdefault(source.publisher, []).append(source.published_on)
        found = [
            Publisher(
                name=name,
                documents=len(of_it),
                newest=max(dates.get(name, ()), default=None),
                languages=tuple(code for code, _ in languages[name].most_common()),
                kinds=_kinds(of_it.values()),
            )
            for name, of_it in held.items()
        ]
        return tuple(sorted(found, key=lambda p: (-p.documents, p.name.casefold())))

    def dated_events(
        self, vendor: str | None, place: str | None
    ) -> tuple[DatedEvent, ...]:
        """What happened when, oldest first; what bears no date is left out.

        That is ``undated``.
        """
        found = [
            DatedEvent(one.dated, one.kind, one.id, one.title)
            for one in self.store.holdings(vendor, self._opened(place))
            if one.dated is not None
        ]
        return tuple(sorted(found, key=lambda event: (event.when, event.document)))

    def undated(self, vendor: str | None, place: str | None) -> int:
        """How many documents bear no date."""
        held = self.store.holdings(vendor, self._opened(place))
        return sum(one.dated is None for one in held)

    def passages_on(self, vendor: str, place: str | None) -> tuple[HeldPassage, ...]:
        """Every published passage on a vendor, or on it in a place, oldest first.

        Undated ones come last; those of one document stand in its order.
        """
        places = self._opened(place)
        on = {held.id for held in self.store.holdings(vendor, places)}
        ids = [
            passage.id
            for held in self.store.documents(Status.PUBLISHED)
            if held.id in on
            for passage in self.store.passages(held.id, held.revision)
            if vendor in passage.vendors
            and (places is None or set(places) & set(passage.places))
        ]
        # Read again, all at one moment: something may have been retracted in between.
        found = self.store.published(ids).values()
        return tuple(sorted(found, key=_when))

    def _opened(self, place: str | None) -> tuple[str, ...] | None:
        """What counts as held on a place; None where none is asked for."""
        return self.vocabulary.opened(place) if place is not None else None


def _when(held: HeldPassage) -> tuple[bool, str, str, int]:
    """Undated last; a coarse date before the finer ones that it holds."""
    dated = held.document.dated
    return (dated is None, str(dated or ""), held.document.id, held.passage.start)


def _other_names(vendor: Vendor) -> Sequence[Name]:
    """Its names but the one to show, each once."""
    others = {name.text: name for name in vendor.aliases if name.text != vendor.name}
    return tuple(others.values())


def _other(name: Name) -> OtherName:
    return OtherName(name.text, name.since, name.until)


def _kinds(held: Iterable[Holding]) -> Mapping[Kind, int]:
    """How many of each kind, in the model's order, none that is not held."""
    counted = Counter(one.kind for one in held)
    return {kind: counted[kind] for kind in Kind if counted[kind]}


def _ends(held: Iterable[Holding]) -> tuple[PartialDate | None, PartialDate | None]:
    dates = [one.dated for one in held if one.dated is not None]
    return min(dates, default=None), max(dates, default=None)
