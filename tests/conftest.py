"""What holds for every test: no setting of this machine, and a data folder of its own."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from knowledge.assembly import LibraryConfig, open_library
from tests.fakes import FixedClock, WordEmbedder

# Two slow shared cores: a test that takes long is no wrong test.
settings.register_profile("quis", deadline=None)
settings.load_profile("quis")


CORPUS = Path(__file__).parents[1] / "knowledge" / "corpus"
TEN = "cv-007 cv-009 cv-018 cv-042 cv-043 cv-044 cv-046 cv-055 cv-057 cv-083".split()


@pytest.fixture(scope="session")
def ten_briefs(tmp_path_factory):
    """A folder of ten briefs of the starter set, all on Clearview: quick to take in."""
    folder = tmp_path_factory.mktemp("corpus") / "corpus"
    folder.mkdir()
    for name in TEN:
        shutil.copy(CORPUS / "clearview-ai" / f"{name}.md", folder)
    return folder


@pytest.fixture(scope="session")
def stocked(tmp_path_factory, ten_briefs):
    """A data folder that was filled at noon; to be copied, and left as it is."""
    folder = tmp_path_factory.mktemp("stocked") / "quis"
    config = LibraryConfig(data=folder, corpus=ten_briefs)
    with open_library(config, None, FixedClock(), WordEmbedder()) as library:
        library.refresh()
    return folder


@pytest.fixture(autouse=True)
def _settings_of_the_test(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.upper().startswith("QUIS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QUIS_DATA", str(tmp_path / "quis"))
