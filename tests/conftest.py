"""What holds for every test: no setting of this machine, and a data folder of its own."""

import os

import pytest
from hypothesis import settings

# Two slow shared cores: a test that takes long is no wrong test.
settings.register_profile("quis", deadline=None)
settings.load_profile("quis")


@pytest.fixture(autouse=True)
def _settings_of_the_test(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.upper().startswith("QUIS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QUIS_DATA", str(tmp_path / "quis"))
