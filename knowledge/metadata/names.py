"""Vendors and places as people write them → the vocabulary's ids."""

import difflib
from collections.abc import Collection, Mapping
from typing import Protocol

from knowledge.metadata.problems import Unusable
from knowledge.model import Mentions


class Names(Protocol):
    """What is needed of the vocabulary."""

    @property
    def vendors(self) -> Mapping[str, object]:
        """The known vendors by id."""
        ...

    @property
    def places(self) -> Mapping[str, object]:
        """The known places by code."""
        ...

    @property
    def regions(self) -> Collection[str]:
        """The codes of places that have no law."""
        ...

    def mentions(self, text: str) -> Mentions:
        """All that a text names."""
        ...

    def vendor_name(self, vendor: str) -> str:
        """A vendor's usual name."""
        ...


def vendor_id(value: str, names: Names) -> str:
    """A vendor's id for its id or any of its names. Raises ValueError with advice."""
    if value in names.vendors:
        return value
    named = names.mentions(value).vendors
    if len(named) == 1:
        return named[0]
    known = {names.vendor_name(vendor).casefold(): vendor for vendor in names.vendors}
    known |= {vendor: vendor for vendor in names.vendors}
    close = difflib.get_close_matches(value.casefold(), sorted(known), 1)
    some = ", ".join(sorted(names.vendors)[:5])
    advice = f"did you mean {known[close[0]]}?" if close else ""
    raise Unusable(
        f"vendor {value!r} is not known: {advice or f'known vendors include {some}'}",
        "unknown-vendor" if not close else "unknown-vendor-near",
        value=value,
        near=names.vendor_name(known[close[0]]) if close else "",
    )


def place_code(value: str, names: Names) -> str:
    """A place's code for its code or its name in any language. Raises ValueError."""
    if value.upper() in names.places:
        return value.upper()
    named = names.mentions(value).places
    if len(named) == 1:
        return named[0]
    raise Unusable(
        f"country {value!r} is not known: give the two-letter code of ISO 3166-1, "
        "or EU or COE, or a region's name such as Africa",
        "unknown-country",
        value=value,
    )


def without_law(region: str) -> str:
    """The problem of a law that is said to be a region's."""
    return f"{region} is a region, and has no law: say the countries whose law it is"
