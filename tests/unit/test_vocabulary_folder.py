"""The vocabulary written back into its files: the same lines, and what was changed."""

import difflib
from dataclasses import replace
from pathlib import Path

import pytest

import knowledge
from knowledge.adapters.vocabulary_folder import VocabularyFolder
from knowledge.entries import Name
from knowledge.errors import UnwritableFile
from knowledge.model import Status
from knowledge.terms import Term, TermKind
from knowledge.terms.overlay import laid_over

PACKAGED = Path(knowledge.__file__).parent / "vocabulary"

VENDORS = """# Vendors, and a word on each.

acme:
  name: Acme
  home: IT # moved
  description: Makes cameras.
  aliases: [Acme Labs, {name: Old Acme, until: 2019}] # not Labs

bolt:
  name: Bolt
  description: Makes phones.
  aliases: # one a line
    - Bolt Inc
    # a word
    - {name: Bolt, exact: true}

cone:
  name: Cone
  description: Makes cones.
"""
PLACES = """wider:
  EU:
    members: [IT]
    names: {en: European Union}
countries:
  IT:
    aliases: [Rome]
whole: []
common-words: []
left-out: {}
no-places: []
"""
CONCEPTS = """fine: # light it is not
  en: [fine,
       penalty]
  fr: [amende]
  it: [multa]
  de: [Bußgeld]
  es: [multa]
  nl: [boete]
  pt: [coima]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("files")
    for name, text in (
        ("vendors", VENDORS),
        ("places", PLACES),
        ("concepts", CONCEPTS),
    ):
        (made / f"{name}.yaml").write_text(text, encoding="utf-8")
    return VocabularyFolder(made), made


def term(kind, owner, text, *, out=False, **fields):
    manner = fields.pop("manner", {})
    status = Status.RETRACTED if out else Status.PUBLISHED
    name = Name(text=text, **manner)
    return Term(kind=kind, owner=owner, name=name, status=status, **fields)


NAME, WORD, VENDOR = TermKind.NAME, TermKind.WORD, TermKind.VENDOR


def changed(folder, tmp_path, *terms):
    """The lines that went and came, once the files say so."""
    files, base = folder
    now = laid_over(files.held(), terms)
    assert files.write(tmp_path, now)
    assert files.found(tmp_path).fingerprint == now.fingerprint
    lines = []
    for path in sorted(base.iterdir()):
        old = path.read_text("utf-8").splitlines()
        new = (tmp_path / "vocabulary" / path.name).read_text("utf-8").splitlines()
        found = difflib.unified_diff(old, new, n=0, lineterm="")
        lines += [each for each in list(found)[2:] if not each.startswith("@@")]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["vocabulary"]
    return lines


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (
            [term(NAME, "acme", "Argus, View: NO", manner={"exact": True})],
            [
                "-  aliases: [Acme Labs, {name: Old Acme, until: 2019}] # not Labs",
                "+  aliases: [Acme Labs, {name: Old Acme, until: 2019},"
                " {name: 'Argus, View: NO', exact: true}] # not Labs",
            ],
        ),
        (
            [term(NAME, "acme", "Acme Labs", out=True)],
            [
                "-  aliases: [Acme Labs, {name: Old Acme, until: 2019}] # not Labs",
                "+  aliases: [{name: Old Acme, until: 2019}] # not Labs",
            ],
        ),
        (
            [term(NAME, "acme", "Old Acme", out=True), term(NAME, "acme", "NO Acme")],
            [
                "-  aliases: [Acme Labs, {name: Old Acme, until: 2019}] # not Labs",
                "+  aliases: [Acme Labs, NO Acme] # not Labs",
            ],
        ),
        (
            [
                term(NAME, "acme", "Acme Labs", out=True),
                term(NAME, "acme", "Old Acme", out=True),
            ],
            ["-  aliases: [Acme Labs, {name: Old Acme, until: 2019}] # not Labs"],
        ),
        ([term(NAME, "bolt", "Bolt Pro")], ["+    - Bolt Pro"]),
        (
            [term(NAME, "bolt", "Bolt Inc", out=True), term(NAME, "bolt", "Été")],
            ["-    - Bolt Inc", "+    - Été"],
        ),
        (
            [term(NAME, "bolt", "Bolt", manner={"exact": True, "until": 2020})],
            [
                "-    - {name: Bolt, exact: true}",
                "+    - {name: Bolt, exact: true, until: 2020}",
            ],
        ),
        (
            [
                term(NAME, "bolt", "Bolt Inc", out=True),
                term(NAME, "bolt", "Bolt", out=True),
                term(NAME, "bolt", "Bolt Pro"),
            ],
            [
                "-    - Bolt Inc",
                "-    # a word",
                "-    - {name: Bolt, exact: true}",
                "+    [Bolt Pro]",
            ],
        ),
        ([term(NAME, "cone", "Cone AG")], ["+  aliases: [Cone AG]"]),
        (
            [term(WORD, "fine", "sanction", language="en")],
            ["-       penalty]", "+       penalty, sanction]"],
        ),
        (
            [term(WORD, "fine", "Buße", language="de", manner={"whole": True})],
            ["-  de: [Bußgeld]", "+  de: [Bußgeld, =Buße]"],
        ),
        (
            [term(VENDOR, "cone", "Cone", out=True)],
            ["-cone:", "-  name: Cone", "-  description: Makes cones."],
        ),
        (
            [
                term(VENDOR, "acme", "Acme", description="Makes: cars"),
                term(VENDOR, "cone", "Cone", description="Makes cones.", home="IT"),
            ],
            [
                "-  home: IT # moved",
                "-  description: Makes cameras.",
                "+  description: 'Makes: cars'",
                "+  home: IT",
            ],
        ),
        (
            [
                term(
                    VENDOR,
                    "dune",
                    "Dune",
                    description="Makes sand.",
                    names=(Name(text="Dune AG"),),
                )
            ],
            [
                "+",
                "+dune:",
                "+  name: Dune",
                "+  description: Makes sand.",
                "+  aliases: [Dune AG]",
            ],
        ),
    ],
)
def test_only_what_was_changed_is_written_otherwise(folder, tmp_path, terms, expected):
    assert changed(folder, tmp_path, *terms) == expected


def test_what_nobody_changed_is_written_only_over_what_is_there(folder, tmp_path):
    files, _ = folder
    base = files.held()
    assert not files.write(tmp_path, base)
    assert list(tmp_path.iterdir()) == []
    now = laid_over(base, [term(NAME, "bolt", "Bolt Pro")])
    assert files.write(tmp_path, now)
    assert files.write(tmp_path, base)
    assert files.found(tmp_path).fingerprint == base.fingerprint


def test_what_files_cannot_say_is_not_half_written(folder, tmp_path):
    files, _ = folder
    base = files.held()
    twice = [replace(base.vendors["cone"], aliases=(Name(text="Acme"),))]
    with pytest.raises(Exception, match="names acme too"):
        files.write(tmp_path, base.changed(vendors=twice))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    now = laid_over(base, [term(NAME, "bolt", "Bolt Pro")])
    with pytest.raises(UnwritableFile):
        files.write(tmp_path / "file", now)


def test_the_packaged_files_can_be_written_back(tmp_path):
    files = VocabularyFolder(PACKAGED)
    base = files.held()
    some = [
        term(NAME, vendor.id, vendor.aliases[0].text, out=True)
        for vendor in base.vendors.values()
        if vendor.aliases
    ]
    some += [term(NAME, id, f"Zewbabix {id}") for id in base.vendors]
    now = laid_over(base, some)
    assert files.write(tmp_path, now)
    again = files.found(tmp_path)
    assert again is not None
    assert again.fingerprint == now.fingerprint
