"""A folder of YAML and the CLDR's names of countries → the vocabulary."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.adapters.vocabulary_places import (
    PLACE_PARTS,
    country_names,
    read_places,
)
from knowledge.adapters.vocabulary_yaml import VocabularyFile
from knowledge.entries import Concept, Name, Vendor
from knowledge.model import LANGUAGES
from knowledge.vocabulary import Vocabulary


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read ``vendors.yaml``, ``places.yaml``, ``concepts.yaml`` and ``ordinary.yaml``.

    The last may be missing: then no word is known to be another than a misspelt name.
    Raises InvalidVocabulary, which names the file, the entry and what to do.
    """
    with unsearched():
        return _loaded(folder)


@contextmanager
def unsearched() -> Iterator[None]:
    """Nothing is looked for that could be thrown away, neither while it is read nor later.

    A hundred thousand small values are made and none is garbage: not looking for any
    takes a third of the time. They stay, so that no later search for garbage goes
    through them either: each would take a tenth of a second, in whatever is done then.
    Once in a process: what is kept from the searches is kept for good.
    """
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        gc.enable()


def _loaded(folder: Path) -> Vocabulary:
    countries = country_names()
    file = VocabularyFile(folder / "places.yaml")
    content = file.known_keys("the file", file.top(), set(PLACE_PARTS))
    return Vocabulary(
        vendors=_vendors(VocabularyFile(folder / "vendors.yaml"), countries),
        places=read_places(file, content, countries),
        concepts=_concepts(VocabularyFile(folder / "concepts.yaml")),
        no_places=tuple(file.names("no-places", content.get("no-places"))),
        ordinary=_ordinary(folder / "ordinary.yaml"),
    )


# --- vendors -----------------------------------------------------------------------


def _vendors(file: VocabularyFile, countries: Mapping[str, Any]) -> tuple[Vendor, ...]:
    vendors = []
    for identity, value in file.top().items():
        file.require_slug(identity)
        fields = file.known_keys(
            identity, value, {"name", "home", "description", "aliases"}
        )
        home = fields.get("home")
        vendors.append(
            Vendor(
                id=identity,
                name=file.text(f"{identity}, name", fields.get("name")),
                description=file.text(
                    f"{identity}, description", fields.get("description")
                ),
                home=home and file.country(f"{identity}, home", home, countries),
                aliases=tuple(file.names(identity, fields.get("aliases", []))),
            )
        )
    file.one_owner(
        (vendor.id, name)
        for vendor in vendors
        for name in (Name(text=vendor.name), *vendor.aliases)
    )
    return tuple(vendors)


# --- concepts ----------------------------------------------------------------------


def _concepts(file: VocabularyFile) -> tuple[Concept, ...]:
    concepts = []
    for identity, value in file.top().items():
        file.require_slug(identity)
        flags = {"light", "law", "technology", "said"}
        fields = file.known_keys(identity, value, flags | set(LANGUAGES))
        missing = [language for language in LANGUAGES if not fields.get(language)]
        if missing:
            raise file.wrong(
                identity, f"has no words in {', '.join(missing)}; add some"
            )
        concepts.append(
            Concept(
                id=identity,
                words={
                    language: tuple(file.names(f"{identity}, {language}", words))
                    for language, words in fields.items()
                    if language not in flags
                },
                light=file.flag(identity, fields.get("light", "false")),
                said=file.flag(identity, fields.get("said", "false")),
                law=file.flag(identity, fields.get("law", "false")),
                technology=file.text(identity, fields["technology"])
                if "technology" in fields
                else None,
            )
        )
    return tuple(concepts)


# --- ordinary words ----------------------------------------------------------------


def _ordinary(path: Path) -> tuple[str, ...]:
    if not path.exists():
        return ()
    file = VocabularyFile(path)
    languages = file.known_keys("the file", file.top(), set(LANGUAGES))
    return tuple(
        file.text(language, word)
        for language, words in languages.items()
        for word in file.items(language, words)
    )
