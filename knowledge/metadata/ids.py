"""The id of a document: said by somebody, or made of a name or an address."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from knowledge.metadata import values
from knowledge.metadata.merging import Merging

_LONGEST_ID = 80
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,79}")


def identity(
    origin: str, stated: Mapping[str, object], given: Mapping[str, object]
) -> str:
    """The id that a file will have: given, stated, or made of its name or address.

    Not checked for its form; ``draft`` does.
    """
    for said in (given, stated):
        if not values.silent(said.get("id")):
            return str(said["id"]).strip()
    if origin.lower().startswith(("http://", "https://")):
        return _address_id(origin)
    name = re.split(r"[/\\]", origin.rstrip("/\\"))[-1]
    return slug(name.rpartition(".")[0] or name)[:_LONGEST_ID].rstrip("-")


def slug(text: str) -> str:
    """A text in the letters of an id, of any length."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    ascii_only = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _address_id(address: str) -> str:
    """Host and path; where those are not all, or too long, with a digest of the whole."""
    parts = urlsplit(address)
    path = re.sub(r"\.(html?|php|aspx?)\Z", "", parts.path)
    whole = slug(f"{(parts.hostname or '').removeprefix('www.')} {path}")
    if len(whole) <= _LONGEST_ID and not parts.query:
        return whole
    digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{whole[: _LONGEST_ID - 9].rstrip('-')}-{digest}"


def read_id(merging: Merging, origin: str) -> str:
    """The id, complained of where it has not the form of one."""
    merging.merged("id", values.text)
    identifier = identity(origin, merging.stated, merging.given)
    if not _ID.fullmatch(identifier):
        merging.problems.append(
            f"the id {identifier!r} is not 2 to 80 of a-z, 0-9 and -: say --id"
        )
    return identifier


def other_id(value: str) -> str:
    """The id of another document, as ``values`` reads."""
    if not _ID.fullmatch(value):
        raise ValueError(f"{value!r} is not the id of a document")
    return value
