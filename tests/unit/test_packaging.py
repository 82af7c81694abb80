"""Container, compose file and lock agree with the settings and with one another."""

import importlib
import json
import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import distribution
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

from bot.cli import app
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


def test_the_database_is_not_taken_for_ready_while_it_makes_its_files():
    """Its image does so with a server that listens on a socket alone."""
    asks = COMPOSE["services"]["postgres"]["healthcheck"]["test"]
    assert asks[asks.index("-h") + 1] == "127.0.0.1"
    waits = COMPOSE["services"]["quis"]["depends_on"]["postgres"]
    assert waits == {"condition": "service_healthy"}


def test_the_compose_file_hands_on_the_index_of_small_packages_and_opens_no_port():
    services = COMPOSE["services"]
    taken = re.findall(r"^ARG (\w+)", DOCKERFILE, re.MULTILINE)
    assert set(services["quis"]["build"]["args"]) == set(taken)
    assert not any("ports" in service for service in services.values())
    assert all(s["restart"] == "unless-stopped" for s in services.values())


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


def test_the_image_runs_as_a_user_without_rights_who_may_write_its_data():
    (user,) = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    number = user.partition(":")[0]
    assert int(number) > 0  # told by number, so that it can be seen from outside
    assert f"useradd --uid {number} " in DOCKERFILE
    (data,) = re.findall(r"QUIS_DATA=(\S+)", DOCKERFILE)
    assert f"--owner=quis --group=quis {data}" in DOCKERFILE
    assert re.search(rf"^VOLUME {data}$", DOCKERFILE, re.MULTILINE)


def test_what_the_image_starts_is_a_command_of_the_package():
    (command,) = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    program, *arguments = json.loads(command)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    module, _, function = project["project"]["scripts"][program].partition(":")
    assert callable(getattr(importlib.import_module(module), function))
    top: Any = get_command(app)
    assert set(arguments) <= set(top.commands)


@pytest.mark.parametrize("address", ["127.0.0.1:{}", "0.0.0.0:{}"])
@pytest.mark.parametrize("status", [200, 503])
def test_the_image_s_health_check_asks_where_health_is_told(address, status):
    asked = []

    class Told(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            """Keep quiet."""

    (command,) = re.findall(r"^HEALTHCHECK .* CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    program, *arguments = json.loads(re.sub(r"\s*\n\s*", " ", command))
    assert program == "python"
    with HTTPServer(("127.0.0.1", 0), Told) as server:
        Thread(target=server.handle_request).start()
        where = address.format(server.server_port)
        done = subprocess.run(
            [sys.executable, *arguments],
            env={**os.environ, "QUIS_HEALTH": where},
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert asked == ["/health"]
    assert (done.returncode == 0) == (status == 200)


# --- what is brought along ---------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="locked for the image")
def test_all_that_the_dependencies_bring_along_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    known = project["project"]
    wanted = [*known["dependencies"], *known["optional-dependencies"]["postgres"]]
    waiting, seen = [Requirement(each) for each in wanted], set[str]()
    while waiting:
        one = waiting.pop()
        if str(one) in seen:
            continue
        seen.add(str(one))
        assert canonicalize_name(one.name) in map(canonicalize_name, LOCKED), one
        for told in distribution(one.name).requires or ():
            brought = Requirement(told)
            extras = [{"extra": extra} for extra in ("", *one.extras)]
            if not brought.marker or any(map(brought.marker.evaluate, extras)):
                waiting.append(brought)


# --- licences ----------------------------------------------------------------------


def test_the_licence_of_all_that_is_locked_is_listed_once():
    listed = re.findall(r"^\* \*\*[^*]+\*\*: (.+)$", DEPENDENCIES, re.MULTILINE)
    names = [name.replace("_", "-") for line in listed for name in line.split(", ")]
    assert sorted(names) == sorted(name.replace("_", "-") for name in LOCKED)
