"""Container, compose file and lock agree with the settings and with one another."""

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from bot.config import Settings, variable

ROOT = Path(__file__).parents[2]
SETTINGS = {variable(name) for name in Settings.model_fields}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / ".compose.yaml").read_text(encoding="utf-8"))
DEPENDENCIES = (ROOT / ".dependencies.md").read_text(encoding="utf-8")
LOCKED = dict(
    line.split("==")
    for line in (ROOT / ".constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


# --- the compose file --------------------------------------------------------------


def test_every_variable_of_the_compose_file_is_a_setting():
    given = COMPOSE["services"]["quis"]["environment"]
    assert given.keys() <= SETTINGS
    assert {"QUIS_STORE", "QUIS_CHROMA", "QUIS_HEALTH"} <= given.keys()


def test_what_the_compose_file_sets_can_be_used(monkeypatch):
    for name, value in COMPOSE["services"]["quis"]["environment"].items():
        monkeypatch.setenv(name, value or "")  # a name alone is handed on, or unset
    settings = Settings()
    assert settings.chroma == "http://chroma:8000"
    assert str(settings.store).startswith("postgresql+psycopg://")


def test_services_and_volumes_of_the_compose_file_name_what_there_is():
    services = COMPOSE["services"]
    store = services["quis"]["environment"]["QUIS_STORE"]
    found = re.search(r"//(\w+):\$\{POSTGRES_PASSWORD\}@(\w+)/(\w+)$", store)
    assert found
    user, host, database = found.groups()
    assert host in services
    assert services[host]["environment"]["POSTGRES_USER"] == user
    assert services[host]["environment"]["POSTGRES_DB"] == database
    for service in services.values():
        needed = service.get("depends_on", {})
        assert needed.keys() <= services.keys()
        for name, condition in needed.items():
            healthy = condition["condition"] == "service_healthy"
            assert not healthy or "healthcheck" in services[name]
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in COMPOSE["volumes"]


def test_the_chroma_server_is_of_the_version_that_the_client_is():
    image = COMPOSE["services"]["chroma"]["image"]
    assert image.rpartition(":")[2] == LOCKED["chromadb"]


# --- the image ---------------------------------------------------------------------


def test_every_variable_of_the_image_is_a_setting():
    assert set(re.findall(r"\bQUIS_[A-Z_]+", DOCKERFILE)) <= SETTINGS


@pytest.mark.parametrize(
    "source",
    [
        name
        for names in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in names.split()
    ],
)
def test_what_the_image_takes_in_is_there_and_is_not_left_out(source):
    assert (ROOT / source).exists()
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not any(fnmatch(source, pattern) for pattern in ignored)


def test_the_image_has_all_that_the_build_reads():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    read = {*build, *project["project"]["license-files"], project["project"]["readme"]}
    taken = re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert read <= {name for names in taken for name in names.split()}


# --- licences ----------------------------------------------------------------------


def test_the_licence_of_all_that_is_locked_is_listed_once():
    listed = re.findall(r"^\* \*\*[^*]+\*\*: (.+)$", DEPENDENCIES, re.MULTILINE)
    names = [name.replace("_", "-") for line in listed for name in line.split(", ")]
    assert sorted(names) == sorted(name.replace("_", "-") for name in LOCKED)
