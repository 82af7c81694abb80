"""`quis run`, and what is loaded when: the real command, in processes of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.scenario.documents import ARTICLE, ARTICLE_SENTENCE, in_japan

ROOT = Path(__file__).parents[2]
ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"
HEAVY = (
    "torch sentence_transformers transformers chromadb onnxruntime tantivy sqlalchemy "
    "discord slack_bolt grpc"
).split()


def command(*arguments, module="tests.quick", **variables):
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@contextmanager
def running(**variables):
    """`quis run` in another process, once it says that it is ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.quick", "run"],
        cwd=ROOT,
        env={**os.environ, "QUIS_LOG_LEVEL": "info", **variables},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            for line in process.stderr or ():
                if json.loads(line)["event"] == "ready":
                    break
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_until_it_is_told_to_stop_and_ends_well(quis, number):
    with running() as process:
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "No chat platform is connected" in out
    assert json.loads(err.splitlines()[-1])["event"] == "stopped"
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_that_it_is_ready_is_said_without_being_asked_for(quis):
    with running(QUIS_LOG_LEVEL="") as process:  # ends where "ready" is not said
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM")
def test_it_can_be_stopped_while_it_starts(monkeypatch, tmp_path, ten_briefs):
    monkeypatch.setenv("QUIS_CORPUS", str(ten_briefs))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.quick", "run"],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        while not (tmp_path / "quis" / "quis.sqlite").exists():
            time.sleep(0.01)
        process.terminate()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["stopped"]


def test_what_another_process_publishes_meanwhile_is_answered(quis, done, tmp_path):
    with running() as process:
        assert quis("ask", JAPAN).status == 3
        done("kb", "add", in_japan(tmp_path), "--publish")
        event: dict[str, object] = {}
        while event.get("event") != "indexed":
            assert process.stderr
            event = json.loads(process.stderr.readline())
        assert event["changes"] == 2  # in each of two indexes
        answer = done("ask", JAPAN, "--json").json
        assert [p["document"] for p in answer["passages"]] == ["jp-1"]
        done("kb", "retract", "jp-1", "--reason", "withdrawn")
        assert quis("ask", JAPAN).status == 3  # whatever the indexes still hold
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 0


# --- what is loaded when ---------------------------------------------------------------------


def loaded(code):
    """The heavy packages in memory after some code, and how long it took."""
    script = f"{code}\nimport sys; print([m for m in {HEAVY} if m in sys.modules])"
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1], time.monotonic() - began


def test_the_desk_and_the_help_load_no_sdk_and_no_model():
    for code in (
        "import bot.desk",
        "from bot.cli import main; main(['--help'])",
        "from bot.cli import main; main(['kb', 'add', '--help'])",
        "from bot.cli import main; main(['aks'])",
    ):
        names, seconds = loaded(code)
        assert names == "[]", code
        assert seconds < 10, f"{code} took {seconds:.1f} s"


def test_a_command_looks_for_no_garbage_while_it_starts():
    code = "import gc; from bot.__main__ import main; sys.argv = ['quis', '--help']"
    told = "print([each['collections'] for each in gc.get_stats()[1:]])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; main(); {told}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[0, 0]"


def test_what_needs_no_index_loads_no_model_and_no_index(quis):
    code = "from bot.cli import main; main(['kb', 'list'])"
    names, _ = loaded(code)
    assert names == "['sqlalchemy']"


def test_the_dense_index_loads_nothing_that_would_send_telemetry():
    for index in ("chroma_index", "chroma_server"):
        names, _ = loaded(f"import knowledge.adapters.{index}")
        assert "'chromadb'" in names
        assert "'grpc'" not in names, index


# --- the real thing --------------------------------------------------------------------------


@pytest.mark.slow
def test_the_first_commands_of_the_readme_work_with_the_real_model(
    tmp_path, ten_briefs
):
    flags = "--title T --publisher P --url https://p.example/ --published-on 2020-02"
    real = {"module": "bot", "QUIS_DATA": str(tmp_path / "real")}
    real["QUIS_CORPUS"] = str(ten_briefs)
    first = command("ask", ITALY, **real)
    assert (first.returncode, first.stderr) == (0, "")
    if not ARTICLE.exists():
        pytest.skip(f"{ARTICLE.name} of the shared samples is not here")
    added = command(
        *("kb", "add", ARTICLE, *flags.split(), "--kind", "press", "--publish"), **real
    )
    assert (added.returncode, added.stderr) == (0, "")
    asked = [ITALY, "Clearview est-elle active en Italie ?", JAPAN]
    batch = tmp_path / "batch.jsonl"
    lines = [json.dumps({"id": text, "text": text}) for text in asked]
    batch.write_text("\n".join(lines), encoding="utf-8")
    done = command("ask", "--batch", batch, "--limit", "20", **real)
    assert (done.returncode, done.stderr) == (0, "")
    english, french, japan = map(json.loads, done.stdout.splitlines())
    for answer in (english, french):
        assert ARTICLE_SENTENCE in [p["quote"] for p in answer["passages"]]
    assert japan["reason"] == "nothing-held"


@pytest.mark.slow
def test_a_question_with_the_packaged_model_loads_no_torch(
    monkeypatch, tmp_path, ten_briefs
):
    monkeypatch.setenv("QUIS_CORPUS", str(ten_briefs))
    rooms = "bot.wiring.serving, bot.on_discord.client, bot.on_slack.client"
    code = f"import {rooms}\nfrom bot.cli import main\nprint(main(['ask', {ITALY!r}]))"
    for _ in ("the first, which fills the indexes", "a later one"):
        names, _seconds = loaded(code)
        assert "chromadb" in names
        assert "torch" not in names
        assert "transformers" not in names
