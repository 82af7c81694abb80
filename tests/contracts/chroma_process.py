"""A real Chroma server on loopback, that a test may end and start again."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

PATIENCE = 60.0


class ChromaProcess:
    """``chroma run``, as it comes with chromadb; its rows are in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self._port = held.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        arguments = [
            "--path",
            self._folder,
            "--host",
            "127.0.0.1",
            "--port",
            self._port,
        ]
        self._process = subprocess.Popen(
            [Path(sys.executable).parent / "chroma", "run", *map(str, arguments)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            try:
                with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise TimeoutError("chroma run does not answer")

    def kill(self) -> None:
        """End it without a word, as a machine does that fails."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def lose_everything(self) -> None:
        """Its disk is gone; only while it does not run."""
        shutil.rmtree(self._folder)
