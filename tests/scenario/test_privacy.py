"""What is asked is nobody's business, and a password is nobody's to see."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "xylophone"
QUESTION = f"Is Clearview active in Italy, asks {SECRET} Moriarty?"


def run(*arguments, stdin="", module="tests.quick", **variables):
    """A process of its own, so that what libraries write by themselves is seen too."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["ask", QUESTION], ""),
        (["ask", "--json", f"Is {SECRET.title()}Corp active in Italy?"], ""),
        (["ask", f"{SECRET} " * 1000], ""),
        (["chat"], f"{QUESTION}\nand in {SECRET}?\n"),
        (["ask", "--batch", "-"], json.dumps({"id": 1, "text": QUESTION}) + "\n{\n"),
    ],
)
def test_no_log_line_holds_a_word_of_a_question(quis, arguments, stdin):
    done = run(*arguments, stdin=stdin, QUIS_LOG_LEVEL="debug")
    for line in done.stderr.splitlines():
        if not line.startswith("quis: "):
            json.loads(line)
    assert SECRET not in done.stderr.lower()
    assert "moriarty" not in done.stderr.lower()
    assert "italy" not in done.stderr.lower()


def test_a_question_is_logged_by_its_figures_alone(quis):
    done = run("ask", QUESTION, "--json", QUIS_LOG_LEVEL="info")
    (asked,) = [
        event
        for event in map(json.loads, done.stderr.splitlines())
        if event["event"] == "asked"
    ]
    assert set(asked) <= {
        *("event", "level", "timestamp", "language", "kind", "passages", "reason"),
        "milliseconds",
    }


def test_nothing_is_kept_of_a_question(quis, tmp_path):
    done = run("ask", QUESTION)
    assert done.returncode in (0, 3)
    for path in (tmp_path / "quis").rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes().lower()


def test_an_unforeseen_fault_is_told_without_a_word_of_what_was_typed(quis):
    code = (
        "import sys; from bot.cli import main\n"
        "def opener(config, progress=None): raise ZeroDivisionError(sys.argv[1])\n"
        "sys.exit(main(['ask', sys.argv[1]], opener=opener))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, QUESTION],
        cwd=ROOT,
        env={**os.environ, "QUIS_LOG_LEVEL": "debug"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert SECRET not in done.stderr
    (*_, last) = done.stderr.splitlines()
    assert last.startswith("quis: something failed that should not (ZeroDivisionError)")


def test_the_password_of_the_store_is_in_no_output(quis, monkeypatch):
    url = "postgresql+psycopg://quis:hunter2@127.0.0.1:9/quis?connect_timeout=2"
    monkeypatch.setenv("QUIS_STORE", url)
    monkeypatch.setenv("QUIS_LOG_LEVEL", "debug")
    for arguments in (["ask", QUESTION], ["kb", "list"], ["doctor"], ["run"]):
        done = quis(*arguments)
        assert done.status == 1
        assert "hunter2" not in done.out + done.err
    shown = quis("doctor", "--json").json
    assert "***" in shown["settings"]["QUIS_STORE"]
